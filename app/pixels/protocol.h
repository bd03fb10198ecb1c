/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What kouan-pixels says on its standard output, and the limits that both ends hold each other to.
 *
 * Every frame is a tag of four letters and four unsigned 32-bit words, most significant byte first:
 *
 *   "KPX1"  pages, 0, 0, 0                once, first; 0 pages when the file is refused
 *   "TEXT"  size, 0, 0, 0                 then size bytes of UTF-8: what the file itself says
 * stands on the page that comes next; not there for pictures "PAGE"  width, height, format, dpi
 * then width * height * 3 bytes, rows from the top, R G B "DONE"  status, kind, 0, 0 once, last;
 * nothing follows
 *
 * The dpi of a page is 0 where the file does not say how large its paper is, as cameras never do.
 */

#define KOUAN_PIXELS_FRAME_SIZE 20
#define KOUAN_PIXELS_TAG_START "KPX1"
#define KOUAN_PIXELS_TAG_TEXT "TEXT"
#define KOUAN_PIXELS_TAG_PAGE "PAGE"
#define KOUAN_PIXELS_TAG_END "DONE"
#define KOUAN_PIXELS_FORMAT_RGB8 1

#define KOUAN_PIXELS_INPUT_MAX (25 * 1024 * 1024) /* bytes of a file */
#define KOUAN_PIXELS_PAGES_MAX 20
#define KOUAN_PIXELS_AREA_MAX 40000000 /* pixels of a page */
#define KOUAN_PIXELS_SIDE_MAX 20000    /* pixels */
#define KOUAN_PIXELS_TEXT_MAX 8192     /* bytes of a page */
#define KOUAN_PIXELS_TIME_MAX_S 11     /* all in all, so that there is an answer within 12 */
#define KOUAN_PIXELS_DPI 200
#define KOUAN_PIXELS_DPI_MIN 30
#define KOUAN_PIXELS_DPI_MAX 1200

typedef enum
{
  KOUAN_PIXELS_STATUS_OK,
  KOUAN_PIXELS_STATUS_NOT_SUPPORTED, /* the kind says what it is */
  KOUAN_PIXELS_STATUS_TOO_LARGE,
  KOUAN_PIXELS_STATUS_TOO_MANY_PAGES,
  KOUAN_PIXELS_STATUS_DAMAGED,
  KOUAN_PIXELS_STATUS_ENCRYPTED,
  KOUAN_PIXELS_STATUS_LAST = KOUAN_PIXELS_STATUS_ENCRYPTED,
} KouanPixelsStatus;

/* What a file is by its first bytes; its name is never asked. */
typedef enum
{
  KOUAN_FILE_KIND_UNKNOWN,
  KOUAN_FILE_KIND_PDF,
  KOUAN_FILE_KIND_JPEG,
  KOUAN_FILE_KIND_PNG,
  KOUAN_FILE_KIND_TIFF,
  KOUAN_FILE_KIND_WEBP,
  KOUAN_FILE_KIND_HEIC,
  KOUAN_FILE_KIND_JPEG_2000,
  /* refused from here on */
  KOUAN_FILE_KIND_EMPTY,
  KOUAN_FILE_KIND_ARCHIVE,
  KOUAN_FILE_KIND_OFFICE,
  KOUAN_FILE_KIND_SVG,
  KOUAN_FILE_KIND_WEB_PAGE, /* HTML and every other XML */
  KOUAN_FILE_KIND_TEXT,
  KOUAN_FILE_KIND_PROGRAM,
  KOUAN_FILE_KIND_FILM,          /* films, sound and moving pictures */
  KOUAN_FILE_KIND_OTHER_PICTURE, /* GIF, BMP, AVIF, JPEG XL, camera raw */
  KOUAN_FILE_KIND_LAST = KOUAN_FILE_KIND_OTHER_PICTURE,
} KouanFileKind;

/* How kouan-pixels ends when no frame could say it. */
#define KOUAN_PIXELS_EXIT_USAGE 2
#define KOUAN_PIXELS_EXIT_NOT_LOCKED 3
#define KOUAN_PIXELS_EXIT_OUTPUT 4

G_END_DECLS
