/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/visit.h"

#include "app/crypto/primitives.h"
#include "app/session/checks-json.h"

#include <json-glib/json-glib.h>

/* What one person has told the kiosk, as a plain structure and as the JSON that a draft seals. The
 * JSON is only ever read back after its seal was checked, yet it is read as if it were not: a draft
 * written by another version gives what it has, and what is missing or of another type is simply
 * not answered yet. */

#define VISIT_VERSION 1
#define PAGES_MAX 20 /* a document */

static void
visit_document_free (KouanVisitDocument *document)
{
  g_free (document->kind);
  g_ptr_array_unref (document->sheets);
  g_free (document);
}

void
kouan_visit_portrait_free (KouanVisitPortrait *self)
{
  g_free (self->file);
  g_strfreev (self->findings);
  g_strfreev (self->fits);
  g_free (self->consent_sha256);
  g_free (self);
}

KouanVisit *
kouan_visit_new (void)
{
  KouanVisit *self = g_new0 (KouanVisit, 1);

  self->answers = kouan_answers_new ();
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify)visit_document_free);
  return self;
}

void
kouan_visit_free (KouanVisit *self)
{
  g_free (self->code_text);
  g_free (self->language);
  g_free (self->consent_sha256);
  g_strfreev (self->zone);
  g_free (self->zone_source);
  g_clear_pointer (&self->checks, kouan_checks_unref);
  g_clear_pointer (&self->portrait, kouan_visit_portrait_free);
  g_clear_pointer (&self->answers, kouan_answers_unref);
  g_ptr_array_unref (self->documents);
  g_free (self->signature);
  g_free (self->group_receipt);
  g_free (self);
}

/* Returns: (transfer none) (nullable) */
KouanVisitDocument *
kouan_visit_find_document (KouanVisit *self, const char *kind)
{
  for (guint i = 0; i < self->documents->len; i++)
    {
      KouanVisitDocument *document = g_ptr_array_index (self->documents, i);

      if (g_str_equal (document->kind, kind))
        return document;
    }
  return NULL;
}

/* Returns: (transfer none) */
KouanVisitDocument *
kouan_visit_ensure_document (KouanVisit *self, const char *kind)
{
  KouanVisitDocument *document = kouan_visit_find_document (self, kind);

  if (document != NULL)
    return document;
  document = g_new0 (KouanVisitDocument, 1);
  document->kind = g_strdup (kind);
  document->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_sheet_unref);
  g_ptr_array_add (self->documents, document);
  return document;
}

