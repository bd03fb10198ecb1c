/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/documents/source-part.h"

G_BEGIN_DECLS

/* A file on the visitor's stick, chosen from a list of our own. */
#define KOUAN_TYPE_STICK_SOURCE (kouan_stick_source_get_type ())
G_DECLARE_FINAL_TYPE (KouanStickSource, kouan_stick_source, KOUAN, STICK_SOURCE, KouanSourcePart)

G_END_DECLS
