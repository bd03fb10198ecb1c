/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include <locale.h>

/* kouanctl: every capability of the kiosk from a terminal. This file only finds the verb. */

static const struct
{
  const char *name;
  KouanVerb verb;
  const char *usage;
} verbs[] = {
  { "appointment", kouan_ctl_appointment, "issue … | verify … (TEXT | -)" },
  { "qr", kouan_ctl_qr, "read IMAGE… | make TEXT --out FILE.png|svg [--level L|M|Q|H]" },
  { "station", kouan_ctl_station, "request STATION --kiosk N; install STATION BUNDLE" },
  { "audit", kouan_ctl_audit, "show|verify|export --station DIR" },
  { "doctor", kouan_ctl_doctor, "--station DIR [--no-devices]: is this machine fit to serve?" },
  { "setup", kouan_ctl_setup,
    "status|request|install|profile|device|test|live --station DIR: from a bare machine to a "
    "kiosk" },
  { "config", kouan_ctl_config, "check|show|set --station DIR | document" },
  { "lists", kouan_ctl_lists, "--station DIR" },
  { "queue", kouan_ctl_queue, "status --station DIR" },
  { "report", kouan_ctl_report, "--station DIR [--from DAY] [--to DAY] [--table ID] [--csv FILE]" },
  { "receipt", kouan_ctl_receipt, "verify --station DIR|--kiosk PEM TEXT" },
  { "record", kouan_ctl_record, "seal|open|list|show" },
  { "catalogue", kouan_ctl_catalogue,
    "check FOLDER [--trust PEM] | sign FOLDER --key PEM --version N | simulate FOLDER "
    "ANSWERS.json" },
  { "declaration", kouan_ctl_declaration,
    "verify --station DIR|--kiosk PEM TEXT [--catalogue FOLDER]" },
  { "mrz", kouan_ctl_mrz, "parse [--today DATE] [TEXT | FILE | -]… | read [--together] IMAGE…" },
  { "chip", kouan_ctl_chip,
    "read [--mrz LINE… | --can DIGITS] [--reader NAME] [--out DIR] | list" },
  { "document", kouan_ctl_document,
    "import|check FILE… [--out DIR] [--colour] [--pixels PATH] | take --scanner|--camera SOURCE | "
    "list --stick SOURCE" },
  { "phone", kouan_ctl_phone, "receive --listen http://IP:PORT --out DIR [--count N]" },
  { "face", kouan_ctl_face, "compare A B…" },
  { "portrait", kouan_ctl_portrait, "check IMAGE… [--out DIR]" },
  { "speech", kouan_ctl_speech, "say [--language TAG] [--rate N] [--out FILE.wav] TEXT | voices" },
  { "trust", kouan_ctl_trust,
    "import FILE… --station DIR [--anchor FINGERPRINT] | export FILE --station DIR | list "
    "--station DIR [--country CC]" },
  { "staff", kouan_ctl_staff, "roster|badge|unlock-code|duties …, or what staff do: see staff" },
  { NULL, NULL, NULL },
};

static void
print_usage (void)
{
  g_printerr ("usage: kouanctl VERB …\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (verbs) && verbs[i].name != NULL; i++)
    g_printerr ("  %-12s %s\n", verbs[i].name, verbs[i].usage);
  g_printerr (
    "\nOne JSON object a line on stdout. Ends with 0 for yes, 1 for no, 2 for a wrong call,\n"
    "3 for what could not be done, 4 for what this machine lacks.\n");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (verbs) && verbs[i].name != NULL; i++)
    if (g_str_equal (argv[1], verbs[i].name))
      return verbs[i].verb (argc - 1, argv + 1);
  print_usage ();
  return argc > 1 && g_str_equal (argv[1], "--help") ? KOUAN_EXIT_OK : KOUAN_EXIT_USAGE;
}
