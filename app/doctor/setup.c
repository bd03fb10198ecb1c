/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-doctor"

#include "app/doctor/setup.h"

#include "app/crypto/durable.h"
#include "app/language/language.h"
#include "app/record/outbox.h"
#include "app/sync/enrolment.h"
#include "app/sync/station-enrolment.h"
#include "app/sync/stick.h"
#include "db/kiosk/audit.h"
#include "db/kiosk/settings.h"

#include <errno.h>
#include <glib/gstdio.h>

/* The stage is not kept in a file of its own that could be wrong: it follows from what is there.
 * Only that a new kiosk has not been tested yet is a setting, and with it goes "out of service", so
 * that nobody meets a kiosk that does not work. A kiosk that was enrolled in another way is live.
 */

#define SETTING_STAGE "setup"
#define STAGE_TESTING "testing"
#define SETTING_REASON "out-of-service" /* app/staff/orders.c */
#define REASON "maintenance"
#define BUNDLE_SIZE_MAX KOUAN_ENROLMENT_BUNDLE_SIZE_MAX
#define FILE_FETCHED "keys/fetched.bundle"

typedef struct
{
  KouanStation *station;
  KouanOutbox *outbox;
  KouanDatabase *db;
} Store;

static void
store_clear (Store *self)
{
  g_clear_object (&self->db);
  g_clear_object (&self->outbox);
  g_clear_object (&self->station);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Store, store_clear)

static gboolean
fail_store (GError *cause, GError **error)
{
  g_set_error_literal (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_IO, cause->message);
  g_error_free (cause);
  return FALSE;
}

static gboolean
open_store (Store *self, const char *folder, KouanClock *clock, GError **error)
{
  GError *local = NULL;

  self->station = kouan_station_load (folder, error);
  if (self->station == NULL)
    return FALSE;
  self->outbox = kouan_outbox_new (self->station, clock);
  self->db = kouan_outbox_open_database (self->outbox, &local);
  return self->db != NULL || fail_store (local, error);
}

static gboolean
is_there (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
is_testing (const char *folder)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_auto (Store) store = { 0 };
  g_autofree char *stage = NULL;

  return is_there (folder, KOUAN_STATION_DATABASE) && open_store (&store, folder, clock, NULL)
         && kouan_settings_get (store.db, SETTING_STAGE, &stage, NULL)
         && g_strcmp0 (stage, STAGE_TESTING) == 0;
}

KouanSetupStage
kouan_setup_get_stage (const char *folder)
{
  if (is_there (folder, KOUAN_STATION_CONFIG))
    return is_testing (folder) ? KOUAN_SETUP_ENROLLED : KOUAN_SETUP_LIVE;
  return is_there (folder, KOUAN_STATION_ENROLMENT_KEY) ? KOUAN_SETUP_REQUESTED : KOUAN_SETUP_NEW;
}

const char *
kouan_setup_stage_to_string (KouanSetupStage stage)
{
  static const char *const words[] = { "new", "requested", "enrolled", "live" };

  g_return_val_if_fail ((guint)stage < G_N_ELEMENTS (words), NULL);

  return words[stage];
}

/* Returns: (transfer full): where the request lies on a stick that goes to the hub */
char *
kouan_setup_stick_request (const char *stick, guint kiosk_id)
{
  g_autofree char *folder = kouan_stick_kiosk_folder (stick, kiosk_id);

  return g_build_filename (folder, "enrolment.request", NULL);
}

/* Returns: (transfer full): and where the hub's answer is looked for */
char *
kouan_setup_stick_bundle (const char *stick, guint kiosk_id)
{
  g_autofree char *folder = kouan_stick_kiosk_folder (stick, kiosk_id);

  return g_build_filename (folder, "enrolment.bundle", NULL);
}

/**
 * kouan_setup_request:
 * @out: where to write it; its folder is made
 * @fingerprint: (out): for two people to compare
 */
gboolean
kouan_setup_request (
  const char *folder, guint kiosk_id, const char *out, char **fingerprint, GError **error)
{
  g_autoptr (GBytes) message = kouan_station_request (folder, kiosk_id, fingerprint, error);
  g_autofree char *parent = g_path_get_dirname (out);
  GError *local = NULL;
  gsize size;
  const guint8 *data;

  if (message == NULL)
    return FALSE;
  if (g_mkdir_with_parents (parent, 0700) != 0)
    {
      g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_IO, "%s: %s", parent,
                   g_strerror (errno));
      return FALSE;
    }
  data = g_bytes_get_data (message, &size);
  return kouan_write_file_durably (out, data, size, 0644, &local) || fail_store (local, error);
}

