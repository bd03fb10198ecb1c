/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-pixels"

#include "app/pixels/sniff.h"

#include <string.h>

/* A file is what its first bytes say. What is refused is recognised as carefully as what is taken,
 * because a person who is told "this is a Word file: save it as PDF" can do something about it. */

#define PDF_WITHIN                                                                                 \
  1024 /* readers of PDF forgive this much before the header (ISO 32000-1, annex H) */
#define TEXT_LOOKED_AT 512

typedef struct
{
  guint at;
  guint size;
  const char *bytes;
  KouanFileKind kind;
} Magic;

static const Magic magics[] = {
  { 0, 3, "\xff\xd8\xff", KOUAN_FILE_KIND_JPEG },
  { 0, 8, "\x89PNG\r\n\x1a\n", KOUAN_FILE_KIND_PNG },
  { 0, 4, "II*\0", KOUAN_FILE_KIND_TIFF },
  { 0, 4, "MM\0*", KOUAN_FILE_KIND_TIFF },
  { 0, 5, "%PDF-", KOUAN_FILE_KIND_PDF },
  { 0, 4, "PK\3\4", KOUAN_FILE_KIND_ARCHIVE },
  { 0, 4, "PK\5\6", KOUAN_FILE_KIND_ARCHIVE },
  { 0, 4, "PK\7\10", KOUAN_FILE_KIND_ARCHIVE },
  { 0, 6, "Rar!\x1a\7", KOUAN_FILE_KIND_ARCHIVE },
  { 0, 6, "7z\xbc\xaf\x27\x1c", KOUAN_FILE_KIND_ARCHIVE },
  { 0, 3, "\x1f\x8b\x08", KOUAN_FILE_KIND_ARCHIVE },
  { 0, 3, "BZh", KOUAN_FILE_KIND_ARCHIVE },
  { 0, 6,
    "\xfd"
    "7zXZ\0",
    KOUAN_FILE_KIND_ARCHIVE },
  { 0, 4, "\x28\xb5\x2f\xfd", KOUAN_FILE_KIND_ARCHIVE },
  { 257, 5, "ustar", KOUAN_FILE_KIND_ARCHIVE },
  { 0, 4, "MSCF", KOUAN_FILE_KIND_ARCHIVE },
  { 0, 8, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", KOUAN_FILE_KIND_OFFICE },
  { 0, 5, "{\\rtf", KOUAN_FILE_KIND_OFFICE },
  { 0, 4,
    "\x7f"
    "ELF",
    KOUAN_FILE_KIND_PROGRAM },
  { 0, 2, "MZ", KOUAN_FILE_KIND_PROGRAM },
  { 0, 2, "#!", KOUAN_FILE_KIND_PROGRAM },
  { 0, 4, "\xfe\xed\xfa\xce", KOUAN_FILE_KIND_PROGRAM },
  { 0, 4, "\xfe\xed\xfa\xcf", KOUAN_FILE_KIND_PROGRAM },
  { 0, 4, "\xcf\xfa\xed\xfe", KOUAN_FILE_KIND_PROGRAM },
  { 0, 4, "\xca\xfe\xba\xbe", KOUAN_FILE_KIND_PROGRAM },
  { 0, 4, "dex\n", KOUAN_FILE_KIND_PROGRAM },
  { 0, 4, "GIF8", KOUAN_FILE_KIND_OTHER_PICTURE },
  { 0, 2, "BM", KOUAN_FILE_KIND_OTHER_PICTURE },
  { 0, 4, "II+\0", KOUAN_FILE_KIND_OTHER_PICTURE },
  { 0, 4, "MM\0+", KOUAN_FILE_KIND_OTHER_PICTURE },
  { 0, 4, "II\x55\0", KOUAN_FILE_KIND_OTHER_PICTURE },
  { 0, 12, "\0\0\0\x0cjP  \r\n\x87\n", KOUAN_FILE_KIND_JPEG_2000 },
  { 0, 4, "\xff\x4f\xff\x51", KOUAN_FILE_KIND_JPEG_2000 },
  { 0, 12, "\0\0\0\x0cJXL \r\n\x87\n", KOUAN_FILE_KIND_OTHER_PICTURE },
  { 0, 2, "\xff\x0a", KOUAN_FILE_KIND_OTHER_PICTURE },
  { 0, 4, "8BPS", KOUAN_FILE_KIND_OTHER_PICTURE },
  { 0, 4, "\x1a\x45\xdf\xa3", KOUAN_FILE_KIND_FILM },
  { 0, 3, "ID3", KOUAN_FILE_KIND_FILM },
  { 0, 4, "OggS", KOUAN_FILE_KIND_FILM },
};

static gboolean
holds (const guint8 *data, gsize size, gsize at, const char *bytes, gsize length)
{
  return size >= length && at <= size - length && memcmp (data + at, bytes, length) == 0;
}

/* Office files of this century are zip archives; a person who wrote a letter does not think of it
 * as one. */
static KouanFileKind
sniff_zip (const guint8 *data, gsize size)
{
  static const char *const parts[]
    = { "[Content_Types].xml", "mimetypeapplication/vnd.oasis", "Index/Document.iwa" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (memmem (data, size, parts[i], strlen (parts[i])) != NULL)
      return KOUAN_FILE_KIND_OFFICE;
  return KOUAN_FILE_KIND_ARCHIVE;
}

static KouanFileKind
sniff_riff (const guint8 *data, gsize size)
{
  return holds (data, size, 8, "WEBP", 4) ? KOUAN_FILE_KIND_WEBP : KOUAN_FILE_KIND_FILM;
}

/* ISO base media: the brand says whether it is a still picture of HEVC or something else. */
static KouanFileKind
sniff_media (const guint8 *data, gsize size)
{
  static const char *const heic[] = { "heic", "heix", "heim", "heis" };
  static const char *const picture[] = { "avif", "avis", "mif1", "crx ", "jp2 " };
  gsize brands_end = MIN (size, (gsize)data[2] << 8 | data[3]);

  for (gsize at = 8; at + 4 <= brands_end; at += 4)
    for (guint i = 0; i < G_N_ELEMENTS (heic); i++)
      if (holds (data, size, at, heic[i], 4))
        return KOUAN_FILE_KIND_HEIC;
  for (guint i = 0; i < G_N_ELEMENTS (picture); i++)
    if (holds (data, size, 8, picture[i], 4))
      return KOUAN_FILE_KIND_OTHER_PICTURE;
  return KOUAN_FILE_KIND_FILM;
}

static gboolean
names_element (const char *text, const char *element)
{
  return strstr (text, element) != NULL;
}

/* @text has lower-case letters only. */
static KouanFileKind
sniff_markup (const char *text)
{
  if (names_element (text, "<svg") || names_element (text, "<!doctype svg"))
    return KOUAN_FILE_KIND_SVG;
  return KOUAN_FILE_KIND_WEB_PAGE;
}

static gboolean
is_text (const guint8 *data, gsize size)
{
  for (gsize i = 0; i < MIN (size, TEXT_LOOKED_AT); i++)
    if (data[i] == '\0' || (data[i] < 0x20 && strchr ("\t\n\r\f\x1b", data[i]) == NULL))
      return FALSE;
  return TRUE;
}

/* Letters behind a byte order mark and white space; a mark of UTF-16 is believed on sight. */
static KouanFileKind
sniff_text (const guint8 *data, gsize size)
{
  g_autofree char *start = NULL;
  g_autofree char *text = NULL;

  if (holds (data, size, 0, "\xff\xfe", 2) || holds (data, size, 0, "\xfe\xff", 2))
    return KOUAN_FILE_KIND_TEXT;
  if (holds (data, size, 0, "\xef\xbb\xbf", 3))
    return sniff_text (data + 3, size - 3);
  if (!is_text (data, size))
    return KOUAN_FILE_KIND_UNKNOWN;
  start = g_strndup ((const char *)data, MIN (size, TEXT_LOOKED_AT));
  text = g_ascii_strdown (g_strchug (start), -1);
  return text[0] == '<' ? sniff_markup (text) : KOUAN_FILE_KIND_TEXT;
}

/**
 * kouan_sniff:
 *
 * Looks at the first bytes of a file, and at the whole of it only to tell an Office file from an
 * archive.
 *
 * Returns: what the file claims to be; a decoder has yet to agree
 */
KouanFileKind
kouan_sniff (const guint8 *data, gsize size)
{
  KouanFileKind kind;

  if (size == 0)
    return KOUAN_FILE_KIND_EMPTY;
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (holds (data, size, magics[i].at, magics[i].bytes, magics[i].size))
      return data[0] == 'P' && magics[i].kind == KOUAN_FILE_KIND_ARCHIVE ? sniff_zip (data, size)
                                                                         : magics[i].kind;
  if (holds (data, size, 0, "RIFF", 4))
    return sniff_riff (data, size);
  if (holds (data, size, 4, "ftyp", 4))
    return sniff_media (data, size);
  kind = sniff_text (data, size);
  if (kind != KOUAN_FILE_KIND_SVG && kind != KOUAN_FILE_KIND_WEB_PAGE
      && memmem (data, MIN (size, PDF_WITHIN), "%PDF-", 5) != NULL)
    return KOUAN_FILE_KIND_PDF;
  return kind;
}
