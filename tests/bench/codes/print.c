/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/bench/codes/print.h"

#include <math.h>
#include <string.h>

/* What lies before the camera: a sheet or a screen with codes, what stands around them, and what
 * happened to it. Asked point by point. */

static guint32
hash_of (guint32 seed, gint32 x, gint32 y)
{
  guint32 hash = seed ^ (guint32)x * 2654435761U ^ (guint32)y * 2246822519U;

  hash = (hash ^ hash >> 15) * 2246822519U;
  hash = (hash ^ hash >> 13) * 3266489917U;
  return hash ^ hash >> 16;
}

/* Returns: 0 to 1, smooth between whole numbers */
double
kouan_print_noise (guint32 seed, double x, double y)
{
  double left = floor (x), top = floor (y), right = x - left, down = y - top, corners[4];

  right = right * right * (3 - 2 * right);
  down = down * down * (3 - 2 * down);
  for (int i = 0; i < 4; i++)
    corners[i] = hash_of (seed, (gint32)left + i % 2, (gint32)top + i / 2) / (double)G_MAXUINT32;
  return (corners[0] * (1 - right) + corners[1] * right) * (1 - down)
         + (corners[2] * (1 - right) + corners[3] * right) * down;
}

static char *
random_text (GRand *random, guint length)
{
  static const char letters[]
    = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~:/?&=";
  char *text = g_malloc (length + 1);

  for (guint i = 0; i < length; i++)
    text[i] = letters[g_rand_int_range (random, 0, sizeof letters - 1)];
  text[length] = '\0';
  return text;
}

/* A random text that takes @version. Returns: (transfer full) */
static KouanQrMatrix *
matrix_of (GRand *random, guint version, KouanQrLevel level, char **text)
{
  guint least = 1, most = 3000;

  for (;;)
    {
      guint length = (least + most) / 2;
      g_autofree char *tried = random_text (random, length);
      g_autoptr (KouanQrMatrix) matrix = kouan_qr_matrix_new (tried, level, NULL);
      guint is = matrix != NULL ? kouan_qr_matrix_get_version (matrix) : G_MAXUINT;

      if (is == version || (least + 1 >= most && matrix != NULL))
        {
          *text = g_steal_pointer (&tried);
          return g_steal_pointer (&matrix);
        }
      if (is < version)
        least = length;
      else
        most = length;
    }
}

/* @texts: what they say is added */
void
kouan_print_add_codes (KouanPrint *self,
                       GRand *random,
                       guint count,
                       guint version_from,
                       guint version_to,
                       KouanQrLevel level,
                       GPtrArray *texts)
{
  guint largest = 0;

  self->n_codes = MIN (count, KOUAN_PRINT_CODES_MAX);
  for (guint i = 0; i < self->n_codes; i++)
    {
      guint version = (guint)g_rand_int_range (random, (int)version_from, (int)version_to + 1);
      char *text;

      self->codes[i] = matrix_of (random, version, level, &text);
      largest = MAX (largest, kouan_qr_matrix_get_size (self->codes[i]));
      g_ptr_array_add (texts, text);
    }
  self->columns = (guint)ceil (sqrt (self->n_codes));
  self->rows = (self->n_codes + self->columns - 1) / self->columns;
  self->cell = largest + 2 * self->quiet;
}

void
kouan_print_clear (KouanPrint *self)
{
  for (guint i = 0; i < self->n_codes; i++)
    kouan_qr_matrix_free (self->codes[i]);
  self->n_codes = 0;
}

/* Returns: modules from one edge of the cells to the other, the longer way */
double
kouan_print_side (const KouanPrint *self)
{
  return MAX (self->columns, self->rows) * self->cell;
}

static gboolean
is_eye (guint size, guint x, guint y)
{
  return (x < 7 || x >= size - 7) && (y < 7 || (x < 7 && y >= size - 7));
}

/* Whether a point of a code, in its modules, is dark. */
static gboolean
is_dark (const KouanPrint *self, const KouanQrMatrix *code, double x, double y)
{
  guint size = kouan_qr_matrix_get_size (code), column = (guint)x, row = (guint)y;
  double in_x = x - column - 0.5, in_y = y - row - 0.5, away;

  if (self->style == KOUAN_PRINT_ROUND_EYES && is_eye (size, column, row))
    {
      away = hypot (x - (x < 7 ? 3.5 : size - 3.5), y - (y < 7 ? 3.5 : size - 3.5));
      return away < 1.6 || (away > 2.5 && away < 3.5);
    }
  if (!kouan_qr_matrix_is_dark (code, column, row))
    return FALSE;
  if (self->style == KOUAN_PRINT_SQUARES || is_eye (size, column, row))
    return TRUE;
  return self->style == KOUAN_PRINT_GAPS ? fabs (in_x) < 0.41 && fabs (in_y) < 0.41
                                         : hypot (in_x, in_y) < 0.45;
}

