/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/geometry.h"
#include "app/qr/layout.h"
#include "app/qr/picture.h"
#include "app/qr/triple.h"

G_BEGIN_DECLS

/* How the paper is bowed, in modules at the middle between two finders: to the right and downwards,
 * each as a parabola across and one down. */
#define KOUAN_QR_BOWS 4

/* Where the modules of one code lie in a picture, and how light they are there. */
typedef struct
{
  const KouanQrPicture *gray;
  const KouanQrLayout *layout;
  KouanQrHomography map; /* modules to pixels */
  double bows[KOUAN_QR_BOWS];
  guint lost;       /* bits of finders that cannot be seen: corner, right, below */
  double middle[3]; /* gray between dark and light, as a plane over the modules: x, y, 1 */
  double half[3];   /* half of what lies between them; below 0 for light on dark */
  /* (nullable): by how many modules each alignment pattern lies elsewhere, rows of crossings */
  KouanQrPoint *shifts;
} KouanQrGrid;

KouanQrPoint kouan_qr_grid_map (const KouanQrGrid *self, double x, double y);
gboolean kouan_qr_grid_measure_light (KouanQrGrid *self) G_GNUC_WARN_UNUSED_RESULT;
double kouan_qr_grid_light (const KouanQrGrid *self, double x, double y);
double kouan_qr_grid_agreement (const KouanQrGrid *self);
double kouan_qr_grid_timing (const KouanQrGrid *self);
double kouan_qr_grid_module_px (const KouanQrGrid *self);
void kouan_qr_grid_clear (KouanQrGrid *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanQrGrid, kouan_qr_grid_clear)

G_END_DECLS
