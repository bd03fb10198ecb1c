/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/ctl.h"
#include "app/ctl/fields.h"
#include "app/ctl/store.h"
#include "app/trust/import.h"
#include "db/kiosk/audit.h"

#include <string.h>

/* kouanctl trust: import brings in master lists, authorities' certificates and revocation lists,
 * list shows whose signatures on chips count here, and how old that knowledge is, export writes it
 * down for a hub to hand out. */

#define DAY_S (24 * 60 * 60)

typedef struct
{
  char *station;
  char *country;
  char *anchor;
  char *because;
  char **files;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->station);
  g_free (options->country);
  g_free (options->anchor);
  g_free (options->because);
  g_strfreev (options->files);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

typedef struct
{
  const char *id;
  const char *remedy;
} Refusal;

static const Refusal refusals[] = {
  [KOUAN_TRUST_ERROR_MALFORMED]
  = { "malformed", "Bring a master list (.ml), an authority's certificate or its revocation list" },
  [KOUAN_TRUST_ERROR_UNTRUSTED]
  = { "untrusted",
      "Compare the authority's fingerprint with what that country publishes, then name "
      "it: --anchor FINGERPRINT" },
  [KOUAN_TRUST_ERROR_OLDER]
  = { "older", "Bring the newest list. To go back all the same, say why: --because TEXT" },
  [KOUAN_TRUST_ERROR_FULL] = { "full", "Start a new trust list" },
  [KOUAN_TRUST_ERROR_IO] = { "io", "Look at the disk" },
};

static void
add_import (JsonBuilder *line, const KouanTrustImport *import)
{
  kouan_ctl_add_text (line, "kind", kouan_trust_kind_id (import->kind));
  kouan_ctl_add_text (line, "country", import->country);
  kouan_ctl_add_text (line, "vouched", kouan_vouched_id (import->vouched));
  kouan_ctl_add_text (line, "signer", import->signer);
  kouan_ctl_add_hex (line, "authority", import->authority, sizeof import->authority);
  kouan_ctl_add_time (line, "signed", import->signed_s);
  kouan_ctl_add_int (line, "certificates", import->certificates);
  kouan_ctl_add_int (line, "unread", import->unread);
  kouan_ctl_add_int (line, "added", import->added);
  kouan_ctl_add_int (line, "removed", import->removed);
}

static KouanExit
print_refused (JsonBuilder *line, const KouanTrustImport *import, const GError *error)
{
  static const guint8 nobody[KOUAN_SHA256_SIZE];
  const Refusal *refusal = &refusals[error->code];

  kouan_ctl_add_text (line, "error", refusal->id);
  kouan_ctl_add_text (line, "reason", error->message);
  kouan_ctl_add_text (line, "remedy", refusal->remedy);
  if (memcmp (import->authority, nobody, sizeof nobody) != 0)
    kouan_ctl_add_hex (line, "authority", import->authority, sizeof import->authority);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return error->code == KOUAN_TRUST_ERROR_IO ? KOUAN_EXIT_FAILED : KOUAN_EXIT_NO;
}

typedef struct
{
  KouanStation *station;
  KouanDatabase *db;
  KouanTrustList *list;
  char *path;
  KouanTrustPlan plan;
} Work;

/* Whose signatures count is the kind of change that is asked about years later. */
static gboolean
write_down (const Work *work, const KouanTrustImport *import, GError **error)
{
  const KouanAuditEvent event = { .wall_s = work->plan.now_s,
                                  .role = "technician",
                                  .who = "",
                                  .action = "trust.imported",
                                  .object = import->country,
                                  .result = kouan_trust_kind_id (import->kind),
                                  .reason = work->plan.because != NULL ? work->plan.because : "" };

  return kouan_audit_write (work->db, &event, error);
}

static KouanExit
import_file (Work *work, const char *name)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  g_auto (KouanTrustImport) import = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;
  char *contents;
  gsize size;

  if (!g_file_get_contents (name, &contents, &size, &error))
    return kouan_ctl_failed (error);
  file = g_bytes_new_take (contents, size);
  kouan_ctl_add_text (line, "file", name);
  if (!kouan_trust_list_import (work->list, file, &work->plan, &import, &error)
      || !kouan_trust_list_save (work->list, work->path,
                                 kouan_station_get_signing_key (work->station), &error))
    return print_refused (line, &import, error);
  if (!write_down (work, &import, &error))
    return kouan_ctl_failed (error);
  add_import (line, &import);
  kouan_ctl_add_int (line, "version", (gint64)kouan_trust_list_get_version (work->list));
  json_builder_end_object (line);
  kouan_ctl_print (line);
  if (import.vouched == KOUAN_VOUCHED_ITSELF)
    g_printerr ("kouanctl: this is the first list, and it vouches for itself: compare the "
                "fingerprint of its authority with what that country publishes\n");
  return KOUAN_EXIT_OK;
}

