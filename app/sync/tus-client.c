/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/tus-client.h"

#include "app/crypto/primitives.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The client's side of tus 1.0.0. The server's offset is the only truth: after anything unexpected
 * it is asked for (HEAD), and the upload goes on from there. As long as the offset grows the upload
 * goes on; three tries in a row without a byte end it for today.
 *
 * Each run costs a round trip. Runs of 256 KiB, each with its checksum, would leave a third of a
 * line of 20 Mbit/s and 40 ms unused. So a run is long and goes straight from the file; what a
 * break costs is then the server's to bound, and ours counts every 256 KiB. TLS sees to it that
 * bytes arrive as they were sent, and the server checks the whole against its SHA-256 at the end.
 */

#define VERSION_HEADER "Tus-Resumable: 1.0.0"
#define ANSWER_MAX 16384
#define TRIES_MAX 3
#define HTTP_OK 200
#define HTTP_CREATED 201
#define HTTP_NO_CONTENT 204
#define HTTP_CONFLICT 409
#define HTTP_WRONG_CONTENT 422 /* our hub's word, not of tus */
#define HTTP_LOCKED 423
#define HTTP_CHECKSUM_MISMATCH 460
#define HTTP_INTERNAL 500

void
kouan_tus_result_clear (KouanTusResult *self)
{
  g_clear_pointer (&self->location, g_free);
  g_clear_pointer (&self->answer, kouan_http_answer_free);
  g_clear_pointer (&self->last, kouan_http_answer_free);
}

static gboolean
set_unexpected (const char *method, guint status, GError **error)
{
  g_set_error (error, KOUAN_SYNC_ERROR,
               status >= HTTP_INTERNAL ? KOUAN_SYNC_ERROR_BUSY : KOUAN_SYNC_ERROR_NONSENSE,
               "%s was answered with %u", method, status);
  return FALSE;
}

static KouanHttpAnswer *
send_plain (KouanHttp *http,
            const char *method,
            const char *url,
            const char *const *headers,
            GCancellable *cancellable,
            GError **error)
{
  KouanHttpRequest request
    = { .method = method, .url = url, .headers = headers, .answer_max = ANSWER_MAX };

  return kouan_http_send (http, &request, cancellable, error);
}

/* A Location on another server would be a redirect by another name. */
static gboolean
take_location (const char *url, KouanHttpAnswer *answer, KouanTusResult *result, GError **error)
{
  const char *location = kouan_http_answer_get_header (answer, "location");
  g_autoptr (GUri) base = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GUri) uri = NULL;

  if (location != NULL && base != NULL)
    uri = g_uri_parse_relative (base, location, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), g_uri_get_scheme (base)) != 0
      || g_strcmp0 (g_uri_get_host (uri), g_uri_get_host (base)) != 0
      || g_uri_get_port (uri) != g_uri_get_port (base))
    {
      g_set_error_literal (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_NONSENSE,
                           "the upload was given no place on this server");
      return FALSE;
    }
  g_free (result->location);
  result->location = g_uri_to_string (uri);
  return TRUE;
}

static gboolean
read_offset (KouanHttpAnswer *answer, gint64 size, gint64 *offset, GError **error)
{
  if (kouan_http_answer_get_number (answer, "upload-offset", offset) && *offset <= size)
    return TRUE;
  g_set_error_literal (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_NONSENSE,
                       "the server does not say how many bytes it has");
  return FALSE;
}

static gboolean
ask_offset (KouanHttp *http,
            const char *url,
            gint64 size,
            gint64 *offset,
            GCancellable *cancellable,
            GError **error)
{
  const char *const headers[] = { VERSION_HEADER, NULL };
  g_autoptr (KouanHttpAnswer) answer = send_plain (http, "HEAD", url, headers, cancellable, error);

  if (answer == NULL)
    return FALSE;
  if (answer->status != HTTP_OK && answer->status != HTTP_NO_CONTENT)
    return set_unexpected ("HEAD", answer->status, error);
  return read_offset (answer, size, offset, error);
}

