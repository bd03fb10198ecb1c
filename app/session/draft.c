/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/draft.h"

#include "app/crypto/durable.h"
#include "app/crypto/primitives.h"

#include <glib/gstdio.h>

/* A visit that can be left and come back to. Its state is one sealed box in the database; each page
 * is one sealed file beside it, which counts from the moment its row is committed. Name and key
 * come from the secret in the visitor's code and are nowhere on the disk, so that a kiosk cannot
 * open a draft that nobody stands in front of. The context of each box names what it is, so that
 * boxes cannot be exchanged. */

struct _KouanDraft
{
  GObject parent_instance;

  KouanDatabase *db;
  KouanClock *clock;
  char *folder;

  guint8 name[KOUAN_DRAFT_NAME_SIZE];
  KouanSecret *key;
};

G_DEFINE_FINAL_TYPE (KouanDraft, kouan_draft, G_TYPE_OBJECT)

static char *
state_context (KouanDraft *self)
{
  g_autofree char *name = kouan_hex (self->name, sizeof self->name);

  return g_strconcat ("kouan draft state ", name, NULL);
}

static char *
page_context (KouanDraft *self, const char *file)
{
  g_autofree char *name = kouan_hex (self->name, sizeof self->name);

  return g_strconcat ("kouan draft page ", name, " ", file, NULL);
}

static void
kouan_draft_finalize (GObject *object)
{
  KouanDraft *self = KOUAN_DRAFT (object);

  g_clear_object (&self->db);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->key, kouan_secret_unref);
  G_OBJECT_CLASS (kouan_draft_parent_class)->finalize (object);
}

static void
kouan_draft_class_init (KouanDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_draft_finalize;
}

static void
kouan_draft_init (KouanDraft *self G_GNUC_UNUSED)
{
}

/**
 * kouan_draft_new:
 * @db: the kiosk's store, opened by this thread
 * @folder: where page files are
 * @name: what the database knows the draft by; derived from the visitor's secret
 * @key: 32 bytes, derived from the same secret
 *
 * Nothing is read or written yet.
 */
KouanDraft *
kouan_draft_new (KouanDatabase *db,
                 const char *folder,
                 KouanClock *clock,
                 const guint8 name[static KOUAN_DRAFT_NAME_SIZE],
                 KouanSecret *key)
{
  KouanDraft *self;

  g_return_val_if_fail (KOUAN_IS_DATABASE (db), NULL);
  g_return_val_if_fail (kouan_secret_size (key) == KOUAN_KEY_SIZE, NULL);

  self = g_object_new (KOUAN_TYPE_DRAFT, NULL);
  self->db = g_object_ref (db);
  self->clock = g_object_ref (clock);
  self->folder = g_strdup (folder);
  memcpy (self->name, name, sizeof self->name);
  self->key = kouan_secret_ref (key);
  return self;
}

const guint8 *
kouan_draft_get_name (KouanDraft *self)
{
  g_return_val_if_fail (KOUAN_IS_DRAFT (self), NULL);

  return self->name;
}

/* Durable when it returns. Each save starts the draft's days anew. Errors: KOUAN_DATABASE_ERROR. */
gboolean
kouan_draft_save (KouanDraft *self, GBytes *state, GError **error)
{
  g_autoptr (GBytes) box = NULL;
  g_autofree char *context = NULL;
  gint64 now_s;

  g_return_val_if_fail (KOUAN_IS_DRAFT (self), FALSE);

  context = state_context (self);
  box
    = kouan_box_seal (self->key, g_bytes_get_data (state, NULL), g_bytes_get_size (state), context);
  now_s = kouan_clock_wall_s (self->clock);
  return kouan_drafts_save (self->db, self->name, box, now_s,
                            now_s + (gint64)KOUAN_DRAFT_DAYS * 24 * 3600, error);
}

/**
 * kouan_draft_load:
 *
 * Returns: (transfer full) (nullable): the state as it was saved; %KOUAN_DATABASE_ERROR_NOT_FOUND
 * when there is no draft of this name, %KOUAN_CRYPTO_ERROR_FORGED when what is there was not sealed
 * by this key
 */
