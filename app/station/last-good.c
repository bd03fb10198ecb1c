/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-station"

#include "app/crypto/durable.h"
#include "app/station/configuration-private.h"

#include <string.h>

/* A slip of the pen in kouan.conf must not close a hall. Each configuration that was right is kept
 * beside it as kouan.conf.good, and what follows one that is wrong goes on with that. It is written
 * only when it changes; whoever may not write there (a tool that only looks) leaves it. */

#define PUBLIC_MODE 0644

static void
keep (const char *good, const char *contents)
{
  g_autofree char *known = NULL;
  g_autoptr (GError) error = NULL;

  if (g_file_get_contents (good, &known, NULL, NULL) && g_str_equal (known, contents))
    return;
  if (!kouan_write_file_durably (good, (const guint8 *)contents, strlen (contents), PUBLIC_MODE,
                                 &error))
    g_message ("%s", error->message);
}

/**
 * kouan_configuration_load_or_last_good:
 * @fault: (out) (transfer full) (nullable): what is wrong with the file, if it is not the one in
 * use
 *
 * Returns: (transfer full): a configuration that is right; NULL with the file's own fault if there
 * never was one
 */
KouanConfiguration *
kouan_configuration_load_or_last_good (const char *path, char **fault, GError **error)
{
  g_autofree char *good = g_strconcat (path, KOUAN_STATION_CONFIG_GOOD_SUFFIX, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) local = NULL;
  KouanConfiguration *self = NULL;

  *fault = NULL;
  contents = kouan_configuration_read (path, &local);
  if (contents != NULL)
    self = kouan_configuration_parse (path, contents, &local);
  if (self != NULL)
    {
      keep (good, contents);
      return self;
    }
  self = kouan_configuration_load (good, NULL);
  if (self == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  g_message ("%s. The last configuration that was right is used: %s", local->message, good);
  *fault = g_strdup (local->message);
  return self;
}
