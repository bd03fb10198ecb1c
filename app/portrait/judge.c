/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-portrait"

#include "app/portrait/measure.h"

#include "app/language/language.h"

#include <math.h>

/* From measures to what a person at the camera can do about it. The limits are those that the rules
 * of the Chinese exit-entry administration give (head, tilt, background, pixels) and, for light and
 * sharpness, where the drawn portraits of the tests stop looking like one; they are not measured on
 * photographs of people. */

#define WIDTH_MIN 354
#define HEIGHT_MIN 472
#define BRIGHTNESS_MIN 0.22
#define BRIGHTNESS_MAX 0.88
#define DARK_SHARE_MAX 0.35
#define LIGHT_SHARE_MAX 0.20
#define RANGE_MIN 35
#define EVENNESS_MIN 0.45
#define CHROMA_MIN 3.0
#define REDNESS_MIN -4.0
#define REDNESS_MAX 38.0
#define YELLOWNESS_MIN -6.0
#define YELLOWNESS_MAX 48.0
#define SHARPNESS_MIN 0.22
#define BACKGROUND_MIN 0.72
#define BACKGROUND_SPREAD_MAX 0.09
#define BACKGROUND_CHROMA_MAX 16.0
#define HEAD_MIN 0.55 /* 28 of 48 mm is 0.58; the crown is not known better than this */
#define HEAD_MAX 0.72
#define OFF_CENTRE_MAX 0.06
#define ROLL_MAX_DEG 8.0
#define EYE_OPENING_MIN 0.08
#define MOUTH_OPENING_MAX 0.25

static KouanPortraitFindings
judge_light (const KouanPortraitMeasures *measures)
{
  KouanPortraitFindings findings = KOUAN_PORTRAIT_FINE;

  if (measures->brightness < BRIGHTNESS_MIN || measures->dark_share > DARK_SHARE_MAX)
    findings |= KOUAN_PORTRAIT_TOO_DARK;
  else if (measures->brightness > BRIGHTNESS_MAX || measures->light_share > LIGHT_SHARE_MAX)
    findings |= KOUAN_PORTRAIT_TOO_BRIGHT;
  else if (measures->range < RANGE_MIN)
    findings |= KOUAN_PORTRAIT_FLAT;
  if (measures->evenness < EVENNESS_MIN)
    findings |= KOUAN_PORTRAIT_UNEVEN;
  return findings;
}

static KouanPortraitFindings
judge_colour (const KouanPortraitMeasures *measures)
{
  if (measures->chroma < CHROMA_MIN)
    return KOUAN_PORTRAIT_GRAY;
  if (measures->redness < REDNESS_MIN || measures->redness > REDNESS_MAX
      || measures->yellowness < YELLOWNESS_MIN || measures->yellowness > YELLOWNESS_MAX)
    return KOUAN_PORTRAIT_TINTED;
  return KOUAN_PORTRAIT_FINE;
}

static KouanPortraitFindings
judge_background (const KouanPortraitMeasures *measures)
{
  if (measures->background_spread > BACKGROUND_SPREAD_MAX)
    return KOUAN_PORTRAIT_BACKGROUND_BUSY;
  if (measures->background < BACKGROUND_MIN || measures->background_chroma > BACKGROUND_CHROMA_MAX)
    return KOUAN_PORTRAIT_BACKGROUND_DARK;
  return KOUAN_PORTRAIT_FINE;
}

static KouanPortraitFindings
judge_head (const KouanPortraitMeasures *measures)
{
  KouanPortraitFindings findings = KOUAN_PORTRAIT_FINE;

  if (!measures->has_face)
    return findings;
  if (measures->head_height < HEAD_MIN)
    findings |= KOUAN_PORTRAIT_HEAD_SMALL;
  else if (measures->head_height > HEAD_MAX || measures->head_top < 0)
    findings |= KOUAN_PORTRAIT_HEAD_LARGE;
  if (fabs (measures->off_centre) > OFF_CENTRE_MAX)
    findings |= KOUAN_PORTRAIT_OFF_CENTRE;
  if (fabs (measures->roll_deg) > ROLL_MAX_DEG)
    findings |= KOUAN_PORTRAIT_TILTED;
  if (measures->eye_opening < EYE_OPENING_MIN)
    findings |= KOUAN_PORTRAIT_EYES_CLOSED;
  if (measures->mouth_opening > MOUTH_OPENING_MAX)
    findings |= KOUAN_PORTRAIT_MOUTH_OPEN;
  return findings;
}

