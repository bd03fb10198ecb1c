/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-language"

#include "app/language/messages.h"

#include <string.h>

/* gettext answers in one language for the whole process, and changing it for a single sentence
 * would change it under every thread. The companion line and the receipt need a second language
 * beside the first, so the compiled catalogue is read here as well. The format is that of the GNU
 * gettext manual, "The Format of GNU MO Files": seven 32-bit words, then two tables of (length,
 * offset), the first sorted by the original text, so that a text is found by bisection. The
 * optional hash table is not used. */

#define MAGIC 0x950412deu
#define HEADER_SIZE 28
#define ENTRY_SIZE 8

struct _KouanMessages
{
  GMappedFile *file;
  const guint8 *bytes;
  gsize size;
  gboolean swapped; /* written on a machine of the other byte order */

  guint32 count;
  guint32 originals;
  guint32 translations;
};

static guint32
read_word (KouanMessages *self, gsize offset)
{
  guint32 word;

  g_assert (offset + sizeof word <= self->size);
  memcpy (&word, self->bytes + offset, sizeof word);
  return self->swapped ? GUINT32_SWAP_LE_BE (word) : word;
}

/* Returns: (nullable): the NUL-terminated text of one entry, NULL if it reaches outside the file */
static const char *
entry_text (KouanMessages *self, guint32 table, guint32 index)
{
  gsize entry = (gsize)table + (gsize)index * ENTRY_SIZE;
  gsize length = read_word (self, entry);
  gsize offset = read_word (self, entry + 4);

  if (offset >= self->size || length >= self->size - offset || self->bytes[offset + length] != 0)
    return NULL;
  return (const char *)self->bytes + offset;
}

static gboolean
table_fits (KouanMessages *self, guint32 table)
{
  return table >= HEADER_SIZE && table <= self->size
         && self->count <= (self->size - table) / ENTRY_SIZE;
}

static gboolean
read_header (KouanMessages *self)
{
  guint32 magic;

  if (self->size < HEADER_SIZE)
    return FALSE;

  magic = read_word (self, 0);
  self->swapped = magic == GUINT32_SWAP_LE_BE (MAGIC);
  if (magic != MAGIC && !self->swapped)
    return FALSE;

  self->count = read_word (self, 8);
  self->originals = read_word (self, 12);
  self->translations = read_word (self, 16);
  return table_fits (self, self->originals) && table_fits (self, self->translations);
}

/**
 * kouan_messages_load:
 * @path: a .mo file
 *
 * Returns: (transfer full) (nullable): NULL with a GFileError for a file that cannot be read, or
 * with %G_FILE_ERROR_INVAL for one that is no catalogue
 */
KouanMessages *
kouan_messages_load (const char *path, GError **error)
{
  g_autoptr (KouanMessages) self = g_new0 (KouanMessages, 1);

  g_return_val_if_fail (path != NULL, NULL);

  self->file = g_mapped_file_new (path, FALSE, error);
  if (self->file == NULL)
    return NULL;

  self->bytes = (const guint8 *)g_mapped_file_get_contents (self->file);
  self->size = g_mapped_file_get_length (self->file);
  if (!read_header (self))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s is not a message catalogue", path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* Returns: (nullable): the translation of @text, owned by @self; NULL if it has none. For a text
 * with plural forms, the first. */
const char *
kouan_messages_find (KouanMessages *self, const char *text)
{
  guint32 low = 0;
  guint32 high;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  high = self->count;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      const char *original = entry_text (self, self->originals, middle);
      int order;

      if (original == NULL)
        return NULL;
      order = strcmp (text, original);
      if (order == 0)
        return entry_text (self, self->translations, middle);
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

/* Both are in the order of their originals, and are walked side by side: this is done for every
 * language before the first picture.
 *
 * Returns: whether @self has a translation of everything that @other has one of */
gboolean
kouan_messages_cover (KouanMessages *self, KouanMessages *other)
{
  guint32 own = 0;

  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  for (guint32 i = 0; i < other->count; i++)
    {
      const char *wanted = entry_text (other, other->originals, i);
      const char *original = NULL;
      int order = -1;

      if (wanted == NULL)
        continue;
      for (; own < self->count && order < 0; own++)
        {
          original = entry_text (self, self->originals, own);
          order = original != NULL ? strcmp (original, wanted) : 1;
        }
      if (order != 0 || entry_text (self, self->translations, own - 1) == NULL)
        return FALSE;
    }
  return TRUE;
}

void
kouan_messages_free (KouanMessages *self)
{
  g_clear_pointer (&self->file, g_mapped_file_unref);
  g_free (self);
}
