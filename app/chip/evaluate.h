/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/reading.h"
#include "app/identity/document-reader.h"

G_BEGIN_DECLS

/* What a chip that was read says, and what was checked on it. */
KouanDocumentReading *kouan_chip_evaluate (KouanChipReading *reading,
                                           const KouanMrz *known,
                                           const GDate *today,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
