/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/hostile/campaign.h"

#include <gio/gio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "app/documents/pixels.h"

/* Reads hostile files as the kiosk does: through KouanPixels, on a main loop that has a screen to
 * keep alive. Measured are how long each answer takes, how large a kouan-pixels becomes, how it
 * ends when it does not end by itself, and how long the main loop ever stood still.
 *
 * A machine that is busy with other things lets the main loop wait as well. The kernel says how
 * long a thread was ready to run and did not (schedstat); a stall is what remains without that. */

#define ANSWER_MAX_US (12 * G_USEC_PER_SEC)
#define STALL_MAX_US 200000
#define LENIENCE 10 /* for tests, which measure nothing on machines that do other things */
#define TICK_MS 5
#define MEMORY_MAX_KB (1024 * 1024)
#define SAY_EVERY_US (10 * G_USEC_PER_SEC)

typedef struct
{
  const KouanHostileCampaign *plan;
  KouanHostile *hostile;
  KouanPixels *pixels;
  GMainLoop *loop;
  guint32 next;
  guint running;
  guint done;
  guint findings;
  guint answers[KOUAN_PIXELS_ERROR_FAILED + 2]; /* by error; the last: pages */
  GHashTable *families;
  gint64 started_us;
  gint64 said_us;
  gint64 longest_us;
  guint32 longest_number;
  gint64 tick_us;
  gint64 tick_delay_us;
  gint64 gap_us;   /* longest between two turns of the loop */
  gint64 stall_us; /* and of that, what the loop itself spent */
} Campaign;

typedef struct
{
  Campaign *campaign;
  guint32 number;
  KouanHostileFile *file;
  gint64 started_us;
} Reading;

static int signals_seen[_NSIG];

/* How a kouan-pixels ended is said in the log and nowhere else: to a visitor it is a damaged file.
 */
static GLogWriterOutput
on_log (GLogLevelFlags level, const GLogField *fields, gsize count, gpointer data)
{
  for (gsize i = 0; i < count; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && fields[i].length < 0)
      {
        const char *at = strstr (fields[i].value, "was ended by signal ");
        int number = at != NULL ? atoi (at + strlen ("was ended by signal ")) : 0;

        if (number > 0 && number < _NSIG)
          {
            g_atomic_int_inc (&signals_seen[number]);
            return G_LOG_WRITER_HANDLED;
          }
      }
  return g_log_writer_default (level, fields, count, data);
}

static void
report (Campaign *self, guint32 number, const char *family, const char *what)
{
  self->findings++;
  printf ("{\"finding\":\"%s\",\"seed\":%u,\"number\":%u,\"family\":\"%s\"}\n", what,
          self->plan->seed, number, family);
  fflush (stdout);
}

static void
say_progress (Campaign *self)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 left_s;

  if (now_us - self->said_us < SAY_EVERY_US || self->done == 0)
    return;
  self->said_us = now_us;
  left_s
    = (now_us - self->started_us) * (self->plan->count - self->done) / self->done / G_USEC_PER_SEC;
  g_printerr ("  %u of %u files, %u findings, %" G_GINT64_FORMAT " min %02" G_GINT64_FORMAT
              " s left\n",
              self->done, self->plan->count, self->findings, left_s / 60, left_s % 60);
}

/* Returns: how long this thread has waited for a processor, all in all */
static gint64
run_delay_us (void)
{
  g_autofree char *text = NULL;
  gint64 ran_ns = 0, waited_ns = 0;

  if (!g_file_get_contents ("/proc/thread-self/schedstat", &text, NULL, NULL)
      || sscanf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &ran_ns, &waited_ns) != 2)
    return 0;
  return waited_ns / 1000;
}

static gboolean
on_tick (gpointer data)
{
  Campaign *self = data;
  gint64 now_us = g_get_monotonic_time (), delay_us = run_delay_us ();
  gint64 gap_us = now_us - self->tick_us;

  if (self->tick_us != 0)
    {
      self->gap_us = MAX (self->gap_us, gap_us);
      self->stall_us = MAX (self->stall_us, gap_us - (delay_us - self->tick_delay_us));
    }
  self->tick_us = now_us;
  self->tick_delay_us = delay_us;
  say_progress (self);
  return G_SOURCE_CONTINUE;
}

static void start_some (Campaign *self);

static void
judge (const Reading *reading, const GError *error)
{
  Campaign *self = reading->campaign;
  const KouanHostileFile *file = reading->file;
  gint64 took_us = g_get_monotonic_time () - reading->started_us;

  if (took_us > self->longest_us)
    {
      self->longest_us = took_us;
      self->longest_number = reading->number;
    }
  if (took_us > ANSWER_MAX_US * (self->plan->lenient ? LENIENCE : 1))
    report (self, reading->number, file->family, "late");
  if (error != NULL && error->domain != KOUAN_PIXELS_ERROR)
    report (self, reading->number, file->family, "foreign error");
  else if (error != NULL && error->code == KOUAN_PIXELS_ERROR_FAILED)
    report (self, reading->number, file->family, "failed");
  else if (error != NULL
           && (*kouan_pixels_error_title (error) == '\0'
               || *kouan_pixels_error_remedy (error) == '\0'))
    report (self, reading->number, file->family, "no words");
  if (file->refused != KOUAN_FILE_KIND_UNKNOWN
      && (!g_error_matches (error, KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_NOT_SUPPORTED)
          || kouan_pixels_error_kind (error) != file->refused))
    report (self, reading->number, file->family, "not refused by its name");
  self->answers[error != NULL ? (guint)error->code : KOUAN_PIXELS_ERROR_FAILED + 1]++;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  Campaign *self = reading->campaign;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = kouan_pixels_read_finish (KOUAN_PIXELS (source), result, &error);

  judge (reading, error);
  kouan_hostile_file_free (reading->file);
  g_free (reading);
  self->running--;
  self->done++;
  start_some (self);
}

