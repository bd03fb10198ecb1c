/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/channel.h"
#include "app/chip/derive.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_CHIP_ACCESS_NONE, /* it opens to anybody */
  KOUAN_CHIP_ACCESS_BAC,
  KOUAN_CHIP_ACCESS_PACE,
} KouanChipAccessProtocol;

/* Whether reader and chip manage commands of extended length, which carry a portrait in a few
 * answers instead of seventy. */
typedef enum
{
  KOUAN_CHIP_LENGTH_UNKNOWN,
  KOUAN_CHIP_LENGTH_EXTENDED,
  KOUAN_CHIP_LENGTH_SHORT,
} KouanChipLength;

#define KOUAN_CHIP_ANSWER_TRIED 4096 /* bytes, where nothing is said about it */

/* How a chip was opened, and what it said of itself before. */
typedef struct
{
  KouanChipAccessProtocol protocol;
  GBytes *card_access;    /* (nullable): EF.CardAccess, which only DG14 can confirm */
  gsize answer_max;       /* from EF.ATR/INFO; 0: it does not say */
  KouanChipLength length; /* what asking for EF.CardAccess in extended length came to; stays */
} KouanChipAccess;

const char *kouan_chip_access_protocol_id (KouanChipAccessProtocol protocol);
void kouan_chip_access_clear (KouanChipAccess *self);
GPtrArray *kouan_chip_access_parse (const KouanChipAccess *self);
gboolean kouan_chip_access_open (KouanChipAccess *self,
                                 KouanChipChannel *channel,
                                 KouanChipPassword *password,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
