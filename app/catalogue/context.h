/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/calendar.h"
#include "app/identity/mrz.h"

G_BEGIN_DECLS

/* What a condition may look at beside the answers. A GDate that is not valid and a text that is
 * empty are unknown, and so is every condition that hangs on them. */
typedef struct
{
  GDate today;
  GDate birth_date;
  GDate document_expiry;
  char nationality[4]; /* code of ICAO 9303-3 §5: "UTO", "D" */
  char issuer[4];
  KouanCalendar *calendar; /* (nullable) the hall's working days; not a reference */
} KouanContext;

void kouan_context_init (KouanContext *self, const GDate *today);
void kouan_context_set_document (KouanContext *self, const KouanMrz *mrz);

G_END_DECLS
