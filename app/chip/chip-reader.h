/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/reading.h"
#include "app/clock/clock.h"
#include "app/identity/document-reader.h"

G_BEGIN_DECLS

/* The document reader that opens the chip. What it gives is the zone that the chip holds, and its
 * checks are electronic; the files of the chip come along. After REMOVED, reading again with the
 * same zone goes on where it was; cancelling forgets. */
#define KOUAN_TYPE_CHIP_READER (kouan_chip_reader_get_type ())
G_DECLARE_FINAL_TYPE (KouanChipReader, kouan_chip_reader, KOUAN, CHIP_READER, GObject)

KouanChipReader *kouan_chip_reader_new (KouanChipTransport *transport, KouanClock *clock);
KouanChipReader *kouan_chip_reader_new_for_source (const char *source,
                                                   KouanClock *clock,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Instead of a zone: the six digits that stand on some cards. FALSE for anything else; NULL: none.
 * Only for the next reading. */
gboolean kouan_chip_reader_set_can (KouanChipReader *self,
                                    const char *can) G_GNUC_WARN_UNUSED_RESULT;

/* Of the last reading, for technicians. */
typedef struct
{
  KouanChipAccessProtocol access;
  guint commands;
  gint64 own_us;   /* without chip and reader */
  gint64 whole_us; /* since the card lay there, over all its readings */
  int error;       /* a KouanChipError, or -1 */
} KouanChipDetails;
const KouanChipDetails *kouan_chip_reader_get_details (KouanChipReader *self);

G_END_DECLS
