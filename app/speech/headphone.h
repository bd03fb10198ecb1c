/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/device-state.h"

G_BEGIN_DECLS

/* Whether a headphone is plugged in: then nobody else hears what is said. Property "plugged". */
#define KOUAN_TYPE_HEADPHONE (kouan_headphone_get_type ())
G_DECLARE_INTERFACE (KouanHeadphone, kouan_headphone, KOUAN, HEADPHONE, GObject)

struct _KouanHeadphoneInterface
{
  GTypeInterface parent_iface;

  gboolean (*is_plugged) (KouanHeadphone *self);
};

KouanHeadphone *kouan_headphone_new_for_source (const char *source,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_headphone_is_plugged (KouanHeadphone *self);

G_END_DECLS