/* Returns: (transfer full): where the answer lies that came over the network */
char *
kouan_setup_fetched (const char *folder)
{
  return g_build_filename (folder, FILE_FETCHED, NULL);
}

/* kouan_ask_send(), and what an earlier hub has answered is gone. */
KouanAsked *
kouan_setup_ask (
  const char *folder, guint kiosk_id, const char *url, GCancellable *cancellable, GError **error)
{
  g_autofree char *fetched = kouan_setup_fetched (folder);

  g_unlink (fetched);
  return kouan_ask_send (folder, kiosk_id, url, cancellable, error);
}

/**
 * kouan_setup_fetch:
 * @is_there: (out): FALSE: the hub's operator has not looked yet
 *
 * Asks the hub that has the request whether it is answered, and keeps the answer. Waits for the
 * network. Errors are KOUAN_ASK_ERROR's.
 */
gboolean
kouan_setup_fetch (const char *folder,
                   gboolean *is_there,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autofree char *path = kouan_setup_fetched (folder);
  g_autoptr (GBytes) bundle = NULL;
  g_autoptr (GError) local = NULL;

  if (!kouan_ask_fetch (folder, &bundle, cancellable, error))
    return FALSE;
  *is_there = bundle != NULL;
  if (bundle == NULL
      || kouan_write_file_durably (path, g_bytes_get_data (bundle, NULL), g_bytes_get_size (bundle),
                                   0600, &local))
    return TRUE;
  g_set_error (error, KOUAN_ASK_ERROR, KOUAN_ASK_ERROR_LOCAL, "%s: %s", path, local->message);
  return FALSE;
}

static const struct
{
  const char *trouble, *remedy;
} ask_words[] = {
  [KOUAN_ASK_ERROR_ADDRESS] = { N_ ("That is no address of a hub"),
                                N_ ("It begins with https:// and ends with a port, as in "
                                    "https://hub.example:8444. The hub's operator knows it.") },
  [KOUAN_ASK_ERROR_AWAY] = { N_ ("The hub does not answer"),
                             N_ ("Look at the address and at the network cable. A stick works "
                                 "without a network.") },
  [KOUAN_ASK_ERROR_STRANGER] = { N_ ("Whoever answers there cannot prove to be the hub"),
                                 N_ ("Set this machine's clock. If it is right, tell the hub's "
                                     "operator, and use a stick.") },
  [KOUAN_ASK_ERROR_NONSENSE] = { N_ ("No hub answers new kiosks there"),
                                 N_ ("Ask the hub's operator for the address and the port for new "
                                     "kiosks.") },
  [KOUAN_ASK_ERROR_FULL] = { N_ ("The hub cannot take the request now"),
                             N_ ("Try again in some minutes. If that does not help, tell the hub's "
                                 "operator.") },
  [KOUAN_ASK_ERROR_TAKEN] = { N_ ("There is a kiosk with this number already"),
                              N_ ("Ask the hub's operator for a number that is free.") },
  [KOUAN_ASK_ERROR_REFUSED]
  = { N_ ("The hub's operator has refused this machine"), N_ ("Call them, and ask why.") },
  [KOUAN_ASK_ERROR_GONE]
  = { N_ ("The hub does not know this request any more"), N_ ("Ask the hub once more.") },
  [KOUAN_ASK_ERROR_BUSY] = { N_ ("The hub cannot take the request now"),
                             N_ ("Try again in some minutes. If that does not help, tell the hub's "
                                 "operator.") },
  [KOUAN_ASK_ERROR_LOCAL]
  = { N_ ("The request could not be written"), N_ ("See whether the disk is full or broken.") },
  [KOUAN_ASK_ERROR_CANCELLED] = { N_ ("The hub does not answer"), N_ ("Ask the hub once more.") },
};

const char *
kouan_setup_ask_trouble (KouanAskError code)
{
  g_return_val_if_fail ((guint)code < G_N_ELEMENTS (ask_words), NULL);

  return ask_words[code].trouble;
}

const char *
kouan_setup_ask_remedy (KouanAskError code)
{
  g_return_val_if_fail ((guint)code < G_N_ELEMENTS (ask_words), NULL);

  return ask_words[code].remedy;
}

