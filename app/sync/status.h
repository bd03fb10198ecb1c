/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KOUAN_STATUS_SIZE_MAX 2048
#define KOUAN_STATUS_TROUBLES_MAX 16
#define KOUAN_STATUS_WORDS_MAX 64 /* bytes of one trouble */

/* How a kiosk is, as it says itself at each sync: counts and device words, nothing of a visitor. */
typedef struct
{
  gint64 captured;
  gint64 waiting;
  gint64 sent;
  gint64 archived;
  gint64 refused;
  gint64 oldest_waiting_s; /* captured then, seconds since 1970; 0: none waits */
  char **troubles;         /* "printer needs-paper", "disk low" */
} KouanStatus;

GBytes *kouan_status_encode (const KouanStatus *status);
KouanStatus *kouan_status_decode (GBytes *message);
void kouan_status_free (KouanStatus *self);
gboolean kouan_status_is_trouble (const char *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanStatus, kouan_status_free)

G_END_DECLS
