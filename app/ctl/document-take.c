/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/document-take.h"

#include "app/ctl/document-lines.h"
#include "app/ctl/fields.h"
#include "app/ctl/programs.h"
#include "app/devices/camera-still.h"
#include "app/devices/scanner.h"
#include "app/devices/stick.h"

/* `kouanctl document take` does at a terminal what "Scan it" and "Photograph it" do on the screen:
 * one page from a device, made readable, measured and judged. `kouanctl document list` is the list
 * of what is on a stick; a file of it is then for `document import`. Devices are named as in
 * kouan.conf. */

#define FILE_MODE 0600

typedef struct
{
  char *scanner;
  char *camera;
  char *stick;
  char *out;
  gboolean colour;
  gboolean zone;

  GMainLoop *loop;
  KouanPage *page;  /* (nullable) */
  GPtrArray *files; /* (nullable): of KouanStickFile */
  gboolean complete;
  GError *error;
} Taking;

static void
taking_clear (Taking *self)
{
  g_free (self->scanner);
  g_free (self->camera);
  g_free (self->stick);
  g_free (self->out);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->page, kouan_page_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taking, taking_clear)

static gboolean
parse (int argc, char **argv, Taking *self, GError **error)
{
  const GOptionEntry entries[] = {
    { "scanner", 0, 0, G_OPTION_ARG_STRING, &self->scanner, "As in kouan.conf", "SOURCE" },
    { "camera", 0, 0, G_OPTION_ARG_STRING, &self->camera, "As in kouan.conf", "SOURCE" },
    { "stick", 0, 0, G_OPTION_ARG_STRING, &self->stick, "As in kouan.conf", "SOURCE" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &self->out, "The picture that is made", "FILE.jpg" },
    { "colour", 0, 0, G_OPTION_ARG_NONE, &self->colour, "The paper is needed in colour", NULL },
    { "zone", 0, 0, G_OPTION_ARG_NONE, &self->zone, "It is a copy of a travel document", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, &argc, &argv, error);
}

static void
on_scan_progress (double fraction, gpointer data G_GNUC_UNUSED)
{
  g_printerr ("kouanctl: %3.0f %% of the page\n", fraction * 100);
}

static void
on_scan_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Taking *self = data;

  self->page = kouan_scanner_scan_finish (KOUAN_SCANNER (source), result, &self->error);
  g_main_loop_quit (self->loop);
}

static gboolean
take_from_scanner (Taking *self, KouanPixels *pixels)
{
  g_autofree char *program = kouan_ctl_find_scan ();
  g_autoptr (KouanScanner) scanner = NULL;

  scanner = kouan_scanner_new_for_source (self->scanner, program != NULL ? program : "", pixels,
                                          &self->error);
  if (scanner == NULL)
    return FALSE;
  kouan_scanner_scan_async (scanner, on_scan_progress, NULL, NULL, on_scan_ready, self);
  g_main_loop_run (self->loop);
  return self->page != NULL;
}

static void
on_still_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Taking *self = data;

  self->page = kouan_camera_still_finish (KOUAN_CAMERA (source), result, &self->error);
  g_main_loop_quit (self->loop);
}

static gboolean
take_from_camera (Taking *self)
{
  g_autoptr (KouanCamera) camera = kouan_camera_new_for_source (self->camera, &self->error);

  if (camera == NULL)
    return FALSE;
  kouan_camera_start (camera);
  kouan_camera_still_async (camera, NULL, on_still_ready, self);
  g_main_loop_run (self->loop);
  kouan_camera_stop (camera);
  return self->page != NULL;
}

/* What the screen would say of what a device did not do. */
static const char *
remedy_of (const GError *error)
{
  if (error->domain == KOUAN_SCANNER_ERROR)
    return kouan_scanner_error_remedy (error);
  if (error->domain == KOUAN_CAMERA_STILL_ERROR)
    return kouan_camera_still_error_remedy (error);
  return error->domain == KOUAN_STICK_ERROR ? kouan_stick_error_remedy (error) : NULL;
}

