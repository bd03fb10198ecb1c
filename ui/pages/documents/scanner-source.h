/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/documents/source-part.h"

G_BEGIN_DECLS

/* The page on the scanner's glass. */
#define KOUAN_TYPE_SCANNER_SOURCE (kouan_scanner_source_get_type ())
G_DECLARE_FINAL_TYPE (
  KouanScannerSource, kouan_scanner_source, KOUAN, SCANNER_SOURCE, KouanSourcePart)

G_END_DECLS
