/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-doctor"

#include "app/audit/check.h"
#include "app/audit/keeper.h"
#include "app/doctor/doctor-private.h"
#include "app/language/language.h"
#include "app/sync/monitor.h"
#include "db/kiosk/records.h"

#include <sys/statvfs.h>

#define MIB (1024 * 1024)
#define SET_BACK_S 300
#define BORN_S G_GINT64_CONSTANT (1767225600) /* 2026-01-01 */
#define SYNC_SOON_DAYS 3
#define WAITING_SOON_DAYS 3

static gint64
free_mib (KouanExamination *self)
{
  struct statvfs room;

  if (statvfs (self->folder, &room) != 0)
    return 0;
  return (gint64)((guint64)room.f_bavail * room.f_frsize / MIB);
}

static void
examine_disk (KouanExamination *self)
{
  KouanOutboxSpace space = kouan_outbox_get_space (self->outbox);
  KouanFinding *finding;

  if (space == KOUAN_OUTBOX_SPACE_FULL)
    finding = kouan_examination_add (
      self, "disk", KOUAN_HEALTH_BAD, N_ ("{number} MiB are free: the kiosk takes no documents."),
      N_ ("Sync, or export to a stick and have the hub sign; what is archived is then erased."));
  else if (space == KOUAN_OUTBOX_SPACE_LOW)
    finding = kouan_examination_add (self, "disk", KOUAN_HEALTH_SOON, N_ ("{number} MiB are free."),
                                     N_ ("Sync soon."));
  else
    finding = kouan_examination_add (self, "disk", KOUAN_HEALTH_GOOD, N_ ("{number} MiB are free."),
                                     NULL);
  finding->number = free_mib (self);
}

static void
examine_clock (KouanExamination *self)
{
  gint64 now_s = kouan_clock_wall_s (self->clock);
  g_autoptr (GError) error = NULL;
  KouanAuditHead head = { 0 };
  KouanFinding *finding;

  if (now_s < BORN_S)
    kouan_examination_add (self, "clock", KOUAN_HEALTH_BAD, N_ ("It has never been set."),
                           N_ ("Set it, and change the battery of the machine's clock."));
  else if (self->db != NULL && kouan_audit_read_head (self->db, &head, &error)
           && now_s + SET_BACK_S < head.high_s)
    {
      finding = kouan_examination_add (
        self, "clock", KOUAN_HEALTH_BAD,
        N_ ("It stands {number} minutes behind what was known here already: it was set back."),
        N_ ("Set it. If it goes back again, change the battery of the machine's clock."));
      finding->number = (head.high_s - now_s) / 60;
    }
  else
    kouan_examination_add (self, "clock", KOUAN_HEALTH_GOOD, N_ ("It has not gone back."), NULL);
}

/* Returns: whether the rest can be asked of it */
static gboolean
examine_database (KouanExamination *self)
{
  g_autofree char *path = kouan_station_path (self->station, KOUAN_STATION_DATABASE);
  g_autoptr (GError) error = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      kouan_examination_add (self, "database", KOUAN_HEALTH_ABSENT,
                             N_ ("There is none yet: the kiosk has not been started."), NULL);
      return FALSE;
    }
  self->db = kouan_outbox_open_database (self->outbox, &error);
  if (self->db != NULL && kouan_database_check (self->db, &error))
    {
      kouan_examination_add (self, "database", KOUAN_HEALTH_GOOD, N_ ("It is whole."), NULL);
      return TRUE;
    }
  kouan_examination_add_detail (
    self, "database", KOUAN_HEALTH_BAD, N_ ("{detail}"),
    N_ (
      "Take this kiosk out of service, keep the disk, and start it once: it begins a new database "
      "and finds its records again."),
    error->message);
  return FALSE;
}

