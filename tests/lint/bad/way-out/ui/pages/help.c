/* SPDX-License-Identifier: GPL-3.0-or-later */

int
answer (void)
{
  gtk_show_uri (NULL, "help:", 0);
  return 42;
}
