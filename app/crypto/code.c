/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/cose.h"

#include <string.h>

#define TEXT_SIZE_MAX (KOUAN_CODE_SIZE_MAX / 2 * 3)

/**
 * kouan_code_to_text:
 * @prefix: one of the KOUAN_CODE_ names
 * @message: at most %KOUAN_CODE_SIZE_MAX bytes
 *
 * Returns: (transfer full): what to draw, all of it in the QR code's alphanumeric set
 */
char *
kouan_code_to_text (const char *prefix, GBytes *message)
{
  g_autofree char *text = NULL;
  const guint8 *data = NULL;
  gsize size = 0;

  g_return_val_if_fail (prefix != NULL && message != NULL, NULL);
  g_return_val_if_fail (g_bytes_get_size (message) <= KOUAN_CODE_SIZE_MAX, NULL);

  data = g_bytes_get_data (message, &size);
  text = kouan_base45_encode (data, size);
  return g_strconcat (prefix, text, NULL);
}

/**
 * kouan_code_from_text:
 *
 * Whose code it is shows in the prefix, which a caller with more than one kind looks at first.
 *
 * Errors: %KOUAN_CRYPTO_ERROR_MALFORMED for another prefix, for what is not Base45 and for too
 * much.
 */
GBytes *
kouan_code_from_text (const char *prefix, const char *text, GError **error)
{
  g_return_val_if_fail (prefix != NULL && text != NULL, NULL);

  if (!g_str_has_prefix (text, prefix))
    {
      g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED, "not a %s code",
                   prefix);
      return NULL;
    }
  text += strlen (prefix);
  if (*text == '\0' || strnlen (text, TEXT_SIZE_MAX + 1) > TEXT_SIZE_MAX)
    {
      g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                   "a %s code is never this %s", prefix, *text == '\0' ? "short" : "long");
      return NULL;
    }
  return kouan_base45_decode (text, error);
}
