/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/checklist.h"
#include "app/documents/take.h"
#include "app/identity/mrz.h"
#include "app/session/visit.h"

G_BEGIN_DECLS

/* What does not fit together between the papers, the passport that was shown, and today. */
typedef enum
{
  KOUAN_CROSS_OTHER_PASSPORT, /* a paper names the number of another passport */
  KOUAN_CROSS_NO_ZONE,        /* a copy of the passport does not show the lines to read it by */
  KOUAN_CROSS_NO_NAME,        /* neither name nor number can be found on a paper */
  KOUAN_CROSS_TOO_OLD,        /* the catalogue asks for a newer one */
  KOUAN_CROSS_SAME_PAPER,     /* a page of it is handed in as another paper as well */
  KOUAN_CROSS_PASSPORT_ENDS,  /* in less than six months */
} KouanCrossKind;

typedef struct
{
  KouanCrossKind kind;
  KouanDocumentItem *document; /* (nullable): the catalogue's; NULL for the passport itself */
  KouanDocumentItem *other;    /* (nullable) for SAME_PAPER */
  GDate date;                  /* for TOO_OLD and PASSPORT_ENDS */
} KouanCross;

KouanAsked kouan_cross_asked (KouanDocumentItem *document);
GArray *kouan_cross_check (KouanVisit *visit,
                           const KouanMrz *mrz,
                           KouanChecklist *checklist,
                           const GDate *today) G_GNUC_WARN_UNUSED_RESULT; /* of KouanCross */
const char *kouan_cross_id (KouanCrossKind kind);
char *kouan_cross_title (const KouanCross *cross, const char *language) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_cross_remedy (const KouanCross *cross, const char *language) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
