/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/sync/status.h"

#include "app/hub/request.h"
#include "app/hub/trouble.h"

/* PUT /status: a kiosk says how it is. Only the last word of each enrolment is kept. */

static gboolean
keep (KouanHubRequest *self, const KouanStatus *status, GError **error)
{
  g_autofree char *troubles = g_strjoinv ("\n", status->troubles);
  const KouanHubStatus row = { .reported_s = kouan_clock_wall_s (kouan_hub_get_clock (self->hub)),
                               .captured = status->captured,
                               .waiting = status->waiting,
                               .sent = status->sent,
                               .archived = status->archived,
                               .refused = status->refused,
                               .oldest_waiting_s = status->oldest_waiting_s,
                               .troubles = troubles };
  GError *local = NULL;

  return kouan_hub_store_put_status (kouan_hub_get_store (self->hub), self->kiosk->enrolment, &row,
                                     &local)
         || kouan_hub_translate (local, error);
}

void
kouan_hub_status_finish (KouanHubRequest *self)
{
  g_autoptr (GBytes) message = kouan_hub_request_steal_small (self);
  g_autoptr (KouanStatus) status = kouan_status_decode (message);
  g_autoptr (GError) error = NULL;

  if (status == NULL)
    kouan_hub_request_answer_text (self, MHD_HTTP_BAD_REQUEST, "that is no status");
  else if (!keep (self, status, &error))
    kouan_hub_request_answer_error (self, error, NULL);
  else
    kouan_hub_request_answer_text (self, MHD_HTTP_NO_CONTENT, NULL);
}
