/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/station/station.h"

G_BEGIN_DECLS

/* The kiosk's half of enrolment. Errors are KOUAN_STATION_ERROR's. */
#define KOUAN_STATION_ENROLMENT_KEY                                                                \
  "keys/enrolment.age" /* opens the hub's answer; gone when it has */

GBytes *kouan_station_request (const char *folder,
                               guint kiosk_id,
                               char **fingerprint,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_station_install (const char *folder,
                                GBytes *bundle,
                                const char *hub_expected,
                                char **hub,
                                guint *kiosk_id,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
