/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"
#include "ui/widgets/page-view.h"

G_BEGIN_DECLS

void kouan_show_page (KouanPageView *view, KouanPage *page, GCancellable *cancellable);

G_END_DECLS
