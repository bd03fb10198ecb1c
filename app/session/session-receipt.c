/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/session-receipt.h"

#include "app/catalogue/calendar-file.h"
#include "app/language/language.h"
#include "app/receipt/receipt.h"
#include "app/session/application.h"
#include "app/session/session-private.h"

/* From a visit to the paper in the person's hand. The authority has to name everything that is
 * missing at once (Regulations on the entry and exit of foreigners, article 13), so the list is
 * complete, with how to get each thing, in the person's language and in the hall's. */

static const char *const next_complete[] = {
  N_ ("Keep this receipt. It proves that you applied today."),
  N_ ("The authority checks your application and tells you the result."),
  N_ ("If you are asked for something, name the number on this receipt."),
  NULL,
};

static const char *const next_declared[] = {
  N_ ("Go to the officer now, with your passport and this code."),
  N_ ("Everybody in your group shows a passport; one code is enough for all."),
  NULL,
};

static const char *const next_missing[] = {
  N_ ("Keep this receipt. It proves that you applied today."),
  N_ ("Bring what is missing, all at once, and show this receipt at a desk."),
  N_ ("If you are asked for something, name the number on this receipt."),
  NULL,
};

/* Returns: (transfer full): every needed document without a page; a group counts once */
GArray *
kouan_session_missing (KouanSession *self)
{
  g_autoptr (KouanChecklist) checklist = kouan_session_checklist (self);
  g_auto (GStrv) kept = kouan_application_kept_ids (self->visit);

  return kouan_checklist_missing (checklist, (const char *const *)kept);
}

const char *const *
kouan_session_next_steps (KouanSession *self)
{
  g_autoptr (GArray) missing = kouan_session_missing (self);

  if (self->declaration_code != NULL)
    return next_declared;
  return missing->len > 0 ? next_missing : next_complete;
}

/* Returns: (transfer full) (element-type KouanDeadlineState): the last days that the answers set */
GArray *
kouan_session_deadlines (KouanSession *self)
{
  KouanContext context;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  kouan_session_get_context (self, &context);
  return kouan_service_deadlines (self->service, self->visit->answers, &context);
}

/* Returns: (transfer full): "Apply within 30 days of entry. Today is day 27 of 30. …" */
char *
kouan_session_deadline_text (const KouanDeadlineState *state, const char *language)
{
  g_autofree char *where = kouan_deadline_state_format (state, language);

  return g_strdup_printf ("%s: %s", kouan_deadline_get_name (state->deadline, language), where);
}

/* Returns: (transfer full) (nullable): the next last day for a telephone's calendar, as a code
 * carries it */
char *
kouan_session_calendar_text (KouanSession *self)
{
  g_autoptr (GArray) deadlines = kouan_session_deadlines (self);

  return kouan_deadlines_to_short_calendar (deadlines, kouan_language_current ()->code,
                                            self->receipt_number);
}

static const KouanLanguage *
hall_language (KouanSession *self)
{
  const KouanLanguage *language
    = kouan_language_find (kouan_station_get_hall_language (self->station));

  return language != NULL ? language : kouan_language_current ();
}

static const char *
keep (GPtrArray *texts, char *text)
{
  g_ptr_array_add (texts, text);
  return text;
}

/* @texts: (element-type utf8): what to free when the receipt is drawn */
static KouanReceiptMissing *
list_missing (GArray *missing, const char *visitor, const char *hall, GPtrArray *texts)
{
  KouanReceiptMissing *list = g_new0 (KouanReceiptMissing, missing->len + 1);

  for (guint i = 0; i < missing->len; i++)
    {
      const KouanMissing *one = &g_array_index (missing, KouanMissing, i);

      list[i].what.visitor = keep (texts, kouan_missing_format (one, visitor));
      list[i].what.hall = keep (texts, kouan_missing_format (one, hall));
      list[i].how.visitor = kouan_document_item_get_hint (one->document, visitor);
      list[i].how.hall = kouan_document_item_get_hint (one->document, hall);
    }
  return list;
}

/**
 * kouan_session_missing_text:
 *
 * Returns: (transfer full) (nullable): the complete list as plain text, each paper in the person's
 * language and in the hall's, for a QR code that any telephone reads; NULL where nothing is missing
 */
char *
kouan_session_missing_text (KouanSession *self)
{
  const KouanLanguage *visitor = kouan_language_current (), *hall = hall_language (self);
  g_autoptr (GArray) missing = kouan_session_missing (self);
  g_autofree char *heading = kouan_language_text_in (hall, N_ ("Still missing"));
  GString *text;

  if (missing->len == 0)
    return NULL;
  text = g_string_new (self->receipt_number);
  g_string_append_printf (text, "\n%s", _ ("Still missing"));
  if (visitor != hall)
    g_string_append_printf (text, " · %s", heading);
  for (guint i = 0; i < missing->len; i++)
    {
      const KouanMissing *one = &g_array_index (missing, KouanMissing, i);
      g_autofree char *name = kouan_missing_format (one, visitor->code);
      g_autofree char *hall_name = kouan_missing_format (one, hall->code);

      g_string_append_printf (text, "\n%u. %s", i + 1, name);
      if (visitor != hall)
        g_string_append_printf (text, "\n   %s", hall_name);
    }
  return g_string_free (text, FALSE);
}

