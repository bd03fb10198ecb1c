/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A command to a chip (ISO/IEC 7816-4 §5). */
typedef struct
{
  guint8 cla;
  guint8 ins;
  guint8 p1;
  guint8 p2;
  const guint8 *data; /* (nullable) */
  gsize size;
  guint expected; /* bytes of the answer: 0 for none, KOUAN_APDU_ALL for as many as there are */
  gboolean extended;
} KouanApdu;

#define KOUAN_APDU_ALL G_MAXUINT
#define KOUAN_APDU_SHORT_MAX 256
#define KOUAN_APDU_EXTENDED_MAX 65536

#define KOUAN_INS_MANAGE_SECURITY 0x22
#define KOUAN_INS_EXTERNAL_AUTHENTICATE 0x82
#define KOUAN_INS_GET_CHALLENGE 0x84
#define KOUAN_INS_GENERAL_AUTHENTICATE 0x86
#define KOUAN_INS_INTERNAL_AUTHENTICATE 0x88
#define KOUAN_INS_SELECT 0xa4
#define KOUAN_INS_READ_BINARY 0xb0
#define KOUAN_INS_READ_BINARY_ODD 0xb1

#define KOUAN_STATUS_OK 0x9000
#define KOUAN_STATUS_END_OF_FILE 0x6282
#define KOUAN_STATUS_WRONG_LENGTH 0x6700
#define KOUAN_STATUS_FILE_NOT_FOUND 0x6a82

void kouan_apdu_to_bytes (const KouanApdu *self, GByteArray *bytes); /* appends */
gboolean kouan_apdu_parse (const guint8 *bytes, gsize size, KouanApdu *self);
gboolean kouan_apdu_split_answer (GByteArray *answer,
                                  guint *status); /* cuts the status off its end */

G_END_DECLS
