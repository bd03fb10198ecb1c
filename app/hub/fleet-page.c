/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/fleet.h"
#include "app/hub/stranger.h"
#include "app/language/language.h"
#include "app/record/receipt-number.h"

#include <stdarg.h>

/* The fleet page: a table that is read from a metre away. It is made whole by the hub, needs no
 * script, and looks again by itself. Everything that did not stand in this file goes through
 * add_escaped(). */

#define REFRESH_S 30
#define MINUTE_S 60
#define HOUR_S (60 * MINUTE_S)
#define DAY_S (24 * HOUR_S)

typedef struct
{
  const KouanFleet *fleet;
  const KouanLanguage *language;
  GString *html;
} Page;

static void
add_escaped (Page *page, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (page->html, escaped);
}

/* @text: marked for translation */
static void
add_text (Page *page, const char *text)
{
  g_autofree char *translated = kouan_language_text_in (page->language, text);

  add_escaped (page, translated);
}

/* @text: marked for translation, with one {number} in it */
static void
add_count (Page *page, const char *text, gint64 number)
{
  g_autofree char *translated = kouan_language_text_in (page->language, text);
  g_auto (GStrv) parts = g_strsplit (translated, "{number}", 2);

  add_escaped (page, parts[0]);
  if (parts[0] == NULL || parts[1] == NULL)
    return;
  g_string_append_printf (page->html, "<b>%" G_GINT64_FORMAT "</b>", number);
  add_escaped (page, parts[1]);
}

/* How long ago, in the largest unit that fits; a clock that runs ahead says "now". */
static void
add_age (Page *page, gint64 time_s)
{
  gint64 age_s = MAX (page->fleet->now_s - time_s, 0);

  if (time_s == 0)
    add_text (page, N_ ("never"));
  else if (age_s < 2 * MINUTE_S)
    add_text (page, N_ ("now"));
  else if (age_s < 2 * HOUR_S)
    add_count (page, N_ ("{number} min ago"), age_s / MINUTE_S);
  else if (age_s < 2 * DAY_S)
    add_count (page, N_ ("{number} h ago"), age_s / HOUR_S);
  else
    add_count (page, N_ ("{number} days ago"), age_s / DAY_S);
}

static void
add_number_cell (Page *page, gint64 number, gboolean is_bad)
{
  g_string_append_printf (page->html, "<td class=\"number%s\">%" G_GINT64_FORMAT "</td>",
                          is_bad        ? " bad"
                          : number == 0 ? " zero"
                                        : "",
                          number);
}

/* A sign and a word, never the colour alone. */
static void
add_state_cell (Page *page, KouanFleetState state)
{
  static const struct
  {
    const char *sign, *words;
  } states[] = {
    [KOUAN_FLEET_GOOD] = { "✓", N_ ("All well") },
    [KOUAN_FLEET_ATTENTION] = { "!", N_ ("Look after it") },
    [KOUAN_FLEET_SILENT] = { "✕", N_ ("Silent") },
    [KOUAN_FLEET_REVOKED] = { "–", N_ ("Revoked") },
  };

  g_string_append_printf (page->html, "<td class=\"state\"><span aria-hidden=\"true\">%s</span> ",
                          states[state].sign);
  add_text (page, states[state].words);
  g_string_append (page->html, "</td>");
}

static void
add_backlog_cell (Page *page, const KouanHubStatus *status)
{
  g_string_append_printf (page->html, "<td class=\"number%s\">%" G_GINT64_FORMAT,
                          status->waiting == 0 ? " zero" : "", status->waiting);
  if (status->waiting > 0)
    {
      g_string_append (page->html, "<small>");
      add_age (page, status->oldest_waiting_s);
      g_string_append (page->html, "</small>");
    }
  g_string_append (page->html, "</td>");
}