static gboolean
resume (KouanHttp *http,
        const KouanTusUpload *upload,
        KouanTusResult *result,
        gint64 *offset,
        GCancellable *cancellable)
{
  g_autoptr (GError) local = NULL;

  if (upload->resume == NULL
      || !ask_offset (http, upload->resume, upload->size, offset, cancellable, &local))
    return FALSE;
  result->location = g_strdup (upload->resume);
  return TRUE;
}

/**
 * kouan_tus_create:
 * @result: (inout): zeroed by the caller
 * @offset: (out): from where to send; meaningless if @result has an answer
 *
 * Returns: TRUE if there is somewhere to send to, or if the server answered something else than
 * 201, which then is in @result for the caller to judge
 */
gboolean
kouan_tus_create (KouanHttp *http,
                  const KouanTusUpload *upload,
                  KouanTusResult *result,
                  gint64 *offset,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *length = g_strdup_printf ("Upload-Length: %" G_GINT64_FORMAT, upload->size);
  g_autofree char *metadata
    = g_strdup_printf ("Upload-Metadata: %s", upload->metadata != NULL ? upload->metadata : "");
  const char *const headers[]
    = { VERSION_HEADER, length, upload->metadata != NULL ? metadata : NULL, NULL };
  g_autoptr (KouanHttpAnswer) answer = NULL;

  *offset = 0;
  if (resume (http, upload, result, offset, cancellable))
    return TRUE;
  answer = send_plain (http, "POST", upload->url, headers, cancellable, error);
  if (answer == NULL)
    return FALSE;
  if (answer->status != HTTP_CREATED)
    {
      result->answer = g_steal_pointer (&answer);
      return TRUE;
    }
  if (!take_location (upload->url, answer, result, error))
    return FALSE;
  /* Only a server that knew the upload already says how far it is. */
  return kouan_http_answer_get_header (answer, "upload-offset") == NULL
         || read_offset (answer, upload->size, offset, error);
}

static gboolean
read_run (int fd, guint8 *data, gsize size, gint64 at, GError **error)
{
  while (size > 0)
    {
      ssize_t got = pread (fd, data, size, at);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        {
          g_set_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL,
                       "the record's file cannot be read: %s",
                       got == 0 ? "it is shorter than it was" : g_strerror (errno));
          return FALSE;
        }
      data += got;
      size -= (gsize)got;
      at += got;
    }
  return TRUE;
}

static char *
checksum_header (const guint8 *data, gsize size)
{
  guint8 digest[KOUAN_SHA256_SIZE];
  g_autofree char *text = NULL;

  kouan_sha256 (data, size, digest);
  text = g_base64_encode (digest, sizeof digest);
  return g_strdup_printf ("Upload-Checksum: sha256 %s", text);
}

typedef struct
{
  const KouanTusUpload *upload;
  gint64 at;
} Run;

static void
on_sent (gint64 bytes, gpointer data)
{
  const Run *run = data;

  run->upload->progress (run->at + bytes, run->upload->progress_data);
}

/* @data: (nullable): the run's bytes, if they are to go with a checksum */
static KouanHttpAnswer *
send_run (KouanHttp *http,
          const Run *run,
          const char *url,
          const guint8 *data,
          gsize size,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *offset = g_strdup_printf ("Upload-Offset: %" G_GINT64_FORMAT, run->at);
  g_autofree char *checksum = data != NULL ? checksum_header (data, size) : NULL;
  const char *const headers[]
    = { VERSION_HEADER, "Content-Type: application/offset+octet-stream", offset, checksum, NULL };
  gboolean is_last = run->at + (gint64)size == run->upload->size;
  KouanHttpRequest request = { .method = "PATCH",
                               .url = url,
                               .headers = headers,
                               .body = data,
                               .body_fd = run->upload->fd,
                               .body_at = run->at,
                               .body_size = size,
                               .sent = run->upload->progress != NULL ? on_sent : NULL,
                               .sent_data = (gpointer)run,
                               .before_last = is_last ? run->upload->before_last : NULL,
                               .hold_data = run->upload->hold_data,
                               .answer_max = ANSWER_MAX };

  return kouan_http_send (http, &request, cancellable, error);
}

