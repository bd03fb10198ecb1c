/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/widgets/key-target.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_SIGNATURE_NONE,
  KOUAN_SIGNATURE_DRAWN,
  KOUAN_SIGNATURE_TYPED,
} KouanSignatureKind;

/* Where a person signs, with a finger or by typing the name.
 *
 * Signals: "changed"; "typing" (gboolean): the person wants to type, or to draw again. While typing, the page
 * shows a keyboard for kouan_signature_pad_get_target(). */
#define KOUAN_TYPE_SIGNATURE_PAD (kouan_signature_pad_get_type ())
G_DECLARE_FINAL_TYPE (KouanSignaturePad, kouan_signature_pad, KOUAN, SIGNATURE_PAD, GtkWidget)

GtkWidget *kouan_signature_pad_new (void);
KouanSignatureKind kouan_signature_pad_get_kind (KouanSignaturePad *self);
void kouan_signature_pad_clear (KouanSignaturePad *self);
gboolean kouan_signature_pad_is_typing (KouanSignaturePad *self);
KouanKeyTarget *kouan_signature_pad_get_target (KouanSignaturePad *self);
char *kouan_signature_pad_to_svg (KouanSignaturePad *self);

/* What has been drawn or typed so far, for a pad in another language. */
GVariant *kouan_signature_pad_stash (KouanSignaturePad *self);
void kouan_signature_pad_unstash (KouanSignaturePad *self, GVariant *stash);

/* For tests and the robot: a line across the pad, as a finger would draw it. */
void kouan_signature_pad_draw (KouanSignaturePad *self, const double *points, guint n_points);

G_END_DECLS
