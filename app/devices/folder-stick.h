/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/stick.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_FOLDER_STICK_WORKS,
  KOUAN_FOLDER_STICK_MISSING, /* as if it were pulled out */
  KOUAN_FOLDER_STICK_DYING,   /* as if it were in, and gave nothing */
} KouanFolderStickFault;

#define KOUAN_TYPE_FOLDER_STICK (kouan_folder_stick_get_type ())
G_DECLARE_FINAL_TYPE (KouanFolderStick, kouan_folder_stick, KOUAN, FOLDER_STICK, GObject)

KouanStick *kouan_folder_stick_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
void kouan_folder_stick_set_fault (KouanFolderStick *self, KouanFolderStickFault fault);

G_END_DECLS
