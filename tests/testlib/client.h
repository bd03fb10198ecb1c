/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/sync/http.h"
#include "tests/testlib/hub.h"

G_BEGIN_DECLS

/* A hub program at work on a folder. */
typedef struct
{
  GSubprocess *process;
  guint port;
} KouanTestServing;

KouanTestServing *kouan_test_serving_new (const char *program, const char *folder);
void kouan_test_serving_free (KouanTestServing *self); /* kills it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTestServing, kouan_test_serving_free)

/* One kiosk's line to one hub, request by request, as any tus client would make them. */
typedef struct
{
  KouanStation *station;
  KouanHttp *http;
  char *base;
} KouanTestClient;

KouanTestClient *kouan_test_client_new (KouanStation *station, guint port);
void kouan_test_client_free (KouanTestClient *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTestClient, kouan_test_client_free)

char *kouan_test_record_metadata (const KouanTestRecord *record); /* the header, with its name */

/* All answers are NULL if nobody was there to give them. */
KouanHttpAnswer *kouan_test_client_ask (KouanTestClient *self,
                                        const char *method,
                                        const char *path,
                                        const char *const *headers,
                                        GBytes *body);
KouanHttpAnswer *kouan_test_client_offer (KouanTestClient *self, const KouanTestRecord *record);
KouanHttpAnswer *kouan_test_client_send (KouanTestClient *self,
                                         const KouanTestRecord *record,
                                         gint64 from,
                                         gint64 to);
GBytes *kouan_test_client_receipt (KouanTestClient *self,
                                   const KouanTestRecord *record); /* verified; else NULL */

G_END_DECLS
