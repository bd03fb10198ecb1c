/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/devices/printer.h"

/* ipp-tool URI PDF: prints, and says in one word how the printer is afterwards. */

static void
on_printed (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!kouan_printer_print_finish (KOUAN_PRINTER (object), result, &error))
    g_printerr ("%s\n", error->message);
  g_main_loop_quit (data);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (KouanPrinter) printer = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize size;

  if (argc != 3 || !g_file_get_contents (argv[2], &contents, &size, &error))
    return 2;
  pdf = g_bytes_new_take (contents, size);
  printer = kouan_printer_new_for_source (argv[1], &error);
  g_assert_no_error (error);
  kouan_printer_print_async (printer, pdf, 150, "K07-000123-4", NULL, on_printed, loop);
  g_main_loop_run (loop);
  g_print ("%s\n", kouan_device_state_to_string (kouan_printer_get_state (printer)));
  return kouan_printer_get_state (printer) == KOUAN_DEVICE_READY ? 0 : 1;
}
