/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include "app/audit/check.h"
#include "app/audit/export.h"
#include "app/ctl/fields.h"
#include "app/ctl/store.h"
#include "db/kiosk/audit.h"

#include <string.h>

/* kouanctl audit: who did what on this kiosk, whether somebody has been at the log, and the log as
 * a signed file, which can be checked anywhere. */

#define LIST_PAGE 500

typedef struct
{
  char *station, *out, *file, *identity, *anchors, *kiosk_key, *hub_key;
  char *from, *to, *role, *who, *action, *object, *result, *text;
  gint64 after;
  int newest;
} Options;

static void
options_clear (Options *options)
{
  char **const texts[]
    = { &options->station, &options->out,     &options->file,      &options->identity,
        &options->anchors, &options->hub_key, &options->kiosk_key, &options->from,
        &options->to,      &options->role,    &options->who,       &options->action,
        &options->object,  &options->result,  &options->text };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
print_entry (const KouanAuditEntry *entry)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  kouan_ctl_add_int (line, "sequence", entry->sequence);
  kouan_ctl_add_time (line, "time", entry->wall_s);
  kouan_ctl_add_text (line, "role", entry->role);
  kouan_ctl_add_text (line, "who", entry->who);
  kouan_ctl_add_text (line, "action", entry->action);
  kouan_ctl_add_text (line, "object", entry->object);
  kouan_ctl_add_text (line, "result", entry->result);
  kouan_ctl_add_text (line, "reason", entry->reason);
  kouan_ctl_add_text (line, "clock", *entry->clock != '\0' ? entry->clock : NULL);
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

static KouanExit
show_all (KouanDatabase *db, gint64 after)
{
  g_autoptr (GError) error = NULL;
  guint count;

  do
    {
      g_autoptr (GPtrArray) entries = kouan_audit_list (db, after, LIST_PAGE, &error);

      if (entries == NULL)
        return kouan_ctl_failed (error);
      count = entries->len;
      for (guint i = 0; i < count; i++)
        {
          print_entry (entries->pdata[i]);
          after = ((KouanAuditEntry *)entries->pdata[i])->sequence;
        }
    }
  while (count == LIST_PAGE);
  return KOUAN_EXIT_OK;
}

/* "2026-11-27" or "2026-11-27T14:00", by this machine's clock. @next: the day after it */
static gboolean
parse_time (const char *text, gboolean next, gint64 *seconds)
{
  g_autofree char *full = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) end = NULL;
  gboolean day;

  if (text == NULL)
    return TRUE;
  day = strchr (text, 'T') == NULL;
  full = day ? g_strconcat (text, "T00:00:00", NULL) : g_strdup (text);
  if (!day && strlen (text) == strlen ("2026-11-27T14:00"))
    {
      g_free (full);
      full = g_strconcat (text, ":00", NULL);
    }
  time = g_date_time_new_from_iso8601 (full, zone);
  if (time == NULL)
    return FALSE;
  end = day && next ? g_date_time_add_days (time, 1) : g_date_time_ref (time);
  *seconds = g_date_time_to_unix (end);
  return TRUE;
}

static gboolean
is_search (const Options *options)
{
  return options->newest > 0 || options->from != NULL || options->to != NULL
         || options->role != NULL || options->who != NULL || options->action != NULL
         || options->object != NULL || options->result != NULL || options->text != NULL;
}

static KouanExit
search (KouanDatabase *db, const Options *options)
{
  KouanAuditFilter filter = { .role = options->role,
                              .who = options->who,
                              .action = options->action,
                              .object = options->object,
                              .result = options->result,
                              .text = options->text,
                              .limit = LIST_PAGE };
  gint64 left = options->newest > 0 ? options->newest : G_MAXINT64;

  if (!parse_time (options->from, FALSE, &filter.from_s)
      || !parse_time (options->to, TRUE, &filter.to_s))
    return kouan_ctl_usage ("audit: --from and --to take a day or a time: 2026-11-27, "
                            "2026-11-27T14:00");
  while (left > 0)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) entries = kouan_audit_search (db, &filter, &error);

      if (entries == NULL)
        return kouan_ctl_failed (error);
      for (guint i = 0; i < entries->len && left > 0; i++, left--)
        {
          const KouanAuditEntry *entry = entries->pdata[i];

          if (entry->sequence <= options->after)
            return KOUAN_EXIT_OK;
          print_entry (entry);
          filter.before = entry->sequence;
        }
      if (entries->len < LIST_PAGE)
        break;
    }
  return KOUAN_EXIT_OK;
}

