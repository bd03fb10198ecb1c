/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/stick.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_MOUNT_STICK (kouan_mount_stick_get_type ())
G_DECLARE_FINAL_TYPE (KouanMountStick, kouan_mount_stick, KOUAN, MOUNT_STICK, GObject)

KouanStick *kouan_mount_stick_new (const char *prefix) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
