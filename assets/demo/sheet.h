/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <glib.h>
#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Something flat to draw on. Lengths are millimetres, type sizes are points, colours are 0xRRGGBB.
 */
typedef struct
{
  cairo_t *cr;
  double width;
  double height;
} KouanSheet;

typedef struct
{
  const char *families;
  double size_pt;
  PangoWeight weight;
  PangoAlignment align;
  guint32 colour;
} KouanSheetFont;

typedef void (*KouanSheetDraw) (KouanSheet *sheet, gconstpointer data);

void kouan_sheet_colour (KouanSheet *self, guint32 colour, double alpha);
void kouan_sheet_box (KouanSheet *self, double x, double y, double width, double height);
void
kouan_sheet_line (KouanSheet *self, double x1, double y1, double x2, double y2, double thickness);
double kouan_sheet_text (
  KouanSheet *self, const KouanSheetFont *font, double x, double y, double width, const char *text);
double kouan_sheet_text_width (KouanSheet *self, const KouanSheetFont *font, const char *text);
void kouan_sheet_specimen (KouanSheet *self, double size_pt, double alpha);
void kouan_sheet_seal (KouanSheet *self, double x, double y, double radius, const char *text);
void kouan_sheet_signature (KouanSheet *self, double x, double y, double width);

G_END_DECLS
