/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/receiver.h"

G_BEGIN_DECLS

/* The hub's side of a stick, see app/sync/stick.h. Errors are KOUAN_HUB_ERROR's. */
typedef struct
{
  guint taken;      /* records that are here now, and were not before */
  guint known;      /* that were here already */
  guint wanted;     /* offered without bytes, and not here */
  guint refused;    /* with a signed refusal */
  guint unanswered; /* of all of these: those whose answer the stick did not take */
  guint foreign;    /* manifests of nobody, or bytes that are not the named ones: left alone */
} KouanHubStickReport;

gboolean kouan_hub_stick_import (KouanHubReceiver *receiver,
                                 KouanHub *hub,
                                 const char *stick,
                                 KouanHubStickReport *report,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_stick_export (KouanHub *hub, const char *stick, guint *lists, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
