/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One text in several languages (BCP 47). */
typedef struct _KouanText KouanPhrase;

KouanPhrase *kouan_phrase_new (void);
void kouan_phrase_add (KouanPhrase *self, const char *language, const char *words);
const char *kouan_phrase_get (KouanPhrase *self, const char *language);
gboolean kouan_phrase_has (KouanPhrase *self, const char *language); /* exactly this one */
void kouan_phrase_free (KouanPhrase *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanPhrase, kouan_phrase_free)

G_END_DECLS
