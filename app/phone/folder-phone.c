/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-phone"

#include "app/phone/folder-phone.h"

#include "app/phone/protocol.h"

/* Plays a visitor with a phone, for the demonstration and for tests: takes up the code after a
 * while and sends a file, or all files of a folder in the order of their names. */

#define PACE_MS 500
#define TICKS_WAITING 6 /* before the code is taken up */
#define TICKS_A_FILE 4
#define CODE 2718

struct _KouanFolderPhone
{
  KouanPhone parent_instance;

  char *path;
  KouanFolderPhoneFault fault;
  guint pace_ms;

  /* While it is started. */
  guint timer;
  guint ticks;
  GPtrArray *files; /* of char * */
};

G_DEFINE_FINAL_TYPE (KouanFolderPhone, kouan_folder_phone, KOUAN_TYPE_PHONE)

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
list_files (const char *path)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  if (folder == NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    g_ptr_array_add (files, g_strdup (path));
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (files, g_build_filename (path, name, NULL));
  g_ptr_array_sort (files, compare_names);
  if (files->len > KOUAN_PHONE_BATCH_MAX)
    g_ptr_array_set_size (files, KOUAN_PHONE_BATCH_MAX);
  return files;
}

static void
send_file (KouanFolderPhone *self, guint index)
{
  g_autoptr (KouanPhoneFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize size;

  if (!g_file_get_contents (self->files->pdata[index], &contents, &size, &error))
    {
      g_message ("The phone's file: %s", error->message);
      kouan_phone_emit_trouble (KOUAN_PHONE (self), KOUAN_PHONE_ERROR_CUT, "no such file");
      return;
    }
  bytes = g_bytes_new_take (contents, size);
  file = kouan_phone_file_new (bytes, CODE, index, self->files->len);
  kouan_phone_emit_file (KOUAN_PHONE (self), file);
}

static void
end (KouanFolderPhone *self, KouanPhoneError code)
{
  kouan_phone_stop (KOUAN_PHONE (self));
  kouan_phone_emit_trouble (KOUAN_PHONE (self), code, "the pretended phone has ended");
}

/* @tick: since the code was taken up, from 1 */
static void
send_some (KouanFolderPhone *self, guint tick)
{
  guint index = (tick - 1) / TICKS_A_FILE, part = (tick - 1) % TICKS_A_FILE;

  if (index >= self->files->len)
    return;
  if (self->fault == KOUAN_FOLDER_PHONE_CUT && part == TICKS_A_FILE / 2)
    {
      self->ticks = TICKS_WAITING + self->files->len * TICKS_A_FILE; /* it tries no more */
      kouan_phone_emit_trouble (KOUAN_PHONE (self), KOUAN_PHONE_ERROR_CUT, "played");
    }
  else if (part < TICKS_A_FILE - 1)
    kouan_phone_emit_progress (KOUAN_PHONE (self), (part + 1) / (double)TICKS_A_FILE);
  else
    send_file (self, index);
}

static gboolean
on_tick (gpointer data)
{
  g_autoptr (KouanFolderPhone) self = g_object_ref (data);

  self->ticks++;
  if (self->fault == KOUAN_FOLDER_PHONE_MISSING)
    end (self, KOUAN_PHONE_ERROR_OFFLINE);
  else if (self->fault == KOUAN_FOLDER_PHONE_LATE && self->ticks > TICKS_WAITING)
    end (self, KOUAN_PHONE_ERROR_TIME_OVER);
  else if (self->ticks == 1)
    kouan_phone_set_address (KOUAN_PHONE (self), "http://192.0.2.1:8080/played#key");
  else if (self->ticks == TICKS_WAITING)
    kouan_phone_emit_here (KOUAN_PHONE (self));
  else if (self->ticks > TICKS_WAITING)
    send_some (self, self->ticks - TICKS_WAITING);
  return self->timer != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
kouan_folder_phone_start (KouanPhone *phone, const char *language G_GNUC_UNUSED)
{
  KouanFolderPhone *self = KOUAN_FOLDER_PHONE (phone);

  self->ticks = 0;
  self->files = list_files (self->path);
  self->timer = g_timeout_add (self->pace_ms, on_tick, self);
}

static void
kouan_folder_phone_stop (KouanPhone *phone)
{
  KouanFolderPhone *self = KOUAN_FOLDER_PHONE (phone);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->files, g_ptr_array_unref);
}

static void
kouan_folder_phone_finalize (GObject *object)
{
  KouanFolderPhone *self = KOUAN_FOLDER_PHONE (object);

  kouan_folder_phone_stop (KOUAN_PHONE (self));
  g_free (self->path);
  G_OBJECT_CLASS (kouan_folder_phone_parent_class)->finalize (object);
}

static void
kouan_folder_phone_class_init (KouanFolderPhoneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_folder_phone_finalize;
  KOUAN_PHONE_CLASS (klass)->start = kouan_folder_phone_start;
  KOUAN_PHONE_CLASS (klass)->stop = kouan_folder_phone_stop;
}

static void
kouan_folder_phone_init (KouanFolderPhone *self)
{
  self->pace_ms = PACE_MS;
}

/* @path: a file, or a folder of files */
KouanPhone *
kouan_folder_phone_new (const char *path)
{
  KouanFolderPhone *self = g_object_new (KOUAN_TYPE_FOLDER_PHONE, NULL);

  self->path = g_strdup (path);
  return KOUAN_PHONE (self);
}

void
kouan_folder_phone_set_fault (KouanFolderPhone *self, KouanFolderPhoneFault fault)
{
  g_return_if_fail (KOUAN_IS_FOLDER_PHONE (self));

  self->fault = fault;
}

/* How long each of its moves takes; counts from the next start. */
void
kouan_folder_phone_set_pace (KouanFolderPhone *self, guint pace_ms)
{
  g_return_if_fail (KOUAN_IS_FOLDER_PHONE (self));
  g_return_if_fail (pace_ms > 0);

  self->pace_ms = pace_ms;
}
