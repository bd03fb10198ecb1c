/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"

G_BEGIN_DECLS

KouanPage *kouan_light_evened (KouanPage *page) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
