/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-doctor"

#include "app/crypto/x509.h"
#include "app/doctor/doctor-private.h"
#include "app/language/language.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define CERTIFICATE_SOON_DAYS 30

/* Returns: (transfer full) (nullable): a file that others may read and must not */
static char *
find_open_key (KouanExamination *self)
{
  static const char *const keys[] = { KOUAN_STATION_SIGNING_KEY, KOUAN_STATION_TLS_KEY,
                                      KOUAN_STATION_HALL_KEY, KOUAN_STATION_AUDIT_KEY };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *path = kouan_station_path (self->station, keys[i]);
      GStatBuf status;

      if (g_stat (path, &status) == 0 && (status.st_mode & 077) != 0)
        return g_steal_pointer (&path);
    }
  return NULL;
}

static gboolean
trusts (KouanExamination *self, const char *word)
{
  g_autofree char *folder = kouan_station_path (self->station, KOUAN_STATION_TRUSTED);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_auto (GStrv) parts = g_strsplit_set (name, ".+", -1);

      if (g_strv_contains ((const char *const *)parts, word))
        return TRUE;
    }
  return FALSE;
}

static void
examine_trusted (KouanExamination *self)
{
  static const char *const needed[] = { "appointment", "hub-receipt", "catalogue", "roster" };
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!trusts (self, needed[i]))
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", needed[i]);
  if (missing->len > 0)
    kouan_examination_add_detail (self, "trusted", KOUAN_HEALTH_BAD,
                                  N_ ("Nobody is trusted for: {detail}."),
                                  N_ ("Install the hub's bundle again."), missing->str);
  else
    kouan_examination_add (self, "trusted", KOUAN_HEALTH_GOOD,
                           N_ ("There is a key for everything that has to be checked."), NULL);
}

void
kouan_examine_keys (KouanExamination *self)
{
  g_autofree char *open = find_open_key (self);

  if (open != NULL)
    kouan_examination_add_detail (self, "keys", KOUAN_HEALTH_BAD,
                                  N_ ("Others on this machine can read {detail}."),
                                  N_ ("chmod 600 it, and ask who could have taken it."), open);
  else
    kouan_examination_add (self, "keys", KOUAN_HEALTH_GOOD,
                           N_ ("They are there, and only this kiosk can read them."), NULL);
  examine_trusted (self);
}

static void
examine_validity (KouanExamination *self, const char *id, const char *name, const char *remedy)
{
  g_autofree char *path = kouan_station_path (self->station, name);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gint64 until_s = 0, days;
  KouanFinding *finding;

  if (!g_file_get_contents (path, &text, NULL, &error)
      || !kouan_x509_get_end (text, &until_s, &error))
    {
      kouan_examination_add_detail (self, id, KOUAN_HEALTH_BAD, N_ ("{detail}"), remedy,
                                    error->message);
      return;
    }
  days = (until_s - kouan_clock_wall_s (self->clock)) / DAY_S;
  if (days < 0)
    finding = kouan_examination_add (self, id, KOUAN_HEALTH_BAD, N_ ("It ended {number} days ago."),
                                     remedy);
  else if (days < CERTIFICATE_SOON_DAYS)
    finding = kouan_examination_add (self, id, KOUAN_HEALTH_SOON, N_ ("It ends in {number} days."),
                                     remedy);
  else
    finding = kouan_examination_add (self, id, KOUAN_HEALTH_GOOD,
                                     N_ ("It is good for {number} more days."), NULL);
  finding->number = ABS (days);
}

/* Without a hub on the line there are none to be had. */
void
kouan_examine_certificates (KouanExamination *self)
{
  if (kouan_station_get_value (self->station, "hub", "url") == NULL)
    {
      kouan_examination_add (self, "certificate", KOUAN_HEALTH_ABSENT,
                             N_ ("This kiosk sends by stick alone."), NULL);
      return;
    }
  examine_validity (self, "certificate", KOUAN_STATION_TLS_CERTIFICATE,
                    N_ ("Enrol this kiosk again: kouanctl setup request."));
  examine_validity (self, "authority", KOUAN_STATION_HUB_CA,
                    N_ ("Ask the hub for a bundle with its new certificate."));
}
