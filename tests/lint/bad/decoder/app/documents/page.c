/* SPDX-License-Identifier: GPL-3.0-or-later */

int
answer (void)
{
  jpeg_create_decompress (&info);
  return 42;
}
