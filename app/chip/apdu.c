/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/apdu.h"

/* A command is four bytes of head, then Lc and data, then Le. Short, Lc and Le have one byte each,
 * and an Le of 0 asks for 256. Extended, the first of them starts with a zero byte and has two
 * bytes behind it, the second has two bytes, and an Le of 0 asks for 65,536. */

#define HEAD 4
#define SHORT_DATA_MAX 255

static void
append (GByteArray *bytes, guint8 byte)
{
  g_byte_array_append (bytes, &byte, 1);
}

static void
append_short (const KouanApdu *self, GByteArray *bytes)
{
  if (self->size > 0)
    {
      append (bytes, (guint8)self->size);
      g_byte_array_append (bytes, self->data, (guint)self->size);
    }
  if (self->expected > 0)
    append (bytes, self->expected >= KOUAN_APDU_SHORT_MAX ? 0 : (guint8)self->expected);
}

static void
append_extended (const KouanApdu *self, GByteArray *bytes)
{
  guint expected = self->expected >= KOUAN_APDU_EXTENDED_MAX ? 0 : self->expected;

  append (bytes, 0);
  if (self->size > 0)
    {
      append (bytes, (guint8)(self->size >> 8));
      append (bytes, (guint8)self->size);
      g_byte_array_append (bytes, self->data, (guint)self->size);
    }
  if (self->expected > 0)
    {
      append (bytes, (guint8)(expected >> 8));
      append (bytes, (guint8)expected);
    }
}

/* What is too long for the short form goes in the extended one. */
void
kouan_apdu_to_bytes (const KouanApdu *self, GByteArray *bytes)
{
  g_return_if_fail (self->size < KOUAN_APDU_EXTENDED_MAX);

  append (bytes, self->cla);
  append (bytes, self->ins);
  append (bytes, self->p1);
  append (bytes, self->p2);
  if (self->size > SHORT_DATA_MAX || (self->extended && (self->size > 0 || self->expected > 0)))
    append_extended (self, bytes);
  else
    append_short (self, bytes);
}

static guint
two (const guint8 *bytes)
{
  return (guint)bytes[0] << 8 | bytes[1];
}

static gboolean
parse_extended (const guint8 *body, gsize size, KouanApdu *self)
{
  self->extended = TRUE;
  if (size == 3)
    {
      self->expected = two (body + 1) != 0 ? two (body + 1) : KOUAN_APDU_ALL;
      return TRUE;
    }
  self->size = two (body + 1);
  self->data = body + 3;
  if (self->size == 0 || size < 3 + self->size)
    return FALSE;
  size -= 3 + self->size;
  if (size == 2)
    self->expected
      = two (self->data + self->size) != 0 ? two (self->data + self->size) : KOUAN_APDU_ALL;
  return size == 0 || size == 2;
}

static gboolean
parse_short (const guint8 *body, gsize size, KouanApdu *self)
{
  if (size == 1)
    {
      self->expected = body[0] != 0 ? body[0] : KOUAN_APDU_ALL;
      return TRUE;
    }
  self->size = body[0];
  self->data = body + 1;
  if (self->size == 0 || size < 1 + self->size)
    return FALSE;
  size -= 1 + self->size;
  if (size == 1)
    self->expected = self->data[self->size] != 0 ? self->data[self->size] : KOUAN_APDU_ALL;
  return size <= 1;
}

/**
 * kouan_apdu_parse:
 * @self: (out): its data are a part of @bytes
 *
 * The chip's side of it, for what stands in for one.
 *
 * Returns: FALSE for what is no command
 */
gboolean
kouan_apdu_parse (const guint8 *bytes, gsize size, KouanApdu *self)
{
  if (size < HEAD)
    return FALSE;
  *self = (KouanApdu){ .cla = bytes[0], .ins = bytes[1], .p1 = bytes[2], .p2 = bytes[3] };
  if (size == HEAD)
    return TRUE;
  return bytes[HEAD] == 0 && size >= HEAD + 3 ? parse_extended (bytes + HEAD, size - HEAD, self)
                                              : parse_short (bytes + HEAD, size - HEAD, self);
}

/* Returns: FALSE for an answer that has not even a status */
gboolean
kouan_apdu_split_answer (GByteArray *answer, guint *status)
{
  if (answer->len < 2)
    return FALSE;
  *status = two (answer->data + answer->len - 2);
  g_byte_array_set_size (answer, answer->len - 2);
  return TRUE;
}
