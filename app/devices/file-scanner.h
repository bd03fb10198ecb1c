/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/scanner.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_FILE_SCANNER_WORKS,
  KOUAN_FILE_SCANNER_MISSING, /* as if it were unplugged */
  KOUAN_FILE_SCANNER_EMPTY,   /* as if no page lay in it */
  KOUAN_FILE_SCANNER_JAMMED,
  KOUAN_FILE_SCANNER_FAILING,    /* as if it broke in the middle of a page */
  KOUAN_FILE_SCANNER_UNREADABLE, /* as if its picture could not be decoded */
  KOUAN_FILE_SCANNER_LATE,       /* there, and never done */
} KouanFileScannerFault;

#define KOUAN_TYPE_FILE_SCANNER (kouan_file_scanner_get_type ())
G_DECLARE_FINAL_TYPE (KouanFileScanner, kouan_file_scanner, KOUAN, FILE_SCANNER, GObject)

KouanScanner *kouan_file_scanner_new (const char *path,
                                      KouanPixels *pixels) G_GNUC_WARN_UNUSED_RESULT;
void kouan_file_scanner_set_fault (KouanFileScanner *self, KouanFileScannerFault fault);

G_END_DECLS
