/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/ask.h"

#include "app/crypto/durable.h"
#include "app/sync/enrolment.h"
#include "app/sync/http.h"
#include "app/sync/station-enrolment.h"

#include <glib/gstdio.h>
#include <string.h>

/* A new machine knows no hub, so the first thing that it hears may come from anybody: it is a card,
 * which the hub's roster key has signed and which holds no secret. The card names the authority of
 * the line, and all that follows goes to whoever that authority vouches for. So there is only one
 * thing left that people have to be sure of, the fingerprint of the roster key, and they are: it is
 * compared before the answer is taken, as it is when a stick carries it.
 *
 * What goes out is public halves of keys. What comes back is sealed for this machine. */

#define FILE_ASKED "keys/asked.conf"
#define FILE_AUTHORITY "keys/asked.crt"
#define GROUP "asked"
#define PATH "/enrolment"
#define SENTENCE_SIZE_MAX 1024
#define CONNECT_MS 10000
#define ANSWER_MS 20000

G_DEFINE_QUARK (kouan_ask_error_quark, kouan_ask_error)

void
kouan_asked_free (KouanAsked *self)
{
  g_free (self->url);
  g_free (self->fingerprint);
  g_free (self->hub);
  g_free (self->hub_name);
  g_free (self);
}

/* Returns: (transfer full) (nullable): NULL if this station has asked nobody over the network */
KouanAsked *
kouan_ask_read (const char *folder)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (folder, FILE_ASKED, NULL);
  g_autoptr (KouanAsked) asked = g_new0 (KouanAsked, 1);

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return NULL;
  asked->url = g_key_file_get_string (file, GROUP, "url", NULL);
  asked->kiosk_id = (guint)g_key_file_get_uint64 (file, GROUP, "kiosk", NULL);
  asked->fingerprint = g_key_file_get_string (file, GROUP, "fingerprint", NULL);
  asked->hub = g_key_file_get_string (file, GROUP, "hub", NULL);
  asked->hub_name = g_key_file_get_string (file, GROUP, "hub-name", NULL);
  return asked->url != NULL && asked->fingerprint != NULL && asked->hub != NULL
           ? g_steal_pointer (&asked)
           : NULL;
}

/* What is kept about whom it has asked; the keys stay. */
void
kouan_ask_forget (const char *folder)
{
  const char *const names[] = { FILE_ASKED, FILE_AUTHORITY };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
}

static gboolean
put (const char *folder, const char *name, const char *text, gsize size, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) local = NULL;

  if (kouan_write_file_durably (path, (const guint8 *)text, size, 0644, &local))
    return TRUE;
  g_set_error (error, KOUAN_ASK_ERROR, KOUAN_ASK_ERROR_LOCAL, "%s: %s", path, local->message);
  return FALSE;
}

static gboolean
remember (const char *folder, const KouanAsked *asked, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;
  gsize size;

  g_key_file_set_string (file, GROUP, "url", asked->url);
  g_key_file_set_uint64 (file, GROUP, "kiosk", asked->kiosk_id);
  g_key_file_set_string (file, GROUP, "fingerprint", asked->fingerprint);
  g_key_file_set_string (file, GROUP, "hub", asked->hub);
  g_key_file_set_string (file, GROUP, "hub-name", asked->hub_name);
  text = g_key_file_to_data (file, &size, NULL);
  return put (folder, FILE_ASKED, text, size, error);
}

static KouanAskError
from_sync (int code)
{
  switch ((KouanSyncError)code)
    {
    case KOUAN_SYNC_ERROR_STRANGER:
      return KOUAN_ASK_ERROR_STRANGER;
    case KOUAN_SYNC_ERROR_NONSENSE:
      return KOUAN_ASK_ERROR_NONSENSE;
    case KOUAN_SYNC_ERROR_LOCAL:
      return KOUAN_ASK_ERROR_LOCAL;
    case KOUAN_SYNC_ERROR_CANCELLED:
      return KOUAN_ASK_ERROR_CANCELLED;
    case KOUAN_SYNC_ERROR_AWAY:
    case KOUAN_SYNC_ERROR_LATE:
    case KOUAN_SYNC_ERROR_BUSY:
    default:
      return KOUAN_ASK_ERROR_AWAY;
    }
}

