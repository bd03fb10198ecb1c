/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"

G_BEGIN_DECLS

#define KOUAN_FINGERPRINT_SIZE 576 /* bytes */

GBytes *kouan_fingerprint_new (KouanPage *page) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_fingerprint_same (GBytes *a, GBytes *b);
double kouan_fingerprint_likeness (GBytes *a, GBytes *b);

G_END_DECLS
