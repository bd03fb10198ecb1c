/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/quality.h"

G_BEGIN_DECLS

void kouan_measure_colours (KouanPage *page, KouanMeasures *measures);

G_END_DECLS
