/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/board/device-set.h"

G_BEGIN_DECLS

/* What a test of one device gave. */
typedef struct
{
  KouanDeviceState state;
  const char *words; /* translated: what was seen, or what to do */
  char *facts; /* (nullable): what came, in figures and names alone: "1240 × 1754 · 150 dpi" */
  KouanPage *page; /* (nullable): the picture or the page that it sent, to be looked at */
} KouanDeviceTest;

/* How much of it is done, 0 to 1. */
typedef void (*KouanDeviceTestProgress) (double fraction, gpointer data);

void kouan_device_test_free (KouanDeviceTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanDeviceTest, kouan_device_test_free)

void kouan_device_test_async (KouanDeviceSet *set,
                              const char *name,
                              KouanDeviceTestProgress progress, /* (nullable) */
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
KouanDeviceTest *kouan_device_test_finish (KouanDeviceSet *set,
                                           GAsyncResult *result,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
