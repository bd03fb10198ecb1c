/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-lds"

#include "app/lds/tlv.h"

#include <string.h>

/* Tag, length, value: what a chip's files, its answers and everything in ASN.1 are made of.
 *
 * The caller asks for what its format has at this place and gets that or a failure. An object is
 * taken only if all of it is there, so a length that is declared never leads to an allocation or
 * to a read beyond the span. Objects within objects are entered by the caller, one level at a time
 * and at most 16 of them. Indefinite lengths are refused: no file of a chip may have them (Doc
 * 9303-10 §4), and what may (a CMS message) is not read here.
 *
 * A tag of one byte has 5 bits of number; all ones say that more bytes follow, of 7 bits each
 * (X.690 §8.1.2.4). Three bytes are enough for every format that is read here. */

#define NUMBER_MASK 0x1f
#define MORE 0x80
#define CONSTRUCTED 0x20
#define TAG_BYTES_MAX 3
#define LENGTH_BYTES_MAX 4
#define OID_ARCS_MAX 32

#define TAG_INTEGER 0x02
#define TAG_OID 0x06

void
kouan_tlv_reader_init (KouanTlvReader *self, KouanTlvRules rules, const guint8 *data, gsize size)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (data != NULL || size == 0);

  *self = (KouanTlvReader){ .data = data, .size = size, .rules = rules };
}

static gboolean
fail (KouanTlvReader *self)
{
  self->failed = TRUE;
  return FALSE;
}

/* Returns: how many bytes the tag has, 0 for one that may not be. Filling (00, FF) is none. */
static gsize
read_tag (KouanTlvRules rules, const guint8 *data, gsize size, guint *tag)
{
  gsize count = 1;

  if (size == 0 || data[0] == 0x00 || data[0] == 0xff)
    return 0;
  *tag = data[0];
  if ((data[0] & NUMBER_MASK) != NUMBER_MASK)
    return 1;
  do
    {
      if (count == TAG_BYTES_MAX || count == size)
        return 0;
      *tag = *tag << 8 | data[count];
    }
  while ((data[count++] & MORE) != 0);
  if (rules == KOUAN_TLV_DER && (data[1] == MORE || (count == 2 && data[1] < NUMBER_MASK)))
    return 0;
  return count;
}

/* Returns: how many bytes the length has, 0 for one that may not be */
static gsize
read_length (KouanTlvRules rules, const guint8 *data, gsize size, gsize *length)
{
  gsize count;

  if (size == 0)
    return 0;
  *length = data[0];
  if (data[0] < MORE)
    return 1;
  count = data[0] & ~MORE;
  if (count == 0 || count > LENGTH_BYTES_MAX || count >= size)
    return 0;
  *length = 0;
  for (gsize i = 1; i <= count; i++)
    *length = *length << 8 | data[i];
  if (rules == KOUAN_TLV_DER && (data[1] == 0 || *length < MORE))
    return 0;
  return 1 + count;
}

/**
 * kouan_tlv_read_head:
 * @size: of the bytes that are there, which may end in the value or before it
 *
 * Returns: %FALSE where the head is not complete, or is none
 */
gboolean
kouan_tlv_read_head (KouanTlvRules rules,
                     const guint8 *data,
                     gsize size,
                     guint *tag,
                     gsize *head_size,
                     gsize *value_size)
{
  gsize tag_bytes = 0;
  gsize length_bytes = 0;

  g_return_val_if_fail (data != NULL || size == 0, FALSE);
  g_return_val_if_fail (tag != NULL && head_size != NULL && value_size != NULL, FALSE);

  tag_bytes = read_tag (rules, data, size, tag);
  if (tag_bytes > 0)
    length_bytes = read_length (rules, data + tag_bytes, size - tag_bytes, value_size);
  *head_size = tag_bytes + length_bytes;
  return length_bytes > 0;
}

guint
kouan_tlv_peek (const KouanTlvReader *self)
{
  guint tag = 0;

  if (self->failed
      || read_tag (self->rules, self->data + self->offset, self->size - self->offset, &tag) == 0)
    return 0;
  return tag;
}

