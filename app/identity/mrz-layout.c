/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/mrz-zone.h"

/* Where the fields stand: ICAO Doc 9303 part 4 (TD3), 5 (TD1), 6 (TD2) and 7 (MRV-A, MRV-B), §4.2.2
 * each. Positions here begin at 0, those of the books at 1.
 *
 * The second character of the document code is the issuer's choice, and some choose a digit
 * ("C1USA"). A date may be filled where it is not known (part 3 §4.8). The check digit of a
 * document number is a filler where the number is a long one (parts 5 and 6), that of an unused
 * personal number may be (part 4). */

#define LETTERS (KOUAN_MRZ_LETTERS | KOUAN_MRZ_FILLER)
#define DIGITS (KOUAN_MRZ_DIGITS | KOUAN_MRZ_FILLER)
#define ANY (KOUAN_MRZ_LETTERS | KOUAN_MRZ_DIGITS | KOUAN_MRZ_FILLER)
#define SLOT(name, line, start, length, alphabet)                                                  \
  {                                                                                                \
    KOUAN_MRZ_FIELD_##name, line, start, length, alphabet                                          \
  }

/* The lower line of every format but TD1 begins alike. */
#define LOWER_LINE(number_check)                                                                   \
  SLOT (DOCUMENT_NUMBER, 1, 0, 9, ANY), SLOT (DOCUMENT_NUMBER_CHECK, 1, 9, 1, number_check),       \
    SLOT (NATIONALITY, 1, 10, 3, LETTERS), SLOT (BIRTH, 1, 13, 6, DIGITS),                         \
    SLOT (BIRTH_CHECK, 1, 19, 1, KOUAN_MRZ_DIGITS), SLOT (SEX, 1, 20, 1, LETTERS),                 \
    SLOT (EXPIRY, 1, 21, 6, DIGITS), SLOT (EXPIRY_CHECK, 1, 27, 1, KOUAN_MRZ_DIGITS)

static const KouanMrzSlot td1_slots[] = {
  SLOT (DOCUMENT_CODE, 0, 0, 2, ANY),
  SLOT (ISSUER, 0, 2, 3, LETTERS),
  SLOT (DOCUMENT_NUMBER, 0, 5, 9, ANY),
  SLOT (DOCUMENT_NUMBER_CHECK, 0, 14, 1, DIGITS),
  SLOT (OPTIONAL, 0, 15, 15, ANY),
  SLOT (BIRTH, 1, 0, 6, DIGITS),
  SLOT (BIRTH_CHECK, 1, 6, 1, KOUAN_MRZ_DIGITS),
  SLOT (SEX, 1, 7, 1, LETTERS),
  SLOT (EXPIRY, 1, 8, 6, DIGITS),
  SLOT (EXPIRY_CHECK, 1, 14, 1, KOUAN_MRZ_DIGITS),
  SLOT (NATIONALITY, 1, 15, 3, LETTERS),
  SLOT (OPTIONAL_2, 1, 18, 11, ANY),
  SLOT (COMPOSITE_CHECK, 1, 29, 1, KOUAN_MRZ_DIGITS),
  SLOT (NAME, 2, 0, 30, LETTERS),
};

static const KouanMrzSlot td2_slots[] = {
  SLOT (DOCUMENT_CODE, 0, 0, 2, ANY), SLOT (ISSUER, 0, 2, 3, LETTERS),
  SLOT (NAME, 0, 5, 31, LETTERS),     LOWER_LINE (DIGITS),
  SLOT (OPTIONAL, 1, 28, 7, ANY),     SLOT (COMPOSITE_CHECK, 1, 35, 1, KOUAN_MRZ_DIGITS),
};

static const KouanMrzSlot td3_slots[] = {
  SLOT (DOCUMENT_CODE, 0, 0, 2, ANY),
  SLOT (ISSUER, 0, 2, 3, LETTERS),
  SLOT (NAME, 0, 5, 39, LETTERS),
  LOWER_LINE (KOUAN_MRZ_DIGITS),
  SLOT (OPTIONAL, 1, 28, 14, ANY),
  SLOT (OPTIONAL_CHECK, 1, 42, 1, DIGITS),
  SLOT (COMPOSITE_CHECK, 1, 43, 1, KOUAN_MRZ_DIGITS),
};

