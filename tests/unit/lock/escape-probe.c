/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/phone/room.h"
#include "app/pixels/room.h"

/* Locks itself in as kouan-pixels or kouan-phone does and tries one thing that a decoder, or a
 * server, which was taken over would try. Ends with 0 where it got its way, with 1 where it was
 * told no; a kill is the other good answer. */

static int
try_read (const char *path)
{
  return open (path, O_RDONLY) >= 0 ? 0 : 1;
}

static int
try_one (const char *what)
{
  const char *const argv[] = { "/bin/true", NULL };

  if (strcmp (what, "nothing") == 0)
    return 0;
  if (strcmp (what, "read-fonts") == 0)
    return try_read ("/etc/fonts");
  if (strcmp (what, "read-passwd") == 0)
    return try_read ("/etc/passwd");
  if (strcmp (what, "read-self") == 0)
    return try_read ("/proc/self/maps");
  if (strcmp (what, "read-own-files") == 0)
    return try_read ("/etc/hostname") == 0 || try_read ("/etc/machine-id") == 0
               || try_read ("/var/lib/dpkg/status") == 0 || try_read ("/etc/fonts") == 0
             ? 0
             : 1;
  if (strcmp (what, "folder") == 0)
    return mkdir ("/tmp/kouan-escape-probe.d", 0700) == 0 ? 0 : 1;
  if (strcmp (what, "create") == 0)
    return open ("/tmp/kouan-escape-probe", O_WRONLY | O_CREAT, 0600) >= 0 ? 0 : 1;
  if (strcmp (what, "write") == 0)
    return open ("/dev/null", O_WRONLY) >= 0 ? 0 : 1;
  if (strcmp (what, "socket") == 0)
    return socket (AF_UNIX, SOCK_STREAM, 0) >= 0 ? 0 : 1;
  if (strcmp (what, "socket-inet") == 0)
    return socket (AF_INET, SOCK_STREAM, 0) >= 0 ? 0 : 1;
  if (strcmp (what, "connect") == 0)
    return connect (STDIN_FILENO, NULL, 0) == 0 ? 0 : 1;
  if (strcmp (what, "listen") == 0)
    return listen (STDIN_FILENO, 1) == 0 ? 0 : 1;
  if (strcmp (what, "accept") == 0) /* allowed to the one, and there is nobody to accept */
    return accept4 (STDIN_FILENO, NULL, NULL, 0) < 0 && errno == ENOTSOCK ? 0 : 1;
  if (strcmp (what, "fork") == 0)
    return fork () >= 0 ? 0 : 1;
  if (strcmp (what, "exec") == 0)
    return execv (argv[0], (char *const *)argv);
  if (strcmp (what, "code") == 0)
    return mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
               != MAP_FAILED
             ? 0
             : 1;
  if (strcmp (what, "kill") == 0)
    return kill (getppid (), 0) == 0 ? 0 : 1;
  if (strcmp (what, "memory") == 0)
    return mmap (NULL, 2ul << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED ? 0
                                                                                               : 1;
  return 2;
}

int
main (int argc, char **argv)
{
  const KouanLockPlan phone = kouan_phone_room (5);

  if (argc != 3 || !kouan_lock_down (strcmp (argv[1], "phone") == 0 ? &phone : &kouan_pixels_room))
    return 3;
  _exit (try_one (argv[2]));
}
