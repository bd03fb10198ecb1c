/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <gnutls/gnutls.h>

G_BEGIN_DECLS

/* What a TLS session reads its socket with. */
typedef struct _KouanHubTlsReader KouanHubTlsReader;

KouanHubTlsReader *kouan_hub_tls_reader_new (gnutls_session_t session, int socket);
void kouan_hub_tls_reader_free (KouanHubTlsReader *self);

G_END_DECLS
