/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/trouble.h"

#include "app/catalogue/catalogue.h"
#include "app/crypto/primitives.h"

#include <errno.h>

G_DEFINE_QUARK (kouan_hub_error_quark, kouan_hub_error)

static KouanHubError
from_errno (int code)
{
  return code == ENOSPC || code == EDQUOT || code == EFBIG ? KOUAN_HUB_ERROR_FULL
                                                           : KOUAN_HUB_ERROR_IO;
}

gboolean
kouan_hub_io_failed (GError **error, const char *what, const char *path)
{
  int code = errno;

  g_set_error (error, KOUAN_HUB_ERROR, from_errno (code), "%s %s: %s", what, path,
               g_strerror (code));
  return FALSE;
}

static KouanHubError
from_database (int code)
{
  switch (code)
    {
    case KOUAN_DATABASE_ERROR_FULL:
      return KOUAN_HUB_ERROR_FULL;
    case KOUAN_DATABASE_ERROR_CONFLICT:
      return KOUAN_HUB_ERROR_CONFLICT;
    case KOUAN_DATABASE_ERROR_NOT_FOUND:
      return KOUAN_HUB_ERROR_MISSING;
    case KOUAN_DATABASE_ERROR_BUSY:
      return KOUAN_HUB_ERROR_BUSY;
    default:
      return KOUAN_HUB_ERROR_IO;
    }
}

static KouanHubError
from_catalogue (int code)
{
  switch (code)
    {
    case KOUAN_CATALOGUE_ERROR_MISSING:
      return KOUAN_HUB_ERROR_MISSING;
    case KOUAN_CATALOGUE_ERROR_OLDER:
      return KOUAN_HUB_ERROR_CONFLICT;
    case KOUAN_CATALOGUE_ERROR_IO:
      return KOUAN_HUB_ERROR_IO;
    default:
      return KOUAN_HUB_ERROR_MALFORMED;
    }
}

static KouanHubError
from_crypto (int code)
{
  return code == KOUAN_CRYPTO_ERROR_IO ? KOUAN_HUB_ERROR_IO : KOUAN_HUB_ERROR_MALFORMED;
}

gboolean
kouan_hub_translate (GError *cause, GError **error)
{
  KouanHubError code = KOUAN_HUB_ERROR_IO;

  g_return_val_if_fail (cause != NULL, FALSE);

  if (cause->domain == KOUAN_HUB_ERROR)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  if (cause->domain == KOUAN_DATABASE_ERROR)
    code = from_database (cause->code);
  else if (cause->domain == KOUAN_CRYPTO_ERROR)
    code = from_crypto (cause->code);
  else if (cause->domain == KOUAN_CATALOGUE_ERROR)
    code = from_catalogue (cause->code);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    code = KOUAN_HUB_ERROR_FULL;
  else if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    code = KOUAN_HUB_ERROR_MISSING;
  else if (cause->domain == G_KEY_FILE_ERROR)
    code = KOUAN_HUB_ERROR_MALFORMED;
  g_set_error_literal (error, KOUAN_HUB_ERROR, code, cause->message);
  g_error_free (cause);
  return FALSE;
}
