/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_CONSENT_SCREEN (kouan_consent_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanConsentScreen, kouan_consent_screen, KOUAN, CONSENT_SCREEN, KouanScreen)

G_END_DECLS
