/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a kiosk holds at one moment, as the kernel and the disk see it. Kilobytes and counts. */
typedef struct
{
  double rss_kb; /* of the kiosk's process, the fonts and libraries that others have too included */
  double own_kb; /* of that, what is in no file: heap, stacks, memory files */
  double pss_kb; /* of the kiosk and all its children, what is shared divided */
  double locked_kb; /* kept out of swap */
  double open_fds;
  double threads;
  double children;   /* processes, of any depth */
  double zombies;    /* of these */
  double memory_fds; /* descriptors of memory files */
  double db_kb;      /* the database, with its log */
  double records;    /* files that wait for the hub */
  double drafts;     /* files of visits that are kept */
  double others;     /* any other file in the station's folder */
  double scratch;    /* files in the folder for temporary ones, which is to be the kiosk's alone */
} Ledger;

#define LEDGER_FIGURES (sizeof (Ledger) / sizeof (double))

gboolean ledger_read (Ledger *self, int pid, const char *station);
const char *ledger_name (guint figure);
double ledger_get (const Ledger *self, guint figure);

G_END_DECLS
