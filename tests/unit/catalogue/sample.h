/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/reader.h"

G_BEGIN_DECLS

/* The service of tests/data/catalogue/sample.json, and a context of 3 May 2026. */
KouanService *sample_service (void);
void sample_context (KouanContext *context);

/* Its text with the first @from replaced by @to, which has to be there. */
char *sample_text (const char *from, const char *to);

G_END_DECLS
