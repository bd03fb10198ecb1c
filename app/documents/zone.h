/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"

G_BEGIN_DECLS

char *kouan_page_read_zone (KouanPage *page) G_GNUC_WARN_UNUSED_RESULT; /* (nullable) */

G_END_DECLS
