/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/hub.h"

G_BEGIN_DECLS

typedef struct
{
  guint hall_id;
  const char *hall_language; /* (nullable): as the hall is, or zh-Hans */
  const char *profile;       /* (nullable): as the hall is, or service */
  GHashTable *hall_names; /* (nullable) BCP 47 to name: added to what the hall is called already */
} KouanHubPlacement;

typedef struct
{
  guint kiosk_id;
  GBytes *bundle;
  char *kiosk_fingerprint; /* of the key that signed the request: the kiosk shows the same */
  char
    *hub_fingerprint; /* of the roster key: the kiosk shows the same when it installs the bundle */
} KouanHubEnrolled;

void kouan_hub_enrolled_free (KouanHubEnrolled *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubEnrolled, kouan_hub_enrolled_free)

KouanHubEnrolled *kouan_hub_enrol (KouanHub *hub,
                                   GBytes *request,
                                   const KouanHubPlacement *placement,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubEnrolled *kouan_hub_enrol_as (KouanHub *hub,
                                      GBytes *request,
                                      const KouanHubPlacement *placement,
                                      const char *stranger,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_hub_get_fingerprint (KouanHub *hub, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
