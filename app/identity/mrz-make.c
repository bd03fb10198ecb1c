/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/mrz-name.h"
#include "app/identity/mrz-zone.h"

#include <string.h>

/* From what a document says to its machine readable zone: for the specimens that the project draws,
 * for tests, and for comparing a chip's data with the printed lines. */

G_DEFINE_QUARK (kouan_mrz_error, kouan_mrz_error)

typedef struct
{
  KouanMrzFormat format;
  char lines[KOUAN_MRZ_LINES_MAX][KOUAN_MRZ_LENGTH_MAX + 1];
  GError **error;
} Maker;

static gboolean
unfit (Maker *self, const char *what)
{
  g_set_error (self->error, KOUAN_MRZ_ERROR, KOUAN_MRZ_ERROR_UNFIT, "the %s does not fit into %s",
               what, kouan_mrz_format_id (self->format));
  return FALSE;
}

/* 7-3-1 over the characters of @text, a filler counting nothing (9303-3 §4.9). */
char
kouan_mrz_check_digit (const char *text, gsize size)
{
  static const guint weights[] = { 7, 3, 1 };
  guint sum = 0;

  g_return_val_if_fail (text != NULL, '<');

  for (gsize i = 0; i < size; i++)
    if (g_ascii_isdigit (text[i]))
      sum += weights[i % 3] * (text[i] - '0');
    else if (g_ascii_isupper (text[i]))
      sum += weights[i % 3] * (text[i] - 'A' + 10);
  return '0' + sum % 10;
}

/* Writes @text into a field, from its left. FALSE if it is too long or has what may not stand
 * there. */
static gboolean
put (Maker *self, KouanMrzField field, gsize offset, const char *text)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (self->format, field);
  gsize size = strlen (text);

  if (slot == NULL)
    return size == 0;
  if (offset + size > slot->length)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    {
      char character = text[i] == ' ' || text[i] == '-' ? '<' : g_ascii_toupper (text[i]);
      gboolean fits = (g_ascii_isupper (character) && (slot->alphabet & KOUAN_MRZ_LETTERS))
                      || (g_ascii_isdigit (character) && (slot->alphabet & KOUAN_MRZ_DIGITS))
                      || (character == '<' && (slot->alphabet & KOUAN_MRZ_FILLER));

      if (!fits)
        return FALSE;
      self->lines[slot->line][slot->start + offset + i] = character;
    }
  return TRUE;
}

static void
put_digit (Maker *self, KouanMrzField field, char digit)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (self->format, field);

  if (slot != NULL)
    self->lines[slot->line][slot->start] = digit;
}

/* More than nine characters go on in the optional data of TD1 and TD2: rest, check digit, filler.
 */
static gboolean
put_number (Maker *self, const KouanMrzContent *content)
{
  const char *number = content->document_number;
  gsize size = strlen (number);
  const KouanMrzSlot *slot = kouan_mrz_slot (self->format, KOUAN_MRZ_FIELD_DOCUMENT_NUMBER);
  const KouanMrzSlot *optional = kouan_mrz_slot (self->format, KOUAN_MRZ_FIELD_OPTIONAL);
  const char *own = content->optional != NULL ? content->optional : "";
  g_autofree char *head = g_strndup (number, slot->length);
  g_autofree char *rest = NULL;
  g_autofree char *whole = NULL;
  const char *line = self->lines[slot->line] + slot->start;

  if (size == 0 || !put (self, KOUAN_MRZ_FIELD_DOCUMENT_NUMBER, 0, head))
    return unfit (self, "document number");
  if (size <= slot->length)
    {
      put_digit (self, KOUAN_MRZ_FIELD_DOCUMENT_NUMBER_CHECK,
                 kouan_mrz_check_digit (line, slot->length));
      return put (self, KOUAN_MRZ_FIELD_OPTIONAL, 0, own) || unfit (self, "optional data");
    }
  if ((self->format != KOUAN_MRZ_TD1 && self->format != KOUAN_MRZ_TD2)
      || size - slot->length + 2 > optional->length
      || !put (self, KOUAN_MRZ_FIELD_OPTIONAL, 0, number + slot->length))
    return unfit (self, "document number");
  rest = g_strndup (self->lines[optional->line] + optional->start, size - slot->length);
  whole = g_strdup_printf ("%.*s%s", (int)slot->length, line, rest);
  self->lines[optional->line][optional->start + size - slot->length]
    = kouan_mrz_check_digit (whole, strlen (whole));
  return put (self, KOUAN_MRZ_FIELD_OPTIONAL, size - slot->length + 2, own)
         || unfit (self, "optional data");
}

