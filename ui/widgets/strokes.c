/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/strokes.h"

#include <math.h>

/* A signature as data. Coordinates are parts of the width, so that the same signature comes out
 * whatever the screen was; the drawing is 1000 units wide. There is a limit on points, as a hand
 * may rest on the glass. */

#define POINTS_MAX 20000
#define UNITS 1000
#define PEN_UNITS "6"

struct _KouanStrokes
{
  GArray *points; /* of KouanPoint, all strokes one after the other */
  GArray *starts; /* of guint, where each stroke begins */
};

KouanStrokes *
kouan_strokes_new (void)
{
  KouanStrokes *self = g_new0 (KouanStrokes, 1);

  self->points = g_array_new (FALSE, FALSE, sizeof (KouanPoint));
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
kouan_strokes_free (KouanStrokes *self)
{
  g_array_unref (self->points);
  g_array_unref (self->starts);
  g_free (self);
}

/* @x, @y: in parts of the width */
void
kouan_strokes_begin (KouanStrokes *self, double x, double y)
{
  guint start = self->points->len;

  if (start >= POINTS_MAX)
    return;
  g_array_append_val (self->starts, start);
  kouan_strokes_add (self, x, y);
}

void
kouan_strokes_add (KouanStrokes *self, double x, double y)
{
  KouanPoint point = { (float)x, (float)y };

  if (self->starts->len == 0 || self->points->len >= POINTS_MAX || !isfinite (x) || !isfinite (y))
    return;
  g_array_append_val (self->points, point);
}

/* Takes away the last stroke. */
void
kouan_strokes_undo (KouanStrokes *self)
{
  guint last = self->starts->len;

  if (last == 0)
    return;
  g_array_set_size (self->points, g_array_index (self->starts, guint, last - 1));
  g_array_set_size (self->starts, last - 1);
}

void
kouan_strokes_clear (KouanStrokes *self)
{
  g_array_set_size (self->points, 0);
  g_array_set_size (self->starts, 0);
}

guint
kouan_strokes_get_count (const KouanStrokes *self)
{
  return self->starts->len;
}

/* Returns: (array length=n_points) (transfer none): the points of @stroke, at least one */
const KouanPoint *
kouan_strokes_get (const KouanStrokes *self, guint stroke, guint *n_points)
{
  guint start;
  guint end;

  g_assert (stroke < self->starts->len);
  start = g_array_index (self->starts, guint, stroke);
  end = stroke + 1 < self->starts->len ? g_array_index (self->starts, guint, stroke + 1)
                                       : self->points->len;
  *n_points = end - start;
  return &g_array_index (self->points, KouanPoint, start);
}

/* Returns: how long all the strokes are together, in parts of the width: a dot is no signature */
double
kouan_strokes_get_length (const KouanStrokes *self)
{
  double length = 0;

  for (guint i = 0; i < self->starts->len; i++)
    {
      guint n_points;
      const KouanPoint *points = kouan_strokes_get (self, i, &n_points);

      for (guint j = 1; j < n_points; j++)
        length += hypot ((double)(points[j].x - points[j - 1].x),
                         (double)(points[j].y - points[j - 1].y));
    }
  return length;
}

static void
append_number (GString *out, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (number, sizeof number, "%.1f", value));
}

static void
append_point (GString *out, char command, const KouanPoint *point)
{
  g_string_append_c (out, command);
  append_number (out, (double)point->x * UNITS);
  g_string_append_c (out, ' ');
  append_number (out, (double)point->y * UNITS);
}

/* A stroke of one point is drawn as a line to itself, which round caps make a dot. */
static void
append_stroke (GString *out, const KouanPoint *points, guint n_points)
{
  append_point (out, 'M', &points[0]);
  if (n_points == 1)
    append_point (out, 'L', &points[0]);
  for (guint i = 1; i < n_points; i++)
    append_point (out, 'L', &points[i]);
}

/**
 * kouan_strokes_to_svg:
 * @aspect: height / width of the glass
 *
 * Returns: (transfer full): an SVG 1.1 document with one path, 1000 units wide
 */
char *
kouan_strokes_to_svg (const KouanStrokes *self, double aspect)
{
  GString *out = g_string_new ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 ");

  append_number (out, aspect * UNITS);
  g_string_append (out, "\"><path fill=\"none\" stroke=\"#000\" stroke-width=\"" PEN_UNITS
                        "\" stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"");
  for (guint i = 0; i < self->starts->len; i++)
    {
      guint n_points;
      const KouanPoint *points = kouan_strokes_get (self, i, &n_points);

      append_stroke (out, points, n_points);
    }
  g_string_append (out, "\"/></svg>\n");
  return g_string_free (out, FALSE);
}
