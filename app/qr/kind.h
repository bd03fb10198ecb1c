/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a code claims to be. Only its signature says whether that is so. */
typedef enum
{
  KOUAN_QR_KIND_OTHER,
  KOUAN_QR_KIND_APPOINTMENT,
  KOUAN_QR_KIND_RECEIPT,
  KOUAN_QR_KIND_BADGE,
  KOUAN_QR_KIND_WALK_IN,
} KouanQrKind;

KouanQrKind kouan_qr_kind_of (const char *text);
const char *kouan_qr_kind_to_string (KouanQrKind kind);

G_END_DECLS
