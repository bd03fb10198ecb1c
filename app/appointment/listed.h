/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/appointment/appointment.h"

G_BEGIN_DECLS

/* A line of the list of the coming days' appointments that the hub sends down for one hall. */
typedef struct
{
  guint8 id[KOUAN_UUID_SIZE]; /* the code's */
  guint service;
  gint64 not_before_s;
  gint64 expires_s;
} KouanListedAppointment;

gboolean kouan_listed_id_parse (const char *text, guint8 id[static KOUAN_UUID_SIZE]);
gboolean kouan_listed_appointment_parse (const char *line, KouanListedAppointment *listed);
gboolean kouan_appointment_follow_list (KouanAppointment *self, GBytes *content, guint hall);

G_END_DECLS
