/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-lds"

#include "app/lds/dg2.h"

#include "app/lds/tlv.h"

#include <string.h>

/* DG2 (Doc 9303-10 §4.7.2):
 *
 *   75 { 7F61 { 02 count, 7F60 { A1 header, 5F2E or 7F2E biometric data }… } }
 *
 * In 5F2E stands a face record of ISO/IEC 19794-5:2005, in 7F2E one of ISO/IEC 39794-5:2019. The
 * header A1 repeats what the record says of itself and is passed over. Of each record the first
 * picture is taken out, unopened. */

#define TAG_INFORMATION_GROUP 0x7f61
#define TAG_INFORMATION 0x7f60
#define TAG_COUNT 0x02
#define TAG_HEADER 0xa1
#define TAG_DATA 0x5f2e
#define TAG_DATA_TEMPLATE 0x7f2e
#define COUNT_MAX 9

/* ISO/IEC 19794-5:2005 §5: header, facial information, feature points, image information. */
#define RECORD_HEADER_SIZE 14
#define RECORD_COUNT_AT 12
#define FACE_HEADER_SIZE 20
#define FEATURE_COUNT_AT 4
#define FEATURE_SIZE 8
#define IMAGE_HEADER_SIZE 12
#define IMAGE_WIDTH_AT 2
#define IMAGE_HEIGHT_AT 4

/* ISO/IEC 39794-5:2019, annex A: from the block to its first picture, by the tags on the way. */
static const guint way_to_picture[] = {
  0x65, /* FaceImageDataBlock, APPLICATION 5 */
  0xa1, /* representationBlocks */
  0x30, /* the first of them */
  0xa1, /* imageRepresentation */
  0xa0, /* base */
  0xa0, /* imageRepresentation2DBlock */
};
#define TAG_PICTURE 0x80 /* representationData2D */

void
kouan_dg2_free (KouanDg2 *self)
{
  g_clear_pointer (&self->picture, g_bytes_unref);
  g_free (self);
}

static gboolean
set_malformed (GError **error, const char *what)
{
  g_set_error (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_MALFORMED, "DG2: %s", what);
  return FALSE;
}

static guint
read_16 (const guint8 *at)
{
  return (guint)at[0] << 8 | at[1];
}

static guint32
read_32 (const guint8 *at)
{
  return (guint32)read_16 (at) << 16 | read_16 (at + 2);
}

/* What is behind the headers, to the end of the first face. Lengths in the record are held against
 * what is there. */
static gboolean
read_19794 (KouanDg2 *self, const guint8 *data, gsize size)
{
  const guint8 *face = data + RECORD_HEADER_SIZE;
  gsize face_size, headers;

  if (size < RECORD_HEADER_SIZE + FACE_HEADER_SIZE + IMAGE_HEADER_SIZE
      || memcmp (data,
                 "FAC\0"
                 "010\0",
                 8)
           != 0
      || read_32 (data + 8) > size || read_16 (data + RECORD_COUNT_AT) == 0)
    return FALSE;
  face_size = read_32 (face);
  headers = FACE_HEADER_SIZE + (gsize)read_16 (face + FEATURE_COUNT_AT) * FEATURE_SIZE
            + IMAGE_HEADER_SIZE;
  if (face_size > size - RECORD_HEADER_SIZE || headers >= face_size)
    return FALSE;
  self->encoding = KOUAN_FACE_ENCODING_19794;
  self->width = read_16 (face + headers - IMAGE_HEADER_SIZE + IMAGE_WIDTH_AT);
  self->height = read_16 (face + headers - IMAGE_HEADER_SIZE + IMAGE_HEIGHT_AT);
  self->picture = g_bytes_new (face + headers, face_size - headers);
  return TRUE;
}

/* The next object of @tag; others before it are passed over, because the standard lets a block have
 * optional parts. */
static gboolean
find (KouanTlvReader *reader, guint tag, KouanTlv *object)
{
  while (kouan_tlv_next (reader, object))
    if (object->tag == tag)
      return TRUE;
  return FALSE;
}

