/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/ipp-state.h"

#include <string.h>

/* IPP printers give reasons (RFC 8011, 5.4.12): a keyword, perhaps with "-report", "-warning" or
 * "-error" behind it. A report or a warning does not keep a receipt from coming out. */

static const struct
{
  const char *keyword;
  KouanDeviceState state;
} reason_states[] = {
  { "cover-open", KOUAN_DEVICE_COVER_OPEN },
  { "door-open", KOUAN_DEVICE_COVER_OPEN },
  { "interlock-open", KOUAN_DEVICE_COVER_OPEN },
  { "media-jam", KOUAN_DEVICE_JAMMED },
  { "media-empty", KOUAN_DEVICE_NEEDS_PAPER },
  { "media-needed", KOUAN_DEVICE_NEEDS_PAPER },
  { "input-tray-missing", KOUAN_DEVICE_NEEDS_PAPER },
  { "connecting-to-device", KOUAN_DEVICE_OFFLINE },
  { "timed-out", KOUAN_DEVICE_OFFLINE },
  { "shutdown", KOUAN_DEVICE_OFFLINE },
  { "paused", KOUAN_DEVICE_OFFLINE },
};

static gboolean
is_reason (const char *reason, const char *keyword)
{
  gsize length = strlen (keyword);

  return strncmp (reason, keyword, length) == 0
         && (reason[length] == '\0' || g_str_equal (reason + length, "-error"));
}

/**
 * kouan_ipp_state_of_reasons:
 * @reasons: (array zero-terminated=1): printer-state-reasons
 * @is_stopped: whether printer-state is "stopped"
 *
 * The reason that a person can do most about comes first: an open cover explains the jam below it.
 */
KouanDeviceState
kouan_ipp_state_of_reasons (const char *const *reasons, gboolean is_stopped)
{
  for (guint i = 0; i < G_N_ELEMENTS (reason_states); i++)
    for (guint j = 0; reasons[j] != NULL; j++)
      if (is_reason (reasons[j], reason_states[i].keyword))
        return reason_states[i].state;
  for (guint j = 0; reasons[j] != NULL; j++)
    if (g_str_has_suffix (reasons[j], "-error"))
      return KOUAN_DEVICE_FAILED;
  return is_stopped ? KOUAN_DEVICE_FAILED : KOUAN_DEVICE_READY;
}
