/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/secret.h"

G_BEGIN_DECLS

#define KOUAN_DRAFT_KEY_SIZE 32

/* Where a person's draft lies and what opens it. Both come from the secret in their code, and the
 * kiosk keeps neither: without the code in front of the camera there is a draft that nobody can
 * open. */
void kouan_draft_name (KouanSecret *code_secret, guint8 name[static 16]);
KouanSecret *kouan_draft_key (KouanSecret *code_secret); /* (transfer full) */

G_END_DECLS