GBytes *
kouan_draft_load (KouanDraft *self, GError **error)
{
  g_autoptr (GBytes) box = NULL;
  g_autofree char *context = NULL;

  g_return_val_if_fail (KOUAN_IS_DRAFT (self), NULL);

  box = kouan_drafts_load (self->db, self->name, error);
  if (box == NULL)
    return NULL;
  context = state_context (self);
  return kouan_box_open (self->key, box, context, error);
}

/**
 * kouan_draft_keep_page:
 * @page: bytes of the page, of any kind
 *
 * The file is written and synced before the row that makes it count. A row needs a saved draft.
 *
 * Returns: (transfer full) (nullable): the page's name, to read or drop it by
 */
char *
kouan_draft_keep_page (KouanDraft *self, GBytes *page, GError **error)
{
  guint8 uuid[KOUAN_UUID_SIZE];
  g_autoptr (GBytes) box = NULL;
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;
  g_autofree char *context = NULL;

  g_return_val_if_fail (KOUAN_IS_DRAFT (self), NULL);

  kouan_uuid7 (kouan_clock_wall_us (self->clock), uuid);
  file = kouan_uuid_to_string (uuid);
  path = g_build_filename (self->folder, file, NULL);
  context = page_context (self, file);
  box = kouan_box_seal (self->key, g_bytes_get_data (page, NULL), g_bytes_get_size (page), context);
  if (!kouan_write_file_durably (path, g_bytes_get_data (box, NULL), g_bytes_get_size (box), 0600,
                                 error))
    return NULL;
  if (!kouan_drafts_add_page (self->db, self->name, file, g_bytes_get_size (box), error))
    {
      g_unlink (path);
      return NULL;
    }
  return g_steal_pointer (&file);
}

/* Returns: (transfer full) (nullable): what kouan_draft_keep_page() was given */
GBytes *
kouan_draft_read_page (KouanDraft *self, const char *file, GError **error)
{
  guint8 uuid[KOUAN_UUID_SIZE];
  g_autofree char *path = NULL;
  g_autofree char *context = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GBytes) box = NULL;
  gsize size;

  g_return_val_if_fail (KOUAN_IS_DRAFT (self), NULL);
  g_return_val_if_fail (kouan_uuid_from_string (file, uuid), NULL);

  path = g_build_filename (self->folder, file, NULL);
  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  box = g_bytes_new_take (g_steal_pointer (&data), size);
  context = page_context (self, file);
  return kouan_box_open (self->key, box, context, error);
}

/* The row goes first: a file without a row is swept at the next start, a row without its file would
 * be a loss. */
gboolean
kouan_draft_drop_page (KouanDraft *self, const char *file, GError **error)
{
  guint8 uuid[KOUAN_UUID_SIZE];

  g_return_val_if_fail (KOUAN_IS_DRAFT (self), FALSE);
  g_return_val_if_fail (kouan_uuid_from_string (file, uuid), FALSE);

  if (!kouan_drafts_remove_page (self->db, file, error))
    return FALSE;
  kouan_draft_remove_file (self, file);
  return TRUE;
}

/* For a page whose row is gone already. */
void
kouan_draft_remove_file (KouanDraft *self, const char *file)
{
  g_autofree char *path = g_build_filename (self->folder, file, NULL);

  g_unlink (path);
}

static void
remove_named_files (KouanDraft *self, GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    kouan_draft_remove_file (self, g_ptr_array_index (files, i));
}

/* "Delete my answers": the rows in one transaction, then the files. */
gboolean
kouan_draft_discard (KouanDraft *self, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;

  g_return_val_if_fail (KOUAN_IS_DRAFT (self), FALSE);

  files = kouan_drafts_pages (self->db, self->name, error);
  if (files == NULL || !kouan_drafts_remove (self->db, self->name, error))
    return FALSE;
  remove_named_files (self, files);
  return TRUE;
}
