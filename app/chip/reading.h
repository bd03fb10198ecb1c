/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/access.h"
#include "app/chip/files.h"
#include "app/identity/result.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_CHIP_STAGE_WAITING, /* for a card */
  KOUAN_CHIP_STAGE_OPENING,
  KOUAN_CHIP_STAGE_READING,
} KouanChipStage;

/* @fraction: of the reading, 0 to 1, never less than before; below 0 in the other stages. On the
 * thread of the run. */
typedef void (*KouanChipProgress) (KouanChipStage stage, double fraction, gpointer data);

/* The reading of one chip, which may take several runs: what a run got before the card was lifted
 * is kept for the next. Blocks, so it belongs on a worker. */
typedef struct _KouanChipReading KouanChipReading;

KouanChipReading *kouan_chip_reading_new (KouanChipPassword *password);
void kouan_chip_reading_free (KouanChipReading *self);
gboolean kouan_chip_reading_run (KouanChipReading *self,
                                 KouanChipTransport *transport,
                                 KouanChipProgress progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

KouanChipPassword *kouan_chip_reading_get_password (KouanChipReading *self); /* (nullable) */
GBytes *kouan_chip_reading_dup_file (KouanChipReading *self,
                                     KouanChipFile file); /* (transfer full) (nullable) */
KouanChipAccessProtocol kouan_chip_reading_get_access (KouanChipReading *self);
KouanResult kouan_chip_reading_get_chip_authentication (KouanChipReading *self);
KouanResult kouan_chip_reading_get_active_authentication (KouanChipReading *self);
KouanResult kouan_chip_reading_get_card_access (KouanChipReading *self);

guint kouan_chip_reading_get_command_count (KouanChipReading *self);
gint64 kouan_chip_reading_get_own_us (KouanChipReading *self);   /* without chip and reader */
gint64 kouan_chip_reading_get_whole_us (KouanChipReading *self); /* since the card lay there */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanChipReading, kouan_chip_reading_free)

G_END_DECLS
