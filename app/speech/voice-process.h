/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One kouan-voice: texts in, samples out. */
typedef struct _KouanVoiceProcess KouanVoiceProcess;

/* On the main context. @samples: (nullable): signed 16-bit, 22 050 Hz, one channel; %NULL at the
 * end of what was asked for last. Never for what was asked for before that. */
typedef void (*KouanVoiceSamples) (GBytes *samples, gpointer owner);

KouanVoiceProcess *kouan_voice_process_new (const char *program,
                                            KouanVoiceSamples on_samples,
                                            gpointer owner) G_GNUC_WARN_UNUSED_RESULT;
void kouan_voice_process_free (KouanVoiceProcess *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanVoiceProcess, kouan_voice_process_free)

gboolean kouan_voice_process_ask (KouanVoiceProcess *self,
                                  const char *language,
                                  const char *text,
                                  guint words_per_minute) G_GNUC_WARN_UNUSED_RESULT;
void kouan_voice_process_forget (KouanVoiceProcess *self);
const char *kouan_voice_process_get_id (KouanVoiceProcess *self);

G_END_DECLS
