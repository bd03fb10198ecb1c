/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/hostile/hostile-private.h"

/* Kinds of files that are not taken, each to be refused by its name; and files that are two kinds
 * at once. */

static void
archive (KouanHostile *self, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  static const struct
  {
    guint size;
    const char *bytes;
  } magics[] = {
    { 4, "PK\3\4" },
    { 4, "PK\5\6" },
    { 6, "Rar!\x1a\7" },
    { 6, "7z\xbc\xaf\x27\x1c" },
    { 3, "\x1f\x8b\x08" },
    { 3, "BZh" },
    { 6, "\xfd"
         "7zXZ" },
    { 4, "\x28\xb5\x2f\xfd" },
    { 4, "MSCF" },
  };
  guint which = kouan_hostile_below (random, G_N_ELEMENTS (magics));

  file->refused = KOUAN_FILE_KIND_ARCHIVE;
  kouan_hostile_add (out, magics[which].bytes, magics[which].size);
  if (kouan_hostile_below (random, 8) == 0)
    kouan_hostile_add_bytes (out, kouan_hostile_zeros (self, TRUE)); /* what unpacks to much */
  else
    kouan_hostile_add_random (out, random, 100 + kouan_hostile_below (random, 3000));
}

static void
office (KouanHostile *self G_GNUC_UNUSED, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  static const char *const parts[]
    = { "[Content_Types].xml", "mimetypeapplication/vnd.oasis.opendocument.text",
        "Index/Document.iwa" };
  guint which = kouan_hostile_below (random, G_N_ELEMENTS (parts) + 2);

  file->refused = KOUAN_FILE_KIND_OFFICE;
  if (which < G_N_ELEMENTS (parts))
    {
      kouan_hostile_add (out, "PK\3\4", 4);
      kouan_hostile_add_random (out, random, 26);
      kouan_hostile_add_text (out, parts[which]);
    }
  else if (which == G_N_ELEMENTS (parts))
    kouan_hostile_add (out, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
  else
    kouan_hostile_add_text (out, "{\\rtf1\\ansi\\object\\objocx");
  kouan_hostile_add_random (out, random, kouan_hostile_below (random, 3000));
}

static void
drawing (KouanHostile *self G_GNUC_UNUSED, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  static const char *const drawings[] = {
    "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
    "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
    "<svg><text>&x;</text></svg>",
    "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"ha\"><!ENTITY b "
    "\"&a;&a;&a;&a;&a;&a;&a;&a;\">"
    "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><svg>&c;</svg>",
    "<svg width=\"1e9\" height=\"1e9\"><image href=\"http://192.0.2.1/x.png\"/></svg>",
  };

  file->refused = KOUAN_FILE_KIND_SVG;
  kouan_hostile_add_text (out, drawings[kouan_hostile_below (random, G_N_ELEMENTS (drawings))]);
}

static void
web_page (KouanHostile *self G_GNUC_UNUSED, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  static const char *const pages[] = {
    "<!doctype html><script>location='file:///etc/passwd'</script>",
    "\xef\xbb\xbf  \n<html><body onload=\"x()\"><iframe src=http://192.0.2.1></iframe>",
    "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY x SYSTEM \"file:///dev/zero\">]><r>&x;</r>",
    "<html>%PDF-1.4 it only says so</html>",
  };

  file->refused = KOUAN_FILE_KIND_WEB_PAGE;
  kouan_hostile_add_text (out, pages[kouan_hostile_below (random, G_N_ELEMENTS (pages))]);
}

static void
program (KouanHostile *self G_GNUC_UNUSED, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  static const struct
  {
    guint size;
    const char *bytes;
  } magics[] = { { 4, "\x7f"
                      "ELF" },
                 { 2, "MZ" },
                 { 2, "#!" },
                 { 4, "\xca\xfe\xba\xbe" },
                 { 4, "dex\n" } };
  guint which = kouan_hostile_below (random, G_N_ELEMENTS (magics));

  file->refused = KOUAN_FILE_KIND_PROGRAM;
  kouan_hostile_add (out, magics[which].bytes, magics[which].size);
  if (which == 2)
    kouan_hostile_add_text (out, "/bin/sh\nrm -rf /\n");
  else
    kouan_hostile_add_random (out, random, 64 + kouan_hostile_below (random, 3000));
}

static void
film_or_other_picture (KouanHostile *self G_GNUC_UNUSED,
                       GRand *random,
                       GByteArray *out,
                       KouanHostileFile *file)
{
  static const struct
  {
    guint size;
    const char *bytes;
    KouanFileKind kind;
  } magics[] = {
    { 6, "GIF89a", KOUAN_FILE_KIND_OTHER_PICTURE },
    { 2, "BM", KOUAN_FILE_KIND_OTHER_PICTURE },
    { 24,
      "\0\0\0\x18"
      "ftypavif\0\0\0\0mif1miaf",
      KOUAN_FILE_KIND_OTHER_PICTURE },
    { 12, "\0\0\0\x0cjP  \r\n\x87\n", KOUAN_FILE_KIND_OTHER_PICTURE },
    { 4, "8BPS", KOUAN_FILE_KIND_OTHER_PICTURE },
    { 24,
      "\0\0\0\x18"
      "ftypisom\0\0\0\0isommp41",
      KOUAN_FILE_KIND_FILM },
    { 4, "\x1a\x45\xdf\xa3", KOUAN_FILE_KIND_FILM },
    { 12, "RIFF\0\0\0\0AVI ", KOUAN_FILE_KIND_FILM },
  };
  guint which = kouan_hostile_below (random, G_N_ELEMENTS (magics));

  file->refused = magics[which].kind;
  kouan_hostile_add (out, magics[which].bytes, magics[which].size);
  kouan_hostile_add_random (out, random, kouan_hostile_below (random, 3000));
}

static void
text (KouanHostile *self G_GNUC_UNUSED, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  static const char *const texts[]
    = { "powershell -enc AAAA\n", "import os; os.system('id')\n",
        "%!PS-Adobe-3.0\n(%pipe%id) (w) file\n", "javascript:alert(1)\n", "=cmd|'/c calc'!A0\n" };

  file->refused = KOUAN_FILE_KIND_TEXT;
  kouan_hostile_add_text (out, texts[kouan_hostile_below (random, G_N_ELEMENTS (texts))]);
}

/* Two kinds at once: whatever it is taken for, only new pixels come out of it. */
static void
polyglot (KouanHostile *self, GRand *random, GByteArray *out, KouanHostileFile *file G_GNUC_UNUSED)
{
  static const char *const tails[]
    = { "PK\3\4payload.exe",
        "<script>alert(document.domain)</script>",
        "<?php system($_GET[0]);?>",
        "%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n",
        "#!/bin/sh\nid\n",
        "\x7f"
        "ELF" };
  static const char *const heads[] = { "GIF89a/*", "%PDF-1.4\n", "\n\n", "MZ", "BM" };
  guint base = kouan_hostile_below (random, N_BASES);

  if (kouan_hostile_below (random, 3) == 0)
    kouan_hostile_add_text (out, heads[kouan_hostile_below (random, G_N_ELEMENTS (heads))]);
  kouan_hostile_add_bytes (out, kouan_hostile_base (self, base));
  kouan_hostile_add_text (out, tails[kouan_hostile_below (random, G_N_ELEMENTS (tails))]);
  if (kouan_hostile_below (random, 2) == 0)
    kouan_hostile_add_bytes (out, kouan_hostile_base (self, kouan_hostile_below (random, N_BASES)));
}

const KouanHostileFamily kouan_hostile_refused[] = {
  { "archive", 20, archive }, { "office", 20, office },
  { "drawing", 15, drawing }, { "web-page", 15, web_page },
  { "program", 15, program }, { "film-or-other-picture", 15, film_or_other_picture },
  { "text", 8, text },        { "polyglot", 50, polyglot },
  { NULL, 0, NULL },
};
