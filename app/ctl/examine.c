/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/examine.h"

#include "app/ctl/ctl.h"
#include "app/ctl/fields.h"
#include "app/ctl/programs.h"
#include "app/doctor/probe.h"

static void
print_finding (const KouanFinding *finding)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  g_autofree char *what = kouan_finding_fill (finding, finding->what);
  g_autofree char *remedy
    = finding->remedy != NULL ? kouan_finding_fill (finding, finding->remedy) : NULL;

  kouan_ctl_add_text (line, "check", finding->id);
  kouan_ctl_add_text (line, "health", kouan_health_to_string (finding->health));
  kouan_ctl_add_text (line, "what", what);
  kouan_ctl_add_text (line, "remedy", remedy);
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

typedef struct
{
  KouanFinding *finding;
  gboolean done;
} Answer;

static void
on_probed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->finding = kouan_probe_finish (result, NULL);
  answer->done = TRUE;
}

static void
probe_devices (KouanStation *station, const KouanDoctorPrograms *programs, GPtrArray *findings)
{
  const char *const *keys = kouan_probe_keys ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      Answer answer = { 0 };

      kouan_probe_async (station, keys[i], programs, NULL, on_probed, &answer);
      while (!answer.done)
        g_main_context_iteration (NULL, TRUE);
      print_finding (answer.finding);
      g_ptr_array_add (findings, answer.finding);
    }
}

/* @all: (out) (optional) (transfer full) (element-type KouanFinding) */
KouanHealth
kouan_ctl_examine (const char *folder, gboolean devices, GPtrArray **all)
{
  g_autofree char *pixels = kouan_ctl_find_program ("kouan-pixels", "pixels");
  g_autofree char *codes = kouan_ctl_find_program ("kouan-codes", "codes");
  g_autofree char *scan = kouan_ctl_find_program ("kouan-scan", "devices");
  g_autofree char *phone = kouan_ctl_find_program ("kouan-phone", "phone");
  g_autofree char *voice = kouan_ctl_find_program ("kouan-voice", "speech");
  g_autofree char *sync = kouan_ctl_find_program ("kouan-sync", "sync");
  const KouanDoctorPrograms programs = { pixels, codes, scan, phone, voice, sync };
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autoptr (GPtrArray) findings = kouan_doctor_examine (folder, &programs, clock);
  KouanHealth worst;
  g_autoptr (KouanStation) station = NULL;

  for (guint i = 0; i < findings->len; i++)
    print_finding (findings->pdata[i]);
  station = devices ? kouan_station_load (folder, NULL) : NULL;
  if (station != NULL)
    probe_devices (station, &programs, findings);
  worst = kouan_doctor_sum_up (findings);
  if (all != NULL)
    *all = g_steal_pointer (&findings);
  return worst;
}
