/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/faults/crash-vfs.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

/* What is written is pending until its file is synced. A power cut keeps, drops or tears each
 * pending write by chance, sector by sector, so that any order in which a disk may write is among
 * what happens. Names behave as on ext4: a sync of any file makes them durable; a cut leaves each
 * changed name old or new. After SQLite's own test_vfs, as its "How SQLite Is Tested" describes it.
 */

#define SECTOR 512
#define FILES 8
#define REGIONS 16
#define FULL_FOR 40

typedef struct
{
  gint64 at;
  guint8 *data; /* NULL: a truncation to @at */
  guint size;
} Write;

typedef struct
{
  char name[64];
  gboolean named, named_durably;
  GByteArray *now, *durable;
  GArray *pending;
  guint8 *shared[REGIONS];
} File;

typedef struct
{
  sqlite3_file base;
  File *file;
} Open;

static File files[FILES];
static File saved[FILES];
static CrashVfsFault fault;
static guint calls, fault_at;
static gboolean dark; /* the power is off */
static gboolean lazy; /* the write-ahead log is not synced */
static GRand *chance;

static void
apply (GByteArray *bytes, const Write *write)
{
  guint before = bytes->len;
  guint need = (guint)write->at + write->size;

  if (write->data == NULL || need > before)
    {
      g_byte_array_set_size (bytes, need);
      if (need > before)
        memset (bytes->data + before, 0, need - before);
    }
  if (write->data != NULL)
    memcpy (bytes->data + write->at, write->data, write->size);
}

static void
forget_pending (File *file)
{
  for (guint i = 0; i < file->pending->len; i++)
    g_free (g_array_index (file->pending, Write, i).data);
  g_array_set_size (file->pending, 0);
}

static void
push (File *file, gint64 at, const void *data, guint size)
{
  Write write = { at, data != NULL ? g_memdup2 (data, size) : NULL, size };

  apply (file->now, &write);
  g_array_append_val (file->pending, write);
}

static File *
find (const char *path, gboolean make)
{
  const char *slash = strrchr (path, '/');
  const char *name = slash != NULL ? slash + 1 : path;
  File *free_one = NULL;

  for (guint i = 0; i < FILES; i++)
    {
      if (files[i].now != NULL && strcmp (files[i].name, name) == 0)
        return &files[i];
      if (files[i].now == NULL && free_one == NULL)
        free_one = &files[i];
    }
  if (!make)
    return NULL;
  g_assert (free_one != NULL);
  g_strlcpy (free_one->name, name, sizeof free_one->name);
  free_one->now = g_byte_array_new ();
  free_one->durable = g_byte_array_new ();
  free_one->pending = g_array_new (FALSE, FALSE, sizeof (Write));
  return free_one;
}

/* Returns: SQLITE_OK, or what the call answers */
static int
step (int error, gboolean writes)
{
  if (dark)
    return error;
  calls++;
  if (fault == CRASH_VFS_CUT && calls == fault_at)
    dark = TRUE;
  if (dark || (fault == CRASH_VFS_ERROR && calls == fault_at))
    return error;
  if (fault == CRASH_VFS_FULL && writes && calls >= fault_at && calls < fault_at + FULL_FOR)
    return SQLITE_FULL;
  return SQLITE_OK;
}

static void
make_names_durable (void)
{
  for (guint i = 0; i < FILES; i++)
    files[i].named_durably = files[i].named;
}

static int
on_close (sqlite3_file *handle G_GNUC_UNUSED)
{
  return SQLITE_OK;
}