static KouanExit
give_up (const Taking *self)
{
  const char *remedy = remedy_of (self->error);
  KouanExit answer = kouan_ctl_failed (self->error);

  if (remedy != NULL)
    g_printerr ("kouanctl: %s\n", remedy);
  return answer;
}

static gboolean
write_picture (Taking *self, const KouanTake *take)
{
  gsize size;
  const char *bytes = g_bytes_get_data (take->sheet->jpeg->bytes, &size);

  if (self->out == NULL)
    return TRUE;
  return g_file_set_contents_full (self->out, bytes, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT,
                                   FILE_MODE, &self->error);
}

/* kouanctl document take --scanner SOURCE | --camera SOURCE [--out FILE.jpg] [--colour] [--zone] */
KouanExit
kouan_ctl_document_take (int argc, char **argv)
{
  g_auto (Taking) self = { 0 };
  g_autoptr (KouanPixels) pixels = NULL;
  g_autoptr (KouanTake) take = NULL;
  KouanAsked asked = KOUAN_ASKED_NOTHING;

  if (!parse (argc, argv, &self, &self.error))
    return kouan_ctl_usage ("document: %s", self.error->message);
  if ((self.scanner != NULL) == (self.camera != NULL))
    return kouan_ctl_usage ("document take: from --scanner SOURCE or --camera SOURCE?");
  pixels = kouan_ctl_pixels_new ();
  if (pixels == NULL)
    return KOUAN_EXIT_UNAVAILABLE;
  self.loop = g_main_loop_new (NULL, FALSE);
  if (self.scanner != NULL ? !take_from_scanner (&self, pixels) : !take_from_camera (&self))
    return give_up (&self);
  if (self.colour)
    asked |= KOUAN_ASKED_COLOUR;
  if (self.zone)
    asked |= KOUAN_ASKED_ZONE;
  take = kouan_take_new (self.page, asked, NULL);
  if (!write_picture (&self, take))
    return kouan_ctl_failed (self.error);
  kouan_ctl_document_print_take (self.scanner != NULL ? self.scanner : self.camera, 1, take,
                                 take->sheet->findings, self.out);
  return take->sheet->findings != KOUAN_FINDING_NONE ? KOUAN_EXIT_NO : KOUAN_EXIT_OK;
}

static void
on_list_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Taking *self = data;

  self->files
    = kouan_stick_list_finish (KOUAN_STICK (source), result, &self->complete, &self->error);
  g_main_loop_quit (self->loop);
}

static void
print_file (const KouanStickFile *file)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  g_autofree char *path = g_filename_display_name (file->path);

  kouan_ctl_add_text (line, "name", file->name);
  kouan_ctl_add_text (line, "path", path);
  kouan_ctl_add_int (line, "bytes", (gint64)file->size);
  kouan_ctl_add_text (line, "kind", kouan_file_kind_name (file->kind));
  kouan_ctl_add_bool (line, "taken", kouan_stick_file_is_taken (file));
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

/* kouanctl document list --stick SOURCE */
KouanExit
kouan_ctl_document_list (int argc, char **argv)
{
  g_auto (Taking) self = { 0 };
  g_autoptr (KouanStick) stick = NULL;

  if (!parse (argc, argv, &self, &self.error))
    return kouan_ctl_usage ("document: %s", self.error->message);
  if (self.stick == NULL)
    return kouan_ctl_usage ("document list: of which --stick SOURCE?");
  self.loop = g_main_loop_new (NULL, FALSE);
  stick = kouan_stick_new_for_source (self.stick, &self.error);
  if (stick == NULL)
    return give_up (&self);
  kouan_stick_list_async (stick, NULL, on_list_ready, &self);
  g_main_loop_run (self.loop);
  if (self.files == NULL)
    return give_up (&self);
  for (guint i = 0; i < self.files->len; i++)
    print_file (g_ptr_array_index (self.files, i));
  if (!self.complete)
    g_printerr ("kouanctl: there is more on the stick than is looked at\n");
  return KOUAN_EXIT_OK;
}
