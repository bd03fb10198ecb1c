/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/http.h"

#include <curl/curl.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* What answers may be anybody: it may drip, redirect, never end or never begin. So every request
 * has a total deadline and a cap on what it takes in, headers included, and whatever is not plain
 * HTTP/1.1 from our own hub is an error and nothing else. The environment has no say: no proxy, no
 * certificate store of the system.
 *
 * HTTP/1.1 because libcurl 7.88 turns in circles on HTTP/2 uploads. */

#define HEADER_SIZE_MAX (64 * 1024)
#define BODY_RATE_MIN                                                                              \
  8 /* bytes a millisecond: a body, or an answer, may take as long as this on top of the deadline  \
     */
#define STALLED_RATE                                                                               \
  100 /* bytes a second, and as many seconds: a body that goes slower has stopped */
#define STALLED_S 60
#define LAST_SIZE (16 * 1024) /* what is held back of a file before its end */
#define CONNECT_MS 20000
#define ANSWER_MS 60000

struct _KouanHttp
{
  CURL *curl;
  char *authority, *certificate, *key;
  gboolean anybody;
  gint64 connect_ms;
  gint64 answer_ms;
  gint64 send_max;
  guint connections;
};

typedef struct
{
  KouanHttpAnswer *answer;
  gsize answer_max;
  gsize header_size;
  GCancellable *cancellable;
  const KouanHttpRequest *request;
  gint64 start_us; /* monotonic */
  gint64 time_ms;  /* for all of it, if nothing were answered */
  gboolean is_late;
  gsize body_done; /* bytes of the file that were handed over */
  int body_error;  /* errno of reading it, or 0 */
} Exchange;

G_DEFINE_QUARK (kouan_sync_error_quark, kouan_sync_error)

typedef struct curl_slist HeaderList;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeaderList, curl_slist_free_all)

/**
 * kouan_http_new:
 * @options: times of 0 are 20 s for the connection and 60 s for a request
 *
 * Returns: (transfer full): nothing has been sent yet
 */
KouanHttp *
kouan_http_new (const KouanHttpOptions *options)
{
  static gsize initialized = 0;
  KouanHttp *self = g_new0 (KouanHttp, 1);

  if (g_once_init_enter (&initialized))
    g_once_init_leave (&initialized, curl_global_init (CURL_GLOBAL_DEFAULT) == CURLE_OK ? 1 : 2);
  self->curl = curl_easy_init ();
  g_assert (self->curl != NULL);
  self->authority = g_strdup (options->authority);
  self->certificate = g_strdup (options->certificate);
  self->key = g_strdup (options->key);
  self->anybody = options->anybody;
  self->connect_ms = options->connect_ms > 0 ? options->connect_ms : CONNECT_MS;
  self->answer_ms = options->answer_ms > 0 ? options->answer_ms : ANSWER_MS;
  self->send_max = options->send_max;
  return self;
}

void
kouan_http_free (KouanHttp *self)
{
  curl_easy_cleanup (self->curl);
  g_free (self->authority);
  g_free (self->certificate);
  g_free (self->key);
  g_free (self);
}

guint
kouan_http_count_connections (KouanHttp *self)
{
  return self->connections;
}

void
kouan_http_answer_free (KouanHttpAnswer *self)
{
  g_hash_table_unref (self->headers);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_free (self);
}

/* @name: in lower case */
const char *
kouan_http_answer_get_header (KouanHttpAnswer *self, const char *name)
{
  return g_hash_table_lookup (self->headers, name);
}

/* A header that holds a number from 0 up. */
gboolean
kouan_http_answer_get_number (KouanHttpAnswer *self, const char *name, gint64 *value)
{
  const char *text = kouan_http_answer_get_header (self, name);
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &number, NULL))
    return FALSE;
  *value = (gint64)number;
  return TRUE;
}

static size_t
on_header (char *data, size_t unit, size_t count, void *user)
{
  Exchange *exchange = user;
  gsize size = unit * count;
  g_autofree char *line = g_strndup (data, size);
  char *colon = strchr (line, ':');

  exchange->header_size += size;
  if (exchange->header_size > HEADER_SIZE_MAX)
    return 0;
  /* "100 Continue" is an answer too: what counts is the last one. */
  if (g_str_has_prefix (line, "HTTP/"))
    g_hash_table_remove_all (exchange->answer->headers);
  else if (colon != NULL)
    {
      *colon = '\0';
      g_hash_table_insert (exchange->answer->headers, g_ascii_strdown (line, -1),
                           g_strdup (g_strstrip (colon + 1)));
    }
  return size;
}

static size_t
on_body (char *data, size_t unit, size_t count, void *user)
{
  Exchange *exchange = user;
  gsize size = unit * count;

  if (size > exchange->answer_max - exchange->answer->body->len)
    return 0;
  g_byte_array_append (exchange->answer->body, (const guint8 *)data, (guint)size);
  return size;
}

