/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a finger has drawn: strokes of points, in parts of the width of the glass it was drawn on. */
typedef struct
{
  float x;
  float y;
} KouanPoint;

typedef struct _KouanStrokes KouanStrokes;

KouanStrokes *kouan_strokes_new (void);
void kouan_strokes_free (KouanStrokes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanStrokes, kouan_strokes_free)

void kouan_strokes_begin (KouanStrokes *self, double x, double y);
void kouan_strokes_add (KouanStrokes *self, double x, double y);
void kouan_strokes_undo (KouanStrokes *self);
void kouan_strokes_clear (KouanStrokes *self);
guint kouan_strokes_get_count (const KouanStrokes *self);
const KouanPoint *kouan_strokes_get (const KouanStrokes *self, guint stroke, guint *n_points);
double kouan_strokes_get_length (const KouanStrokes *self);
char *kouan_strokes_to_svg (const KouanStrokes *self, double aspect);

G_END_DECLS
