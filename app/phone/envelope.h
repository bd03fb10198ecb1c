/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/secret.h"

G_BEGIN_DECLS

/* A file as it arrived from a visitor's phone; nobody has looked into it. */
typedef struct
{
  GBytes *bytes;
  guint code;  /* four digits that the phone shows too */
  guint index; /* from 0 */
  guint count; /* files that the phone sends in this go */
} KouanPhoneFile;

KouanPhoneFile *kouan_phone_file_new (GBytes *bytes, guint code, guint index, guint count);
void kouan_phone_file_free (KouanPhoneFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanPhoneFile, kouan_phone_file_free)

KouanPhoneFile *kouan_phone_envelope_open (KouanSecret *key,
                                           GBytes *envelope) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_phone_envelope_seal (KouanSecret *key,
                                   const KouanPhoneFile *file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
