/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/device-state.h"

#include "app/language/language.h"

#include <string.h>

G_DEFINE_QUARK (kouan_device_error, kouan_device_error)

static const GEnumValue states[] = {
  { KOUAN_DEVICE_OFF, "KOUAN_DEVICE_OFF", "off" },
  { KOUAN_DEVICE_STARTING, "KOUAN_DEVICE_STARTING", "starting" },
  { KOUAN_DEVICE_READY, "KOUAN_DEVICE_READY", "ready" },
  { KOUAN_DEVICE_NEEDS_PAPER, "KOUAN_DEVICE_NEEDS_PAPER", "needs-paper" },
  { KOUAN_DEVICE_JAMMED, "KOUAN_DEVICE_JAMMED", "jammed" },
  { KOUAN_DEVICE_COVER_OPEN, "KOUAN_DEVICE_COVER_OPEN", "cover-open" },
  { KOUAN_DEVICE_OFFLINE, "KOUAN_DEVICE_OFFLINE", "offline" },
  { KOUAN_DEVICE_FAILED, "KOUAN_DEVICE_FAILED", "failed" },
  { 0, NULL, NULL },
};

static const char *const labels[] = {
  N_ ("Off"),          N_ ("Starting"),   N_ ("Ready"),   N_ ("Needs paper"),
  N_ ("Paper jammed"), N_ ("Cover open"), N_ ("Offline"), N_ ("Out of order"),
};

GType
kouan_device_state_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("KouanDeviceState", states));
  return type;
}

/* Returns: a word for logs and JSON, never translated */
const char *
kouan_device_state_to_string (KouanDeviceState state)
{
  g_return_val_if_fail ((guint)state <= KOUAN_DEVICE_FAILED, "failed");

  return states[state].value_nick;
}

/* Returns: a word for the staff's screen, in the language of the moment */
const char *
kouan_device_state_to_label (KouanDeviceState state)
{
  g_return_val_if_fail ((guint)state <= KOUAN_DEVICE_FAILED, "");

  return _ (labels[state]);
}

/**
 * kouan_device_source_part:
 * @source: "scheme:rest", as the station's configuration has it
 * @scheme: without the colon
 */
const char *
kouan_device_source_part (const char *source, const char *scheme)
{
  gsize length = strlen (scheme);

  g_return_val_if_fail (source != NULL, NULL);

  return strncmp (source, scheme, length) == 0 && source[length] == ':' ? source + length + 1
                                                                        : NULL;
}
