/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-harden"

#include "ui/harden/harden.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* What keeps a person with a keyboard in the USB port inside the kiosk. GTK offers a developer many
 * doors: an inspector on two key combinations and on a variable of the environment, pickers for
 * emoji and code points, context menus, clipboards, a menu key. None of them is of use to a
 * visitor, and each leads somewhere. They are closed twice where there are two ways: the key does
 * not arrive, and what it would have done is switched off.
 *
 * The fields of the kit are no GtkText, links and file choosers are not used (a test looks at the
 * symbols), and what belongs to the system (virtual terminals, USB, boot) is in packaging. */

/* What a display server, a screen reader and the C library need, and nothing that steers GTK. */
static const char *const KEPT[] = {
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "WAYLAND_SOCKET",
  "XAUTHORITY",
  "XDG_RUNTIME_DIR",
  "HOME",
  "PATH",
  "TZ",
  NULL,
};

/* What GTK is told in place of what it was told. */
static const struct
{
  const char *name;
  const char *value;
} FIXED[] = {
  { "LANG", "C.UTF-8" },
  { "GDK_DEBUG", "gl-disable" },
  { "GSK_RENDERER", "cairo" },
  { "GTK_THEME", "Empty" },
  { "GTK_IM_MODULE", "gtk-im-context-simple" },
  { "GSETTINGS_BACKEND", "memory" },
  { "GIO_USE_VFS", "local" },
};

typedef struct
{
  const char *name;
  char *value;
} Variable;

#define VARIABLES_MAX 32

static const char *
look_up (char **environment, const char *name)
{
  size_t length = strlen (name);

  for (; *environment != NULL; environment++)
    if (strncmp (*environment, name, length) == 0 && (*environment)[length] == '=')
      return *environment + length + 1;
  return NULL;
}

static gsize
keep (Variable *kept, gsize n_kept, char **environment, const char *const *names)
{
  for (; *names != NULL && n_kept < VARIABLES_MAX; names++)
    {
      const char *value = look_up (environment, *names);

      if (value == NULL)
        continue;
      kept[n_kept].name = *names;
      kept[n_kept].value = strdup (value);
      n_kept++;
    }
  return n_kept;
}

/**
 * kouan_harden_environment:
 * @environment: the third argument of main()
 * @also_kept: (nullable) (array zero-terminated=1): what else this program needs, such as the bus
 * of a screen reader; kept as it is, even where something else is fixed here
 *
 * Empties the environment but for a short list, and fixes what GTK reads from it:
 * GTK_DEBUG=interactive would open the inspector whatever the window does later. Uses the C library
 * alone, as GLib reads the environment when it is first called.
 */
void
kouan_harden_environment (char **environment, const char *const *also_kept)
{
  Variable kept[VARIABLES_MAX];
  gsize n_kept = keep (kept, 0, environment, KEPT);

  if (also_kept != NULL)
    n_kept = keep (kept, n_kept, environment, also_kept);

  clearenv ();
  for (gsize i = 0; i < G_N_ELEMENTS (FIXED); i++)
    setenv (FIXED[i].name, FIXED[i].value, 1);
  for (gsize i = 0; i < n_kept; i++)
    {
      setenv (kept[i].name, kept[i].value, 1);
      free (kept[i].value);
    }
}

/* No core file and no debugger for what is in memory, and no new rights for what is started from
 * here. A build with the address sanitizer stays open to its leak check, which attaches as a
 * debugger does. */
void
kouan_harden_process (void)
{
  const struct rlimit none = { 0, 0 };

  (void)setrlimit (RLIMIT_CORE, &none);
  (void)prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#ifndef __SANITIZE_ADDRESS__
  (void)prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

static gboolean
is_escape_key (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Menu:
    case GDK_KEY_Print:
    case GDK_KEY_Sys_Req:
    case GDK_KEY_Multi_key:
    case GDK_KEY_Help:
    case GDK_KEY_Super_L:
    case GDK_KEY_Super_R:
      return TRUE;
    default:
      return (keyval >= GDK_KEY_F1 && keyval <= GDK_KEY_F35)
             || (keyval >= GDK_KEY_dead_grave && keyval <= GDK_KEY_dead_greek);
    }
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller G_GNUC_UNUSED,
                guint keyval,
                guint keycode G_GNUC_UNUSED,
                GdkModifierType modifiers,
                gpointer data G_GNUC_UNUSED)
{
  const GdkModifierType shortcuts
    = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_HYPER_MASK | GDK_META_MASK;

  if ((modifiers & shortcuts) != 0 || is_escape_key (keyval))
    return GDK_EVENT_STOP;
  return GDK_EVENT_PROPAGATE;
}