/* @texts: (out): what to free when the receipt is drawn */
static KouanReceiptText *
list_next (KouanSession *self, const KouanLanguage *hall, GPtrArray *texts, guint *count)
{
  const char *const *steps = kouan_session_next_steps (self);
  const char *visitor = kouan_language_current ()->code;
  g_autoptr (GArray) deadlines = kouan_session_deadlines (self);
  KouanReceiptText *list
    = g_new0 (KouanReceiptText, g_strv_length ((char **)steps) + deadlines->len + 1);

  for (*count = 0; steps[*count] != NULL; (*count)++)
    {
      list[*count].visitor = _ (steps[*count]);
      list[*count].hall = keep (texts, kouan_language_text_in (hall, steps[*count]));
    }
  for (guint i = 0; i < deadlines->len; i++)
    {
      const KouanDeadlineState *state = &g_array_index (deadlines, KouanDeadlineState, i);
      const char *own = keep (texts, kouan_session_deadline_text (state, visitor));
      const char *other = keep (texts, kouan_session_deadline_text (state, hall->code));

      list[(*count)++] = (KouanReceiptText){ own, other };
    }
  return list;
}

/**
 * kouan_session_receipt_pdf:
 * @height_mm: (out): how long the paper is
 *
 * Only after the record is committed.
 *
 * Returns: (transfer full): an 80 mm wide page
 */
GBytes *
kouan_session_receipt_pdf (KouanSession *self, double *height_mm)
{
  const KouanLanguage *visitor = kouan_language_current ();
  const KouanLanguage *hall = hall_language (self);
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (self->receipt_time_s);
  g_autofree char *iso = g_date_time_format_iso8601 (created);
  g_autofree char *time = kouan_language_date_time (visitor, self->receipt_time_s);
  g_autofree char *hall_time = kouan_language_date_time (hall, self->receipt_time_s);
  g_autoptr (GArray) missing = kouan_session_missing (self);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree KouanReceiptMissing *missing_list
    = list_missing (missing, visitor->code, hall->code, texts);
  g_autofree char *missing_text = kouan_session_missing_text (self);
  guint n_next;
  g_autofree KouanReceiptText *next = list_next (self, hall, texts, &n_next);
  KouanReceiptContent content = {
    .visitor_language = visitor,
    .hall_language = hall,
    .hall_name = { kouan_station_get_hall_name (self->station, visitor->code),
                   kouan_station_get_hall_name (self->station, hall->code) },
    .service = { kouan_service_get_name (self->service, visitor->code),
                 kouan_service_get_name (self->service, hall->code) },
    .handed_in = { time, hall_time },
    .number = self->receipt_number,
    .code = self->declaration_code != NULL ? self->declaration_code : self->receipt_code,
    .missing_text = missing_text,
    .created = iso,
    .missing = missing_list,
    .n_missing = missing->len,
    .next = next,
    .n_next = n_next,
  };

  return kouan_receipt_render_pdf (&content, height_mm);
}

/* Returns: (transfer full): the numbers of the group, a line each, for a code that any telephone
 * reads */
char *
kouan_session_group_text (KouanSession *self)
{
  g_autoptr (GPtrArray) numbers = kouan_session_get_group (self);

  g_ptr_array_add (numbers, NULL);
  return g_strjoinv ("\n", (char **)numbers->pdata);
}

/**
 * kouan_session_group_pdf:
 * @height_mm: (out): how long the paper is
 *
 * Returns: (transfer full): an 80 mm wide page with everybody's number
 */
GBytes *
kouan_session_group_pdf (KouanSession *self, double *height_mm)
{
  const KouanLanguage *visitor = kouan_language_current ();
  const KouanLanguage *hall = hall_language (self);
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (self->receipt_time_s);
  g_autofree char *iso = g_date_time_format_iso8601 (created);
  g_autofree char *time = kouan_language_date_time (visitor, self->receipt_time_s);
  g_autofree char *hall_time = kouan_language_date_time (hall, self->receipt_time_s);
  g_autofree char *code = kouan_session_group_text (self);
  g_autoptr (GPtrArray) numbers = kouan_session_get_group (self);
  KouanReceiptContent content = {
    .visitor_language = visitor,
    .hall_language = hall,
    .hall_name = { kouan_station_get_hall_name (self->station, visitor->code),
                   kouan_station_get_hall_name (self->station, hall->code) },
    .service = { kouan_service_get_name (self->service, visitor->code),
                 kouan_service_get_name (self->service, hall->code) },
    .handed_in = { time, hall_time },
    .code = code,
    .created = iso,
  };

  g_ptr_array_add (numbers, NULL);
  content.number = numbers->pdata[0];
  content.group = (const char *const *)numbers->pdata;
  return kouan_receipt_render_pdf (&content, height_mm);
}
