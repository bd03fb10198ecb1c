/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/fixture.h"
#include "tests/ui/testkit/picture.h"
#include "ui/harden/harden.h"

#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <gdk/x11/gdkx.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Each trick is played on two windows with the same widgets, one hardened and one not, with real
 * key and button events through the X server. On the open one it has to work: a trick that never
 * works proves nothing. As what it opens is not made to be closed again, each runs in a process of
 * its own. */

typedef struct
{
  GtkWindow *window;
  GtkWidget *entry;
  Display *x;
} Fixture;

typedef void (*Trick) (Fixture *fixture, gboolean hardened);

static void
set_up (Fixture *fixture, gboolean hardened)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new ("A text that may be selected");

  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->entry = gtk_entry_new ();
  fixture->x = gdk_x11_display_get_xdisplay (gdk_display_get_default ());
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (box), fixture->entry);
  gtk_box_append (GTK_BOX (box), label);
  gtk_window_set_child (fixture->window, box);
  gtk_window_set_decorated (fixture->window, FALSE);
  gtk_window_set_default_size (fixture->window, 600, 400);
  if (hardened)
    kouan_harden_window (fixture->window);
  gtk_window_present (fixture->window);
  kouan_test_wait_for_frame (fixture->window);
  gtk_widget_grab_focus (fixture->entry);
  XSetInputFocus (fixture->x,
                  gdk_x11_surface_get_xid (gtk_native_get_surface (GTK_NATIVE (fixture->window))),
                  RevertToParent, CurrentTime);
  kouan_test_wait_for_frame (fixture->window);
}

/* All that the X server has been told is known to GTK when an answer to a question asked afterwards
 * is. */
static void
settle (Fixture *fixture)
{
  XSync (fixture->x, False);
  kouan_test_wait_for_frame (fixture->window);
}

static void
press (Fixture *fixture, KeySym keysym, gboolean down)
{
  XTestFakeKeyEvent (fixture->x, XKeysymToKeycode (fixture->x, keysym), down, CurrentTime);
}

static void
type (Fixture *fixture, const KeySym *modifiers, KeySym keysym)
{
  for (guint i = 0; modifiers[i] != 0; i++)
    press (fixture, modifiers[i], TRUE);
  press (fixture, keysym, TRUE);
  press (fixture, keysym, FALSE);
  for (guint i = 0; modifiers[i] != 0; i++)
    press (fixture, modifiers[i], FALSE);
  settle (fixture);
}

static void
click (Fixture *fixture, guint button)
{
  XTestFakeMotionEvent (fixture->x, -1, 100, 8, CurrentTime);
  XTestFakeButtonEvent (fixture->x, button, True, CurrentTime);
  XTestFakeButtonEvent (fixture->x, button, False, CurrentTime);
  settle (fixture);
}

static gboolean
popover_is_open (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (popover_is_open (child))
      return TRUE;
  return FALSE;
}

static gboolean
something_opened (Fixture *fixture)
{
  return g_list_model_get_n_items (gtk_window_get_toplevels ()) > 1
         || popover_is_open (GTK_WIDGET (fixture->window));
}

static const KeySym CONTROL_SHIFT[] = { XK_Control_L, XK_Shift_L, 0 };
static const KeySym CONTROL[] = { XK_Control_L, 0 };
static const KeySym SHIFT[] = { XK_Shift_L, 0 };
static const KeySym NONE[] = { 0 };

static void
try_inspector (Fixture *fixture, gboolean hardened)
{
  type (fixture, CONTROL_SHIFT, XK_i);
  g_assert_cmpint (something_opened (fixture), ==, !hardened);
}

static void
try_inspector_widget (Fixture *fixture, gboolean hardened)
{
  type (fixture, CONTROL_SHIFT, XK_d);
  g_assert_cmpint (something_opened (fixture), ==, !hardened);
}

/* Even if the keys arrived: the signal behind them ends before it opens anything. */
static void
try_inspector_signal (Fixture *fixture, gboolean hardened)
{
  gboolean handled;

  g_signal_emit_by_name (fixture->window, "enable-debugging", FALSE, &handled);
  settle (fixture);
  g_assert_cmpint (something_opened (fixture), ==, !hardened);
}

static void
try_emoji (Fixture *fixture, gboolean hardened)
{
  type (fixture, CONTROL, XK_period);
  g_assert_cmpint (something_opened (fixture), ==, !hardened);
}

static void
try_menu_key (Fixture *fixture, gboolean hardened)
{
  type (fixture, NONE, XK_Menu);
  g_assert_cmpint (something_opened (fixture), ==, !hardened);
}

static void
try_shift_f10 (Fixture *fixture, gboolean hardened)
{
  type (fixture, SHIFT, XK_F10);
  g_assert_cmpint (something_opened (fixture), ==, !hardened);
}

static void
try_right_click (Fixture *fixture, gboolean hardened)
{
  click (fixture, 3);
  g_assert_cmpint (something_opened (fixture), ==, !hardened);
}

static const char *
text_of (Fixture *fixture)
{
  return gtk_editable_get_text (GTK_EDITABLE (fixture->entry));
}

static gboolean
has_text (gpointer data)
{
  return *text_of (data) != '\0';
}

/* A clipboard answers later; what never comes is given the time of many frames. */
static void
assert_pasted (Fixture *fixture, gboolean hardened)
{
  if (!hardened)
    kouan_test_wait_for (has_text, fixture);
  for (guint i = 0; i < 5; i++)
    settle (fixture);
  g_assert_cmpstr (text_of (fixture), ==, hardened ? "" : "of before");
}

