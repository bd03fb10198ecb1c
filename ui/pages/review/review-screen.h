/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_REVIEW_SCREEN (kouan_review_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanReviewScreen, kouan_review_screen, KOUAN, REVIEW_SCREEN, KouanScreen)

G_END_DECLS
