/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "app/pixels/sniff.h"

static void
assert_kind (const char *bytes, gsize size, KouanFileKind kind)
{
  g_autofree guint8 *exact
    = g_memdup2 (bytes, size); /* a look beyond the end is seen by the sanitizer */

  g_assert_cmpint (kouan_sniff (exact, size), ==, kind);
}

#define assert_text_kind(text, kind) assert_kind (text, sizeof (text) - 1, kind)

static void
test_taken (void)
{
  assert_text_kind ("%PDF-1.7\n", KOUAN_FILE_KIND_PDF);
  assert_text_kind ("\xef\xbb\xbf\n%PDF-1.4\n", KOUAN_FILE_KIND_PDF);
  assert_text_kind ("\xff\xd8\xff\xe0", KOUAN_FILE_KIND_JPEG);
  assert_text_kind ("\x89PNG\r\n\x1a\n", KOUAN_FILE_KIND_PNG);
  assert_text_kind ("II*\0\x08", KOUAN_FILE_KIND_TIFF);
  assert_text_kind ("MM\0*\0", KOUAN_FILE_KIND_TIFF);
  assert_text_kind ("RIFF\0\0\0\0WEBPVP8 ", KOUAN_FILE_KIND_WEBP);
  assert_text_kind ("\0\0\0\x18"
                    "ftypheic\0\0\0\0mif1heic",
                    KOUAN_FILE_KIND_HEIC);
  assert_text_kind ("\0\0\0\x18"
                    "ftypmif1\0\0\0\0mif1heic",
                    KOUAN_FILE_KIND_HEIC);
  assert_text_kind ("\0\0\0\x0cjP  \r\n\x87\n", KOUAN_FILE_KIND_JPEG_2000);
  assert_text_kind ("\xff\x4f\xff\x51\0", KOUAN_FILE_KIND_JPEG_2000);
}

static void
test_archives_and_office (void)
{
  assert_text_kind ("PK\3\4\x14\0\0\0\0\0holiday.jpg", KOUAN_FILE_KIND_ARCHIVE);
  assert_text_kind ("PK\3\4\x14\0\0\0\0\0[Content_Types].xml", KOUAN_FILE_KIND_OFFICE);
  assert_text_kind ("PK\3\4\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.text",
                    KOUAN_FILE_KIND_OFFICE);
  assert_text_kind ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", KOUAN_FILE_KIND_OFFICE);
  assert_text_kind ("{\\rtf1\\ansi", KOUAN_FILE_KIND_OFFICE);
  assert_text_kind ("Rar!\x1a\x07\x01", KOUAN_FILE_KIND_ARCHIVE);
  assert_text_kind ("7z\xbc\xaf\x27\x1c", KOUAN_FILE_KIND_ARCHIVE);
  assert_text_kind ("\x1f\x8b\x08\0", KOUAN_FILE_KIND_ARCHIVE);
}

static void
test_tar (void)
{
  char header[512] = "papers/";

  memcpy (header + 257, "ustar", 5);
  assert_kind (header, sizeof header, KOUAN_FILE_KIND_ARCHIVE);
}

static void
test_letters (void)
{
  assert_text_kind ("<?xml version=\"1.0\"?>\n<!-- x -->\n<SVG xmlns=''/>", KOUAN_FILE_KIND_SVG);
  assert_text_kind ("  \n<!DOCTYPE html><html>", KOUAN_FILE_KIND_WEB_PAGE);
  assert_text_kind ("\xef\xbb\xbf<html>", KOUAN_FILE_KIND_WEB_PAGE);
  assert_text_kind ("<?xml version=\"1.0\"?><invoice/>", KOUAN_FILE_KIND_WEB_PAGE);
  assert_text_kind ("Dear all,\n", KOUAN_FILE_KIND_TEXT);
  assert_text_kind ("\xff\xfe"
                    "D\0e\0a\0r\0",
                    KOUAN_FILE_KIND_TEXT);
}

/* A page of the web that carries a PDF within is a page of the web. */
static void
test_polyglot (void)
{
  assert_text_kind ("<html><!-- %PDF-1.4 -->", KOUAN_FILE_KIND_WEB_PAGE);
  assert_text_kind ("PK\3\4....%PDF-1.4", KOUAN_FILE_KIND_ARCHIVE);
  assert_text_kind ("MZ....%PDF-1.4", KOUAN_FILE_KIND_PROGRAM);
}

static void
test_others (void)
{
  assert_text_kind ("", KOUAN_FILE_KIND_EMPTY);
  assert_text_kind ("\x7f"
                    "ELF\2\1",
                    KOUAN_FILE_KIND_PROGRAM);
  assert_text_kind ("#!/bin/sh\n", KOUAN_FILE_KIND_PROGRAM);
  assert_text_kind ("GIF89a", KOUAN_FILE_KIND_OTHER_PICTURE);
  assert_text_kind ("\0\0\0\x1c"
                    "ftypavif\0\0\0\0avifmif1",
                    KOUAN_FILE_KIND_OTHER_PICTURE);
  assert_text_kind ("\0\0\0\x18"
                    "ftypisom\0\0\0\0mp41",
                    KOUAN_FILE_KIND_FILM);
  assert_text_kind ("RIFF\0\0\0\0AVI LIST", KOUAN_FILE_KIND_FILM);
  assert_text_kind ("\0\1\2\3\4\5\6\7", KOUAN_FILE_KIND_UNKNOWN);
  assert_text_kind ("\0", KOUAN_FILE_KIND_UNKNOWN);
}

/* Every prefix of everything above has an answer; the sanitizer watches. */
static void
test_prefixes (void)
{
  static const char brands[] = "\0\0\xff\xff"
                               "ftypmif1\0\0\0\0mif1heic";

  for (gsize size = 0; size < sizeof brands; size++)
    {
      g_autofree guint8 *exact = g_memdup2 (brands, size);

      g_assert_cmpint (kouan_sniff (exact, size), <=, KOUAN_FILE_KIND_LAST);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pixels/sniff/taken", test_taken);
  g_test_add_func ("/pixels/sniff/archives-and-office", test_archives_and_office);
  g_test_add_func ("/pixels/sniff/tar", test_tar);
  g_test_add_func ("/pixels/sniff/letters", test_letters);
  g_test_add_func ("/pixels/sniff/polyglot", test_polyglot);
  g_test_add_func ("/pixels/sniff/others", test_others);
  g_test_add_func ("/pixels/sniff/prefixes", test_prefixes);
  return g_test_run ();
}
