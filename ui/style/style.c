/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-style"

#include "ui/style/style.h"
#include "ui/kouan-ui-resources.h"

/* The look, for programs and tests alike. Two providers per display: one with the rules, which name
 * colours only by token, and one with the tokens of the theme in force; changing the theme swaps
 * the second. GTK's own theme is left out ("Empty"): nothing of it would remain visible, and
 * parsing it takes longer than parsing ours. */

#define RULES "/org/kouan/style/kouan.css"
#define THEME_KEY "kouan-theme-provider"

static const char *const THEMES[] = {
  [KOUAN_THEME_LIGHT] = "/org/kouan/style/light.css",
  [KOUAN_THEME_DARK] = "/org/kouan/style/dark.css",
  [KOUAN_THEME_CONTRAST] = "/org/kouan/style/contrast.css",
};

static const struct
{
  const char *css_class;
  double scale;
} TEXT_SIZES[] = {
  [KOUAN_TEXT_NORMAL] = { "text-normal", 1.0 },
  [KOUAN_TEXT_LARGE] = { "text-large", 1.35 },
  [KOUAN_TEXT_LARGER] = { "text-larger", 1.7 },
};

static void
on_parsing_error (GtkCssProvider *provider G_GNUC_UNUSED,
                  GtkCssSection *section,
                  const GError *error,
                  gpointer data G_GNUC_UNUSED)
{
  g_autofree char *where = gtk_css_section_to_string (section);

  g_warning ("%s: %s", where, error->message);
}

static GtkCssProvider *
add_provider (GdkDisplay *display, guint priority)
{
  GtkCssProvider *provider = gtk_css_provider_new ();

  g_signal_connect (provider, "parsing-error", G_CALLBACK (on_parsing_error), NULL);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider), priority);
  return provider;
}

/* Gives @display the look of Kouan, in the light theme. A second call does nothing. */
void
kouan_style_load (GdkDisplay *display)
{
  g_autoptr (GtkCssProvider) rules = NULL;

  g_return_if_fail (GDK_IS_DISPLAY (display));

  if (g_object_get_data (G_OBJECT (display), THEME_KEY) != NULL)
    return;

  g_resources_register (kouan_ui_get_resource ());
  g_object_set (gtk_settings_get_for_display (display), "gtk-theme-name", "Empty", "gtk-font-name",
                "Noto Sans 24", "gtk-cursor-blink", FALSE, "gtk-error-bell", FALSE,
                "gtk-entry-select-on-focus", FALSE, NULL);

  g_object_set_data_full (G_OBJECT (display), THEME_KEY,
                          add_provider (display, GTK_STYLE_PROVIDER_PRIORITY_APPLICATION),
                          g_object_unref);
  kouan_style_set_theme (display, KOUAN_THEME_LIGHT);

  rules = add_provider (display, GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  gtk_css_provider_load_from_resource (rules, RULES);
}

/* Everything on @display takes on the colours of @theme at its next frame. */
void
kouan_style_set_theme (GdkDisplay *display, KouanTheme theme)
{
  GtkCssProvider *provider;

  g_return_if_fail (GDK_IS_DISPLAY (display));

  provider = g_object_get_data (G_OBJECT (display), THEME_KEY);
  g_return_if_fail (provider != NULL);

  gtk_css_provider_load_from_resource (provider, kouan_style_theme_resource (theme));
}

const char *
kouan_style_theme_resource (KouanTheme theme)
{
  g_return_val_if_fail (theme < G_N_ELEMENTS (THEMES), THEMES[0]);

  return THEMES[theme];
}

/* Returns: the class that a window carries to have its text in @size */
const char *
kouan_style_text_class (KouanTextSize size)
{
  g_return_val_if_fail (size < G_N_ELEMENTS (TEXT_SIZES), TEXT_SIZES[0].css_class);

  return TEXT_SIZES[size].css_class;
}

double
kouan_style_text_scale (KouanTextSize size)
{
  g_return_val_if_fail (size < G_N_ELEMENTS (TEXT_SIZES), 1.0);

  return TEXT_SIZES[size].scale;
}
