/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <json-glib/json-glib.h>
#include <stdlib.h>

/* judge page-change|waiting VISIT BARE…: holds the turns of a visit (tests/robot/figures.c says
 * what they are) against the aim, beside those of a bare window on the same screen in the same run.
 * Prints one JSON object a line, the last one with the figure, its target and the ratio; ends with
 * 1 if the aim is missed.
 *
 * page-change: from the press to the first frame with another page; every one of them counts. Where
 * a device is at work, the page comes when the device has delivered, and what counts is the first
 * frame that says so.
 *
 * waiting: all that the applicant waited for the machine in the visit. Beside it what the devices
 * took, and what the bare window would make one wait for as many pages. */

#define PAGE_CHANGE_MS_MAX 100.0
#define WAITING_S_MAX 3.0
#define WORST_SHOWN 12

typedef struct
{
  const char *did; /* the document's */
  const char *saw;
  double value;
  double processor_ms;
  double queued_ms;
} Sample;

static JsonArray *
read_turns (const char *path, JsonParser **parser)
{
  g_autoptr (GError) error = NULL;

  *parser = json_parser_new ();
  if (!json_parser_load_from_file (*parser, path, &error))
    g_error ("%s: %s", path, error->message);
  return json_node_get_array (json_parser_get_root (*parser));
}

/* Adds those turns that have @wanted. */
static void
collect (JsonArray *turns, const char *wanted, GArray *samples)
{
  for (guint i = 0; i < json_array_get_length (turns); i++)
    {
      JsonObject *turn = json_array_get_object_element (turns, i);
      gboolean device = json_object_has_member (turn, "device");
      const char *figure = device && g_str_equal (wanted, "page_ms") ? "answer_ms" : wanted;
      Sample sample = {
        json_object_get_string_member_with_default (turn, "did", ""),
        json_object_get_string_member_with_default (turn, "saw", ""),
        json_object_get_double_member_with_default (turn, figure, -1),
        json_object_get_double_member_with_default (turn, "processor_ms", 0),
        json_object_get_double_member_with_default (turn, "queued_ms", 0),
      };

      if (sample.value >= 0)
        g_array_append_val (samples, sample);
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = ((const Sample *)a)->value, right = ((const Sample *)b)->value;

  return (left > right) - (left < right);
}

/* @samples: is sorted by it */
static double
quantile (GArray *samples, double share)
{
  if (samples->len == 0)
    g_error ("there are no turns to judge");
  g_array_sort (samples, compare);
  return g_array_index (samples, Sample, (guint)(share * (samples->len - 1) + 0.5)).value;
}

static double
sum (GArray *samples)
{
  double total = 0;

  for (guint i = 0; i < samples->len; i++)
    total += g_array_index (samples, Sample, i).value;
  return total;
}

static GString *
begin_line (void)
{
  return g_string_new ("{");
}

static void
add_name (GString *line, const char *name)
{
  g_string_append_printf (line, "%s\"%s\":", line->len > 1 ? "," : "", name);
}

static void
add (GString *line, const char *name, double value)
{
  add_name (line, name);
  g_string_append_printf (line, value == (double)(gint64)value ? "%.0f" : "%.2f", value);
}

static void
add_text (GString *line, const char *name, const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);
  g_autofree char *quoted = json_to_string (node, FALSE);

  add_name (line, name);
  g_string_append (line, quoted);
}

/* @line: (transfer full) */
static void
print (GString *line)
{
  g_print ("%s}\n", line->str);
  g_string_free (line, TRUE);
}

/* The slowest ones by name, the slowest first. @samples: sorted */
static void
print_worst (GArray *samples, const char *unit)
{
  for (guint i = 0; i < MIN (samples->len, WORST_SHOWN); i++)
    {
      const Sample *sample = &g_array_index (samples, Sample, samples->len - 1 - i);
      GString *line = begin_line ();

      add_text (line, "pressed", sample->did);
      add_text (line, "page", sample->saw);
      add (line, unit, sample->value);
      add (line, "processor_ms", sample->processor_ms);
      add (line, "queued_ms", sample->queued_ms);
      print (line);
    }
}

static int
judge_page_change (GArray *visit, GArray *bare)
{
  GString *line = begin_line ();
  double median = quantile (visit, 0.5), worst = quantile (visit, 1);
  double bare_median = quantile (bare, 0.5), bare_worst = quantile (bare, 1);

  print_worst (visit, "first_frame_ms");
  add_text (line, "figure", "page-change");
  add (line, "pages", visit->len);
  add (line, "worst_ms", worst);
  add (line, "p95_ms", quantile (visit, 0.95));
  add (line, "median_ms", median);
  add (line, "target_ms", PAGE_CHANGE_MS_MAX);
  add (line, "bare_median_ms", bare_median);
  add (line, "bare_worst_ms", bare_worst);
  add (line, "ratio_of_medians", median / bare_median);
  print (line);
  return worst <= PAGE_CHANGE_MS_MAX ? 0 : 1;
}

static int
judge_waiting (GArray *visit, GArray *devices, GArray *bare)
{
  GString *line = begin_line ();
  double waited_s = sum (visit) / 1000;
  double bare_s = quantile (bare, 0.5) * visit->len / 1000;

  quantile (visit, 1);
  print_worst (visit, "waited_ms");
  add_text (line, "figure", "waiting");
  add (line, "turns", visit->len);
  add (line, "waited_s", waited_s);
  add (line, "target_s", WAITING_S_MAX);
  add (line, "devices_s", sum (devices) / 1000);
  add (line, "bare_s", bare_s);
  add (line, "ratio", waited_s / bare_s);
  print (line);
  return waited_s < WAITING_S_MAX ? 0 : 1;
}

int
main (int argc, char **argv)
{
  gboolean waiting = argc > 3 && g_str_equal (argv[1], "waiting");
  const char *figure = waiting ? "waited_ms" : "page_ms";
  g_autoptr (GArray) visit = g_array_new (FALSE, FALSE, sizeof (Sample));
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (Sample));
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (Sample));
  g_autoptr (GPtrArray) parsers = g_ptr_array_new_with_free_func (g_object_unref);

  if (argc < 4 || (!waiting && !g_str_equal (argv[1], "page-change")))
    {
      g_printerr ("usage: judge page-change|waiting VISIT BARE…\n");
      return 2;
    }
  for (int i = 2; i < argc; i++)
    {
      JsonParser *parser;
      JsonArray *turns = read_turns (argv[i], &parser);

      g_ptr_array_add (parsers, parser);
      collect (turns, figure, i == 2 ? visit : bare);
      if (i == 2)
        collect (turns, "device_ms", devices);
    }
  return waiting ? judge_waiting (visit, devices, bare) : judge_page_change (visit, bare);
}
