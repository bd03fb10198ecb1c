/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/client.h"

#include "app/sync/hub-receipt.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define ANSWER_MAX 10000

KouanTestServing *
kouan_test_serving_new (const char *program, const char *folder)
{
  KouanTestServing *self = g_new0 (KouanTestServing, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;

  self->process
    = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                        program, "serve", folder, "--port", "0", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_nonnull (line);
  g_assert_nonnull (strstr (line, "\"port\":"));
  self->port = (guint)strtoul (strstr (line, "\"port\":") + strlen ("\"port\":"), NULL, 10);
  return self;
}

void
kouan_test_serving_free (KouanTestServing *self)
{
  g_subprocess_send_signal (self->process, SIGKILL);
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  g_object_unref (self->process);
  g_free (self);
}

KouanTestClient *
kouan_test_client_new (KouanStation *station, guint port)
{
  KouanTestClient *self = g_new0 (KouanTestClient, 1);
  g_autofree char *authority = kouan_station_path (station, KOUAN_STATION_HUB_CA);
  g_autofree char *certificate = kouan_station_path (station, KOUAN_STATION_TLS_CERTIFICATE);
  g_autofree char *key = kouan_station_path (station, KOUAN_STATION_TLS_KEY);
  const KouanHttpOptions options
    = { .authority = authority, .certificate = certificate, .key = key };

  self->station = g_object_ref (station);
  self->http = kouan_http_new (&options);
  self->base = g_strdup_printf ("https://127.0.0.1:%u", port);
  return self;
}

void
kouan_test_client_free (KouanTestClient *self)
{
  kouan_http_free (self->http);
  g_object_unref (self->station);
  g_free (self->base);
  g_free (self);
}

KouanHttpAnswer *
kouan_test_client_ask (KouanTestClient *self,
                       const char *method,
                       const char *path,
                       const char *const *headers,
                       GBytes *body)
{
  g_autofree char *url = g_strconcat (self->base, path, NULL);
  KouanHttpRequest request
    = { .method = method, .url = url, .headers = headers, .answer_max = ANSWER_MAX };

  if (body != NULL)
    request.body = g_bytes_get_data (body, &request.body_size);
  return kouan_http_send (self->http, &request, NULL, NULL);
}

static char *
base64 (const char *text)
{
  return g_base64_encode ((const guchar *)text, strlen (text));
}

char *
kouan_test_record_metadata (const KouanTestRecord *record)
{
  g_autofree char *id = kouan_uuid_to_string (record->claim.record_id);
  g_autofree char *sha256 = kouan_hex (record->claim.sha256, sizeof record->claim.sha256);
  g_autofree char *manifest = g_base64_encode (g_bytes_get_data (record->claim.manifest, NULL),
                                               g_bytes_get_size (record->claim.manifest));
  g_autofree char *id_64 = base64 (id);
  g_autofree char *sha256_64 = base64 (sha256);
  g_autofree char *manifest_64 = base64 (manifest);

  return g_strdup_printf ("Upload-Metadata: record %s,sha256 %s,manifest %s", id_64, sha256_64,
                          manifest_64);
}

KouanHttpAnswer *
kouan_test_client_offer (KouanTestClient *self, const KouanTestRecord *record)
{
  g_autofree char *metadata = kouan_test_record_metadata (record);
  g_autofree char *length
    = g_strdup_printf ("Upload-Length: %" G_GINT64_FORMAT, record->claim.size);
  const char *headers[] = { "Tus-Resumable: 1.0.0", length, metadata, NULL };

  return kouan_test_client_ask (self, "POST", "/records", headers, NULL);
}

static char *
record_path (const KouanTestRecord *record, const char *end)
{
  g_autofree char *id = kouan_uuid_to_string (record->claim.record_id);

  return g_strconcat ("/records/", id, end, NULL);
}

KouanHttpAnswer *
kouan_test_client_send (KouanTestClient *self,
                        const KouanTestRecord *record,
                        gint64 from,
                        gint64 to)
{
  g_autofree char *path = record_path (record, "");
  g_autofree char *at = g_strdup_printf ("Upload-Offset: %" G_GINT64_FORMAT, from);
  const char *headers[]
    = { "Tus-Resumable: 1.0.0", "Content-Type: application/offset+octet-stream", at, NULL };
  g_autoptr (GBytes) run = g_bytes_new_from_bytes (record->bytes, (gsize)from, (gsize)(to - from));

  return kouan_test_client_ask (self, "PATCH", path, headers, run);
}

GBytes *
kouan_test_client_receipt (KouanTestClient *self, const KouanTestRecord *record)
{
  g_autofree char *path = record_path (record, "/receipt");
  g_autoptr (KouanHttpAnswer) answer = kouan_test_client_ask (self, "GET", path, NULL, NULL);
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GError) error = NULL;
  KouanHubReceipt receipt;

  if (answer == NULL || answer->status != 200)
    return NULL;
  message = g_bytes_new (answer->body->data, answer->body->len);
  g_assert_true (kouan_hub_receipt_verify (message, kouan_station_get_keyring (self->station),
                                           &receipt, &error));
  g_assert_no_error (error);
  g_assert_true (kouan_hub_receipt_is_for (&receipt, kouan_station_get_kiosk_id (self->station),
                                           record->claim.record_id, record->claim.sha256));
  return g_steal_pointer (&message);
}
