/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "00007-000123-35": kiosk, the kiosk's own sequence number, two check digits. */
#define KOUAN_RECEIPT_SEQUENCE_MAX G_GINT64_CONSTANT (999999999999)

char *kouan_receipt_number (guint kiosk_id, gint64 sequence);
gboolean kouan_receipt_number_parse (const char *text,
                                     guint *kiosk_id,
                                     gint64 *sequence) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
