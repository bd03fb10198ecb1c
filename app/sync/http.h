/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_SYNC_ERROR_AWAY,     /* nobody answers, or the line broke: later */
  KOUAN_SYNC_ERROR_LATE,     /* somebody answers, but not in time: later */
  KOUAN_SYNC_ERROR_STRANGER, /* whoever answers is not our hub, or does not take us for its kiosk */
  KOUAN_SYNC_ERROR_NONSENSE, /* an answer that no hub gives */
  KOUAN_SYNC_ERROR_BUSY,     /* the hub has trouble of its own: later */
  KOUAN_SYNC_ERROR_LOCAL,    /* a file or a database of this kiosk */
  KOUAN_SYNC_ERROR_CANCELLED,
} KouanSyncError;
#define KOUAN_SYNC_ERROR (kouan_sync_error_quark ())
GQuark kouan_sync_error_quark (void);

/* One connection to one server, kept alive from request to request, over HTTP/1.1. Each request has
 * a total deadline and a cap on the answer's bytes, and follows no redirect. For one thread at a
 * time. */
typedef struct _KouanHttp KouanHttp;

typedef struct
{
  const char
    *authority; /* (nullable) file: whom to trust, and nobody else; NULL: plain http, for tests */
  gboolean anybody; /* TLS with whoever answers: for words that prove themselves, and that are no
                       secret */
  const char *certificate; /* (nullable) file: our own */
  const char *key;         /* (nullable) file */
  gint64 connect_ms;       /* until the handshake is done */
  gint64 answer_ms;        /* a whole request without a body */
  gint64 send_max;         /* bytes a second, at most; 0: as fast as it goes */
} KouanHttpOptions;

typedef void (*KouanHttpSent) (gint64 bytes, gpointer data); /* of the body, so far */
typedef void (*KouanHttpHold) (gpointer data);               /* may wait, but not for long */

typedef struct
{
  const char *method;
  const char *url;
  const char *const *headers; /* (nullable) (array zero-terminated=1): "Name: value" */
  const guint8 *body;         /* (nullable): or else, if there is a size: */
  int body_fd;                /* a file whose bytes from here on are the body */
  gint64 body_at;
  gsize body_size;
  KouanHttpSent sent; /* (nullable): called on the calling thread while the body goes */
  gpointer sent_data;
  KouanHttpHold before_last; /* (nullable): called on the calling thread when all of the file but
                                its last bytes has gone; what it waits counts like any other time */
  gpointer hold_data;
  gsize answer_max; /* bytes of the body of the answer */
} KouanHttpRequest;

typedef struct
{
  guint status;
  GHashTable *headers; /* names in lower case */
  GByteArray *body;
} KouanHttpAnswer;

KouanHttp *kouan_http_new (const KouanHttpOptions *options);
void kouan_http_free (KouanHttp *self);
KouanHttpAnswer *kouan_http_send (KouanHttp *self,
                                  const KouanHttpRequest *request,
                                  GCancellable *cancellable,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint kouan_http_count_connections (KouanHttp *self); /* made since new */

const char *kouan_http_answer_get_header (KouanHttpAnswer *self, const char *name); /* (nullable) */
gboolean kouan_http_answer_get_number (KouanHttpAnswer *self, const char *name, gint64 *value);
void kouan_http_answer_free (KouanHttpAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHttp, kouan_http_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHttpAnswer, kouan_http_answer_free)

G_END_DECLS
