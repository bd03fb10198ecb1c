/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/lds/tlv.h"
#include "tests/testlib/hex.h"

#include <string.h>

/* An exact copy, so that a look beyond its end is seen by the sanitizer. */
static guint8 *
exact (const char *hex, gsize *size)
{
  g_autoptr (GBytes) bytes = kouan_test_bytes (hex);

  *size = g_bytes_get_size (bytes);
  return g_memdup2 (g_bytes_get_data (bytes, NULL), *size);
}

static gboolean
walk (KouanTlvReader *reader)
{
  KouanTlv object;

  while (kouan_tlv_next (reader, &object))
    {
      KouanTlvReader inner;

      if ((object.whole[0] & 0x20) != 0 && (!kouan_tlv_enter (&object, &inner) || !walk (&inner)))
        return FALSE;
    }
  return kouan_tlv_finish (reader);
}

static gboolean
accepts (KouanTlvRules rules, const char *hex)
{
  gsize size;
  g_autofree guint8 *data = exact (hex, &size);
  KouanTlvReader reader;

  kouan_tlv_reader_init (&reader, rules, data, size);
  return walk (&reader);
}

static void
test_heads (void)
{
  static const struct
  {
    const char *hex;
    guint tag;
    gsize head;
    gsize value;
  } heads[] = {
    { "3003", 0x30, 2, 3 },
    { "7f618201f4", 0x7f61, 5, 500 },
    { "5f2e83010000", 0x5f2e, 6, 65536 },
    { "7f8f7f01", 0x7f8f7f, 4, 1 },
    { "0484ffffffff", 0x04, 6, 0xffffffff },
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      gsize size, head = 0, value = 0;
      g_autofree guint8 *data = exact (heads[i].hex, &size);
      guint tag = 0;

      g_assert_true (kouan_tlv_read_head (KOUAN_TLV_DER, data, size, &tag, &head, &value));
      g_assert_cmphex (tag, ==, heads[i].tag);
      g_assert_cmpuint (head, ==, heads[i].head);
      g_assert_cmpuint (value, ==, heads[i].value);
      for (gsize prefix = 0; prefix < size; prefix++)
        {
          g_autofree guint8 *cut = g_memdup2 (data, prefix);

          g_assert_false (kouan_tlv_read_head (KOUAN_TLV_DER, cut, prefix, &tag, &head, &value));
        }
    }
}

