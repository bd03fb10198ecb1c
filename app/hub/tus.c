/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/request.h"

#include <string.h>

/* tus 1.0.0 in terms of the receiver: core, creation, checksum, expiration, termination. An
 * upload's address is its record's id, so whoever offers the same record again finds the same
 * upload.
 *
 * Upload-Metadata of a creation, each value in base64 as tus has it:
 *   record    the record's UUID
 *   sha256    of the sealed file, 64 hexadecimal digits
 *   manifest  the signed manifest, COSE, in base64 once more: a tus client's values are texts */

#define MANIFEST_SIZE_MAX 2048
#define MIME_RUN "application/offset+octet-stream"

static gboolean
decode_text (const char *base64, char **text)
{
  gsize size;
  g_autofree guchar *data = g_base64_decode (base64, &size);

  *text = g_strndup ((const char *)data, size);
  return strlen (*text) == size && g_utf8_validate (*text, -1, NULL);
}

static void
take_value (
  const char *key, const char *base64, KouanHubClaim *claim, gboolean *record, gboolean *hash)
{
  g_autofree char *text = NULL;
  gsize size;
  guchar *manifest;

  if (!decode_text (base64, &text))
    return;
  if (g_str_equal (key, "record"))
    *record = kouan_uuid_from_string (text, claim->record_id);
  else if (g_str_equal (key, "sha256"))
    *hash = kouan_unhex (text, claim->sha256, sizeof claim->sha256);
  else if (g_str_equal (key, "manifest") && claim->manifest == NULL)
    {
      manifest = g_base64_decode (text, &size);
      claim->manifest = g_bytes_new_take (manifest, size);
    }
}

static gboolean
read_claim (KouanHubRequest *self, KouanHubClaim *claim)
{
  const char *metadata = kouan_hub_request_get_header (self, "Upload-Metadata");
  g_auto (GStrv) pairs = g_strsplit (metadata != NULL ? metadata : "", ",", 16);
  gboolean record = FALSE, hash = FALSE;

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (g_strstrip (pairs[i]), " ", 2);

      if (pair[0] != NULL && pair[1] != NULL)
        take_value (pair[0], pair[1], claim, &record, &hash);
    }
  return record && hash && claim->manifest != NULL
         && g_bytes_get_size (claim->manifest) <= MANIFEST_SIZE_MAX;
}

static void
add_progress (KouanHubRequest *self, const KouanHubProgress *progress)
{
  g_autoptr (GDateTime) expires = NULL;
  g_autofree char *text = NULL;

  kouan_hub_request_add_number (self, "Upload-Offset", progress->offset);
  if (progress->expires_s == 0 || progress->offset == progress->size)
    return;
  expires = g_date_time_new_from_unix_utc (progress->expires_s);
  text = g_date_time_format (expires, "%a, %d %b %Y %H:%M:%S GMT");
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

  if (!read_claim (self, &claim)
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
