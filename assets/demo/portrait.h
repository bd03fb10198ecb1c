/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assets/demo/sheet.h"

G_BEGIN_DECLS

void kouan_demo_draw_portrait (KouanSheet *sheet, double x, double y, double width, double height);

G_END_DECLS
