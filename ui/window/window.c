/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-window"

#include "ui/window/window.h"
#include "ui/harden/harden.h"
#include "ui/window/panels.h"

/* The window shows the page frame, or a cover (a page without the frame, such as the one that
 * attracts), and panels over either. It carries what concerns every widget at once: text size,
 * theme, reach, motion, and the fonts and direction of the language.
 *
 * The kiosk is full screen, so the size of the screen is known before anything is laid out; the
 * frame is fitted to it then, and whenever the screen, the language or the text size changes,
 * rather than while sizes are being handed out. */

#define DEFAULT_WIDTH 1080
#define DEFAULT_HEIGHT 1920

struct _KouanWindow
{
  GtkWindow parent_instance;

  KouanPreferences *preferences;
  KouanOverlay *overlay;
  KouanPageFrame *frame;
  const KouanLanguage *language;
  int width;
  int height;
};

enum
{
  SIGNAL_LANGUAGE_CHOSEN,
  SIGNAL_STAFF_CALLED,
  SIGNAL_STAFF_HERE,
  SIGNAL_LEAVE,
  SIGNAL_STILL_HERE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanWindow, kouan_window, GTK_TYPE_WINDOW)

static void
fit (KouanWindow *self)
{
  kouan_page_frame_fit (self->frame, self->width, self->height);
}

static void
set_class (KouanWindow *self, const char *css_class, gboolean present)
{
  if (present)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), css_class);
}

static void
on_text_size_changed (KouanPreferences *preferences,
                      GParamSpec *pspec G_GNUC_UNUSED,
                      KouanWindow *self)
{
  KouanTextSize wanted = kouan_preferences_get_text_size (preferences);

  for (KouanTextSize size = KOUAN_TEXT_NORMAL; size <= KOUAN_TEXT_LARGER; size++)
    set_class (self, kouan_style_text_class (size), size == wanted);
  kouan_page_frame_set_text_scale (self->frame, kouan_style_text_scale (wanted));
  fit (self);
}

static void
on_theme_changed (KouanPreferences *preferences, GParamSpec *pspec G_GNUC_UNUSED, KouanWindow *self)
{
  KouanTheme theme = kouan_preferences_get_theme (preferences);

  kouan_style_set_theme (gtk_widget_get_display (GTK_WIDGET (self)), theme);
  set_class (self, "dark", theme == KOUAN_THEME_DARK);
  set_class (self, "contrast", theme == KOUAN_THEME_CONTRAST);
}

static void
update_reach (KouanWindow *self)
{
  gboolean low_reach = kouan_preferences_get_low_reach (self->preferences);

  kouan_page_frame_set_low_reach (self->frame, low_reach);
  kouan_overlay_set_out_of_reach (self->overlay,
                                  low_reach ? MAX (0, self->height - KOUAN_REACH) : 0);
}

static void
on_low_reach_changed (KouanPreferences *preferences G_GNUC_UNUSED,
                      GParamSpec *pspec G_GNUC_UNUSED,
                      KouanWindow *self)
{
  update_reach (self);
}

static void
on_reduced_motion_changed (KouanPreferences *preferences,
                           GParamSpec *pspec G_GNUC_UNUSED,
                           KouanWindow *self)
{
  gboolean reduced = kouan_preferences_get_reduced_motion (preferences);

  g_object_set (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", !reduced,
                NULL);
  set_class (self, "reduced-motion", reduced);
}

static void
on_surface_layout (GdkSurface *surface G_GNUC_UNUSED, int width, int height, KouanWindow *self)
{
  if (width == self->width && height == self->height)
    return;
  if (gtk_window_is_fullscreen (GTK_WINDOW (self)))
    kouan_window_set_screen (self, width, height);
}

static void
kouan_window_realize (GtkWidget *widget)
{
  GtkNative *native = GTK_NATIVE (widget);

  GTK_WIDGET_CLASS (kouan_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (native), "layout",
                           G_CALLBACK (on_surface_layout), widget, 0);
}

static void
kouan_window_dispose (GObject *object)
{
  KouanWindow *self = KOUAN_WINDOW (object);

  g_clear_object (&self->preferences);
  g_clear_object (&self->frame);
  G_OBJECT_CLASS (kouan_window_parent_class)->dispose (object);
}