static KouanExit
print_verdict (JsonBuilder *line, const KouanAuditVerdict *verdict)
{
  gboolean whole = verdict->fault == KOUAN_AUDIT_FAULT_NONE;

  kouan_ctl_add_bool (line, "whole", whole);
  kouan_ctl_add_int (line, "entries", verdict->entries);
  if (!whole)
    {
      kouan_ctl_add_int (line, "broken_at", verdict->broken_at);
      kouan_ctl_add_text (line, "fault", kouan_audit_fault_to_string (verdict->fault));
      kouan_ctl_add_text (line, "what", kouan_audit_fault_describe (verdict->fault));
    }
  kouan_ctl_add_int (line, "sealed", verdict->sealed);
  kouan_ctl_add_int (line, "proven", verdict->proven);
  kouan_ctl_add_int (line, "anchored", verdict->anchored);
  kouan_ctl_add_time (line, "anchored_at", verdict->anchored_s);
  if (verdict->resealed_at > 0)
    kouan_ctl_add_int (line, "resealed_at", verdict->resealed_at);
  if (verdict->set_backs > 0)
    {
      kouan_ctl_add_int (line, "clock_set_back", verdict->set_backs);
      kouan_ctl_add_int (line, "clock_set_back_at", verdict->set_back_at);
    }
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return whole ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

static gboolean
load_identity (const Options *options, KouanAgeIdentity **identity, GError **error)
{
  *identity = options->identity != NULL ? kouan_age_identity_load (options->identity, error) : NULL;
  return options->identity == NULL || *identity != NULL;
}

static KouanExit
verify_station (KouanCtlStore *store, const Options *options)
{
  g_autoptr (KouanAgeIdentity) identity = NULL;
  g_autoptr (GError) error = NULL;
  KouanAuditVerdict verdict;

  if (!load_identity (options, &identity, &error)
      || !kouan_audit_check (store->db, store->station, identity, &verdict, &error))
    return kouan_ctl_failed (error);
  return print_verdict (json_builder_begin_object (json_builder_new ()), &verdict);
}

/* What "kouan-hub audit" prints: the hub's words, a JSON object a line. */
static gboolean
load_anchors (const char *path, GPtrArray *anchors, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new_immutable ();
      JsonNode *root;
      const char *anchor = NULL;
      guchar *data;
      gsize size;

      if (*lines[i] == '\0')
        continue;
      if (!json_parser_load_from_data (parser, lines[i], -1, error))
        return FALSE;
      root = json_parser_get_root (parser);
      if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
        anchor = json_object_get_string_member_with_default (json_node_get_object (root), "anchor",
                                                             NULL);
      if (anchor == NULL)
        continue;
      data = g_base64_decode (anchor, &size);
      g_ptr_array_add (anchors, g_bytes_new_take (data, size));
    }
  return TRUE;
}

static gboolean
add_key (
  KouanKeyring *keyring, const char *path, KouanPurpose purpose, const char *label, GError **error)
{
  g_autoptr (KouanVerifyingKey) key = NULL;

  if (path == NULL)
    return TRUE;
  key = kouan_verifying_key_load (path, error);
  if (key != NULL)
    kouan_keyring_add (keyring, key, purpose, label);
  return key != NULL;
}

/* Returns: (transfer full): the keys that were named, or the station's */
static KouanKeyring *
load_keyring (const Options *options, GError **error)
{
  g_autoptr (KouanKeyring) keyring = NULL;
  g_autoptr (KouanStation) station = NULL;

  if (options->station != NULL)
    {
      station = kouan_station_load (options->station, error);
      return station != NULL ? kouan_keyring_ref (kouan_station_get_keyring (station)) : NULL;
    }
  keyring = kouan_keyring_new ();
  if (!add_key (keyring, options->kiosk_key, KOUAN_PURPOSE_RECORD, "the kiosk", error)
      || !add_key (keyring, options->hub_key, KOUAN_PURPOSE_HUB_RECEIPT, "the hub", error))
    return NULL;
  return g_steal_pointer (&keyring);
}

