/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/catalogue.h"

G_BEGIN_DECLS

/* Returns: (transfer full): the file of that name, wherever it comes from. Its error goes through
 * as it is. */
typedef GBytes *(*KouanCatalogueFetch) (const char *name, gpointer data, GError **error);

gboolean kouan_catalogue_install (const char *folder,
                                  GBytes *index,
                                  KouanKeyring *keyring,
                                  KouanCatalogueFetch fetch,
                                  gpointer data,
                                  guint64 *installed,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
