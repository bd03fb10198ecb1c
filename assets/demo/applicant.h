/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Somebody who does not exist, from Utopia, which ICAO keeps for specimens. */
typedef struct
{
  const char *surname;
  const char *given_names;
  const char *nationality; /* as the passport prints it */
  const char *passport_number;
  const char *sex;
  GDate birth;
  GDate issued;
  GDate expiry;
  GDate today; /* the day on which the papers are shown */
  char **mrz;  /* the two lines */
} KouanApplicant;

KouanApplicant *kouan_applicant_new (const GDate *today);
void kouan_applicant_free (KouanApplicant *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanApplicant, kouan_applicant_free)

char *kouan_applicant_full_name (const KouanApplicant *self);
gboolean kouan_applicant_save (const KouanApplicant *self, const char *path, GError **error);

/* "3 May 2026", "2026年5月3日", "2026-05-03", and the same some days later. */
char *kouan_demo_date_en (const GDate *date);
char *kouan_demo_date_zh (const GDate *date);
char *kouan_demo_date_iso (const GDate *date);
GDate kouan_demo_day (const GDate *date, int days_later);

G_END_DECLS