/* Each byte that comes buys the time for one more at the least rate, so a long list comes down
 * a slow line, and whoever drips is late as before. */
static gboolean
is_late (const Exchange *exchange, gint64 down)
{
  gint64 passed_ms = (g_get_monotonic_time () - exchange->start_us) / 1000;

  return passed_ms > exchange->time_ms + down / BODY_RATE_MIN;
}

static int
on_progress (void *user,
             curl_off_t down_total G_GNUC_UNUSED,
             curl_off_t down,
             curl_off_t up_total G_GNUC_UNUSED,
             curl_off_t up)
{
  Exchange *exchange = user;

  if (exchange->request->sent != NULL && up > 0)
    exchange->request->sent (up, exchange->request->sent_data);
  exchange->is_late = is_late (exchange, down);
  return exchange->is_late || g_cancellable_is_cancelled (exchange->cancellable);
}

/* Returns: how much of a file may go now; 0: none any more */
static gsize
get_leave (const Exchange *exchange, gsize left)
{
  const KouanHttpRequest *request = exchange->request;

  if (request->before_last == NULL || left == 0)
    return left;
  if (left > LAST_SIZE)
    return left - LAST_SIZE;
  if (!g_cancellable_is_cancelled (exchange->cancellable))
    request->before_last (request->hold_data);
  return g_cancellable_is_cancelled (exchange->cancellable) ? 0 : left;
}

/* A record is never in memory: its file is read as the line takes it. */
static size_t
on_read (char *data, size_t unit, size_t count, void *user)
{
  Exchange *exchange = user;
  const KouanHttpRequest *request = exchange->request;
  gsize left = request->body_size - exchange->body_done;
  gsize size = MIN (unit * count, get_leave (exchange, left));
  ssize_t got;

  if (size == 0)
    return left > 0 ? CURL_READFUNC_ABORT : 0;
  do
    got = pread (request->body_fd, data, size, request->body_at + (gint64)exchange->body_done);
  while (got < 0 && errno == EINTR);
  if (got <= 0)
    {
      exchange->body_error = got < 0 ? errno : ENODATA;
      return CURL_READFUNC_ABORT;
    }
  exchange->body_done += (gsize)got;
  return (size_t)got;
}

/* A kept connection turned out to be dead, and libcurl would send the body again on a new one. What
 * the server has of it is not known then: the caller asks before anything goes twice. */
static int
on_seek (void *user, curl_off_t offset, int origin)
{
  const Exchange *exchange = user;

  return origin == SEEK_SET && offset == 0 && exchange->body_done == 0 ? CURL_SEEKFUNC_OK
                                                                       : CURL_SEEKFUNC_FAIL;
}

static void
set_tls (KouanHttp *self)
{
  CURL *curl = self->curl;

  gboolean tls = self->authority != NULL || self->anybody;

  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, tls ? "https" : "http");
  if (!tls)
    return;
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_3);
  curl_easy_setopt (curl, CURLOPT_CAINFO, self->authority);
  curl_easy_setopt (curl, CURLOPT_CAPATH, NULL);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYPEER, self->anybody ? 0L : 1L);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYHOST, self->anybody ? 0L : 2L);
  curl_easy_setopt (curl, CURLOPT_SSLCERT, self->certificate);
  curl_easy_setopt (curl, CURLOPT_SSLKEY, self->key);
}

/* What a body may take on top of the deadline. Our own limit must not make it late. */
static gint64
body_ms (KouanHttp *self, const KouanHttpRequest *request)
{
  gint64 size = (gint64)request->body_size;

  return MAX (size / BODY_RATE_MIN, self->send_max > 0 ? 2 * size * 1000 / self->send_max : 0);
}

static void
set_bounds (KouanHttp *self, const KouanHttpRequest *request, gint64 time_ms)
{
  CURL *curl = self->curl;

  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT_MS, (long)self->connect_ms);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT_MS,
                    (long)(time_ms + (gint64)request->answer_max / BODY_RATE_MIN));
  if (request->body_size > 0)
    {
      curl_easy_setopt (curl, CURLOPT_LOW_SPEED_LIMIT, (long)STALLED_RATE);
      curl_easy_setopt (curl, CURLOPT_LOW_SPEED_TIME, (long)STALLED_S);
    }
  curl_easy_setopt (curl, CURLOPT_MAX_SEND_SPEED_LARGE, (curl_off_t)self->send_max);
  curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  curl_easy_setopt (curl, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt (curl, CURLOPT_UPLOAD_BUFFERSIZE, 256L * 1024);
}

static HeaderList *
make_headers (const KouanHttpRequest *request)
{
  /* Waiting for "100 Continue" would cost a round trip a request. */
  HeaderList *list = curl_slist_append (NULL, "Expect:");

  for (gsize i = 0; request->headers != NULL && request->headers[i] != NULL; i++)
    list = curl_slist_append (list, request->headers[i]);
  return list;
}