static gboolean
say (Store *store, KouanClock *clock, const char *action, const char *object, GError **error)
{
  return kouan_audit_append (store->db, kouan_clock_wall_s (clock), "technician", "", action,
                             object, "ok", error);
}

static gboolean
close_until_tested (Store *store, KouanClock *clock, GError **error)
{
  GError *local = NULL;
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (store->db, &local);

  return (transaction != NULL
          && kouan_settings_set (store->db, SETTING_STAGE, STAGE_TESTING, &local)
          && kouan_settings_set (store->db, SETTING_REASON, REASON, &local)
          && say (store, clock, "setup.enrolled", "", &local)
          && kouan_transaction_commit (g_steal_pointer (&transaction), &local))
         || fail_store (local, error);
}

static GBytes *
read_bundle (const char *path, GError **error)
{
  GStatBuf status;
  g_autoptr (GError) local = NULL;
  char *contents;
  gsize size;

  if (g_stat (path, &status) == 0 && status.st_size > BUNDLE_SIZE_MAX)
    {
      g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED,
                   "%s: larger than any bundle", path);
      return NULL;
    }
  if (g_file_get_contents (path, &contents, &size, &local))
    return g_bytes_new_take (contents, size);
  g_set_error_literal (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MISSING, local->message);
  return NULL;
}

/**
 * kouan_setup_install:
 * @bundle: the file that the hub has answered with
 * @hub_expected: (nullable): the fingerprint that the hub shows
 * @hub: (out): whose bundle it is
 *
 * Afterwards the folder is a kiosk, out of service. One that serves already stays as it is: a new
 * bundle only renews what it brings.
 */
gboolean
kouan_setup_install (const char *folder,
                     const char *bundle,
                     const char *hub_expected,
                     KouanClock *clock,
                     char **hub,
                     guint *kiosk_id,
                     GError **error)
{
  gboolean is_new = !is_there (folder, KOUAN_STATION_CONFIG);
  g_autoptr (GBytes) contents = read_bundle (bundle, error);
  g_autofree char *fetched = kouan_setup_fetched (folder);
  g_auto (Store) store = { 0 };

  if (contents == NULL
      || !kouan_station_install (folder, contents, hub_expected, hub, kiosk_id, error))
    return FALSE;
  kouan_ask_forget (folder);
  g_unlink (fetched);
  return !is_new
         || (open_store (&store, folder, clock, error)
             && close_until_tested (&store, clock, error));
}

/**
 * kouan_setup_choose:
 * @name: "station.profile", "devices.camera", …
 *
 * Changes kouan.conf and writes down that it was changed, not to what: a source may name a person.
 */
gboolean
kouan_setup_choose (
  const char *folder, const char *name, const char *value, KouanClock *clock, GError **error)
{
  g_autoptr (GHashTable) changes = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (Store) store = { 0 };
  GError *local = NULL;

  g_hash_table_insert (changes, (gpointer)name, (gpointer)value);
  return kouan_station_set_values (folder, changes, error)
         && open_store (&store, folder, clock, error)
         && (say (&store, clock, "setup.changed", name, &local) || fail_store (local, error));
}

/**
 * kouan_setup_go_live:
 * @findings: (element-type KouanFinding): of the whole machine, just now
 *
 * Returns: FALSE with MALFORMED if the machine is not fit to serve, naming the first thing
 */
gboolean
kouan_setup_go_live (const char *folder, GPtrArray *findings, KouanClock *clock, GError **error)
{
  g_autoptr (KouanTransaction) transaction = NULL;
  g_auto (Store) store = { 0 };
  GError *local = NULL;

  for (guint i = 0; i < findings->len; i++)
    {
      const KouanFinding *finding = findings->pdata[i];
      g_autofree char *what = kouan_finding_fill (finding, finding->what);

      if (finding->health != KOUAN_HEALTH_BAD)
        continue;
      g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED, "%s: %s", finding->id,
                   what);
      return FALSE;
    }
  if (!open_store (&store, folder, clock, error))
    return FALSE;
  transaction = kouan_transaction_begin (store.db, &local);
  return (transaction != NULL && kouan_settings_set (store.db, SETTING_STAGE, NULL, &local)
          && kouan_settings_set (store.db, SETTING_REASON, NULL, &local)
          && say (&store, clock, "setup.live", "", &local)
          && kouan_transaction_commit (g_steal_pointer (&transaction), &local))
         || fail_store (local, error);
}
