/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/context.h"

#include <string.h>

/* Everything but @today is unknown. */
void
kouan_context_init (KouanContext *self, const GDate *today)
{
  g_return_if_fail (self != NULL && today != NULL && g_date_valid (today));

  memset (self, 0, sizeof *self);
  g_date_clear (&self->birth_date, 1);
  g_date_clear (&self->document_expiry, 1);
  self->today = *today;
}

/* What the travel document says; a date of which a part is unknown stays unknown. */
void
kouan_context_set_document (KouanContext *self, const KouanMrz *mrz)
{
  g_return_if_fail (self != NULL && mrz != NULL);

  g_date_clear (&self->birth_date, 1);
  g_date_clear (&self->document_expiry, 1);
  kouan_mrz_date_to_gdate (&mrz->birth, &self->birth_date);
  kouan_mrz_date_to_gdate (&mrz->expiry, &self->document_expiry);
  g_strlcpy (self->nationality, mrz->nationality, sizeof self->nationality);
  g_strlcpy (self->issuer, mrz->issuer, sizeof self->issuer);
}
