/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/language/language.h"

G_BEGIN_DECLS

const char *kouan_receipt_font_families (const KouanLanguage *language);

G_END_DECLS
