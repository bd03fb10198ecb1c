/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/readable.h"
#include "app/documents/sheet.h"

G_BEGIN_DECLS

/* What the pages of a paper are looked at for, beyond what every page is. */
typedef enum
{
  KOUAN_ASKED_NOTHING = 0,
  KOUAN_ASKED_COLOUR = 1 << 0,
  KOUAN_ASKED_ZONE = 1 << 1, /* the machine readable zone of a travel document */
} KouanAsked;

/* One try at a page: what a device gave, what was made of it to be looked at, and the sheet that
 * would be kept. Does not change. */
typedef struct
{
  KouanPage *source; /* (nullable) as @page: not kept where only the sheet is wanted */
  KouanPage *page;
  KouanReadable how;
  KouanMeasures measures;
  KouanSheet *sheet;
} KouanTake;

#define KOUAN_TYPE_TAKE (kouan_take_get_type ())
GType kouan_take_get_type (void);

KouanTake *kouan_take_new (KouanPage *source, KouanAsked asked, const KouanReadable *wish);
KouanTake *kouan_take_ref (KouanTake *self);
void kouan_take_unref (KouanTake *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTake, kouan_take_unref)

void kouan_take_new_async (KouanPage *source,
                           KouanAsked asked,
                           const KouanReadable *wish,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
KouanTake *kouan_take_new_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *kouan_takes_from_file (KouanPixels *pixels,
                                  GBytes *file,
                                  KouanAsked asked,
                                  GCancellable *cancellable,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