/**
 * kouan_tlv_next:
 * @object: (out)
 *
 * Returns: %FALSE at the end, and after a mistake; kouan_tlv_finish () tells which
 */
gboolean
kouan_tlv_next (KouanTlvReader *self, KouanTlv *object)
{
  gsize left = self->size - self->offset;
  gsize head = 0;
  gsize size = 0;
  guint tag = 0;

  if (self->failed || left == 0)
    return FALSE;
  if (!kouan_tlv_read_head (self->rules, self->data + self->offset, left, &tag, &head, &size)
      || size > left - head)
    return fail (self);
  *object = (KouanTlv){ .tag = tag,
                        .value = self->data + self->offset + head,
                        .size = size,
                        .whole = self->data + self->offset,
                        .whole_size = head + size,
                        .rules = self->rules,
                        .depth = self->depth };
  self->offset += head + size;
  return TRUE;
}

/* The next object, which has to be of @tag: anything else is a mistake, and so is the end. */
gboolean
kouan_tlv_read (KouanTlvReader *self, guint tag, KouanTlv *object)
{
  if (kouan_tlv_peek (self) != tag)
    return fail (self);
  return kouan_tlv_next (self, object);
}

/* The first byte of a tag says whether its value is made of objects. */
static gboolean
is_constructed (guint tag)
{
  while (tag > 0xff)
    tag >>= 8;
  return (tag & CONSTRUCTED) != 0;
}

/* Returns: %FALSE where @object has no objects in it, or lies too deep */
gboolean
kouan_tlv_enter (const KouanTlv *object, KouanTlvReader *inner)
{
  kouan_tlv_reader_init (inner, object->rules, object->value, object->size);
  inner->depth = object->depth + 1;
  if (!is_constructed (object->tag) || inner->depth > KOUAN_TLV_DEPTH_MAX)
    return fail (inner);
  return TRUE;
}

gboolean
kouan_tlv_read_enter (KouanTlvReader *self, guint tag, KouanTlvReader *inner)
{
  KouanTlv object;

  if (kouan_tlv_read (self, tag, &object) && kouan_tlv_enter (&object, inner))
    return TRUE;
  kouan_tlv_reader_init (inner, self->rules, NULL, 0);
  inner->failed = TRUE;
  return fail (self);
}

gboolean
kouan_tlv_finish (const KouanTlvReader *self)
{
  return !self->failed && self->offset == self->size;
}

/* Returns: whether @data is one object of @tag and nothing behind it */
gboolean
kouan_tlv_read_whole (
  KouanTlvRules rules, const guint8 *data, gsize size, guint tag, KouanTlv *object)
{
  KouanTlvReader reader;

  kouan_tlv_reader_init (&reader, rules, data, size);
  return kouan_tlv_read (&reader, tag, object) && kouan_tlv_finish (&reader);
}

/**
 * kouan_tlv_get_uint:
 * @object: of any tag, since formats give INTEGER tags of their own
 *
 * Returns: %FALSE for what is negative, empty, has a byte too many, or does not fit
 */
gboolean
kouan_tlv_get_uint (const KouanTlv *object, guint64 *value)
{
  gsize skip = object->size > 1 && object->value[0] == 0 ? 1 : 0;

  if (object->size == 0 || object->value[0] >= 0x80 || object->size - skip > sizeof *value)
    return FALSE;
  if (skip == 1 && object->value[1] < 0x80)
    return FALSE;
  *value = 0;
  for (gsize i = skip; i < object->size; i++)
    *value = *value << 8 | object->value[i];
  return TRUE;
}

