/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON of unknown origin. json-glib 1.6 follows nesting with its stack and does not bound it: look
 * first. */
#define KOUAN_JSON_DEPTH_MAX 32

typedef enum
{
  KOUAN_JSON_ERROR_SYNTAX,
  KOUAN_JSON_ERROR_DEPTH,
} KouanJsonError;
#define KOUAN_JSON_ERROR (kouan_json_error_quark ())
GQuark kouan_json_error_quark (void);

JsonNode *kouan_json_parse (const char *text, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
