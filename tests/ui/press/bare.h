/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button in a bare window, in a process of its own, that is pressed whenever one likes. */
typedef struct _KouanBare KouanBare;

KouanBare *kouan_bare_new (const char *program);
void kouan_bare_free (KouanBare *self);
double kouan_bare_press (KouanBare *self);

/* The process: stands beside a window of that width, and presses its button for each byte that it
 * reads. Returns: the status to end with */
int kouan_bare_serve (int left);

G_END_DECLS