guint
kouan_visit_count_pages (KouanVisit *self, const char *kind)
{
  KouanVisitDocument *document = kouan_visit_find_document (self, kind);

  return document != NULL ? document->sheets->len : 0;
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_strings (JsonBuilder *builder, const char *name, char **values)
{
  if (values == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; *values != NULL; values++)
    json_builder_add_string_value (builder, *values);
  json_builder_end_array (builder);
}

static void
add_fingerprint (JsonBuilder *builder, GBytes *fingerprint)
{
  g_autofree char *text = NULL;

  if (fingerprint == NULL)
    return;
  text = g_base64_encode (g_bytes_get_data (fingerprint, NULL), g_bytes_get_size (fingerprint));
  add_string (builder, "fingerprint", text);
}

static void
add_sheet (JsonBuilder *builder, const KouanSheet *sheet)
{
  g_auto (GStrv) findings = kouan_findings_to_ids (sheet->findings);

  json_builder_begin_object (builder);
  add_string (builder, "file", sheet->file);
  add_int (builder, "width", sheet->jpeg->width);
  add_int (builder, "height", sheet->jpeg->height);
  add_int (builder, "dpi", sheet->jpeg->dpi);
  add_strings (builder, "findings", findings);
  add_fingerprint (builder, sheet->fingerprint);
  add_string (builder, "text", sheet->text);
  add_string (builder, "zone", sheet->zone);
  json_builder_end_object (builder);
}

static void
add_documents (JsonBuilder *builder, GPtrArray *documents)
{
  json_builder_set_member_name (builder, "documents");
  json_builder_begin_array (builder);
  for (guint i = 0; i < documents->len; i++)
    {
      KouanVisitDocument *document = g_ptr_array_index (documents, i);

      json_builder_begin_object (builder);
      add_string (builder, "kind", document->kind);
      add_int (builder, "later", document->later);
      json_builder_set_member_name (builder, "pages");
      json_builder_begin_array (builder);
      for (guint k = 0; k < document->sheets->len; k++)
        add_sheet (builder, g_ptr_array_index (document->sheets, k));
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_portrait (JsonBuilder *builder, const KouanVisitPortrait *portrait)
{
  if (portrait == NULL)
    return;
  json_builder_set_member_name (builder, "portrait");
  json_builder_begin_object (builder);
  add_string (builder, "file", portrait->file);
  add_strings (builder, "findings", portrait->findings);
  add_strings (builder, "fits", portrait->fits);
  add_int (builder, "consented_s", portrait->consented_s);
  add_string (builder, "consent_sha256", portrait->consent_sha256);
  json_builder_end_object (builder);
}

/* Returns: (transfer full): UTF-8 JSON */
GBytes *
kouan_visit_serialize (KouanVisit *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *code_id = kouan_hex (self->code_id, sizeof self->code_id);
  char *text;

  json_builder_begin_object (builder);
  add_int (builder, "version", VISIT_VERSION);
  add_string (builder, "state", kouan_flow_state_to_string (self->state));
  add_int (builder, "walk_in", self->walk_in);
  add_string (builder, "code_id", code_id);
  add_int (builder, "service", self->service);
  add_string (builder, "code_text", self->code_text);
  add_string (builder, "language", self->language);
  add_int (builder, "started_s", self->started_s);
  add_int (builder, "consented_s", self->consented_s);
  add_string (builder, "consent_sha256", self->consent_sha256);
  add_strings (builder, "zone", self->zone);
  add_string (builder, "zone_source", self->zone_source);
  if (self->checks != NULL)
    {
      json_builder_set_member_name (builder, "checks");
      json_builder_add_value (builder, kouan_checks_to_json (self->checks));
    }
  add_portrait (builder, self->portrait);
  json_builder_set_member_name (builder, "answers");
  json_builder_add_value (builder, kouan_answers_to_json (self->answers));
  add_int (builder, "question", self->question);
  add_documents (builder, self->documents);
  add_string (builder, "signature", self->signature);
  add_int (builder, "signature_typed", self->signature_typed);
  add_string (builder, "group_receipt", self->group_receipt);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static gint64
get_int (JsonObject *object, const char *name, gint64 min, gint64 max)
{
  gint64 value = json_object_get_int_member_with_default (object, name, min);

  return CLAMP (value, min, max);
}

static char *
dup_string (JsonObject *object, const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, NULL));
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static char **
dup_strings (JsonObject *object, const char *name)
{
  JsonArray *array = get_array (object, name);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }
  return g_strv_builder_end (builder);
}

static GBytes *
dup_fingerprint (JsonObject *object)
{
  const char *text = json_object_get_string_member_with_default (object, "fingerprint", NULL);
  guchar *data;
  gsize size;

  if (text == NULL)
    return NULL;
  data = g_base64_decode (text, &size);
  return g_bytes_new_take (data, size);
}

static void
read_sheet (KouanVisitDocument *document, JsonObject *object)
{
  const char *file = json_object_get_string_member_with_default (object, "file", NULL);
  guint width = get_int (object, "width", 1, G_MAXUINT16);
  guint height = get_int (object, "height", 1, G_MAXUINT16);
  guint8 uuid[KOUAN_UUID_SIZE];
  g_auto (GStrv) findings = NULL;
  g_autoptr (KouanJpeg) jpeg = NULL;
  g_autoptr (GBytes) fingerprint = NULL;
  g_autofree char *text = NULL;
  g_autofree char *zone = NULL;
  g_autoptr (KouanSheet) sheet = NULL;

  if (file == NULL || !kouan_uuid_from_string (file, uuid) || document->sheets->len >= PAGES_MAX)
    return;
  findings = dup_strings (object, "findings");
  jpeg = kouan_jpeg_new (width, height, get_int (object, "dpi", 1, 1200), NULL);
  fingerprint = dup_fingerprint (object);
  text = dup_string (object, "text");
  zone = dup_string (object, "zone");
  sheet = kouan_sheet_new (jpeg, kouan_findings_from_ids ((const char *const *)findings),
                           fingerprint, text, zone);
  g_ptr_array_add (document->sheets, kouan_sheet_new_kept (sheet, file));
}

static void
read_document (KouanVisit *self, JsonObject *object)
{
  const char *kind = json_object_get_string_member_with_default (object, "kind", NULL);
  JsonArray *pages = get_array (object, "pages");
  KouanVisitDocument *document;

  if (kind == NULL)
    return;
  document = kouan_visit_ensure_document (self, kind);
  document->later = get_int (object, "later", 0, 1);
  for (guint i = 0; pages != NULL && i < json_array_get_length (pages); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (pages, i)))
      read_sheet (document, json_array_get_object_element (pages, i));
}

static void
read_portrait (KouanVisit *self, JsonNode *node)
{
  JsonObject *object;
  const char *file;
  guint8 uuid[KOUAN_UUID_SIZE];

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  object = json_node_get_object (node);
  file = json_object_get_string_member_with_default (object, "file", "");
  if (!kouan_uuid_from_string (file, uuid))
    return;
  self->portrait = g_new0 (KouanVisitPortrait, 1);
  self->portrait->file = g_strdup (file);
  self->portrait->findings = dup_strings (object, "findings");
  self->portrait->fits = dup_strings (object, "fits");
  self->portrait->consented_s = get_int (object, "consented_s", 0, G_MAXINT64);
  self->portrait->consent_sha256 = dup_string (object, "consent_sha256");
}

static void
read_members (KouanVisit *self, JsonObject *object)
{
  const char *code_id = json_object_get_string_member_with_default (object, "code_id", "");
  JsonArray *documents = get_array (object, "documents");

  self->state = kouan_flow_state_from_string (
    json_object_get_string_member_with_default (object, "state", NULL));
  self->walk_in = get_int (object, "walk_in", 0, 1);
  if (!kouan_unhex (code_id, self->code_id, sizeof self->code_id))
    memset (self->code_id, 0, sizeof self->code_id);
  self->service = get_int (object, "service", 0, G_MAXUINT16);
  self->code_text = dup_string (object, "code_text");
  self->language = dup_string (object, "language");
  self->started_s = get_int (object, "started_s", 0, G_MAXINT64);
  self->consented_s = get_int (object, "consented_s", 0, G_MAXINT64);
  self->consent_sha256 = dup_string (object, "consent_sha256");
  self->zone = dup_strings (object, "zone");
  self->zone_source = dup_string (object, "zone_source");
  self->checks = kouan_checks_from_json (json_object_get_member (object, "checks"));
  read_portrait (self, json_object_get_member (object, "portrait"));
  self->question = get_int (object, "question", 0, G_MAXUINT16);
  self->signature = dup_string (object, "signature");
  self->signature_typed = get_int (object, "signature_typed", 0, 1);
  self->group_receipt = dup_string (object, "group_receipt");
  for (guint i = 0; documents != NULL && i < json_array_get_length (documents); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (documents, i)))
      read_document (self, json_array_get_object_element (documents, i));
}

/**
 * kouan_visit_deserialize:
 *
 * Returns: (transfer full) (nullable): the visit, or NULL where @data is not a visit of a version
 * we know
 */
KouanVisit *
kouan_visit_deserialize (GBytes *data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (KouanVisit) self = kouan_visit_new ();
  JsonNode *root, *answers;
  JsonObject *object;

  if (!json_parser_load_from_data (parser, g_bytes_get_data (data, NULL), g_bytes_get_size (data),
                                   NULL))
    return NULL;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  object = json_node_get_object (root);
  if (json_object_get_int_member_with_default (object, "version", 0) != VISIT_VERSION)
    return NULL;
  read_members (self, object);
  answers = json_object_get_member (object, "answers");
  if (answers != NULL)
    {
      g_autoptr (KouanAnswers) kept = kouan_answers_from_json (answers, NULL);

      if (kept != NULL)
        {
          kouan_answers_unref (self->answers);
          self->answers = g_steal_pointer (&kept);
        }
    }
  return g_steal_pointer (&self);
}