static void
set_request (KouanHttp *self, const KouanHttpRequest *request, HeaderList *headers)
{
  gboolean head = g_str_equal (request->method, "HEAD");
  gboolean file = request->body == NULL && request->body_size > 0;
  gboolean post = request->body != NULL || g_str_equal (request->method, "POST");
  CURL *curl = self->curl;

  curl_easy_setopt (curl, CURLOPT_URL, request->url);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  if (head)
    curl_easy_setopt (curl, CURLOPT_NOBODY, 1L);
  else if (file)
    {
      curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
      curl_easy_setopt (curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)request->body_size);
    }
  else if (post)
    {
      curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_size);
      curl_easy_setopt (curl, CURLOPT_POSTFIELDS,
                        request->body != NULL ? (const char *)request->body : "");
    }
  if (!head)
    curl_easy_setopt (curl, CURLOPT_CUSTOMREQUEST, request->method);
}

static void
set_callbacks (KouanHttp *self, Exchange *exchange)
{
  CURL *curl = self->curl;

  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, exchange);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, exchange);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, on_read);
  curl_easy_setopt (curl, CURLOPT_READDATA, exchange);
  curl_easy_setopt (curl, CURLOPT_SEEKFUNCTION, on_seek);
  curl_easy_setopt (curl, CURLOPT_SEEKDATA, exchange);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, exchange);
}

static KouanSyncError
translate (CURLcode code, gboolean cancelled)
{
  switch (code)
    {
    case CURLE_ABORTED_BY_CALLBACK:
      return cancelled ? KOUAN_SYNC_ERROR_CANCELLED : KOUAN_SYNC_ERROR_NONSENSE;
    case CURLE_OPERATION_TIMEDOUT:
      return KOUAN_SYNC_ERROR_LATE;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
      return KOUAN_SYNC_ERROR_STRANGER;
    case CURLE_SSL_CACERT_BADFILE:
      return KOUAN_SYNC_ERROR_LOCAL;
    case CURLE_WRITE_ERROR:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_FILESIZE_EXCEEDED:
    case CURLE_TOO_MANY_REDIRECTS:
    case CURLE_BAD_CONTENT_ENCODING:
      return KOUAN_SYNC_ERROR_NONSENSE;
    default:
      return KOUAN_SYNC_ERROR_AWAY;
    }
}

static void
count_connections (KouanHttp *self)
{
  long connections = 0;

  if (curl_easy_getinfo (self->curl, CURLINFO_NUM_CONNECTS, &connections) == CURLE_OK)
    self->connections += (guint)connections;
}

static KouanHttpAnswer *
answer_new (void)
{
  KouanHttpAnswer *answer = g_new0 (KouanHttpAnswer, 1);

  answer->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  answer->body = g_byte_array_new ();
  return answer;
}

static void
set_error (const Exchange *exchange, CURLcode code, const char *reason, GError **error)
{
  const KouanHttpRequest *request = exchange->request;

  if (exchange->body_error != 0)
    g_set_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL,
                 "the record's file cannot be read: %s", g_strerror (exchange->body_error));
  else
    g_set_error (error, KOUAN_SYNC_ERROR,
                 translate (exchange->is_late ? CURLE_OPERATION_TIMEDOUT : code,
                            g_cancellable_is_cancelled (exchange->cancellable)),
                 "%s %s: %s", request->method, request->url,
                 *reason != '\0' ? reason : curl_easy_strerror (code));
}

/**
 * kouan_http_send:
 *
 * A body or an answer may take 1 s for each 8,000 bytes on top of the deadline, or twice what the
 * limit to the sending makes of it, and is given up when it has all but stopped for a minute.
 *
 * Returns: (transfer full): what was answered, whatever its status; NULL with a KOUAN_SYNC_ERROR if
 * nothing usable was
 */
KouanHttpAnswer *
kouan_http_send (KouanHttp *self,
                 const KouanHttpRequest *request,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (KouanHttpAnswer) answer = answer_new ();
  g_autoptr (HeaderList) headers = make_headers (request);
  Exchange exchange = { .answer = answer,
                        .answer_max = request->answer_max,
                        .cancellable = cancellable,
                        .request = request,
                        .start_us = g_get_monotonic_time (),
                        .time_ms = self->answer_ms + body_ms (self, request) };
  char reason[CURL_ERROR_SIZE] = "";
  long status = 0;
  CURLcode code;

  curl_easy_reset (self->curl); /* keeps the connection */
  curl_easy_setopt (self->curl, CURLOPT_ERRORBUFFER, reason);
  set_tls (self);
  set_bounds (self, request, exchange.time_ms);
  set_request (self, request, headers);
  set_callbacks (self, &exchange);
  code = curl_easy_perform (self->curl);
  count_connections (self);
  curl_easy_getinfo (self->curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_setopt (self->curl, CURLOPT_ERRORBUFFER, NULL);
  if (code == CURLE_OK)
    {
      answer->status = (guint)status;
      return g_steal_pointer (&answer);
    }
  set_error (&exchange, code, reason, error);
  return NULL;
}