/* A finger and the first button are one; the others open menus and paste. */
static void
on_button_pressed (GtkGestureClick *gesture,
                   int n_press G_GNUC_UNUSED,
                   double x G_GNUC_UNUSED,
                   double y G_GNUC_UNUSED,
                   gpointer data G_GNUC_UNUSED)
{
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) > GDK_BUTTON_PRIMARY)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  else
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
}

/* Returning TRUE would not do: the inspector is opened by the class handler, which runs last. */
static gboolean
on_enable_debugging (GtkWindow *window, gboolean toggle G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  g_signal_stop_emission_by_name (window, "enable-debugging");
  return TRUE;
}

static gboolean
on_close_request (GtkWindow *window G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  return GDK_EVENT_STOP;
}

/* The setting is asked for by the inspector's own key bindings; the memory backend forgets it with
 * the process. */
static void
forbid_inspector_keys (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  const char *id = "org.gtk.gtk4.Settings.Debug";
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettings) settings = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, id, TRUE);
  if (schema == NULL)
    return;
  settings = g_settings_new (id);
  g_settings_set_boolean (settings, "enable-inspector-keybinding", FALSE);
}

/* Closes the doors of @window; it can only be closed by gtk_window_destroy() afterwards. */
void
kouan_harden_window (GtkWindow *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *buttons = gtk_gesture_click_new ();

  g_return_if_fail (GTK_IS_WINDOW (window));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), NULL);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (buttons), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (buttons), GTK_PHASE_CAPTURE);
  g_signal_connect (buttons, "pressed", G_CALLBACK (on_button_pressed), NULL);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (buttons));

  g_signal_connect (window, "enable-debugging", G_CALLBACK (on_enable_debugging), NULL);
  g_signal_connect (window, "close-request", G_CALLBACK (on_close_request), NULL);
  gtk_window_set_handle_menubar_accel (window, FALSE);
  forbid_inspector_keys ();
  kouan_harden_widgets (GTK_WIDGET (window));
}

static void
switch_off (GtkWidget *widget, const char *const *actions)
{
  for (guint i = 0; actions[i] != NULL; i++)
    gtk_widget_action_set_enabled (widget, actions[i], FALSE);
}

static void
harden_label (GtkLabel *label)
{
  static const char *const actions[]
    = { "clipboard.copy",   "clipboard.cut",        "clipboard.paste",
        "selection.delete", "selection.select-all", "link.open",
        "link.copy",        "menu.popup",           NULL };

  gtk_label_set_selectable (label, FALSE);
  switch_off (GTK_WIDGET (label), actions);
}

/* GtkText is not used in pages; one that comes with a widget of GTK's own is made harmless all the
 * same. */
static void
harden_text (GtkText *text)
{
  static const char *const actions[] = { "misc.insert-emoji",
                                         "misc.toggle-visibility",
                                         "menu.popup",
                                         "clipboard.copy",
                                         "clipboard.cut",
                                         "clipboard.paste",
                                         "selection.delete",
                                         "selection.select-all",
                                         "text.undo",
                                         "text.redo",
                                         NULL };

  switch_off (GTK_WIDGET (text), actions);
  gtk_text_set_enable_emoji_completion (text, FALSE);
  gtk_text_set_extra_menu (text, NULL);
  gtk_text_set_input_hints (text, GTK_INPUT_HINT_NO_EMOJI | GTK_INPUT_HINT_PRIVATE
                                    | GTK_INPUT_HINT_NO_SPELLCHECK);
}

static void
switch_off_controllers (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller) || GTK_IS_DRAG_SOURCE (controller)
          || GTK_IS_GESTURE_LONG_PRESS (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

/* Switches off, in @root and below it, menus, clipboards, emoji, long presses, and dragging of
 * text. */
void
kouan_harden_widgets (GtkWidget *root)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  if (GTK_IS_LABEL (root))
    harden_label (GTK_LABEL (root));
  else if (GTK_IS_TEXT (root))
    harden_text (GTK_TEXT (root));
  switch_off_controllers (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    kouan_harden_widgets (child);
}

/* What one visitor has copied, from whichever device, is not there for the next. */
void
kouan_harden_clear_clipboards (GdkDisplay *display)
{
  g_return_if_fail (GDK_IS_DISPLAY (display));

  gdk_clipboard_set_content (gdk_display_get_clipboard (display), NULL);
  gdk_clipboard_set_content (gdk_display_get_primary_clipboard (display), NULL);
}
