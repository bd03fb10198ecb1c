/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which of espeak-ng's voices speaks a language. */
const char *kouan_voice_find (const char *language);

G_END_DECLS
