/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-lock"

#include "app/lock/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The locked room. Four locks, each of which holds alone:
 *
 *   rlimits     memory, processor time, files, no core (it would hold the visitor's paper), nothing
 *               written to a disk
 *   privileges  none can be gained any more
 *   Landlock    of all the machine's files only those of the plan can be opened, and only to be
 * read seccomp     a short list of system calls; a program that asks for a socket, a process or a
 *               program is killed
 *
 * kouan-pixels and kouan-phone live in it, each with a plan of its own: the first may read fonts
 * and start threads (libde265 cannot do without), the second may answer on a socket that was
 * listening before the door fell shut. Built with a sanitizer, which needs terabytes of addresses
 * and calls of its own, the memory limit and seccomp stay off. */

#ifdef KOUAN_SANITIZED
#define SANITIZED TRUE
#else
#define SANITIZED FALSE
#endif

/* Debian 12's kernel headers know Landlock's first two versions; the numbers of the later rights
 * are those of the kernel's own uapi header. */
#define ACCESS_FS_TRUNCATE (G_GUINT64_CONSTANT (1) << 14)
#define ACCESS_FS_IOCTL_DEV (G_GUINT64_CONSTANT (1) << 15)

static gboolean
limit (int resource, rlim_t soft, rlim_t hard)
{
  struct rlimit value = { soft, hard };

  return setrlimit (resource, &value) == 0;
}

static gboolean
lock_limits (const KouanLockPlan *plan)
{
  if (!SANITIZED && !limit (RLIMIT_AS, plan->memory_max, plan->memory_max))
    return FALSE;
  return limit (RLIMIT_CPU, plan->processor_max_s, plan->processor_max_s + 1)
         && limit (RLIMIT_CORE, 0, 0) && limit (RLIMIT_FSIZE, 0, 0)
         && limit (RLIMIT_NOFILE, plan->files_max, plan->files_max);
}

static guint64
rights_of_abi (long abi)
{
  guint64 rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;

  if (abi >= 2)
    rights |= LANDLOCK_ACCESS_FS_REFER;
  if (abi >= 3)
    rights |= ACCESS_FS_TRUNCATE;
  if (abi >= 5)
    rights |= ACCESS_FS_IOCTL_DEV;
  return rights;
}

/* A folder that is not there needs no door. */
static gboolean
open_door (int ruleset, const char *path)
{
  struct landlock_path_beneath_attr rule = {
    .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    .parent_fd = open (path, O_PATH | O_CLOEXEC),
  };
  gboolean opened;

  if (rule.parent_fd < 0)
    return errno == ENOENT;
  opened = syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
  close (rule.parent_fd);
  return opened;
}

static gboolean
lock_files (const char *const *readable)
{
  struct landlock_ruleset_attr attributes = { 0 };
  long abi = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  gboolean locked = TRUE;
  int ruleset;

  if (abi < 1)
    return SANITIZED;
  attributes.handled_access_fs = rights_of_abi (abi);
  ruleset = syscall (SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
  if (ruleset < 0)
    return FALSE;
  for (guint i = 0; readable != NULL && readable[i] != NULL; i++)
    locked = locked && open_door (ruleset, readable[i]);
  if (SANITIZED) /* the leak check reads the map of its own process */
    locked = locked && open_door (ruleset, "/proc");
  locked = locked && syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
  close (ruleset);
  return locked;
}

/* What reading a pipe, laying out memory and looking for a font needs. */
static const int allowed[] = {
  SCMP_SYS (read),
  SCMP_SYS (pread64),
  SCMP_SYS (write),
  SCMP_SYS (writev),
  SCMP_SYS (close),
  SCMP_SYS (fstat),
  SCMP_SYS (newfstatat),
  SCMP_SYS (statx),
  SCMP_SYS (statfs),
  SCMP_SYS (fstatfs),
  SCMP_SYS (lseek),
  SCMP_SYS (getdents64),
  SCMP_SYS (access),
  SCMP_SYS (readlink),
  SCMP_SYS (munmap),
  SCMP_SYS (mremap),
  SCMP_SYS (madvise),
  SCMP_SYS (brk),
  SCMP_SYS (futex),
  SCMP_SYS (rt_sigaction),
  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (rt_sigreturn),
  SCMP_SYS (exit),
  SCMP_SYS (exit_group),
  SCMP_SYS (getrandom),
  SCMP_SYS (clock_gettime),
  SCMP_SYS (gettimeofday),
  SCMP_SYS (time),
  SCMP_SYS (sched_yield),
  SCMP_SYS (sysinfo),
  SCMP_SYS (uname),
  SCMP_SYS (getpid),
  SCMP_SYS (gettid),
  SCMP_SYS (getuid),
  SCMP_SYS (geteuid),
  SCMP_SYS (sched_getaffinity),
  SCMP_SYS (set_robust_list),
  SCMP_SYS (rseq),
  SCMP_SYS (tgkill),
  SCMP_SYS (getrusage),
};

/* What answering on a socket needs that listens already. There is no socket, bind, listen or
 * connect among them: no other door is opened, and nobody is called. */
static const int serving[] = {
  SCMP_SYS (accept4),    SCMP_SYS (recvfrom),    SCMP_SYS (sendto),      SCMP_SYS (sendmsg),
  SCMP_SYS (recvmsg),    SCMP_SYS (shutdown),    SCMP_SYS (getsockname), SCMP_SYS (getpeername),
  SCMP_SYS (getsockopt), SCMP_SYS (setsockopt),  SCMP_SYS (poll),        SCMP_SYS (ppoll),
  SCMP_SYS (epoll_wait), SCMP_SYS (epoll_pwait), SCMP_SYS (epoll_ctl),
};

/* What libraries try in passing and take a refusal of: fontconfig would freshen its cache, C
 * start-up code names its threads, glibc falls back from clone3 to clone, whose flags can be looked
 * at. */
static const struct
{
  int call;
  int answer;
} refused[] = {
  { SCMP_SYS (prctl), EPERM },
  { SCMP_SYS (ioctl), ENOTTY },
  { SCMP_SYS (clone3), ENOSYS },
  { SCMP_SYS (mkdir), EACCES },
  { SCMP_SYS (unlink), EACCES },
  { SCMP_SYS (rename), EACCES },
  { SCMP_SYS (link), EACCES },
  { SCMP_SYS (chmod), EACCES },
  { SCMP_SYS (utimensat), EACCES },
  { SCMP_SYS (fadvise64), ENOSYS },
  { SCMP_SYS (set_mempolicy), EPERM },
  { SCMP_SYS (get_mempolicy), EPERM },
  { SCMP_SYS (sched_setaffinity), EPERM },
};

static int
allow (scmp_filter_ctx filter, const int *calls, gsize count)
{
  int failed = 0;

  for (gsize i = 0; i < count; i++)
    failed |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0);
  return failed;
}

static int
add_conditional_rules (scmp_filter_ctx filter, const KouanLockPlan *plan)
{
  int failed = 0;

  /* To read, never to write; a file is not made even where Landlock would have let it be. */
  failed |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (openat), 1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT, O_RDONLY));
  failed |= seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (openat), 1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, O_CREAT, O_CREAT));
  failed |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  failed |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  failed |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (prlimit64), 1,
                              SCMP_A2 (SCMP_CMP_EQ, 0, 0)); /* asks, does not set */
  failed |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1,
                              SCMP_A1 (SCMP_CMP_LE, F_SETLKW, 0));
  if (plan->threads)
    failed
      |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (clone), 1,
                           SCMP_A0 (SCMP_CMP_MASKED_EQ, CLONE_THREAD | CLONE_VM | CLONE_SIGHAND,
                                    CLONE_THREAD | CLONE_VM | CLONE_SIGHAND));
  return failed;
}

static gboolean
lock_calls (const KouanLockPlan *plan)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_KILL_PROCESS);
  int failed = 0;

  if (filter == NULL)
    return FALSE;
  failed |= allow (filter, allowed, G_N_ELEMENTS (allowed));
  if (plan->serves)
    failed |= allow (filter, serving, G_N_ELEMENTS (serving));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    failed |= seccomp_rule_add (filter, SCMP_ACT_ERRNO (refused[i].answer), refused[i].call, 0);
  failed |= add_conditional_rules (filter, plan);
  if (failed == 0)
    failed = seccomp_load (filter);
  seccomp_release (filter);
  return failed == 0;
}

/**
 * kouan_lock_down:
 *
 * Locks this process in, for good; it also dies with the one that started it. To be called before
 * the first byte of a stranger's is read.
 *
 * Returns: %FALSE where a lock is not to be had; then nothing must be read
 */
gboolean
kouan_lock_down (const KouanLockPlan *plan)
{
  alarm (plan->time_max_s); /* a file that never ends costs no processor time */
  if (prctl (PR_SET_PDEATHSIG, SIGKILL) != 0 || !lock_limits (plan)
      || prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !lock_files (plan->readable))
    return FALSE;
  return SANITIZED || lock_calls (plan);
}
