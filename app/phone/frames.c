/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-phone"

#include "app/phone/frames.h"

#include <string.h>

/* Reads what kouan-phone says as if it were a stranger: a server that was taken over is one. The
 * start comes first and once, nothing follows the end, numbers hold to the limits, and memory for a
 * file is taken as its bytes come, never by what was announced. */

typedef enum
{
  STATE_NEW,
  STATE_OPEN,
  STATE_OVER,
  STATE_BROKEN,
} State;

struct _KouanPhoneFrames
{
  KouanPhoneNewsFunc func;
  gpointer data;

  State state;
  guint8 frame[KOUAN_PHONE_FRAME_SIZE];
  gsize filled;
  GByteArray *file; /* (nullable): the one that is coming */
  gsize file_size;
  guint files;
};

static const struct
{
  const char *tag;
  KouanPhoneNewsKind kind;
} tags[] = {
  { KOUAN_PHONE_TAG_START, KOUAN_PHONE_NEWS_START },
  { KOUAN_PHONE_TAG_HERE, KOUAN_PHONE_NEWS_HERE },
  { KOUAN_PHONE_TAG_PART, KOUAN_PHONE_NEWS_PART },
  { KOUAN_PHONE_TAG_CUT, KOUAN_PHONE_NEWS_CUT },
  { KOUAN_PHONE_TAG_FILE, KOUAN_PHONE_NEWS_FILE },
  { KOUAN_PHONE_TAG_OVER, KOUAN_PHONE_NEWS_OVER },
};

KouanPhoneFrames *
kouan_phone_frames_new (KouanPhoneNewsFunc func, gpointer data)
{
  KouanPhoneFrames *self = g_new0 (KouanPhoneFrames, 1);

  self->func = func;
  self->data = data;
  return self;
}

void
kouan_phone_frames_free (KouanPhoneFrames *self)
{
  g_clear_pointer (&self->file, g_byte_array_unref);
  g_free (self);
}

static guint32
word (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_BE (value);
}

static gboolean
parse (const KouanPhoneFrames *self, KouanPhoneNews *news)
{
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (memcmp (self->frame, tags[i].tag, 4) == 0)
      {
        *news
          = (KouanPhoneNews){ tags[i].kind, word (self->frame + 4), word (self->frame + 8), NULL };
        return TRUE;
      }
  return FALSE;
}

static gboolean
may_be_said (const KouanPhoneFrames *self, const KouanPhoneNews *news)
{
  switch (news->kind)
    {
    case KOUAN_PHONE_NEWS_START:
      return self->state == STATE_NEW && news->a > 0 && news->a <= G_MAXUINT16;
    case KOUAN_PHONE_NEWS_PART:
      return self->state == STATE_OPEN && news->a <= news->b && news->b <= KOUAN_PHONE_BODY_MAX;
    case KOUAN_PHONE_NEWS_FILE:
      return self->state == STATE_OPEN && news->a >= KOUAN_PHONE_ENVELOPE_SIZE
             && news->a <= KOUAN_PHONE_BODY_MAX && self->files < KOUAN_PHONE_FILES_MAX;
    case KOUAN_PHONE_NEWS_HERE:
    case KOUAN_PHONE_NEWS_CUT:
    case KOUAN_PHONE_NEWS_OVER:
    default:
      return self->state == STATE_OPEN;
    }
}

static gboolean
take_frame (KouanPhoneFrames *self)
{
  KouanPhoneNews news;

  if (!parse (self, &news) || !may_be_said (self, &news))
    {
      self->state = STATE_BROKEN;
      return FALSE;
    }
  self->filled = 0;
  self->state = news.kind == KOUAN_PHONE_NEWS_OVER ? STATE_OVER : STATE_OPEN;
  if (news.kind == KOUAN_PHONE_NEWS_FILE)
    {
      self->file = g_byte_array_new ();
      self->file_size = news.a;
    }
  else
    self->func (&news, self->data);
  return TRUE;
}

static void
end_file (KouanPhoneFrames *self)
{
  g_autoptr (GBytes) file = g_byte_array_free_to_bytes (g_steal_pointer (&self->file));
  const KouanPhoneNews news = { KOUAN_PHONE_NEWS_FILE, 0, 0, file };

  self->files++;
  self->func (&news, self->data);
}

/* Returns: how many bytes were of use */
static gsize
take_some (KouanPhoneFrames *self, const guint8 *bytes, gsize size)
{
  gsize count;

  if (self->file != NULL)
    {
      count = MIN (size, self->file_size - self->file->len);
      g_byte_array_append (self->file, bytes, (guint)count);
      if (self->file->len == self->file_size)
        end_file (self);
      return count;
    }
  count = MIN (size, KOUAN_PHONE_FRAME_SIZE - self->filled);
  memcpy (self->frame + self->filled, bytes, count);
  self->filled += count;
  return count;
}

/**
 * kouan_phone_frames_feed:
 *
 * Hands on all the news that @bytes complete.
 *
 * Returns: %FALSE where it says what kouan-phone may not; then it is not to be listened to any more
 */
gboolean
kouan_phone_frames_feed (KouanPhoneFrames *self, const guint8 *bytes, gsize size)
{
  while (size > 0 && self->state != STATE_BROKEN)
    {
      gsize count = self->state != STATE_OVER ? take_some (self, bytes, size) : 0;

      if (count == 0 || (self->filled == KOUAN_PHONE_FRAME_SIZE && !take_frame (self)))
        self->state = STATE_BROKEN;
      bytes += count;
      size -= count;
    }
  return self->state != STATE_BROKEN;
}
