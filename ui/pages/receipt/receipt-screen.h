/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_RECEIPT_SCREEN (kouan_receipt_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanReceiptScreen, kouan_receipt_screen, KOUAN, RECEIPT_SCREEN, KouanScreen)

G_END_DECLS
