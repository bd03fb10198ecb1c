/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"

G_BEGIN_DECLS

/* What goes wrong with pages, done to a good one. Each answers a page of its own. */
KouanPage *kouan_test_blurred (KouanPage *page, double sigma);           /* pixels */
KouanPage *kouan_test_exposed (KouanPage *page, double factor, int add); /* value * factor + add */
KouanPage *kouan_test_grainy (KouanPage *page, guint seed, double sigma);
KouanPage *
kouan_test_moved (KouanPage *page, double degrees, double x, double y); /* pixels; white comes in */

G_END_DECLS
