/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KOUAN_TLV_DEPTH_MAX 16

/* How strictly heads are read. */
typedef enum
{
  KOUAN_TLV_DER, /* X.690 §10: shortest lengths, shortest tags */
  KOUAN_TLV_BER, /* as chips write their files: a length may have leading zeros, a tag may be longer
                    than its number needs (5F0E); lengths are definite all the same */
} KouanTlvRules;

/* One data object (ISO/IEC 7816-4 §5.2.2, X.690): a view of the reader's bytes, which outlive it.
 */
typedef struct
{
  guint tag; /* its bytes as one number: 0x30, 0x5f1f, 0x7f61 */
  const guint8 *value;
  gsize size;
  const guint8 *whole; /* with its head */
  gsize whole_size;
  KouanTlvRules rules;
  guint depth;
} KouanTlv;

/* Reads the objects of a span one after the other, in place. The first mistake makes every later
 * read fail too. */
typedef struct
{
  const guint8 *data;
  gsize size;
  gsize offset;
  KouanTlvRules rules;
  guint depth;
  gboolean failed;
} KouanTlvReader;

void
kouan_tlv_reader_init (KouanTlvReader *self, KouanTlvRules rules, const guint8 *data, gsize size);
guint kouan_tlv_peek (const KouanTlvReader *self); /* the next tag; 0 at the end or a mistake */
gboolean kouan_tlv_next (KouanTlvReader *self, KouanTlv *object);
gboolean kouan_tlv_read (KouanTlvReader *self, guint tag, KouanTlv *object);
gboolean kouan_tlv_enter (const KouanTlv *object, KouanTlvReader *inner);
gboolean kouan_tlv_read_enter (KouanTlvReader *self, guint tag, KouanTlvReader *inner);
gboolean kouan_tlv_finish (const KouanTlvReader *self); /* no mistake and nothing left over */
gboolean kouan_tlv_read_whole (
  KouanTlvRules rules, const guint8 *data, gsize size, guint tag, KouanTlv *object);

/* The head alone, where the value has yet to come: as the first bytes of a chip's file. */
gboolean kouan_tlv_read_head (KouanTlvRules rules,
                              const guint8 *data,
                              gsize size,
                              guint *tag,
                              gsize *head_size,
                              gsize *value_size);

gboolean kouan_tlv_get_uint (const KouanTlv *object, guint64 *value); /* of an INTEGER's value */
char *kouan_tlv_dup_oid (const KouanTlv *object); /* (nullable): "2.23.136.1.1.1" */

/* Writes DER, at the end of @out. */
void kouan_tlv_write (GByteArray *out, guint tag, const guint8 *value, gsize size);
void kouan_tlv_write_uint (GByteArray *out, guint64 value); /* INTEGER */
void kouan_tlv_write_oid (GByteArray *out, const char *dotted);

G_END_DECLS
