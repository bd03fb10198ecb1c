/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/check.h"
#include "app/catalogue/expression.h"
#include "app/catalogue/model.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Inside this folder only: one file of a catalogue while it is read. Every fault is noted with its
 * place and the reading goes on, so that an author sees all of them at once. */
typedef struct
{
  const char *file;
  KouanService *service;
  GPtrArray *faults;  /* of KouanFault */
  const GDate *today; /* (nullable): without it nothing is due for review */
  const char *prefix; /* (nullable): of the names in what is repeated: "companion_2_" */
} KouanReader;

/* One object in the file. */
typedef struct
{
  KouanReader *reader;
  JsonObject *object;
  char *path;
} KouanPlace;

gboolean kouan_place_init (KouanPlace *self,
                           KouanReader *reader,
                           JsonNode *node,
                           const char *path,
                           const char *const *members);
void kouan_place_clear (KouanPlace *self);
void kouan_place_fault (
  KouanPlace *self, const char *member, KouanFaultKind kind, const char *what, const char *remedy);
void kouan_reader_fault (
  KouanReader *self, const char *path, KouanFaultKind kind, const char *what, const char *remedy);
guint kouan_reader_count_errors (GPtrArray *faults);

char *kouan_place_id (KouanPlace *self);
const char *kouan_place_string (KouanPlace *self, const char *member, gboolean required);
gint64
kouan_place_number (KouanPlace *self, const char *member, gint64 fallback, gint64 low, gint64 high);
gboolean kouan_place_truth (KouanPlace *self, const char *member, gboolean fallback);
gboolean kouan_place_date (KouanPlace *self, const char *member, GDate *date);
int kouan_place_word (KouanPlace *self, const char *member, const char *const *words, int fallback);
KouanPhrase *kouan_place_text (KouanPlace *self, const char *member, gboolean required);
KouanExpression *kouan_place_expression (
  KouanPlace *self, const char *member, KouanType type, guint before, gboolean required);
KouanExpression *kouan_reader_expression (
  KouanReader *self, const char *text, KouanType type, guint before, GError **error);
void kouan_place_rules (KouanPlace *self, GPtrArray *rules, gboolean required);
void kouan_place_strings (KouanPlace *self, const char *member, GPtrArray *strings);

typedef void (*KouanElementFunc) (
  KouanReader *reader, JsonNode *node, const char *path, guint index, gpointer data);
void kouan_place_each (
  KouanPlace *self, const char *member, guint max, KouanElementFunc read, gpointer data);

/* The parts of a service, by file. */
void
kouan_read_rule (KouanReader *reader, JsonNode *node, const char *path, guint index, gpointer data);
void kouan_read_question (
  KouanReader *reader, JsonNode *node, const char *path, guint index, gpointer data);
void kouan_read_group (
  KouanReader *reader, JsonNode *node, const char *path, guint index, gpointer data);
void kouan_read_document (
  KouanReader *reader, JsonNode *node, const char *path, guint index, gpointer data);
void
kouan_read_fee (KouanReader *reader, JsonNode *node, const char *path, guint index, gpointer data);
void kouan_read_deadline (
  KouanReader *reader, JsonNode *node, const char *path, guint index, gpointer data);
void kouan_read_eligibility (
  KouanReader *reader, JsonNode *node, const char *path, guint index, gpointer data);

void kouan_read_estimate (
  KouanReader *reader, JsonNode *node, const char *path, guint index, gpointer data);
void
kouan_read_list (KouanReader *reader, JsonNode *node, const char *path, guint index, gpointer data);
void kouan_read_declaration (KouanPlace *root);
void kouan_read_authentication (
  KouanReader *reader, JsonNode *node, const char *path, guint index, gpointer data);
KouanDocumentGroup *kouan_service_find_group (KouanService *self, const char *id);

KouanService *kouan_read_service (
  const char *file, const char *text, gsize size, const GDate *today, GPtrArray *faults);
KouanCalendar *kouan_read_calendar (
  const char *file, const char *text, gsize size, const GDate *today, GPtrArray *faults);
void kouan_check_fees (KouanReader *reader);
gboolean kouan_is_possible (KouanService *service, KouanExpression *expression);
KouanFault *kouan_fault_new (
  KouanFaultKind kind, const char *file, const char *path, const char *what, const char *remedy);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanPlace, kouan_place_clear)

G_END_DECLS