static double
logo_at (const KouanPrint *self, double x, double y)
{
  return hypot (x, y) < 0.7 ? self->ink * 3 : self->paper;
}

/* Returns: below 0 outside of the code and its quiet zone */
static double
code_at (const KouanPrint *self, guint index, double x, double y)
{
  const KouanQrMatrix *code = self->codes[index];
  double size = kouan_qr_matrix_get_size (code), cosine = cos (self->turns[index]);
  double sine = sin (self->turns[index]), half = size / 2 + self->quiet;
  double in_x = x * cosine + y * sine, in_y = y * cosine - x * sine;

  if (fabs (in_x) >= half || fabs (in_y) >= half)
    return -1;
  if (self->logo > 0 && MAX (fabs (in_x), fabs (in_y)) < self->logo * size / 2)
    return logo_at (self, in_x * 2 / (self->logo * size), in_y * 2 / (self->logo * size));
  in_x = (self->mirrored ? -in_x : in_x) + size / 2;
  in_y += size / 2;
  if (in_x < 0 || in_y < 0 || in_x >= size || in_y >= size)
    return self->light_on_dark ? self->ink : self->paper;
  return is_dark (self, code, in_x, in_y) != self->light_on_dark ? self->ink : self->paper;
}

static double
around_at (const KouanPrint *self, double x, double y)
{
  gint32 column = (gint32)floor (x), row = (gint32)floor (y);
  double in_x = fabs (x - floor (x / 10) * 10 - 5), in_y = fabs (y - floor (y / 10) * 10 - 5);
  double ring = MAX (in_x, in_y);
  gboolean dark = FALSE;

  switch (self->around)
    {
    case KOUAN_PRINT_LINES:
      dark = y / self->line - floor (y / self->line) < 0.5
             && kouan_print_noise (self->seed, x * 4 / self->line, floor (y / self->line)) > 0.55;
      break;
    case KOUAN_PRINT_CHECKS:
      dark = (column + row) % 2 == 0;
      break;
    case KOUAN_PRINT_FINDERS:
      dark = ring < 1.5 || (ring > 2.5 && ring < 3.5);
      break;
    case KOUAN_PRINT_MODULES:
      dark = hash_of (self->seed, column, row) >> 31;
      break;
    case KOUAN_PRINT_STRIPES:
      dark = column % 2 == 0;
      break;
    case KOUAN_PRINT_NOTHING:
    default:
      break;
    }
  return dark ? self->ink : self->light_on_dark ? self->ink * 1.4 : self->paper;
}

static double
marked (const KouanPrint *self, double x, double y, double drawn)
{
  for (guint i = 0; i < self->n_marks; i++)
    {
      const KouanPrintMark *mark = self->marks + i;
      double dx = mark->bx - mark->ax, dy = mark->by - mark->ay;
      double length = MAX (dx * dx + dy * dy, 1e-9);
      double along = CLAMP (((x - mark->ax) * dx + (y - mark->ay) * dy) / length, 0, 1);

      if (hypot (x - mark->ax - along * dx, y - mark->ay - along * dy) < mark->width / 2)
        drawn = drawn * mark->keep + mark->add;
    }
  return drawn;
}

/* The dark lines between a screen's pixels. */
static double
pixel_at (const KouanPrint *self, double x, double y)
{
  double in_x = x / self->pixel - floor (x / self->pixel);
  double in_y = y / self->pixel - floor (y / self->pixel);

  return in_x < 0.82 && in_y < 0.82 ? 1.3 : 0.25;
}

/* Returns: how much light comes back from this point, 0 to 1; below 0 beyond the sheet */
double
kouan_print_at (const KouanPrint *self, double x, double y)
{
  double left = x / self->stretch + self->columns * self->cell / 2;
  double top = y + self->rows * self->cell / 2, drawn = -1;
  int column = (int)floor (left / self->cell), row = (int)floor (top / self->cell);
  int index = row * (int)self->columns + column;

  if (left < -self->margin || top < -self->margin
      || left >= self->columns * self->cell + self->margin
      || top >= self->rows * self->cell + self->margin)
    return -1;
  if (column >= 0 && row >= 0 && column < (int)self->columns && index < (int)self->n_codes)
    drawn = code_at (self, (guint)index, left - (column + 0.5) * self->cell,
                     top - (row + 0.5) * self->cell);
  if (drawn < 0)
    drawn = around_at (self, left, top);
  drawn = marked (self, x, y, drawn);
  return self->pixel > 0 ? drawn * pixel_at (self, x, y) : drawn;
}
