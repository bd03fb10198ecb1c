/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/mrz-zone.h"

#include <string.h>

/* From two or three lines of text to what they say. */

G_DEFINE_BOXED_TYPE (KouanMrz, kouan_mrz, kouan_mrz_ref, kouan_mrz_unref)

KouanMrz *
kouan_mrz_ref (KouanMrz *self)
{
  return g_atomic_rc_box_acquire (self);
}

/* A zone is personal data: it is overwritten when the last holder lets go. */
static void
wipe (gpointer data)
{
  explicit_bzero (data, sizeof (KouanMrz));
}

void
kouan_mrz_unref (KouanMrz *self)
{
  g_atomic_rc_box_release_full (self, wipe);
}

static guint
count_lines (const char *const *lines)
{
  guint count = 0;

  while (lines[count] != NULL && *lines[count] != '\0')
    count++;
  return count;
}

/* Two lines are told apart by their length, and a visa by its first letter; where the lengths fit
 * nothing, the nearest wins, so that what is said about them is of use. */
static KouanMrzFormat
choose_format (guint n_lines, const char *const *lines)
{
  gboolean visa = lines[0][0] == 'V';
  glong first = g_utf8_strlen (lines[0], -1);
  glong second = n_lines > 1 ? g_utf8_strlen (lines[1], -1) : first;
  gboolean wide = first == 44 || (first != 36 && second > 40) || (first > 40 && second != 36);

  if (n_lines == 3)
    return KOUAN_MRZ_TD1;
  if (wide)
    return visa ? KOUAN_MRZ_MRV_A : KOUAN_MRZ_TD3;
  return visa ? KOUAN_MRZ_MRV_B : KOUAN_MRZ_TD2;
}

static gboolean
all_lines_are_whole (const KouanMrzZone *zone, GArray *problems)
{
  guint length = kouan_mrz_line_length (zone->format);
  gboolean whole = TRUE;

  for (guint i = 0; i < kouan_mrz_line_count (zone->format); i++)
    if (zone->typed[i] < length)
      {
        kouan_mrz_problems_add (problems, KOUAN_MRZ_PROBLEM_LINE_LENGTH, KOUAN_MRZ_FIELD_NONE, i,
                                zone->typed[i], length - zone->typed[i], length);
        whole = FALSE;
      }
  return whole;
}

/* Copies at most @size - 1 characters of @text: fillers at the end go, those inside become spaces,
 * several in a row one. */
static void
copy_words (char *words, gsize size, const char *text, gsize length)
{
  gsize count = 0;

  for (gsize i = 0; i < length && text[i] != '\0' && count + 1 < size; i++)
    if (text[i] != '<')
      words[count++] = text[i];
    else if (count > 0 && words[count - 1] != ' ')
      words[count++] = ' ';
  if (count > 0 && words[count - 1] == ' ')
    count--;
  words[count] = '\0';
}

static void
copy_field (const KouanMrzZone *zone, KouanMrzField field, char *words, gsize size)
{
  g_autofree char *text = kouan_mrz_zone_dup (zone, field);

  copy_words (words, size, text, strlen (text));
}

/* Two fillers end the primary identifier; what comes after further pairs is secondary too. */
static void
read_name (KouanMrz *self, const KouanMrzZone *zone)
{
  g_autofree char *text = kouan_mrz_zone_dup (zone, KOUAN_MRZ_FIELD_NAME);
  gsize size = strlen (text);
  const char *divide = strstr (text, "<<");

  self->name_may_be_cut = text[size - 1] != '<';
  if (divide == NULL)
    {
      copy_words (self->primary, sizeof self->primary, text, size);
      return;
    }
  copy_words (self->primary, sizeof self->primary, text, divide - text);
  copy_words (self->secondary, sizeof self->secondary, divide, strlen (divide));
}

static void
read_number_and_optional (KouanMrz *self, const KouanMrzZone *zone)
{
  const KouanMrzSlot *optional = kouan_mrz_slot (zone->format, KOUAN_MRZ_FIELD_OPTIONAL);
  KouanMrzNumber number;

  kouan_mrz_zone_number (zone, &number);
  copy_words (self->document_number, sizeof self->document_number, number.number,
              strlen (number.number));
  self->long_number = number.is_long;
  self->long_number_counts_filler = number.counts_filler;
  copy_words (self->optional, sizeof self->optional, zone->lines[optional->line] + number.rest,
              optional->start + optional->length - number.rest);
  copy_field (zone, KOUAN_MRZ_FIELD_OPTIONAL_2, self->optional_2, sizeof self->optional_2);
}

