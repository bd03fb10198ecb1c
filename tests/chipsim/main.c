/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/chip.h"

#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>

/* A passport of Utopia in vpcd's card reader. Says "ready" once the reader has it.
 *
 * vpcd, pcscd's driver of a reader that is a program, listens for one card: each message is two
 * bytes of length and as many of content. Content of one byte is about power (0 off, 1 on, 2 reset)
 * or asks for the ATR (4); anything else is a command, and is answered. */

#define MESSAGE_MAX 65535

static const guint8 atr[]
  = { 0x3b, 0x88, 0x80, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x81, 0x81, 0x00, 0x09 };

static gboolean
send_message (GOutputStream *out, const guint8 *data, gsize size)
{
  g_autofree guint8 *message = g_malloc (size + 2);

  message[0] = (guint8)(size >> 8);
  message[1] = (guint8)size;
  for (gsize i = 0; i < size; i++)
    message[2 + i] = data[i];
  return g_output_stream_write_all (out, message, size + 2, NULL, NULL, NULL);
}

static gboolean
receive_message (GInputStream *in, guint8 *data, gsize *size)
{
  guint8 length[2];
  gsize got;

  if (!g_input_stream_read_all (in, length, 2, &got, NULL, NULL) || got != 2)
    return FALSE;
  *size = (gsize)length[0] << 8 | length[1];
  return g_input_stream_read_all (in, data, *size, &got, NULL, NULL) && got == *size;
}

/* Returns: FALSE once the card is not in the reader any more */
static gboolean
serve (KouanTestChip *chip, GOutputStream *out, const guint8 *message, gsize size)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();

  if (size == 1 && message[0] == 4)
    return send_message (out, atr, sizeof atr);
  if (size == 1)
    {
      kouan_test_chip_reset (chip);
      return TRUE;
    }
  return kouan_test_chip_answer (chip, message, size, answer)
         && send_message (out, answer->data, answer->len);
}

static GSocketConnection *
connect_to_reader (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GSocketConnection *connection = NULL;

  for (guint i = 0; connection == NULL && i < 200; i++)
    {
      connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
      if (connection == NULL)
        g_usleep (50000);
    }
  return connection;
}

static void
play (KouanTestChip *chip, GSocketConnection *connection)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autofree guint8 *message = g_malloc (MESSAGE_MAX);
  gsize size;

  g_socket_set_option (g_socket_connection_get_socket (connection), 6 /* TCP */, 1 /* NODELAY */, 1,
                       NULL);
  while (receive_message (in, message, &size) && serve (chip, out, message, size))
    continue;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) lines = NULL;
  char *access = NULL, *fault = NULL, *portrait = NULL, *chip_protocol = NULL;
  gboolean extended = FALSE;
  int port = 35963, at = 0, active = 0;
  const GOptionEntry entries[] = {
    { "line", 0, 0, G_OPTION_ARG_STRING_ARRAY, &lines, "Of the zone, in order", "LINE" },
    { "access", 0, 0, G_OPTION_ARG_STRING, &access, "pace, bac or both", "HOW" },
    { "portrait", 0, 0, G_OPTION_ARG_FILENAME, &portrait, "Any bytes", "FILE" },
    { "chip-protocol", 0, 0, G_OPTION_ARG_STRING, &chip_protocol, "id-CA-… with dots", "OID" },
    { "active", 0, 0, G_OPTION_ARG_INT, &active, "1 RSA-1024, 2 RSA-2048, 3 ECDSA", "N" },
    { "extended", 0, 0, G_OPTION_ARG_NONE, &extended, "It knows extended length", NULL },
    { "fault", 0, 0, G_OPTION_ARG_STRING, &fault, "wrong-mac, lifted or clone", "WHICH" },
    { "at", 0, 0, G_OPTION_ARG_INT, &at, "From this command on", "N" },
    { "port", 0, 0, G_OPTION_ARG_INT, &port, "Of vpcd", "PORT" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (KouanTestIssuer) issuer = NULL;
  g_autoptr (KouanTestChip) chip = NULL;
  KouanTestChipOptions options = { 0 };
  char *bytes = NULL;
  gsize size = 0;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || lines == NULL)
    return 2;
  options.lines = (const char *const *)lines;
  options.access = g_strcmp0 (access, "pace") == 0   ? KOUAN_TEST_CHIP_PACE
                   : g_strcmp0 (access, "both") == 0 ? KOUAN_TEST_CHIP_PACE | KOUAN_TEST_CHIP_BAC
                                                     : KOUAN_TEST_CHIP_BAC;
  options.chip_protocol = chip_protocol;
  options.active = (KouanTestChipActive)active;
  options.extended = extended;
  if (portrait != NULL && !g_file_get_contents (portrait, &bytes, &size, NULL))
    return 3;
  options.portrait = (const guint8 *)bytes;
  options.portrait_size = size;
  issuer = kouan_test_issuer_new (NULL);
  chip = kouan_test_chip_new (issuer, &options);
  if (fault != NULL)
    kouan_test_chip_set_fault (chip,
                               g_str_equal (fault, "wrong-mac") ? KOUAN_TEST_CHIP_WRONG_MAC
                               : g_str_equal (fault, "lifted")  ? KOUAN_TEST_CHIP_LIFTED
                                                                : KOUAN_TEST_CHIP_CLONE,
                               (guint)at);
  connection = connect_to_reader ((guint16)port);
  if (connection == NULL)
    return 4;
  puts ("ready");
  fflush (stdout);
  play (chip, connection);
  return 0;
}
