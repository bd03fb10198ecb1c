/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/printer.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_IPP_PRINTER (kouan_ipp_printer_get_type ())
G_DECLARE_FINAL_TYPE (KouanIppPrinter, kouan_ipp_printer, KOUAN, IPP_PRINTER, GObject)

KouanPrinter *kouan_ipp_printer_new (const char *uri) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
