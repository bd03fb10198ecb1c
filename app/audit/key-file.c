/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-audit"

#include "app/audit/key-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* audit.key: the key for the next entry, overwritten in place. It is a file of its own because a
 * database keeps what it overwrites, in its log, until it is done with it.
 *
 * Two slots, far enough apart for no disk to tear both in one write:
 *
 *   "KAK2", slot written first, sequence (8, big endian), id (16), key (32), SHA-256 of all that
 *
 * A new key goes to the slot that was written second the last time, is synced, and then to the
 * other. Whatever the moment of a power cut, one slot is whole. The second write is not synced: the
 * next one's sync takes it along. A key that is older than the log is no loss, since the next ones
 * follow from it.
 *
 * What a file system or a disk keeps of overwritten blocks is beyond a program's reach. */

#define MAGIC "KAK2"
#define MAGIC_SIZE 4
#define SLOT_DISTANCE 4096
#define SLOTS 2
#define FILE_MODE 0600

typedef struct
{
  char magic[MAGIC_SIZE];
  guint32 slot;
  guint64 sequence;
  guint8 id[KOUAN_AUDIT_SEAL_ID_SIZE];
  guint8 key[KOUAN_KEY_SIZE];
  guint8 check[KOUAN_SHA256_SIZE];
} Slot;

#define CHECKED G_STRUCT_OFFSET (Slot, check)

G_STATIC_ASSERT (sizeof (Slot) == 96);

static int
open_locked (const char *path)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);

  while (fd >= 0 && flock (fd, LOCK_EX) != 0)
    if (errno != EINTR)
      {
        close (fd);
        return -1;
      }
  return fd;
}

static gboolean
read_slot (int fd, guint number, Slot *slot)
{
  guint8 check[KOUAN_SHA256_SIZE];

  if (pread (fd, slot, sizeof *slot, (off_t)number * SLOT_DISTANCE) != sizeof *slot
      || memcmp (slot->magic, MAGIC, MAGIC_SIZE) != 0)
    return FALSE;
  kouan_sha256 ((const guint8 *)slot, CHECKED, check);
  return memcmp (slot->check, check, sizeof check) == 0;
}

/* Of the slots that are whole and of this key, the later one. */
static gboolean
read_best (int fd, const guint8 *id, Slot *best)
{
  gboolean found = FALSE;

  for (guint i = 0; i < SLOTS; i++)
    {
      Slot slot;

      if (read_slot (fd, i, &slot) && memcmp (slot.id, id, sizeof slot.id) == 0
          && (!found || GUINT64_FROM_BE (slot.sequence) > GUINT64_FROM_BE (best->sequence)))
        {
          *best = slot;
          found = TRUE;
        }
      kouan_wipe (&slot, sizeof slot);
    }
  return found;
}

static gboolean
fail (const char *path, int fd, GError **error)
{
  int cause = errno;

  if (fd >= 0)
    close (fd);
  g_set_error (error, KOUAN_DATABASE_ERROR,
               cause == ENOSPC || cause == EDQUOT ? KOUAN_DATABASE_ERROR_FULL
                                                  : KOUAN_DATABASE_ERROR_IO,
               "%s: %s", path, g_strerror (cause));
  return FALSE;
}

static void
fill (Slot *slot, guint number, const KouanAuditKeyPlace *place, KouanSecret *key)
{
  memcpy (slot->magic, MAGIC, MAGIC_SIZE);
  slot->slot = GUINT32_TO_BE (number);
  slot->sequence = GUINT64_TO_BE ((guint64)place->sequence);
  memcpy (slot->id, place->id, sizeof slot->id);
  memcpy (slot->key, kouan_secret_data (key), sizeof slot->key);
  kouan_sha256 ((const guint8 *)slot, CHECKED, slot->check);
}

static gboolean
write_slot (int fd, guint number, const Slot *slot)
{
  ssize_t written = pwrite (fd, slot, sizeof *slot, (off_t)number * SLOT_DISTANCE);

  if (written >= 0 && written != sizeof *slot)
    errno = ENOSPC;
  return written == sizeof *slot;
}

/**
 * kouan_audit_key_read:
 * @id: of the key that is wanted
 * @place: (out)
 * @key: 32 bytes, overwritten if there is one
 *
 * Returns: FALSE if the file holds no such key
 */
gboolean
kouan_audit_key_read (const char *path,
                      const guint8 *id,
                      KouanAuditKeyPlace *place,
                      KouanSecret *key)
{
  Slot best;
  int fd = open_locked (path);
  gboolean found = fd >= 0 && read_best (fd, id, &best);

  if (fd >= 0)
    close (fd);
  if (!found)
    return FALSE;
  place->sequence = (gint64)GUINT64_FROM_BE (best.sequence);
  place->slot = GUINT32_FROM_BE (best.slot) % SLOTS;
  memcpy (place->id, best.id, sizeof place->id);
  memcpy (kouan_secret_data (key), best.key, sizeof best.key);
  kouan_wipe (&best, sizeof best);
  return TRUE;
}

/**
 * kouan_audit_key_add:
 * @place: its slot: in, where the key before it was written first; out, where this one is
 *
 * Puts a new key beside the old one, durably: which of them counts is for a transaction to say.
 */
gboolean
kouan_audit_key_add (const char *path, KouanAuditKeyPlace *place, KouanSecret *key, GError **error)
{
  int fd = open_locked (path);
  guint number = 1 - place->slot % SLOTS;
  Slot slot;
  gboolean done;

  if (fd < 0)
    return fail (path, fd, error);
  fill (&slot, number, place, key);
  done = write_slot (fd, number, &slot) && fsync (fd) == 0;
  kouan_wipe (&slot, sizeof slot);
  if (!done)
    return fail (path, fd, error);
  place->slot = number;
  close (fd);
  return TRUE;
}

/**
 * kouan_audit_key_replace:
 *
 * Overwrites every older key. A file that is further on already stays: another process was faster.
 */
gboolean
kouan_audit_key_replace (const char *path,
                         KouanAuditKeyPlace *place,
                         KouanSecret *key,
                         GError **error)
{
  int fd = open_locked (path);
  Slot slot;
  guint number;
  gboolean done;

  if (fd < 0)
    return fail (path, fd, error);
  if (read_best (fd, place->id, &slot))
    {
      place->slot = GUINT32_FROM_BE (slot.slot) % SLOTS;
      done = (gint64)GUINT64_FROM_BE (slot.sequence) > place->sequence;
      kouan_wipe (&slot, sizeof slot);
      if (done)
        {
          close (fd);
          return TRUE;
        }
    }
  number = 1 - place->slot;
  fill (&slot, number, place, key);
  done
    = write_slot (fd, number, &slot) && fdatasync (fd) == 0 && write_slot (fd, 1 - number, &slot);
  kouan_wipe (&slot, sizeof slot);
  if (!done)
    return fail (path, fd, error);
  place->slot = number;
  close (fd);
  return TRUE;
}
