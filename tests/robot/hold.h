/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where an applicant's pictures lie, and where the kiosk's camera looks. */
typedef struct
{
  const char *papers;
  const char *in_view;
} RobotHand;

void robot_hold_up (const RobotHand *self, const char *name);

G_END_DECLS
