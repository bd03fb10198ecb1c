/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/claim.h"
#include "app/hub/request.h"
#include "app/sync/hub-receipt.h"

#include <string.h>

/* tus 1.0.0 in terms of the receiver: core, creation, checksum, expiration, termination. An
 * upload's address is its record's id, so whoever offers the same record again finds the same
 * upload.
 */

#define MIME_RUN "application/offset+octet-stream"

/* IMF-fixdate of RFC 9110, whose words are English whatever the locale. */
static char *
http_date (gint64 time_s)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[]
    = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_s);
  g_autofree char *clock = g_date_time_format (time, "%H:%M:%S");

  return g_strdup_printf ("%s, %02d %s %d %s GMT", days[g_date_time_get_day_of_week (time) - 1],
                          g_date_time_get_day_of_month (time),
                          months[g_date_time_get_month (time) - 1], g_date_time_get_year (time),
                          clock);
}

static void
add_progress (KouanHubRequest *self, const KouanHubProgress *progress)
{
  g_autofree char *text = NULL;

  kouan_hub_request_add_number (self, "Upload-Offset", progress->offset);
  if (progress->expires_s == 0 || progress->offset == progress->size)
    return;
  text = http_date (progress->expires_s);
  kouan_hub_request_add_header (self, "Upload-Expires", text);
}

static void
add_location (KouanHubRequest *self, const guint8 *id)
{
  g_autofree char *text = kouan_uuid_to_string (id);
  g_autofree char *path = g_strconcat ("/records/", text, NULL);

  kouan_hub_request_add_header (self, "Location", path);
}

/* Every request but OPTIONS says which tus it speaks. */
gboolean
kouan_hub_tus_check_version (KouanHubRequest *self)
{
  if (g_strcmp0 (kouan_hub_request_get_header (self, "Tus-Resumable"), "1.0.0") == 0)
    return TRUE;
  kouan_hub_request_answer_text (self, MHD_HTTP_PRECONDITION_FAILED, "tus 1.0.0 is spoken here");
  kouan_hub_request_add_header (self, "Tus-Version", "1.0.0");
  return FALSE;
}

void
kouan_hub_tus_options (KouanHubRequest *self)
{
  kouan_hub_request_answer_text (self, MHD_HTTP_NO_CONTENT, NULL);
  kouan_hub_request_add_header (self, "Tus-Version", "1.0.0");
  kouan_hub_request_add_header (self, "Tus-Extension", "creation,checksum,expiration,termination");
  kouan_hub_request_add_header (self, "Tus-Checksum-Algorithm", "sha1,sha256");
  kouan_hub_request_add_number (
    self, "Tus-Max-Size",
    kouan_hub_get_limit (self->hub, "record-size-max", KOUAN_HUB_RECORD_SIZE_MAX));
}

/* POST: 201 and an offset, also for what is under way already; 200 and the receipt for what is
 * here. */
void
kouan_hub_tus_create (KouanHubRequest *self)
{
  KouanHubClaim claim = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) receipt = NULL;
  KouanHubProgress progress;

  if (!kouan_hub_claim_read (&claim, kouan_hub_request_get_header (self, "Upload-Metadata"))
      || !kouan_hub_request_get_number (self, "Upload-Length", &claim.size))
    kouan_hub_request_answer_text (self, MHD_HTTP_BAD_REQUEST,
                                   "Upload-Length, and Upload-Metadata with record, sha256 and "
                                   "manifest, must be there");
  else if (!kouan_hub_receiver_offer (self->receiver, self->kiosk, &claim, &progress, &receipt,
                                      &error))
    kouan_hub_request_answer_error (self, error, receipt);
  else
    {
      kouan_hub_request_answer (self, receipt != NULL ? MHD_HTTP_OK : MHD_HTTP_CREATED,
                                receipt != NULL ? "application/cose" : NULL, receipt);
      add_location (self, claim.record_id);
      add_progress (self, &progress);
    }
  g_clear_pointer (&claim.manifest, g_bytes_unref);
}

