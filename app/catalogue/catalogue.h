/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/service.h"
#include "app/crypto/keys.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_CATALOGUE_ERROR_MISSING,   /* no index, or a file that it names is not there */
  KOUAN_CATALOGUE_ERROR_UNTRUSTED, /* the index is not signed by a key that may sign catalogues */
  KOUAN_CATALOGUE_ERROR_DAMAGED,   /* the index or a file is not what was signed */
  KOUAN_CATALOGUE_ERROR_OLDER,     /* an older version than the one in use */
  KOUAN_CATALOGUE_ERROR_MALFORMED, /* signed, and wrong: "kouanctl catalogue check" explains */
  KOUAN_CATALOGUE_ERROR_IO,        /* install: the new one could not be written */
} KouanCatalogueError;
#define KOUAN_CATALOGUE_ERROR (kouan_catalogue_error_quark ())
GQuark kouan_catalogue_error_quark (void);

#define KOUAN_CATALOGUE_INDEX "index.cose"

/* The services of a hall. */
typedef struct _KouanCatalogue KouanCatalogue;

KouanCatalogue *kouan_catalogue_load (const char *folder,
                                      KouanKeyring *keyring,
                                      guint64 version_min,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanCatalogue *kouan_catalogue_load_unsigned (const char *folder,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanCatalogue *kouan_catalogue_ref (KouanCatalogue *self);
void kouan_catalogue_unref (KouanCatalogue *self);
guint64 kouan_catalogue_get_version (KouanCatalogue *self);
gint64 kouan_catalogue_get_issued_s (KouanCatalogue *self);
GPtrArray *kouan_catalogue_get_services (KouanCatalogue *self);     /* of KouanService, by code */
KouanCalendar *kouan_catalogue_get_calendar (KouanCatalogue *self); /* (nullable) */
KouanService *kouan_catalogue_find (KouanCatalogue *self,
                                    const char *id); /* (transfer none) (nullable) */
KouanService *kouan_catalogue_find_by_code (KouanCatalogue *self,
                                            guint code); /* (transfer none) (nullable) */
GPtrArray *kouan_catalogue_for_profile (KouanCatalogue *self,
                                        const char *profile); /* (transfer container) */

gboolean kouan_catalogue_sign (const char *folder,
                               KouanSigningKey *key,
                               guint64 version,
                               gint64 issued_s,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanCatalogue, kouan_catalogue_unref)

G_END_DECLS
