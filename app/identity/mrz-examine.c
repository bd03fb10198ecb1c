/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/country.h"
#include "app/identity/mrz-zone.h"

#include <string.h>

/* What is wrong with a zone, cell by cell, in the order in which a person would look. One mistake
 * makes one problem: a letter among digits is told as that and not as a check digit too, and the
 * composite check digit speaks only when everything that it covers is silent. Works on a zone that
 * is still being typed as well: a field is looked at when its last cell is there. */

typedef struct
{
  const KouanMrzZone *zone;
  GArray *problems;
  guint marked; /* a bit for each field that has a problem */
} Examination;

static void
add (Examination *self, KouanMrzProblemCode code, const KouanMrzSlot *slot, guint expected)
{
  kouan_mrz_problems_add (self->problems, code, slot->field, slot->line, slot->start, slot->length,
                          expected);
  self->marked |= 1u << slot->field;
}

static void
examine_cell (Examination *self, guint line, guint position)
{
  KouanMrzFormat format = self->zone->format;
  char character = self->zone->lines[line][position];
  KouanMrzAlphabet alphabet = kouan_mrz_alphabet_at (format, line, position);
  KouanMrzField field = kouan_mrz_field_at (format, line, position);
  gboolean fits = character == '?'
                  || (g_ascii_isupper (character) && (alphabet & KOUAN_MRZ_LETTERS))
                  || (g_ascii_isdigit (character) && (alphabet & KOUAN_MRZ_DIGITS))
                  || (character == '<' && (alphabet & KOUAN_MRZ_FILLER));

  if (character == '?')
    self->marked |= 1u << field; /* told already, as a character that no zone has */
  if (fits)
    return;
  kouan_mrz_problems_add (self->problems,
                          alphabet & KOUAN_MRZ_LETTERS ? KOUAN_MRZ_PROBLEM_LETTER
                                                       : KOUAN_MRZ_PROBLEM_DIGIT,
                          field, line, position, 1, 0);
  self->marked |= 1u << field;
}

static gboolean
is_filled (const char *text)
{
  return strspn (text, "<") == strlen (text);
}

static void
examine_document_code (Examination *self, const KouanMrzSlot *slot, const char *text)
{
  static const char *const first[KOUAN_MRZ_N_FORMATS] = {
    [KOUAN_MRZ_TD1] = "ACI", [KOUAN_MRZ_TD2] = "ACI", [KOUAN_MRZ_TD3] = "P",
    [KOUAN_MRZ_MRV_A] = "V", [KOUAN_MRZ_MRV_B] = "V",
  };

  if (strchr (first[self->zone->format], text[0]) == NULL)
    add (self, KOUAN_MRZ_PROBLEM_DOCUMENT_CODE, slot, 0);
}

static void
examine_country (Examination *self, const KouanMrzSlot *slot, const char *text)
{
  g_autofree char *code = g_strdup (text);

  for (gsize i = strlen (code); i > 0 && code[i - 1] == '<'; i--)
    code[i - 1] = '\0';
  if (kouan_country_find (code) == NULL)
    add (self, KOUAN_MRZ_PROBLEM_COUNTRY, slot, 0);
}

static void
examine_name (Examination *self, const KouanMrzSlot *slot, const char *text)
{
  if (is_filled (text))
    add (self, KOUAN_MRZ_PROBLEM_EMPTY, slot, 0);
  else if (text[0] == '<')
    add (self, KOUAN_MRZ_PROBLEM_NAME, slot, 0);
}

static void
examine_date (Examination *self, const KouanMrzSlot *slot, const GDate *today)
{
  KouanMrzDate date;
  gboolean fits = slot->field == KOUAN_MRZ_FIELD_BIRTH
                    ? kouan_mrz_zone_birth (self->zone, today, &date)
                    : kouan_mrz_zone_expiry (self->zone, today, &date);

  if (!fits)
    add (self, KOUAN_MRZ_PROBLEM_DATE, slot, 0);
}

static void
examine_field (Examination *self, const KouanMrzSlot *slot, const GDate *today)
{
  g_autofree char *text = kouan_mrz_zone_dup (self->zone, slot->field);

  switch (slot->field)
    {
    case KOUAN_MRZ_FIELD_DOCUMENT_CODE:
      examine_document_code (self, slot, text);
      break;
    case KOUAN_MRZ_FIELD_ISSUER:
    case KOUAN_MRZ_FIELD_NATIONALITY:
      examine_country (self, slot, text);
      break;
    case KOUAN_MRZ_FIELD_NAME:
      examine_name (self, slot, text);
      break;
    case KOUAN_MRZ_FIELD_BIRTH:
    case KOUAN_MRZ_FIELD_EXPIRY:
      examine_date (self, slot, today);
      break;
    case KOUAN_MRZ_FIELD_SEX:
      if (strchr ("FM<", text[0]) == NULL)
        add (self, KOUAN_MRZ_PROBLEM_SEX, slot, 0);
      break;
    case KOUAN_MRZ_FIELD_DOCUMENT_NUMBER:
      if (is_filled (text))
        add (self, KOUAN_MRZ_PROBLEM_EMPTY, slot, 0);
      break;
    default:
      break;
    }
}

