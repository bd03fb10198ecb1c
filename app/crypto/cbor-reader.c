/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/cbor.h"

#include <string.h>

/* The caller asks for what its format has at this place and gets that or a failure; nothing here
 * walks a structure by itself. So there is no recursion that a deep nesting could exhaust, no
 * allocation that a declared length could inflate, and one message has one spelling: shortest
 * heads, definite lengths, no floating point, no simple values but false, true and null. */

enum
{
  MAJOR_UINT,
  MAJOR_NEGATIVE,
  MAJOR_BYTES,
  MAJOR_TEXT,
  MAJOR_ARRAY,
  MAJOR_MAP,
  MAJOR_TAG,
  MAJOR_SIMPLE,
};

enum
{
  SIMPLE_FALSE = 20,
  SIMPLE_TRUE = 21,
  SIMPLE_NULL = 22,
};

void
kouan_cbor_reader_init (KouanCborReader *self, const guint8 *data, gsize size)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (data != NULL || size == 0);

  *self = (KouanCborReader){ .data = data, .size = size };
}

static gboolean
fail (KouanCborReader *self)
{
  self->failed = TRUE;
  return FALSE;
}

static gsize
left (KouanCborReader *self)
{
  return self->size - self->offset;
}

/* The argument of a head (RFC 8949 §3): in the initial byte up to 23, else in 1, 2, 4 or 8 bytes,
 * each only for what does not fit into fewer (§4.2.1). */
static gboolean
read_argument (KouanCborReader *self, guint info, guint64 *value)
{
  gsize width = 0;
  guint64 smallest = 0;

  *value = info;
  if (info < 24)
    return TRUE;
  if (info > 27) /* 28 to 30 are reserved, 31 is an indefinite length */
    return fail (self);
  width = (gsize)1 << (info - 24);
  smallest = width == 1 ? 24 : (guint64)1 << (4 * width);
  if (left (self) < width)
    return fail (self);
  *value = 0;
  for (gsize i = 0; i < width; i++)
    *value = *value << 8 | self->data[self->offset++];
  return *value >= smallest ? TRUE : fail (self);
}

static gboolean
read_head (KouanCborReader *self, int major, guint64 *value)
{
  if (kouan_cbor_peek_major (self) != major)
    return fail (self);
  return read_argument (self, self->data[self->offset++] & 0x1f, value);
}

/**
 * kouan_cbor_peek_major:
 *
 * Returns: the major type of what comes next (RFC 8949 §3.1), or -1 at the end and after a failure
 */
int
kouan_cbor_peek_major (KouanCborReader *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->failed || left (self) == 0 ? -1 : self->data[self->offset] >> 5;
}

gboolean
kouan_cbor_read_uint (KouanCborReader *self, guint64 *value)
{
  return read_head (self, MAJOR_UINT, value);
}

/**
 * kouan_cbor_read_int:
 *
 * What does not fit into 64 bits with a sign is a failure.
 */
gboolean
kouan_cbor_read_int (KouanCborReader *self, gint64 *value)
{
  gboolean negative = kouan_cbor_peek_major (self) == MAJOR_NEGATIVE;
  guint64 argument = 0;

  if (!read_head (self, negative ? MAJOR_NEGATIVE : MAJOR_UINT, &argument))
    return FALSE;
  if (argument > G_MAXINT64)
    return fail (self);
  *value = negative ? -1 - (gint64)argument : (gint64)argument;
  return TRUE;
}

static gboolean
read_string (KouanCborReader *self, int major, const guint8 **data, gsize *size)
{
  guint64 length = 0;

  if (!read_head (self, major, &length))
    return FALSE;
  if (length > left (self))
    return fail (self);
  *data = self->data + self->offset;
  *size = (gsize)length;
  self->offset += (gsize)length;
  return TRUE;
}

/**
 * kouan_cbor_read_bytes:
 * @data: (out) (transfer none): within the reader's data
 */
gboolean
kouan_cbor_read_bytes (KouanCborReader *self, const guint8 **data, gsize *size)
{
  return read_string (self, MAJOR_BYTES, data, size);
}

gboolean
kouan_cbor_read_fixed (KouanCborReader *self, guint8 *data, gsize size)
{
  const guint8 *found = NULL;
  gsize found_size = 0;

  if (!kouan_cbor_read_bytes (self, &found, &found_size))
    return FALSE;
  if (found_size != size)
    return fail (self);
  memcpy (data, found, size);
  return TRUE;
}

/* UTF-8 may hold U+0000, at which GLib's check stops. */
static gboolean
is_utf8 (const char *text, gsize size)
{
  const char *end = text + size;

  while (text < end)
    {
      if (g_utf8_validate_len (text, (gsize)(end - text), &text))
        return TRUE;
      if (*text != '\0')
        return FALSE;
      text++;
    }
  return TRUE;
}

/**
 * kouan_cbor_read_text:
 * @text: (out) (transfer none): within the reader's data, may contain NUL
 */
gboolean
kouan_cbor_read_text (KouanCborReader *self, const char **text, gsize *size)
{
  const guint8 *data = NULL;

  if (!read_string (self, MAJOR_TEXT, &data, size))
    return FALSE;
  if (!is_utf8 ((const char *)data, *size))
    return fail (self);
  *text = (const char *)data;
  return TRUE;
}

char *
kouan_cbor_dup_text (KouanCborReader *self)
{
  const char *text = NULL;
  gsize size = 0;

  if (!kouan_cbor_read_text (self, &text, &size))
    return NULL;
  if (memchr (text, '\0', size) != NULL)
    {
      fail (self);
      return NULL;
    }
  return g_strndup (text, size);
}

/* An element takes at least one byte, so a count beyond what is left is a lie that need not be
 * believed. */
static gboolean
read_count (KouanCborReader *self, int major, gsize bytes_each, gsize *count)
{
  guint64 value = 0;

  if (!read_head (self, major, &value))
    return FALSE;
  if (value > left (self) / bytes_each)
    return fail (self);
  *count = (gsize)value;
  return TRUE;
}

gboolean
kouan_cbor_read_array (KouanCborReader *self, gsize *count)
{
  return read_count (self, MAJOR_ARRAY, 1, count);
}

gboolean
kouan_cbor_expect_array (KouanCborReader *self, gsize count)
{
  gsize found = 0;

  if (!kouan_cbor_read_array (self, &found))
    return FALSE;
  return found == count ? TRUE : fail (self);
}

/**
 * kouan_cbor_read_map:
 * @count: (out): how many pairs follow; that their keys are in order, and none twice, is the
 * caller's check
 */
gboolean
kouan_cbor_read_map (KouanCborReader *self, gsize *count)
{
  return read_count (self, MAJOR_MAP, 2, count);
}

gboolean
kouan_cbor_read_tag (KouanCborReader *self, guint64 *tag)
{
  return read_head (self, MAJOR_TAG, tag);
}

gboolean
kouan_cbor_read_bool (KouanCborReader *self, gboolean *value)
{
  guint64 simple = 0;

  if (!read_head (self, MAJOR_SIMPLE, &simple))
    return FALSE;
  if (simple != SIMPLE_FALSE && simple != SIMPLE_TRUE)
    return fail (self);
  *value = simple == SIMPLE_TRUE;
  return TRUE;
}

gboolean
kouan_cbor_read_null (KouanCborReader *self)
{
  guint64 simple = 0;

  if (!read_head (self, MAJOR_SIMPLE, &simple))
    return FALSE;
  return simple == SIMPLE_NULL ? TRUE : fail (self);
}

gboolean
kouan_cbor_reader_finish (KouanCborReader *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !self->failed && left (self) == 0;
}