static void
examine_queue (KouanExamination *self)
{
  gint64 now_s = kouan_clock_wall_s (self->clock);
  KouanRecordBalance balance;
  g_autoptr (GError) error = NULL;
  KouanFinding *finding;

  if (!kouan_records_balance (self->db, &balance, &error))
    {
      kouan_examination_add_detail (self, "queue", KOUAN_HEALTH_BAD, N_ ("{detail}"),
                                    N_ ("Take this kiosk out of service and keep the disk."),
                                    error->message);
      return;
    }
  if (balance.captured != balance.queued + balance.sent + balance.archived + balance.refused)
    finding
      = kouan_examination_add (self, "queue", KOUAN_HEALTH_BAD,
                               N_ ("The numbers do not add up: a record is not accounted for."),
                               N_ ("Take this kiosk out of service, keep the disk, tell the hub."));
  else if (balance.refused > 0)
    finding = kouan_examination_add (self, "queue", KOUAN_HEALTH_SOON,
                                     N_ ("The hub has refused {number} records."),
                                     N_ ("Look at each: kouanctl record list --station DIR."));
  else if (balance.oldest_waiting_s > 0
           && now_s - balance.oldest_waiting_s > WAITING_SOON_DAYS * DAY_S)
    finding = kouan_examination_add (self, "queue", KOUAN_HEALTH_SOON,
                                     N_ ("{number} records wait, the oldest for days."),
                                     N_ ("Sync, or export them to a stick."));
  else
    finding = kouan_examination_add (self, "queue", KOUAN_HEALTH_GOOD,
                                     N_ ("{number} records wait."), NULL);
  finding->number = balance.refused > 0 ? balance.refused : balance.queued;
}

static void
examine_audit (KouanExamination *self)
{
  g_autoptr (GError) error = NULL;
  KouanAuditVerdict verdict;
  KouanFinding *finding;

  if (!kouan_audit_check (self->db, self->station, NULL, &verdict, &error))
    {
      kouan_examination_add_detail (self, "audit", KOUAN_HEALTH_BAD, N_ ("{detail}"),
                                    N_ ("Take this kiosk out of service and keep the disk."),
                                    error->message);
      return;
    }
  if (verdict.fault != KOUAN_AUDIT_FAULT_NONE)
    finding = kouan_examination_add (self, "audit", KOUAN_HEALTH_BAD,
                                     N_ ("It is not whole from entry {number} on."),
                                     kouan_audit_fault_describe (verdict.fault));
  else
    finding = kouan_examination_add (self, "audit", KOUAN_HEALTH_GOOD,
                                     N_ ("All {number} entries fit."), NULL);
  finding->number = verdict.fault != KOUAN_AUDIT_FAULT_NONE ? verdict.broken_at : verdict.entries;
}

static void
examine_audit_key (KouanExamination *self)
{
  g_autoptr (GError) error = NULL;
  gint64 lag = 0;

  if (!kouan_audit_keeper_lag (self->station, self->db, &lag, &error))
    kouan_examination_add_detail (self, "audit-key", KOUAN_HEALTH_BAD, N_ ("{detail}"), NULL,
                                  error->message);
  else if (lag == G_MAXINT64)
    kouan_examination_add (
      self, "audit-key", KOUAN_HEALTH_BAD, N_ ("It is gone."),
      N_ ("Ask who worked on this kiosk. It begins a new key by itself; sync then."));
  else if (lag < 0)
    kouan_examination_add (self, "audit-key", KOUAN_HEALTH_BAD,
                           N_ ("It is ahead of the log: entries have been cut off."),
                           N_ ("Export the log, keep the disk, and tell the hub."));
  else if (lag > 0)
    kouan_examination_add (self, "audit-key", KOUAN_HEALTH_SOON,
                           N_ ("An old key is still on the disk."),
                           N_ ("The disk could not be written. Make room, or change the disk."));
  else
    kouan_examination_add (self, "audit-key", KOUAN_HEALTH_GOOD, N_ ("Old keys are erased."), NULL);
}

static void
examine_sync (KouanExamination *self)
{
  gint64 now_s = kouan_clock_wall_s (self->clock);
  KouanSyncState state = { 0 };
  KouanFinding *finding;

  if (kouan_station_get_value (self->station, "hub", "url") == NULL)
    return;
  kouan_sync_state_read (self->station, &state);
  if (state.hub_s == 0)
    finding = kouan_examination_add (self, "sync", KOUAN_HEALTH_SOON,
                                     N_ ("The hub has never been reached."),
                                     N_ ("Try it: kouan-sync --station DIR --once."));
  else if (now_s - state.hub_s > SYNC_SOON_DAYS * DAY_S)
    finding = kouan_examination_add (self, "sync", KOUAN_HEALTH_SOON,
                                     N_ ("The hub was last reached {number} days ago."),
                                     N_ ("Look at the line, or export to a stick."));
  else
    finding = kouan_examination_add (self, "sync", KOUAN_HEALTH_GOOD,
                                     N_ ("The hub was last reached {number} days ago."), NULL);
  finding->number = MAX (now_s - state.hub_s, 0) / DAY_S;
}

void
kouan_examine_store (KouanExamination *self)
{
  examine_disk (self);
  if (examine_database (self))
    {
      examine_queue (self);
      examine_audit (self);
      examine_audit_key (self);
    }
  examine_clock (self);
  examine_sync (self);
}
