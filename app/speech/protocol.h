/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Between the kiosk and kouan-voice, both of one build: a request on its standard input, sound on
 * its standard output. A request is the head and then the text; an answer is chunks of signed
 * 16-bit samples, one channel, each behind its head; a chunk of no bytes ends the request. Numbers
 * are the machine's own. */

#define KOUAN_VOICE_RATE_HZ 22050
#define KOUAN_VOICE_TEXT_MAX 4000   /* bytes */
#define KOUAN_VOICE_CHUNK_MAX 65536 /* bytes */

typedef struct
{
  guint32 serial;
  guint32 words_per_minute;
  guint32 text_size;
  char language[16]; /* BCP 47, with a zero at its end */
} KouanVoiceRequest;

typedef struct
{
  guint32 serial;
  guint32 size; /* bytes */
} KouanVoiceChunk;

enum
{
  KOUAN_VOICE_EXIT_NO_VOICES = 3,
  KOUAN_VOICE_EXIT_NOT_LOCKED = 4,
};

G_END_DECLS
