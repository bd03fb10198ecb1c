/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/staff.h"

#include "app/board/job.h"
#include "app/board/power.h"
#include "app/board/receipt-copy.h"
#include "app/crypto/durable.h"
#include "app/ctl/fields.h"
#include "app/ctl/programs.h"
#include "app/ctl/try-device.h"

#include <string.h>

/* What staff do with the machine itself, its devices and its records, over ssh. */

static KouanExit
print_state (const char *device, const char *state, const char *words)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  kouan_ctl_add_text (line, "device", device);
  kouan_ctl_add_text (line, "state", state);
  if (words != NULL)
    kouan_ctl_add_text (line, "words", words);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return KOUAN_EXIT_OK;
}

/* @out: (nullable): where the picture or the page goes. Returns: OK where the device is ready, NO
 * where it is not */
KouanExit
kouan_ctl_staff_test (const KouanStaffOrder *order, const char *device, const char *out)
{
  g_autoptr (KouanDeviceSet) set = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_strv_contains (kouan_device_names (), device))
    return kouan_ctl_usage ("there is no device %s", device);
  if (!kouan_staff_note (order, KOUAN_DUTY_TEST, device, "begun", &error))
    return kouan_ctl_staff_refused (error);
  set = kouan_ctl_open_devices (kouan_staff_gate_get_station (order->gate),
                                kouan_staff_gate_get_clock (order->gate),
                                kouan_staff_gate_get_database (order->gate));
  return set != NULL ? kouan_ctl_try_device (set, device, out) : KOUAN_EXIT_UNAVAILABLE;
}

/* Which there are, and which staff have disabled; how each is, its test says. */
KouanExit
kouan_ctl_staff_devices (KouanStaffGate *gate)
{
  KouanStation *station = kouan_staff_gate_get_station (gate);
  const char *const *names = kouan_device_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *source = kouan_station_get_value (station, "devices", names[i]);
      gboolean disabled = kouan_staff_is_disabled (kouan_staff_gate_get_database (gate), names[i]);
      g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

      kouan_ctl_add_text (line, "device", names[i]);
      kouan_ctl_add_text (line, "source", source);
      kouan_ctl_add_bool (line, "disabled", disabled);
      kouan_ctl_add_text (line, "without", kouan_device_without (names[i]));
      json_builder_end_object (line);
      kouan_ctl_print (line);
    }
  return KOUAN_EXIT_OK;
}

static void
on_changed (KouanJob *job, gpointer data G_GNUC_UNUSED)
{
  const KouanSyncProgress *progress = kouan_job_get_progress (job);

  g_printerr ("kouanctl: %u of %u records\n", progress->records_done, progress->records_total);
}

static void
on_finished (KouanJob *job G_GNUC_UNUSED, GMainLoop *loop)
{
  g_main_loop_quit (loop);
}

static KouanExit
run_job (const KouanStaffOrder *order, KouanDuty duty, const char *const *words)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanJob) job = kouan_job_new (words, &error);
  g_autoptr (JsonBuilder) line = NULL;
  g_autofree char *result = NULL;

  if (job == NULL)
    return kouan_ctl_failed (error);
  g_signal_connect (job, "changed", G_CALLBACK (on_changed), NULL);
  g_signal_connect (job, "finished", G_CALLBACK (on_finished), loop);
  if (!kouan_job_is_finished (job))
    g_main_loop_run (loop);
  result = g_strdup_printf ("exit-%d", kouan_job_get_exit (job));
  if (!kouan_staff_note (order, duty, kouan_duty_to_string (duty), result, &error))
    g_printerr ("kouanctl: the end of it is not in the audit: %s\n", error->message);
  line = json_builder_begin_object (json_builder_new ());
  kouan_ctl_add_int (line, "exit", kouan_job_get_exit (job));
  kouan_ctl_add_int (line, "committed", kouan_job_get_number (job, "committed"));
  kouan_ctl_add_int (line, "exported", kouan_job_get_number (job, "exported"));
  kouan_ctl_add_int (line, "kept", kouan_job_get_number (job, "kept"));
  kouan_ctl_add_int (line, "lists", kouan_job_get_number (job, "lists"));
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return kouan_job_get_exit (job) == 0   ? KOUAN_EXIT_OK
         : kouan_job_get_exit (job) == 1 ? KOUAN_EXIT_NO
                                         : KOUAN_EXIT_FAILED;
}

/* @stick: (nullable): where one is mounted, for EXPORT and IMPORT */
KouanExit
kouan_ctl_staff_carry (const KouanStaffOrder *order, KouanDuty duty, const char *stick)
{
  g_autofree char *program = kouan_ctl_find_sync ();
  g_autoptr (GError) error = NULL;
  const char *words[] = { program,
                          "--station",
                          kouan_station_get_folder (kouan_staff_gate_get_station (order->gate)),
                          "--progress",
                          duty == KOUAN_DUTY_EXPORT   ? "--export"
                          : duty == KOUAN_DUTY_IMPORT ? "--import"
                                                      : "--once",
                          stick,
                          NULL };

  if (program == NULL)
    return KOUAN_EXIT_UNAVAILABLE;
  if (!kouan_staff_note (order, duty, kouan_duty_to_string (duty), "begun", &error))
    return kouan_ctl_staff_refused (error);
  return run_job (order, duty, words);
}

KouanExit
kouan_ctl_staff_power (const KouanStaffOrder *order, KouanDuty duty)
{
  KouanStation *station = kouan_staff_gate_get_station (order->gate);
  KouanPower power = duty == KOUAN_DUTY_RESTART ? KOUAN_POWER_RESTART : KOUAN_POWER_SHUT_DOWN;
  g_autoptr (GError) error = NULL;

  if (!kouan_power_has_command (station, power))
    {
      g_printerr ("kouanctl: kouan.conf names no command for it: [machine] %s\n",
                  duty == KOUAN_DUTY_RESTART ? "restart" : "shut-down");
      return KOUAN_EXIT_UNAVAILABLE;
    }
  if (!kouan_staff_note (order, duty, "", "ok", &error))
    return kouan_ctl_staff_refused (error);
  if (!kouan_power_run (station, power, &error))
    return kouan_ctl_failed (error);
  return print_state ("machine", kouan_duty_to_string (duty), NULL);
}

/* @number: of the receipt; @out: (nullable): a PDF, in place of the printer */
KouanExit
kouan_ctl_staff_reprint (const KouanStaffOrder *order, const char *number, const char *out)
{
  KouanStation *station = kouan_staff_gate_get_station (order->gate);
  g_autofree char *folder = kouan_station_path (station, KOUAN_STATION_CATALOGUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanCatalogue) catalogue
    = kouan_catalogue_load (folder, kouan_station_get_keyring (station), 0, &error);
  g_autofree char *slip = NULL;
  g_autoptr (GBytes) pdf = NULL;
  double height_mm;

  if (out == NULL)
    return kouan_ctl_usage ("staff reprint: where to? --out FILE.pdf");
  if (catalogue == NULL)
    return kouan_ctl_failed (error);
  slip = kouan_staff_find_slip (order, number, &error);
  if (slip != NULL)
    pdf = kouan_receipt_copy (station, catalogue, slip, &height_mm, &error);
  if (pdf == NULL)
    return kouan_ctl_staff_refused (error);
  if (!kouan_write_file_durably (out, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), 0600,
                                 &error))
    return kouan_ctl_failed (error);
  return print_state ("receipt", number, out);
}
