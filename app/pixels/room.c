/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-pixels"

#include "app/pixels/room.h"

#include "app/pixels/protocol.h"

/* Fonts are for PDFs that name one and do not bring it. */
static const char *const fonts[] = {
  "/usr/share/fonts",      "/usr/local/share/fonts", "/etc/fonts", "/usr/share/fontconfig",
  "/var/cache/fontconfig", "/usr/share/poppler",     NULL,
};

/* The kiosk counts the time, without what it takes itself for the pages that it was given, and
 * kills; the alarm is for a kiosk that does not. */
#define ALARM_S (10 * KOUAN_PIXELS_TIME_MAX_S)

const KouanLockPlan kouan_pixels_room = {
  .time_max_s = ALARM_S,
  .processor_max_s = KOUAN_PIXELS_TIME_MAX_S,
  .memory_max = G_GUINT64_CONSTANT (1) << 30,
  .files_max = 32,
  .readable = fonts,
  .threads = TRUE,
};
