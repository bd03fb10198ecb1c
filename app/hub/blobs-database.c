/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/crypto/digest.h"
#include "app/hub/blobs-private.h"
#include "app/hub/trouble.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* The sealed bytes in the database, in pieces of one size but for the last. A piece is written
 * whole, in place of what an earlier run may have left of it, so a run that goes on in the middle
 * of a piece first reads what counts of it. Pieces that the offset has passed cannot be written any
 * more, so what is hashed when the record is complete is what is committed. */

typedef struct
{
  KouanHubBlobs parent;
  KouanHubStore *store; /* the hub's */
} Pieces;

typedef struct
{
  KouanHubBlob parent;
  guint8 id[KOUAN_UUID_SIZE];
  gint64 number; /* of the piece in hand */
  guint8 piece[KOUAN_HUB_PIECE_SIZE];
  gsize size, stored; /* of it: filled, and in the database */
} OpenPiece;

static KouanHubStore *
get_store (KouanHubBlobs *blobs)
{
  return ((Pieces *)blobs)->store;
}

static GBytes *
find_piece (KouanHubBlobs *blobs, const guint8 *id, gint64 number, GError **error)
{
  GError *local = NULL;
  GBytes *piece = kouan_hub_store_find_piece (get_store (blobs), id, number, &local);

  if (piece == NULL)
    kouan_hub_translate (local, error);
  return piece;
}

static gboolean
pieces_stage (KouanHubBlobs *blobs G_GNUC_UNUSED,
              const guint8 *id G_GNUC_UNUSED,
              gint64 size G_GNUC_UNUSED,
              GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

/* The offset and the pieces before it are committed in that order by one database. */
static gint64
pieces_measure (KouanHubBlobs *blobs G_GNUC_UNUSED, const guint8 *id G_GNUC_UNUSED)
{
  return G_MAXINT64;
}

static gboolean
take_up (KouanHubBlobs *blobs, OpenPiece *self, gsize size, GError **error)
{
  g_autoptr (GBytes) piece = NULL;

  if (size == 0)
    return TRUE;
  piece = find_piece (blobs, self->id, self->number, error);
  if (piece == NULL)
    return FALSE;
  if (g_bytes_get_size (piece) < size)
    {
      g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_IO,
                           "a piece in the database is shorter than its upload says");
      return FALSE;
    }
  memcpy (self->piece, g_bytes_get_data (piece, NULL), size);
  self->size = self->stored = size;
  return TRUE;
}

static KouanHubBlob *
pieces_open (KouanHubBlobs *blobs, const guint8 *id, gint64 at, GError **error)
{
  OpenPiece *self = g_new0 (OpenPiece, 1);

  memcpy (self->id, id, sizeof self->id);
  self->number = at / KOUAN_HUB_PIECE_SIZE;
  if (take_up (blobs, self, (gsize)(at % KOUAN_HUB_PIECE_SIZE), error))
    return &self->parent;
  g_free (self);
  return NULL;
}

static gboolean
pieces_hand_over (KouanHubBlob *blob, GError **error)
{
  OpenPiece *self = (OpenPiece *)blob;
  GError *local = NULL;

  if (self->size == self->stored)
    return TRUE;
  if (!kouan_hub_store_put_piece (get_store (blob->blobs), self->id, self->number, self->piece,
                                  self->size, &local))
    return kouan_hub_translate (local, error);
  self->stored = self->size;
  return TRUE;
}

static gboolean
pieces_write (KouanHubBlob *blob, const char *data, gsize size, GError **error)
{
  OpenPiece *self = (OpenPiece *)blob;

  while (size > 0)
    {
      gsize step = MIN (size, sizeof self->piece - self->size);

      memcpy (self->piece + self->size, data, step);
      self->size += step;
      data += step;
      size -= step;
      if (self->size < sizeof self->piece)
        continue;
      if (!pieces_hand_over (blob, error))
        return FALSE;
      self->number++;
      self->size = self->stored = 0;
    }
  return TRUE;
}

