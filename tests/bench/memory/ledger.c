/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/bench/memory/ledger.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define REST_LOOK_MS 100 /* at rest: no time used between two looks */
#define REST_LOOKS_MAX 200

static const char *const names[LEDGER_FIGURES] = {
  "rss_kb",  "own_kb",     "pss_kb", "locked_kb", "open_fds", "threads", "children",
  "zombies", "memory_fds", "db_kb",  "records",   "drafts",   "others",  "scratch",
};

const char *
ledger_name (guint figure)
{
  return names[figure];
}

double
ledger_get (const Ledger *self, guint figure)
{
  return ((const double *)self)[figure];
}

static char *
read_proc (int pid, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/%s", pid, name);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

/* The number behind "Name:", wherever it stands in a file of proc(5). */
static double
find_number (const char *text, const char *name)
{
  const char *found = strstr (text, name);

  return found != NULL ? g_ascii_strtod (found + strlen (name), NULL) : 0;
}

static guint64
used_ticks (int pid)
{
  g_autofree char *text = read_proc (pid, "stat");
  const char *after_name = strrchr (text, ')'); /* the name may have blanks in it */
  g_auto (GStrv) fields = g_strsplit (after_name != NULL ? after_name + 2 : "", " ", -1);

  if (g_strv_length (fields) < 13)
    return 0;
  return g_ascii_strtoull (fields[11], NULL, 10) + g_ascii_strtoull (fields[12], NULL, 10);
}

static void
wait_rest (int pid)
{
  guint64 used = 0, before = G_MAXUINT64;

  for (int look = 0; look < REST_LOOKS_MAX && used != before; look++)
    {
      before = used;
      g_usleep (REST_LOOK_MS * 1000);
      used = used_ticks (pid);
    }
}

static void
read_descriptors (Ledger *self, int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/fd", pid);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *link = g_build_filename (path, name, NULL);
      g_autofree char *target = g_file_read_link (link, NULL);

      self->open_fds++;
      if (target != NULL && g_str_has_prefix (target, "/memfd:kouan"))
        self->memory_fds++;
    }
}

/* Children are asked of every thread, as any of them may have started one. */
static void
read_children (Ledger *self, int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task", pid);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *task;

  while (folder != NULL && (task = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *name = g_strdup_printf ("task/%s/children", task);
      g_autofree char *text = read_proc (pid, name);
      g_auto (GStrv) list = g_strsplit (g_strstrip (text), " ", -1);

      for (guint i = 0; list[i] != NULL && *list[i] != '\0'; i++)
        {
          int child = (int)g_ascii_strtoll (list[i], NULL, 10);
          g_autofree char *rollup = read_proc (child, "smaps_rollup");
          g_autofree char *status = read_proc (child, "status");

          self->children++;
          self->pss_kb += find_number (rollup, "\nPss:");
          self->zombies += strstr (status, "State:\tZ") != NULL;
          read_children (self, child);
        }
    }
}

static double
count_files (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  double count = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      count += g_file_test (below, G_FILE_TEST_IS_DIR) ? count_files (below) : 1;
    }
  return count;
}

static double
count_below (const char *station, const char *name)
{
  g_autofree char *path = g_build_filename (station, name, NULL);

  return count_files (path);
}

static double
size_kb (const char *station, const char *name)
{
  g_autofree char *path = g_build_filename (station, name, NULL);
  GStatBuf stamp;

  return g_stat (path, &stamp) == 0 ? (double)stamp.st_size / 1024 : 0;
}

/* Waits until the kiosk uses no processor, and writes down what it holds then.
 *
 * @station: its folder
 *
 * Returns: FALSE where the kernel lets nobody look into the kiosk, as any but root */
gboolean
ledger_read (Ledger *self, int pid, const char *station)
{
  g_autofree char *status = NULL;
  g_autofree char *rollup = NULL;

  wait_rest (pid);
  status = read_proc (pid, "status");
  rollup = read_proc (pid, "smaps_rollup");
  *self = (Ledger){ 0 };
  self->rss_kb = find_number (status, "\nVmRSS:");
  self->own_kb = find_number (status, "\nRssAnon:") + find_number (status, "\nRssShmem:");
  self->locked_kb = find_number (status, "\nVmLck:");
  self->threads = find_number (status, "\nThreads:");
  self->pss_kb = find_number (rollup, "\nPss:");
  read_descriptors (self, pid);
  read_children (self, pid);
  self->db_kb = size_kb (station, "kiosk.db") + size_kb (station, "kiosk.db-wal");
  self->records = count_below (station, "records");
  self->drafts = count_below (station, "drafts");
  self->others = count_files (station) - self->records - self->drafts;
  self->scratch = count_files (g_get_tmp_dir ());
  return self->open_fds > 0 && self->pss_kb > 0;
}
