/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/appointment/verdict.h"

G_BEGIN_DECLS

/* What a page offers beside the sentence. */
typedef enum
{
  KOUAN_REMEDY_RETRY,       /* do it again, here */
  KOUAN_REMEDY_OTHER_WAY,   /* this step can be done in another way */
  KOUAN_REMEDY_STAFF,       /* a person has to help */
  KOUAN_REMEDY_START_AGAIN, /* this visit cannot go on; nothing that was kept is lost */
} KouanRemedy;

/* Something that went wrong, in the words of the hall. Texts are kept as msgids and translated when
 * they are asked for, so that a trouble on the screen follows the language. */
typedef struct _KouanTrouble KouanTrouble;

KouanTrouble *
kouan_trouble_new (const char *id, const char *title, const char *body, KouanRemedy remedy);
KouanTrouble *kouan_trouble_new_for_verdict (KouanVerdict verdict, const char *hall, gint64 time_s);
KouanTrouble *kouan_trouble_from_error (const GError *error);
KouanTrouble *kouan_trouble_ref (KouanTrouble *self);
void kouan_trouble_unref (KouanTrouble *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTrouble, kouan_trouble_unref)

const char *kouan_trouble_get_id (KouanTrouble *self);
char *kouan_trouble_dup_title (KouanTrouble *self);
char *kouan_trouble_dup_body (KouanTrouble *self);
KouanRemedy kouan_trouble_get_remedy (KouanTrouble *self);

G_END_DECLS
