/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/light.h"

#include "app/documents/gray.h"

#include <math.h>
#include <string.h>

/* Evens out the light on a page. The brightness of the paper, taken where each of 32 by 32 fields
 * is brightest, is fitted by a polynomial of the third degree in both directions; fields that lie
 * well below it, being covered by a portrait, a seal or a table's head, are left out and the fit is
 * made again. So few terms cannot follow a portrait, which therefore stays as it is, and can follow
 * a shadow that falls across a page. Each dot is then brightened by what the paper lacks there, all
 * three colours alike, so that colours are kept. A page in even light is not touched. */

#define SIDE 640
#define FIELDS 32
#define TERMS 10
#define ROUNDS 4
#define LEFT_OUT 0.93 /* of the fit: darker fields are no bare paper */
#define EVEN 0.94     /* the darkest paper against the brightest: nothing to do */
#define BRIGHT 215    /* paper of this level needs no more light */
#define TARGET 240.0
#define GAIN_MAX 2.2
#define CELL 16 /* dots between which the gain is taken as straight */

static void
terms_at (double x, double y, double terms[static TERMS])
{
  const double all[TERMS]
    = { 1, x, y, x * x, x * y, y * y, x * x * x, x * x * y, x * y * y, y * y * y };

  memcpy (terms, all, sizeof all);
}

static double
value_at (const double fit[static TERMS], double x, double y)
{
  double terms[TERMS], sum = 0;

  terms_at (x, y, terms);
  for (guint i = 0; i < TERMS; i++)
    sum += fit[i] * terms[i];
  return sum;
}

/* The level that one dot in eight of a field reaches: between the lines of print. */
static double
paper_of_field (const KouanGray *gray, guint column, guint row)
{
  guint levels[256] = { 0 }, count = 0, sum = 0;
  int level = 255;

  for (guint y = row * gray->height / FIELDS; y < (row + 1) * gray->height / FIELDS; y++)
    for (guint x = column * gray->width / FIELDS; x < (column + 1) * gray->width / FIELDS; x++)
      {
        levels[gray->data[(gsize)y * gray->width + x]]++;
        count++;
      }
  while (level > 0 && (sum += levels[level]) <= count / 8)
    level--;
  return level;
}

/* Gauss and Jordan; the matrix is small, symmetric and, with 1,024 fields, well behaved. */
static gboolean
solve (double matrix[static TERMS][TERMS + 1], double fit[static TERMS])
{
  for (guint i = 0; i < TERMS; i++)
    {
      guint pivot = i;

      for (guint k = i + 1; k < TERMS; k++)
        if (fabs (matrix[k][i]) > fabs (matrix[pivot][i]))
          pivot = k;
      if (fabs (matrix[pivot][i]) < 1e-9)
        return FALSE;
      for (guint c = 0; c <= TERMS; c++)
        {
          double swapped = matrix[i][c];

          matrix[i][c] = matrix[pivot][c];
          matrix[pivot][c] = swapped;
        }
      for (guint k = 0; k < TERMS; k++)
        {
          double factor = matrix[k][i] / matrix[i][i];

          for (guint c = i; k != i && c <= TERMS; c++)
            matrix[k][c] -= factor * matrix[i][c];
        }
    }
  for (guint i = 0; i < TERMS; i++)
    fit[i] = matrix[i][TERMS] / matrix[i][i];
  return TRUE;
}

static double
centre_of (guint field)
{
  return (2.0 * field + 1) / FIELDS - 1;
}

static gboolean
fit_once (const double *papers, const gboolean *left_out, double fit[static TERMS])
{
  double matrix[TERMS][TERMS + 1] = { { 0 } };

  for (guint i = 0; i < FIELDS * FIELDS; i++)
    {
      double terms[TERMS];

      if (left_out[i])
        continue;
      terms_at (centre_of (i % FIELDS), centre_of (i / FIELDS), terms);
      for (guint row = 0; row < TERMS; row++)
        {
          for (guint column = 0; column < TERMS; column++)
            matrix[row][column] += terms[row] * terms[column];
          matrix[row][TERMS] += terms[row] * papers[i];
        }
    }
  return solve (matrix, fit);
}

/* Returns: FALSE where there is not enough bare paper to see how the light falls */
static gboolean
fit_light (const KouanGray *gray, double fit[static TERMS])
{
  double papers[FIELDS * FIELDS];
  gboolean left_out[FIELDS * FIELDS] = { FALSE };
  guint kept = FIELDS * FIELDS;

  for (guint i = 0; i < FIELDS * FIELDS; i++)
    papers[i] = paper_of_field (gray, i % FIELDS, i / FIELDS);
  for (guint round = 0; round < ROUNDS; round++)
    {
      if (kept < FIELDS * FIELDS / 3 || !fit_once (papers, left_out, fit))
        return FALSE;
      kept = 0;
      for (guint i = 0; i < FIELDS * FIELDS; i++)
        {
          left_out[i]
            = papers[i] < LEFT_OUT * value_at (fit, centre_of (i % FIELDS), centre_of (i / FIELDS));
          kept += !left_out[i];
        }
    }
  return TRUE;
}

static gboolean
is_even (const double fit[static TERMS], double *brightest)
{
  double darkest = 255;

  *brightest = 0;
  for (guint i = 0; i < FIELDS * FIELDS; i++)
    {
      double value = value_at (fit, centre_of (i % FIELDS), centre_of (i / FIELDS));

      darkest = MIN (darkest, value);
      *brightest = MAX (*brightest, value);
    }
  return *brightest >= BRIGHT && darkest >= EVEN * *brightest;
}

static guint
gain_at (const double fit[static TERMS], double target, double x, double y)
{
  return (guint)(256 * CLAMP (target / MAX (1, value_at (fit, x, y)), 1, GAIN_MAX) + 0.5);
}

static void
brighten_row (guint8 *row, guint width, guint y, guint height, const double *fit, double target)
{
  double down = 2.0 * y / height - 1;

  for (guint left = 0; left < width; left += CELL)
    {
      int from = (int)gain_at (fit, target, 2.0 * left / width - 1, down);
      int to = (int)gain_at (fit, target, 2.0 * (left + CELL) / width - 1, down);

      for (guint x = left; x < MIN (left + CELL, width); x++)
        {
          guint gain = (guint)(from + (to - from) * (int)(x - left) / CELL);

          for (guint c = 0; c < 3; c++)
            row[x * 3 + c] = (guint8)MIN (255, row[x * 3 + c] * gain / 256);
        }
    }
}

/* Returns: (transfer full): the page in even light; itself where it is */
KouanPage *
kouan_light_evened (KouanPage *page)
{
  g_autoptr (KouanGray) gray = kouan_gray_new (page, SIDE);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KouanPage) lit = NULL;
  double fit[TERMS], brightest;
  guint8 *rgb;

  if (gray->width < FIELDS || gray->height < FIELDS || !fit_light (gray, fit)
      || is_even (fit, &brightest))
    return kouan_page_ref (page);
  rgb = g_memdup2 (g_bytes_get_data (page->pixels, NULL), g_bytes_get_size (page->pixels));
  bytes = g_bytes_new_take (rgb, g_bytes_get_size (page->pixels));
  for (guint y = 0; y < page->height; y++)
    brighten_row (rgb + (gsize)y * page->width * 3, page->width, y, page->height, fit,
                  MAX (TARGET, brightest));
  lit = kouan_page_new (page->width, page->height, page->dpi, bytes);
  lit->paper_known = page->paper_known;
  return g_steal_pointer (&lit);
}
