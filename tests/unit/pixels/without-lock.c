/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Runs a program as on a machine that lacks one of the locks: "landlock" or "seccomp". */

int
main (int argc, char **argv)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);
  int failed;

  if (argc < 3)
    return 100;
  if (strcmp (argv[1], "landlock") == 0)
    failed
      = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (landlock_create_ruleset), 0);
  else
    {
      failed = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (seccomp), 0);
      failed |= seccomp_rule_add (filter, SCMP_ACT_ERRNO (EINVAL), SCMP_SYS (prctl), 1,
                                  SCMP_A0 (SCMP_CMP_EQ, PR_SET_SECCOMP, 0));
    }
  if (failed != 0 || seccomp_load (filter) != 0)
    return 101;
  execv (argv[2], argv + 2);
  return 102;
}
