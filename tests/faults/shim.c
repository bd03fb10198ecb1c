/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

/* Preloaded into a program whose disk is to fail. The calls that change something durable are
 * counted;
 *
 *   FAULT_AT=N         at the Nth of them
 *   FAULT_DO=kill      the process ends at once, before the call, as by a kill -9
 *   FAULT_DO=eio       that call, if it is a sync or a positioned write, answers EIO; and as Linux
 *                      forgets what it could not write, says so once and never again, what was
 *                      written in a row since the last sync reads as zeros from then on
 *   FAULT_DO=enospc    every write from that one on answers ENOSPC, for forty of them
 *   FAULT_DO=lazy      syncs of a write-ahead log do nothing, as with synchronous=NORMAL
 *   FAULT_CLOCK=S      the wall clock is S seconds off
 *   FAULT_COUNT=PATH   how many there were is written there when the program ends by itself
 *
 * Standard output and error are not counted. */

static long calls;

static long
number (const char *name)
{
  const char *text = getenv (name);

  return text != NULL ? strtol (text, NULL, 10) : 0;
}

/* Returns: 0, or what the call is to fail with */
static int
count (int fails_by_eio, int writes)
{
  const char *what = getenv ("FAULT_DO");
  long at = number ("FAULT_AT");
  long now = __atomic_add_fetch (&calls, 1, __ATOMIC_SEQ_CST);

  if (what == NULL || at == 0)
    return 0;
  if (strcmp (what, "kill") == 0 && now == at)
    raise (SIGKILL);
  if (strcmp (what, "eio") == 0 && now == at && fails_by_eio)
    return EIO;
  if (strcmp (what, "enospc") == 0 && writes && now >= at && now < at + 40)
    return ENOSPC;
  return 0;
}

__attribute__ ((destructor)) static void
tell (void)
{
  const char *path = getenv ("FAULT_COUNT");
  FILE *file = path != NULL ? fopen (path, "w") : NULL;

  if (file == NULL)
    return;
  fprintf (file, "%ld\n", calls);
  fclose (file);
}

/* Of each descriptor, the bytes that were written one after the other since its last sync. */
static struct
{
  off64_t from, to;
  int scattered;
} unsynced[1024];

static void
note_written (int fd, off64_t at, ssize_t size)
{
  if (fd < 0 || fd >= (int)(sizeof unsynced / sizeof *unsynced) || size <= 0)
    return;
  if (unsynced[fd].to == unsynced[fd].from)
    unsynced[fd].from = unsynced[fd].to = at;
  if (at != unsynced[fd].to)
    unsynced[fd].scattered = 1;
  unsynced[fd].to = at + size;
}

static void
forget_unsynced (int fd, int is_lost)
{
  int saved = errno;

  if (fd < 0 || fd >= (int)(sizeof unsynced / sizeof *unsynced))
    return;
  if (is_lost && !unsynced[fd].scattered && unsynced[fd].to > unsynced[fd].from)
    fallocate (fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, unsynced[fd].from,
               unsynced[fd].to - unsynced[fd].from);
  unsynced[fd].from = unsynced[fd].to = 0;
  unsynced[fd].scattered = 0;
  errno = saved;
}

#define NEXT(name) ((__typeof__ (&name))dlsym (RTLD_NEXT, #name))

#define FAIL(eio, writes)                                                                          \
  do                                                                                               \
    {                                                                                              \
      int code = count (eio, writes);                                                              \
      if (code != 0)                                                                               \
        {                                                                                          \
          errno = code;                                                                            \
          return -1;                                                                               \
        }                                                                                          \
    }                                                                                              \
  while (0)

ssize_t
write (int fd, const void *data, size_t size)
{
  if (fd > STDERR_FILENO)
    FAIL (0, 1);
  return NEXT (write) (fd, data, size);
}

ssize_t
pwrite64 (int fd, const void *data, size_t size, off64_t at)
{
  ssize_t done;

  FAIL (1, 1);
  done = NEXT (pwrite64) (fd, data, size, at);
  note_written (fd, at, done);
  return done;
}

static int
is_lazy (int fd)
{
  const char *what = getenv ("FAULT_DO");
  char link[64], path[4096];
  ssize_t size;

  if (what == NULL || strcmp (what, "lazy") != 0)
    return 0;
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  size = readlink (link, path, sizeof path);
  return size > 4 && memcmp (path + size - 4, "-wal", 4) == 0;
}

static int
do_sync (int fd, int (*sync) (int))
{
  int code = count (1, 0);

  forget_unsynced (fd, code != 0);
  if (code == 0)
    return sync (fd);
  errno = code;
  return -1;
}

/* A number may be used again. */
int
close (int fd)
{
  forget_unsynced (fd, 0);
  return NEXT (close) (fd);
}

int
fsync (int fd)
{
  if (is_lazy (fd))
    return 0;
  return do_sync (fd, NEXT (fsync));
}

int
fdatasync (int fd)
{
  if (is_lazy (fd))
    return 0;
  return do_sync (fd, NEXT (fdatasync));
}

int
ftruncate64 (int fd, off64_t size)
{
  FAIL (1, 0);
  return NEXT (ftruncate64) (fd, size);
}

int
rename (const char *from, const char *to)
{
  FAIL (1, 0);
  return NEXT (rename) (from, to);
}

int
unlink (const char *path)
{
  FAIL (1, 0);
  return NEXT (unlink) (path);
}

int
clock_gettime (clockid_t clock, struct timespec *now)
{
  int done = NEXT (clock_gettime) (clock, now);

  if (done == 0 && clock == CLOCK_REALTIME)
    now->tv_sec += number ("FAULT_CLOCK");
  return done;
}

time_t
time (time_t *out)
{
  struct timespec now;
  time_t seconds = clock_gettime (CLOCK_REALTIME, &now) == 0 ? now.tv_sec : (time_t)-1;

  if (out != NULL)
    *out = seconds;
  return seconds;
}
