/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/bench/codes/peer.h"

#include <glib/gstdio.h>
#include <string.h>

/* A process a picture: what it takes is not to be compared with a call of a function. */

struct _KouanPeer
{
  char *program;
  char *folder;
  char *picture;
};

/* Without the program the peer is there and reads nothing. */
KouanPeer *
kouan_peer_new (void)
{
  KouanPeer *self = g_new0 (KouanPeer, 1);

  self->program = g_find_program_in_path ("ZXingReader");
  self->folder = g_dir_make_tmp ("kouan-peer-XXXXXX", NULL);
  self->picture = g_build_filename (self->folder, "view.pgm", NULL);
  return self;
}

gboolean
kouan_peer_is_there (const KouanPeer *self)
{
  return self->program != NULL;
}

static gboolean
save (const KouanPeer *self, const KouanSceneView *view)
{
  g_autoptr (GString) file = g_string_new (NULL);

  g_string_printf (file, "P5\n%d %d\n255\n", view->width, view->height);
  g_string_append_len (file, (const char *)view->gray, (gssize)view->width * view->height);
  return g_file_set_contents (self->picture, file->str, (gssize)file->len, NULL);
}

/* Returns: how many of the texts it read; it says one code a picture */
guint
kouan_peer_count (KouanPeer *self, const KouanSceneView *view)
{
  const char *argv[] = { self->program, "-1", "-format", "QRCode", self->picture, NULL };
  g_autofree char *said = NULL;
  guint count = 0;

  if (self->program == NULL || !save (self, view)
      || !g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &said,
                        NULL, NULL, NULL))
    return 0;
  for (guint i = 0; i < view->texts->len; i++)
    count += strstr (said, view->texts->pdata[i]) != NULL;
  return count;
}

void
kouan_peer_free (KouanPeer *self)
{
  g_unlink (self->picture);
  g_rmdir (self->folder);
  g_free (self->picture);
  g_free (self->folder);
  g_free (self->program);
  g_free (self);
}
