/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A piece of what is said, in one language. */
typedef struct
{
  char *text;     /* UTF-8, one line */
  char *language; /* BCP 47 */
} KouanSpeechPart;

/* What is said in one go; parts may be in different languages. Not changed once it is said. */
#define KOUAN_TYPE_UTTERANCE (kouan_utterance_get_type ())
typedef struct _KouanUtterance KouanUtterance;
GType kouan_utterance_get_type (void);

KouanUtterance *kouan_utterance_new (void) G_GNUC_WARN_UNUSED_RESULT;
KouanUtterance *kouan_utterance_ref (KouanUtterance *self);
void kouan_utterance_unref (KouanUtterance *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanUtterance, kouan_utterance_unref)

void kouan_utterance_add (KouanUtterance *self, const char *language, const char *text);
guint kouan_utterance_get_count (KouanUtterance *self);
const KouanSpeechPart *kouan_utterance_get (KouanUtterance *self, guint index);
char *kouan_utterance_dup_text (KouanUtterance *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
