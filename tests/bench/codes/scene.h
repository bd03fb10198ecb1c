/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KOUAN_SCENE_CODES_MAX 9

/* How a camera sees a sheet or a screen with codes on it. */
typedef struct
{
  int width, height;      /* pixels */
  guint characters;       /* of each code's text, which decides its version */
  guint n_codes;          /* side by side, up to 9 */
  double module_px;       /* in the middle of the picture */
  double turn_deg;        /* in the picture's plane */
  double tilt_deg;        /* out of it */
  double bow;             /* the code's side by the radius of the bottle that it is stuck to */
  double blur;            /* out of focus: standard deviation in modules */
  double motion;          /* length of the way during exposure, in modules */
  double noise;           /* standard deviation in grays */
  double dark, light;     /* grays of ink and paper */
  double moire;           /* share of the light that a screen's grid takes */
  double glare;           /* share of the code's area */
  double shadow;          /* share of the light that half of the code lacks */
  gboolean on_screen;     /* of a telephone */
  gboolean light_on_dark; /* in dark mode */
  gboolean mirrored;
  gboolean blank; /* the sheet without its codes */
} KouanScene;

typedef struct
{
  guint8 *gray;
  int width, height;
  GPtrArray *texts;
} KouanSceneView;

extern const KouanScene kouan_scene_plain;

KouanSceneView *kouan_scene_view (const KouanScene *scene, guint32 seed) G_GNUC_WARN_UNUSED_RESULT;
void kouan_scene_view_free (KouanSceneView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSceneView, kouan_scene_view_free)

G_END_DECLS
