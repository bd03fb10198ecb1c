/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/session/session.h"

G_BEGIN_DECLS

/* What a person takes home from a visit that has just been handed in. */
GBytes *kouan_session_receipt_pdf (KouanSession *self, double *height_mm) G_GNUC_WARN_UNUSED_RESULT;
GArray *kouan_session_missing (KouanSession *self); /* of KouanMissing */
char *kouan_session_missing_text (KouanSession *self);
const char *const *kouan_session_next_steps (KouanSession *self); /* msgids, in order */

G_END_DECLS
