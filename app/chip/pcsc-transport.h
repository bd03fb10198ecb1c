/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/transport.h"

G_BEGIN_DECLS

/* Card readers by PC/SC: every contactless reader on the market, through pcscd. */
#define KOUAN_TYPE_PCSC_TRANSPORT (kouan_pcsc_transport_get_type ())
G_DECLARE_FINAL_TYPE (KouanPcscTransport, kouan_pcsc_transport, KOUAN, PCSC_TRANSPORT, GObject)

KouanChipTransport *kouan_pcsc_transport_new (const char *name) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  char *name;
  gboolean has_card;
} KouanPcscReader;

void kouan_pcsc_reader_free (KouanPcscReader *self);
GPtrArray *kouan_pcsc_list_readers (GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanPcscReader, kouan_pcsc_reader_free)

G_END_DECLS
