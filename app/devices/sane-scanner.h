/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/scanner.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_SANE_SCANNER (kouan_sane_scanner_get_type ())
G_DECLARE_FINAL_TYPE (KouanSaneScanner, kouan_sane_scanner, KOUAN, SANE_SCANNER, GObject)

KouanScanner *kouan_sane_scanner_new (const char *program,
                                      const char *device) G_GNUC_WARN_UNUSED_RESULT;
void kouan_sane_scanner_set_config_dir (KouanSaneScanner *self, const char *config_dir);

G_END_DECLS