static gboolean
read_39794 (KouanDg2 *self, const KouanTlv *data)
{
  KouanTlvReader reader;
  KouanTlv object;

  if (!kouan_tlv_enter (data, &reader))
    return FALSE;
  if (kouan_tlv_peek (&reader) == TAG_HEADER) /* some wrap the block once more */
    {
      if (!kouan_tlv_next (&reader, &object) || !kouan_tlv_enter (&object, &reader))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (way_to_picture); i++)
    if (!find (&reader, way_to_picture[i], &object) || !kouan_tlv_enter (&object, &reader))
      return FALSE;
  if (!find (&reader, TAG_PICTURE, &object) || object.size == 0)
    return FALSE;
  self->encoding = KOUAN_FACE_ENCODING_39794;
  self->picture = g_bytes_new (object.value, object.size);
  return TRUE;
}

static gboolean
read_information (KouanDg2 *self, KouanTlvReader *group, GError **error)
{
  KouanTlvReader reader;
  KouanTlv object;

  if (!kouan_tlv_read_enter (group, TAG_INFORMATION, &reader)
      || (kouan_tlv_peek (&reader) == TAG_HEADER && !kouan_tlv_next (&reader, &object))
      || !kouan_tlv_next (&reader, &object) || !kouan_tlv_finish (&reader))
    return set_malformed (error, "no biometric information");
  if (object.tag == TAG_DATA)
    return read_19794 (self, object.value, object.size)
           || set_malformed (error, "no face record of ISO/IEC 19794-5");
  if (object.tag == TAG_DATA_TEMPLATE)
    return read_39794 (self, &object) || set_malformed (error, "no face record of ISO/IEC 39794-5");
  return set_malformed (error, "biometric data in neither of the two forms");
}

static gboolean
recognise (KouanDg2 *self, GError **error)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    KouanFaceFormat format;
  } magics[] = {
    { "\xff\xd8\xff", 3, KOUAN_FACE_FORMAT_JPEG },
    { "\0\0\0\x0cjP  \r\n\x87\n", 12, KOUAN_FACE_FORMAT_JPEG_2000 },
    { "\xff\x4f\xff\x51", 4, KOUAN_FACE_FORMAT_JPEG_2000 },
  };
  gsize size;
  const guint8 *data = g_bytes_get_data (self->picture, &size);

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (size > magics[i].size && memcmp (data, magics[i].bytes, magics[i].size) == 0)
      {
        self->format = magics[i].format;
        return TRUE;
      }
  g_set_error_literal (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_NOT_SUPPORTED,
                       "DG2: a portrait that is neither JPEG nor JPEG 2000");
  return FALSE;
}

/**
 * kouan_dg2_parse:
 * @data: the file, to the length that its head gives
 *
 * Returns: (transfer full) (nullable): its first portrait
 */
KouanDg2 *
kouan_dg2_parse (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (KouanDg2) self = g_new0 (KouanDg2, 1);
  KouanTlvReader outer, file, group;
  KouanTlv count;
  guint64 number = 0;

  kouan_tlv_reader_init (&outer, KOUAN_TLV_BER, data, size);
  if (!kouan_tlv_read_enter (&outer, kouan_lds_group_tag (2), &file) || !kouan_tlv_finish (&outer)
      || !kouan_tlv_read_enter (&file, TAG_INFORMATION_GROUP, &group) || !kouan_tlv_finish (&file)
      || !kouan_tlv_read (&group, TAG_COUNT, &count) || !kouan_tlv_get_uint (&count, &number)
      || number < 1 || number > COUNT_MAX)
    {
      set_malformed (error, "not a group of biometric information");
      return NULL;
    }
  self->count = (guint)number;
  if (!read_information (self, &group, error) || !recognise (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
kouan_face_encoding_id (KouanFaceEncoding encoding)
{
  return encoding == KOUAN_FACE_ENCODING_39794 ? "iso-39794-5" : "iso-19794-5";
}

const char *
kouan_face_format_id (KouanFaceFormat format)
{
  return format == KOUAN_FACE_FORMAT_JPEG_2000 ? "jpeg-2000" : "jpeg";
}
