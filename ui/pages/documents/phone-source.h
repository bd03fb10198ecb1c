/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/documents/source-part.h"

G_BEGIN_DECLS

/* Pictures and files from the visitor's own phone. */
#define KOUAN_TYPE_PHONE_SOURCE (kouan_phone_source_get_type ())
G_DECLARE_FINAL_TYPE (KouanPhoneSource, kouan_phone_source, KOUAN, PHONE_SOURCE, KouanSourcePart)

G_END_DECLS
