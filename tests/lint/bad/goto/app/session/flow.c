/* SPDX-License-Identifier: GPL-3.0-or-later */

int
answer (void)
{
  goto out;
out:
  return 42;
}
