/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/appointment/appointment.h"

G_BEGIN_DECLS

/* Where a code's text and its payload meet, for every code that a visitor carries. */
char *kouan_signed_code_make (const char *prefix,
                              KouanSigningKey *key,
                              GByteArray *payload); /* wipes @payload */
GBytes *kouan_signed_code_open (const char *prefix,
                                KouanPurpose purpose,
                                const char *text,
                                KouanKeyring *keyring,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_signed_code_set_damaged (GError **error, const char *why);

/* Numbers and times of a payload, within what they can mean. */
gboolean kouan_signed_code_read_number (KouanCborReader *reader,
                                        guint *number) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_signed_code_read_time (KouanCborReader *reader,
                                      gint64 *time_s) G_GNUC_WARN_UNUSED_RESULT;
KouanSecret *
kouan_signed_code_read_secret (KouanCborReader *reader); /* (nullable) (transfer full) */

G_END_DECLS