/* Of the head only where landmarks were at hand. */
KouanPortraitFindings
kouan_portrait_judge (const KouanPortraitMeasures *measures)
{
  KouanPortraitFindings findings = judge_light (measures) | judge_colour (measures)
                                   | judge_background (measures) | judge_head (measures);

  if (measures->width < WIDTH_MIN || measures->height < HEIGHT_MIN)
    findings |= KOUAN_PORTRAIT_TOO_SMALL;
  if (measures->sharpness < SHARPNESS_MIN)
    findings |= KOUAN_PORTRAIT_BLURRED;
  return findings;
}

static const struct
{
  KouanPortraitFindings finding;
  const char *id;
  const char *remedy;
} words[] = {
  { KOUAN_PORTRAIT_NO_FACE, "no-face",
    N_ ("We cannot see your face: stand before the camera and look into it.") },
  { KOUAN_PORTRAIT_OTHERS, "others",
    N_ ("Somebody else is in the picture: stand before the camera alone.") },
  { KOUAN_PORTRAIT_TOO_SMALL, "too-small",
    N_ ("The picture has too few pixels: take it here, or bring the original file.") },
  { KOUAN_PORTRAIT_TOO_DARK, "too-dark",
    N_ ("Your face is too dark: turn towards the light and take it again.") },
  { KOUAN_PORTRAIT_TOO_BRIGHT, "too-bright",
    N_ ("Your face is too bright: step back from the light and take it again.") },
  { KOUAN_PORTRAIT_FLAT, "flat",
    N_ ("The picture is pale: take it again with more light on your face.") },
  { KOUAN_PORTRAIT_UNEVEN, "uneven-light",
    N_ ("One side of your face is in shadow: face the light and take it again.") },
  { KOUAN_PORTRAIT_GRAY, "gray", N_ ("The picture has no colours: take it again in colour.") },
  { KOUAN_PORTRAIT_TINTED, "tinted",
    N_ ("The colours are off: take it again in white light, without a filter.") },
  { KOUAN_PORTRAIT_BLURRED, "blurred",
    N_ ("The picture is blurred: hold still and take it again.") },
  { KOUAN_PORTRAIT_BACKGROUND_DARK, "background-not-white",
    N_ ("The background has to be white: stand before a white wall.") },
  { KOUAN_PORTRAIT_BACKGROUND_BUSY, "background-busy",
    N_ ("Something is behind you: stand before a plain white wall.") },
  { KOUAN_PORTRAIT_HEAD_SMALL, "head-small", N_ ("Your head is too small: come closer.") },
  { KOUAN_PORTRAIT_HEAD_LARGE, "head-large", N_ ("Your head is too large: step back.") },
  { KOUAN_PORTRAIT_OFF_CENTRE, "off-centre",
    N_ ("Your face is not in the middle: move until it is in the frame.") },
  { KOUAN_PORTRAIT_TILTED, "tilted", N_ ("Your head is tilted: hold it straight.") },
  { KOUAN_PORTRAIT_EYES_CLOSED, "eyes-closed",
    N_ ("Your eyes are closed: look into the camera with your eyes open.") },
  { KOUAN_PORTRAIT_MOUTH_OPEN, "mouth-open", N_ ("Your mouth is open: close it and look calm.") },
};

/* Returns: what is to be mended first, or nothing: who is there, then the head, then the light */
KouanPortraitFindings
kouan_portrait_first_finding (KouanPortraitFindings findings)
{
  static const KouanPortraitFindings order[] = {
    KOUAN_PORTRAIT_NO_FACE,    KOUAN_PORTRAIT_OTHERS,     KOUAN_PORTRAIT_HEAD_SMALL,
    KOUAN_PORTRAIT_HEAD_LARGE, KOUAN_PORTRAIT_OFF_CENTRE, KOUAN_PORTRAIT_TILTED,
    KOUAN_PORTRAIT_TOO_DARK,   KOUAN_PORTRAIT_TOO_BRIGHT, KOUAN_PORTRAIT_UNEVEN,
  };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (findings & order[i])
      return order[i];
  return findings & -findings;
}

/* Returns: (transfer full): their words, for records */
char **
kouan_portrait_finding_ids (KouanPortraitFindings findings)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint bit = 1; bit <= KOUAN_PORTRAIT_LAST; bit <<= 1)
    if (findings & bit)
      g_strv_builder_add (ids, kouan_portrait_finding_id (bit));
  return g_strv_builder_end (ids);
}

/* @finding: one of them. Returns: a word for JSON and records */
const char *
kouan_portrait_finding_id (KouanPortraitFindings finding)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].finding == finding)
      return words[i].id;
  g_return_val_if_reached (NULL);
}

/* @finding: one of them. Returns: what is wrong and what to do, in the language of the screen */
const char *
kouan_portrait_finding_remedy (KouanPortraitFindings finding)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].finding == finding)
      return _ (words[i].remedy);
  g_return_val_if_reached (NULL);
}