void
kouan_hub_tus_head (KouanHubRequest *self, const guint8 *id)
{
  g_autoptr (GError) error = NULL;
  KouanHubProgress progress;

  if (!kouan_hub_receiver_progress (self->receiver, self->kiosk, id, &progress, &error))
    {
      kouan_hub_request_answer_error (self, error, NULL);
      return;
    }
  kouan_hub_request_answer_text (self, MHD_HTTP_OK, NULL);
  kouan_hub_request_add_number (self, "Upload-Length", progress.size);
  add_progress (self, &progress);
}

static gboolean
read_checksum (const char *header, KouanHubChecksum *checksum)
{
  g_auto (GStrv) parts = g_strsplit (header, " ", 2);
  g_autofree guchar *digest = NULL;

  if (parts[0] == NULL || parts[1] == NULL)
    return FALSE;
  if (g_str_equal (parts[0], "sha1"))
    checksum->type = G_CHECKSUM_SHA1;
  else if (g_str_equal (parts[0], "sha256"))
    checksum->type = G_CHECKSUM_SHA256;
  else
    return FALSE;
  digest = g_base64_decode (parts[1], &checksum->size);
  if (checksum->size != (gsize)g_checksum_type_get_length (checksum->type))
    return FALSE;
  memcpy (checksum->digest, digest, checksum->size);
  return TRUE;
}

/* PATCH, before its body: from here on the request's writer takes what comes. */
void
kouan_hub_tus_patch (KouanHubRequest *self, const guint8 *id)
{
  const char *type = kouan_hub_request_get_header (self, MHD_HTTP_HEADER_CONTENT_TYPE);
  const char *header = kouan_hub_request_get_header (self, "Upload-Checksum");
  g_autoptr (GError) error = NULL;
  KouanHubChecksum checksum;
  gint64 offset;

  if (g_strcmp0 (type, MIME_RUN) != 0)
    kouan_hub_request_answer_text (self, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE,
                                   "a run of bytes is " MIME_RUN);
  else if (!kouan_hub_request_get_number (self, "Upload-Offset", &offset))
    kouan_hub_request_answer_text (self, MHD_HTTP_BAD_REQUEST, "Upload-Offset must be there");
  else if (header != NULL && !read_checksum (header, &checksum))
    kouan_hub_request_answer_text (self, MHD_HTTP_BAD_REQUEST,
                                   "Upload-Checksum is sha1 or sha256, and base64");
  else
    {
      self->writer = kouan_hub_writer_new (self->receiver, self->kiosk, id, offset,
                                           header != NULL ? &checksum : NULL, &error);
      if (self->writer == NULL)
        kouan_hub_request_answer_error (self, error, NULL);
    }
}

/* The receipt goes along with the answer to the last byte, which saves the kiosk a round trip. If
 * it cannot be had now it is asked for. */
static void
add_receipt (KouanHubRequest *self, const guint8 *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) receipt = kouan_hub_receiver_receipt (self->receiver, self->kiosk, id, &error);
  g_autofree char *text = NULL;

  if (receipt == NULL)
    {
      g_message ("kiosk %u: a receipt has to be asked for: %s", self->kiosk->id, error->message);
      return;
    }
  text = g_base64_encode (g_bytes_get_data (receipt, NULL), g_bytes_get_size (receipt));
  kouan_hub_request_add_header (self, KOUAN_HUB_RECEIPT_HEADER, text);
}

/* PATCH, after its body. */
void
kouan_hub_tus_patched (KouanHubRequest *self)
{
  g_autoptr (GError) error = NULL;
  KouanHubProgress progress;

  if (!kouan_hub_writer_finish (self->writer, &progress, &error))
    kouan_hub_request_answer_error (self, error, NULL);
  else
    {
      kouan_hub_request_answer_text (self, MHD_HTTP_NO_CONTENT, NULL);
      add_progress (self, &progress);
      if (progress.offset == progress.size)
        add_receipt (self, kouan_hub_writer_get_id (self->writer));
    }
  g_clear_pointer (&self->writer, kouan_hub_writer_free);
}

void
kouan_hub_tus_delete (KouanHubRequest *self, const guint8 *id)
{
  g_autoptr (GError) error = NULL;

  if (kouan_hub_receiver_drop (self->receiver, self->kiosk, id, &error))
    kouan_hub_request_answer_text (self, MHD_HTTP_NO_CONTENT, NULL);
  else
    kouan_hub_request_answer_error (self, error, NULL);
}
