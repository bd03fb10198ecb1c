/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *kouan_identifier_to_string (const guint8 id[static 16]); /* as RFC 9562 writes a UUID */

G_END_DECLS
