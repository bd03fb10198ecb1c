/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads deterministic CBOR (RFC 8949 §4.2.1) and nothing else, in place, without allocating. The
 * first mistake makes every later read fail too, so a caller may read a whole message and look
 * once. */
typedef struct
{
  const guint8 *data;
  gsize size;
  gsize offset;
  gboolean failed;
} KouanCborReader;

void kouan_cbor_reader_init (KouanCborReader *self, const guint8 *data, gsize size);
gboolean kouan_cbor_read_uint (KouanCborReader *self, guint64 *value);
gboolean kouan_cbor_read_int (KouanCborReader *self, gint64 *value);
gboolean kouan_cbor_read_bytes (KouanCborReader *self, const guint8 **data, gsize *size);
gboolean kouan_cbor_read_fixed (KouanCborReader *self,
                                guint8 *data,
                                gsize size); /* a byte string of exactly @size */
gboolean kouan_cbor_read_text (KouanCborReader *self,
                               const char **text,
                               gsize *size); /* valid UTF-8, not terminated */
char *kouan_cbor_dup_text (
  KouanCborReader *self); /* (nullable) (transfer full): a text without NUL, terminated */
gboolean kouan_cbor_read_array (KouanCborReader *self, gsize *count);
gboolean kouan_cbor_expect_array (KouanCborReader *self, gsize count);
gboolean kouan_cbor_read_map (KouanCborReader *self, gsize *count);
gboolean kouan_cbor_read_tag (KouanCborReader *self, guint64 *tag);
gboolean kouan_cbor_read_bool (KouanCborReader *self, gboolean *value);
gboolean kouan_cbor_read_null (KouanCborReader *self);
int kouan_cbor_peek_major (KouanCborReader *self);         /* 0 to 7, or -1 at the end */
gboolean kouan_cbor_reader_finish (KouanCborReader *self); /* no mistake and nothing left over */

/* Writes it, at the end of @out. Map keys in order are the caller's duty. */
void kouan_cbor_write_uint (GByteArray *out, guint64 value);
void kouan_cbor_write_int (GByteArray *out, gint64 value);
void kouan_cbor_write_bytes (GByteArray *out, const guint8 *data, gsize size);
void kouan_cbor_write_text (GByteArray *out, const char *text);
void kouan_cbor_write_array (GByteArray *out, gsize count);
void kouan_cbor_write_map (GByteArray *out, gsize count);
void kouan_cbor_write_tag (GByteArray *out, guint64 tag);
void kouan_cbor_write_bool (GByteArray *out, gboolean value);
void kouan_cbor_write_null (GByteArray *out);

G_END_DECLS
