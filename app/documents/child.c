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

#define GRACE_MS 3000

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
set_up_actions (posix_spawn_file_actions_t *actions, int input, int output, gboolean trusted)
{
  return posix_spawn_file_actions_adddup2 (actions, input, STDIN_FILENO) == 0
         && posix_spawn_file_actions_adddup2 (actions, output, STDOUT_FILENO) == 0
         && (trusted
             || posix_spawn_file_actions_addopen (actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
                  == 0)
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
spawn (const KouanChildPlan *plan, int input, int output, pid_t *pid)
{
  char *const environment[] = { (char *)plan->environment, NULL };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int failed = -1;

  posix_spawn_file_actions_init (&actions);
  posix_spawnattr_init (&attributes);
  if (set_up_actions (&actions, input, output, plan->trusted) && set_up_attributes (&attributes))
    failed = posix_spawn (pid, plan->argv[0], &actions, &attributes, (char *const *)plan->argv,
                          environment);
  posix_spawnattr_destroy (&attributes);
  posix_spawn_file_actions_destroy (&actions);
  if (failed != 0)
    g_message ("%s cannot be started: %s", plan->argv[0], g_strerror (failed));
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
start (Child *child, const KouanChildPlan *plan)
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
            && spawn (plan, to[0], from[1], &child->pid);
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
why_silent (const char *program, int status, int *exit_code)
{
  if (WIFEXITED (status))
    {
      *exit_code = WEXITSTATUS (status);
      return KOUAN_CHILD_EXITED;
    }
  if (WTERMSIG (status) == SIGXCPU || WTERMSIG (status) == SIGALRM)
    return KOUAN_CHILD_LATE;
  g_message ("%s was ended by signal %d%s", program, WTERMSIG (status),
             WTERMSIG (status) == SIGSYS ? ": a file made it ask for what it may not have" : "");
  return KOUAN_CHILD_CRASHED;
}

/* Gives it time to put its device in order, until it closes its mouth. */
static void
ask_to_end (Child *child)
{
  gint64 until_us = g_get_monotonic_time () + GRACE_MS * 1000;
  struct pollfd mouth = child->polled[FROM_CHILD];
  guint8 rest[4096];
  gint64 left_ms;

  (void)kill (-child->pid, SIGTERM);
  while ((left_ms = (until_us - g_get_monotonic_time ()) / 1000) > 0)
    if (poll (&mouth, 1, (int)left_ms) > 0 && read (mouth.fd, rest, sizeof rest) == 0)
      break;
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
      gint64 deadline_us = child->deadline_us + kouan_frames_page_func_us (child->frames);
      gint64 left_ms = (deadline_us - g_get_monotonic_time ()) / 1000;

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
 * @input: what it reads
 * @frames: takes what it says
 * @exit_code: (out): on %KOUAN_CHILD_EXITED
 *
 * Blocks until the child is dead. Any thread.
 *
 * Returns: how it ended; on %KOUAN_CHILD_SPOKE the @frames say the rest
 */
KouanChildEnd
kouan_child_run (const KouanChildPlan *plan,
                 GBytes *input,
                 KouanFrames *frames,
                 GCancellable *cancellable,
                 int *exit_code)
{
  Child child = { .frames = frames, .polled = { { -1, 0, 0 }, { -1, 0, 0 }, { -1, 0, 0 } } };
  GPollFD cancel = { -1, 0, 0 };
  KouanChildEnd end;
  gboolean silent;
  int status;

  child.input = g_bytes_get_data (input, &child.input_left);
  child.deadline_us = g_get_monotonic_time () + (gint64)plan->deadline_ms * 1000;
  if (!start (&child, plan))
    {
      close_polled (&child, TO_CHILD);
      close_polled (&child, FROM_CHILD);
      return KOUAN_CHILD_NONE;
    }
  if (g_cancellable_make_pollfd (cancellable, &cancel))
    child.polled[CANCEL] = (struct pollfd){ cancel.fd, POLLIN, 0 };
  end = converse (&child);
  silent = end == KOUAN_CHILD_SPOKE && kouan_frames_state (frames) == KOUAN_FRAMES_MORE;
  if (plan->trusted && end != KOUAN_CHILD_SPOKE)
    ask_to_end (&child);
  status = bury (&child, !silent);
  if (cancel.fd >= 0)
    g_cancellable_release_fd (cancellable);
  return silent ? why_silent (plan->argv[0], status, exit_code) : end;
}
