/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/phone/phone.h"

G_BEGIN_DECLS

/* What can go wrong with it, at will. */
typedef enum
{
  KOUAN_FOLDER_PHONE_WORKS,
  KOUAN_FOLDER_PHONE_MISSING, /* the kiosk cannot serve */
  KOUAN_FOLDER_PHONE_LATE,    /* nobody takes up the code until the time is over */
  KOUAN_FOLDER_PHONE_CUT,     /* each file breaks off half-way */
} KouanFolderPhoneFault;

#define KOUAN_TYPE_FOLDER_PHONE (kouan_folder_phone_get_type ())
G_DECLARE_FINAL_TYPE (KouanFolderPhone, kouan_folder_phone, KOUAN, FOLDER_PHONE, KouanPhone)

KouanPhone *kouan_folder_phone_new (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void kouan_folder_phone_set_fault (KouanFolderPhone *self, KouanFolderPhoneFault fault);
void kouan_folder_phone_set_pace (KouanFolderPhone *self, guint pace_ms);

G_END_DECLS
