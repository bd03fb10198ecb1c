/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/phone/page.h"
#include "app/phone/protocol.h"

G_BEGIN_DECLS

/* The HTTP half of kouan-phone: one thread, one phone. */
typedef struct _KouanPhoneServer KouanPhoneServer;

KouanPhoneServer *kouan_phone_server_new (const char *address,
                                          guint port,
                                          const char *token,
                                          const KouanPhonePage *page,
                                          guint time_s) G_GNUC_WARN_UNUSED_RESULT;
void kouan_phone_server_run (KouanPhoneServer *self, int input, int output);
void kouan_phone_server_free (KouanPhoneServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanPhoneServer, kouan_phone_server_free)

G_END_DECLS
