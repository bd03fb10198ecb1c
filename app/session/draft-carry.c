/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/draft-carry.h"

#include "app/crypto/cbor.h"
#include "app/crypto/durable.h"
#include "app/crypto/primitives.h"
#include "app/session/draft.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* A draft is named and sealed by the visitor's code alone, so that any kiosk that knows the code
 * can go on with it. It travels as one file, a deterministic CBOR array
 *
 *   [1, name (16 bytes), box, [file, bytes, file, bytes, …]]
 *
 * whole or not at all: whoever finds the stick has bytes that nobody opens without that code. It is
 * moved, not copied: it leaves this kiosk when it is durable on the stick, and the stick when it is
 * durable at the other one. One that is there already is never touched. */

#define FORMAT 1
#define FIELDS 4
#define FILE_MODE 0600
#define SIZE_MAX_CARRIED (256 * 1024 * 1024)
#define PAGES_MAX 400
#define DAY_S 86400

static char *
path_on_stick (const char *stick, const guint8 *name)
{
  g_autofree char *hex = kouan_hex (name, KOUAN_DRAFT_NAME_SIZE);
  g_autofree char *file = g_strconcat (hex, KOUAN_DRAFT_CARRY_SUFFIX, NULL);

  return g_build_filename (stick, KOUAN_DRAFT_CARRY_FOLDER, file, NULL);
}

static void
write_bytes (GByteArray *out, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  kouan_cbor_write_bytes (out, data, size);
}

static gboolean
write_page (GByteArray *out, const char *drafts, const char *file, GError **error)
{
  g_autofree char *path = g_build_filename (drafts, file, NULL);
  g_autofree char *data = NULL;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, error))
    return FALSE;
  kouan_cbor_write_text (out, file);
  kouan_cbor_write_bytes (out, (const guint8 *)data, size);
  return TRUE;
}

static gboolean
write_draft (
  KouanDatabase *db, const char *drafts, const guint8 *name, GByteArray *out, GError **error)
{
  g_autoptr (GBytes) box = kouan_drafts_load (db, name, error);
  g_autoptr (GPtrArray) files = box != NULL ? kouan_drafts_pages (db, name, error) : NULL;

  if (files == NULL)
    return FALSE;
  kouan_cbor_write_array (out, FIELDS);
  kouan_cbor_write_uint (out, FORMAT);
  kouan_cbor_write_bytes (out, name, KOUAN_DRAFT_NAME_SIZE);
  write_bytes (out, box);
  kouan_cbor_write_array (out, 2 * files->len);
  for (guint i = 0; i < files->len; i++)
    if (!write_page (out, drafts, files->pdata[i], error))
      return FALSE;
  return TRUE;
}

/**
 * kouan_draft_carry_out:
 * @drafts: the folder of sealed pages
 *
 * The draft stays here: whoever calls discards it when this has worked.
 *
 * Returns: FALSE with a KOUAN_DATABASE_ERROR, or a GIOError or GFileError for what is wrong with
 * the stick
 */
gboolean
kouan_draft_carry_out (KouanDatabase *db,
                       const char *drafts,
                       const guint8 name[static KOUAN_DRAFT_NAME_SIZE],
                       const char *stick,
                       GError **error)
{
  g_autofree char *folder = g_build_filename (stick, KOUAN_DRAFT_CARRY_FOLDER, NULL);
  g_autofree char *path = path_on_stick (stick, name);
  g_autoptr (GByteArray) out = g_byte_array_new ();

  if (!write_draft (db, drafts, name, out, error))
    return FALSE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }
  return kouan_write_file_durably (path, out->data, out->len, FILE_MODE, error);
}

typedef struct
{
  guint8 name[KOUAN_DRAFT_NAME_SIZE];
  GBytes *box;
  GPtrArray *files; /* of char * */
  GPtrArray *pages; /* of GBytes */
} Carried;