/* A long number ends in the optional data, so that its check digit is read with that. */
static gboolean
number_is_whole (const KouanMrzZone *zone)
{
  const KouanMrzSlot *check = kouan_mrz_slot (zone->format, KOUAN_MRZ_FIELD_DOCUMENT_NUMBER_CHECK);

  if (!kouan_mrz_zone_has (zone, KOUAN_MRZ_FIELD_DOCUMENT_NUMBER_CHECK))
    return FALSE;
  return zone->lines[check->line][check->start] != '<'
         || kouan_mrz_zone_has (zone, KOUAN_MRZ_FIELD_OPTIONAL);
}

static void
examine_number_check (Examination *self)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (self->zone->format, KOUAN_MRZ_FIELD_DOCUMENT_NUMBER);
  guint fields
    = 1u << KOUAN_MRZ_FIELD_DOCUMENT_NUMBER | 1u << KOUAN_MRZ_FIELD_DOCUMENT_NUMBER_CHECK;
  KouanMrzNumber number;

  if (!number_is_whole (self->zone) || self->marked & fields)
    return;
  kouan_mrz_zone_number (self->zone, &number);
  if (number.check.fits)
    return;
  kouan_mrz_problems_add (self->problems, KOUAN_MRZ_PROBLEM_CHECK_DIGIT, slot->field, slot->line,
                          number.start, number.length, (guchar)number.check.computed);
  self->marked |= fields;
}

/* A field and the check digit behind it. */
static void
examine_check (Examination *self,
               KouanMrzCheckDigit check_digit,
               KouanMrzField field,
               KouanMrzField check_field)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (self->zone->format, field);
  guint fields = 1u << field | 1u << check_field;
  KouanMrzCheck check;

  if (!kouan_mrz_zone_has (self->zone, field) || !kouan_mrz_zone_has (self->zone, check_field)
      || self->marked & fields)
    return;
  check = kouan_mrz_zone_check (self->zone, check_digit);
  if (check.fits)
    return;
  kouan_mrz_problems_add (self->problems, KOUAN_MRZ_PROBLEM_CHECK_DIGIT, field, slot->line,
                          slot->start, slot->length + 1, (guchar)check.computed);
  self->marked |= fields;
}

static void
examine_composite (Examination *self)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (self->zone->format, KOUAN_MRZ_FIELD_COMPOSITE_CHECK);
  guint apart = 1u << KOUAN_MRZ_FIELD_DOCUMENT_CODE | 1u << KOUAN_MRZ_FIELD_ISSUER
                | 1u << KOUAN_MRZ_FIELD_NATIONALITY | 1u << KOUAN_MRZ_FIELD_NAME
                | 1u << KOUAN_MRZ_FIELD_SEX; /* what it does not count */
  KouanMrzCheck check;

  for (guint i = 0; i < kouan_mrz_line_count (self->zone->format); i++)
    if (self->zone->typed[i] < kouan_mrz_line_length (self->zone->format))
      return;
  if (slot == NULL || self->marked & ~apart)
    return;
  check = kouan_mrz_zone_check (self->zone, KOUAN_MRZ_CHECK_COMPOSITE);
  if (!check.fits)
    add (self, KOUAN_MRZ_PROBLEM_CHECK_DIGIT, slot, (guchar)check.computed);
}

/**
 * kouan_mrz_zone_examine:
 * @today: (nullable): decides which years have a 29th of February; without it every year may
 * @problems: of KouanMrzProblem; gets more
 */
void
kouan_mrz_zone_examine (const KouanMrzZone *self, const GDate *today, GArray *problems)
{
  Examination examination = { self, problems, 0 };
  guint count;
  const KouanMrzSlot *slots = kouan_mrz_slots (self->format, &count);

  for (guint line = 0; line < kouan_mrz_line_count (self->format); line++)
    for (guint position = 0; position < self->typed[line]; position++)
      examine_cell (&examination, line, position);
  for (guint i = 0; i < count; i++)
    if (kouan_mrz_zone_has (self, slots[i].field) && !(examination.marked & 1u << slots[i].field))
      examine_field (&examination, &slots[i], today);
  examine_number_check (&examination);
  examine_check (&examination, KOUAN_MRZ_CHECK_BIRTH, KOUAN_MRZ_FIELD_BIRTH,
                 KOUAN_MRZ_FIELD_BIRTH_CHECK);
  examine_check (&examination, KOUAN_MRZ_CHECK_EXPIRY, KOUAN_MRZ_FIELD_EXPIRY,
                 KOUAN_MRZ_FIELD_EXPIRY_CHECK);
  examine_check (&examination, KOUAN_MRZ_CHECK_OPTIONAL, KOUAN_MRZ_FIELD_OPTIONAL,
                 KOUAN_MRZ_FIELD_OPTIONAL_CHECK);
  examine_composite (&examination);
}
