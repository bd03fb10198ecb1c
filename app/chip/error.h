/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_CHIP_ERROR_SERVICE,        /* the card service (pcscd) does not run */
  KOUAN_CHIP_ERROR_NO_READER,      /* there is no reader, or not the one that was named */
  KOUAN_CHIP_ERROR_READER,         /* the reader broke or is in use by another program */
  KOUAN_CHIP_ERROR_REMOVED,        /* the card was taken away */
  KOUAN_CHIP_ERROR_MUTE,           /* a card is there and does not answer */
  KOUAN_CHIP_ERROR_NOT_A_DOCUMENT, /* a card, and no travel document */
  KOUAN_CHIP_ERROR_ACCESS_DENIED,  /* it does not open with what the zone, or the number, says */
  KOUAN_CHIP_ERROR_UNSUPPORTED,    /* it opens in a way only that is not known here */
  KOUAN_CHIP_ERROR_REFUSED,        /* it answered with a status that says no */
  KOUAN_CHIP_ERROR_FILE_MISSING,
  KOUAN_CHIP_ERROR_TRUNCATED,    /* a file ends before its own length says so */
  KOUAN_CHIP_ERROR_MALFORMED,    /* an answer that is not in its format */
  KOUAN_CHIP_ERROR_TAMPERED,     /* secure messaging: a part is missing, or its MAC is wrong */
  KOUAN_CHIP_ERROR_CHANNEL_LOST, /* secure messaging ended: the chip answered in plain */
} KouanChipError;
#define KOUAN_CHIP_ERROR (kouan_chip_error_quark ())
GQuark kouan_chip_error_quark (void);

const char *kouan_chip_error_id (int code); /* for JSON and logs: "access-denied" */

G_END_DECLS
