/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/bech32.h"

#include <string.h>

/* A prefix, "1", the data in symbols of five bits, and six symbols of a BCH code over all of that.
 * The symbols go through one running state, so that a secret key leaves no copy of its symbols
 * behind. */

#define CHECKSUM_LENGTH 6

static const char symbols[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

static guint32
advance (guint32 state, guint value)
{
  static const guint32 generator[5]
    = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
  guint top = state >> 25;

  state = (state & 0x1ffffff) << 5 ^ value;
  for (guint i = 0; i < 5; i++)
    if ((top >> i & 1) != 0)
      state ^= generator[i];
  return state;
}

static guint32
start (const char *prefix)
{
  guint32 state = 1;

  for (const char *c = prefix; *c != '\0'; c++)
    state = advance (state, (guint)g_ascii_tolower (*c) >> 5);
  state = advance (state, 0);
  for (const char *c = prefix; *c != '\0'; c++)
    state = advance (state, (guint)g_ascii_tolower (*c) & 31);
  return state;
}

static gboolean
is_upper (const char *prefix)
{
  return g_ascii_isupper (*prefix);
}

static gsize
symbol_count (gsize size)
{
  return (size * 8 + 4) / 5;
}

/* The @index-th five bits of @data, with zeros after its end. */
static guint
five_bits (const guint8 *data, gsize size, gsize index)
{
  guint value = 0;

  for (gsize bit = index * 5; bit < index * 5 + 5; bit++)
    value = value << 1 | (bit / 8 < size ? data[bit / 8] >> (7 - bit % 8) & 1 : 0);
  return value;
}

/**
 * kouan_bech32_encode:
 * @prefix: all lower case or all upper case, as the result will be
 *
 * Returns: (transfer full): the text, which the caller wipes if @data is secret
 */
char *
kouan_bech32_encode (const char *prefix, const guint8 *data, gsize size)
{
  gsize prefix_length = strlen (prefix);
  gsize count = symbol_count (size);
  gsize length = prefix_length + 1 + count + CHECKSUM_LENGTH;
  guint32 state = start (prefix);
  char *text = g_malloc (length + 1);
  char *end = text + prefix_length + 1;

  memcpy (text, prefix, prefix_length);
  text[prefix_length] = '1';
  for (gsize i = 0; i < count; i++)
    {
      guint value = five_bits (data, size, i);

      state = advance (state, value);
      *end++ = symbols[value];
    }
  for (gsize i = 0; i < CHECKSUM_LENGTH; i++)
    state = advance (state, 0);
  state ^= 1;
  for (gsize i = 0; i < CHECKSUM_LENGTH; i++)
    *end++ = symbols[state >> (5 * (5 - i)) & 31];
  *end = '\0';
  for (char *c = text; is_upper (prefix) && *c != '\0'; c++)
    *c = g_ascii_toupper (*c);
  return text;
}

static int
symbol_value (char c, gboolean upper)
{
  const char *found = NULL;

  if (upper ? g_ascii_islower (c) : g_ascii_isupper (c))
    return -1;
  found = memchr (symbols, g_ascii_tolower (c), sizeof symbols - 1);
  return found != NULL ? (int)(found - symbols) : -1;
}

/**
 * kouan_bech32_decode:
 * @prefix: what the text has to begin with, in the case that all of it has to be in
 * @text: @length characters, need not be terminated
 * @data: (out): @size bytes, undefined after FALSE
 *
 * Returns: whether @text is exactly @size bytes of that kind, with a checksum that matches
 */
gboolean
kouan_bech32_decode (const char *prefix, const char *text, gsize length, guint8 *data, gsize size)
{
  gsize prefix_length = strlen (prefix);
  gsize count = symbol_count (size);
  guint32 state = start (prefix);
  guint padding = 0;

  if (length != prefix_length + 1 + count + CHECKSUM_LENGTH
      || memcmp (text, prefix, prefix_length) != 0 || text[prefix_length] != '1')
    return FALSE;
  memset (data, 0, size);
  text += prefix_length + 1;
  for (gsize i = 0; i < count + CHECKSUM_LENGTH; i++)
    {
      int value = symbol_value (text[i], is_upper (prefix));

      if (value < 0)
        return FALSE;
      state = advance (state, (guint)value);
      for (gsize bit = i * 5; i < count && bit < i * 5 + 5; bit++)
        {
          guint one = (guint)value >> (4 - (bit - i * 5)) & 1;

          if (bit / 8 < size)
            data[bit / 8] |= (guint8)(one << (7 - bit % 8));
          else
            padding |= one;
        }
    }
  return state == 1 && padding == 0;
}
