/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-doctor"

#include "app/doctor/doctor.h"

#include "app/doctor/doctor-private.h"
#include "app/language/language.h"

/* Looks at everything that a kiosk needs, from the ground up. What stands on something broken is
 * not looked at: a list of consequences hides the cause. */

KouanFinding *
kouan_examination_add (
  KouanExamination *self, const char *id, KouanHealth health, const char *what, const char *remedy)
{
  KouanFinding *finding = g_new0 (KouanFinding, 1);

  finding->id = g_strdup (id);
  finding->health = health;
  finding->what = what;
  finding->remedy = remedy;
  g_ptr_array_add (self->findings, finding);
  return finding;
}

void
kouan_examination_add_detail (KouanExamination *self,
                              const char *id,
                              KouanHealth health,
                              const char *what,
                              const char *remedy,
                              const char *detail)
{
  kouan_examination_add (self, id, health, what, remedy)->detail = g_strdup (detail);
}

static void
examine_configuration (KouanExamination *self)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (GError) error = NULL;
  gboolean right = kouan_station_check_configuration (self->folder, &fault);

  self->station = kouan_station_load (self->folder, &error);
  if (right)
    kouan_examination_add (self, "configuration", KOUAN_HEALTH_GOOD, N_ ("Every line is right."),
                           NULL);
  else if (self->station != NULL)
    kouan_examination_add_detail (
      self, "configuration", KOUAN_HEALTH_BAD,
      N_ ("The kiosk goes on with the last configuration that was right. {detail}"),
      N_ ("Correct that line. The kiosk follows at its next visit."), fault->message);
  else
    kouan_examination_add_detail (
      self, "configuration", KOUAN_HEALTH_BAD, N_ ("{detail}"),
      N_ ("Correct it, or enrol this kiosk: kouanctl setup status says what is missing."),
      fault->message);
  if (right && self->station == NULL)
    kouan_examination_add_detail (
      self, "keys", KOUAN_HEALTH_BAD, N_ ("{detail}"),
      N_ ("Put the file back from a backup, or enrol this kiosk again."), error->message);
}

/**
 * kouan_doctor_examine:
 * @folder: of the station
 *
 * Returns: (transfer full) (element-type KouanFinding): good ones too, in the order of the list
 */
GPtrArray *
kouan_doctor_examine (const char *folder, const KouanDoctorPrograms *programs, KouanClock *clock)
{
  KouanExamination self = { .folder = folder, .programs = programs, .clock = clock };

  self.findings = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_finding_free);
  kouan_examine_programs (&self);
  examine_configuration (&self);
  if (self.station != NULL)
    {
      self.outbox = kouan_outbox_new (self.station, clock);
      kouan_examine_keys (&self);
      kouan_examine_certificates (&self);
      kouan_examine_store (&self);
      kouan_examine_lists (&self);
    }
  g_clear_object (&self.db);
  g_clear_object (&self.outbox);
  g_clear_object (&self.station);
  return self.findings;
}

/* The worst of them. */
KouanHealth
kouan_doctor_sum_up (GPtrArray *findings)
{
  KouanHealth worst = KOUAN_HEALTH_GOOD;

  for (guint i = 0; i < findings->len; i++)
    worst = MAX (worst, ((KouanFinding *)findings->pdata[i])->health);
  return worst;
}
