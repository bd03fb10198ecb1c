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
 *   FAULT_DO=eio       that call, if it is a sync or a positioned write, answers EIO
 *   FAULT_DO=enospc    every write from that one on answers ENOSPC, for forty of them
 *   FAULT_DO=lazy      syncs of a write-ahead log do nothing: what synchronous=NORMAL makes of a
 * commit FAULT_CLOCK=S      the wall clock is S seconds off
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
  FAIL (1, 1);
  return NEXT (pwrite64) (fd, data, size, at);
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

int
fsync (int fd)
{
  if (is_lazy (fd))
    return 0;
  FAIL (1, 0);
  return NEXT (fsync) (fd);
}

int
fdatasync (int fd)
{
  if (is_lazy (fd))
    return 0;
  FAIL (1, 0);
  return NEXT (fdatasync) (fd);
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