static int
on_read (sqlite3_file *handle, void *data, int size, sqlite3_int64 at)
{
  GByteArray *now = ((Open *)handle)->file->now;
  gint64 there = CLAMP ((gint64)now->len - at, 0, size);

  if (dark)
    return SQLITE_IOERR_READ;
  memset (data, 0, (gsize)size);
  if (there > 0)
    memcpy (data, now->data + at, (gsize)there);
  return there == size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
on_write (sqlite3_file *handle, const void *data, int size, sqlite3_int64 at)
{
  gboolean was_dark = dark;
  int answer = step (SQLITE_IOERR_WRITE, TRUE);

  if (answer == SQLITE_OK || (dark && !was_dark)) /* the cut comes while this is on its way */
    push (((Open *)handle)->file, at, data, (guint)size);
  return answer;
}

static int
on_truncate (sqlite3_file *handle, sqlite3_int64 size)
{
  int answer = step (SQLITE_IOERR_TRUNCATE, TRUE);

  if (answer == SQLITE_OK)
    push (((Open *)handle)->file, size, NULL, 0);
  return answer;
}

static int
on_sync (sqlite3_file *handle, int flags G_GNUC_UNUSED)
{
  File *file = ((Open *)handle)->file;
  int answer = step (SQLITE_IOERR_FSYNC, FALSE);

  if (answer != SQLITE_OK || (lazy && g_str_has_suffix (file->name, "-wal")))
    return answer;
  g_byte_array_set_size (file->durable, 0);
  g_byte_array_append (file->durable, file->now->data, file->now->len);
  forget_pending (file);
  make_names_durable ();
  return SQLITE_OK;
}

static int
on_size (sqlite3_file *handle, sqlite3_int64 *size)
{
  *size = ((Open *)handle)->file->now->len;
  return SQLITE_OK;
}

static int
on_lock (sqlite3_file *handle G_GNUC_UNUSED, int level G_GNUC_UNUSED)
{
  return SQLITE_OK;
}

static int
on_check_lock (sqlite3_file *handle G_GNUC_UNUSED, int *taken)
{
  *taken = 0;
  return SQLITE_OK;
}

static int
on_control (sqlite3_file *handle G_GNUC_UNUSED, int what G_GNUC_UNUSED, void *data G_GNUC_UNUSED)
{
  return SQLITE_NOTFOUND;
}

static int
on_sector (sqlite3_file *handle G_GNUC_UNUSED)
{
  return SECTOR;
}

static int
on_device (sqlite3_file *handle G_GNUC_UNUSED)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int
on_shared (sqlite3_file *handle, int region, int size, int make, void volatile **memory)
{
  File *file = ((Open *)handle)->file;

  g_assert (region < REGIONS);
  if (file->shared[region] == NULL && make)
    file->shared[region] = g_malloc0 ((gsize)size);
  *memory = file->shared[region];
  return SQLITE_OK;
}

static int
on_shared_lock (sqlite3_file *handle G_GNUC_UNUSED,
                int at G_GNUC_UNUSED,
                int count G_GNUC_UNUSED,
                int flags G_GNUC_UNUSED)
{
  return SQLITE_OK;
}

static void
on_shared_barrier (sqlite3_file *handle G_GNUC_UNUSED)
{
}

static void
drop_shared (File *file)
{
  for (guint i = 0; i < REGIONS; i++)
    g_clear_pointer (&file->shared[i], g_free);
}

static int
on_shared_unmap (sqlite3_file *handle, int forget)
{
  if (forget)
    drop_shared (((Open *)handle)->file);
  return SQLITE_OK;
}

static const sqlite3_io_methods methods
  = { 2,         on_close,  on_read,        on_write,          on_truncate,     on_sync,
      on_size,   on_lock,   on_lock,        on_check_lock,     on_control,      on_sector,
      on_device, on_shared, on_shared_lock, on_shared_barrier, on_shared_unmap, NULL,
      NULL };

static int
on_open (
  sqlite3_vfs *vfs G_GNUC_UNUSED, const char *path, sqlite3_file *handle, int flags, int *flags_out)
{
  Open *open = (Open *)handle;
  File *file;

  open->base.pMethods = NULL;
  if (dark || path == NULL)
    return SQLITE_CANTOPEN;
  file = find (path, (flags & SQLITE_OPEN_CREATE) != 0);
  if (file == NULL || (!file->named && !(flags & SQLITE_OPEN_CREATE)))
    return SQLITE_CANTOPEN;
  if (!file->named && file->now->len > 0)
    push (file, 0, NULL, 0);
  file->named = TRUE;
  open->file = file;
  open->base.pMethods = &methods;
  if (flags_out != NULL)
    *flags_out = flags;
  return SQLITE_OK;
}

static int
on_delete (sqlite3_vfs *vfs G_GNUC_UNUSED, const char *path, int sync)
{
  int answer = step (SQLITE_IOERR_DELETE, FALSE);
  File *file = find (path, FALSE);

  if (answer != SQLITE_OK)
    return answer;
  if (file == NULL || !file->named)
    return SQLITE_IOERR_DELETE_NOENT;
  file->named = FALSE;
  if (sync)
    make_names_durable ();
  return SQLITE_OK;
}

static int
on_access (sqlite3_vfs *vfs G_GNUC_UNUSED, const char *path, int flags G_GNUC_UNUSED, int *there)
{
  File *file = find (path, FALSE);

  *there = file != NULL && file->named && file->now->len > 0;
  return SQLITE_OK;
}

static int
on_full_name (sqlite3_vfs *vfs G_GNUC_UNUSED, const char *path, int size, char *out)
{
  g_strlcpy (out, path, (gsize)size);
  return SQLITE_OK;
}

static int
on_random (sqlite3_vfs *vfs G_GNUC_UNUSED, int size, char *out)
{
  for (int i = 0; i < size; i++)
    out[i] = (char)g_rand_int_range (chance, 0, 256);
  return size;
}

static int
on_sleep (sqlite3_vfs *vfs G_GNUC_UNUSED, int us)
{
  return us;
}

static int
on_time (sqlite3_vfs *vfs G_GNUC_UNUSED, double *now)
{
  *now = 2460000.5;
  return SQLITE_OK;
}

static int
on_last_error (sqlite3_vfs *vfs G_GNUC_UNUSED, int size G_GNUC_UNUSED, char *text G_GNUC_UNUSED)
{
  return SQLITE_OK;
}

void
crash_vfs_register (gboolean be_lazy)
{
  static sqlite3_vfs vfs = { .iVersion = 1,
                             .szOsFile = sizeof (Open),
                             .mxPathname = 256,
                             .zName = "crash",
                             .xOpen = on_open,
                             .xDelete = on_delete,
                             .xAccess = on_access,
                             .xFullPathname = on_full_name,
                             .xRandomness = on_random,
                             .xSleep = on_sleep,
                             .xCurrentTime = on_time,
                             .xGetLastError = on_last_error };

  lazy = be_lazy;
  chance = g_rand_new_with_seed (1);
  g_assert (sqlite3_vfs_register (&vfs, 1) == SQLITE_OK);
}

void
crash_vfs_arm (CrashVfsFault what, guint at, guint32 seed)
{
  fault = what;
  fault_at = at;
  calls = 0;
  dark = FALSE;
  g_rand_set_seed (chance, seed);
}

guint
crash_vfs_count (void)
{
  return calls;
}

/* Of ten sectors that were on their way four are lost, one is torn and five arrive. */
static void
settle (File *file, const Write *write)
{
  if (write->data == NULL)
    {
      if (g_rand_boolean (chance))
        apply (file->durable, write);
      return;
    }
  for (guint at = 0; at < write->size; at += SECTOR)
    {
      gint luck = g_rand_int_range (chance, 0, 10);
      Write part = { write->at + at, write->data + at, MIN (SECTOR, write->size - at) };

      if (luck == 4)
        part.size = (guint)g_rand_int_range (chance, 1, (gint32)part.size + 1);
      if (luck >= 4)
        apply (file->durable, &part);
    }
}

void
crash_vfs_power_up (void)
{
  for (guint i = 0; i < FILES; i++)
    {
      File *file = &files[i];

      if (file->now == NULL)
        continue;
      for (guint j = 0; j < file->pending->len; j++)
        settle (file, &g_array_index (file->pending, Write, j));
      forget_pending (file);
      drop_shared (file);
      g_byte_array_set_size (file->now, 0);
      g_byte_array_append (file->now, file->durable->data, file->durable->len);
      if (file->named != file->named_durably && g_rand_boolean (chance))
        file->named = file->named_durably;
      file->named_durably = file->named;
    }
  dark = FALSE;
  fault = CRASH_VFS_WELL;
}

static void
copy_bytes (GByteArray **to, const GByteArray *from)
{
  if (*to == NULL)
    *to = g_byte_array_new ();
  g_byte_array_set_size (*to, 0);
  g_byte_array_append (*to, from->data, from->len);
}

void
crash_vfs_save (void)
{
  for (guint i = 0; i < FILES && files[i].now != NULL; i++)
    {
      memcpy (saved[i].name, files[i].name, sizeof saved[i].name);
      saved[i].named = files[i].named;
      copy_bytes (&saved[i].now, files[i].now);
    }
}

void
crash_vfs_restore (void)
{
  for (guint i = 0; i < FILES && files[i].now != NULL; i++)
    {
      forget_pending (&files[i]);
      drop_shared (&files[i]);
      files[i].named = files[i].named_durably = saved[i].named;
      if (saved[i].now == NULL)
        copy_bytes (&saved[i].now, &(GByteArray){ (guint8 *)"", 0 });
      copy_bytes (&files[i].now, saved[i].now);
      copy_bytes (&files[i].durable, saved[i].now);
    }
}
