/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/phone/protocol.h"

G_BEGIN_DECLS

/* What kouan-phone says, taken apart. */
typedef enum
{
  KOUAN_PHONE_NEWS_START, /* a: port */
  KOUAN_PHONE_NEWS_HERE,
  KOUAN_PHONE_NEWS_PART, /* a: received, b: total */
  KOUAN_PHONE_NEWS_CUT,
  KOUAN_PHONE_NEWS_FILE, /* file */
  KOUAN_PHONE_NEWS_OVER,
} KouanPhoneNewsKind;

typedef struct
{
  KouanPhoneNewsKind kind;
  guint32 a;
  guint32 b;
  GBytes *file; /* (nullable) */
} KouanPhoneNews;

typedef void (*KouanPhoneNewsFunc) (const KouanPhoneNews *news, gpointer data);

typedef struct _KouanPhoneFrames KouanPhoneFrames;

KouanPhoneFrames *kouan_phone_frames_new (KouanPhoneNewsFunc func, gpointer data);
void kouan_phone_frames_free (KouanPhoneFrames *self);
gboolean kouan_phone_frames_feed (KouanPhoneFrames *self,
                                  const guint8 *bytes,
                                  gsize size) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanPhoneFrames, kouan_phone_frames_free)

G_END_DECLS