/* One arc of an OBJECT IDENTIFIER, 7 bits a byte (X.690 §8.19.2). */
static gboolean
read_arc (const KouanTlv *object, gsize *at, guint64 *arc)
{
  *arc = 0;
  if (*at == object->size || object->value[*at] == MORE)
    return FALSE;
  do
    {
      if (*at == object->size || *arc > G_MAXUINT32)
        return FALSE;
      *arc = *arc << 7 | (object->value[*at] & ~MORE);
    }
  while ((object->value[(*at)++] & MORE) != 0);
  return *arc <= G_MAXUINT32;
}

/**
 * kouan_tlv_dup_oid:
 * @object: an OBJECT IDENTIFIER
 *
 * Returns: (transfer full) (nullable): its arcs with dots between; %NULL if it is none, or has an
 * arc beyond 32 bits
 */
char *
kouan_tlv_dup_oid (const KouanTlv *object)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 arc;
  gsize at = 0;

  if (object->tag != TAG_OID || !read_arc (object, &at, &arc))
    return NULL;
  /* The first two arcs share a number: 40 times the first, plus the second. */
  g_string_printf (text, "%u.%" G_GUINT64_FORMAT, (guint)MIN (arc / 40, 2),
                   arc - 40 * MIN (arc / 40, 2));
  for (guint arcs = 2; at < object->size; arcs++)
    {
      if (arcs == OID_ARCS_MAX || !read_arc (object, &at, &arc))
        return NULL;
      g_string_append_printf (text, ".%" G_GUINT64_FORMAT, arc);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The lowest @count bytes of @number, the highest first. */
static void
write_bytes (GByteArray *out, guint64 number, guint count)
{
  for (guint i = count; i-- > 0;)
    {
      guint8 byte = (guint8)(number >> (8 * i));

      g_byte_array_append (out, &byte, 1);
    }
}

static guint
bytes_of (guint64 number)
{
  guint count = 1;

  while (number > 0xff)
    {
      number >>= 8;
      count++;
    }
  return count;
}

void
kouan_tlv_write (GByteArray *out, guint tag, const guint8 *value, gsize size)
{
  g_return_if_fail (out != NULL && tag != 0);
  g_return_if_fail (value != NULL || size == 0);
  g_return_if_fail (size <= G_MAXUINT32);

  write_bytes (out, tag, bytes_of (tag));
  if (size >= MORE)
    write_bytes (out, MORE | bytes_of (size), 1);
  write_bytes (out, size, bytes_of (size));
  if (size > 0)
    g_byte_array_append (out, value, (guint)size);
}

void
kouan_tlv_write_uint (GByteArray *out, guint64 value)
{
  guint8 bytes[1 + sizeof value] = { 0 };
  guint count = bytes_of (value);
  gboolean lead;

  for (guint i = 0; i < count; i++)
    bytes[1 + i] = (guint8)(value >> (8 * (count - 1 - i)));
  lead = bytes[1] >= 0x80;
  kouan_tlv_write (out, TAG_INTEGER, lead ? bytes : bytes + 1, count + (lead ? 1 : 0));
}

static void
write_arc (GByteArray *out, guint64 arc)
{
  guint shift = 0;

  while (arc >> shift >= MORE)
    shift += 7;
  for (;; shift -= 7)
    {
      guint8 byte = (guint8)((arc >> shift & 0x7f) | (shift > 0 ? MORE : 0));

      g_byte_array_append (out, &byte, 1);
      if (shift == 0)
        return;
    }
}

/* @dotted: at least two arcs, as the source code names them */
void
kouan_tlv_write_oid (GByteArray *out, const char *dotted)
{
  g_auto (GStrv) arcs = g_strsplit (dotted, ".", OID_ARCS_MAX);
  g_autoptr (GByteArray) value = g_byte_array_new ();

  g_return_if_fail (g_strv_length (arcs) >= 2);

  write_arc (value,
             g_ascii_strtoull (arcs[0], NULL, 10) * 40 + g_ascii_strtoull (arcs[1], NULL, 10));
  for (guint i = 2; arcs[i] != NULL; i++)
    write_arc (value, g_ascii_strtoull (arcs[i], NULL, 10));
  kouan_tlv_write (out, TAG_OID, value->data, value->len);
}
