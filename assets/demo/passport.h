/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assets/demo/sheet.h"

G_BEGIN_DECLS

/* ISO/IEC 7810 ID-3. */
#define KOUAN_PASSPORT_WIDTH_MM 125.0
#define KOUAN_PASSPORT_HEIGHT_MM 88.0

/* @data: a KouanApplicant */
void kouan_demo_draw_passport (KouanSheet *sheet, gconstpointer data);

gboolean kouan_demo_has_ocr_b (void);

G_END_DECLS
