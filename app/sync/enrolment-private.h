/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/sync/enrolment.h"

G_BEGIN_DECLS

/* A signer's public key and what it has signed, for the files of an enrolment alone. */
GBytes *kouan_enrolment_wrap (KouanSigningKey *key, GByteArray *payload);
GBytes *kouan_enrolment_unwrap (GBytes *wrapped, KouanPurpose purpose, char **pem, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* What is inside the signatures, for enrolment.c and the fuzzer alone. */
KouanEnrolmentRequest *kouan_enrolment_request_read (GBytes *payload,
                                                     const char *record_key,
                                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanEnrolmentCard *kouan_enrolment_card_read (GBytes *payload,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanEnrolmentBundle *kouan_enrolment_bundle_read (GBytes *payload,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
