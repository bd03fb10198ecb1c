/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/kind.h"

static const struct
{
  KouanQrKind kind;
  const char *prefix;
  const char *name;
} kinds[] = {
  { KOUAN_QR_KIND_APPOINTMENT, "KA1:", "appointment" },
  { KOUAN_QR_KIND_RECEIPT, "KR1:", "receipt" },
  { KOUAN_QR_KIND_BADGE, "KB1:", "badge" },
  { KOUAN_QR_KIND_WALK_IN, "KW1:", "walk-in" },
};

/* @text: (nullable): as it was read; NULL is no Kouan code */
KouanQrKind
kouan_qr_kind_of (const char *text)
{
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (text, kinds[i].prefix))
      return kinds[i].kind;
  return KOUAN_QR_KIND_OTHER;
}

/* Returns: a word for logs and for JSON */
const char *
kouan_qr_kind_to_string (KouanQrKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].name;
  return "other";
}
