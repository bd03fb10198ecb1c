/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/receiver.h"

#include <microhttpd.h>

G_BEGIN_DECLS

#define KOUAN_HUB_RETRY_AFTER_S 60 /* what a kiosk is told while the database is busy */

/* One request of a known kiosk, for the files of the hub's server alone. Its answer is set once and
 * sent when the body has been read, since a client that is still sending would not see it. */
typedef struct _KouanHubRequest KouanHubRequest;
typedef void (*KouanHubFinish) (KouanHubRequest *self);

struct _KouanHubRequest
{
  KouanHub *hub;                     /* the server's */
  KouanHubReceiver *receiver;        /* the server's */
  struct MHD_Connection *connection; /* the server's */
  KouanHubKiosk *kiosk;
  KouanHubWriter *writer; /* (nullable): takes the body */
  GByteArray *small;      /* (nullable): takes the body, and is bounded: */
  gsize small_max;
  KouanHubFinish finish_small;   /* gives the answer, from all of it */
  struct MHD_Response *response; /* (nullable) */
  gint64 response_size;          /* bytes of its body */
  guint status;
  gint64 unread; /* bytes of the body that nobody wanted */
};

KouanHubRequest *kouan_hub_request_new (KouanHub *hub,
                                        KouanHubReceiver *receiver,
                                        struct MHD_Connection *connection,
                                        KouanHubKiosk *kiosk);
void kouan_hub_request_free (KouanHubRequest *self);

const char *kouan_hub_request_get_header (KouanHubRequest *self, const char *name);
gboolean kouan_hub_request_get_number (KouanHubRequest *self, const char *name, gint64 *value);
void kouan_hub_request_answer (KouanHubRequest *self, guint status, const char *type, GBytes *body);
void kouan_hub_request_answer_text (KouanHubRequest *self, guint status, const char *text);
void kouan_hub_request_answer_error (KouanHubRequest *self, const GError *error, GBytes *receipt);
void kouan_hub_request_add_header (KouanHubRequest *self, const char *name, const char *value);
void kouan_hub_request_add_number (KouanHubRequest *self, const char *name, gint64 value);

void kouan_hub_request_take_small (KouanHubRequest *self, gsize size_max, KouanHubFinish finish);
gboolean kouan_hub_request_add_small (KouanHubRequest *self, const char *data, gsize size);
GBytes *kouan_hub_request_steal_small (KouanHubRequest *self);

void kouan_hub_route (KouanHubRequest *self, const char *method, const char *path);

/* status.c */
void kouan_hub_status_finish (KouanHubRequest *self);

/* audit.c */
void kouan_hub_audit_finish (KouanHubRequest *self);

/* tus.c */
void kouan_hub_tus_options (KouanHubRequest *self);
void kouan_hub_tus_create (KouanHubRequest *self);
void kouan_hub_tus_head (KouanHubRequest *self, const guint8 *id);
void kouan_hub_tus_patch (KouanHubRequest *self, const guint8 *id);
void kouan_hub_tus_patched (KouanHubRequest *self);
void kouan_hub_tus_delete (KouanHubRequest *self, const guint8 *id);
gboolean kouan_hub_tus_check_version (KouanHubRequest *self);

G_END_DECLS
