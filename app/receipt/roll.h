/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/language/language.h"

#include <cairo.h>
#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Paper that is written from the top down, as far as it takes. Lengths are in points. */
typedef struct
{
  cairo_t *cr;
  double y;               /* where the next thing goes */
  gboolean right_to_left; /* the side that marks and indents are on */
} KouanRoll;

typedef struct
{
  double size;
  PangoWeight weight;
  PangoAlignment align; /* LEFT is where the script begins */
  double indent;        /* from where the script begins */
} KouanRollStyle;

double kouan_roll_width (void);

void kouan_roll_skip (KouanRoll *self, double points);
void kouan_roll_text (KouanRoll *self,
                      const KouanRollStyle *style,
                      const KouanLanguage *language,
                      const char *text);
void kouan_roll_rule (KouanRoll *self);
void kouan_roll_banner (KouanRoll *self,
                        const KouanRollStyle *style,
                        const KouanLanguage *language,
                        const char *text);
void kouan_roll_box (KouanRoll *self,
                     const KouanRollStyle *style,
                     const KouanLanguage *language,
                     const char *text);
void kouan_roll_step (KouanRoll *self,
                      const KouanRollStyle *style,
                      const KouanLanguage *language,
                      guint step,
                      const char *text);

G_END_DECLS
