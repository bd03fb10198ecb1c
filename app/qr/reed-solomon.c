/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/reed-solomon.h"

#include <string.h>

/* Reed-Solomon codes over 256 elements as QR uses them (ISO/IEC 18004, 7.5: the field's polynomial
 * is x^8 + x^4 + x^3 + x^2 + 1, the generator's first root is 1).
 *
 * A word with p check bytes can be mended where 2 * errors + erasures <= p: a byte that is known to
 * be doubtful costs half of what a wrong one costs. Syndromes; Berlekamp and Massey's search for
 * the locator, begun from the erasures; its roots by trying them all; magnitudes after Forney.
 * (Blahut, Algebraic Codes for Data Transmission, chapter 7.) */

#define ORDER 255
#define POLYNOMIAL 0x11d
#define TERMS_MAX (KOUAN_RS_PARITY_MAX + 1)

typedef struct
{
  guint8 power[2 * ORDER];
  guint8 logarithm[ORDER + 1];
} Field;

/* Cheaper to make than to keep: no table that is shared between threads. */
static void
field_init (Field *field)
{
  guint value = 1;

  for (guint i = 0; i < ORDER; i++)
    {
      field->power[i] = field->power[i + ORDER] = (guint8)value;
      field->logarithm[value] = (guint8)i;
      value <<= 1;
      if (value > ORDER)
        value ^= POLYNOMIAL;
    }
}

static guint8
times (const Field *field, guint8 a, guint8 b)
{
  return a == 0 || b == 0 ? 0 : field->power[field->logarithm[a] + field->logarithm[b]];
}

static guint8
divided (const Field *field, guint8 a, guint8 b)
{
  return a == 0 ? 0 : field->power[field->logarithm[a] + ORDER - field->logarithm[b]];
}

/* The value of a polynomial, the lowest term first, at a power of the field's element 2. */
static guint8
value_at (const Field *field, const guint8 *terms, guint count, guint exponent)
{
  guint8 value = 0;

  for (guint i = count; i-- > 0;)
    value = times (field, value, field->power[exponent]) ^ terms[i];
  return value;
}

/* Returns: whether the word is without an error */
static gboolean
find_syndromes (
  const Field *field, const guint8 *word, guint length, guint parity, guint8 *syndromes)
{
  gboolean clean = TRUE;

  for (guint i = 0; i < parity; i++)
    {
      guint8 value = 0;

      for (guint k = 0; k < length; k++)
        value = times (field, value, field->power[i]) ^ word[k];
      syndromes[i] = value;
      clean = clean && value == 0;
    }
  return clean;
}

/* The exponent that stands for a place of the word: the last byte is the term of degree 0. */
static guint
exponent_of (guint length, guint place)
{
  return length - 1 - place;
}

/* The product of (1 - X x) over the erased places. */
static void
locate_erasures (
  const Field *field, const guint8 *erased, guint count, guint length, guint8 *locator)
{
  memset (locator, 0, TERMS_MAX);
  locator[0] = 1;
  for (guint i = 0; i < count; i++)
    for (guint k = i + 1; k > 0; k--)
      locator[k] ^= times (field, locator[k - 1], field->power[exponent_of (length, erased[i])]);
}

/* Returns: degree of the locator of errors and erasures together */
static guint
find_locator (const Field *field,
              const guint8 *syndromes,
              guint parity,
              guint n_erased,
              guint8 locator[TERMS_MAX])
{
  guint8 other[TERMS_MAX + 1], next[TERMS_MAX];
  guint degree = n_erased;

  memcpy (other, locator, TERMS_MAX);
  for (guint step = n_erased; step < parity; step++)
    {
      guint8 discrepancy = 0;

      for (guint i = 0; i <= degree && i <= step; i++)
        discrepancy ^= times (field, locator[i], syndromes[step - i]);
      memmove (other + 1, other, TERMS_MAX - 1);
      other[0] = 0;
      if (discrepancy == 0)
        continue;
      for (guint i = 0; i < TERMS_MAX; i++)
        next[i] = locator[i] ^ times (field, discrepancy, other[i]);
      if (2 * degree <= step + n_erased)
        {
          degree = step + 1 + n_erased - degree;
          for (guint i = 0; i < TERMS_MAX; i++)
            other[i] = divided (field, locator[i], discrepancy);
        }
      memcpy (locator, next, TERMS_MAX);
    }
  return degree;
}

/* The byte to add at the place of @exponent. */
static guint8
magnitude (
  const Field *field, const guint8 *locator, const guint8 *evaluator, guint parity, guint exponent)
{
  guint inverse = (ORDER - exponent) % ORDER;
  guint8 derivative = 0, above = value_at (field, evaluator, parity, inverse);

  for (guint i = 1; i <= parity; i += 2)
    derivative ^= times (field, locator[i], field->power[inverse * (i - 1) % ORDER]);
  if (derivative == 0)
    return 0;
  return times (field, field->power[exponent], divided (field, above, derivative));
}

/* Mends the roots' places. Returns: how many there are inside the word */
static guint
mend (const Field *field,
      guint8 *word,
      guint length,
      guint parity,
      const guint8 *syndromes,
      const guint8 *locator)
{
  guint8 evaluator[TERMS_MAX] = { 0 };
  guint count = 0;

  for (guint i = 0; i < parity; i++)
    for (guint k = 0; k <= i; k++)
      evaluator[i] ^= times (field, locator[k], syndromes[i - k]);
  for (guint place = 0; place < length; place++)
    {
      guint exponent = exponent_of (length, place);

      if (value_at (field, locator, parity + 1, (ORDER - exponent) % ORDER) != 0)
        continue;
      word[place] ^= magnitude (field, locator, evaluator, parity, exponent);
      count++;
    }
  return count;
}

/**
 * kouan_rs_correct:
 * @word: @length bytes, the last @parity of them check bytes
 * @erased: places whose bytes are not to be trusted
 * @errors_max: how many bytes may be wrong beside these
 *
 * Returns: %TRUE if @word is a word of the code now; else it is as it was
 */
gboolean
kouan_rs_correct (
  guint8 *word, guint length, guint parity, const guint8 *erased, guint n_erased, guint errors_max)
{
  Field field;
  guint8 syndromes[KOUAN_RS_PARITY_MAX], locator[TERMS_MAX], mended[KOUAN_RS_LENGTH_MAX];
  guint degree;

  g_return_val_if_fail (length <= KOUAN_RS_LENGTH_MAX && parity <= KOUAN_RS_PARITY_MAX, FALSE);
  g_return_val_if_fail (parity < length && n_erased <= parity, FALSE);

  field_init (&field);
  if (find_syndromes (&field, word, length, parity, syndromes))
    return TRUE;
  locate_erasures (&field, erased, n_erased, length, locator);
  degree = find_locator (&field, syndromes, parity, n_erased, locator);
  if (degree > parity || degree - n_erased > errors_max
      || 2 * (degree - n_erased) + n_erased > parity)
    return FALSE;
  memcpy (mended, word, length);
  if (mend (&field, mended, length, parity, syndromes, locator) != degree
      || !find_syndromes (&field, mended, length, parity, syndromes))
    return FALSE;
  memcpy (word, mended, length);
  return TRUE;
}