static guint
add_signal (KouanWindowClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
kouan_window_class_init (KouanWindowClass *klass)
{
  signals[SIGNAL_LANGUAGE_CHOSEN]
    = g_signal_new ("language-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_STAFF_CALLED] = add_signal (klass, "staff-called");
  signals[SIGNAL_STAFF_HERE] = add_signal (klass, "staff-here");
  signals[SIGNAL_LEAVE] = add_signal (klass, "leave");
  signals[SIGNAL_STILL_HERE] = add_signal (klass, "still-here");
  G_OBJECT_CLASS (klass)->dispose = kouan_window_dispose;
  GTK_WIDGET_CLASS (klass)->realize = kouan_window_realize;
}

static void
kouan_window_init (KouanWindow *self)
{
  self->width = DEFAULT_WIDTH;
  self->height = DEFAULT_HEIGHT;
  self->frame = KOUAN_PAGE_FRAME (g_object_ref_sink (kouan_page_frame_new ()));
  self->overlay = KOUAN_OVERLAY (kouan_overlay_new ());
  kouan_overlay_set_page (self->overlay, GTK_WIDGET (self->frame));
  gtk_window_set_child (GTK_WINDOW (self), GTK_WIDGET (self->overlay));
  gtk_window_set_decorated (GTK_WINDOW (self), FALSE);
  gtk_window_set_title (GTK_WINDOW (self), "Kouan"); /* nobody sees it; a screen reader says it */
  kouan_harden_window (GTK_WINDOW (self));

  g_signal_connect_swapped (self->frame, "language", G_CALLBACK (kouan_window_open_language), self);
  g_signal_connect_swapped (self->frame, "accessibility",
                            G_CALLBACK (kouan_window_open_accessibility), self);
  g_signal_connect_swapped (self->frame, "staff", G_CALLBACK (kouan_window_ask_staff), self);
}

static void
follow_preferences (KouanWindow *self)
{
  KouanPreferences *preferences = self->preferences;

  g_signal_connect_object (preferences, "notify::text-size", G_CALLBACK (on_text_size_changed),
                           self, 0);
  g_signal_connect_object (preferences, "notify::theme", G_CALLBACK (on_theme_changed), self, 0);
  g_signal_connect_object (preferences, "notify::low-reach", G_CALLBACK (on_low_reach_changed),
                           self, 0);
  g_signal_connect_object (preferences, "notify::reduced-motion",
                           G_CALLBACK (on_reduced_motion_changed), self, 0);
  on_text_size_changed (preferences, NULL, self);
  on_theme_changed (preferences, NULL, self);
  on_low_reach_changed (preferences, NULL, self);
  on_reduced_motion_changed (preferences, NULL, self);
}

/* Returns: (transfer none): the window, which GTK owns until it is destroyed, as every toplevel.
 * The style of its display has been loaded before. */
KouanWindow *
kouan_window_new (KouanPreferences *preferences)
{
  KouanWindow *self = g_object_new (KOUAN_TYPE_WINDOW, NULL);

  g_return_val_if_fail (KOUAN_IS_PREFERENCES (preferences), self);

  self->preferences = g_object_ref (preferences);
  follow_preferences (self);
  kouan_window_set_language (self, kouan_language_current ());
  return self;
}

KouanPreferences *
kouan_window_get_preferences (KouanWindow *self)
{
  g_return_val_if_fail (KOUAN_IS_WINDOW (self), NULL);

  return self->preferences;
}

KouanPageFrame *
kouan_window_get_frame (KouanWindow *self)
{
  g_return_val_if_fail (KOUAN_IS_WINDOW (self), NULL);

  return self->frame;
}

/* @cover (nullable): a page that fills the window in the place of the frame; NULL brings the frame
 * back */
void
kouan_window_set_cover (KouanWindow *self, GtkWidget *cover)
{
  g_return_if_fail (KOUAN_IS_WINDOW (self));
  g_return_if_fail (cover == NULL || GTK_IS_WIDGET (cover));

  kouan_overlay_set_page (self->overlay, cover != NULL ? cover : GTK_WIDGET (self->frame));
}

/* Gives every widget the fonts and the direction of @language, and the frame its words; to be
 * called after kouan_language_set(). The words of the present page are the page's. */
void
kouan_window_set_language (KouanWindow *self, const KouanLanguage *language)
{
  g_return_if_fail (KOUAN_IS_WINDOW (self));
  g_return_if_fail (language != NULL);

  if (self->language != NULL)
    set_class (self, self->language->css_class, FALSE);
  self->language = language;
  set_class (self, language->css_class, TRUE);
  gtk_widget_set_default_direction (language->right_to_left ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  kouan_page_frame_retranslate (self->frame);
  fit (self);
}

/* Fits the window to a screen. Under a compositor that grants full screen it does so by itself. */
void
kouan_window_set_screen (KouanWindow *self, int width, int height)
{
  g_return_if_fail (KOUAN_IS_WINDOW (self));
  g_return_if_fail (width > 0 && height > 0);

  self->width = width;
  self->height = height;
  set_class (self, "portrait", height > width);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  update_reach (self);
  fit (self);
}

int
kouan_window_get_screen_width (KouanWindow *self)
{
  g_return_val_if_fail (KOUAN_IS_WINDOW (self), 0);

  return self->width;
}

gboolean
kouan_window_is_portrait (KouanWindow *self)
{
  g_return_val_if_fail (KOUAN_IS_WINDOW (self), TRUE);

  return self->height > self->width;
}

/* Lays @panel over whatever is shown; a panel that is open already gives way. */
void
kouan_window_open (KouanWindow *self, KouanPanel *panel)
{
  g_return_if_fail (KOUAN_IS_WINDOW (self));

  kouan_overlay_open (self->overlay, panel);
}

void
kouan_window_close_panel (KouanWindow *self)
{
  g_return_if_fail (KOUAN_IS_WINDOW (self));

  kouan_overlay_close (self->overlay);
}

/* Returns: (nullable) (transfer none): the panel that is open */
KouanPanel *
kouan_window_get_panel (KouanWindow *self)
{
  g_return_val_if_fail (KOUAN_IS_WINDOW (self), NULL);

  return kouan_overlay_get_panel (self->overlay);
}
