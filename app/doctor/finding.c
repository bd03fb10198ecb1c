/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-doctor"

#include "app/doctor/finding.h"

#include "app/language/language.h"

static const struct
{
  const char *id;
  const char *subject;
} subjects[] = {
  { "configuration", N_ ("Configuration") },
  { "keys", N_ ("Keys of this kiosk") },
  { "trusted", N_ ("Keys that are trusted") },
  { "certificate", N_ ("Certificate for the line to the hub") },
  { "authority", N_ ("Certificate of the hub") },
  { "clock", N_ ("Clock") },
  { "disk", N_ ("Disk") },
  { "database", N_ ("Database") },
  { "queue", N_ ("Queue") },
  { "audit", N_ ("Audit") },
  { "audit-key", N_ ("Key of the audit") },
  { "catalogue", N_ ("Catalogue") },
  { "rules", N_ ("Rules") },
  { "trust-list", N_ ("Trust list for chips") },
  { "sync", N_ ("Sync") },
  { "program:kouan-pixels", N_ ("Reader of files") },
  { "program:kouan-codes", N_ ("Reader of codes") },
  { "program:kouan-scan", N_ ("Scanner program") },
  { "program:kouan-phone", N_ ("Phone program") },
  { "program:kouan-voice", N_ ("Voice program") },
  { "program:kouan-sync", N_ ("Sync program") },
  { "device:camera", N_ ("Camera") },
  { "device:document-camera", N_ ("Document camera") },
  { "device:scanner", N_ ("Scanner") },
  { "device:chip", N_ ("Chip reader") },
  { "device:printer", N_ ("Printer") },
  { "device:stick", N_ ("USB stick") },
};

const char *
kouan_finding_subject (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (g_str_equal (subjects[i].id, id))
      return subjects[i].subject;
  return id;
}

const char *
kouan_health_to_string (KouanHealth health)
{
  static const char *const words[] = { "good", "absent", "soon", "bad" };

  g_return_val_if_fail ((guint)health < G_N_ELEMENTS (words), NULL);

  return words[health];
}

void
kouan_finding_free (KouanFinding *self)
{
  g_free (self->id);
  g_free (self->detail);
  g_free (self);
}

/* @translated: what or remedy, in the language that it is shown in
 *
 * Returns: (transfer full): the same with number and detail in it */
char *
kouan_finding_fill (const KouanFinding *self, const char *translated)
{
  GString *text = g_string_new (translated);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, self->number);

  g_string_replace (text, "{number}", number, 0);
  g_string_replace (text, "{detail}", self->detail != NULL ? self->detail : "", 0);
  return g_string_free (text, FALSE);
}
