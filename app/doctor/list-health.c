/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-doctor"

#include "app/catalogue/catalogue.h"
#include "app/catalogue/check.h"
#include "app/doctor/doctor-private.h"
#include "app/language/language.h"
#include "app/trust/trust-list.h"

#define CATALOGUE_SOON_DAYS 180
#define TRUST_SOON_DAYS 90

static gint64
days_since (KouanExamination *self, gint64 then_s)
{
  return MAX (kouan_clock_wall_s (self->clock) - then_s, 0) / DAY_S;
}

static gboolean
examine_catalogue (KouanExamination *self)
{
  g_autofree char *folder = kouan_station_path (self->station, KOUAN_STATION_CATALOGUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanCatalogue) catalogue
    = kouan_catalogue_load (folder, kouan_station_get_keyring (self->station), 0, &error);
  KouanFinding *finding;
  gint64 days;

  if (catalogue == NULL)
    {
      kouan_examination_add_detail (
        self, "catalogue", KOUAN_HEALTH_BAD, N_ ("There is none that counts. {detail}"),
        N_ ("Sync, or bring it on a stick: without it the kiosk knows no service."),
        error->message);
      return FALSE;
    }
  days = days_since (self, kouan_catalogue_get_issued_s (catalogue));
  finding = kouan_examination_add (
    self, "catalogue", days > CATALOGUE_SOON_DAYS ? KOUAN_HEALTH_SOON : KOUAN_HEALTH_GOOD,
    N_ ("It was signed {number} days ago."),
    days > CATALOGUE_SOON_DAYS ? N_ ("Ask the hub whether there is a newer one.") : NULL);
  finding->number = days;
  return TRUE;
}

/* Rules past their review date send people to a desk: right, and not for ever. */
static void
examine_rules (KouanExamination *self)
{
  g_autofree char *folder = kouan_station_path (self->station, KOUAN_STATION_CATALOGUE);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (kouan_clock_wall_s (self->clock));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  KouanFinding *finding;
  guint services = 0;
  gint64 due = 0;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay)g_date_time_get_day_of_month (now),
                  (GDateMonth)g_date_time_get_month (now), (GDateYear)g_date_time_get_year (now));
  faults = kouan_catalogue_check (folder, &today, NULL, &services, &error);
  for (guint i = 0; faults != NULL && i < faults->len; i++)
    due += ((KouanFault *)faults->pdata[i])->kind == KOUAN_FAULT_REVIEW;
  if (due > 0)
    finding = kouan_examination_add (
      self, "rules", KOUAN_HEALTH_SOON, N_ ("{number} are past their review: the desk is asked."),
      N_ ("Have the catalogue's keepers look at them: kouanctl catalogue check."));
  else
    finding = kouan_examination_add (self, "rules", KOUAN_HEALTH_GOOD,
                                     N_ ("None is past its review."), NULL);
  finding->number = due;
}

static void
examine_trust_list (KouanExamination *self)
{
  g_autofree char *path = kouan_station_path (self->station, KOUAN_STATION_TRUST_LIST);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTrustList) list = NULL;
  KouanFinding *finding;
  gint64 days;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      kouan_examination_add (self, "trust-list", KOUAN_HEALTH_SOON,
                             N_ ("There is none: no chip can be proved genuine."),
                             N_ ("kouanctl trust import FILE --station DIR."));
      return;
    }
  list = kouan_trust_list_load (path, kouan_station_get_keyring (self->station), &error);
  if (list == NULL)
    {
      kouan_examination_add_detail (self, "trust-list", KOUAN_HEALTH_BAD, N_ ("{detail}"),
                                    N_ ("Import it again: kouanctl trust import."), error->message);
      return;
    }
  days = days_since (self, kouan_trust_list_get_changed_s (list));
  finding = kouan_examination_add (
    self, "trust-list", days > TRUST_SOON_DAYS ? KOUAN_HEALTH_SOON : KOUAN_HEALTH_GOOD,
    N_ ("It was last changed {number} days ago."),
    days > TRUST_SOON_DAYS ? N_ ("Import the newest master list.") : NULL);
  finding->number = days;
}

void
kouan_examine_lists (KouanExamination *self)
{
  if (examine_catalogue (self))
    examine_rules (self);
  examine_trust_list (self);
}
