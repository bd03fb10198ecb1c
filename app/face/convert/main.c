/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-face-convert"

#include "app/face/weights.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* kouan-face-convert FOLDER FILE: makes one file of the three models of face-api, each of which is
 * a list of tables in JSON and their bytes one after the other. Runs when the project is built.
 *
 * A table is in floats, or in bytes with a scale and what the byte 0 stands for. */

static const char *const models[]
  = { "tiny_face_detector", "face_landmark_68", "face_recognition" };

typedef struct
{
  GArray *entries; /* of KouanFaceEntry, offsets from the first weight */
  GByteArray *data;
} Output;

static guint32
bits_of (double value)
{
  float narrow = (float)value;
  guint32 bits;

  memcpy (&bits, &narrow, sizeof bits);
  return GUINT32_TO_LE (bits);
}

static gsize
read_dimensions (JsonArray *shape, KouanFaceEntry *entry)
{
  gsize count = 1;

  for (guint i = 0; i < KOUAN_FACE_DIMENSIONS; i++)
    {
      guint size
        = i < json_array_get_length (shape) ? (guint)json_array_get_int_element (shape, i) : 1;

      entry->dimensions[i] = GUINT32_TO_LE (size);
      count *= size;
    }
  return count;
}

/* Returns: how many of @bytes are its, or 0 if it is not as it should be */
static gsize
add_table (Output *output, const char *model, JsonObject *table, const guint8 *bytes, gsize room)
{
  const char *name = json_object_get_string_member_with_default (table, "name", "");
  JsonObject *scaled = json_object_has_member (table, "quantization")
                         ? json_object_get_object_member (table, "quantization")
                         : NULL;
  g_autofree char *path = g_strdup_printf ("%s/%s", model, name);
  KouanFaceEntry entry = { .is_bytes = GUINT32_TO_LE (scaled != NULL) };
  gsize size = read_dimensions (json_object_get_array_member (table, "shape"), &entry);

  if (scaled == NULL)
    size *= sizeof (float);
  if (size > room || strlen (path) >= sizeof entry.name)
    return 0;
  memcpy (entry.name, path, strlen (path));
  entry.offset = output->data->len;
  if (scaled != NULL)
    {
      entry.scale = bits_of (json_object_get_double_member (scaled, "scale"));
      entry.least = bits_of (json_object_get_double_member (scaled, "min"));
    }
  g_array_append_val (output->entries, entry);
  g_byte_array_append (output->data, bytes, (guint)size);
  return size;
}

static gboolean
add_model (Output *output, const char *folder, const char *model, GError **error)
{
  g_autofree char *list_name = g_strconcat (model, "_model-weights_manifest.json", NULL);
  g_autofree char *list_path = g_build_filename (folder, list_name, NULL);
  g_autofree char *bytes_name = g_strconcat (model, "_model.bin", NULL);
  g_autofree char *bytes_path = g_build_filename (folder, bytes_name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *bytes = NULL;
  JsonArray *tables;
  gsize size, used = 0;

  if (!json_parser_load_from_file (parser, list_path, error)
      || !g_file_get_contents (bytes_path, &bytes, &size, error))
    return FALSE;
  tables = json_object_get_array_member (
    json_array_get_object_element (json_node_get_array (json_parser_get_root (parser)), 0),
    "weights");
  for (guint i = 0; i < json_array_get_length (tables); i++)
    {
      gsize taken = add_table (output, model, json_array_get_object_element (tables, i),
                               (const guint8 *)bytes + used, size - used);

      if (taken == 0)
        break;
      used += taken;
    }
  if (used == size)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s does not fit its list", bytes_path);
  return FALSE;
}

static gboolean
write_output (Output *output, const char *path, GError **error)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  guint32 count = GUINT32_TO_LE (output->entries->len);
  gsize first = KOUAN_FACE_HEAD_SIZE + output->entries->len * sizeof (KouanFaceEntry);

  g_byte_array_append (file, (const guint8 *)KOUAN_FACE_MAGIC, strlen (KOUAN_FACE_MAGIC));
  g_byte_array_append (file, (const guint8 *)&count, sizeof count);
  g_byte_array_append (file, (const guint8 *)"\0\0\0\0", 4);
  for (guint i = 0; i < output->entries->len; i++)
    {
      KouanFaceEntry *entry = &g_array_index (output->entries, KouanFaceEntry, i);

      entry->offset = GUINT32_TO_LE ((guint32)(first + entry->offset));
    }
  g_byte_array_append (file, (const guint8 *)output->entries->data,
                       output->entries->len * (guint)sizeof (KouanFaceEntry));
  g_byte_array_append (file, output->data->data, output->data->len);
  return g_file_set_contents (path, (const char *)file->data, file->len, error);
}

int
main (int argc, char **argv)
{
  Output output = { g_array_new (FALSE, FALSE, sizeof (KouanFaceEntry)), g_byte_array_new () };
  g_autoptr (GError) error = NULL;
  gboolean made = argc == 3;

  if (argc != 3)
    g_printerr ("usage: kouan-face-convert FOLDER FILE\n");
  for (guint i = 0; made && i < G_N_ELEMENTS (models); i++)
    made = add_model (&output, argv[1], models[i], &error);
  made = made && write_output (&output, argv[2], &error);
  if (error != NULL)
    g_printerr ("kouan-face-convert: %s\n", error->message);
  g_array_unref (output.entries);
  g_byte_array_unref (output.data);
  return made ? 0 : 1;
}
