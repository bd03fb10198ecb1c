/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-phone"

#include "app/language/language.h"
#include "app/phone/room.h"
#include "app/phone/server.h"

#include <gio/gio.h>
#include <malloc.h>
#include <string.h>
#include <unistd.h>

/* kouan-phone: serves one page to one phone for a few minutes (protocol.h). All that it needs of
 * this machine, the sentences and the listening socket, it takes before it locks itself in; only
 * then does it answer anybody. */

static char *option_address;
static char *option_language;
static char *option_messages;
static int option_port;
static int option_seconds = KOUAN_PHONE_TIME_S;

static const GOptionEntry options[] = {
  { "address", 0, 0, G_OPTION_ARG_STRING, &option_address, "An IP address of this machine", "IP" },
  { "port", 0, 0, G_OPTION_ARG_INT, &option_port, "0 for any that is free", "N" },
  { "seconds", 0, 0, G_OPTION_ARG_INT, &option_seconds, "How long it serves", "N" },
  { "language", 0, 0, G_OPTION_ARG_STRING, &option_language, "What the page speaks first", "TAG" },
  { "messages", 0, 0, G_OPTION_ARG_FILENAME, &option_messages, "The folder of translations",
    "FOLDER" },
  { NULL },
};

static gboolean
parse_options (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("< TOKEN > FRAMES");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("kouan-phone: %s\n", error->message);
      return FALSE;
    }
  return argc == 1 && option_address != NULL && option_port >= 0 && option_port <= G_MAXUINT16
         && option_seconds > 0 && option_seconds <= KOUAN_PHONE_TIME_MAX_S;
}

/* Returns: %FALSE unless exactly a token and a line feed come */
static gboolean
read_token (char token[static KOUAN_PHONE_TOKEN_SIZE + 1])
{
  char line[KOUAN_PHONE_TOKEN_SIZE + 1];
  gsize filled = 0;

  while (filled < sizeof line)
    {
      ssize_t count = read (STDIN_FILENO, line + filled, sizeof line - filled);

      if (count <= 0)
        return FALSE;
      filled += (gsize)count;
    }
  if (line[KOUAN_PHONE_TOKEN_SIZE] != '\n')
    return FALSE;
  for (guint i = 0; i < KOUAN_PHONE_TOKEN_SIZE; i++)
    if (!g_ascii_isxdigit (line[i]))
      return FALSE;
  line[KOUAN_PHONE_TOKEN_SIZE] = '\0';
  memcpy (token, line, sizeof line);
  return TRUE;
}

int
main (int argc, char **argv)
{
  char token[KOUAN_PHONE_TOKEN_SIZE + 1];
  g_autoptr (KouanPhonePage) page = NULL;
  g_autoptr (KouanPhoneServer) server = NULL;
  KouanLockPlan room;

  if (!parse_options (argc, argv) || !read_token (token))
    {
      g_printerr ("usage: kouan-phone --address IP --port N [--seconds N] [--language TAG] "
                  "[--messages FOLDER] < TOKEN > FRAMES\n");
      return KOUAN_PHONE_EXIT_USAGE;
    }
  g_log_writer_default_set_use_stderr (TRUE); /* standard output belongs to the frames */
  mallopt (M_ARENA_MAX, 1);
  kouan_language_init (option_messages != NULL ? option_messages : "");
  page = kouan_phone_page_new (option_language != NULL ? option_language : "en");
  server = kouan_phone_server_new (option_address, (guint)option_port, token, page,
                                   (guint)option_seconds);
  if (server == NULL)
    {
      g_printerr ("kouan-phone: %s port %d: not an address of this machine, or taken\n",
                  option_address, option_port);
      return KOUAN_PHONE_EXIT_NO_SERVER;
    }
  room = kouan_phone_room ((guint)option_seconds);
  if (!kouan_lock_down (&room))
    {
      g_printerr ("kouan-phone: this machine cannot lock it in (Landlock and seccomp are needed): "
                  "it will not serve\n");
      return KOUAN_PHONE_EXIT_NOT_LOCKED;
    }
  kouan_phone_server_run (server, STDIN_FILENO, STDOUT_FILENO);
  return 0;
}
