/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/catalogue.h"

#include "app/catalogue/folder.h"
#include "app/catalogue/index.h"
#include "app/catalogue/reader.h"
#include "app/crypto/cose.h"
#include "app/crypto/durable.h"

/* The services of a hall, from a folder of files and a signed index of them. What is parsed is what
 * was hashed: each file is read once. Files that the index does not name are not looked at. */

struct _KouanCatalogue
{
  gatomicrefcount refs;
  guint64 version;
  gint64 issued_s;
  GPtrArray *services;     /* of KouanService, by code */
  KouanCalendar *calendar; /* (nullable) */
};

G_DEFINE_QUARK (kouan_catalogue_error, kouan_catalogue_error)

KouanCatalogue *
kouan_catalogue_ref (KouanCatalogue *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kouan_catalogue_unref (KouanCatalogue *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->services);
  g_clear_pointer (&self->calendar, kouan_calendar_unref);
  g_free (self);
}

static KouanCatalogue *
catalogue_new (const KouanIndex *index)
{
  KouanCatalogue *self = g_new0 (KouanCatalogue, 1);

  g_atomic_ref_count_init (&self->refs);
  self->version = index->version;
  self->issued_s = index->issued_s;
  self->services = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_service_unref);
  return self;
}

/* The index that the folder has, if somebody signed it who may. */
static KouanIndex *
load_index (const char *folder, KouanKeyring *keyring, GError **error)
{
  g_autoptr (GBytes) message = kouan_folder_read (folder, KOUAN_CATALOGUE_INDEX, error);
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GError) reason = NULL;
  KouanIndex *index;

  if (message == NULL)
    return NULL;
  payload = kouan_cose_verify (keyring, KOUAN_PURPOSE_CATALOGUE, message, NULL, &reason);
  if (payload == NULL)
    {
      gboolean unknown
        = g_error_matches (reason, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_UNKNOWN_KEY);

      g_set_error (error, KOUAN_CATALOGUE_ERROR,
                   unknown ? KOUAN_CATALOGUE_ERROR_UNTRUSTED : KOUAN_CATALOGUE_ERROR_DAMAGED,
                   "%s in %s: %s", KOUAN_CATALOGUE_INDEX, folder, reason->message);
      return NULL;
    }
  index = kouan_index_decode (payload);
  if (index == NULL)
    g_set_error (error, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_DAMAGED,
                 "%s in %s is signed and is no index of a catalogue", KOUAN_CATALOGUE_INDEX,
                 folder);
  return index;
}

/* What the entry names, if it is what was signed. */
static GBytes *
load_entry (const char *folder, const KouanIndexEntry *entry, GError **error)
{
  g_autoptr (GBytes) content = kouan_folder_read (folder, entry->name, error);

  if (content == NULL || kouan_index_entry_fits (entry, content))
    return g_steal_pointer (&content);
  g_set_error (error, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_DAMAGED,
               "%s in %s is not the file that was signed", entry->name, folder);
  return NULL;
}

static gboolean
add_service (KouanCatalogue *self, KouanService *service, GError **error)
{
  guint place = 0;

  if (kouan_catalogue_find (self, service->id) != NULL
      || kouan_catalogue_find_by_code (self, service->code) != NULL)
    {
      g_set_error (error, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_MALFORMED,
                   "%s: another service has its id or its code", service->file);
      kouan_service_unref (service);
      return FALSE;
    }
  while (place < self->services->len
         && kouan_service_get_code (self->services->pdata[place]) < service->code)
    place++;
  g_ptr_array_insert (self->services, (int)place, service);
  return TRUE;
}

/* One file of the catalogue, as it was read. */
static gboolean
take_file (KouanCatalogue *self, const char *name, GBytes *content, GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
  gboolean is_calendar = g_str_equal (name, KOUAN_CATALOGUE_CALENDAR);
  KouanService *service = NULL;
  gsize size;
  const char *text = g_bytes_get_data (content, &size);

  text = text != NULL ? text : "";
  if (is_calendar)
    self->calendar = kouan_read_calendar (name, text, size, NULL, faults);
  else
    service = kouan_read_service (name, text, size, NULL, faults);
  if (service != NULL)
    return add_service (self, service, error);
  if (is_calendar && self->calendar != NULL)
    return TRUE;
  g_set_error (error, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_MALFORMED, "%s: %s: %s", name,
               ((KouanFault *)faults->pdata[0])->path, ((KouanFault *)faults->pdata[0])->what);
  return FALSE;
}

