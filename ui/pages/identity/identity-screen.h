/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_IDENTITY_SCREEN (kouan_identity_screen_get_type ())
G_DECLARE_FINAL_TYPE (
  KouanIdentityScreen, kouan_identity_screen, KOUAN, IDENTITY_SCREEN, KouanScreen)

G_END_DECLS
