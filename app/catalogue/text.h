/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One text in several languages (BCP 47). */
typedef struct _KouanText KouanText;

KouanText *kouan_text_new (void);
void kouan_text_add (KouanText *self, const char *language, const char *words);
const char *kouan_text_get (KouanText *self, const char *language);
gboolean kouan_text_has (KouanText *self, const char *language); /* exactly this one */
void kouan_text_free (KouanText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanText, kouan_text_free)

G_END_DECLS
