/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"
#include "app/doctor/doctor.h"
#include "app/sync/ask.h"

G_BEGIN_DECLS

/* From a bare machine to a kiosk that serves: one step after the other, each of which may be done
 * again. Errors are KOUAN_STATION_ERROR's. */
typedef enum
{
  KOUAN_SETUP_NEW,       /* nothing here yet */
  KOUAN_SETUP_REQUESTED, /* has asked the hub, and waits for its bundle */
  KOUAN_SETUP_ENROLLED,  /* is a kiosk, out of service until it has been tested */
  KOUAN_SETUP_LIVE,      /* serves */
} KouanSetupStage;

KouanSetupStage kouan_setup_get_stage (const char *folder);
const char *kouan_setup_stage_to_string (KouanSetupStage stage);

char *kouan_setup_stick_request (const char *stick, guint kiosk_id); /* a path */
char *kouan_setup_stick_bundle (const char *stick, guint kiosk_id);

gboolean kouan_setup_request (const char *folder,
                              guint kiosk_id,
                              const char *out,
                              char **fingerprint,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same over the network: the request goes to the hub, and its answer, when
 * there is one, into a file of the folder, from where it is installed. */
char *kouan_setup_fetched (const char *folder); /* a path */
KouanAsked *kouan_setup_ask (const char *folder,
                             guint kiosk_id,
                             const char *url,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_setup_fetch (const char *folder,
                            gboolean *is_there,
                            GCancellable *cancellable,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *kouan_setup_ask_trouble (KouanAskError code); /* English, translated by that text */
const char *kouan_setup_ask_remedy (KouanAskError code);
gboolean kouan_setup_install (const char *folder,
                              const char *bundle,
                              const char *hub_expected, /* (nullable) */
                              KouanClock *clock,
                              char **hub,
                              guint *kiosk_id,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_setup_choose (const char *folder,
                             const char *name,
                             const char *value,
                             KouanClock *clock,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_setup_go_live (const char *folder,
                              GPtrArray *findings,
                              KouanClock *clock,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
