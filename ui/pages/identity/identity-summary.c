/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/identity/identity-summary.h"

#include "app/identity/country.h"
#include "app/language/language.h"
#include "ui/widgets/halves.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/summary-list.h"

/* Each result has its word and its symbol beside its colour (BSI TR-03135). What is not asked here,
 * a chip or a face, is not shown as passed. */

static const char *
country_name (const char *code)
{
  const KouanCountry *country = kouan_country_find (code);

  return country != NULL ? country->name : code;
}

static char *
date_text (const KouanMrzDate *date)
{
  if (date->year == 0 || date->month == 0 || date->day == 0)
    return kouan_mrz_date_to_string (date);
  return kouan_language_date (kouan_language_current (), date->year, date->month, date->day);
}

static const char *
sex_text (KouanSex sex)
{
  static const char *const texts[] = { N_ ("Not specified"), N_ ("Female"), N_ ("Male") };

  return _ (texts[sex]);
}

static GtkWidget *
list_new (const KouanMrz *mrz)
{
  GtkWidget *widget = kouan_summary_list_new (NULL);
  KouanSummaryList *list = KOUAN_SUMMARY_LIST (widget);
  g_autofree char *birth = date_text (&mrz->birth);
  g_autofree char *expiry = date_text (&mrz->expiry);

  kouan_summary_list_add (list, NULL, _ ("Family name"), mrz->primary);
  if (mrz->secondary[0] != '\0')
    kouan_summary_list_add (list, NULL, _ ("Given names"), mrz->secondary);
  kouan_summary_list_add (list, NULL, _ ("Date of birth"), birth);
  kouan_summary_list_add (list, NULL, _ ("Nationality"), country_name (mrz->nationality));
  kouan_summary_list_add (list, NULL, _ ("Sex"), sex_text (mrz->sex));
  kouan_summary_list_add (list, NULL, _ ("Document number"), mrz->document_number);
  kouan_summary_list_add (list, NULL, _ ("Valid until"), expiry);
  return widget;
}

static KouanNoticeKind
notice_kind (KouanResult result)
{
  switch (result)
    {
    case KOUAN_RESULT_SUCCESSFUL:
      return KOUAN_NOTICE_SUCCESS;
    case KOUAN_RESULT_FAILED:
    case KOUAN_RESULT_UNDETERMINED:
      return KOUAN_NOTICE_WARNING;
    case KOUAN_RESULT_NOT_SUPPORTED:
    case KOUAN_RESULT_ABORTED:
      return KOUAN_NOTICE_INFO;
    }
  g_assert_not_reached ();
}

static GtkWidget *
expiry_notice (KouanChecks *checks)
{
  const KouanCheck *check = NULL;

  for (guint i = 0; i < kouan_checks_get_count (checks); i++)
    if (g_str_equal (kouan_checks_get_nth (checks, i)->id, KOUAN_CHECK_EXPIRY))
      check = kouan_checks_get_nth (checks, i);
  if (check == NULL || check->result == KOUAN_RESULT_SUCCESSFUL)
    return NULL;
  return kouan_notice_new (notice_kind (check->result), _ ("This document is no longer valid"),
                           _ ("You can go on, but the desk needs a valid one. Bring your new "
                              "passport if you have it."));
}

static gboolean
is_read_by (KouanChecks *checks, KouanSource source)
{
  return kouan_checks_summary (checks, &source) != KOUAN_RESULT_NOT_SUPPORTED;
}

/* The page, whichever way it was read. */
static GtkWidget *
zone_notice (KouanChecks *checks)
{
  const KouanSource optical = KOUAN_SOURCE_OPTICAL;

  if (kouan_checks_summary (checks, &optical) == KOUAN_RESULT_UNDETERMINED)
    return kouan_notice_new (KOUAN_NOTICE_WARNING, _ ("Look closely"),
                             _ ("Some signs were hard to read. Compare every line with your "
                                "passport."));
  return kouan_notice_new (KOUAN_NOTICE_SUCCESS, _ ("The lines are complete"),
                           _ ("All their check digits fit."));
}

