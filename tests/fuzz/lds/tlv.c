/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/lds/tlv.h"

#include <string.h>

/* Any bytes as data objects. What is read by DER's rules and written again must come out as it was;
 * whatever is read must lie within the span. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_within (const KouanTlvReader *reader, const KouanTlv *object)
{
  g_assert_true (object->whole >= reader->data && object->value >= object->whole);
  g_assert_true (object->whole + object->whole_size == object->value + object->size);
  g_assert_true (object->value + object->size <= reader->data + reader->size);
}

static void
try_values (const KouanTlv *object)
{
  g_autofree char *oid = kouan_tlv_dup_oid (object);
  guint64 number;

  if (kouan_tlv_get_uint (object, &number) && object->tag == 0x02)
    {
      g_autoptr (GByteArray) again = g_byte_array_new ();

      kouan_tlv_write_uint (again, number);
      g_assert_true (again->len <= object->whole_size);
    }
  if (oid != NULL)
    {
      g_autoptr (GByteArray) again = g_byte_array_new ();

      kouan_tlv_write_oid (again, oid);
      g_assert_true (object->rules == KOUAN_TLV_BER || again->len == object->whole_size);
    }
}

static void
walk (KouanTlvReader *reader, GByteArray *out)
{
  KouanTlv object;

  while (kouan_tlv_next (reader, &object))
    {
      KouanTlvReader inner;

      check_within (reader, &object);
      try_values (&object);
      kouan_tlv_write (out, object.tag, object.value, object.size);
      if (kouan_tlv_enter (&object, &inner))
        {
          g_autoptr (GByteArray) within = g_byte_array_new ();

          walk (&inner, within);
          if (object.rules == KOUAN_TLV_DER && kouan_tlv_finish (&inner))
            g_assert_cmpmem (within->data, within->len, object.value, object.size);
        }
    }
  g_assert_true (reader->offset <= reader->size);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  for (KouanTlvRules rules = KOUAN_TLV_DER; rules <= KOUAN_TLV_BER; rules++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();
      KouanTlvReader reader;

      kouan_tlv_reader_init (&reader, rules, data, size);
      walk (&reader, out);
      if (rules == KOUAN_TLV_DER)
        g_assert_cmpmem (out->data, out->len, data, reader.offset);
    }
  return 0;
}
