/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/enrol.h"

G_BEGIN_DECLS

/* What a hub does for machines that it does not know: it says who it is, keeps what they ask for
 * until its operator looks, and hands out what the operator answers. */
#define KOUAN_HUB_STRANGERS_MAX 64
#define KOUAN_HUB_STRANGERS_FROM_PEER_MAX 16
#define KOUAN_HUB_STRANGER_DAYS 7

char *kouan_hub_stranger_head (const KouanHubStranger *stranger);
GBytes *kouan_hub_make_card (KouanHub *hub, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_hear (KouanHub *hub,
                         GBytes *request,
                         const char *peer,
                         char **fingerprint,
                         KouanHubHearing *hearing,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubEnrolled *kouan_hub_answer_stranger (KouanHub *hub,
                                             const char *fingerprint,
                                             const KouanHubPlacement *placement,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
