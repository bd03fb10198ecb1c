/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/codes/codes.h"
#include "app/documents/pixels.h"

G_BEGIN_DECLS

KouanPixels *kouan_ctl_pixels_new (void) G_GNUC_WARN_UNUSED_RESULT;
KouanCodes *kouan_ctl_codes_new (void) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_ctl_find_program (const char *name, const char *folder) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_ctl_find_phone (void) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_ctl_find_voice (void) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_ctl_find_scan (void) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_ctl_find_sync (void) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_ctl_find_messages (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
