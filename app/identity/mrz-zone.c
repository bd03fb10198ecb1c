/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/mrz-zone.h"

#include <string.h>

/* The text of a zone, whole or still being typed, and what can be read off it: the document number
 * with its continuation, the check digits, and the dates with their century. Nothing here judges;
 * mrz-examine.c does. */

void
kouan_mrz_problems_add (GArray *problems,
                        KouanMrzProblemCode code,
                        KouanMrzField field,
                        guint line,
                        guint start,
                        guint length,
                        guint expected)
{
  KouanMrzProblem problem = { code, field, line, start, length, expected };

  g_array_append_val (problems, problem);
}

static gboolean
is_zone_character (gunichar character)
{
  return (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9')
         || character == '<';
}

/* Copies one line; a character that no zone has becomes "?" and a problem. */
static gboolean
take_line (KouanMrzZone *self, guint line, const char *text, GArray *problems)
{
  guint length = kouan_mrz_line_length (self->format);
  gboolean clean = TRUE;
  guint count = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), count++)
    {
      gunichar character = g_utf8_get_char (p);

      if (count >= length)
        continue;
      if (!is_zone_character (character))
        {
          kouan_mrz_problems_add (problems, KOUAN_MRZ_PROBLEM_CHARACTER,
                                  kouan_mrz_field_at (self->format, line, count), line, count, 1,
                                  0);
          clean = FALSE;
        }
      self->lines[line][count] = is_zone_character (character) ? (char)character : '?';
    }
  self->typed[line] = MIN (count, length);
  if (count > length)
    kouan_mrz_problems_add (problems, KOUAN_MRZ_PROBLEM_LINE_LENGTH, KOUAN_MRZ_FIELD_NONE, line,
                            length, count - length, length);
  return clean && count <= length;
}

/**
 * kouan_mrz_zone_init:
 * @lines: as many as there are, up to NULL; normalised text, which is UTF-8
 * @problems: gets what is not a zone's character and what is too long
 *
 * Returns: whether all of it can be part of a zone of this format
 */
gboolean
kouan_mrz_zone_init (KouanMrzZone *self,
                     KouanMrzFormat format,
                     const char *const *lines,
                     GArray *problems)
{
  gboolean clean = TRUE;

  memset (self, 0, sizeof *self);
  self->format = format;
  for (guint i = 0; i < kouan_mrz_line_count (format) && lines[i] != NULL; i++)
    clean = take_line (self, i, lines[i], problems) && clean;
  return clean;
}

/* Returns: whether the format has this field and all of its cells are there */
gboolean
kouan_mrz_zone_has (const KouanMrzZone *self, KouanMrzField field)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (self->format, field);

  return slot != NULL && self->typed[slot->line] >= slot->start + slot->length;
}

char *
kouan_mrz_zone_dup (const KouanMrzZone *self, KouanMrzField field)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (self->format, field);

  return slot == NULL ? g_strdup ("")
                      : g_strndup (self->lines[slot->line] + slot->start, slot->length);
}

/* How long @text is without the fillers at its end. */
static gsize
filled_size (const char *text, gsize size)
{
  while (size > 0 && text[size - 1] == '<')
    size--;
  return size;
}

/* A long number: nine characters, a filler where its check digit would be, the rest at the head of
 * the optional data, the check digit, a filler (part 5 §4.2.2, note j). The filler between does not
 * count for the check digit, but there are cards in use that counted it; both are taken, and told
 * apart. */
static void
read_long_number (const KouanMrzSlot *slot,
                  const KouanMrzSlot *optional,
                  const char *line,
                  KouanMrzNumber *number)
{
  const char *rest = line + optional->start;
  const char *end = memchr (rest, '<', optional->length);
  gsize size = end != NULL ? (gsize)(end - rest) : optional->length;
  g_autofree char *counted = NULL;

  g_snprintf (number->number, sizeof number->number, "%.*s%.*s", (int)slot->length,
              line + slot->start, (int)size - 1, rest);
  counted
    = g_strdup_printf ("%.*s<%.*s", (int)slot->length, line + slot->start, (int)size - 1, rest);
  number->is_long = TRUE;
  number->start = slot->start;
  number->length = optional->start + size - slot->start;
  number->rest = MIN (optional->start + size + 1, optional->start + optional->length);
  number->check.printed = rest[size - 1];
  number->check.computed = kouan_mrz_check_digit (number->number, strlen (number->number));
  number->counts_filler
    = number->check.printed != number->check.computed
      && number->check.printed == kouan_mrz_check_digit (counted, strlen (counted));
  number->check.fits = number->check.printed == number->check.computed || number->counts_filler;
}

