/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_HEALTH_GOOD,
  KOUAN_HEALTH_ABSENT, /* not set up here: visitors have the other ways */
  KOUAN_HEALTH_SOON,   /* works, and somebody should see to it */
  KOUAN_HEALTH_BAD,    /* the kiosk does not serve, or not safely */
} KouanHealth;

/* What one look at the machine has shown. */
typedef struct
{
  char *id; /* "disk", "device:printer" */
  KouanHealth health;
  const char *what;   /* English, translated by that text; {number}, {detail} */
  const char *remedy; /* (nullable): the same */
  gint64 number;
  char *detail; /* (nullable): in the words of the part that said so */
} KouanFinding;

void kouan_finding_free (KouanFinding *self);
char *kouan_finding_fill (const KouanFinding *self, const char *translated);
const char *kouan_health_to_string (KouanHealth health);
const char *kouan_finding_subject (const char *id); /* English, translated by that text */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanFinding, kouan_finding_free)

G_END_DECLS
