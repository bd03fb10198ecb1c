/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/station/station.h"

G_BEGIN_DECLS

/* kouan.conf: which keys there are, what they may hold, and a template that says so. For
 * app/station alone. */
typedef struct _KouanConfiguration KouanConfiguration;

KouanConfiguration *kouan_configuration_load (const char *path,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanConfiguration *kouan_configuration_parse (const char *path,
                                               const char *contents,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_configuration_read (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_configuration_free (KouanConfiguration *self);
const char *kouan_configuration_get (KouanConfiguration *self, const char *group, const char *key);
const char *kouan_configuration_get_translated (KouanConfiguration *self,
                                                const char *group,
                                                const char *key,
                                                const char *language);

char *
kouan_configuration_template (GHashTable *values); /* "group/key" to text, for what is known */

GPtrArray *kouan_configuration_list (KouanConfiguration *self); /* of KouanStationSetting */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanConfiguration, kouan_configuration_free)

G_END_DECLS
