/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/catalogue/catalogue.h"
#include "app/catalogue/check.h"
#include "app/clock/date.h"
#include "app/ctl/catalogue-simulate.h"
#include "app/ctl/ctl.h"
#include "app/language/language.h"

/* kouanctl catalogue: check explains every fault of a folder of services, sign makes it fit for
 * kiosks, simulate says what one person's answers come to. */

typedef struct
{
  char *today;
  char *key;
  char *trust;
  char *languages;
  char *language;
  char *calendar;
  char *messages;
  gint64 version;
  char **folders;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->today);
  g_free (options->key);
  g_free (options->trust);
  g_free (options->languages);
  g_free (options->language);
  g_free (options->calendar);
  g_free (options->messages);
  g_strfreev (options->folders);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
print_fault (const KouanFault *fault)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "severity", fault->warning ? "warning" : "error");
  add_string (builder, "fault", kouan_fault_id (fault->kind));
  add_string (builder, "file", fault->file);
  add_string (builder, "path", fault->path);
  add_string (builder, "what", fault->what);
  add_string (builder, "remedy", fault->remedy);
  json_builder_end_object (builder);
  kouan_ctl_print (builder);
}

static guint
print_faults (GPtrArray *faults)
{
  guint errors = 0;

  for (guint i = 0; i < faults->len; i++)
    {
      const KouanFault *fault = faults->pdata[i];

      print_fault (fault);
      errors += !fault->warning;
    }
  return errors;
}

static gboolean
choose_today (const Options *options, GDate *today)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();

  if (options->today != NULL)
    return kouan_date_parse (options->today, today);
  kouan_date_today (clock, today);
  return TRUE;
}

/* Returns: (transfer full): what the hall speaks: all that the kiosk does, if nothing is said */
static char **
choose_languages (const Options *options)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (options->languages != NULL)
    return g_strsplit (options->languages, ",", -1);
  for (guint i = 0; kouan_language_nth (i) != NULL; i++)
    g_strv_builder_add (builder, kouan_language_nth (i)->code);
  return g_strv_builder_end (builder);
}

/* Also as a kiosk would: the signature and each file's digest. */
static KouanExit
check_signature (const char *folder, const char *trust)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanKeyring) keyring = kouan_keyring_new ();
  g_autoptr (KouanVerifyingKey) key = kouan_verifying_key_load (trust, &error);
  g_autoptr (KouanCatalogue) catalogue = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (key == NULL)
    return kouan_ctl_failed (error);
  kouan_keyring_add (keyring, key, KOUAN_PURPOSE_CATALOGUE, trust);
  catalogue = kouan_catalogue_load (folder, keyring, 0, &error);
  if (catalogue == NULL)
    {
      kouan_ctl_failed (error);
      return KOUAN_EXIT_NO;
    }
  json_builder_begin_object (builder);
  add_string (builder, "signature", "fits");
  add_number (builder, "version", (gint64)kouan_catalogue_get_version (catalogue));
  add_number (builder, "issued_s", kouan_catalogue_get_issued_s (catalogue));
  json_builder_end_object (builder);
  kouan_ctl_print (builder);
  return KOUAN_EXIT_OK;
}

/* Prints every fault and a summary. Returns: OK if there is no error. */
static KouanExit
check_folder (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  g_auto (GStrv) languages = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint services = 0, errors;
  GDate today;

  if (!choose_today (options, &today))
    return kouan_ctl_usage ("--today: a day such as 2026-05-03");
  languages = choose_languages (options);
  faults = kouan_catalogue_check (options->folders[0], &today, (const char *const *)languages,
                                  &services, &error);
  if (faults == NULL)
    return kouan_ctl_failed (error);
  errors = print_faults (faults);
  json_builder_begin_object (builder);
  add_string (builder, "folder", options->folders[0]);
  add_number (builder, "services", services);
  add_number (builder, "errors", errors);
  add_number (builder, "warnings", faults->len - errors);
  json_builder_end_object (builder);
  kouan_ctl_print (builder);
  return errors == 0 ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

static KouanExit
run_check (const Options *options)
{
  KouanExit result = check_folder (options);
  KouanExit signature;

  if (options->trust == NULL || result > KOUAN_EXIT_NO)
    return result;
  signature = check_signature (options->folders[0], options->trust);
  return MAX (result, signature);
}

/* Nothing with an error is signed: a kiosk would refuse all of it. */
static KouanExit
run_sign (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanSigningKey) key = NULL;
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  KouanExit checked;

  if (options->key == NULL || options->version < 1)
    return kouan_ctl_usage ("catalogue sign FOLDER --key PEM --version N, N from 1");
  checked = check_folder (options);
  if (checked != KOUAN_EXIT_OK)
    return checked;
  key = kouan_signing_key_load (options->key, &error);
  if (key == NULL
      || !kouan_catalogue_sign (options->folders[0], key, (guint64)options->version,
                                kouan_clock_wall_s (clock), &error))
    return kouan_ctl_failed (error);
  json_builder_begin_object (builder);
  add_string (builder, "signed", KOUAN_CATALOGUE_INDEX);
  add_number (builder, "version", options->version);
  json_builder_end_object (builder);
  kouan_ctl_print (builder);
  return KOUAN_EXIT_OK;
}

static KouanExit
run_simulate (const Options *options)
{
  if (options->messages != NULL)
    kouan_language_init (options->messages);
  return kouan_ctl_catalogue_simulate (options->folders[0], options->folders[1],
                                       options->language != NULL ? options->language : "en",
                                       options->calendar);
}

static const struct
{
  const char *verb;
  guint n_words;
  KouanExit (*run) (const Options *options);
} verbs[] = {
  { "check", 1, run_check },
  { "sign", 1, run_sign },
  { "simulate", 2, run_simulate },
};

#define USAGE                                                                                      \
  "catalogue check FOLDER [--today DATE] [--languages LIST] [--trust PEM] | "                      \
  "sign FOLDER --key PEM --version N | simulate FOLDER ANSWERS.json [--language TAG] "             \
  "[--messages DIR] [--calendar FILE]"

static KouanExit
run (const char *verb, const Options *options)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].verb, verb))
      return options->folders != NULL && g_strv_length (options->folders) == verbs[i].n_words
               ? verbs[i].run (options)
               : kouan_ctl_usage (USAGE);
  return kouan_ctl_usage (USAGE);
}

KouanExit
kouan_ctl_catalogue (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "today", 0, 0, G_OPTION_ARG_STRING, &options.today, "The day that rules are due against",
      "DATE" },
    { "languages", 0, 0, G_OPTION_ARG_STRING, &options.languages,
      "What the hall speaks, in place of all that the kiosk does", "TAG,TAG…" },
    { "trust", 0, 0, G_OPTION_ARG_FILENAME, &options.trust, "Whose signature has to be on it",
      "PEM" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &options.key, "The key to sign with", "PEM" },
    { "version", 0, 0, G_OPTION_ARG_INT64, &options.version, "Higher than any before", "N" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language, "What simulate answers in", "TAG" },
    { "calendar", 0, 0, G_OPTION_ARG_FILENAME, &options.calendar,
      "Where simulate puts the last days, as a calendar file", "FILE" },
    { "messages", 0, 0, G_OPTION_ARG_FILENAME, &options.messages,
      "Where the program's own words are translated; without it they are English", "DIR" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.folders, NULL, "FOLDER" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  const char *verb = argc > 1 ? argv[1] : "";

  if (argc > 1)
    {
      argc--;
      argv++;
    }
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return kouan_ctl_usage ("%s", error->message);
  return run (verb, &options);
}