static KouanHttpAnswer *
exchange (const char *authority,
          const KouanHttpRequest *request,
          GCancellable *cancellable,
          GError **error)
{
  const KouanHttpOptions options = { .authority = authority,
                                     .anybody = authority == NULL,
                                     .connect_ms = CONNECT_MS,
                                     .answer_ms = ANSWER_MS };
  g_autoptr (KouanHttp) http = kouan_http_new (&options);
  g_autoptr (GError) local = NULL;
  KouanHttpAnswer *answer = kouan_http_send (http, request, cancellable, &local);

  if (answer == NULL)
    g_set_error_literal (error, KOUAN_ASK_ERROR, from_sync (local->code), local->message);
  return answer;
}

/* What the statuses of app/hub/door.c mean, but for those that are no error. */
static gboolean
fail_with (const KouanHttpAnswer *answer, GError **error)
{
  static const struct
  {
    guint status;
    KouanAskError code;
  } meanings[] = {
    { 403, KOUAN_ASK_ERROR_REFUSED }, { 404, KOUAN_ASK_ERROR_GONE }, { 409, KOUAN_ASK_ERROR_TAKEN },
    { 429, KOUAN_ASK_ERROR_FULL },    { 500, KOUAN_ASK_ERROR_BUSY }, { 503, KOUAN_ASK_ERROR_BUSY },
    { 507, KOUAN_ASK_ERROR_BUSY },
  };
  KouanAskError code = KOUAN_ASK_ERROR_NONSENSE;

  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].status == answer->status)
      code = meanings[i].code;
  g_set_error (error, KOUAN_ASK_ERROR, code, "the hub answers with %u", answer->status);
  return FALSE;
}

/* Returns: (transfer full) (nullable): "https://host:port/enrolment" */
static char *
read_address (const char *text, GError **error)
{
  g_autofree char *url = g_strstrip (g_strdup (text));
  g_autoptr (GUri) uri = NULL;

  while (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';
  uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  if (uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https") && g_uri_get_host (uri) != NULL
      && *g_uri_get_host (uri) != '\0' && g_uri_get_userinfo (uri) == NULL
      && *g_uri_get_path (uri) == '\0' && g_uri_get_query (uri) == NULL
      && g_uri_get_fragment (uri) == NULL)
    return g_strconcat (url, PATH, NULL);
  g_set_error (error, KOUAN_ASK_ERROR, KOUAN_ASK_ERROR_ADDRESS,
               "\"%s\" is no address of a hub: https://hub.example:8444 is one", text);
  return NULL;
}

/* Hears who answers there. The card's word is good for one thing: to go on with nobody else. */
static KouanEnrolmentCard *
meet (const char *address, char **hub, GCancellable *cancellable, GError **error)
{
  const KouanHttpRequest request
    = { .method = "GET", .url = address, .answer_max = KOUAN_ENROLMENT_CARD_SIZE_MAX };
  g_autoptr (KouanHttpAnswer) answer = exchange (NULL, &request, cancellable, error);
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GError) local = NULL;
  KouanEnrolmentCard *card;

  if (answer == NULL)
    return NULL;
  message = g_bytes_new (answer->body->data, answer->body->len);
  card = answer->status == 200 ? kouan_enrolment_card_verify (message, hub, &local) : NULL;
  if (card == NULL)
    g_set_error (error, KOUAN_ASK_ERROR, KOUAN_ASK_ERROR_NONSENSE, "%s: %u, %s", address,
                 answer->status, local != NULL ? local->message : "no hub's card");
  return card;
}

