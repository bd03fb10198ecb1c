/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/pixels/protocol.h"

G_BEGIN_DECLS

/* What the kiosk and kouan-phone say to each other, and what a phone may ask of it.
 *
 * The kiosk writes the token, 32 hexadecimal letters and a line feed, to standard input, and keeps
 * that open: when it is closed, the server ends. The server writes frames to standard output: a tag
 * of four letters and two unsigned 32-bit words, most significant byte first.
 *
 *   "KPP1"  port, 0          once, first: it takes connections
 *   "HERE"  0, 0             the phone has the page, or still has it
 *   "PART"  received, total  bytes of the upload that is under way
 *   "CUT "  0, 0             that upload broke off
 *   "FILE"  size, 0          then so many bytes: a sealed file, see envelope.c
 *   "OVER"  0, 0             the time is over, or there were as many files as are taken; last
 *
 * A phone asks for /TOKEN (the page), /TOKEN/here (how many seconds are left) and PUTs to
 * /TOKEN/file. There is nothing else, and without the token there is nothing at all. */

#define KOUAN_PHONE_FRAME_SIZE 12
#define KOUAN_PHONE_TAG_START "KPP1"
#define KOUAN_PHONE_TAG_HERE "HERE"
#define KOUAN_PHONE_TAG_PART "PART"
#define KOUAN_PHONE_TAG_CUT "CUT "
#define KOUAN_PHONE_TAG_FILE "FILE"
#define KOUAN_PHONE_TAG_OVER "OVER"

#define KOUAN_PHONE_TOKEN_SIZE 32 /* letters: 128 bits */
#define KOUAN_PHONE_KEY_SIZE 32   /* bytes */
#define KOUAN_PHONE_NONCE_SIZE 12
#define KOUAN_PHONE_TAG_SIZE 16
#define KOUAN_PHONE_HEAD_SIZE 4 /* sealed with the file: its code, which one it is, of how many */
#define KOUAN_PHONE_ENVELOPE_SIZE                                                                  \
  (KOUAN_PHONE_NONCE_SIZE + KOUAN_PHONE_HEAD_SIZE + KOUAN_PHONE_TAG_SIZE)
#define KOUAN_PHONE_BODY_MAX (KOUAN_PIXELS_INPUT_MAX + KOUAN_PHONE_ENVELOPE_SIZE)

#define KOUAN_PHONE_TIME_S 300      /* from the code on the screen to the end */
#define KOUAN_PHONE_TIME_MAX_S 1800 /* that a caller may ask for */
#define KOUAN_PHONE_FILES_MAX 12
#define KOUAN_PHONE_BATCH_MAX 10                  /* files that a phone sends in one go */
#define KOUAN_PHONE_BYTES_MAX (100 * 1024 * 1024) /* all files together */
#define KOUAN_PHONE_CODE_MAX 9999

/* How kouan-phone ends when no frame could say it. */
#define KOUAN_PHONE_EXIT_USAGE 2
#define KOUAN_PHONE_EXIT_NOT_LOCKED 3
#define KOUAN_PHONE_EXIT_NO_SERVER 4 /* the address is not this machine's, or the port is taken */

G_END_DECLS
