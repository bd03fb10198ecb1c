/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* One page as raw pixels; nothing of it changes once it is made. */
typedef struct
{
  guint width;          /* pixels */
  guint height;         /* pixels */
  guint dpi;            /* how large the paper is; never 0 */
  gboolean paper_known; /* FALSE: it was taken for a sheet of A4 */
  char *text;           /* (nullable): what its file says is written on it; UTF-8 */
  GBytes *pixels;       /* height * width * 3 bytes: rows from the top, no padding, R G B */
} KouanPage;

#define KOUAN_TYPE_PAGE (kouan_page_get_type ())
GType kouan_page_get_type (void);

KouanPage *kouan_page_new (guint width, guint height, guint dpi, GBytes *pixels);
KouanPage *kouan_page_ref (KouanPage *self);
void kouan_page_unref (KouanPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanPage, kouan_page_unref)

KouanPage *kouan_page_scaled (KouanPage *self, guint width, guint height) G_GNUC_WARN_UNUSED_RESULT;
KouanPage *kouan_page_thumbnail (KouanPage *self, guint side_max) G_GNUC_WARN_UNUSED_RESULT;
KouanPage *kouan_page_at_dpi (KouanPage *self, guint dpi) G_GNUC_WARN_UNUSED_RESULT;
KouanPage *kouan_page_rotated (KouanPage *self, guint quarter_turns) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
