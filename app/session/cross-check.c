/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/cross-check.h"

#include "app/language/language.h"
#include "app/session/paper-text.h"

#include <string.h>

/* Compares the papers with each other and with the passport, as an officer would before anything
 * else. Only a paper whose file carries its own text can be compared by its words, and a copy of
 * the passport by its zone; any other scan says nothing and is accused of nothing. Each finding is
 * a sentence to the person, who may be right: none of them keeps a visit from going on, and all of
 * them stand in the record. */

#define PASSPORT_MONTHS 6
#define LETTERS_MIN 60 /* of a paper that could be expected to carry a name */

static void
add (GArray *crosses, KouanCrossKind kind, KouanDocumentItem *document, const GDate *date)
{
  KouanCross cross = { .kind = kind, .document = document };

  g_date_clear (&cross.date, 1);
  if (date != NULL)
    cross.date = *date;
  g_array_append_val (crosses, cross);
}

/* Returns: (transfer full) (nullable): the text of all pages that have one */
static char *
text_of (const KouanVisitDocument *document)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < document->sheets->len; i++)
    {
      const KouanSheet *sheet = g_ptr_array_index (document->sheets, i);

      if (sheet->text != NULL)
        g_string_append_printf (text, "%s\n", sheet->text);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static guint
count_letters (const char *plain)
{
  guint count = 0;

  for (; *plain != '\0'; plain++)
    count += g_ascii_isalpha (*plain);
  return count;
}

static void
check_person (GArray *crosses, KouanDocumentItem *document, const char *text, const KouanMrz *mrz)
{
  g_autofree char *plain = kouan_text_plain (text);
  g_autofree char *number = kouan_text_passport_number (text);
  g_autofree char *shown = kouan_text_plain (mrz->document_number);
  g_autofree char *name = g_strconcat (mrz->primary, " ", mrz->secondary, NULL);

  if (strstr (plain, shown) != NULL)
    return;
  if (number != NULL)
    add (crosses, KOUAN_CROSS_OTHER_PASSPORT, document, NULL);
  else if (count_letters (plain) >= LETTERS_MIN && !kouan_text_has_name (plain, name))
    add (crosses, KOUAN_CROSS_NO_NAME, document, NULL);
}

/* Returns: (transfer full) (nullable): the number in a zone that was read off a page */
static char *
number_in_zone (const KouanSheet *sheet, const GDate *today)
{
  g_auto (GStrv) lines = sheet->zone != NULL ? g_strsplit (sheet->zone, "\n", -1) : NULL;
  g_autoptr (KouanMrz) mrz
    = lines != NULL ? kouan_mrz_parse ((const char *const *)lines, today, NULL) : NULL;

  return mrz != NULL ? g_strdup (mrz->document_number) : NULL;
}

/* One page has to show the zone of the passport that was shown; the others are its visas and
 * stamps, and one of a former passport is no fault beside it. */
static void
check_zone (GArray *crosses,
            KouanDocumentItem *item,
            const KouanVisitDocument *document,
            const KouanMrz *mrz,
            const GDate *today)
{
  gboolean another = FALSE;

  for (guint i = 0; i < document->sheets->len; i++)
    {
      g_autofree char *number = number_in_zone (g_ptr_array_index (document->sheets, i), today);

      if (g_strcmp0 (number, mrz->document_number) == 0)
        return;
      another |= number != NULL;
    }
  add (crosses, another ? KOUAN_CROSS_OTHER_PASSPORT : KOUAN_CROSS_NO_ZONE, item, NULL);
}

/* The newest day on the paper that is not in the future is taken for the day of its issue. */
static gboolean
newest_date (const char *text, const GDate *today, GDate *newest)
{
  g_autoptr (GArray) dates = kouan_text_dates (text);
  gboolean found = FALSE;

  for (guint i = 0; i < dates->len; i++)
    {
      const GDate *date = &g_array_index (dates, GDate, i);

      if (g_date_compare (date, today) > 0 || (found && g_date_compare (date, newest) <= 0))
        continue;
      *newest = *date;
      found = TRUE;
    }
  return found;
}

static void
check_age (GArray *crosses, KouanDocumentItem *document, const char *text, const GDate *today)
{
  guint months = kouan_document_item_get_max_age_months (document);
  GDate oldest = *today, issued;

  if (months == 0 || !newest_date (text, today, &issued))
    return;
  g_date_subtract_months (&oldest, months);
  if (g_date_compare (&issued, &oldest) < 0)
    add (crosses, KOUAN_CROSS_TOO_OLD, document, &issued);
}

static gboolean
share_a_page (const KouanVisitDocument *a, const KouanVisitDocument *b)
{
  for (guint i = 0; i < a->sheets->len; i++)
    for (guint k = 0; k < b->sheets->len; k++)
      if (kouan_sheet_same (g_ptr_array_index (a->sheets, i), g_ptr_array_index (b->sheets, k)))
        return TRUE;
  return FALSE;
}

static void
check_others (GArray *crosses, KouanVisit *visit, KouanChecklist *checklist, guint index)
{
  KouanDocumentItem *item = kouan_checklist_get_nth (checklist, index)->document;
  KouanVisitDocument *document
    = kouan_visit_find_document (visit, kouan_document_item_get_id (item));

  for (guint i = 0; document != NULL && i < index; i++)
    {
      KouanDocumentItem *other = kouan_checklist_get_nth (checklist, i)->document;
      KouanVisitDocument *before
        = kouan_visit_find_document (visit, kouan_document_item_get_id (other));

      if (before == NULL || !share_a_page (document, before))
        continue;
      add (crosses, KOUAN_CROSS_SAME_PAPER, item, NULL);
      g_array_index (crosses, KouanCross, crosses->len - 1).other = other;
    }
}

/* Returns: what the pages of @document are to be looked at for */
KouanAsked
kouan_cross_asked (KouanDocumentItem *document)
{
  KouanAsked asked = KOUAN_ASKED_NOTHING;

  if (kouan_document_item_needs_colour (document))
    asked |= KOUAN_ASKED_COLOUR;
  if (kouan_document_item_has_zone (document))
    asked |= KOUAN_ASKED_ZONE;
  return asked;
}

static void
check_passport (GArray *crosses, const KouanMrz *mrz, const GDate *today)
{
  GDate expiry, soon = *today;

  if (!kouan_mrz_date_to_gdate (&mrz->expiry, &expiry))
    return;
  g_date_add_months (&soon, PASSPORT_MONTHS);
  if (g_date_compare (&expiry, &soon) < 0)
    add (crosses, KOUAN_CROSS_PASSPORT_ENDS, NULL, &expiry);
}

/**
 * kouan_cross_check:
 * @mrz: (nullable): of the passport that was shown
 *
 * Returns: (transfer full) (element-type KouanCross): what does not fit, the passport first and
 * then in the order of the checklist
 */
GArray *
kouan_cross_check (KouanVisit *visit,
                   const KouanMrz *mrz,
                   KouanChecklist *checklist,
                   const GDate *today)
{
  GArray *crosses = g_array_new (FALSE, FALSE, sizeof (KouanCross));

  if (mrz != NULL)
    check_passport (crosses, mrz, today);
  for (guint i = 0; i < kouan_checklist_get_count (checklist); i++)
    {
      KouanDocumentItem *item = kouan_checklist_get_nth (checklist, i)->document;
      KouanVisitDocument *document
        = kouan_visit_find_document (visit, kouan_document_item_get_id (item));
      g_autofree char *text = document != NULL ? text_of (document) : NULL;

      if (mrz != NULL && document != NULL && document->sheets->len > 0
          && kouan_document_item_has_zone (item))
        check_zone (crosses, item, document, mrz, today);
      else if (text != NULL && mrz != NULL)
        check_person (crosses, item, text, mrz);
      if (text != NULL)
        check_age (crosses, item, text, today);
      check_others (crosses, visit, checklist, i);
    }
  return crosses;
}

static const struct
{
  const char *id;
  const char *title;
  const char *remedy;
} words[] = {
  [KOUAN_CROSS_OTHER_PASSPORT]
  = { "other-passport", N_ ("%s: it names another passport"),
      N_ ("The number on it is not the one of the passport you showed. Bring the right paper, or "
          "show the desk your former passport.") },
  [KOUAN_CROSS_NO_ZONE]
  = { "no-zone", N_ ("%s: we can't read the lines at its foot"),
      N_ (
        "Hand in the page with your photo, whole and without glare. If it is here, go on: the desk "
        "looks at it.") },
  [KOUAN_CROSS_NO_NAME] = { "no-name", N_ ("%s: we can't find your name on it"),
                            N_ ("Check that it is yours. If it is, go on: the desk looks at it.") },
  [KOUAN_CROSS_TOO_OLD]
  = { "too-old", N_ ("%s: it is too old"),
      N_ ("The newest date on it is %s. Bring a newer one, or let the desk decide.") },
  [KOUAN_CROSS_SAME_PAPER]
  = { "same-paper", N_ ("%s: the same page is handed in twice"),
      N_ ("It is also under “%s”. Take it out where it does not belong.") },
  [KOUAN_CROSS_PASSPORT_ENDS]
  = { "passport-ends", N_ ("Your passport ends soon"),
      N_ ("It ends on %s. A permit is not longer than the passport: ask the desk, or your embassy "
          "for a new one.") },
};

/* Puts @value in the place of "%s". */
static char *
fill (const char *text, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (text, "%s", 2);

  return g_strjoinv (value, parts);
}

/* Returns: a word for records and JSON */
const char *
kouan_cross_id (KouanCrossKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (words), NULL);

  return words[kind].id;
}

/* Returns: (transfer full): which paper, and what is the matter; in the language of the screen,
 * @language being its code */
char *
kouan_cross_title (const KouanCross *cross, const char *language)
{
  const char *title = _ (words[cross->kind].title);

  if (cross->document == NULL)
    return g_strdup (title);
  return fill (title, kouan_document_item_get_name (cross->document, language));
}

/* Returns: (transfer full): what to do, and the other way */
char *
kouan_cross_remedy (const KouanCross *cross, const char *language)
{
  const char *remedy = _ (words[cross->kind].remedy);
  g_autofree char *date
    = g_date_valid (&cross->date)
        ? kouan_language_date (kouan_language_current (), g_date_get_year (&cross->date),
                               g_date_get_month (&cross->date), g_date_get_day (&cross->date))
        : NULL;

  if (cross->other != NULL)
    return fill (remedy, kouan_document_item_get_name (cross->other, language));
  return date != NULL ? fill (remedy, date) : g_strdup (remedy);
}