/* @number is whole only if the zone has the fields DOCUMENT_NUMBER_CHECK and OPTIONAL. */
void
kouan_mrz_zone_number (const KouanMrzZone *self, KouanMrzNumber *number)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (self->format, KOUAN_MRZ_FIELD_DOCUMENT_NUMBER);
  const KouanMrzSlot *optional = kouan_mrz_slot (self->format, KOUAN_MRZ_FIELD_OPTIONAL);
  const char *line = self->lines[slot->line];
  gboolean may_be_long = self->format == KOUAN_MRZ_TD1 || self->format == KOUAN_MRZ_TD2;

  memset (number, 0, sizeof *number);
  number->check.present = TRUE;
  if (may_be_long && line[slot->start + slot->length] == '<' && line[slot->start] != '<'
      && line[optional->start] != '<' && line[optional->start] != '\0')
    {
      read_long_number (slot, optional, line, number);
      return;
    }
  g_snprintf (number->number, sizeof number->number, "%.*s",
              (int)filled_size (line + slot->start, slot->length), line + slot->start);
  number->start = slot->start;
  number->length = slot->length + 1;
  number->rest = optional->start;
  number->check.printed = line[slot->start + slot->length];
  number->check.computed = kouan_mrz_check_digit (line + slot->start, slot->length);
  number->check.fits = number->check.printed == number->check.computed;
}

/* What the composite check digit counts, in parts: line, start, length. */
static char *
composite_text (const KouanMrzZone *self)
{
  const char *lower = self->lines[1];

  if (self->format == KOUAN_MRZ_TD1)
    return g_strdup_printf ("%.25s%.7s%.7s%.11s", self->lines[0] + 5, lower, lower + 8, lower + 18);
  if (self->format == KOUAN_MRZ_TD2)
    return g_strdup_printf ("%.10s%.7s%.14s", lower, lower + 13, lower + 21);
  return g_strdup_printf ("%.10s%.7s%.22s", lower, lower + 13, lower + 21);
}

static KouanMrzCheck
check_text (const KouanMrzZone *self, const char *text, KouanMrzField check_field)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (self->format, check_field);
  KouanMrzCheck check = { .present = slot != NULL };

  if (slot == NULL)
    return check;
  check.printed = self->lines[slot->line][slot->start];
  check.computed = kouan_mrz_check_digit (text, strlen (text));
  check.fits = check.printed == check.computed;
  return check;
}

/* An unused personal number has 0 or a filler for its check digit, as the issuer likes (part 4
 * §4.2.2). */
static KouanMrzCheck
check_optional (const KouanMrzZone *self)
{
  g_autofree char *text = kouan_mrz_zone_dup (self, KOUAN_MRZ_FIELD_OPTIONAL);
  KouanMrzCheck check = check_text (self, text, KOUAN_MRZ_FIELD_OPTIONAL_CHECK);

  if (check.present && check.printed == '<' && filled_size (text, strlen (text)) == 0)
    check.fits = TRUE;
  return check;
}

/* Returns: one check digit of a zone that has the fields for it; .present is FALSE where the format
 * has none */
KouanMrzCheck
kouan_mrz_zone_check (const KouanMrzZone *self, KouanMrzCheckDigit check)
{
  g_autofree char *text = NULL;
  KouanMrzNumber number;

  switch (check)
    {
    case KOUAN_MRZ_CHECK_DOCUMENT_NUMBER:
      kouan_mrz_zone_number (self, &number);
      return number.check;
    case KOUAN_MRZ_CHECK_BIRTH:
      text = kouan_mrz_zone_dup (self, KOUAN_MRZ_FIELD_BIRTH);
      return check_text (self, text, KOUAN_MRZ_FIELD_BIRTH_CHECK);
    case KOUAN_MRZ_CHECK_EXPIRY:
      text = kouan_mrz_zone_dup (self, KOUAN_MRZ_FIELD_EXPIRY);
      return check_text (self, text, KOUAN_MRZ_FIELD_EXPIRY_CHECK);
    case KOUAN_MRZ_CHECK_OPTIONAL:
      return check_optional (self);
    case KOUAN_MRZ_CHECK_COMPOSITE:
      text = composite_text (self);
      return check_text (self, text, KOUAN_MRZ_FIELD_COMPOSITE_CHECK);
    default:
      g_assert_not_reached ();
    }
}
