/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_THEME_LIGHT,
  KOUAN_THEME_DARK,
  KOUAN_THEME_CONTRAST,
} KouanTheme;

typedef enum
{
  KOUAN_TEXT_NORMAL,
  KOUAN_TEXT_LARGE,  /* ×1.35 */
  KOUAN_TEXT_LARGER, /* ×1.7 */
} KouanTextSize;

#define KOUAN_TOUCH_MIN 88 /* px: the least side of anything that is pressed, but for these: */
/* px: of a key on a screen of 768 lines: 21 mm on the panels of 15 inches that have so few */
#define KOUAN_KEY_HEIGHT_LOW 72
#define KOUAN_REACH 1120   /* px: how much of a high screen low reach uses, 700 to 1200 mm on a 27 inch panel */
#define KOUAN_TOUCH_GAP 24 /* px: the least distance between two of them */

void kouan_style_load (GdkDisplay *display);
void kouan_style_set_theme (GdkDisplay *display, KouanTheme theme);
const char *kouan_style_theme_resource (KouanTheme theme);
const char *kouan_style_text_class (KouanTextSize size);
double kouan_style_text_scale (KouanTextSize size);

G_END_DECLS