static KouanExit
import_files (Work *work, char *const *files)
{
  g_autoptr (KouanStationLock) lock
    = kouan_station_lock (work->station, KOUAN_STATION_LOCK_TRUST, FALSE, TRUE);
  g_autoptr (GError) error = NULL;
  KouanExit worst = KOUAN_EXIT_OK;

  if (lock == NULL)
    {
      g_printerr ("kouanctl: the station's folder cannot be written\n");
      return KOUAN_EXIT_FAILED;
    }
  work->list
    = kouan_trust_list_load (work->path, kouan_station_get_keyring (work->station), &error);
  if (work->list == NULL)
    return kouan_ctl_failed (error);
  for (guint i = 0; files[i] != NULL; i++)
    {
      KouanExit answer = import_file (work, files[i]);

      worst = MAX (worst, answer);
    }
  kouan_trust_list_unref (work->list);
  return worst;
}

static KouanExit
run_import (const Options *options, KouanStation *station)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autofree char *path = kouan_station_path (station, KOUAN_STATION_TRUST_LIST);
  g_auto (KouanCtlStore) store = { 0 };
  g_autoptr (GError) error = NULL;
  guint8 anchor[KOUAN_SHA256_SIZE];
  Work work
    = { station,
        NULL,
        NULL,
        path,
        { kouan_clock_wall_s (clock), options->anchor != NULL ? anchor : NULL, options->because } };

  if (options->files == NULL)
    return kouan_ctl_usage ("trust import: which file?");
  if (options->because != NULL && !kouan_audit_is_reason (options->because))
    g_printerr ("kouanctl: the reason stands beside the list and not in the audit, which takes "
                "small letters alone, and numbers of less than six digits\n");
  if (options->anchor != NULL)
    {
      g_autofree char *lower = g_ascii_strdown (options->anchor, -1);

      if (!kouan_unhex (lower, anchor, sizeof anchor))
        return kouan_ctl_usage ("--anchor: the SHA-256 fingerprint of a certificate, 64 "
                                "hexadecimal digits");
    }
  if (!kouan_ctl_store_open (&store, options->station, TRUE, &error))
    return kouan_ctl_failed (error);
  work.db = store.db;
  return import_files (&work, options->files);
}

/* The content alone, for the hub to sign: our own signature would mean nothing elsewhere. */
static KouanExit
run_export (const Options *options, KouanStation *station)
{
  g_autofree char *path = kouan_station_path (station, KOUAN_STATION_TRUST_LIST);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTrustList) list
    = kouan_trust_list_load (path, kouan_station_get_keyring (station), &error);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (JsonBuilder) line = NULL;

  if (options->files == NULL || options->files[1] != NULL)
    return kouan_ctl_usage ("trust export: into which file?");
  if (list == NULL)
    return kouan_ctl_failed (error);
  content = kouan_trust_list_encode (list);
  if (!g_file_set_contents (options->files[0], g_bytes_get_data (content, NULL),
                            (gssize)g_bytes_get_size (content), &error))
    return kouan_ctl_failed (error);
  line = json_builder_begin_object (json_builder_new ());
  kouan_ctl_add_text (line, "file", options->files[0]);
  kouan_ctl_add_int (line, "certificates", kouan_trust_list_get_entries (list)->len);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return kouan_trust_list_get_entries (list)->len > 0 ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

static void
print_entry (const KouanTrustEntry *entry)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  gsize size;
  const guint8 *der = g_bytes_get_data (entry->der, &size);
  g_autoptr (KouanCertificate) certificate = kouan_certificate_parse (der, size, NULL);
  g_autofree char *key = certificate != NULL ? kouan_certificate_describe_key (certificate) : NULL;

  kouan_ctl_add_text (line, "country", entry->country);
  kouan_ctl_add_text (line, "subject",
                      certificate != NULL ? kouan_certificate_get_subject (certificate) : NULL);
  kouan_ctl_add_hex (line, "fingerprint", entry->fingerprint, sizeof entry->fingerprint);
  kouan_ctl_add_time (line, "until", entry->not_after_s);
  kouan_ctl_add_text (line, "key", key);
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

