/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/frame.h"
#include "app/documents/page.h"

G_BEGIN_DECLS

KouanPage *kouan_page_new_for_frame (const KouanFrame *frame) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
