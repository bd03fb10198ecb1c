/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/phone/phone.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_SERVED_PHONE (kouan_served_phone_get_type ())
G_DECLARE_FINAL_TYPE (KouanServedPhone, kouan_served_phone, KOUAN, SERVED_PHONE, KouanPhone)

KouanPhone *kouan_served_phone_new (const char *host,
                                    guint port,
                                    const char *program,
                                    const char *messages) G_GNUC_WARN_UNUSED_RESULT;
void kouan_served_phone_set_time (KouanServedPhone *self, guint time_s);

G_END_DECLS