static void
try_middle_click (Fixture *fixture, gboolean hardened)
{
  gdk_clipboard_set_text (gdk_display_get_primary_clipboard (gdk_display_get_default ()),
                          "of before");
  click (fixture, 2);
  assert_pasted (fixture, hardened);
}

static void
try_paste (Fixture *fixture, gboolean hardened)
{
  gdk_clipboard_set_text (gdk_display_get_clipboard (gdk_display_get_default ()), "of before");
  type (fixture, CONTROL, XK_v);
  assert_pasted (fixture, hardened);
}

/* Control, Shift and U, then a number and Return: any character there is. */
static void
try_code_point (Fixture *fixture, gboolean hardened)
{
  type (fixture, CONTROL_SHIFT, XK_u);
  type (fixture, NONE, XK_4);
  type (fixture, NONE, XK_1);
  type (fixture, NONE, XK_Return);
  g_assert_cmpstr (text_of (fixture), ==, hardened ? "41" : "A");
}

/* What is allowed stays possible. */
static void
try_typing (Fixture *fixture, gboolean hardened G_GNUC_UNUSED)
{
  type (fixture, NONE, XK_a);
  type (fixture, SHIFT, XK_b);
  g_assert_cmpstr (text_of (fixture), ==, "aB");
  click (fixture, 1);
  g_assert_false (something_opened (fixture));
}

static void
try_close (Fixture *fixture, gboolean hardened)
{
  gtk_window_close (fixture->window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, hardened ? 1 : 0);
}

static void
test_clipboards (void)
{
  GdkDisplay *display = gdk_display_get_default ();
  GdkClipboard *clipboard = gdk_display_get_clipboard (display);
  GdkClipboard *primary = gdk_display_get_primary_clipboard (display);

  gdk_clipboard_set_text (clipboard, "L898902C3");
  gdk_clipboard_set_text (primary, "ERIKSSON");
  kouan_harden_clear_clipboards (display);
  g_assert_null (gdk_clipboard_get_content (clipboard));
  g_assert_null (gdk_clipboard_get_content (primary));
}

static void
test_environment (void)
{
  static const char *const also[] = { "KOUAN_OF_TEST", NULL };
  char *environment[] = { (char *)"DISPLAY=:7",         (char *)"GTK_DEBUG=interactive",
                          (char *)"GTK_MODULES=evil",   (char *)"LD_PRELOAD=/tmp/evil.so",
                          (char *)"GTK_PATH=/tmp",      (char *)"DISPLAYED=no",
                          (char *)"KOUAN_OF_TEST=kept", NULL };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  g_setenv ("GTK_PATH", "/nonexistent", TRUE);
  g_setenv ("GTK_DEBUG", "interactive", TRUE);
  kouan_harden_environment (environment, also);
  g_assert_cmpstr (g_getenv ("DISPLAY"), ==, ":7");
  g_assert_cmpstr (g_getenv ("KOUAN_OF_TEST"), ==, "kept");
  g_assert_cmpstr (g_getenv ("GTK_IM_MODULE"), ==, "gtk-im-context-simple");
  g_assert_null (g_getenv ("GTK_DEBUG"));
  g_assert_null (g_getenv ("GTK_MODULES"));
  g_assert_null (g_getenv ("GTK_PATH"));
  g_assert_null (g_getenv ("LD_PRELOAD"));
  g_assert_null (g_getenv ("DISPLAYED"));
}

static void
test_process (void)
{
  struct rlimit core;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  kouan_harden_process ();
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &core), ==, 0);
  g_assert_cmpuint (core.rlim_max, ==, 0);
  g_assert_cmpint (prctl (PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), ==, 1);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (prctl (PR_GET_DUMPABLE, 0, 0, 0, 0), ==, 0);
#endif
}

static const struct
{
  const char *name;
  Trick play;
} TRICKS[] = {
  { "inspector", try_inspector },
  { "inspector-widget", try_inspector_widget },
  { "inspector-signal", try_inspector_signal },
  { "emoji", try_emoji },
  { "menu-key", try_menu_key },
  { "shift-f10", try_shift_f10 },
  { "right-click", try_right_click },
  { "middle-click", try_middle_click },
  { "paste", try_paste },
  { "code-point", try_code_point },
  { "typing", try_typing },
  { "close", try_close },
};

static void
test_trick (gconstpointer data)
{
  guint number = GPOINTER_TO_UINT (data);
  gboolean hardened = number % 2 == 1;
  Fixture fixture;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  set_up (&fixture, hardened);
  TRICKS[number / 2].play (&fixture, hardened);
  _exit (EXIT_SUCCESS);
}

static void
add_tricks (void)
{
  for (guint number = 0; number < 2 * G_N_ELEMENTS (TRICKS); number++)
    {
      g_autofree char *path = g_strdup_printf ("/harden/%s/%s", TRICKS[number / 2].name,
                                               number % 2 == 1 ? "hardened" : "open");

      g_test_add_data_func (path, GUINT_TO_POINTER (number), test_trick);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);

  add_tricks ();
  g_test_add_func ("/harden/clipboards", test_clipboards);
  g_test_add_func ("/harden/environment", test_environment);
  g_test_add_func ("/harden/process", test_process);
  return g_test_run ();
}
