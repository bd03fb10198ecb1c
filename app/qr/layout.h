/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KOUAN_QR_VERSION_MAX 40
#define KOUAN_QR_ALIGNMENTS_MAX 7
#define KOUAN_QR_FORMATS 32
#define KOUAN_QR_FORMAT_BITS 15

/* What a module is for. */
typedef enum
{
  KOUAN_QR_ROLE_DATA,
  KOUAN_QR_ROLE_FORMAT,
  KOUAN_QR_ROLE_DARK,  /* always */
  KOUAN_QR_ROLE_LIGHT, /* always */
} KouanQrRole;

/* A module whose colour the version alone decides. */
typedef struct
{
  guint8 x, y;
  gint8 light; /* 1 or -1 */
} KouanQrMark;

/* A module that says a bit. */
typedef struct
{
  guint8 x, y;
} KouanQrPlace;

/* How the modules of one version are used. */
typedef struct
{
  guint version;
  guint size;
  guint8 *roles;        /* size rows of size */
  KouanQrPlace *places; /* data modules in the order of their bits */
  guint n_places;
  KouanQrMark *marks;
  guint n_marks;
  guint alignments[KOUAN_QR_ALIGNMENTS_MAX]; /* middles of alignment patterns, across and down */
  guint n_alignments;                        /* 0 or 2 to 7 */
} KouanQrLayout;

KouanQrLayout *kouan_qr_layout_new (guint version) G_GNUC_WARN_UNUSED_RESULT;
void kouan_qr_layout_free (KouanQrLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanQrLayout, kouan_qr_layout_free)

gboolean kouan_qr_layout_has_alignment (const KouanQrLayout *self, guint column, guint row);
KouanQrPlace kouan_qr_layout_format_place (const KouanQrLayout *self, guint copy, guint bit);
guint kouan_qr_format_word (guint format);
gboolean kouan_qr_mask_is_set (guint mask, guint x, guint y);

G_END_DECLS
