/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/cose.h"

G_BEGIN_DECLS

#define KOUAN_DECLARATION_TRAVELLERS_MAX 5
#define KOUAN_DECLARATION_ANSWERS_MAX 40

typedef struct
{
  char nationality[4]; /* as in the zone: "UTO" */
  char number[24];     /* of the travel document */
  guint birth;         /* 19740812; 0: the document does not say */
} KouanTraveller;

/* What travellers declared, KD1: who they are by their documents, what it comes to, and the answers
 * that an officer wants to see. */
typedef struct
{
  char *number; /* of the receipt, as kouan_receipt_number () makes it */
  guint hall_id;
  guint service; /* the catalogue's code */
  guint outcome; /* the service's code of what it comes to */
  gint64 time_s; /* since 1970 UTC */
  guint days;    /* how long it counts, from time_s */
  guint travellers_count;
  KouanTraveller travellers[KOUAN_DECLARATION_TRAVELLERS_MAX];
  GPtrArray *answers; /* (nullable) (element-type utf8): in the service's order; "": none */
} KouanDeclaration;

void kouan_declaration_clear (KouanDeclaration *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanDeclaration, kouan_declaration_clear)

char *kouan_declaration_sign (const KouanDeclaration *self, KouanSigningKey *key); /* "KD1:…" */
gboolean kouan_declaration_verify (const char *text,
                                   KouanKeyring *keyring,
                                   KouanDeclaration *self,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_declaration_counts (const KouanDeclaration *self, gint64 now_s);

G_END_DECLS