/* What the server may change its mind about when it is asked again. */
static gboolean
is_passing (guint status)
{
  return status == HTTP_CONFLICT || status == HTTP_LOCKED || status == HTTP_CHECKSUM_MISMATCH;
}

static gboolean
is_broken_line (const GError *error)
{
  return g_error_matches (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_AWAY)
         || g_error_matches (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LATE);
}

static gsize
run_size (const KouanTusUpload *upload)
{
  if (upload->run_size > 0)
    return upload->run_size;
  return upload->checksum ? KOUAN_TUS_RUN_SIZE : KOUAN_TUS_STREAM_SIZE;
}

/* One run. TRUE: @offset is where the server is now, further on or not.
 * @buffer: (nullable): for a run with a checksum */
static gboolean
try_run (KouanHttp *http,
         const KouanTusUpload *upload,
         KouanTusResult *result,
         guint8 *buffer,
         gint64 *offset,
         GCancellable *cancellable,
         GError **error)
{
  gsize size = (gsize)MIN ((gint64)run_size (upload), upload->size - *offset);
  Run run = { upload, *offset };
  g_autoptr (KouanHttpAnswer) answer = NULL;
  g_autoptr (GError) local = NULL;

  if (buffer != NULL && !read_run (upload->fd, buffer, size, *offset, error))
    return FALSE;
  answer = send_run (http, &run, result->location, buffer, size, cancellable, &local);
  if (answer != NULL && answer->status == HTTP_NO_CONTENT)
    {
      g_clear_pointer (&result->last, kouan_http_answer_free);
      result->last = g_steal_pointer (&answer);
      return read_offset (result->last, upload->size, offset, error);
    }
  result->is_wrong = answer != NULL && answer->status == HTTP_WRONG_CONTENT;
  if (answer != NULL && !is_passing (answer->status))
    return set_unexpected ("PATCH", answer->status, error);
  if (answer == NULL && !is_broken_line (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return ask_offset (http, result->location, upload->size, offset, cancellable, error);
}

/* A file that has become shorter is found out before anything is sent of it. */
static gboolean
check_file (const KouanTusUpload *upload, GError **error)
{
  struct stat status;

  if (fstat (upload->fd, &status) == 0
      && (!S_ISREG (status.st_mode) || status.st_size >= upload->size))
    return TRUE;
  g_set_error_literal (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL,
                       "the record's file cannot be read: it is shorter than it was");
  return FALSE;
}

/**
 * kouan_tus_send:
 * @result: (inout): as kouan_tus_create() left it, with a location
 * @offset: from where
 *
 * Returns: TRUE when the server has all bytes
 */
gboolean
kouan_tus_send (KouanHttp *http,
                const KouanTusUpload *upload,
                KouanTusResult *result,
                gint64 offset,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree guint8 *buffer = upload->checksum ? g_malloc (run_size (upload)) : NULL;
  guint tries = 0;

  g_return_val_if_fail (result->location != NULL, FALSE);

  if (!check_file (upload, error))
    return FALSE;
  while (offset < upload->size)
    {
      gint64 before = offset;

      if (!try_run (http, upload, result, buffer, &offset, cancellable, error))
        return FALSE;
      result->sent += MAX (offset - before, 0);
      tries = offset > before ? 0 : tries + 1;
      if (tries >= TRIES_MAX)
        {
          g_set_error_literal (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_AWAY,
                               "the line breaks again and again at the same byte");
          return FALSE;
        }
      if (upload->progress != NULL)
        upload->progress (offset, upload->progress_data);
    }
  return TRUE;
}