/* Making a file is the campaign's own work, not the kiosk's: the loop's clock stands meanwhile. */
static KouanHostileFile *
make_file (Campaign *self, guint32 number)
{
  KouanHostileFile *file = kouan_hostile_make (self->hostile, number);

  self->tick_us = 0;
  return file;
}

static void
start_some (Campaign *self)
{
  guint32 end = self->plan->from + self->plan->count;

  while (self->running < self->plan->parallel && self->next < end)
    {
      KouanHostileFile *file = make_file (self, self->next);
      Reading *reading;

      if (self->plan->light && file->heavy)
        {
          kouan_hostile_file_free (file);
          self->next++;
          self->done++;
          continue;
        }
      reading = g_new0 (Reading, 1);
      reading->campaign = self;
      reading->number = self->next++;
      reading->file = file;
      reading->started_us = g_get_monotonic_time ();
      self->running++;
      g_hash_table_add (self->families, (gpointer)file->family);
      kouan_pixels_read_async (self->pixels, file->bytes, NULL, on_read, reading);
    }
  if (self->running == 0)
    g_main_loop_quit (self->loop);
}

/* Signals by which the lock ends a program; any other is a decoder that broke. */
static gboolean
is_of_the_lock (int number)
{
  return number == SIGSYS || number == SIGKILL || number == SIGXCPU || number == SIGALRM;
}

static void
report_signals (Campaign *self)
{
  for (int number = 1; number < _NSIG; number++)
    if (signals_seen[number] > 0)
      {
        printf ("{\"signal\":%d,\"name\":\"%s\",\"times\":%d,\"of_the_lock\":%s}\n", number,
                sigabbrev_np (number), signals_seen[number],
                is_of_the_lock (number) ? "true" : "false");
        if (!is_of_the_lock (number))
          self->findings++;
      }
}

static void
summarize (Campaign *self)
{
  struct rusage usage;
  const guint *answers = self->answers;

  g_assert_no_errno (getrusage (RUSAGE_CHILDREN, &usage));
  if (usage.ru_maxrss > MEMORY_MAX_KB)
    report (self, 0, "all", "memory");
  if (self->stall_us > STALL_MAX_US * (self->plan->lenient ? LENIENCE : 1))
    report (self, 0, "all", "stall");
  report_signals (self);
  printf ("{\"seed\":%u,\"files\":%u,\"families\":%u,\"read\":%u,\"not_supported\":%u,"
          "\"too_large\":%u,\"too_many_pages\":%u,\"damaged\":%u,\"encrypted\":%u,"
          "\"timed_out\":%u,\"longest_ms\":%" G_GINT64_FORMAT ",\"longest_number\":%u,"
          "\"memory_peak_mib\":%ld,\"loop_gap_ms\":%" G_GINT64_FORMAT
          ",\"loop_stall_ms\":%" G_GINT64_FORMAT ",\"seconds\":%" G_GINT64_FORMAT
          ",\"findings\":%u}\n",
          self->plan->seed, self->done, g_hash_table_size (self->families),
          answers[KOUAN_PIXELS_ERROR_FAILED + 1], answers[KOUAN_PIXELS_ERROR_NOT_SUPPORTED],
          answers[KOUAN_PIXELS_ERROR_TOO_LARGE], answers[KOUAN_PIXELS_ERROR_TOO_MANY_PAGES],
          answers[KOUAN_PIXELS_ERROR_DAMAGED], answers[KOUAN_PIXELS_ERROR_ENCRYPTED_PDF],
          answers[KOUAN_PIXELS_ERROR_TIMED_OUT], self->longest_us / 1000, self->longest_number,
          usage.ru_maxrss / 1024, self->gap_us / 1000, self->stall_us / 1000,
          (g_get_monotonic_time () - self->started_us) / G_USEC_PER_SEC, self->findings);
}

gboolean
kouan_hostile_campaign (const KouanHostileCampaign *plan)
{
  Campaign self = { .plan = plan, .next = plan->from };
  guint tick;

  g_log_set_writer_func (on_log, NULL, NULL);
  self.hostile = kouan_hostile_new (plan->seed);
  self.pixels = kouan_pixels_new (plan->pixels);
  self.families = g_hash_table_new (g_str_hash, g_str_equal);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.started_us = self.said_us = g_get_monotonic_time ();
  tick = g_timeout_add (TICK_MS, on_tick, &self);
  start_some (&self);
  if (self.running > 0)
    g_main_loop_run (self.loop);
  g_source_remove (tick);
  summarize (&self);
  g_main_loop_unref (self.loop);
  g_hash_table_unref (self.families);
  g_object_unref (self.pixels);
  kouan_hostile_free (self.hostile);
  return self.findings == 0;
}
