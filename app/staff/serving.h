/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/language/language.h"
#include "app/staff/orders.h"

G_BEGIN_DECLS

/* What a kiosk says to the hall while nobody is at it. */
typedef struct
{
  char *reason;    /* (nullable): it is out of service */
  gboolean closed; /* by the opening hours */
  gint64 opens_s;  /* then: when it opens; 0: not within a week */
  gint64 called_s; /* since when somebody wants help; 0 */
} KouanServing;

void kouan_serving_load (KouanDatabase *db, gint64 now_s, KouanServing *serving);
void kouan_serving_clear (KouanServing *self);
gboolean kouan_serving_is_open (const KouanServing *self);
gboolean kouan_serving_equal (const KouanServing *a, const KouanServing *b);
char *kouan_serving_text (const KouanServing *self, const KouanLanguage *language);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanServing, kouan_serving_clear)

G_END_DECLS
