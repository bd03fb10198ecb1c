/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/leave-panel.h"

#include "app/language/language.h"
#include "ui/code-view.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text.h"

/* Three ways out of a visit: keep it, delete it, stay. Whoever came without an appointment sees the
 * code once more, because without it what is kept can never be opened again. */

#define CODE_HEIGHT 360

/**
 * kouan_leave_panel_new:
 * @walk_in_code: (nullable): the code that brings a walk-in back
 * @on_delete: a handler of GtkButton::clicked
 *
 * Returns: (transfer floating)
 */
GtkWidget *
kouan_leave_panel_new (const char *walk_in_code, GCallback on_delete, gpointer data)
{
  GtkWidget *panel = kouan_panel_new ("leave", _ ("Do you want to leave?"));
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *delete_button = kouan_button_new ("delete", _ ("Delete everything and leave"));

  gtk_box_append (GTK_BOX (body),
                  kouan_text_new (_ ("We can keep your answers and pages, locked, for 14 days. "
                                     "Show the same code here and go on where you stopped.")));
  if (walk_in_code != NULL)
    {
      gtk_box_append (GTK_BOX (body), kouan_code_view_new (walk_in_code, CODE_HEIGHT));
      gtk_box_append (GTK_BOX (body),
                      kouan_text_new (_ ("Take a picture of this code before you go.")));
    }
  gtk_box_append (GTK_BOX (body), delete_button);
  g_signal_connect_object (delete_button, "clicked", on_delete, data, 0);
  kouan_panel_set_body (KOUAN_PANEL (panel), body);
  kouan_panel_set_primary (KOUAN_PANEL (panel), _ ("Keep and leave"));
  kouan_panel_set_secondary (KOUAN_PANEL (panel), _ ("Stay here"));
  return panel;
}
