/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/outbox.h"

#include "app/audit/keeper.h"
#include "app/crypto/durable.h"
#include "app/record/outbox-private.h"
#include "db/kiosk/kiosk-store.h"
#include "db/kiosk/records.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/statvfs.h>

/* The station's queue of sealed records. It holds nothing but where things are, so that any thread
 * may use it with a connection of its own. What it does stands in submit.c and recover.c. */

#define MIB (1024 * 1024)
#define FILES_MIN 64 /* that the file system must still be able to name */

struct _KouanOutbox
{
  GObject parent_instance;

  KouanStation *station;
  KouanClock *clock;
  char *records;

  /* only in tests */
  KouanOutboxStep step;
  KouanOutboxWrap wrap;
  gpointer fault_data;
};

G_DEFINE_QUARK (kouan_outbox_error_quark, kouan_outbox_error)
G_DEFINE_FINAL_TYPE (KouanOutbox, kouan_outbox, G_TYPE_OBJECT)

static void
kouan_outbox_finalize (GObject *object)
{
  KouanOutbox *self = KOUAN_OUTBOX (object);

  g_clear_object (&self->station);
  g_clear_object (&self->clock);
  g_free (self->records);
  G_OBJECT_CLASS (kouan_outbox_parent_class)->finalize (object);
}

static void
kouan_outbox_class_init (KouanOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_outbox_finalize;
}

static void
kouan_outbox_init (KouanOutbox *self G_GNUC_UNUSED)
{
}

KouanOutbox *
kouan_outbox_new (KouanStation *station, KouanClock *clock)
{
  KouanOutbox *self;

  g_return_val_if_fail (KOUAN_IS_STATION (station) && KOUAN_IS_CLOCK (clock), NULL);

  self = g_object_new (KOUAN_TYPE_OUTBOX, NULL);
  self->station = g_object_ref (station);
  self->clock = g_object_ref (clock);
  self->records = kouan_station_path (station, KOUAN_STATION_RECORDS);
  return self;
}

void
kouan_submitted_free (KouanSubmitted *self)
{
  g_free (self->number);
  g_free (self->slip);
  g_free (self);
}

void
kouan_outbox_set_faults (KouanOutbox *self,
                         KouanOutboxStep step,
                         KouanOutboxWrap wrap,
                         gpointer data)
{
  self->step = step;
  self->wrap = wrap;
  self->fault_data = data;
}

void
kouan_outbox_step (KouanOutbox *self, const char *step)
{
  if (self->step != NULL)
    self->step (step, self->fault_data);
}

GOutputStream *
kouan_outbox_wrap (KouanOutbox *self, GOutputStream *base)
{
  return self->wrap != NULL ? self->wrap (base, self->fault_data) : g_object_ref (base);
}

KouanStation *
kouan_outbox_get_station (KouanOutbox *self)
{
  return self->station;
}

KouanClock *
kouan_outbox_get_clock (KouanOutbox *self)
{
  return self->clock;
}

/* Returns: (transfer full): a connection to the station's database, for the calling thread;
 * KOUAN_DATABASE_ERROR */
KouanDatabase *
kouan_outbox_open_database (KouanOutbox *self, GError **error)
{
  g_autofree char *path = NULL;
  KouanDatabase *db;

  g_return_val_if_fail (KOUAN_IS_OUTBOX (self), NULL);

  path = kouan_station_path (self->station, KOUAN_STATION_DATABASE);
  db = kouan_kiosk_store_open (path, error);
  if (db != NULL)
    kouan_audit_keeper_attach (db, self->station);
  return db;
}

/* Returns: (transfer full): where the sealed file of a row lies */
char *
kouan_outbox_path (KouanOutbox *self, const char *file)
{
  g_return_val_if_fail (KOUAN_IS_OUTBOX (self) && file != NULL, NULL);

  return g_build_filename (self->records, file, NULL);
}

/* Bytes that this process may still write; 0 if that cannot be found out. */
guint64
kouan_outbox_get_free_space (KouanOutbox *self)
{
  struct statvfs status;

  if (statvfs (self->records, &status) != 0)
    {
      g_message ("%s: %s", self->records, g_strerror (errno));
      return 0;
    }
  if (status.f_files != 0 && status.f_favail < FILES_MIN)
    return 0;
  return (guint64)status.f_bavail * status.f_frsize;
}

/**
 * kouan_outbox_get_space:
 *
 * Cheap enough to ask before each page. FULL leaves room for the visits that have begun and for the
 * database: the kiosk stops taking documents before it would have to lose one.
 */
KouanOutboxSpace
kouan_outbox_get_space (KouanOutbox *self)
{
  guint64 space;

  g_return_val_if_fail (KOUAN_IS_OUTBOX (self), KOUAN_OUTBOX_SPACE_FULL);

  space = kouan_outbox_get_free_space (self) / MIB;
  if (space < (guint64)kouan_station_get_number (self->station, "store", "full-mib"))
    return KOUAN_OUTBOX_SPACE_FULL;
  if (space < (guint64)kouan_station_get_number (self->station, "store", "low-mib"))
    return KOUAN_OUTBOX_SPACE_LOW;
  return KOUAN_OUTBOX_SPACE_PLENTY;
}

static KouanOutboxError
translate (const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE)
      || g_error_matches (cause, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_FULL))
    return KOUAN_OUTBOX_ERROR_FULL;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return KOUAN_OUTBOX_ERROR_CANCELLED;
  if (g_error_matches (cause, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_BUSY))
    return KOUAN_OUTBOX_ERROR_BUSY;
  return KOUAN_OUTBOX_ERROR_IO;
}

/* Carries a foreign error over this border; one of ours goes through as it is. */
gboolean
kouan_outbox_fail (const GError *cause, GError **error)
{
  g_return_val_if_fail (cause != NULL, FALSE);

  if (cause->domain == KOUAN_OUTBOX_ERROR)
    g_propagate_error (error, g_error_copy (cause));
  else
    g_set_error_literal (error, KOUAN_OUTBOX_ERROR, translate (cause), cause->message);
  return FALSE;
}

static char *
find_file (KouanDatabase *db, const guint8 *record_id, GError **error)
{
  g_autoptr (KouanRecordRow) row = kouan_records_find (db, record_id, error);

  return row != NULL ? g_strdup (row->file != NULL ? row->file : "") : NULL;
}

/**
 * kouan_outbox_erase:
 *
 * The row goes first: a power cut between the two leaves a file without a row, which the next start
 * removes. The other way round it would leave a row that promises a file.
 *
 * Returns: FALSE with a KOUAN_DATABASE_ERROR: CONFLICT unless the record is ARCHIVED (or ERASED
 * already)
 */
gboolean
kouan_outbox_erase (KouanOutbox *self,
                    KouanDatabase *db,
                    const guint8 record_id[static 16],
                    GError **error)
{
  g_autofree char *file = find_file (db, record_id, error);
  g_autofree char *path = NULL;

  g_return_val_if_fail (KOUAN_IS_OUTBOX (self), FALSE);

  if (file == NULL
      || !kouan_records_set_state (db, record_id, KOUAN_RECORD_ERASED, NULL, NULL,
                                   kouan_clock_wall_s (self->clock), error))
    return FALSE;
  if (*file == '\0')
    return TRUE;
  path = kouan_outbox_path (self, file);
  if (g_unlink (path) != 0 && errno != ENOENT)
    g_warning ("%s: cannot be erased: %s", path, g_strerror (errno));
  return TRUE;
}
