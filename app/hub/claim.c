/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/claim.h"

#include <string.h>

/* What a kiosk says of a record when it offers it: tus's Upload-Metadata, each value in base64 as
 * tus has it.
 *
 *   record    the record's UUID
 *   sha256    of the sealed file, 64 hexadecimal digits
 *   manifest  the signed manifest, COSE, in base64 once more: a tus client's values are texts */

#define MANIFEST_SIZE_MAX 2048
#define PAIRS_MAX 16

static gboolean
decode_text (const char *base64, char **text)
{
  gsize size;
  g_autofree guchar *data = g_base64_decode (base64, &size);

  *text = g_strndup ((const char *)data, size);
  return strlen (*text) == size && g_utf8_validate (*text, -1, NULL);
}

static void
take_value (
  const char *key, const char *base64, KouanHubClaim *claim, gboolean *record, gboolean *hash)
{
  g_autofree char *text = NULL;
  gsize size;
  guchar *manifest;

  if (!decode_text (base64, &text))
    return;
  if (g_str_equal (key, "record"))
    *record = kouan_uuid_from_string (text, claim->record_id);
  else if (g_str_equal (key, "sha256"))
    *hash = kouan_unhex (text, claim->sha256, sizeof claim->sha256);
  else if (g_str_equal (key, "manifest") && claim->manifest == NULL)
    {
      manifest = g_base64_decode (text, &size);
      claim->manifest = g_bytes_new_take (manifest, size);
    }
}

/**
 * kouan_hub_claim_read:
 * @claim: (inout): zeroed by the caller, who frees the manifest that it may hold afterwards
 * @metadata: (nullable): Upload-Metadata, from anybody
 *
 * Returns: whether record, hash and manifest were all there, in their form
 */
gboolean
kouan_hub_claim_read (KouanHubClaim *claim, const char *metadata)
{
  g_auto (GStrv) pairs = g_strsplit (metadata != NULL ? metadata : "", ",", PAIRS_MAX);
  gboolean record = FALSE, hash = FALSE;

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (g_strstrip (pairs[i]), " ", 2);

      if (pair[0] != NULL && pair[1] != NULL)
        take_value (pair[0], pair[1], claim, &record, &hash);
    }
  return record && hash && claim->manifest != NULL
         && g_bytes_get_size (claim->manifest) <= MANIFEST_SIZE_MAX;
}
