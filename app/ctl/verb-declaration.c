/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/catalogue/catalogue.h"
#include "app/catalogue/estimate.h"
#include "app/clock/clock.h"
#include "app/ctl/ctl.h"
#include "app/ctl/fields.h"
#include "app/ctl/store.h"
#include "app/record/declaration.h"
#include "app/station/station.h"

/* kouanctl declaration verify: the code that a traveller shows to an officer, read without a
 * network. With a catalogue it says in words what it comes to. */

typedef struct
{
  char *station;
  char *kiosk;
  char *catalogue;
  char *language;
  gint64 now_s;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->station);
  g_free (options->kiosk);
  g_free (options->catalogue);
  g_free (options->language);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static KouanExit
refuse (const GError *error)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  const char *reason = "malformed";

  if (error->code == KOUAN_CRYPTO_ERROR_UNKNOWN_KEY)
    reason = "unknown-key";
  else if (error->code == KOUAN_CRYPTO_ERROR_FORGED)
    reason = "forged";
  kouan_ctl_failed (error);
  kouan_ctl_add_bool (line, "valid", FALSE);
  kouan_ctl_add_text (line, "reason", reason);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return KOUAN_EXIT_NO;
}

static void
add_travellers (JsonBuilder *line, const KouanDeclaration *declaration)
{
  json_builder_set_member_name (line, "travellers");
  json_builder_begin_array (line);
  for (guint i = 0; i < declaration->travellers_count; i++)
    {
      const KouanTraveller *traveller = &declaration->travellers[i];
      g_autofree char *birth
        = g_strdup_printf ("%04u-%02u-%02u", traveller->birth / 10000, traveller->birth / 100 % 100,
                           traveller->birth % 100);

      json_builder_begin_object (line);
      kouan_ctl_add_text (line, "nationality", traveller->nationality);
      kouan_ctl_add_text (line, "document_number", traveller->number);
      kouan_ctl_add_text (line, "birth_date", traveller->birth != 0 ? birth : NULL);
      json_builder_end_object (line);
    }
  json_builder_end_array (line);
}

/* By the names of the questions where the catalogue is at hand and is the one that was asked from.
 */
static void
add_answers (JsonBuilder *line, const KouanDeclaration *declaration, KouanService *service)
{
  GPtrArray *questions = service != NULL ? kouan_service_get_declared (service) : NULL;
  gboolean named = questions != NULL && questions->len == declaration->answers->len;

  json_builder_set_member_name (line, "answers");
  json_builder_begin_object (line);
  for (guint i = 0; i < declaration->answers->len; i++)
    {
      const char *answer = declaration->answers->pdata[i];
      g_autofree char *name = named ? g_strdup (kouan_question_get_id (questions->pdata[i]))
                                    : g_strdup_printf ("%u", i);

      kouan_ctl_add_text (line, name, *answer != '\0' ? answer : NULL);
    }
  json_builder_end_object (line);
}

static KouanExit
print_declaration (const KouanDeclaration *declaration,
                   KouanService *service,
                   const Options *options)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  gboolean counts = kouan_declaration_counts (declaration, options->now_s);
  KouanOutcome *outcome
    = service != NULL ? kouan_service_find_outcome_by_code (service, declaration->outcome) : NULL;

  kouan_ctl_add_bool (line, "valid", TRUE);
  kouan_ctl_add_bool (line, "counts_now", counts);
  kouan_ctl_add_text (line, "number", declaration->number);
  kouan_ctl_add_int (line, "hall", declaration->hall_id);
  kouan_ctl_add_int (line, "service", declaration->service);
  kouan_ctl_add_int (line, "outcome", declaration->outcome);
  if (outcome != NULL)
    {
      kouan_ctl_add_text (line, "outcome_id", kouan_outcome_get_id (outcome));
      kouan_ctl_add_text (
        line, "outcome_name",
        kouan_outcome_get_name (outcome, options->language != NULL ? options->language : "en"));
    }
  kouan_ctl_add_time (line, "time", declaration->time_s);
  kouan_ctl_add_time (line, "until",
                      declaration->time_s + (gint64)declaration->days * 24 * 60 * 60);
  add_travellers (line, declaration);
  add_answers (line, declaration, service);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return counts ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

static KouanExit
verify (const Options *options, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanKeyring) keyring = NULL;
  g_autoptr (KouanCatalogue) catalogue = NULL;
  g_auto (KouanDeclaration) declaration = { 0 };
  KouanService *service = NULL;

  keyring = kouan_ctl_load_keyring (options->station, options->kiosk, KOUAN_PURPOSE_SLIP, &error);
  if (keyring == NULL)
    return kouan_ctl_failed (error);
  if (options->catalogue != NULL)
    {
      catalogue = kouan_catalogue_load_unsigned (options->catalogue, &error);
      if (catalogue == NULL)
        return kouan_ctl_failed (error);
    }
  if (!kouan_declaration_verify (text, keyring, &declaration, &error))
    return refuse (error);
  if (catalogue != NULL)
    service = kouan_catalogue_find_by_code (catalogue, declaration.service);
  return print_declaration (&declaration, service, options);
}

KouanExit
kouan_ctl_declaration (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, &options.station,
          "A kiosk's folder: the keys it trusts", "DIR" },
        { "kiosk", 0, 0, G_OPTION_ARG_FILENAME, &options.kiosk, "One kiosk's public key", "PEM" },
        { "catalogue", 0, 0, G_OPTION_ARG_FILENAME, &options.catalogue,
          "The services, to say it in words", "FOLDER" },
        { "language", 0, 0, G_OPTION_ARG_STRING, &options.language, "In which language", "TAG" },
        { "now", 0, 0, G_OPTION_ARG_INT64, &options.now_s,
          "The time to judge by, in place of the clock", "SECONDS" },
        G_OPTION_ENTRY_NULL };

  options.now_s = kouan_clock_wall_s (clock);
  if (!kouan_ctl_parse ("declaration", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc == 3 && g_str_equal (argv[1], "verify")
      && (options.station != NULL) != (options.kiosk != NULL))
    return verify (&options, argv[2]);
  return kouan_ctl_usage (
    "declaration: verify --station DIR TEXT, or verify --kiosk PEM TEXT [--catalogue FOLDER]");
}
