/* SPDX-License-Identifier: GPL-3.0-or-later */

int
answer (void)
{
  g_getenv ("KOUAN_DEMO");
  return 42;
}
