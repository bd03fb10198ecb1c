/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-lds"

#include "app/lds/lds.h"

#include "app/lds/tlv.h"

#include <string.h>

/* The small files of Doc 9303-10 §4: EF.COM (60: 5F01 version, 5F36 version of Unicode, 5C list of
 * tags), DG1 (61: 5F1F the machine readable zone without its line ends), DG15 (6F: a public key).
 */

#define TAG_LDS_VERSION 0x5f01
#define TAG_UNICODE_VERSION 0x5f36
#define TAG_LIST 0x5c
#define TAG_MRZ 0x5f1f
#define TAG_SEQUENCE 0x30

G_DEFINE_QUARK (kouan_lds_error_quark, kouan_lds_error)

static const guint8 group_tags[KOUAN_LDS_GROUPS + 1]
  = { 0,    0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68,
      0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70 };

guint
kouan_lds_group_tag (guint group)
{
  g_return_val_if_fail (group >= 1 && group <= KOUAN_LDS_GROUPS, 0);

  return group_tags[group];
}

guint
kouan_lds_group_of_tag (guint tag)
{
  for (guint group = 1; group <= KOUAN_LDS_GROUPS; group++)
    if (group_tags[group] == tag)
      return group;
  return 0;
}

static gboolean
set_malformed (GError **error, const char *what)
{
  g_set_error_literal (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_MALFORMED, what);
  return FALSE;
}

/* The objects within the one object of @tag that a file is. */
static gboolean
open_file (const guint8 *data, gsize size, guint tag, KouanTlvReader *inner)
{
  KouanTlv file;

  return kouan_tlv_read_whole (KOUAN_TLV_BER, data, size, tag, &file)
         && kouan_tlv_enter (&file, inner);
}

/* Digits alone, of exactly the room's size without its end. */
static gboolean
read_digits (KouanTlvReader *reader, guint tag, char *room, gsize room_size)
{
  KouanTlv object;

  if (!kouan_tlv_read (reader, tag, &object) || object.size != room_size - 1)
    return FALSE;
  memcpy (room, object.value, object.size);
  room[object.size] = '\0';
  return strspn (room, "0123456789") == object.size;
}

/* A tag of a group that there is none of says nothing, and is passed over. */
static gboolean
read_list (KouanTlvReader *reader, guint32 *groups)
{
  KouanTlv object;

  if (!kouan_tlv_read (reader, TAG_LIST, &object))
    return FALSE;
  for (gsize i = 0; i < object.size; i++)
    {
      guint group = kouan_lds_group_of_tag (object.value[i]);

      if (group != 0)
        *groups |= 1u << group;
    }
  return TRUE;
}

/**
 * kouan_lds_parse_com:
 * @com: (out)
 *
 * EF.COM is not signed: what it lists is a hint which files to ask for.
 */
gboolean
kouan_lds_parse_com (const guint8 *data, gsize size, KouanLdsCom *com, GError **error)
{
  KouanTlvReader reader;

  g_return_val_if_fail (com != NULL, FALSE);

  *com = (KouanLdsCom){ 0 };
  return (open_file (data, size, KOUAN_LDS_TAG_COM, &reader)
          && read_digits (&reader, TAG_LDS_VERSION, com->lds_version, sizeof com->lds_version)
          && read_digits (&reader, TAG_UNICODE_VERSION, com->unicode_version,
                          sizeof com->unicode_version)
          && read_list (&reader, &com->groups) && kouan_tlv_finish (&reader))
         || set_malformed (error, "EF.COM is not a list of data groups");
}

GBytes *
kouan_lds_make_com (const KouanLdsCom *com)
{
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint8 tags[KOUAN_LDS_GROUPS];
  gsize count = 0;

  for (guint group = 1; group <= KOUAN_LDS_GROUPS; group++)
    if ((com->groups & 1u << group) != 0)
      tags[count++] = group_tags[group];
  kouan_tlv_write (inner, TAG_LDS_VERSION, (const guint8 *)com->lds_version,
                   strlen (com->lds_version));
  kouan_tlv_write (inner, TAG_UNICODE_VERSION, (const guint8 *)com->unicode_version,
                   strlen (com->unicode_version));
  kouan_tlv_write (inner, TAG_LIST, tags, count);
  kouan_tlv_write (out, KOUAN_LDS_TAG_COM, inner->data, inner->len);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* The zone's length says its shape: 90 is a card's, 72 and 88 are of two lines. */
static guint
lines_of (gsize size)
{
  return size == 90 ? 3 : size == 72 || size == 88 ? 2 : 0;
}

/**
 * kouan_lds_parse_dg1:
 * @today: against which centuries are told
 *
 * Returns: (transfer full) (nullable): the zone as the chip has it; check digits that do not fit
 * are left to the caller
 */
KouanMrz *
kouan_lds_parse_dg1 (const guint8 *data, gsize size, const GDate *today, GError **error)
{
  char lines[KOUAN_MRZ_LINES_MAX][KOUAN_MRZ_LENGTH_MAX + 1] = { 0 };
  const char *list[KOUAN_MRZ_LINES_MAX + 1] = { NULL };
  KouanTlvReader reader;
  KouanMrz *mrz = NULL;
  KouanTlv zone;
  guint count;

  g_return_val_if_fail (today != NULL, NULL);

  if (!open_file (data, size, kouan_lds_group_tag (1), &reader)
      || !kouan_tlv_read (&reader, TAG_MRZ, &zone) || !kouan_tlv_finish (&reader))
    {
      set_malformed (error, "DG1 is not one machine readable zone");
      return NULL;
    }
  count = lines_of (zone.size);
  for (guint i = 0; i < count; i++)
    {
      memcpy (lines[i], zone.value + i * (zone.size / count), zone.size / count);
      list[i] = lines[i];
    }
  if (count > 0)
    mrz = kouan_mrz_parse (list, today, NULL);
  if (mrz == NULL)
    set_malformed (error, "the zone in DG1 has a shape that no travel document has");
  return mrz;
}

/* @lines: end with NULL */
GBytes *
kouan_lds_make_dg1 (const char *const *lines)
{
  g_autofree char *zone = g_strjoinv ("", (char **)lines);
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();

  kouan_tlv_write (inner, TAG_MRZ, (const guint8 *)zone, strlen (zone));
  kouan_tlv_write (out, kouan_lds_group_tag (1), inner->data, inner->len);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/**
 * kouan_lds_parse_dg15:
 *
 * Returns: (transfer full) (nullable): the key of active authentication; whether it is one is told
 * by who uses it
 */
GBytes *
kouan_lds_parse_dg15 (const guint8 *data, gsize size, GError **error)
{
  KouanTlvReader reader;
  KouanTlv key;

  if (open_file (data, size, kouan_lds_group_tag (15), &reader)
      && kouan_tlv_read (&reader, TAG_SEQUENCE, &key) && kouan_tlv_finish (&reader))
    return g_bytes_new (key.whole, key.whole_size);
  set_malformed (error, "DG15 is not one public key");
  return NULL;
}
