/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/station/configuration.h"

G_BEGIN_DECLS

/* Shared by the files of the configuration, and by nobody else. */
typedef enum
{
  TEXT,
  NUMBER,
  LANGUAGE,
  PROFILE,
  HTTPS_URL,
  WINDOW,
} KouanConfigurationKind;

typedef struct
{
  const char *group;
  const char *key; /* a number's ends in its unit: "pause-minutes" */
  KouanConfigurationKind kind;
  gint64 min;
  gint64 max;
  const char *fallback; /* NULL: there is none */
  gboolean required;
  gboolean translated; /* key[LANGUAGE] as well */
  const char *what;    /* with its unit */
} KouanConfigurationRow;

struct _KouanConfiguration
{
  GHashTable *values; /* "group/key" or "group/key[language]" to text */
};

const KouanConfigurationRow *kouan_configuration_rows (gsize *count);
char *kouan_configuration_describe (const KouanConfigurationRow *row);
const char *kouan_configuration_unit (const KouanConfigurationRow *row);
char *kouan_configuration_assign (const char *key, const char *value);

guint kouan_configuration_find_line (const char *contents, const char *group, const char *key);
gboolean kouan_configuration_check_lines (const char *path,
                                          const char *contents,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* last-good.c */
KouanConfiguration *kouan_configuration_load_or_last_good (
  const char *path, char **fault, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
