/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/voice/stops.h"

G_BEGIN_DECLS

const char *kouan_phrase_of_sign (const char *text);
char *kouan_phrase_without_numbers (const char *text) G_GNUC_WARN_UNUSED_RESULT;
void kouan_phrase_add_greeting (const KouanLanguage *language,
                                gboolean alone,
                                KouanUtterance *utterance);
void kouan_stop_say (const KouanStop *self, gboolean alone, KouanUtterance *utterance);
void kouan_stop_say_short (const KouanStop *self, gboolean alone, KouanUtterance *utterance);

G_END_DECLS
