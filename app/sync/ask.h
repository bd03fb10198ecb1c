/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Enrolment over the network, the machine's half: it asks a hub that it does not know, waits until
 * the hub's operator has looked, and fetches what they answer. */
typedef enum
{
  KOUAN_ASK_ERROR_ADDRESS,  /* "https://host:port" is right */
  KOUAN_ASK_ERROR_AWAY,     /* nobody answers, or not in time: later */
  KOUAN_ASK_ERROR_STRANGER, /* whoever answers is not the hub that it says it is, or a clock is
                               wrong */
  KOUAN_ASK_ERROR_NONSENSE, /* an answer that no hub gives there */
  KOUAN_ASK_ERROR_FULL,     /* too many ask: later */
  KOUAN_ASK_ERROR_TAKEN,    /* a kiosk of this number is in service */
  KOUAN_ASK_ERROR_REFUSED,  /* by the hub's operator */
  KOUAN_ASK_ERROR_GONE,     /* the hub has forgotten that we asked: ask again */
  KOUAN_ASK_ERROR_BUSY,     /* the hub has trouble of its own: later */
  KOUAN_ASK_ERROR_LOCAL,    /* a file of this machine */
  KOUAN_ASK_ERROR_CANCELLED,
} KouanAskError;
#define KOUAN_ASK_ERROR (kouan_ask_error_quark ())
GQuark kouan_ask_error_quark (void);

/* Whom this station has asked. */
typedef struct
{
  char *url;
  guint kiosk_id;
  char *fingerprint; /* of this machine's key */
  char *hub;         /* fingerprint of the hub that answers there; not compared by anybody yet */
  char *hub_name;
} KouanAsked;

KouanAsked *kouan_ask_read (const char *folder); /* (nullable) */
void kouan_ask_forget (const char *folder);
void kouan_asked_free (KouanAsked *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanAsked, kouan_asked_free)

/* These wait for the network: not for the thread of a window. */
KouanAsked *kouan_ask_send (const char *folder,
                            guint kiosk_id,
                            const char *url,
                            GCancellable *cancellable,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_ask_fetch (const char *folder,
                          GBytes **bundle,
                          GCancellable *cancellable,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
