/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/appointment/appointment.h"
#include "app/ctl/ctl.h"
#include "app/ctl/fields.h"
#include "app/station/station.h"

G_BEGIN_DECLS

/* What the two verbs of `kouanctl appointment` share. */
typedef struct
{
  char *key;
  char *issuer;
  char *station;
  int hall;
  int service;
  char *from;
  char *until;
  char *at;
  char *document;
  char *birth;
  char *hall_key;
  char *out;
  gboolean text;
} KouanAppointmentOptions;

gboolean kouan_ctl_parse_time (const char *text, gint64 *time_s);
gboolean kouan_ctl_is_code_number (int value);
gboolean kouan_ctl_names_document (const KouanAppointmentOptions *options);
gboolean kouan_ctl_names_half_a_document (const KouanAppointmentOptions *options);
KouanSecret *kouan_ctl_load_hall_key (const KouanAppointmentOptions *options,
                                      KouanStation *station,
                                      GError **error);
void kouan_ctl_add_appointment (JsonBuilder *builder, KouanAppointment *appointment);

KouanExit kouan_ctl_appointment_issue (const KouanAppointmentOptions *options);
KouanExit kouan_ctl_appointment_verify (const KouanAppointmentOptions *options,
                                        const char *argument);

G_END_DECLS
