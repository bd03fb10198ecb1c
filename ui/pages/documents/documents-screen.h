/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_DOCUMENTS_SCREEN (kouan_documents_screen_get_type ())
G_DECLARE_FINAL_TYPE (
  KouanDocumentsScreen, kouan_documents_screen, KOUAN, DOCUMENTS_SCREEN, KouanScreen)

G_END_DECLS
