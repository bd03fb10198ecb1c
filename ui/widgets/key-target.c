/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/key-target.h"

#include "ui/widgets/sight.h"

/* The kiosk has no GtkText. Its fields take characters and a few keys through this interface, from
 * the keyboard on the screen and from a real one alike; there is no clipboard, no context menu, no
 * input method and no completion that could be talked into something. */

#define SHOWN_AROUND 16 /* px above and below the caret */

G_DEFINE_INTERFACE (KouanKeyTarget, kouan_key_target, GTK_TYPE_WIDGET)

static const struct
{
  guint keyval;
  KouanKey key;
} KEYS[] = {
  { GDK_KEY_BackSpace, KOUAN_KEY_ERASE },
  { GDK_KEY_Delete, KOUAN_KEY_ERASE_AFTER },
  { GDK_KEY_KP_Delete, KOUAN_KEY_ERASE_AFTER },
  { GDK_KEY_Left, KOUAN_KEY_LEFT },
  { GDK_KEY_KP_Left, KOUAN_KEY_LEFT },
  { GDK_KEY_Right, KOUAN_KEY_RIGHT },
  { GDK_KEY_KP_Right, KOUAN_KEY_RIGHT },
  { GDK_KEY_Home, KOUAN_KEY_HOME },
  { GDK_KEY_End, KOUAN_KEY_END },
};

static void
kouan_key_target_default_init (KouanKeyTargetInterface *iface G_GNUC_UNUSED)
{
}

/* Types @text at the caret. Returns: FALSE if nothing of it was taken */
gboolean
kouan_key_target_insert (KouanKeyTarget *self, const char *text)
{
  g_return_val_if_fail (KOUAN_IS_KEY_TARGET (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  return KOUAN_KEY_TARGET_GET_IFACE (self)->insert (self, text);
}

/* Returns: FALSE if @key means nothing here */
gboolean
kouan_key_target_press (KouanKeyTarget *self, KouanKey key)
{
  g_return_val_if_fail (KOUAN_IS_KEY_TARGET (self), FALSE);

  return KOUAN_KEY_TARGET_GET_IFACE (self)->press (self, key);
}

/* Returns: (transfer full): all that is typed */
char *
kouan_key_target_get_text (KouanKeyTarget *self)
{
  g_return_val_if_fail (KOUAN_IS_KEY_TARGET (self), NULL);

  return KOUAN_KEY_TARGET_GET_IFACE (self)->get_text (self);
}

/* Returns: (transfer full): what is typed before the caret */
char *
kouan_key_target_get_before (KouanKeyTarget *self)
{
  KouanKeyTargetInterface *iface;

  g_return_val_if_fail (KOUAN_IS_KEY_TARGET (self), NULL);

  iface = KOUAN_KEY_TARGET_GET_IFACE (self);
  return iface->get_before != NULL ? iface->get_before (self) : g_strdup ("");
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller G_GNUC_UNUSED,
                guint keyval,
                guint keycode G_GNUC_UNUSED,
                GdkModifierType modifiers,
                KouanKeyTarget *self)
{
  gunichar character = gdk_keyval_to_unicode (keyval);
  char text[7] = { 0 };

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    if (KEYS[i].keyval == keyval)
      return kouan_key_target_press (self, KEYS[i].key);
  if (character == 0 || g_unichar_iscntrl (character))
    return GDK_EVENT_PROPAGATE;

  g_unichar_to_utf8 (character, text);
  (void)kouan_key_target_insert (self, text);
  return GDK_EVENT_STOP;
}

static void
on_pressed (GtkGestureClick *gesture,
            int n_press G_GNUC_UNUSED,
            double x G_GNUC_UNUSED,
            double y G_GNUC_UNUSED,
            gpointer data G_GNUC_UNUSED)
{
  gtk_widget_grab_focus (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
}

/* @focusable: the part of @self that takes the focus and so the keys of a real keyboard */
void
kouan_key_target_listen (KouanKeyTarget *self, GtkWidget *focusable)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *press = gtk_gesture_click_new ();

  g_return_if_fail (KOUAN_IS_KEY_TARGET (self));
  g_return_if_fail (GTK_IS_WIDGET (focusable));

  gtk_widget_set_focusable (focusable, TRUE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (focusable, keys);
  g_signal_connect (press, "pressed", G_CALLBACK (on_pressed), NULL);
  gtk_widget_add_controller (focusable, GTK_EVENT_CONTROLLER (press));
}

/* Scrolls the page so that the caret is in sight, with what belongs to it. */
void
kouan_key_target_show_caret (KouanKeyTarget *self)
{
  GtkWidget *viewport;
  GtkWidget *page;
  GtkAdjustment *adjustment;
  graphene_rect_t area;
  graphene_point_t top;
  GtkBorder edge;
  double start;
  double end;

  g_return_if_fail (KOUAN_IS_KEY_TARGET (self));

  viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  page = viewport != NULL ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;
  if (page == NULL || gtk_widget_get_height (GTK_WIDGET (self)) <= 0)
    return;

  KOUAN_KEY_TARGET_GET_IFACE (self)->caret_area (self, &area);
  if (!gtk_widget_compute_point (GTK_WIDGET (self), page, &area.origin, &top))
    return;
  /* What is scrolled begins with the page's edge, and its own places begin within. */
  gtk_style_context_get_padding (gtk_widget_get_style_context (page), &edge);
  top.y += edge.top;
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  end = (double)(top.y + area.size.height) + SHOWN_AROUND;
  start = MAX (0, (double)top.y - SHOWN_AROUND);
  /* Where not all of it has room, it is the caret at its end that has to be seen. */
  start = MAX (start, end - gtk_adjustment_get_page_size (adjustment));
  kouan_bring_into_sight (adjustment, start, end);
}
