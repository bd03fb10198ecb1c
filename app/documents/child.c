/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/child.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

/* One run of kouan-pixels from its start to its grave: empty environment, two pipes and nothing
 * else open, a process group of its own. It is written to and read from at once, so that neither
 * side can make the other wait for ever, and whatever happens it is killed and buried before the
 * function returns. */

enum
{
  TO_CHILD,
  FROM_CHILD,
  CANCEL,
  N_POLLED
};

typedef struct
{
  pid_t pid;
  struct pollfd polled[N_POLLED]; /* fd -1 where there is nothing to wait for */
  const guint8 *input;
  gsize input_left;
  KouanFrames *frames;
  gint64 deadline_us;
} Child;

static gboolean
set_up_actions (posix_spawn_file_actions_t *actions, int input, int output)
{
  return posix_spawn_file_actions_adddup2 (actions, input, STDIN_FILENO) == 0
         && posix_spawn_file_actions_adddup2 (actions, output, STDOUT_FILENO) == 0
         && posix_spawn_file_actions_addopen (actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0
         && posix_spawn_file_actions_addclosefrom_np (actions, STDERR_FILENO + 1) == 0;
}

static gboolean
set_up_attributes (posix_spawnattr_t *attributes)
{
  short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
  sigset_t none, all;

  sigemptyset (&none);
  sigfillset (&all);
  return posix_spawnattr_setflags (attributes, flags) == 0
         && posix_spawnattr_setpgroup (attributes, 0) == 0
         && posix_spawnattr_setsigmask (attributes, &none) == 0
         && posix_spawnattr_setsigdefault (attributes, &all) == 0;
}

static gboolean
spawn (const char *const *argv, int input, int output, pid_t *pid)
{
  char *const environment[] = { NULL };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int failed = -1;

  posix_spawn_file_actions_init (&actions);
  posix_spawnattr_init (&attributes);
  if (set_up_actions (&actions, input, output) && set_up_attributes (&attributes))
    failed = posix_spawn (pid, argv[0], &actions, &attributes, (char *const *)argv, environment);
  posix_spawnattr_destroy (&attributes);
  posix_spawn_file_actions_destroy (&actions);
  if (failed != 0)
    g_message ("%s cannot be started: %s", argv[0], g_strerror (failed));
  return failed == 0;
}

static void
close_polled (Child *child, int which)
{
  if (child->polled[which].fd >= 0)
    close (child->polled[which].fd);
  child->polled[which].fd = -1;
}

static gboolean
start (Child *child, const char *const *argv)
{
  int to[2], from[2];
  gboolean started;

  if (!g_unix_open_pipe (to, FD_CLOEXEC, NULL))
    return FALSE;
  if (!g_unix_open_pipe (from, FD_CLOEXEC, NULL))
    {
      close (to[0]);
      close (to[1]);
      return FALSE;
    }
  started = g_unix_set_fd_nonblocking (to[1], TRUE, NULL)
            && g_unix_set_fd_nonblocking (from[0], TRUE, NULL)
            && spawn (argv, to[0], from[1], &child->pid);
  close (to[0]);
  close (from[1]);
  child->polled[TO_CHILD] = (struct pollfd){ to[1], POLLOUT, 0 };
  child->polled[FROM_CHILD] = (struct pollfd){ from[0], POLLIN, 0 };
  (void)fcntl (from[0], F_SETPIPE_SZ, 1024 * 1024); /* fewer changes of process; fine without */
  return started;
}

/* A child that went away must not take this process with it by SIGPIPE, and a library does not
 * change how the whole process takes a signal: it is held back in this thread and thrown away. */
static ssize_t
write_quietly (int fd, const guint8 *data, gsize size)
{
  const struct timespec at_once = { 0, 0 };
  sigset_t pipe_signal, before;
  ssize_t count;
  int reason;

  sigemptyset (&pipe_signal);
  sigaddset (&pipe_signal, SIGPIPE);
  pthread_sigmask (SIG_BLOCK, &pipe_signal, &before);
  count = write (fd, data, size);
  reason = errno;
  if (count < 0 && reason == EPIPE)
    (void)sigtimedwait (&pipe_signal, NULL, &at_once);
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  errno = reason;
  return count;
}

/* What the child does not want to read is dropped: it may have seen enough. */
static void
write_some (Child *child)
{
  ssize_t count = 0;

  if (child->input_left > 0)
    count = write_quietly (child->polled[TO_CHILD].fd, child->input, child->input_left);
  if (count < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  if (count > 0)
    {
      child->input += count;
      child->input_left -= count;
    }
  if (count < 0 || child->input_left == 0)
    close_polled (child, TO_CHILD);
}

/* Returns: %FALSE at the end of what the child says */
static gboolean
read_some (Child *child)
{
  gsize size;
  guint8 *room = kouan_frames_room (child->frames, &size);
  ssize_t count = read (child->polled[FROM_CHILD].fd, room, size);

  if (count < 0)
    return errno == EAGAIN || errno == EINTR;
  if (count == 0)
    return FALSE;
  return kouan_frames_filled (child->frames, count) == KOUAN_FRAMES_MORE;
}

/* How a child ended that left its last sentence unfinished. */
static KouanChildEnd
why_silent (int status)
{
  if (WIFEXITED (status))
    {
      g_message ("kouan-pixels ended with %d", WEXITSTATUS (status));
      return KOUAN_CHILD_NOT_READY;
    }
  if (WTERMSIG (status) == SIGXCPU || WTERMSIG (status) == SIGALRM)
    return KOUAN_CHILD_LATE;
  g_message ("kouan-pixels was ended by signal %d%s", WTERMSIG (status),
             WTERMSIG (status) == SIGSYS ? ": a file made it ask for what it may not have" : "");
  return KOUAN_CHILD_CRASHED;
}

/* A child that fell silent is dead already or about to be; every other one is killed. */
static int
bury (Child *child, gboolean kill_it)
{
  int status = 0;

  close_polled (child, TO_CHILD);
  close_polled (child, FROM_CHILD);
  if (kill_it)
    (void)kill (-child->pid, SIGKILL);
  while (waitpid (child->pid, &status, 0) < 0 && errno == EINTR)
    ;
  return status;
}

static KouanChildEnd
converse (Child *child)
{
  for (;;)
    {
      gint64 left_ms = (child->deadline_us - g_get_monotonic_time ()) / 1000;

      if (left_ms <= 0)
        return KOUAN_CHILD_LATE;
      if (poll (child->polled, N_POLLED, MIN (left_ms, G_MAXINT)) < 0 && errno != EINTR)
        return KOUAN_CHILD_CRASHED;
      if (child->polled[CANCEL].revents != 0)
        return KOUAN_CHILD_CANCELLED;
      if (child->polled[TO_CHILD].fd >= 0 && child->polled[TO_CHILD].revents != 0)
        write_some (child);
      if (child->polled[FROM_CHILD].revents != 0 && !read_some (child))
        return KOUAN_CHILD_SPOKE;
    }
}

/**
 * kouan_child_run:
 * @argv: the program's whole path and its words, %NULL-terminated
 * @input: what it reads
 * @frames: takes what it says
 * @deadline_ms: from now; then it is killed
 *
 * Blocks until the child is dead. Any thread.
 *
 * Returns: how it ended; on %KOUAN_CHILD_SPOKE the @frames say the rest
 */
KouanChildEnd
kouan_child_run (const char *const *argv,
                 GBytes *input,
                 KouanFrames *frames,
                 guint deadline_ms,
                 GCancellable *cancellable)
{
  Child child = { .frames = frames, .polled = { { -1, 0, 0 }, { -1, 0, 0 }, { -1, 0, 0 } } };
  GPollFD cancel = { -1, 0, 0 };
  KouanChildEnd end;
  gboolean silent;
  int status;

  child.input = g_bytes_get_data (input, &child.input_left);
  child.deadline_us = g_get_monotonic_time () + (gint64)deadline_ms * 1000;
  if (!start (&child, argv))
    {
      close_polled (&child, TO_CHILD);
      close_polled (&child, FROM_CHILD);
      return KOUAN_CHILD_NONE;
    }
  if (g_cancellable_make_pollfd (cancellable, &cancel))
    child.polled[CANCEL] = (struct pollfd){ cancel.fd, POLLIN, 0 };
  end = converse (&child);
  silent = end == KOUAN_CHILD_SPOKE && kouan_frames_state (frames) == KOUAN_FRAMES_MORE;
  status = bury (&child, !silent);
  if (cancel.fd >= 0)
    g_cancellable_release_fd (cancellable);
  return silent ? why_silent (status) : end;
}
