/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/finding-list.h"

#include "ui/widgets/drawing.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/row-layout.h"

#define DRAWING_HEIGHT 160

static GtkWidget *
finding_new (KouanFindings finding)
{
  GtkWidget *row = kouan_row_new (24, GTK_ACCESSIBLE_ROLE_GROUP);
  g_autofree char *name = g_strdup_printf ("finding-%s", kouan_finding_id (finding));
  GtkWidget *drawing = kouan_illustration_new (name, DRAWING_HEIGHT);
  GtkWidget *notice = kouan_notice_new (KOUAN_NOTICE_WARNING, kouan_finding_title (finding),
                                        kouan_finding_remedy (finding));

  gtk_widget_set_valign (drawing, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (notice, TRUE);
  gtk_box_append (GTK_BOX (row), drawing);
  gtk_box_append (GTK_BOX (row), notice);
  return row;
}

/* Returns: (transfer floating) */
GtkWidget *
kouan_finding_list_new (KouanFindings findings)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

  for (guint finding = 1; finding <= KOUAN_FINDING_LAST; finding <<= 1)
    if ((findings & finding) != 0)
      gtk_box_append (GTK_BOX (list), finding_new (finding));
  return list;
}
