/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/setup/device-result.h"

#include "ui/widgets/accessible.h"
#include "ui/widgets/canvas.h"
#include "ui/widgets/text.h"

#define PICTURE_HEIGHT_PX 360
#define PICTURE_SIDE_MAX 1200 /* pixels: what does not show is not held */

KouanNoticeKind
kouan_device_state_kind (KouanDeviceState state)
{
  switch (state)
    {
    case KOUAN_DEVICE_READY:
      return KOUAN_NOTICE_SUCCESS;
    case KOUAN_DEVICE_OFF:
    case KOUAN_DEVICE_STARTING:
      return KOUAN_NOTICE_INFO;
    case KOUAN_DEVICE_NEEDS_PAPER:
    case KOUAN_DEVICE_COVER_OPEN:
      return KOUAN_NOTICE_WARNING;
    default:
      return KOUAN_NOTICE_PROBLEM;
    }
}

static GtkWidget *
picture_new (const KouanDeviceTest *test)
{
  g_autoptr (KouanPage) small = kouan_page_thumbnail (test->page, PICTURE_SIDE_MAX);
  GtkWidget *canvas = kouan_canvas_new ();

  gtk_widget_set_size_request (canvas, -1, PICTURE_HEIGHT_PX);
  kouan_canvas_set_pixels (KOUAN_CANVAS (canvas), small->pixels, GDK_MEMORY_R8G8B8,
                           (int)small->width, (int)small->height, (gsize)small->width * 3);
  kouan_accessible_set_name (canvas, test->words);
  return canvas;
}

GtkWidget *
kouan_device_result_new (const KouanDeviceTest *test)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

  gtk_box_append (GTK_BOX (box),
                  kouan_notice_new (kouan_device_state_kind (test->state),
                                    kouan_device_state_to_label (test->state), test->words));
  if (test->page != NULL)
    gtk_box_append (GTK_BOX (box), picture_new (test));
  if (test->facts != NULL)
    gtk_box_append (GTK_BOX (box), kouan_small_new (test->facts));
  return box;
}
