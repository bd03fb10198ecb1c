/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/session-private.h"
#include "app/trust/passive.h"

/* Whether a country signed what a chip said (passive authentication, ICAO 9303-11 §5.1), against
 * the station's own trust list. A station without a list, or with a list that nobody it trusts has
 * signed, leaves the path undetermined: what the chip says may be true, and nothing here shows it.
 */

/* Returns: (transfer full): an empty list where there is none to be had */
static KouanTrustList *
load_list (KouanSession *self)
{
  g_autofree char *path = kouan_station_path (self->station, KOUAN_STATION_TRUST_LIST);
  g_autoptr (GError) error = NULL;
  KouanTrustList *list
    = kouan_trust_list_load (path, kouan_station_get_keyring (self->station), &error);

  if (list == NULL)
    {
      g_message ("No trust list: %s", error->message);
      list = kouan_trust_list_new ();
    }
  return list;
}

static void
collect_files (KouanDocumentReading *reading, KouanPassiveInput *input)
{
  input->sod = kouan_document_reading_get_file (reading, "EF.SOD");
  for (guint i = 1; i <= KOUAN_LDS_GROUPS; i++)
    {
      g_autofree char *name = g_strdup_printf ("EF.DG%u", i);

      input->files[i] = kouan_document_reading_get_file (reading, name);
    }
}

/* @reading: of a chip, its files included
 * @checks: gets the pa. checks, as electronic */
void
kouan_session_authenticate_chip (KouanSession *self,
                                 KouanDocumentReading *reading,
                                 KouanChecks *checks)
{
  g_autoptr (KouanTrustList) list = load_list (self);
  g_auto (KouanPassiveReport) report = { 0 };
  KouanPassiveInput input = {
    .issuer = kouan_document_reading_get_mrz (reading)->issuer,
    .now_s = kouan_clock_wall_s (self->clock),
  };

  collect_files (reading, &input);
  if (input.sod == NULL)
    return;
  kouan_passive_authenticate (&input, list, checks, &report);
  if (report.trouble != NULL)
    g_message ("Passive authentication: %s", report.trouble);
}
