/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/audit/head.h"
#include "app/hub/publish.h"
#include "app/hub/request.h"
#include "app/sync/status.h"

#include <string.h>

/* What can be asked for:
 *
 *   OPTIONS  *, /records            what is spoken here
 *   POST     /records               offer a record
 *   HEAD     /records/<id>          how much of it is here
 *   PATCH    /records/<id>          the next bytes
 *   DELETE   /records/<id>          forget an upload
 *   GET      /records/<id>/receipt  the hub's word, COSE
 *   GET      /catalogue             the index of the published catalogue, COSE
 *   GET      /catalogue/<file>      a file that it names
 *   GET      /lists/<kind>          a list for the kiosk's hall, COSE
 *   PUT      /status                how the kiosk is, CBOR
 *   PUT      /audit                 the head of its audit, COSE; answered with COSE */

#define RECORDS "/records"
#define RECEIPT "/receipt"
#define CATALOGUE "/catalogue"
#define CATALOGUE_INDEX "index.cose"
#define LISTS "/lists/"
#define STATUS "/status"
#define AUDIT "/audit"
#define UUID_LENGTH 36

static void
give_receipt (KouanHubRequest *self, const guint8 *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) receipt = kouan_hub_receiver_receipt (self->receiver, self->kiosk, id, &error);

  if (receipt != NULL)
    kouan_hub_request_answer (self, MHD_HTTP_OK, "application/cose", receipt);
  else
    kouan_hub_request_answer_error (self, error, NULL);
}

static void
refuse_method (KouanHubRequest *self, const char *allowed)
{
  kouan_hub_request_answer_text (self, MHD_HTTP_METHOD_NOT_ALLOWED, NULL);
  kouan_hub_request_add_header (self, MHD_HTTP_HEADER_ALLOW, allowed);
}

static void
route_records (KouanHubRequest *self, const char *method)
{
  if (!g_str_equal (method, "POST"))
    refuse_method (self, "OPTIONS, POST");
  else if (kouan_hub_tus_check_version (self))
    kouan_hub_tus_create (self);
}

static void
route_record (KouanHubRequest *self, const char *method, const guint8 *id)
{
  if (!kouan_hub_tus_check_version (self))
    return;
  if (g_str_equal (method, "HEAD"))
    kouan_hub_tus_head (self, id);
  else if (g_str_equal (method, "PATCH"))
    kouan_hub_tus_patch (self, id);
  else if (g_str_equal (method, "DELETE"))
    kouan_hub_tus_delete (self, id);
  else
    refuse_method (self, "OPTIONS, HEAD, PATCH, DELETE");
}

static void
route_receipt (KouanHubRequest *self, const char *method, const guint8 *id)
{
  if (g_str_equal (method, "GET"))
    give_receipt (self, id);
  else
    refuse_method (self, "GET");
}

/* "/<uuid>" or "/<uuid>/receipt" */
static void
route_below_records (KouanHubRequest *self, const char *method, const char *rest)
{
  g_autofree char *uuid = g_strndup (rest + 1, UUID_LENGTH);
  const char *tail = rest + 1 + strlen (uuid);
  guint8 id[KOUAN_HUB_ID_SIZE];

  if (!kouan_uuid_from_string (uuid, id))
    kouan_hub_request_answer_text (self, MHD_HTTP_NOT_FOUND, NULL);
  else if (*tail == '\0')
    route_record (self, method, id);
  else if (g_str_equal (tail, RECEIPT))
    route_receipt (self, method, id);
  else
    kouan_hub_request_answer_text (self, MHD_HTTP_NOT_FOUND, NULL);
}

static void
route_catalogue (KouanHubRequest *self, const char *method, const char *rest)
{
  gboolean index = *rest == '\0';
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = NULL;

  if (!g_str_equal (method, "GET"))
    {
      refuse_method (self, "GET");
      return;
    }
  content = kouan_hub_read_catalogue (self->hub, index ? CATALOGUE_INDEX : rest + 1, &error);
  if (content != NULL)
    kouan_hub_request_answer (self, MHD_HTTP_OK, index ? "application/cose" : "application/json",
                              content);
  else
    kouan_hub_request_answer_error (self, error, NULL);
}

static void
give_list (KouanHubRequest *self, KouanListKind kind)
{
  const char *known = kouan_hub_request_get_header (self, MHD_HTTP_HEADER_IF_NONE_MATCH);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) list = NULL;
  g_autofree char *tag = NULL;
  gint64 version;

  list = kouan_hub_read_list (self->hub, kind, self->kiosk->hall_id, &version, &error);
  if (list == NULL)
    {
      kouan_hub_request_answer_error (self, error, NULL);
      return;
    }
  tag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", version);
  if (g_strcmp0 (known, tag) == 0)
    kouan_hub_request_answer (self, MHD_HTTP_NOT_MODIFIED, NULL, NULL);
  else
    kouan_hub_request_answer (self, MHD_HTTP_OK, "application/cose", list);
  kouan_hub_request_add_header (self, MHD_HTTP_HEADER_ETAG, tag);
}

static void
route_list (KouanHubRequest *self, const char *method, const char *word)
{
  KouanListKind kind;

  if (!kouan_list_kind_from_string (word, &kind))
    kouan_hub_request_answer_text (self, MHD_HTTP_NOT_FOUND, NULL);
  else if (!g_str_equal (method, "GET"))
    refuse_method (self, "GET");
  else
    give_list (self, kind);
}

static void
route_put (KouanHubRequest *self, const char *method, gsize size_max, KouanHubFinish finish)
{
  if (g_str_equal (method, "PUT"))
    kouan_hub_request_take_small (self, size_max, finish);
  else
    refuse_method (self, "PUT");
}

/* Finds who answers, and lets them: afterwards the request has an answer, or takes its body. */
void
kouan_hub_route (KouanHubRequest *self, const char *method, const char *path)
{
  const char *override = kouan_hub_request_get_header (self, "X-HTTP-Method-Override");

  if (override != NULL)
    method = override;
  if (g_str_equal (method, "OPTIONS"))
    kouan_hub_tus_options (self);
  else if (g_str_equal (path, RECORDS) || g_str_equal (path, RECORDS "/"))
    route_records (self, method);
  else if (g_str_has_prefix (path, RECORDS "/"))
    route_below_records (self, method, path + strlen (RECORDS));
  else if (g_str_equal (path, CATALOGUE) || g_str_has_prefix (path, CATALOGUE "/"))
    route_catalogue (self, method, path + strlen (CATALOGUE));
  else if (g_str_has_prefix (path, LISTS))
    route_list (self, method, path + strlen (LISTS));
  else if (g_str_equal (path, STATUS))
    route_put (self, method, KOUAN_STATUS_SIZE_MAX, kouan_hub_status_finish);
  else if (g_str_equal (path, AUDIT))
    route_put (self, method, KOUAN_AUDIT_HEAD_SIZE_MAX, kouan_hub_audit_finish);
  else
    kouan_hub_request_answer_text (self, MHD_HTTP_NOT_FOUND, NULL);
  g_assert ((self->response != NULL) != (self->writer != NULL || self->small != NULL));
}
