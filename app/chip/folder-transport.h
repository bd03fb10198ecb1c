/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/transport.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_FOLDER_CHIP_WORKS,
  KOUAN_FOLDER_CHIP_MISSING,    /* as if there were no reader */
  KOUAN_FOLDER_CHIP_LATE,       /* as if nobody ever laid a card down */
  KOUAN_FOLDER_CHIP_UNREADABLE, /* as if the card were no travel document */
  KOUAN_FOLDER_CHIP_LIFTED,     /* as if it were taken away in the middle, each time anew */
} KouanFolderChipFault;

/* A chip made of files: EF.COM, EF.SOD, EF.DG1, … in a folder, as `kouanctl chip read --out` writes
 * them. It has no keys: it opens to anybody, and cannot prove that it is no copy. */
#define KOUAN_TYPE_FOLDER_TRANSPORT (kouan_folder_transport_get_type ())
G_DECLARE_FINAL_TYPE (
  KouanFolderTransport, kouan_folder_transport, KOUAN, FOLDER_TRANSPORT, GObject)

KouanChipTransport *kouan_folder_transport_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
void kouan_folder_transport_set_fault (KouanFolderTransport *self, KouanFolderChipFault fault);

G_END_DECLS
