/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/kiosk.h"

G_BEGIN_DECLS

/* What staff do with the visit that is under way, at the screen and from elsewhere. */
void kouan_visit_help_give_time (KouanKiosk *kiosk);
void kouan_visit_help_end (KouanKiosk *kiosk);
void kouan_visit_help_free (KouanKiosk *kiosk);
char *kouan_visit_help_hand_over_text (KouanKiosk *kiosk);

/* Carries out what was ordered from elsewhere, if anything was; once a second, while nobody is in
 * staff mode. */
void kouan_visit_help_look (KouanKiosk *kiosk);

G_END_DECLS