static void
add_sources (JsonBuilder *line, GPtrArray *sources)
{
  json_builder_set_member_name (line, "sources");
  json_builder_begin_array (line);
  for (guint i = 0; i < sources->len; i++)
    {
      const KouanTrustSource *source = sources->pdata[i];

      json_builder_begin_object (line);
      kouan_ctl_add_text (line, "country", source->country);
      kouan_ctl_add_time (line, "signed", source->signed_s);
      kouan_ctl_add_time (line, "imported", source->imported_s);
      kouan_ctl_add_int (line, "certificates", source->count);
      kouan_ctl_add_hex (line, "authority", source->authority, sizeof source->authority);
      kouan_ctl_add_text (line, "because", source->because);
      json_builder_end_object (line);
    }
  json_builder_end_array (line);
}

static void
print_summary (KouanTrustList *list, guint shown)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  gint64 signed_s = kouan_trust_list_get_signed_s (list);

  kouan_ctl_add_int (line, "version", (gint64)kouan_trust_list_get_version (list));
  kouan_ctl_add_time (line, "signed", signed_s);
  if (signed_s != 0)
    kouan_ctl_add_int (line, "age_days", (kouan_clock_wall_s (clock) - signed_s) / DAY_S);
  kouan_ctl_add_int (line, "certificates", kouan_trust_list_get_entries (list)->len);
  kouan_ctl_add_int (line, "shown", shown);
  kouan_ctl_add_int (line, "revocation_lists", kouan_trust_list_get_revocations (list)->len);
  add_sources (line, kouan_trust_list_get_sources (list));
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

static KouanExit
run_list (const Options *options, KouanStation *station)
{
  g_autofree char *path = kouan_station_path (station, KOUAN_STATION_TRUST_LIST);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTrustList) list
    = kouan_trust_list_load (path, kouan_station_get_keyring (station), &error);
  GPtrArray *entries;
  guint shown = 0;

  if (list == NULL)
    return kouan_ctl_failed (error);
  entries = kouan_trust_list_get_entries (list);
  for (guint i = 0; i < entries->len; i++)
    {
      const KouanTrustEntry *entry = entries->pdata[i];

      if (options->country != NULL && g_ascii_strcasecmp (options->country, entry->country) != 0)
        continue;
      print_entry (entry);
      shown++;
    }
  print_summary (list, shown);
  return shown > 0 ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

/* kouanctl trust import FILE… --station DIR [--anchor FINGERPRINT] [--because TEXT]
 *                export FILE --station DIR
 *                list --station DIR [--country CC] */
KouanExit
kouan_ctl_trust (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "station", 0, 0, G_OPTION_ARG_FILENAME, &options.station, "The kiosk's folder", "DIR" },
    { "country", 0, 0, G_OPTION_ARG_STRING, &options.country, "Only this one's", "CC" },
    { "anchor", 0, 0, G_OPTION_ARG_STRING, &options.anchor,
      "SHA-256 of the authority that vouches for a master list", "FINGERPRINT" },
    { "because", 0, 0, G_OPTION_ARG_STRING, &options.because,
      "Why an older list may replace a newer one", "TEXT" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.files, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  const char *verb = argc > 1 ? argv[1] : "";
  g_autoptr (KouanStation) station = NULL;
  g_autoptr (GError) error = NULL;
  gboolean import = g_str_equal (verb, "import"), export = g_str_equal (verb, "export");

  if (!import && !export && !g_str_equal (verb, "list"))
    return kouan_ctl_usage ("trust import FILE… --station DIR | trust export FILE --station DIR | "
                            "trust list --station DIR");
  argc--;
  argv++;
  if (!kouan_ctl_parse ("trust", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (options.station == NULL)
    return kouan_ctl_usage ("trust %s: --station DIR, the kiosk's folder", verb);
  station = kouan_station_load (options.station, &error);
  if (station == NULL)
    return kouan_ctl_failed (error);
  if (export)
    return run_export (&options, station);
  return import ? run_import (&options, station) : run_list (&options, station);
}
