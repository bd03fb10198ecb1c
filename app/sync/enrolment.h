/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/age.h"
#include "app/crypto/keys.h"

G_BEGIN_DECLS

/* What a new kiosk carries to the hub: public halves alone. */
typedef struct
{
  guint kiosk_id;
  char *record_key;  /* SubjectPublicKeyInfo in PEM: what its manifests will be signed with */
  char *certificate; /* PKCS#10 in PEM: for its TLS key */
  char *recipient;   /* age1…: what the hub's answer is to be sealed to */
} KouanEnrolmentRequest;

GBytes *kouan_enrolment_request_sign (const KouanEnrolmentRequest *request, KouanSigningKey *key);
KouanEnrolmentRequest *kouan_enrolment_request_verify (GBytes *message,
                                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_enrolment_request_free (KouanEnrolmentRequest *self);

typedef struct
{
  char *label;    /* small letters, digits and hyphens: part of a file's name */
  guint purposes; /* KouanPurpose */
  char *pem;
} KouanEnrolmentKey;

/* What a hub says of itself to a machine that does not know it yet. */
typedef struct
{
  guint hub_id;
  char *name;      /* for people */
  char *authority; /* PEM: whom to trust on the line */
} KouanEnrolmentCard;

GBytes *kouan_enrolment_card_sign (const KouanEnrolmentCard *card, KouanSigningKey *roster);
KouanEnrolmentCard *
kouan_enrolment_card_verify (GBytes *message, char **hub, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_enrolment_card_free (KouanEnrolmentCard *self);

/* What it carries back. */
typedef struct
{
  guint hub_id;
  char *hub_url;
  guint kiosk_id;
  guint hall_id;
  char *hall_language;
  char *profile;
  GHashTable *hall_names; /* BCP 47 to name */
  char *record_key;       /* the kiosk's own, so that it knows that it is meant */
  char *authority;        /* PEM: whom to trust on the line */
  char *certificate;      /* PEM: the kiosk's own */
  KouanSecret *hall_key;
  char *hub_recipient; /* age1… */
  char *escrow_recipient;
  GPtrArray *keys; /* of KouanEnrolmentKey: whose word counts, and about what */
} KouanEnrolmentBundle;

KouanEnrolmentBundle *kouan_enrolment_bundle_new (void);
void kouan_enrolment_bundle_free (KouanEnrolmentBundle *self);
void kouan_enrolment_bundle_add_key (KouanEnrolmentBundle *self,
                                     const char *label,
                                     guint purposes,
                                     const char *pem);
GBytes *kouan_enrolment_bundle_seal (const KouanEnrolmentBundle *bundle,
                                     KouanSigningKey *roster,
                                     const char *recipient,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanEnrolmentBundle *kouan_enrolment_bundle_open (GBytes *message,
                                                   KouanAgeIdentity *identity,
                                                   char **hub,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

char *kouan_enrolment_fingerprint (const guint8 *data,
                                   gsize size); /* "1a2b-3c4d-…": for two people to compare */
char *kouan_enrolment_fingerprint_read (const char *text);

#define KOUAN_ENROLMENT_REQUEST_SIZE_MAX 4096
#define KOUAN_ENROLMENT_CARD_SIZE_MAX 16384
#define KOUAN_ENROLMENT_BUNDLE_SIZE_MAX (1024 * 1024)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanEnrolmentRequest, kouan_enrolment_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanEnrolmentCard, kouan_enrolment_card_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanEnrolmentBundle, kouan_enrolment_bundle_free)

G_END_DECLS
