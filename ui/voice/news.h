/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/voice/stops.h"

G_BEGIN_DECLS

/* What has changed on a page that stayed. */
gboolean kouan_news_collect (
  GPtrArray *before, GPtrArray *now, GtkWidget *at, gboolean alone, KouanUtterance *utterance);

G_END_DECLS
