/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/cn-permit.h"

#include "app/identity/mrz-zone.h"

#include <string.h>

/* Lines of 30 characters that look like a zone of a card and are none. No authority has published
 * the rules. Those of the one-line permits are in two programs that do not know of each other,
 * those of the three-line permits in one, and no card has been seen: a caller has to say that it is
 * not proven.
 *
 * One line, counted from 0: CS or CD, number 2 to 10 and its check digit, a filler, expiry 13 to 18
 * and its check digit, a filler, birth 21 to 26 and its check digit, a filler, and at 29 the check
 * digit over all three fields with theirs.
 *
 * Three lines. The first: two letters, number 2 to 10 and its check digit, how often it was issued
 * 12 and 13 with its check digit, expiry 15 to 20 and its check digit, sex, birth 23 to 28 and its
 * check digit. The second: codes of the Chinese name, identity card number 19 to 27 and its check
 * digit, and at 29 the check digit over 2 to 21 and 23 to 29 of the first line and 19 to 28 of the
 * second. The third: the name. */

#define WIDTH 30

typedef struct
{
  guint start;
  guint length; /* its check digit follows */
} Checked;

static gboolean
fits (const char *line, Checked field)
{
  return line[field.start + field.length]
         == kouan_mrz_check_digit (line + field.start, field.length);
}

static gboolean
is_line (const char *line)
{
  return line != NULL && strlen (line) == WIDTH
         && strspn (line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<") == WIDTH;
}

/* Fillers become spaces; none at the end, none twice. @text has room for @length + 1. */
static void
copy_words (const char *from, gsize length, char *text)
{
  gsize count = 0;

  for (gsize i = 0; i < length; i++)
    if (from[i] != '<')
      text[count++] = from[i];
    else if (count > 0 && text[count - 1] != ' ')
      text[count++] = ' ';
  text[count > 0 && text[count - 1] == ' ' ? count - 1 : count] = '\0';
}

/* The dates of a permit mean what those of a zone mean: they are read as a zone's. */
static gboolean
read_dates (const char *birth, const char *expiry, const GDate *today, KouanCnPermit *permit)
{
  KouanMrzZone zone = { .format = KOUAN_MRZ_TD1 };
  const KouanMrzSlot *birth_slot = kouan_mrz_slot (zone.format, KOUAN_MRZ_FIELD_BIRTH);
  const KouanMrzSlot *expiry_slot = kouan_mrz_slot (zone.format, KOUAN_MRZ_FIELD_EXPIRY);

  memset (zone.lines[1], '<', WIDTH);
  memcpy (zone.lines[1] + birth_slot->start, birth, birth_slot->length);
  memcpy (zone.lines[1] + expiry_slot->start, expiry, expiry_slot->length);
  return kouan_mrz_zone_birth (&zone, today, &permit->birth)
         && kouan_mrz_zone_expiry (&zone, today, &permit->expiry);
}

static gboolean
parse_one_line (const char *line, const GDate *today, KouanCnPermit *permit)
{
  g_autofree char *whole = g_strdup_printf ("%.10s%.7s%.7s", line + 2, line + 13, line + 21);

  if (!g_str_has_prefix (line, "CS") && !g_str_has_prefix (line, "CD"))
    return FALSE;
  if (line[12] != '<' || line[20] != '<' || line[28] != '<')
    return FALSE;
  permit->kind = line[1] == 'S' ? KOUAN_CN_PERMIT_EXIT_HK_MO : KOUAN_CN_PERMIT_EXIT_TW;
  copy_words (line + 2, 9, permit->number);
  permit->checks_fit = fits (line, (Checked){ 2, 9 }) && fits (line, (Checked){ 13, 6 })
                       && fits (line, (Checked){ 21, 6 })
                       && line[29] == kouan_mrz_check_digit (whole, strlen (whole));
  return read_dates (line + 21, line + 13, today, permit);
}

static gboolean
parse_three_lines (const char *const *lines, const GDate *today, KouanCnPermit *permit)
{
  g_autofree char *whole
    = g_strdup_printf ("%.20s%.7s%.10s", lines[0] + 2, lines[0] + 23, lines[1] + 19);

  if (lines[0][0] != 'C' || !g_ascii_isupper (lines[0][1]))
    return FALSE;
  permit->kind = KOUAN_CN_PERMIT_RETURN;
  copy_words (lines[0] + 2, 9, permit->number);
  copy_words (lines[1] + 19, 9, permit->region_id);
  copy_words (lines[2], WIDTH, permit->name);
  permit->sex = lines[0][22] == 'F'   ? KOUAN_SEX_FEMALE
                : lines[0][22] == 'M' ? KOUAN_SEX_MALE
                                      : KOUAN_SEX_UNSPECIFIED;
  permit->checks_fit = fits (lines[0], (Checked){ 2, 9 }) && fits (lines[0], (Checked){ 12, 2 })
                       && fits (lines[0], (Checked){ 15, 6 }) && fits (lines[0], (Checked){ 23, 6 })
                       && fits (lines[1], (Checked){ 19, 9 })
                       && lines[1][29] == kouan_mrz_check_digit (whole, strlen (whole));
  return read_dates (lines[0] + 23, lines[0] + 15, today, permit);
}

/**
 * kouan_cn_permit_parse:
 * @lines: (array zero-terminated=1): one or three, as they are printed
 * @today: decides the centuries
 * @permit: (out): cleared first
 *
 * Returns: whether the lines are those of a permit: their number, length, characters, dates, and
 * where letters and fillers stand. Whether its check digits fit is another question.
 */
gboolean
kouan_cn_permit_parse (const char *const *lines, const GDate *today, KouanCnPermit *permit)
{
  guint count = 0;

  g_return_val_if_fail (lines != NULL && today != NULL, FALSE);

  memset (permit, 0, sizeof *permit);
  for (; lines[count] != NULL; count++)
    if (count >= 3 || !is_line (lines[count]))
      return FALSE;
  if (count == 1)
    return parse_one_line (lines[0], today, permit);
  return count == 3 && parse_three_lines (lines, today, permit);
}
