/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/speech/headphone.h"

G_BEGIN_DECLS

/* Plugged in as long as a file is there. */
#define KOUAN_TYPE_FILE_HEADPHONE (kouan_file_headphone_get_type ())
G_DECLARE_FINAL_TYPE (KouanFileHeadphone, kouan_file_headphone, KOUAN, FILE_HEADPHONE, GObject)

KouanHeadphone *kouan_file_headphone_new (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
