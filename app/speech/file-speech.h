/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/speech/speech.h"

G_BEGIN_DECLS

/* Writes what is said into a file, for the demonstration and for tests. A line is
 * "LANGUAGE<tab>TEXT" for each part, with "+" before the language of those that are not the first;
 * "-" alone says that what was being said was cut off. */
#define KOUAN_TYPE_FILE_SPEECH (kouan_file_speech_get_type ())
G_DECLARE_FINAL_TYPE (KouanFileSpeech, kouan_file_speech, KOUAN, FILE_SPEECH, GObject)

KouanSpeech *kouan_file_speech_new (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/* For tests: nothing comes to its end until it is told to. */
void kouan_file_speech_set_endless (KouanFileSpeech *self, gboolean endless);
void kouan_file_speech_finish (KouanFileSpeech *self);

/* For tests: paper is not loud; this is what it was told last. */
KouanLoudness kouan_file_speech_get_loudness (KouanFileSpeech *self);

/* Out of order: what is said is lost, as with a real one. */
void kouan_file_speech_set_failed (KouanFileSpeech *self, gboolean failed);

G_END_DECLS