static const KouanMrzSlot mrv_a_slots[] = {
  SLOT (DOCUMENT_CODE, 0, 0, 2, ANY), SLOT (ISSUER, 0, 2, 3, LETTERS),
  SLOT (NAME, 0, 5, 39, LETTERS),     LOWER_LINE (KOUAN_MRZ_DIGITS),
  SLOT (OPTIONAL, 1, 28, 16, ANY),
};

static const KouanMrzSlot mrv_b_slots[] = {
  SLOT (DOCUMENT_CODE, 0, 0, 2, ANY), SLOT (ISSUER, 0, 2, 3, LETTERS),
  SLOT (NAME, 0, 5, 31, LETTERS),     LOWER_LINE (KOUAN_MRZ_DIGITS),
  SLOT (OPTIONAL, 1, 28, 8, ANY),
};

static const struct
{
  const KouanMrzSlot *slots;
  guint n_slots;
  guint n_lines;
  guint length;
} layouts[KOUAN_MRZ_N_FORMATS] = {
  [KOUAN_MRZ_TD1] = { td1_slots, G_N_ELEMENTS (td1_slots), 3, 30 },
  [KOUAN_MRZ_TD2] = { td2_slots, G_N_ELEMENTS (td2_slots), 2, 36 },
  [KOUAN_MRZ_TD3] = { td3_slots, G_N_ELEMENTS (td3_slots), 2, 44 },
  [KOUAN_MRZ_MRV_A] = { mrv_a_slots, G_N_ELEMENTS (mrv_a_slots), 2, 44 },
  [KOUAN_MRZ_MRV_B] = { mrv_b_slots, G_N_ELEMENTS (mrv_b_slots), 2, 36 },
};

const KouanMrzSlot *
kouan_mrz_slots (KouanMrzFormat format, guint *count)
{
  g_assert ((guint)format < KOUAN_MRZ_N_FORMATS);

  *count = layouts[format].n_slots;
  return layouts[format].slots;
}

const KouanMrzSlot *
kouan_mrz_slot (KouanMrzFormat format, KouanMrzField field)
{
  guint count;
  const KouanMrzSlot *slots = kouan_mrz_slots (format, &count);

  for (guint i = 0; i < count; i++)
    if (slots[i].field == field)
      return &slots[i];
  return NULL;
}

guint
kouan_mrz_line_count (KouanMrzFormat format)
{
  g_return_val_if_fail ((guint)format < KOUAN_MRZ_N_FORMATS, 0);

  return layouts[format].n_lines;
}

guint
kouan_mrz_line_length (KouanMrzFormat format)
{
  g_return_val_if_fail ((guint)format < KOUAN_MRZ_N_FORMATS, 0);

  return layouts[format].length;
}

static const KouanMrzSlot *
slot_at (KouanMrzFormat format, guint line, guint position)
{
  guint count;
  const KouanMrzSlot *slots = kouan_mrz_slots (format, &count);

  for (guint i = 0; i < count; i++)
    if (slots[i].line == line && position >= slots[i].start
        && position < slots[i].start + slots[i].length)
      return &slots[i];
  return NULL;
}

/* Returns: the field that this cell belongs to, NONE beyond the end of a line */
KouanMrzField
kouan_mrz_field_at (KouanMrzFormat format, guint line, guint position)
{
  const KouanMrzSlot *slot;

  g_return_val_if_fail ((guint)format < KOUAN_MRZ_N_FORMATS, KOUAN_MRZ_FIELD_NONE);

  slot = slot_at (format, line, position);
  return slot != NULL ? slot->field : KOUAN_MRZ_FIELD_NONE;
}

/**
 * kouan_mrz_alphabet_at:
 * @line: 0 is the first
 * @position: 0 is the first
 *
 * Returns: which characters may stand there, 0 beyond the end of a line. The first character of a
 * zone is a letter always.
 */
KouanMrzAlphabet
kouan_mrz_alphabet_at (KouanMrzFormat format, guint line, guint position)
{
  const KouanMrzSlot *slot;

  g_return_val_if_fail ((guint)format < KOUAN_MRZ_N_FORMATS, 0);

  if (line == 0 && position == 0)
    return KOUAN_MRZ_LETTERS;
  slot = slot_at (format, line, position);
  return slot != NULL ? slot->alphabet : 0;
}
