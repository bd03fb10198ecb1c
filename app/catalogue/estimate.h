/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/service.h"

G_BEGIN_DECLS

typedef struct
{
  KouanPoint *point; /* the service's */
  gint64 points;
} KouanPointState;

/* An estimate by a published table, never a decision. */
typedef struct
{
  KouanEstimate *estimate; /* the service's */
  GArray *points;          /* of KouanPointState: what counted, in the order of the file */
  gint64 total;
  gboolean certain; /* FALSE: the table, or what counted of it, is below a government's word */
} KouanEstimateState;

GArray *
kouan_service_estimates (KouanService *self, KouanAnswers *answers, const KouanContext *context);
const char *kouan_estimate_get_id (KouanEstimate *self);
const char *kouan_estimate_get_name (KouanEstimate *self, const char *language);
gint64 kouan_estimate_get_max (KouanEstimate *self);
const char *kouan_point_get_reason (KouanPoint *self, const char *language);
GPtrArray *kouan_point_get_rules (KouanPoint *self); /* of KouanRule */
const char *kouan_estimate_state_get_band (const KouanEstimateState *state,
                                           const char *language); /* (nullable) */

char *kouan_estimate_state_format (const KouanEstimateState *state, const char *language);

gboolean kouan_service_is_declaration (KouanService *self);
guint kouan_service_get_declaration_days (KouanService *self);
GPtrArray *kouan_service_get_declared (KouanService *self); /* of KouanQuestion */
const char *kouan_service_get_travellers (KouanService *self);
KouanOutcome *kouan_service_outcome (KouanService *self,
                                     KouanAnswers *answers,
                                     const KouanContext *context); /* (nullable) */
KouanOutcome *kouan_service_find_outcome_by_code (KouanService *self, guint code);
const char *kouan_outcome_get_id (KouanOutcome *self);
gboolean kouan_outcome_needs_officer (KouanOutcome *self);
guint kouan_outcome_get_code (KouanOutcome *self);
const char *kouan_outcome_get_name (KouanOutcome *self, const char *language);

G_END_DECLS
