/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/hostile/hostile-private.h"

#include <string.h>

/* Good files that something happened to. */

static GBytes *
any_base (KouanHostile *self, GRand *random)
{
  return kouan_hostile_base (self, kouan_hostile_below (random, N_BASES));
}

static void
truncated (KouanHostile *self, GRand *random, GByteArray *out, KouanHostileFile *file G_GNUC_UNUSED)
{
  GBytes *base = any_base (self, random);
  guint size = kouan_hostile_below (random, (guint)g_bytes_get_size (base));

  kouan_hostile_add (out, g_bytes_get_data (base, NULL), size);
}

static void
flipped (KouanHostile *self, GRand *random, GByteArray *out, KouanHostileFile *file G_GNUC_UNUSED)
{
  guint flips = 1 + kouan_hostile_below (random, 40);

  kouan_hostile_add_bytes (out, any_base (self, random));
  for (guint i = 0; i < flips; i++)
    out->data[kouan_hostile_below (random, out->len)]
      ^= (guint8)(1 + kouan_hostile_below (random, 255));
}

/* Most of what matters in a file stands at its beginning. */
static void
flipped_at_head (KouanHostile *self,
                 GRand *random,
                 GByteArray *out,
                 KouanHostileFile *file G_GNUC_UNUSED)
{
  guint flips = 1 + kouan_hostile_below (random, 8);

  kouan_hostile_add_bytes (out, any_base (self, random));
  for (guint i = 0; i < flips; i++)
    out->data[kouan_hostile_below (random, MIN (out->len, 600))]
      = (guint8)kouan_hostile_below (random, 256);
}

static void
wrong_lengths (KouanHostile *self,
               GRand *random,
               GByteArray *out,
               KouanHostileFile *file G_GNUC_UNUSED)
{
  static const guint32 values[]
    = { 0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff };
  guint changes = 1 + kouan_hostile_below (random, 6);

  kouan_hostile_add_bytes (out, any_base (self, random));
  for (guint i = 0; i < changes; i++)
    {
      guint32 value = values[kouan_hostile_below (random, G_N_ELEMENTS (values))];
      guint at = kouan_hostile_below (random, MIN (out->len - 4, 2000));

      value = kouan_hostile_below (random, 2) == 0 ? GUINT32_TO_BE (value) : GUINT32_TO_LE (value);
      memcpy (out->data + at, &value, 1 + kouan_hostile_below (random, 4));
    }
}

static void
spliced (KouanHostile *self, GRand *random, GByteArray *out, KouanHostileFile *file G_GNUC_UNUSED)
{
  GBytes *first = any_base (self, random), *second = any_base (self, random);
  guint head = kouan_hostile_below (random, (guint)g_bytes_get_size (first));
  guint tail = kouan_hostile_below (random, (guint)g_bytes_get_size (second));

  kouan_hostile_add (out, g_bytes_get_data (first, NULL), head);
  kouan_hostile_add (out, (const guint8 *)g_bytes_get_data (second, NULL) + tail,
                     g_bytes_get_size (second) - tail);
}

/* A piece of the file many times over. */
static void
repeated (KouanHostile *self, GRand *random, GByteArray *out, KouanHostileFile *file G_GNUC_UNUSED)
{
  GBytes *base = any_base (self, random);
  gsize size = g_bytes_get_size (base);
  guint at = kouan_hostile_below (random, (guint)size);
  guint piece = 1 + kouan_hostile_below (random, (guint)MIN (size - at, 400));
  guint times = 1 + kouan_hostile_below (random, 3000);
  const guint8 *data = g_bytes_get_data (base, NULL);

  kouan_hostile_add (out, data, at);
  for (guint i = 0; i < times; i++)
    kouan_hostile_add (out, data + at, piece);
  kouan_hostile_add (out, data + at, size - at);
}

static void
random_behind_magic (KouanHostile *self G_GNUC_UNUSED,
                     GRand *random,
                     GByteArray *out,
                     KouanHostileFile *file G_GNUC_UNUSED)
{
  static const struct
  {
    guint size;
    const char *bytes;
  } magics[] = {
    { 4, "\xff\xd8\xff\xe0" },
    { 16, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR" },
    { 8, "II*\0\x08\0\0\0" },
    { 8, "MM\0*\0\0\0\x08" },
    { 9, "%PDF-1.7\n" },
    { 16, "RIFF\xff\xff\0\0WEBPVP8L" },
    { 16, "RIFF\xff\xff\0\0WEBPVP8X" },
    { 24, "\0\0\0\x18"
          "ftypheic\0\0\0\0mif1heic" },
    { 0, "" },
  };
  guint which = kouan_hostile_below (random, G_N_ELEMENTS (magics));

  kouan_hostile_add (out, magics[which].bytes, magics[which].size);
  kouan_hostile_add_random (out, random, kouan_hostile_below (random, 20000));
}

static void
nothing (KouanHostile *self G_GNUC_UNUSED,
         GRand *random G_GNUC_UNUSED,
         GByteArray *out G_GNUC_UNUSED,
         KouanHostileFile *file)
{
  file->refused = KOUAN_FILE_KIND_EMPTY;
}

/* Larger than any file may be: what is behind the limit is never read. */
static void
oversized (KouanHostile *self, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  file->heavy = TRUE;
  kouan_hostile_add_bytes (out, any_base (self, random));
  g_byte_array_set_size (out, KOUAN_PIXELS_INPUT_MAX + 1 + kouan_hostile_below (random, 1000));
}

const KouanHostileFamily kouan_hostile_damaged[] = {
  { "truncated", 120, truncated },
  { "flipped", 160, flipped },
  { "flipped-at-head", 160, flipped_at_head },
  { "wrong-lengths", 160, wrong_lengths },
  { "spliced", 60, spliced },
  { "repeated", 40, repeated },
  { "random-behind-magic", 60, random_behind_magic },
  { "nothing", 2, nothing },
  { "oversized", 2, oversized },
  { NULL, 0, NULL },
};
