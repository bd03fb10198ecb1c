/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The codes of ICAO Doc 9303-3 section 5: ISO 3166-1 and what it does not have. */
typedef enum
{
  KOUAN_COUNTRY_STATE,        /* ISO 3166-1 */
  KOUAN_COUNTRY_EXTENSION,    /* part A: D, GBN, RKS … */
  KOUAN_COUNTRY_ORGANISATION, /* parts B, C, D, H: EUE, UNO, XOM … */
  KOUAN_COUNTRY_PERSON,       /* part E: XXA, XXB, XXC, XXX */
  KOUAN_COUNTRY_DEPRECATED,   /* part F: ANT, NTZ */
  KOUAN_COUNTRY_SPECIMEN,     /* part G: UTO */
} KouanCountryKind;

typedef struct
{
  const char *code; /* as in the zone without its fillers: "UTO", "D" */
  const char *name; /* English, the ISO 3166-1 name where there is one */
  KouanCountryKind kind;
} KouanCountry;

const KouanCountry *kouan_country_all (guint *count);
const KouanCountry *kouan_country_find (const char *code);

G_END_DECLS
