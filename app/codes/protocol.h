/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the kiosk and kouan-codes say to each other, over a socket pair of packets (SOCK_SEQPACKET).
 * The pixels lie in memory that both see; one request is under way at a time. Words are in the
 * machine's own order: both ends are on the same one. */

#define KOUAN_CODES_SOCKET_FD 3
#define KOUAN_CODES_MEMORY_FD 4
#define KOUAN_CODES_AREA_MAX (32 * 1024 * 1024) /* pixels of a picture, one byte each */
#define KOUAN_CODES_REPLY_MAX 65536             /* bytes */
#define KOUAN_CODES_CONTENT_MAX 7089            /* bytes: version 40, level L, digits */
#define KOUAN_CODES_PICTURE_MAX_S 10            /* what one picture may take */

#define KOUAN_CODES_EXIT_USAGE 2
#define KOUAN_CODES_EXIT_NOT_LOCKED 3

typedef struct
{
  guint32 serial;
  guint32 width;
  guint32 height;
  guint32 frame; /* 1 for one of many, 0 for a single picture */
} KouanCodesRequest;

/* A reply: this, and behind it each code and behind that its bytes. */
typedef struct
{
  guint32 serial;
  guint32 count;
} KouanCodesReply;

typedef struct
{
  gint32 x;
  gint32 y;
  guint32 size;
} KouanCodesCode;

G_END_DECLS
