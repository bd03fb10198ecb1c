/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/code-view.h"

#include "app/language/language.h"
#include "app/qr/matrix.h"
#include "ui/widgets/qr-view.h"

/**
 * kouan_code_view_new:
 * @text: what the code holds
 * @height: px
 *
 * Returns: (transfer floating)
 */
GtkWidget *
kouan_code_view_new (const char *text, int height)
{
  GtkWidget *view = kouan_qr_view_new (height, _ ("A code to photograph"));
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanQrMatrix) matrix = kouan_qr_matrix_new (text, KOUAN_QR_LEVEL_M, &error);
  g_autofree gboolean *dark = NULL;
  guint size;

  gtk_widget_set_halign (view, GTK_ALIGN_START);
  if (matrix == NULL)
    {
      g_message ("A code cannot be drawn: %s", error->message);
      return view;
    }
  size = kouan_qr_matrix_get_size (matrix);
  dark = g_new (gboolean, size * size);
  for (guint y = 0; y < size; y++)
    for (guint x = 0; x < size; x++)
      dark[y * size + x] = kouan_qr_matrix_is_dark (matrix, x, y);
  kouan_qr_view_set_modules (KOUAN_QR_VIEW (view), dark, size);
  return view;
}
