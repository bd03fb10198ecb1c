/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/service.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_NEED_NEEDED,
  KOUAN_NEED_EITHER_OR, /* one of its group */
  KOUAN_NEED_OPTIONAL,
  KOUAN_NEED_ASK, /* nobody here can tell: the desk decides; never blocks */
  KOUAN_NEED_NOT_NEEDED,
} KouanNeed;

typedef struct
{
  KouanDocumentItem *document; /* the service's */
  KouanNeed need;
  KouanDocumentGroup *group;           /* (nullable) for EITHER_OR */
  KouanRule *rule;                     /* (nullable) why, the service's */
  KouanAuthentication *authentication; /* (nullable) how it is to be confirmed, the service's */
  gboolean certain; /* FALSE: the rule behind it is below a government's word, or past review */
} KouanChecklistItem;

typedef struct
{
  guint code;                  /* of the group, else of the document: what the receipt lists */
  KouanDocumentItem *document; /* of a group, its first */
  KouanDocumentGroup *group;   /* (nullable) */
  gboolean may_come_later;     /* the visit can end without it */
  gboolean certain;            /* a certain rule asks for it */
} KouanMissing;

/* The papers that one application needs; every document of the service is in it once, in order. */
typedef struct _KouanChecklist KouanChecklist;

KouanChecklist *
kouan_service_checklist (KouanService *service, KouanAnswers *answers, const KouanContext *context);
KouanChecklist *kouan_checklist_ref (KouanChecklist *self);
void kouan_checklist_unref (KouanChecklist *self);
KouanService *kouan_checklist_get_service (KouanChecklist *self);
guint kouan_checklist_get_count (KouanChecklist *self);
const KouanChecklistItem *kouan_checklist_get_nth (KouanChecklist *self, guint index);
const KouanChecklistItem *kouan_checklist_find (KouanChecklist *self,
                                                const char *document_id); /* (nullable) */
char *kouan_checklist_item_reason (const KouanChecklistItem *item,
                                   const KouanContext *context,
                                   const char *language);
char *kouan_checklist_item_demands (const KouanChecklistItem *item,
                                    const KouanContext *context,
                                    const char *language); /* (nullable) */
GArray *kouan_checklist_missing (
  KouanChecklist *self,
  const char *const *kept_ids); /* of KouanMissing; needed ones, a group once */
const char *kouan_missing_get_name (const KouanMissing *missing, const char *language);
char *kouan_missing_format (const KouanMissing *missing, const char *language);
const char *kouan_need_id (KouanNeed need); /* "needed", for a record */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanChecklist, kouan_checklist_unref)

G_END_DECLS
