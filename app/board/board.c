/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-board"

#include "app/board/board.h"

#include "app/catalogue/catalogue.h"
#include "app/crypto/x509.h"
#include "app/language/language.h"
#include "app/staff/orders.h"
#include "app/station/troubles.h"
#include "app/trust/trust-list.h"
#include "db/kiosk/lists.h"
#include "db/kiosk/tallies.h"

#include <string.h>
#include <sys/statvfs.h>

/* Everything that staff look at, gathered in one go from the database, the disk and the files that
 * say how old they are. The screen and kouanctl show the same struct. */

#define LIST_PAGE 1000
#define REFUSED_MAX 50
#define DAYS_OF_STEPS 7

static const char *const kinds[] = { "appointments", "revoked", "trust", "roster" };
static const char *const steps[KOUAN_BOARD_STEPS]
  = { "appointment", "identity", "details", "documents", "review", "sign", "receipt" };

static void
refused_free (KouanBoardRefused *refused)
{
  g_free (refused->number);
  g_free (refused->trouble);
  g_free (refused);
}

void
kouan_board_free (KouanBoard *self)
{
  g_clear_pointer (&self->refused, g_ptr_array_unref);
  g_free (self->reason);
  g_strfreev (self->troubles);
  g_free (self);
}

/* Returns: (transfer none): translated; what a sync of a later version writes stays as it is */
const char *
kouan_board_refused_text (const char *trouble)
{
  static const struct
  {
    const char *word;
    const char *text;
  } texts[] = {
    { "hub-refuses", N_ ("The hub won't take it. Call the hub and name the number.") },
    { "file-missing", N_ ("Its sealed file is gone from the disk. Call a technician.") },
    { "file-damaged", N_ ("Its sealed file is damaged. Call a technician.") },
    { "the sealed file is not there or has another size",
      N_ ("Its sealed file is damaged. Call a technician.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (trouble, texts[i].word) == 0)
      return _ (texts[i].text);
  return trouble != NULL ? trouble : _ ("Without a reason. Call the hub and name the number.");
}

static void
add_refused (KouanBoard *self, const KouanRecordRow *row)
{
  KouanBoardRefused *refused = g_new0 (KouanBoardRefused, 1);

  refused->number = g_strdup (row->number);
  refused->created_s = row->created_s;
  refused->trouble = g_strdup (row->trouble);
  g_ptr_array_add (self->refused, refused);
}

static gboolean
list_refused (KouanBoard *self, KouanDatabase *db, GError **error)
{
  gint64 after = 0;
  guint count = LIST_PAGE;

  self->refused = g_ptr_array_new_with_free_func ((GDestroyNotify)refused_free);
  while (self->balance.refused > 0 && count == LIST_PAGE && self->refused->len < REFUSED_MAX)
    {
      g_autoptr (GPtrArray) rows = kouan_records_list_present (db, after, LIST_PAGE, error);

      if (rows == NULL)
        return FALSE;
      count = rows->len;
      for (guint i = 0; i < count; i++)
        {
          const KouanRecordRow *row = rows->pdata[i];

          after = row->sequence;
          if (row->state == KOUAN_RECORD_REFUSED && self->refused->len < REFUSED_MAX)
            add_refused (self, row);
        }
    }
  return TRUE;
}

static gboolean
count_queue (KouanBoard *self, KouanDatabase *db, GError **error)
{
  const KouanRecordBalance *balance = &self->balance;

  if (!kouan_records_balance (db, &self->balance, error))
    return FALSE;
  self->adds_up
    = balance->captured == balance->queued + balance->sent + balance->archived + balance->refused;
  return list_refused (self, db, error);
}

static gboolean
date_lists (KouanBoard *self, KouanDatabase *db, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (KouanListRow) row = kouan_lists_find (db, kinds[i], &local);

      self->lists[i].kind = kinds[i];
      if (row != NULL)
        {
          self->lists[i].version = row->version;
          self->lists[i].issued_s = row->issued_s;
        }
      else if (!g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}

static void
date_catalogue (KouanBoard *self, KouanStation *station)
{
  g_autofree char *folder = kouan_station_path (station, KOUAN_STATION_CATALOGUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanCatalogue) catalogue
    = kouan_catalogue_load (folder, kouan_station_get_keyring (station), 0, &error);

  if (catalogue == NULL)
    {
      g_message ("The catalogue has no date: %s", error->message);
      return;
    }
  self->catalogue_version = kouan_catalogue_get_version (catalogue);
  self->catalogue_issued_s = kouan_catalogue_get_issued_s (catalogue);
}

static void
date_certificate (KouanBoard *self, KouanStation *station)
{
  g_autofree char *path = kouan_station_path (station, KOUAN_STATION_TLS_CERTIFICATE);
  g_autofree char *pem = NULL;
  g_autoptr (GError) error = NULL;

  if (g_file_get_contents (path, &pem, NULL, NULL)
      && !kouan_x509_get_end (pem, &self->certificate_until_s, &error))
    g_message ("%s: %s", path, error->message);
}

static void
date_trust (KouanBoard *self, KouanStation *station)
{
  g_autofree char *path = kouan_station_path (station, KOUAN_STATION_TRUST_LIST);
  g_autoptr (KouanKeyring) own = kouan_keyring_new ();
  g_autoptr (KouanTrustList) list = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  kouan_keyring_add (own, kouan_signing_key_get_public (kouan_station_get_signing_key (station)),
                     KOUAN_PURPOSE_TRUST_LIST, "own");
  list = kouan_trust_list_load (path, own, &error);
  if (list != NULL)
    self->trust_signed_s = kouan_trust_list_get_signed_s (list);
  else
    g_message ("%s: %s", path, error->message);
}

static void
measure_room (KouanBoard *self, KouanStation *station, KouanClock *clock)
{
  g_autofree char *records = kouan_station_path (station, KOUAN_STATION_RECORDS);
  g_autoptr (KouanOutbox) outbox = kouan_outbox_new (station, clock);
  struct statvfs room;

  if (statvfs (records, &room) == 0)
    self->room = (guint64)room.f_bavail * room.f_frsize;
  self->space = kouan_outbox_get_space (outbox);
}

static void
take_hours (KouanBoard *self, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const KouanTallyRow *row = rows->pdata[i];
      guint64 hour = g_ascii_strtoull (row->word, NULL, 10);

      if (hour < G_N_ELEMENTS (self->hours))
        self->hours[hour] += (guint)row->count;
    }
}

static void
take_steps (KouanBoard *self, GPtrArray *rows)
{
  gint64 sums[KOUAN_BOARD_STEPS] = { 0 };

  for (guint i = 0; i < KOUAN_BOARD_STEPS; i++)
    self->steps[i].step = steps[i];
  for (guint i = 0; i < rows->len; i++)
    {
      const KouanTallyRow *row = rows->pdata[i];

      for (guint k = 0; k < KOUAN_BOARD_STEPS; k++)
        if (g_str_equal (row->word, steps[k]))
          {
            self->steps[k].times += row->count;
            sums[k] += row->seconds;
          }
    }
  for (guint i = 0; i < KOUAN_BOARD_STEPS; i++)
    self->steps[i].seconds = self->steps[i].times > 0 ? sums[i] / self->steps[i].times : 0;
}

static gboolean
count_visits (KouanBoard *self, KouanDatabase *db, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (self->now_s);
  g_autoptr (GDateTime) then = g_date_time_add_days (now, 1 - DAYS_OF_STEPS);
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *first = g_date_time_format (then, "%Y-%m-%d");
  g_autoptr (GPtrArray) visits = kouan_tallies_list (db, KOUAN_TALLY_HOUR, today, today, error);
  g_autoptr (GPtrArray) spent
    = visits != NULL ? kouan_tallies_list (db, KOUAN_TALLY_STEP, first, today, error) : NULL;

  if (spent == NULL)
    return FALSE;
  take_hours (self, visits);
  take_steps (self, spent);
  return TRUE;
}

/**
 * kouan_board_new:
 *
 * What cannot be read from the disk is 0 and said in the log; what cannot be read from the database
 * is an error, since numbers that do not add up would be a lie.
 */
KouanBoard *
kouan_board_new (KouanStaffGate *gate, GError **error)
{
  g_autoptr (KouanBoard) self = g_new0 (KouanBoard, 1);
  KouanStation *station = kouan_staff_gate_get_station (gate);
  KouanDatabase *db = kouan_staff_gate_get_database (gate);
  KouanClock *clock = kouan_staff_gate_get_clock (gate);
  g_autoptr (GError) cause = NULL;

  self->now_s = kouan_clock_wall_s (clock);
  if (!count_queue (self, db, &cause) || !date_lists (self, db, &cause)
      || !count_visits (self, db, &cause))
    {
      kouan_staff_fail_store (cause, error);
      return NULL;
    }
  if (!kouan_staff_get_reason (db, &self->reason, error))
    return NULL;
  self->called_s = kouan_staff_get_call_s (db);
  self->clock_behind_s = kouan_staff_gate_clock_behind_s (gate);
  self->troubles = kouan_troubles_list (station);
  kouan_sync_state_read (station, &self->sync);
  measure_room (self, station, clock);
  date_catalogue (self, station);
  date_certificate (self, station);
  date_trust (self, station);
  return g_steal_pointer (&self);
}
