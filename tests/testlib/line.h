/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A TCP line on loopback that breaks on demand: forwards to a port, and cuts both ends off when so
 * many bytes have gone one way. A cut happens once; later connections go through. */
typedef struct _KouanTestLine KouanTestLine;

KouanTestLine *kouan_test_line_new (guint port);
guint kouan_test_line_get_port (KouanTestLine *self);
void kouan_test_line_set_target (KouanTestLine *self, guint port); /* for connections from now on */
void kouan_test_line_cut_up (KouanTestLine *self,
                             gint64 bytes); /* from the client, counted from now */
void kouan_test_line_cut_down (KouanTestLine *self, gint64 bytes);
gint64 kouan_test_line_get_up (KouanTestLine *self); /* bytes from clients so far */
gint64 kouan_test_line_get_down (KouanTestLine *self);
guint kouan_test_line_count (KouanTestLine *self); /* connections so far */
void kouan_test_line_on_cut (KouanTestLine *self,
                             void (*func) (gpointer data),
                             gpointer data); /* on its thread */
void kouan_test_line_free (KouanTestLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTestLine, kouan_test_line_free)

/* A server that reads a little, then sends @script with its own port in the place of @PORT@, one
 * connection after the other, and says goodbye. */
typedef struct _KouanTestScript KouanTestScript;

typedef enum
{
  KOUAN_TEST_SCRIPT_CLOSE, /* the bytes, then the end */
  KOUAN_TEST_SCRIPT_RESET, /* the bytes, then a reset */
  KOUAN_TEST_SCRIPT_HOLD,  /* the bytes, then silence */
  KOUAN_TEST_SCRIPT_DRIP,  /* the bytes, then one byte every 20 ms */
  KOUAN_TEST_SCRIPT_FLOOD, /* the bytes, then more of them for ever */
} KouanTestScriptEnd;

KouanTestScript *kouan_test_script_new (const char *bytes, KouanTestScriptEnd end);
char *kouan_test_script_get_url (KouanTestScript *self);
guint kouan_test_script_count (KouanTestScript *self); /* connections so far */
void kouan_test_script_free (KouanTestScript *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTestScript, kouan_test_script_free)

G_END_DECLS