static void
carried_clear (Carried *self)
{
  g_clear_pointer (&self->box, g_bytes_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Carried, carried_clear)

static gboolean
read_pages (KouanCborReader *reader, Carried *carried)
{
  gsize count = 0;

  if (!kouan_cbor_read_array (reader, &count) || count % 2 != 0 || count / 2 > PAGES_MAX)
    return FALSE;
  for (gsize i = 0; i < count / 2; i++)
    {
      char *file = kouan_cbor_dup_text (reader);
      const guint8 *data = NULL;
      guint8 uuid[KOUAN_UUID_SIZE];
      gsize size = 0;

      if (file != NULL)
        g_ptr_array_add (carried->files, file);
      if (file == NULL || !kouan_uuid_from_string (file, uuid)
          || !kouan_cbor_read_bytes (reader, &data, &size))
        return FALSE;
      g_ptr_array_add (carried->pages, g_bytes_new (data, size));
    }
  return TRUE;
}

/* A stick may hold anything: what is not such a file is left alone. */
static gboolean
read_carried (const char *path, Carried *carried)
{
  g_autofree char *text = NULL;
  KouanCborReader reader;
  GStatBuf status;
  const guint8 *box = NULL;
  guint64 format = 0;
  gsize size = 0, box_size = 0;

  if (g_lstat (path, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size > SIZE_MAX_CARRIED
      || !g_file_get_contents (path, &text, &size, NULL))
    return FALSE;
  carried->files = g_ptr_array_new_with_free_func (g_free);
  carried->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  kouan_cbor_reader_init (&reader, (const guint8 *)text, size);
  if (!kouan_cbor_expect_array (&reader, FIELDS) || !kouan_cbor_read_uint (&reader, &format)
      || format != FORMAT || !kouan_cbor_read_fixed (&reader, carried->name, sizeof carried->name)
      || !kouan_cbor_read_bytes (&reader, &box, &box_size))
    return FALSE;
  carried->box = g_bytes_new (box, box_size);
  return read_pages (&reader, carried) && kouan_cbor_reader_finish (&reader);
}

/* A page of another visit must not be written over, whatever a stick says. */
static gboolean
has_file (const Carried *carried, const char *drafts)
{
  for (guint i = 0; i < carried->files->len; i++)
    {
      g_autofree char *path = g_build_filename (drafts, carried->files->pdata[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

static gboolean
write_pages (const Carried *carried, const char *drafts, GError **error)
{
  for (guint i = 0; i < carried->pages->len; i++)
    {
      g_autofree char *path = g_build_filename (drafts, carried->files->pdata[i], NULL);
      gsize size;
      const guint8 *data = g_bytes_get_data (carried->pages->pdata[i], &size);

      if (!kouan_write_file_durably (path, data, size, FILE_MODE, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_rows (KouanDatabase *db, const Carried *carried, gint64 now_s, GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);

  if (transaction == NULL
      || !kouan_drafts_save (db, carried->name, carried->box, now_s,
                             now_s + (gint64)KOUAN_DRAFT_DAYS * DAY_S, error))
    return FALSE;
  for (guint i = 0; i < carried->files->len; i++)
    if (!kouan_drafts_add_page (db, carried->name, carried->files->pdata[i],
                                (gint64)g_bytes_get_size (carried->pages->pdata[i]), error))
      return FALSE;
  return kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

/* Pages first, rows second, the stick last. Returns: FALSE only for what is wrong with this kiosk
 */
static gboolean
take (KouanDatabase *db,
      const char *drafts,
      const char *path,
      gint64 now_s,
      guint *taken,
      GError **error)
{
  g_auto (Carried) carried = { 0 };
  g_autoptr (GBytes) here = NULL;

  if (!read_carried (path, &carried))
    {
      g_message ("%s is no visit that can be read: it stays", path);
      return TRUE;
    }
  here = kouan_drafts_load (db, carried.name, NULL);
  if (here != NULL)
    {
      g_message ("%s is here already: it stays on the stick", path);
      return TRUE;
    }
  if (has_file (&carried, drafts))
    {
      g_message ("%s names a page that is here already: it stays on the stick", path);
      return TRUE;
    }
  if (!write_pages (&carried, drafts, error) || !put_rows (db, &carried, now_s, error))
    return FALSE;
  g_unlink (path);
  (*taken)++;
  return TRUE;
}

/**
 * kouan_draft_carry_in:
 * @taken: (out): visits that go on here from now on
 */
gboolean
kouan_draft_carry_in (KouanDatabase *db,
                      const char *drafts,
                      const char *stick,
                      gint64 now_s,
                      guint *taken,
                      GError **error)
{
  g_autofree char *folder = g_build_filename (stick, KOUAN_DRAFT_CARRY_FOLDER, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  *taken = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (name[0] != '.' && g_str_has_suffix (name, KOUAN_DRAFT_CARRY_SUFFIX)
          && !take (db, drafts, path, now_s, taken, error))
        return FALSE;
    }
  return TRUE;
}
