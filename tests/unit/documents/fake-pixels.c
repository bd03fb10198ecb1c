/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A kouan-pixels that was taken over: it does what the file on its standard input says. */

extern char **environ;

static void
say (const char *tag, unsigned a, unsigned b, unsigned c, unsigned d)
{
  unsigned words[4] = { htonl (a), htonl (b), htonl (c), htonl (d) };
  char frame[20];

  memcpy (frame, tag, 4);
  memcpy (frame + 4, words, sizeof words);
  if (write (STDOUT_FILENO, frame, sizeof frame) != sizeof frame)
    _exit (9);
}

static void
chatter (void)
{
  static char noise[65536];

  for (;;)
    if (write (STDOUT_FILENO, noise, sizeof noise) < 0)
      _exit (9);
}

/* One white pixel where nothing came with it that should not have. */
static void
report_luggage (void)
{
  int clean = environ[0] == NULL && getpgrp () == getpid ();

  for (int fd = 3; fd < 256; fd++)
    clean = clean && close (fd) != 0;
  say ("KPX1", 1, 0, 0, 0);
  say ("PAGE", 1, 1, 1, 0);
  if (write (STDOUT_FILENO, clean ? "\xff\xff\xff" : "\0\0\0", 3) == 3)
    say ("DONE", 0, 2, 0, 0);
}

int
main (void)
{
  char order[32] = "";
  ssize_t size = read (STDIN_FILENO, order, sizeof order - 1);

  (void)size;
  if (strcmp (order, "hang") == 0)
    for (;;)
      pause ();
  if (strcmp (order, "chatter") == 0)
    chatter ();
  if (strcmp (order, "crash") == 0)
    abort ();
  if (strcmp (order, "forbidden") == 0)
    raise (SIGSYS);
  if (strcmp (order, "slow") == 0)
    raise (SIGXCPU);
  if (strcmp (order, "not-locked") == 0)
    _exit (3);
  if (strcmp (order, "luggage") == 0)
    report_luggage ();
  if (strcmp (order, "half") == 0)
    {
      say ("KPX1", 1, 0, 0, 0);
      say ("PAGE", 100, 100, 1, 0);
    }
  if (strcmp (order, "no-pages") == 0)
    {
      say ("KPX1", 0, 0, 0, 0);
      say ("DONE", 0, 0, 0, 0);
    }
  return 0;
}
