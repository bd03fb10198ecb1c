/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/voice/voice.h"

G_BEGIN_DECLS

/* Somebody with five keys and, when it is plugged in, a headphone, in front of a window. */
typedef struct
{
  char *folder;
  char *path;  /* of what is said */
  char *plug;  /* the headphone */
  gsize heard; /* bytes of it that were read */
  KouanWindow *window; /* the caller's */
  KouanSpeech *speech;
  KouanHeadphone *headphone;
  KouanVoice *voice;
} KouanTestEar;

void kouan_test_ear_open (KouanTestEar *self, KouanWindow *window);
void kouan_test_ear_close (KouanTestEar *self);
void kouan_test_ear_plug_in (KouanTestEar *self);
void kouan_test_ear_press (KouanTestEar *self, KouanVoiceKey key);
char *kouan_test_ear_hear (KouanTestEar *self) G_GNUC_WARN_UNUSED_RESULT; /* since it was asked last */
void kouan_test_ear_assert_heard (KouanTestEar *self, const char *text);
void kouan_test_ear_go_to (KouanTestEar *self, const char *text);

/* Fails unless the five keys reach everything that a finger could press now, and it is said. */
void kouan_test_ear_check_reaches (KouanTestEar *self);

G_END_DECLS
