/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/style/style.h"
#include "ui/kouan-ui-resources.h"

#include <math.h>
#include <string.h>

/* Reads the tokens of each theme and computes the contrast of every pair that the style sheet uses,
 * after WCAG 2.2: 7:1 for text, 3:1 for an edge that means something. */

typedef struct
{
  const char *front;
  const char *back;
  double least;
} Pair;

static const Pair PAIRS[] = {
  /* text */
  { "ink", "paper", 7 },
  { "ink", "surface", 7 },
  { "ink", "sunken", 7 },
  { "ink", "accent_tint", 7 },
  { "ink", "good_tint", 7 },
  { "ink", "warning_tint", 7 },
  { "ink", "problem_tint", 7 },
  { "ink", "focus_ground", 7 },
  { "ink_soft", "paper", 7 },
  { "ink_soft", "surface", 7 },
  { "ink_soft", "sunken", 7 },
  { "ink_soft", "accent_tint", 7 },
  { "ink_soft", "warning_tint", 7 },
  { "ink_soft", "problem_tint", 7 },
  { "ink_soft", "good_tint", 7 },
  { "on_accent", "accent_strong", 7 },
  { "on_accent", "accent_pressed", 7 },
  { "good", "good_tint", 7 },
  { "good", "surface", 7 },
  { "warning", "warning_tint", 7 },
  { "warning", "surface", 7 },
  { "problem", "problem_tint", 7 },
  { "problem", "surface", 7 },
  { "problem", "paper", 7 },
  /* edges */
  { "line", "paper", 3 },
  { "line", "surface", 3 },
  { "line", "sunken", 3 },
  { "accent", "paper", 3 },
  { "accent", "surface", 3 },
  { "accent", "accent_tint", 3 },
  { "focus", "paper", 3 },
  { "focus", "surface", 3 },
};

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *colour)
{
  return 0.2126 * linear ((double)colour->red) + 0.7152 * linear ((double)colour->green)
         + 0.0722 * linear ((double)colour->blue);
}

static double
contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double light = MAX (luminance (a), luminance (b));
  double dark = MIN (luminance (a), luminance (b));

  return (light + 0.05) / (dark + 0.05);
}

static GdkRGBA
token (const char *css, const char *name)
{
  g_autofree char *start = g_strdup_printf ("@define-color %s #", name);
  const char *found = strstr (css, start);
  g_autofree char *text = NULL;
  GdkRGBA colour;

  if (found == NULL)
    g_error ("There is no token %s", name);
  text = g_strndup (found + strlen (start) - 1, 7);
  g_assert_true (gdk_rgba_parse (&colour, text));
  return colour;
}

static void
test_theme (gconstpointer data)
{
  const char *path = kouan_style_theme_resource (GPOINTER_TO_UINT (data));
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  const char *css = g_bytes_get_data (bytes, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (PAIRS); i++)
    {
      GdkRGBA front = token (css, PAIRS[i].front);
      GdkRGBA back = token (css, PAIRS[i].back);
      double ratio = contrast (&front, &back);

      g_test_message ("%s on %s: %.1f", PAIRS[i].front, PAIRS[i].back, ratio);
      if (ratio < PAIRS[i].least)
        {
          g_test_message ("%s: %s on %s is %.2f, less than %.1f", path, PAIRS[i].front,
                          PAIRS[i].back, ratio, PAIRS[i].least);
          g_test_fail ();
        }
    }
}

/* The formula itself, against the values that WCAG gives. */
static void
test_formula (void)
{
  GdkRGBA black = { 0, 0, 0, 1 };
  GdkRGBA white = { 1, 1, 1, 1 };
  GdkRGBA gray;

  g_assert_true (gdk_rgba_parse (&gray, "#767676"));
  g_assert_cmpfloat_with_epsilon (contrast (&black, &white), 21.0, 0.001);
  g_assert_cmpfloat_with_epsilon (contrast (&gray, &white), 4.54, 0.01);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (kouan_ui_get_resource ());
  g_test_add_func ("/contrast/formula", test_formula);
  g_test_add_data_func ("/contrast/light", GUINT_TO_POINTER (KOUAN_THEME_LIGHT), test_theme);
  g_test_add_data_func ("/contrast/dark", GUINT_TO_POINTER (KOUAN_THEME_DARK), test_theme);
  g_test_add_data_func ("/contrast/contrast", GUINT_TO_POINTER (KOUAN_THEME_CONTRAST), test_theme);
  return g_test_run ();
}