static gboolean
post (const char *address,
      const char *authority,
      GBytes *message,
      GCancellable *cancellable,
      GError **error)
{
  KouanHttpRequest request = { .method = "POST", .url = address, .answer_max = SENTENCE_SIZE_MAX };
  g_autoptr (KouanHttpAnswer) answer = NULL;

  request.body = g_bytes_get_data (message, &request.body_size);
  answer = exchange (authority, &request, cancellable, error);
  return answer != NULL
         && (answer->status == 200 || answer->status == 202 || fail_with (answer, error));
}

static GBytes *
make_request (const char *folder, guint kiosk_id, char **fingerprint, GError **error)
{
  g_autoptr (GError) local = NULL;
  GBytes *message = kouan_station_request (folder, kiosk_id, fingerprint, &local);

  if (message == NULL)
    g_set_error_literal (error, KOUAN_ASK_ERROR, KOUAN_ASK_ERROR_LOCAL, local->message);
  return message;
}

/**
 * kouan_ask_send:
 * @folder: of the station, which is made if it is not there
 * @url: where the hub answers those that it does not know: "https://hub.example:8444"
 *
 * May be done again, also with another hub.
 *
 * Returns: (transfer full): what is kept of it, see kouan_ask_read(); the hub holds the request for
 * its operator now
 */
KouanAsked *
kouan_ask_send (
  const char *folder, guint kiosk_id, const char *url, GCancellable *cancellable, GError **error)
{
  g_autofree char *address = read_address (url, error);
  g_autofree char *authority = g_build_filename (folder, FILE_AUTHORITY, NULL);
  g_autoptr (KouanAsked) asked = g_new0 (KouanAsked, 1);
  g_autoptr (KouanEnrolmentCard) card = NULL;
  g_autoptr (GBytes) message = NULL;

  if (address == NULL)
    return NULL;
  card = meet (address, &asked->hub, cancellable, error);
  message = card != NULL ? make_request (folder, kiosk_id, &asked->fingerprint, error) : NULL;
  if (message == NULL
      || !put (folder, FILE_AUTHORITY, card->authority, strlen (card->authority), error)
      || !post (address, authority, message, cancellable, error))
    return NULL;
  asked->url = g_strndup (address, strlen (address) - strlen (PATH));
  asked->kiosk_id = kiosk_id;
  asked->hub_name = g_strdup (card->name);
  return remember (folder, asked, error) ? g_steal_pointer (&asked) : NULL;
}

/**
 * kouan_ask_fetch:
 * @bundle: (out) (nullable): the hub's answer; NULL with TRUE: its operator has not looked yet
 *
 * The hub that is asked is the one that kouan_ask_send() met, and no other.
 */
gboolean
kouan_ask_fetch (const char *folder, GBytes **bundle, GCancellable *cancellable, GError **error)
{
  g_autoptr (KouanAsked) asked = kouan_ask_read (folder);
  g_autofree char *authority = g_build_filename (folder, FILE_AUTHORITY, NULL);
  g_autofree char *address = NULL;
  g_autoptr (KouanHttpAnswer) answer = NULL;
  KouanHttpRequest request = { .method = "GET", .answer_max = KOUAN_ENROLMENT_BUNDLE_SIZE_MAX };

  *bundle = NULL;
  if (asked == NULL)
    {
      g_set_error_literal (error, KOUAN_ASK_ERROR, KOUAN_ASK_ERROR_GONE,
                           "this machine has not asked a hub over the network");
      return FALSE;
    }
  address = g_strconcat (asked->url, PATH, "/", asked->fingerprint, NULL);
  request.url = address;
  answer = exchange (authority, &request, cancellable, error);
  if (answer == NULL)
    return FALSE;
  if (answer->status == 200)
    *bundle = g_bytes_new (answer->body->data, answer->body->len);
  return answer->status == 200 || answer->status == 202 || fail_with (answer, error);
}