static void
add_troubles_cell (Page *page, const KouanHubFleetRow *row)
{
  g_auto (GStrv) troubles = g_strsplit (row->status.troubles, "\n", -1);

  g_string_append (page->html, "<td class=\"troubles\">");
  for (guint i = 0; troubles[i] != NULL; i++)
    {
      g_string_append (page->html, "<span>");
      add_escaped (page, troubles[i]);
      g_string_append (page->html, "</span>");
    }
  if (row->alarms > 0)
    {
      g_string_append (page->html, "<span>");
      add_count (page, N_ ("{number} alarms"), row->alarms);
      g_string_append (page->html, "</span>");
    }
  g_string_append (page->html, "</td>");
}

static void
add_row (Page *page, const KouanHubFleetRow *row)
{
  KouanFleetState state = kouan_fleet_state (row, page->fleet->now_s);

  g_string_append_printf (page->html, "<tr class=\"%s\">", kouan_fleet_state_to_string (state));
  add_state_cell (page, state);
  g_string_append_printf (page->html, "<th scope=\"row\">%u</th><td class=\"number\">%u</td><td>",
                          row->kiosk.id, row->kiosk.hall_id);
  add_age (page, row->kiosk.seen_s);
  g_string_append (page->html, "</td>");
  add_backlog_cell (page, &row->status);
  add_number_cell (page, row->status.refused, row->status.refused > 0);
  add_number_cell (page, row->received, FALSE);
  add_number_cell (page, row->archived, FALSE);
  add_number_cell (page, row->duplicates, FALSE);
  add_troubles_cell (page, row);
  g_string_append (page->html, "</tr>\n");
}

/* @class: for the style; @...: texts that are marked for translation, then NULL */
static void G_GNUC_NULL_TERMINATED
add_table_head (Page *page, const char *class, const char *caption, ...)
{
  const char *text;
  va_list texts;

  g_string_append_printf (page->html, "<table class=\"%s\"><caption>", class);
  add_text (page, caption);
  g_string_append (page->html, "</caption><thead><tr>");
  va_start (texts, caption);
  while ((text = va_arg (texts, const char *)) != NULL)
    {
      g_string_append (page->html, "<th scope=\"col\">");
      add_text (page, text);
      g_string_append (page->html, "</th>");
    }
  va_end (texts);
  g_string_append (page->html, "</tr></thead><tbody>\n");
}

static void
add_kiosks (Page *page)
{
  const GPtrArray *rows = page->fleet->rows;

  add_table_head (page, "kiosks", N_ ("Kiosks"), N_ ("State"), N_ ("Kiosk"), N_ ("Hall"),
                  N_ ("Last sync"), N_ ("Waiting"), N_ ("Refused"), N_ ("Received"),
                  N_ ("In every backup"), N_ ("Used before"), N_ ("Troubles"), NULL);
  for (guint i = 0; i < rows->len; i++)
    add_row (page, rows->pdata[i]);
  g_string_append (page->html, "</tbody></table>\n");
}

static void
add_duplicate (Page *page, const KouanHubRecord *record)
{
  const KouanHubOffer *offer = &record->offer;
  g_autofree char *number = kouan_receipt_number (offer->kiosk_id, offer->sequence);
  g_autofree char *first = kouan_uuid_to_string (record->case_id);

  g_string_append (page->html, "<tr><th scope=\"row\">");
  add_escaped (page, number);
  g_string_append_printf (page->html, "</th><td class=\"number\">%u</td><td>", offer->kiosk_id);
  add_age (page, record->received_s);
  g_string_append (page->html, "</td><td><code>");
  add_escaped (page, first);
  g_string_append (page->html, "</code></td></tr>\n");
}

static void
add_duplicates (Page *page)
{
  const GPtrArray *duplicates = page->fleet->duplicates;

  if (duplicates->len == 0)
    return;
  add_table_head (page, "cases", N_ ("Appointments that were used more than once"),
                  N_ ("Receipt number"), N_ ("Kiosk"), N_ ("Received"),
                  N_ ("First record of the case"), NULL);
  for (guint i = 0; i < duplicates->len; i++)
    add_duplicate (page, duplicates->pdata[i]);
  g_string_append (page->html, "</tbody></table>\n");
}

