/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/phone/frames.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A kouan-phone that was taken over, saying anything at all, in pieces of any length. */

typedef struct
{
  guint news;
  guint starts;
  guint files;
  gboolean over;
} Seen;

static void
on_news (const KouanPhoneNews *news, gpointer data)
{
  Seen *seen = data;

  g_assert_false (seen->over);
  g_assert_true ((seen->news == 0) == (news->kind == KOUAN_PHONE_NEWS_START));
  g_assert_true ((news->kind == KOUAN_PHONE_NEWS_FILE) == (news->file != NULL));
  if (news->kind == KOUAN_PHONE_NEWS_FILE)
    {
      gsize size = g_bytes_get_size (news->file);

      g_assert_true (size >= KOUAN_PHONE_ENVELOPE_SIZE && size <= KOUAN_PHONE_BODY_MAX);
      seen->files++;
    }
  if (news->kind == KOUAN_PHONE_NEWS_PART)
    g_assert_cmpuint (news->a, <=, news->b);
  seen->over = news->kind == KOUAN_PHONE_NEWS_OVER;
  seen->news++;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Seen seen = { 0 };
  g_autoptr (KouanPhoneFrames) frames = kouan_phone_frames_new (on_news, &seen);
  gboolean understood = TRUE;
  gsize step;

  if (size == 0)
    return 0;
  step = data[0] + 1;
  for (gsize at = 1; at < size && understood; at += step)
    understood = kouan_phone_frames_feed (frames, data + at, MIN (step, size - at));
  g_assert_cmpuint (seen.files, <=, KOUAN_PHONE_FILES_MAX);
  if (!understood) /* and it does not come round */
    g_assert_false (kouan_phone_frames_feed (frames, (const guint8 *)KOUAN_PHONE_TAG_HERE, 4));
  return 0;
}