/* The record's own commit is what waits for the disk. */
static gboolean
pieces_sync (KouanHubBlob *blob G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static void
pieces_close (KouanHubBlob *blob)
{
  g_free (blob);
}

static gboolean
pieces_promote (KouanHubBlobs *blobs,
                const guint8 *id,
                KouanHubBlob *blob G_GNUC_UNUSED,
                gint64 size,
                const guint8 *sha256,
                GError **error)
{
  g_autoptr (KouanDigest) digest = kouan_digest_new ();
  guint8 found[KOUAN_SHA256_SIZE];
  gint64 left = size;

  for (gint64 number = 0; left > 0; number++)
    {
      g_autoptr (GBytes) piece = find_piece (blobs, id, number, error);
      gsize length = 0;
      const guint8 *data = piece != NULL ? g_bytes_get_data (piece, &length) : NULL;

      if (piece == NULL)
        return FALSE;
      kouan_digest_update (digest, data, length);
      left -= (gint64)length;
    }
  kouan_digest_finish (digest, found);
  if (left == 0 && memcmp (found, sha256, sizeof found) == 0)
    return TRUE;
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_DAMAGED,
                       "the bytes that came are not the ones that the manifest names");
  return FALSE;
}

/* Pieces go with their upload's row. */
static void
pieces_drop (KouanHubBlobs *blobs G_GNUC_UNUSED, const guint8 *id G_GNUC_UNUSED)
{
}

static GPtrArray *
pieces_list (KouanHubBlobs *blobs G_GNUC_UNUSED)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
}

static gboolean
pieces_look_for (
  KouanHubBlobs *blobs, const guint8 *id, gint64 size, gboolean *found, GError **error)
{
  GError *local = NULL;
  gint64 held = 0;

  *found = FALSE;
  if (!kouan_hub_store_measure_pieces (get_store (blobs), id, &held, &local))
    return kouan_hub_translate (local, error);
  *found = held == size;
  return TRUE;
}

static gboolean
write_out (KouanHubBlobs *blobs, const guint8 *id, gint64 size, int fd, GError **error)
{
  gint64 at = 0;

  for (gint64 number = 0; at < size; number++)
    {
      g_autoptr (GBytes) piece = find_piece (blobs, id, number, error);
      gsize length = 0;
      const guint8 *data = piece != NULL ? g_bytes_get_data (piece, &length) : NULL;

      if (piece == NULL)
        return FALSE;
      if (pwrite (fd, data, length, at) != (ssize_t)length)
        return kouan_hub_io_failed (error, "cannot write", "a copy of a record");
      at += (gint64)length;
    }
  return TRUE;
}

static void
pieces_give_back (KouanHubBlobs *blobs G_GNUC_UNUSED, char *path)
{
  g_unlink (path);
  g_free (path);
}

/* Sealed as it is, a copy may lie about for a moment. */
static char *
pieces_borrow (KouanHubBlobs *blobs, const guint8 *id, gint64 size, GError **error)
{
  GError *local = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("kouan-XXXXXX.age", &path, &local);
  gboolean written;

  if (fd < 0)
    {
      kouan_hub_translate (local, error);
      return NULL;
    }
  written = write_out (blobs, id, size, fd, error);
  close (fd);
  if (!written)
    {
      pieces_give_back (blobs, path);
      return NULL;
    }
  return path;
}

static void
pieces_free (KouanHubBlobs *blobs)
{
  g_free (blobs);
}

static const KouanHubBlobsClass class = {
  .free = pieces_free,
  .stage = pieces_stage,
  .measure = pieces_measure,
  .open = pieces_open,
  .write = pieces_write,
  .hand_over = pieces_hand_over,
  .sync = pieces_sync,
  .close = pieces_close,
  .promote = pieces_promote,
  .drop = pieces_drop,
  .list = pieces_list,
  .look_for = pieces_look_for,
  .borrow = pieces_borrow,
  .give_back = pieces_give_back,
};

/* @store: must outlive it */
KouanHubBlobs *
kouan_hub_blobs_in_database (KouanHubStore *store)
{
  Pieces *self = g_new0 (Pieces, 1);

  self->parent.class = &class;
  self->store = store;
  return &self->parent;
}