static void
test_strict (void)
{
  static const char *const both[] = { "", "0500", "3000", "30050203010001", "7f6103020101" };
  static const char *const loose[] = { "04810100", "0482000100", "5f0e0141", "30830000020500" };
  static const char *const neither[]
    = { "0480",     "30800000",         "00", "ff00", "0401",       "3003020200",
        "30020201", "0485000000000100", "1f", "1f80", "5f8f8f8f01", "04ff",
        "0000",     "300305000000" };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_assert_true (accepts (KOUAN_TLV_DER, both[i]));
      g_assert_true (accepts (KOUAN_TLV_BER, both[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (loose); i++)
    {
      g_assert_false (accepts (KOUAN_TLV_DER, loose[i]));
      g_assert_true (accepts (KOUAN_TLV_BER, loose[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (neither); i++)
    {
      g_assert_false (accepts (KOUAN_TLV_DER, neither[i]));
      g_assert_false (accepts (KOUAN_TLV_BER, neither[i]));
    }
}

/* A length that claims four gigabytes is refused where it stands, and costs nothing. */
static void
test_declared_length (void)
{
  gsize size;
  g_autofree guint8 *data = exact ("7f6184ffffffff020101", &size);
  KouanTlvReader reader;
  KouanTlv object;

  kouan_tlv_reader_init (&reader, KOUAN_TLV_BER, data, size);
  g_assert_cmphex (kouan_tlv_peek (&reader), ==, 0x7f61);
  g_assert_false (kouan_tlv_next (&reader, &object));
  g_assert_false (kouan_tlv_finish (&reader));
  g_assert_cmphex (kouan_tlv_peek (&reader), ==, 0);
}

static void
test_depth (void)
{
  for (guint depth = 1; depth <= KOUAN_TLV_DEPTH_MAX + 1; depth++)
    {
      g_autoptr (GByteArray) nested = g_byte_array_new ();
      KouanTlvReader reader;

      kouan_tlv_write (nested, 0x05, NULL, 0);
      for (guint i = 0; i < depth; i++)
        {
          g_autoptr (GByteArray) inner = g_steal_pointer (&nested);

          nested = g_byte_array_new ();
          kouan_tlv_write (nested, 0x30, inner->data, inner->len);
        }
      kouan_tlv_reader_init (&reader, KOUAN_TLV_DER, nested->data, nested->len);
      g_assert_cmpint (walk (&reader), ==, depth <= KOUAN_TLV_DEPTH_MAX);
    }
}

static void
test_read (void)
{
  gsize size;
  g_autofree guint8 *data = exact ("3008020105040304050600", &size);
  KouanTlvReader reader, inner;
  KouanTlv object;
  guint64 number = 0;

  g_assert_false (kouan_tlv_read_whole (KOUAN_TLV_DER, data, size, 0x30, &object));
  g_assert_true (kouan_tlv_read_whole (KOUAN_TLV_DER, data, size - 1, 0x30, &object));
  g_assert_false (kouan_tlv_read_whole (KOUAN_TLV_DER, data, size - 1, 0x31, &object));
  kouan_tlv_reader_init (&reader, KOUAN_TLV_DER, data, size - 1);
  g_assert_true (kouan_tlv_read_enter (&reader, 0x30, &inner));
  g_assert_true (kouan_tlv_finish (&reader));
  g_assert_true (kouan_tlv_read (&inner, 0x02, &object));
  g_assert_true (kouan_tlv_get_uint (&object, &number));
  g_assert_cmpuint (number, ==, 5);
  g_assert_false (kouan_tlv_enter (&object, &reader));
  g_assert_false (kouan_tlv_read (&inner, 0x05, &object));
  g_assert_false (kouan_tlv_read (&inner, 0x04, &object)); /* a mistake stays one */
}

static void
test_uint (void)
{
  static const guint64 numbers[]
    = { 0, 1, 127, 128, 255, 256, 0x7fff, 0x8000, G_MAXUINT32, G_MAXINT64, G_MAXUINT64 };
  static const char *const wrong[]
    = { "0200", "0201ff", "02020001", "0209010000000000000000", "020a00800000000000000000" };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();
      guint64 number = 1;
      KouanTlv object;

      kouan_tlv_write_uint (out, numbers[i]);
      g_assert_true (kouan_tlv_read_whole (KOUAN_TLV_DER, out->data, out->len, 0x02, &object));
      g_assert_true (kouan_tlv_get_uint (&object, &number));
      g_assert_cmpuint (number, ==, numbers[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gsize size;
      g_autofree guint8 *data = exact (wrong[i], &size);
      guint64 number;
      KouanTlv object;

      g_assert_true (kouan_tlv_read_whole (KOUAN_TLV_DER, data, size, 0x02, &object));
      g_assert_false (kouan_tlv_get_uint (&object, &number));
    }
}

static void
test_oid (void)
{
  static const char *const names[]
    = { "2.23.136.1.1.1", "1.2.840.113549.1.7.2", "0.4.0.127.0.7.2.2.4.2.2", "2.999.3", "1.39" };
  static const char *const wrong[]
    = { "0600", "060180", "0603882b80", "06032b8001", "060681ffffffff7f", "0402882b" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();
      g_autofree char *name = NULL;
      KouanTlv object;

      kouan_tlv_write_oid (out, names[i]);
      g_assert_true (kouan_tlv_read_whole (KOUAN_TLV_DER, out->data, out->len, 0x06, &object));
      name = kouan_tlv_dup_oid (&object);
      g_assert_cmpstr (name, ==, names[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gsize size;
      g_autofree guint8 *data = exact (wrong[i], &size);
      KouanTlvReader reader;
      KouanTlv object;

      kouan_tlv_reader_init (&reader, KOUAN_TLV_DER, data, size);
      if (kouan_tlv_next (&reader, &object))
        g_assert_null (kouan_tlv_dup_oid (&object));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lds/tlv/heads", test_heads);
  g_test_add_func ("/lds/tlv/strict", test_strict);
  g_test_add_func ("/lds/tlv/declared-length", test_declared_length);
  g_test_add_func ("/lds/tlv/depth", test_depth);
  g_test_add_func ("/lds/tlv/read", test_read);
  g_test_add_func ("/lds/tlv/uint", test_uint);
  g_test_add_func ("/lds/tlv/oid", test_oid);
  return g_test_run ();
}
