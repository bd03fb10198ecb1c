/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/quality.h"

#include "app/language/language.h"

/* From measures to findings, and from findings to sentences. The thresholds are from
 * tests/bench/bench-quality.c, which prints the table that they were read from. */

#define DPI_MIN 150       /* of paper whose size is known */
#define DPI_MIN_OF_A4 100 /* of a picture, which may be of a passport: that has twice as many */
#define PAPER_MIN 110     /* exposure 0.5 of a white page gives 128, 0.4 gives 103 */
#define CONTRAST_BLANK                                                                             \
  26 /* strong grain (12 levels) on nothing gives 23, print at a tenth of its contrast 28 */
#define CONTRAST_MIN 60 /* print at 0.3 of its contrast gives 74, at 0.2 51 */
#define SHARPNESS_MIN                                                                              \
  0.33 /* blur of 2.5 dots at 200 an inch gives 0.36, of 3 dots 0.30: print of 8 points goes */
#define GLARE_MAX 0.5
#define FINGER_MAX 0.25
#define COLOUR_MIN 12
#define UPRIGHT_DOUBTFUL (-0.04)
#define UPRIGHT_SURE 0.12 /* of a page that lay sideways: head and foot were told apart */

/* Returns: what is wrong with a page of these measures, by itself; an empty page has no other fault
 */
KouanFindings
kouan_quality_judge (const KouanMeasures *measures, gboolean needs_colour)
{
  KouanFindings findings = KOUAN_FINDING_NONE;

  if (measures->contrast < CONTRAST_BLANK)
    return KOUAN_FINDING_BLANK;
  if (measures->dpi < (measures->paper_known ? DPI_MIN : DPI_MIN_OF_A4))
    findings |= KOUAN_FINDING_TOO_SMALL;
  if (measures->paper < PAPER_MIN)
    findings |= KOUAN_FINDING_TOO_DARK;
  else if (measures->contrast < CONTRAST_MIN)
    findings |= KOUAN_FINDING_FAINT;
  if (measures->sharpness > 0 && measures->sharpness < SHARPNESS_MIN)
    findings |= KOUAN_FINDING_BLURRED;
  if (measures->cut > 0)
    findings |= KOUAN_FINDING_CUT;
  if (measures->glare > GLARE_MAX)
    findings |= KOUAN_FINDING_GLARE;
  if (measures->finger > FINGER_MAX)
    findings |= KOUAN_FINDING_FINGER;
  if (measures->upright < (measures->turned ? UPRIGHT_SURE : UPRIGHT_DOUBTFUL))
    findings |= KOUAN_FINDING_UPSIDE_DOWN;
  if (needs_colour && measures->colour < COLOUR_MIN)
    findings |= KOUAN_FINDING_NO_COLOUR;
  return findings;
}

typedef struct
{
  KouanFindings finding;
  const char *id;
  const char *title;
  const char *remedy;
} Words;

static const Words words[] = {
  { KOUAN_FINDING_BLANK, "blank", N_ ("This page is empty"),
    N_ ("Is it the back of the page? Turn it over and scan it again, or take it out.") },
  { KOUAN_FINDING_TOO_SMALL, "too-small", N_ ("This picture is too small to read"),
    N_ ("Scan the paper here. Or take the picture again from closer, in full size.") },
  { KOUAN_FINDING_TOO_DARK, "too-dark", N_ ("This page is too dark"),
    N_ ("Take it again in more light. Or scan the paper here.") },
  { KOUAN_FINDING_FAINT, "faint", N_ ("The print on this page is too faint"),
    N_ ("Take it again without glare. Or scan the original here, not a copy.") },
  { KOUAN_FINDING_BLURRED, "blurred", N_ ("This page is blurred"),
    N_ ("Hold still and take it again. Or scan the paper here.") },
  { KOUAN_FINDING_SAME_PAGE, "same-page", N_ ("This page is here twice"),
    N_ ("Take one of them out, and add the page that is missing.") },
  { KOUAN_FINDING_CUT, "cut", N_ ("A part of this page is cut off"),
    N_ ("Take it again with all four corners in the picture. Or scan the paper here.") },
  { KOUAN_FINDING_GLARE, "glare", N_ ("Light shines on the print"),
    N_ ("Tilt the page or move it away from the lamp, and take it again.") },
  { KOUAN_FINDING_FINGER, "finger", N_ ("A finger covers a part of this page"),
    N_ ("Lay the page down, take your hand away, and take it again.") },
  { KOUAN_FINDING_UPSIDE_DOWN, "upside-down", N_ ("This page may be upside down"),
    N_ ("Look at it. If it is, press “Turn it”.") },
  { KOUAN_FINDING_NO_COLOUR, "no-colour", N_ ("This page is in black and white"),
    N_ ("This paper is needed in colour. Scan the original here, not a copy.") },
};

static const Words *
words_of (KouanFindings finding)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].finding == finding)
      return &words[i];
  g_return_val_if_reached (&words[0]);
}

/* @finding: one of them. Returns: a word for JSON, records and the log */
const char *
kouan_finding_id (KouanFindings finding)
{
  return words_of (finding)->id;
}

/* Returns: %KOUAN_FINDING_NONE for a word that is none */
KouanFindings
kouan_finding_from_id (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].id, id))
      return words[i].finding;
  return KOUAN_FINDING_NONE;
}

/* @finding: one of them. Returns: what is wrong, in the language of the screen */
const char *
kouan_finding_title (KouanFindings finding)
{
  return _ (words_of (finding)->title);
}

/* @finding: one of them. Returns: what to do, in the language of the screen */
const char *
kouan_finding_remedy (KouanFindings finding)
{
  return _ (words_of (finding)->remedy);
}

/* @ids: (nullable) (array zero-terminated=1): words that are none are left out */
KouanFindings
kouan_findings_from_ids (const char *const *ids)
{
  KouanFindings findings = KOUAN_FINDING_NONE;

  for (; ids != NULL && *ids != NULL; ids++)
    findings |= kouan_finding_from_id (*ids);
  return findings;
}

/* Returns: (transfer full) (array zero-terminated=1) */
char **
kouan_findings_to_ids (KouanFindings findings)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint bit = 1; bit <= KOUAN_FINDING_LAST; bit <<= 1)
    if (findings & bit)
      g_strv_builder_add (builder, kouan_finding_id (bit));
  return g_strv_builder_end (builder);
}
