/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/deadline.h"
#include "app/session/session.h"

G_BEGIN_DECLS

/* What a person takes home from a visit that has just been handed in. */
GBytes *kouan_session_receipt_pdf (KouanSession *self, double *height_mm) G_GNUC_WARN_UNUSED_RESULT;
GArray *kouan_session_missing (KouanSession *self); /* of KouanMissing */
char *kouan_session_missing_text (KouanSession *self);
GArray *kouan_session_deadlines (KouanSession *self); /* of KouanDeadlineState */
char *kouan_session_deadline_text (const KouanDeadlineState *state, const char *language);
char *kouan_session_group_text (KouanSession *self);
GBytes *kouan_session_group_pdf (KouanSession *self, double *height_mm) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_session_calendar_text (KouanSession *self);           /* (nullable) */
const char *const *kouan_session_next_steps (KouanSession *self); /* msgids, in order */

G_END_DECLS
