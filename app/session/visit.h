/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/answers.h"
#include "app/documents/sheet.h"
#include "app/identity/result.h"
#include "app/session/flow.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *kind;        /* the catalogue's id of the document */
  gboolean later;    /* the visitor will bring it another time */
  GPtrArray *sheets; /* of KouanSheet, in order: each names its sealed file in the draft */
} KouanVisitDocument;

/* The picture that was taken of the person, with what was agreed to before. */
typedef struct
{
  char *file;      /* its sealed file in the draft */
  char **findings; /* kouan_portrait_finding_ids(): in spite of which it was used */
  char **fits;     /* kouan_picture_rules_fitting(): who takes the file as it is */
  gint64 consented_s;
  char *consent_sha256; /* hex, of the text that was agreed to, as it was shown */
} KouanVisitPortrait;

/* Everything that one person has told the kiosk so far, and nothing else. This is what a draft
 * holds. */
typedef struct
{
  KouanFlowState state;

  /* from the code */
  gboolean walk_in;
  guint8 code_id[16];
  guint service;
  char *code_text; /* a walk-in's own code, to be shown again */

  /* from the person */
  char *language;
  gint64 started_s;
  gint64 consented_s;
  char *consent_sha256; /* hex, of the text that was agreed to, as it was shown */
  char **zone;          /* (nullable): the lines of the machine readable zone */
  char *zone_source;    /* a kouan_source_id() */
  KouanChecks *checks;  /* (nullable): what was found of the document, by every way it was read */
  KouanVisitPortrait *portrait; /* (nullable) */
  KouanAnswers *answers;
  guint question;           /* which visible question was open */
  GPtrArray *documents;     /* of KouanVisitDocument */
  char *signature;          /* (nullable): SVG text */
  gboolean signature_typed; /* the glass could not be used */
  char *group_receipt;      /* (nullable): of the first person of the group that this one is in */
} KouanVisit;

void kouan_visit_portrait_free (KouanVisitPortrait *self);

KouanVisit *kouan_visit_new (void);
void kouan_visit_free (KouanVisit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanVisit, kouan_visit_free)

GBytes *kouan_visit_serialize (KouanVisit *self);
KouanVisit *kouan_visit_deserialize (GBytes *data) G_GNUC_WARN_UNUSED_RESULT;

KouanVisitDocument *kouan_visit_find_document (KouanVisit *self, const char *kind);
KouanVisitDocument *kouan_visit_ensure_document (KouanVisit *self, const char *kind);
guint kouan_visit_count_pages (KouanVisit *self, const char *kind);

G_END_DECLS
