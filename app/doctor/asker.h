/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/doctor/setup.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_ASKER_IDLE,     /* has asked nobody */
  KOUAN_ASKER_ASKING,   /* the request is on its way */
  KOUAN_ASKER_WAITING,  /* for the hub's operator; it is asked again and again */
  KOUAN_ASKER_ANSWERED, /* the answer is in kouan_setup_fetched() */
} KouanAskerState;

/* Asks a hub to enrol this machine and watches for its answer, without holding up the thread that
 * it lives on. Goes on where an earlier one stopped.
 *
 * Signal: "changed": state or trouble is another. */
#define KOUAN_TYPE_ASKER (kouan_asker_get_type ())
G_DECLARE_FINAL_TYPE (KouanAsker, kouan_asker, KOUAN, ASKER, GObject)

KouanAsker *kouan_asker_new (const char *folder, guint every_ms);
void kouan_asker_ask (KouanAsker *self, guint kiosk_id, const char *url);
void kouan_asker_stop (KouanAsker *self);
void kouan_asker_forget (KouanAsker *self);
KouanAskerState kouan_asker_get_state (KouanAsker *self);
gboolean kouan_asker_get_trouble (KouanAsker *self, KouanAskError *code); /* FALSE: there is none */

G_END_DECLS
