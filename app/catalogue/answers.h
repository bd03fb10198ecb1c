/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A visitor's answers: question id → value, both text. Values are wiped when they go.
 * text, address (lines separated by "\n"), choice (the choice's id): as they are; date:
 * "2026-05-03"; number: "42"; yes-no: "yes" or "no". */
#define KOUAN_ANSWERS_MAX 256
#define KOUAN_ANSWER_SIZE_MAX 4096 /* bytes */

typedef struct _KouanAnswers KouanAnswers;

KouanAnswers *kouan_answers_new (void);
KouanAnswers *kouan_answers_ref (KouanAnswers *self);
void kouan_answers_unref (KouanAnswers *self);
void kouan_answers_set (KouanAnswers *self,
                        const char *id,
                        const char *value);                         /* NULL or "" takes it out */
const char *kouan_answers_get (KouanAnswers *self, const char *id); /* (nullable) */
guint kouan_answers_get_count (KouanAnswers *self);
GPtrArray *kouan_answers_list_ids (KouanAnswers *self); /* (element-type utf8) sorted */
void kouan_answers_clear (KouanAnswers *self);
JsonNode *kouan_answers_to_json (KouanAnswers *self);
KouanAnswers *kouan_answers_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanAnswers, kouan_answers_unref)

G_END_DECLS
