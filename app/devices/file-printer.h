/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/printer.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_FILE_PRINTER (kouan_file_printer_get_type ())
G_DECLARE_FINAL_TYPE (KouanFilePrinter, kouan_file_printer, KOUAN, FILE_PRINTER, GObject)

KouanPrinter *kouan_file_printer_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
void kouan_file_printer_pretend (KouanFilePrinter *self, KouanDeviceState state);

G_END_DECLS
