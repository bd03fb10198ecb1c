/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/appointment-options.h"

static void
options_clear (KouanAppointmentOptions *self)
{
  g_free (self->key);
  g_free (self->issuer);
  g_free (self->station);
  g_free (self->from);
  g_free (self->until);
  g_free (self->at);
  g_free (self->document);
  g_free (self->birth);
  g_free (self->hall_key);
  g_free (self->out);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanAppointmentOptions, options_clear)

static gboolean
parse_options (KouanAppointmentOptions *self, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &self->key, NULL, NULL },
    { "issuer", 0, 0, G_OPTION_ARG_FILENAME, &self->issuer, NULL, NULL },
    { "station", 0, 0, G_OPTION_ARG_FILENAME, &self->station, NULL, NULL },
    { "hall", 0, 0, G_OPTION_ARG_INT, &self->hall, NULL, NULL },
    { "service", 0, 0, G_OPTION_ARG_INT, &self->service, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &self->from, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &self->until, NULL, NULL },
    { "at", 0, 0, G_OPTION_ARG_STRING, &self->at, NULL, NULL },
    { "document", 0, 0, G_OPTION_ARG_STRING, &self->document, NULL, NULL },
    { "birth", 0, 0, G_OPTION_ARG_STRING, &self->birth, NULL, NULL },
    { "hall-key", 0, 0, G_OPTION_ARG_FILENAME, &self->hall_key, NULL, NULL },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &self->out, NULL, NULL },
    { "text", 0, 0, G_OPTION_ARG_NONE, &self->text, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

/**
 * kouan_ctl_appointment:
 *
 * issue --key PEM --hall N --service N --from TIME --until TIME
 *       [--document NUMBER --birth YYMMDD --hall-key FILE] (--out FILE.png|FILE.svg | --text)
 *   prints what was issued; the code itself, which holds the visitor's secret, only with --text.
 *
 * verify (--station DIR | --issuer PEM --hall N) [--at TIME]
 *        [--document NUMBER --birth YYMMDD [--hall-key FILE]] (TEXT | -)
 *   prints the verdict with its sentences; ends with 0 for a code that is valid, and good for the
 *   document if one is named.
 */
KouanExit
kouan_ctl_appointment (int argc, char **argv)
{
  g_auto (KouanAppointmentOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  if (!parse_options (&options, &argc, &argv, &error))
    return kouan_ctl_usage ("%s", error->message);
  if (argc == 2 && g_str_equal (argv[1], "issue"))
    return kouan_ctl_appointment_issue (&options);
  if ((argc == 2 || argc == 3) && g_str_equal (argv[1], "verify"))
    return kouan_ctl_appointment_verify (&options, argc == 3 ? argv[2] : NULL);
  return kouan_ctl_usage ("appointment issue … or appointment verify …");
}