static void
add_stranger (Page *page, const KouanHubStranger *stranger)
{
  g_autofree char *head = kouan_hub_stranger_head (stranger);

  g_string_append_printf (page->html, "<tr><th scope=\"row\">%u</th><td>", stranger->kiosk_id);
  add_age (page, stranger->asked_s);
  g_string_append (page->html, "</td><td>");
  add_escaped (page, stranger->peer);
  g_string_append (page->html, "</td><td><code>");
  add_escaped (page, head);
  g_string_append (page->html, "</code></td></tr>\n");
}

static void
add_strangers (Page *page)
{
  const GPtrArray *strangers = page->fleet->strangers;
  guint count = 0;

  for (guint i = 0; i < strangers->len; i++)
    {
      const KouanHubStranger *stranger = strangers->pdata[i];

      if (stranger->state != KOUAN_HUB_STRANGER_WAITS)
        continue;
      if (count++ == 0)
        add_table_head (page, "strangers", N_ ("Machines that ask to be enrolled"), N_ ("Kiosk"),
                        N_ ("Asked"), N_ ("Network address"), N_ ("Fingerprint begins with"), NULL);
      add_stranger (page, stranger);
    }
  if (count > 0)
    g_string_append (page->html, "</tbody></table>\n");
}

static void
add_summary (Page *page)
{
  const GPtrArray *rows = page->fleet->rows;
  gint64 in_service = 0, good = 0, waiting = 0, received = 0, archived = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const KouanHubFleetRow *row = rows->pdata[i];

      received += row->received;
      archived += row->archived;
      if (row->kiosk.revoked_s != 0)
        continue;
      in_service++;
      good += kouan_fleet_state (row, page->fleet->now_s) == KOUAN_FLEET_GOOD;
      waiting += row->status.waiting;
    }
  g_string_append (page->html, "<ul><li>");
  add_count (page, N_ ("{number} kiosks in service"), in_service);
  g_string_append (page->html, good < in_service ? "</li><li class=\"bad\">" : "</li><li>");
  add_count (page, N_ ("{number} to look after"), in_service - good);
  g_string_append (page->html, "</li><li>");
  add_count (page, N_ ("{number} records waiting in halls"), waiting);
  g_string_append (page->html, "</li><li>");
  add_count (page, N_ ("{number} received"), received);
  g_string_append (page->html, "</li><li>");
  add_count (page, N_ ("{number} in every backup"), archived);
  g_string_append (page->html, "</li></ul>\n");
}

/**
 * kouan_fleet_page:
 * @language: (nullable): BCP 47; English if it is not offered
 *
 * Returns: (transfer full): HTML, with /style.css beside it
 */
char *
kouan_fleet_page (const KouanFleet *self, const char *language)
{
  const KouanLanguage *wanted = language != NULL ? kouan_language_find (language) : NULL;
  Page page = { self, wanted != NULL ? wanted : kouan_language_find ("en"), g_string_new (NULL) };

  g_string_append_printf (page.html,
                          "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">"
                          "<meta http-equiv=\"refresh\" content=\"%d\">"
                          "<meta name=\"viewport\" content=\"width=device-width\">"
                          "<link rel=\"stylesheet\" href=\"/style.css\"><title>",
                          page.language->code, REFRESH_S);
  add_escaped (&page, self->name);
  g_string_append (page.html, "</title></head><body><header><h1>");
  add_escaped (&page, self->name);
  g_string_append (page.html, "</h1>\n");
  add_summary (&page);
  g_string_append (page.html, "</header><main>\n");
  add_kiosks (&page);
  add_strangers (&page);
  add_duplicates (&page);
  g_string_append (page.html, "</main></body></html>\n");
  return g_string_free (page.html, FALSE);
}
