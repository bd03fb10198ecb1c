/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/manifest.h"
#include "app/record/tar.h"

/* manifest.json lists the other members of a record in their order. It is written in the one form
 * that RFC 8785 allows, so that whoever opens a record can make it again from what came out and
 * compare bytes: nothing has to be parsed to verify it. Names are plain ASCII, so none needs an
 * escape, and an array keeps its order. */

#define JSON_INTEGER_MAX (G_GUINT64_CONSTANT (1) << 53)

struct _KouanMembers
{
  GString *json;
};

KouanMembers *
kouan_members_new (void)
{
  KouanMembers *self = g_new (KouanMembers, 1);

  self->json = g_string_new ("{\"members\":[");
  return self;
}

void
kouan_members_free (KouanMembers *self)
{
  g_string_free (self->json, TRUE);
  g_free (self);
}

/* @name: safe, see kouan_tar_name_is_safe() */
void
kouan_members_add (KouanMembers *self,
                   const char *name,
                   guint64 size,
                   const guint8 sha256[static KOUAN_SHA256_SIZE])
{
  g_autofree char *hex = kouan_hex (sha256, KOUAN_SHA256_SIZE);

  g_return_if_fail (self != NULL && kouan_tar_name_is_safe (name) && size < JSON_INTEGER_MAX);

  if (self->json->str[self->json->len - 1] == '}')
    g_string_append_c (self->json, ',');
  g_string_append_printf (self->json,
                          "{\"name\":\"%s\",\"sha256\":\"%s\",\"size\":%" G_GUINT64_FORMAT "}",
                          name, hex, size);
}

/* Returns: (transfer full): {"members":[{"name":…,"sha256":…,"size":…},…],"version":1} */
GBytes *
kouan_members_to_json (KouanMembers *self)
{
  g_autofree char *text = g_strconcat (self->json->str, "],\"version\":1}", NULL);
  gsize size = strlen (text);

  return g_bytes_new_take (g_steal_pointer (&text), size);
}
