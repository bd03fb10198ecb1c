/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_LANGUAGE_SCREEN (kouan_language_screen_get_type ())
G_DECLARE_FINAL_TYPE (
  KouanLanguageScreen, kouan_language_screen, KOUAN, LANGUAGE_SCREEN, KouanScreen)

G_END_DECLS