static gboolean
put_date (Maker *self, KouanMrzField field, KouanMrzField check_field, const KouanMrzDate *date)
{
  g_autofree char *text = kouan_mrz_date_to_zone (date);

  if (date->month > 12 || date->day > 31 || !put (self, field, 0, text))
    return unfit (self, field == KOUAN_MRZ_FIELD_BIRTH ? "date of birth" : "date of expiry");
  put_digit (self, check_field, kouan_mrz_check_digit (text, strlen (text)));
  return TRUE;
}

static gboolean
put_name (Maker *self, const KouanMrzContent *content)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (self->format, KOUAN_MRZ_FIELD_NAME);
  g_autofree char *primary = kouan_mrz_transliterate (content->primary, NULL);
  g_autofree char *secondary = kouan_mrz_transliterate (content->secondary, NULL);
  g_autofree char *field = NULL;

  if (primary == NULL || secondary == NULL || *primary == '\0')
    return unfit (self, "name");
  field = kouan_mrz_name_field (primary, secondary, slot->length);
  return put (self, KOUAN_MRZ_FIELD_NAME, 0, field);
}

/* Check digits that cover others come last. */
static void
put_late_checks (Maker *self)
{
  KouanMrzZone zone = { .format = self->format };
  KouanMrzCheck check;

  memcpy (zone.lines, self->lines, sizeof zone.lines);
  check = kouan_mrz_zone_check (&zone, KOUAN_MRZ_CHECK_OPTIONAL);
  if (check.present)
    {
      put_digit (self, KOUAN_MRZ_FIELD_OPTIONAL_CHECK, check.computed);
      memcpy (zone.lines, self->lines, sizeof zone.lines);
    }
  check = kouan_mrz_zone_check (&zone, KOUAN_MRZ_CHECK_COMPOSITE);
  if (check.present)
    put_digit (self, KOUAN_MRZ_FIELD_COMPOSITE_CHECK, check.computed);
}

static gboolean
put_all (Maker *self, const KouanMrzContent *content)
{
  static const char *const sexes[] = { "<", "F", "M" };

  if (!put (self, KOUAN_MRZ_FIELD_DOCUMENT_CODE, 0, content->document_code))
    return unfit (self, "document code");
  if (!put (self, KOUAN_MRZ_FIELD_ISSUER, 0, content->issuer))
    return unfit (self, "issuer");
  if (!put (self, KOUAN_MRZ_FIELD_NATIONALITY, 0, content->nationality))
    return unfit (self, "nationality");
  if (!put_name (self, content) || !put_number (self, content)
      || !put_date (self, KOUAN_MRZ_FIELD_BIRTH, KOUAN_MRZ_FIELD_BIRTH_CHECK, &content->birth)
      || !put_date (self, KOUAN_MRZ_FIELD_EXPIRY, KOUAN_MRZ_FIELD_EXPIRY_CHECK, &content->expiry))
    return FALSE;
  if (!put (self, KOUAN_MRZ_FIELD_SEX, 0, sexes[content->sex]))
    return unfit (self, "sex");
  if (content->optional_2 != NULL
      && !put (self, KOUAN_MRZ_FIELD_OPTIONAL_2, 0, content->optional_2))
    return unfit (self, "optional data");
  put_late_checks (self);
  return TRUE;
}

/**
 * kouan_mrz_make:
 * @content: texts may be of any script that 9303-3 §6 has a table for; blanks and hyphens become
 * fillers
 * @error: UNFIT: the message names the field, not what it holds
 *
 * Returns: (transfer full) (nullable): the lines, with every check digit
 */
GStrv
kouan_mrz_make (const KouanMrzContent *content, GError **error)
{
  Maker maker = { .format = content->format, .error = error };
  GStrv lines;
  guint count;

  g_return_val_if_fail ((guint)content->format < KOUAN_MRZ_N_FORMATS, NULL);
  g_return_val_if_fail (content->sex <= KOUAN_SEX_MALE, NULL);

  count = kouan_mrz_line_count (content->format);
  for (guint i = 0; i < count; i++)
    memset (maker.lines[i], '<', kouan_mrz_line_length (content->format));
  if (!put_all (&maker, content))
    return NULL;
  lines = g_new0 (char *, count + 1);
  for (guint i = 0; i < count; i++)
    lines[i] = g_strdup (maker.lines[i]);
  return lines;
}
