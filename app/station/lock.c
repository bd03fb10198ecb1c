/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-station"

#include "app/station/station.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

/* flock and not fcntl: it belongs to the open file, so that two threads of one process exclude each
 * other too and closing some other descriptor of the file does not drop it. */

struct _KouanStationLock
{
  int fd;
};

/**
 * kouan_station_lock:
 * @name: KOUAN_STATION_LOCK_SUBMIT or KOUAN_STATION_LOCK_SYNC
 * @shared: together with others that share it
 * @wait: until it is free
 *
 * Returns: (transfer full) (nullable): the lock, or NULL if it is taken or the folder cannot be
 * written
 */
KouanStationLock *
kouan_station_lock (KouanStation *self, const char *name, gboolean shared, gboolean wait)
{
  g_autofree char *path = kouan_station_path (self, name);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  int operation = (shared ? LOCK_SH : LOCK_EX) | (wait ? 0 : LOCK_NB);
  KouanStationLock *lock;

  if (fd < 0)
    {
      g_message ("%s: %s", path, g_strerror (errno));
      return NULL;
    }
  while (flock (fd, operation) != 0)
    if (errno != EINTR)
      {
        close (fd);
        return NULL;
      }
  lock = g_new (KouanStationLock, 1);
  lock->fd = fd;
  return lock;
}

/* Let go of by name, and not by closing the file alone: a program that is being started has a copy
 * of each descriptor until its image is another one, and would hold the lock on. */
void
kouan_station_lock_release (KouanStationLock *lock)
{
  (void)flock (lock->fd, LOCK_UN);
  close (lock->fd);
  g_free (lock);
}
