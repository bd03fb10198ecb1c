/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_ISSUER_FITS,
  KOUAN_ISSUER_OTHER,   /* a signer of another country */
  KOUAN_ISSUER_UNKNOWN, /* a code that no table has */
} KouanIssuerFit;

KouanIssuerFit kouan_country_signs_for (const char *signer, const char *issuer);

G_END_DECLS
