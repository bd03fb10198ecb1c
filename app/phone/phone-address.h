/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/secret.h"

G_BEGIN_DECLS

/* What a phone photographs: the code that joins a Wi-Fi, and the address of the page. */
char *kouan_phone_wifi_text (const char *name, const char *password) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_phone_page_address (const char *host, guint port, const char *token, KouanSecret *key)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_phone_parse_source (const char *source, char **host, guint *port);

G_END_DECLS