static KouanSex
read_sex (const KouanMrzZone *zone)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (zone->format, KOUAN_MRZ_FIELD_SEX);

  switch (zone->lines[slot->line][slot->start])
    {
    case 'F':
      return KOUAN_SEX_FEMALE;
    case 'M':
      return KOUAN_SEX_MALE;
    default:
      return KOUAN_SEX_UNSPECIFIED;
    }
}

static KouanMrz *
read_zone (const KouanMrzZone *zone, const GDate *today)
{
  KouanMrz *self = g_atomic_rc_box_new0 (KouanMrz);

  self->format = zone->format;
  memcpy (self->lines, zone->lines, sizeof self->lines);
  copy_field (zone, KOUAN_MRZ_FIELD_DOCUMENT_CODE, self->document_code, sizeof self->document_code);
  copy_field (zone, KOUAN_MRZ_FIELD_ISSUER, self->issuer, sizeof self->issuer);
  copy_field (zone, KOUAN_MRZ_FIELD_NATIONALITY, self->nationality, sizeof self->nationality);
  read_name (self, zone);
  read_number_and_optional (self, zone);
  kouan_mrz_zone_birth (zone, today, &self->birth);
  kouan_mrz_zone_expiry (zone, today, &self->expiry);
  self->sex = read_sex (zone);
  for (guint i = 0; i < KOUAN_MRZ_N_CHECKS; i++)
    self->checks[i] = kouan_mrz_zone_check (zone, i);
  return self;
}

static GStrv
normalise_lines (const char *const *lines, guint count)
{
  GStrv normal = g_new0 (char *, count + 1);

  for (guint i = 0; i < count; i++)
    normal[i] = kouan_mrz_normalise (lines[i]);
  return normal;
}

static void
wipe_lines (GStrv lines)
{
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    explicit_bzero (lines[i], strlen (lines[i]));
  g_strfreev (lines);
}

/**
 * kouan_mrz_parse:
 * @lines: (array zero-terminated=1): two or three lines, UTF-8; blanks and small letters are put
 * right
 * @today: decides the centuries; see mrz-date.c
 * @problems: (out) (optional) (transfer full) (element-type KouanMrzProblem): what is wrong, by
 * line; empty if nothing is
 *
 * Reads a machine readable zone (ICAO Doc 9303 parts 3 to 7). A zone with a wrong check digit or an
 * unknown code is still read, so that a caller can show what it says; it is the caller's to refuse
 * it.
 *
 * Returns: (transfer full) (nullable): %NULL if the lines are not those of a zone: their number,
 * length or characters
 */
KouanMrz *
kouan_mrz_parse (const char *const *lines, const GDate *today, GArray **problems)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (KouanMrzProblem));
  KouanMrz *mrz = NULL;
  KouanMrzZone zone;
  GStrv normal;
  guint count;

  g_return_val_if_fail (lines != NULL, NULL);
  g_return_val_if_fail (today != NULL && g_date_valid (today), NULL);

  count = count_lines (lines);
  if (count != 2 && count != 3)
    kouan_mrz_problems_add (found, KOUAN_MRZ_PROBLEM_LINE_COUNT, KOUAN_MRZ_FIELD_NONE, 0, 0, 0, 0);
  else
    {
      gboolean clean;

      normal = normalise_lines (lines, count);
      clean = kouan_mrz_zone_init (&zone, choose_format (count, (const char *const *)normal),
                                   (const char *const *)normal, found);
      clean = all_lines_are_whole (&zone, found) && clean;
      kouan_mrz_zone_examine (&zone, today, found);
      mrz = clean ? read_zone (&zone, today) : NULL;
      explicit_bzero (&zone, sizeof zone);
      wipe_lines (normal);
    }
  if (problems != NULL)
    *problems = g_steal_pointer (&found);
  return mrz;
}

/* Returns: whether every check digit that this format has is right */
gboolean
kouan_mrz_checks_fit (const KouanMrz *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < KOUAN_MRZ_N_CHECKS; i++)
    if (self->checks[i].present && !self->checks[i].fits)
      return FALSE;
  return TRUE;
}
