/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/hostile/hostile.h"

G_BEGIN_DECLS

/* What the families share. */
typedef enum
{
  BASE_PDF,
  BASE_PDF_IMAGE, /* with a JPEG inside */
  BASE_JPEG,
  BASE_JPEG_PROGRESSIVE_LIKE, /* with an Exif block */
  BASE_PNG,
  BASE_TIFF,
  BASE_TIFF_PACKED,
  BASE_WEBP,
  BASE_HEIC,
  N_BASES,
} KouanHostileBase;

struct _KouanHostile
{
  guint32 seed;
  GBytes *bases[N_BASES]; /* good files, made when they are first needed */
  GBytes *zeros;          /* many zeros, deflated; likewise */
  GBytes *zeros_twice;    /* and once more */
};

#define ZEROS_SIZE (256 * 1024 * 1024)

/* One recipe: fills @out, and may say more about the file. */
typedef void (*KouanHostileRecipe) (KouanHostile *self,
                                    GRand *random,
                                    GByteArray *out,
                                    KouanHostileFile *file);

typedef struct
{
  const char *family;
  guint weight;
  KouanHostileRecipe recipe;
} KouanHostileFamily;

extern const KouanHostileFamily kouan_hostile_damaged[];
extern const KouanHostileFamily kouan_hostile_pictures[];
extern const KouanHostileFamily kouan_hostile_pdfs[];
extern const KouanHostileFamily kouan_hostile_refused[];

GBytes *kouan_hostile_base (KouanHostile *self, guint base);
GBytes *kouan_hostile_zeros (KouanHostile *self, gboolean twice);
GBytes *kouan_hostile_deflate (GBytes *bytes);

void kouan_hostile_add (GByteArray *out, const void *bytes, gsize size);
void kouan_hostile_add_text (GByteArray *out, const char *text);
void kouan_hostile_printf (GByteArray *out, const char *format, ...) G_GNUC_PRINTF (2, 3);
void kouan_hostile_add_be32 (GByteArray *out, guint32 value);
void kouan_hostile_add_le32 (GByteArray *out, guint32 value);
void kouan_hostile_add_le16 (GByteArray *out, guint16 value);
void kouan_hostile_add_bytes (GByteArray *out, GBytes *bytes);
void kouan_hostile_add_random (GByteArray *out, GRand *random, guint size);
guint kouan_hostile_below (GRand *random, guint end);

G_END_DECLS
