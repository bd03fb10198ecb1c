/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/appointment/appointment.h"

G_BEGIN_DECLS

gboolean kouan_bind_compute (KouanSecret *hall_key,
                             const char *document_number,
                             const char *birth_date,
                             guint8 bind[static KOUAN_BIND_SIZE]) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
