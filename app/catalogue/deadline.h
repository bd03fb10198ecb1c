/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/service.h"

G_BEGIN_DECLS

/* A deadline that these answers set: the day it runs from, its last day, and where today stands. */
typedef struct
{
  KouanDeadline *deadline; /* belongs to the service */
  GDate from;
  GDate last;
  int days_left; /* 0 on the last day, below 0 when it has passed */
  int day;       /* "day 27 of 30": 1 on the day after @from */
  int days;
  gboolean certain; /* FALSE: by hearsay, past review, or counted beyond the hall's calendar */
} KouanDeadlineState;

GArray *kouan_service_deadlines (KouanService *self,
                                 KouanAnswers *answers,
                                 const KouanContext *context); /* of KouanDeadlineState */
char *kouan_deadline_state_format (const KouanDeadlineState *state, const char *language);
const char *kouan_deadline_get_id (KouanDeadline *self);
const char *kouan_deadline_get_name (KouanDeadline *self, const char *language);
const char *kouan_deadline_get_after (KouanDeadline *self,
                                      const char *language); /* what happens when it has passed */
GPtrArray *kouan_deadline_get_rules (KouanDeadline *self);

G_END_DECLS