/**
 * kouan_catalogue_load:
 * @keyring: who may sign catalogues
 * @version_min: the version in use, 0 for none: what is older is refused, the same is not
 * @error: of KOUAN_CATALOGUE_ERROR
 *
 * Returns: (transfer full) (nullable): the catalogue
 */
KouanCatalogue *
kouan_catalogue_load (const char *folder,
                      KouanKeyring *keyring,
                      guint64 version_min,
                      GError **error)
{
  g_autoptr (KouanCatalogue) self = NULL;
  g_autoptr (KouanIndex) index = NULL;

  g_return_val_if_fail (folder != NULL && keyring != NULL, NULL);

  index = load_index (folder, keyring, error);
  if (index == NULL)
    return NULL;
  if (index->version < version_min)
    {
      g_set_error (error, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_OLDER,
                   "%s has version %" G_GUINT64_FORMAT ", and %" G_GUINT64_FORMAT " is in use",
                   folder, index->version, version_min);
      return NULL;
    }
  self = catalogue_new (index);
  for (guint i = 0; i < index->entries->len; i++)
    {
      const KouanIndexEntry *entry = index->entries->pdata[i];
      g_autoptr (GBytes) content = load_entry (folder, entry, error);

      if (content == NULL || !take_file (self, entry->name, content, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * kouan_catalogue_load_unsigned:
 * @error: of KOUAN_CATALOGUE_ERROR
 *
 * For whoever writes a catalogue and tries it. A kiosk never does this.
 *
 * Returns: (transfer full) (nullable): the folder as it is, of version 0
 */
KouanCatalogue *
kouan_catalogue_load_unsigned (const char *folder, GError **error)
{
  KouanIndex nothing = { 0 };
  g_autoptr (KouanCatalogue) self = catalogue_new (&nothing);
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  names = kouan_folder_list (folder, error);
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autoptr (GBytes) content = kouan_folder_read (folder, names->pdata[i], error);

      if (content == NULL || !take_file (self, names->pdata[i], content, error))
        return NULL;
    }
  return names != NULL ? g_steal_pointer (&self) : NULL;
}

guint64
kouan_catalogue_get_version (KouanCatalogue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->version;
}

/* Returns: seconds since 1970-01-01 UTC, as its signer's clock had it */
gint64
kouan_catalogue_get_issued_s (KouanCatalogue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->issued_s;
}

GPtrArray *
kouan_catalogue_get_services (KouanCatalogue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->services;
}

/* Returns: (transfer none) (nullable): the halls' working days, where the catalogue has them */
KouanCalendar *
kouan_catalogue_get_calendar (KouanCatalogue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->calendar;
}

KouanService *
kouan_catalogue_find (KouanCatalogue *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  for (guint i = 0; i < self->services->len; i++)
    if (g_str_equal (kouan_service_get_id (self->services->pdata[i]), id))
      return self->services->pdata[i];
  return NULL;
}

KouanService *
kouan_catalogue_find_by_code (KouanCatalogue *self, guint code)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->services->len; i++)
    if (kouan_service_get_code (self->services->pdata[i]) == code)
      return self->services->pdata[i];
  return NULL;
}

/* Returns: (transfer container) (element-type KouanService): what a hall of this profile offers */
GPtrArray *
kouan_catalogue_for_profile (KouanCatalogue *self, const char *profile)
{
  GPtrArray *services = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL && profile != NULL, services);

  for (guint i = 0; i < self->services->len; i++)
    if (kouan_service_has_profile (self->services->pdata[i], profile))
      g_ptr_array_add (services, self->services->pdata[i]);
  return services;
}

/**
 * kouan_catalogue_sign:
 * @version: has to grow with every catalogue that kiosks get
 *
 * Writes index.cose over all service files of @folder, durably. It signs what is there: check it
 * first.
 */
gboolean
kouan_catalogue_sign (
  const char *folder, KouanSigningKey *key, guint64 version, gint64 issued_s, GError **error)
{
  g_autoptr (KouanIndex) index = kouan_index_new (version, issued_s);
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) message = NULL;

  g_return_val_if_fail (folder != NULL && key != NULL, FALSE);

  names = kouan_folder_list (folder, error);
  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GBytes) content = kouan_folder_read (folder, names->pdata[i], error);

      if (content == NULL)
        return FALSE;
      kouan_index_add (index, names->pdata[i], content);
    }
  payload = kouan_index_encode (index);
  message = kouan_cose_sign (key, payload);
  path = g_build_filename (folder, KOUAN_CATALOGUE_INDEX, NULL);
  return kouan_write_file_durably (path, g_bytes_get_data (message, NULL),
                                   g_bytes_get_size (message), 0644, error);
}
