/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/pixels.h"

#include "app/language/language.h"

/* Why a file could not be taken, and what its owner can do about it. */

typedef struct
{
  KouanFileKind kind;
} KouanPixelsErrorPrivate;

static void
kouan_pixels_error_private_init (KouanPixelsErrorPrivate *private)
{
  private->kind = KOUAN_FILE_KIND_UNKNOWN;
}

static void
kouan_pixels_error_private_copy (const KouanPixelsErrorPrivate *source,
                                 KouanPixelsErrorPrivate *target)
{
  target->kind = source->kind;
}

static void
kouan_pixels_error_private_clear (KouanPixelsErrorPrivate *private G_GNUC_UNUSED)
{
}

G_DEFINE_EXTENDED_ERROR (KouanPixelsError, kouan_pixels_error)

typedef struct
{
  const char *title;
  const char *remedy;
} Words;

static const Words words_of_code[] = {
  [KOUAN_PIXELS_ERROR_TOO_LARGE]
  = { N_ ("This file is too large"), N_ ("A file may have 25 MB, and a page 40 million pixels. "
                                         "Save it smaller, or scan the paper here.") },
  [KOUAN_PIXELS_ERROR_TOO_MANY_PAGES]
  = { N_ ("This file has more than 20 pages"),
      N_ ("Save only the pages that are asked for. Or scan those pages here.") },
  [KOUAN_PIXELS_ERROR_DAMAGED]
  = { N_ ("We can't open this file"),
      N_ ("It is damaged or a part of it is missing. Copy it again, or scan the paper here.") },
  [KOUAN_PIXELS_ERROR_ENCRYPTED_PDF]
  = { N_ ("This PDF is locked with a password"),
      N_ ("Save a copy without the password. Or scan the paper here.") },
  [KOUAN_PIXELS_ERROR_TIMED_OUT]
  = { N_ ("This file takes too long to open"),
      N_ ("Save it again as a simple PDF or as a picture. Or scan the paper here.") },
  [KOUAN_PIXELS_ERROR_FAILED]
  = { N_ ("We could not open the file"),
      N_ ("The file may be good. Try once more. If it happens again, call the staff.") },
};

static const Words words_of_kind[] = {
  [KOUAN_FILE_KIND_UNKNOWN]
  = { N_ ("We don't know this kind of file"),
      N_ ("Choose a PDF or a picture (JPEG, PNG, TIFF, WebP, HEIC). Or scan the paper here.") },
  [KOUAN_FILE_KIND_EMPTY]
  = { N_ ("This file is empty"), N_ ("Copy it again from where it came. Or scan the paper here.") },
  [KOUAN_FILE_KIND_ARCHIVE]
  = { N_ ("This is a packed folder (ZIP)"),
      N_ ("Unpack it, then choose the PDF or the picture that was inside.") },
  [KOUAN_FILE_KIND_OFFICE]
  = { N_ ("This is an Office document"),
      N_ ("Save it as PDF and bring the PDF. Or print it and scan the paper here.") },
  [KOUAN_FILE_KIND_SVG] = { N_ ("This is a drawing (SVG)"),
                            N_ ("Save it as PDF or PNG. Or print it and scan the paper here.") },
  [KOUAN_FILE_KIND_WEB_PAGE]
  = { N_ ("This is a web page"),
      N_ ("Open it in a browser and print it as PDF. Or print it and scan the paper here.") },
  [KOUAN_FILE_KIND_TEXT] = { N_ ("This is a plain text file"),
                             N_ ("Save it as PDF. Or print it and scan the paper here.") },
  [KOUAN_FILE_KIND_PROGRAM] = { N_ ("This is a program, not a document"),
                                N_ ("We never open programs. Choose a PDF or a picture.") },
  [KOUAN_FILE_KIND_FILM] = { N_ ("This is a film or a sound, not a document"),
                             N_ ("Choose a PDF or a still picture. Or scan the paper here.") },
  [KOUAN_FILE_KIND_OTHER_PICTURE] = { N_ ("We can't read this kind of picture"),
                                      N_ ("Save it as JPEG or PNG. Or scan the paper here.") },
  [KOUAN_FILE_KIND_WEBP] = { N_ ("This is a moving picture"),
                             N_ ("Choose a still picture or a PDF. Or scan the paper here.") },
};

static const char *const names[] = {
  [KOUAN_FILE_KIND_UNKNOWN] = "unknown",
  [KOUAN_FILE_KIND_PDF] = "pdf",
  [KOUAN_FILE_KIND_JPEG] = "jpeg",
  [KOUAN_FILE_KIND_PNG] = "png",
  [KOUAN_FILE_KIND_TIFF] = "tiff",
  [KOUAN_FILE_KIND_WEBP] = "webp",
  [KOUAN_FILE_KIND_HEIC] = "heic",
  [KOUAN_FILE_KIND_JPEG_2000] = "jpeg-2000",
  [KOUAN_FILE_KIND_EMPTY] = "empty",
  [KOUAN_FILE_KIND_ARCHIVE] = "archive",
  [KOUAN_FILE_KIND_OFFICE] = "office",
  [KOUAN_FILE_KIND_SVG] = "svg",
  [KOUAN_FILE_KIND_WEB_PAGE] = "web-page",
  [KOUAN_FILE_KIND_TEXT] = "text",
  [KOUAN_FILE_KIND_PROGRAM] = "program",
  [KOUAN_FILE_KIND_FILM] = "film",
  [KOUAN_FILE_KIND_OTHER_PICTURE] = "other-picture",
};

/* A word for machines: JSON and the log. */
const char *
kouan_file_kind_name (KouanFileKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (names), NULL);

  return names[kind];
}

/**
 * kouan_pixels_error_new:
 * @kind: what the file is, where that is known
 * @message: for the log: nothing of the file's content or name
 */
GError *
kouan_pixels_error_new (KouanPixelsError code, KouanFileKind kind, const char *message)
{
  GError *error = g_error_new_literal (KOUAN_PIXELS_ERROR, code, message);

  kouan_pixels_error_get_private (error)->kind = kind;
  return error;
}

KouanFileKind
kouan_pixels_error_kind (const GError *error)
{
  g_return_val_if_fail (error->domain == KOUAN_PIXELS_ERROR, KOUAN_FILE_KIND_UNKNOWN);

  return kouan_pixels_error_get_private (error)->kind;
}

static const Words *
words_of (const GError *error)
{
  KouanFileKind kind;

  if (error->domain != KOUAN_PIXELS_ERROR)
    return &words_of_code[KOUAN_PIXELS_ERROR_FAILED];
  if (error->code != KOUAN_PIXELS_ERROR_NOT_SUPPORTED)
    return &words_of_code[error->code];
  kind = kouan_pixels_error_kind (error);
  return &words_of_kind[words_of_kind[kind].title != NULL ? kind : KOUAN_FILE_KIND_UNKNOWN];
}

/**
 * kouan_pixels_error_title:
 * @error: of KOUAN_PIXELS_ERROR; any other is told as %KOUAN_PIXELS_ERROR_FAILED
 *
 * Returns: what happened, in the language of the screen
 */
const char *
kouan_pixels_error_title (const GError *error)
{
  return _ (words_of (error)->title);
}

/* Returns: what to do about it, in the language of the screen */
const char *
kouan_pixels_error_remedy (const GError *error)
{
  return _ (words_of (error)->remedy);
}