/* The chip in one line; the record gets every single check. */
static GtkWidget *
chip_notice (KouanChecks *checks)
{
  const KouanSource electronic = KOUAN_SOURCE_ELECTRONIC;

  switch (kouan_checks_summary (checks, &electronic))
    {
    case KOUAN_RESULT_SUCCESSFUL:
      return kouan_notice_new (KOUAN_NOTICE_SUCCESS, _ ("The chip is read"),
                               _ ("What it says fits your passport."));
    case KOUAN_RESULT_FAILED:
      return kouan_notice_new (KOUAN_NOTICE_WARNING, _ ("A person has to look at this passport"),
                               _ ("You can go on. The desk checks your passport when you come."));
    default:
      return kouan_notice_new (KOUAN_NOTICE_INFO, _ ("The chip is read in part"),
                               _ ("You can go on. The desk checks the rest."));
    }
}

/* The face in one line: what came of comparing it, and who looks next. */
static GtkWidget *
face_notice (const KouanCheck *match, const KouanCheck *quality)
{
  if (match->result == KOUAN_RESULT_SUCCESSFUL)
    return kouan_notice_new (KOUAN_NOTICE_SUCCESS, _ ("Your picture is taken"),
                             _ ("It looks like the one in your passport's chip."));
  if (match->result == KOUAN_RESULT_FAILED || match->result == KOUAN_RESULT_UNDETERMINED)
    return kouan_notice_new (KOUAN_NOTICE_WARNING, _ ("A person has to look at your picture"),
                             _ ("You can go on. Show your face and your passport at the desk."));
  if (quality == NULL || quality->result == KOUAN_RESULT_NOT_SUPPORTED)
    return kouan_notice_new (KOUAN_NOTICE_INFO, _ ("No picture was taken"),
                             _ ("You can go on. The desk looks at you and your passport."));
  return kouan_notice_new (KOUAN_NOTICE_SUCCESS, _ ("Your picture is taken"),
                           _ ("The desk compares it with your passport."));
}

/**
 * kouan_identity_summary_new:
 * @action: (nullable) (transfer floating): what can be done about it
 *
 * What stands in the document, and what was found of it.
 *
 * Returns: (transfer floating)
 */
GtkWidget *
kouan_identity_summary_new (const KouanMrz *mrz, KouanChecks *checks, GtkWidget *action)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *halves = kouan_halves_new (list_new (mrz), box);
  GtkWidget *expiry = expiry_notice (checks);
  const KouanCheck *bind = kouan_checks_get (checks, KOUAN_CHECK_BIND, KOUAN_SOURCE_COMBINED);
  const KouanCheck *match
    = kouan_checks_get (checks, KOUAN_CHECK_FACE_MATCH, KOUAN_SOURCE_COMBINED);

  gtk_box_append (GTK_BOX (box), zone_notice (checks));
  if (is_read_by (checks, KOUAN_SOURCE_ELECTRONIC))
    gtk_box_append (GTK_BOX (box), chip_notice (checks));
  if (match != NULL)
    gtk_box_append (GTK_BOX (box),
                    face_notice (match, kouan_checks_get (checks, KOUAN_CHECK_FACE_QUALITY,
                                                          KOUAN_SOURCE_COMBINED)));
  if (bind != NULL && bind->result == KOUAN_RESULT_SUCCESSFUL)
    gtk_box_append (
      GTK_BOX (box),
      kouan_notice_new (KOUAN_NOTICE_SUCCESS, _ ("This is the passport of your booking"), NULL));
  if (action != NULL)
    gtk_box_append (GTK_BOX (box), action);
  if (expiry != NULL)
    g_object_set (halves, "lead", expiry, NULL);
  return halves;
}
