/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/camera.h"

G_BEGIN_DECLS

/* Signal "code" (const char *text): once for each distinct text since the start; on the default
 * main context, never after stop or after the cancellable was cancelled. Text that is not UTF-8
 * arrives as "", which is nobody's code. */
#define KOUAN_TYPE_CODE_SCANNER (kouan_code_scanner_get_type ())
G_DECLARE_FINAL_TYPE (KouanCodeScanner, kouan_code_scanner, KOUAN, CODE_SCANNER, GObject)

KouanCodeScanner *kouan_code_scanner_new (KouanCamera *camera,
                                          const char *program) G_GNUC_WARN_UNUSED_RESULT;

KouanCamera *kouan_code_scanner_get_camera (KouanCodeScanner *self);
void kouan_code_scanner_start (KouanCodeScanner *self, GCancellable *cancellable);
void kouan_code_scanner_stop (KouanCodeScanner *self);
void kouan_code_scanner_forget (KouanCodeScanner *self);

G_END_DECLS