static KouanExit
verify_file (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanKeyring) keyring = load_keyring (options, &error);
  g_autoptr (KouanAgeIdentity) identity = NULL;
  g_autoptr (GPtrArray) anchors = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  KouanAuditReader reader = { .anchors = anchors };
  KouanAuditExport about;
  KouanAuditVerdict verdict;
  JsonBuilder *line;

  if (keyring == NULL || !load_identity (options, &identity, &error)
      || !load_anchors (options->anchors, anchors, &error))
    return kouan_ctl_failed (error);
  reader.keyring = keyring;
  reader.identity = identity;
  if (!kouan_audit_export_verify (options->file, &reader, &about, &verdict, &error))
    {
      kouan_ctl_failed (error);
      return g_error_matches (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO) ? KOUAN_EXIT_FAILED
                                                                                : KOUAN_EXIT_NO;
    }
  line = json_builder_begin_object (json_builder_new ());
  kouan_ctl_add_int (line, "kiosk", about.kiosk_id);
  kouan_ctl_add_hex (line, "log", about.log_id, sizeof about.log_id);
  kouan_ctl_add_time (line, "exported", about.exported_s);
  return print_verdict (line, &verdict);
}

static KouanExit export(KouanCtlStore *store, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) line = NULL;
  gint64 entries;

  if (options->out == NULL)
    return kouan_ctl_usage ("audit: export --station DIR --out FILE");
  if (!kouan_audit_export (store->db, store->station, kouan_clock_wall_s (store->clock),
                           options->out, &entries, &error))
    return kouan_ctl_failed (error);
  line = json_builder_begin_object (json_builder_new ());
  kouan_ctl_add_text (line, "file", options->out);
  kouan_ctl_add_int (line, "entries", entries);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return KOUAN_EXIT_OK;
}

static KouanExit
run (const char *word, const Options *options)
{
  g_auto (KouanCtlStore) store = { 0 };
  g_autoptr (GError) error = NULL;

  if (g_str_equal (word, "verify") && options->file != NULL)
    return verify_file (options);
  if (options->station == NULL)
    return kouan_ctl_usage ("audit: --station DIR is needed");
  if (!kouan_ctl_store_open (&store, options->station, FALSE, &error))
    return kouan_ctl_failed (error);
  if (g_str_equal (word, "verify"))
    return verify_station (&store, options);
  if (g_str_equal (word, "export"))
    return export(&store, options);
  return is_search (options) ? search (store.db, options) : show_all (store.db, options->after);
}

static gboolean
parse (Options *self, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "station", 0, 0, G_OPTION_ARG_FILENAME, &self->station, "The kiosk's folder", "DIR" },
    { "after", 0, 0, G_OPTION_ARG_INT64, &self->after, "show: what follows this entry", "N" },
    { "newest", 0, 0, G_OPTION_ARG_INT, &self->newest, "show: the last N, newest first", "N" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &self->from, "show: from this day or time on", "TIME" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &self->to, "show: up to this day or time", "TIME" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &self->role, "show: of this role", "ROLE" },
    { "who", 0, 0, G_OPTION_ARG_STRING, &self->who, "show: of this member of staff", "ID" },
    { "action", 0, 0, G_OPTION_ARG_STRING, &self->action, "show: actions that begin so", "WORD" },
    { "object", 0, 0, G_OPTION_ARG_STRING, &self->object, "show: about this object", "ID" },
    { "result", 0, 0, G_OPTION_ARG_STRING, &self->result, "show: with this result", "WORD" },
    { "text", 0, 0, G_OPTION_ARG_STRING, &self->text, "show: with this in any field", "TEXT" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &self->out, "export: where to write it", "FILE" },
    { "file", 0, 0, G_OPTION_ARG_FILENAME, &self->file, "verify: an exported log", "FILE" },
    { "identity", 0, 0, G_OPTION_ARG_FILENAME, &self->identity,
      "verify: the hub's or the escrow's age key: every tag is checked too", "FILE" },
    { "anchors", 0, 0, G_OPTION_ARG_FILENAME, &self->anchors,
      "verify: what \"kouan-hub audit\" prints of this kiosk", "FILE" },
    { "kiosk", 0, 0, G_OPTION_ARG_FILENAME, &self->kiosk_key, "verify: the kiosk's key", "PEM" },
    { "hub", 0, 0, G_OPTION_ARG_FILENAME, &self->hub_key, "verify: the hub's receipt key", "PEM" },
    G_OPTION_ENTRY_NULL
  };

  return kouan_ctl_parse ("audit", entries, argc, argv);
}

KouanExit
kouan_ctl_audit (int argc, char **argv)
{
  g_auto (Options) options = { 0 };

  if (!parse (&options, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc == 2
      && (g_str_equal (argv[1], "show") || g_str_equal (argv[1], "verify")
          || g_str_equal (argv[1], "export")))
    return run (argv[1], &options);
  return kouan_ctl_usage ("audit: show|verify --station DIR, export --station DIR --out FILE, or "
                          "verify --file FILE (--station DIR | --kiosk PEM --hub PEM)");
}
