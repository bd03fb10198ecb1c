/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/cbor.h"
#include "tests/testlib/hex.h"

#include <string.h>

#define DEPTH_MAX 8

/* Reads any one item, as a reader that knows no format would have to. */
static gboolean
walk (KouanCborReader *reader, guint depth)
{
  guint64 number = 0;
  gint64 negative = 0;
  const guint8 *data = NULL;
  const char *text = NULL;
  gboolean flag = FALSE;
  gsize count = 0;
  KouanCborReader ahead = *reader;

  if (depth == DEPTH_MAX)
    return FALSE;
  switch (kouan_cbor_peek_major (reader))
    {
    case 0:
      return kouan_cbor_read_uint (reader, &number);
    case 1:
      return kouan_cbor_read_int (reader, &negative);
    case 2:
      return kouan_cbor_read_bytes (reader, &data, &count);
    case 3:
      return kouan_cbor_read_text (reader, &text, &count);
    case 4:
      if (!kouan_cbor_read_array (reader, &count))
        return FALSE;
      break;
    case 5:
      if (!kouan_cbor_read_map (reader, &count))
        return FALSE;
      count *= 2;
      break;
    case 6:
      return kouan_cbor_read_tag (reader, &number) && walk (reader, depth + 1);
    case 7:
      if (kouan_cbor_read_bool (&ahead, &flag))
        return kouan_cbor_read_bool (reader, &flag);
      return kouan_cbor_read_null (reader);
    default:
      return FALSE;
    }
  for (gsize i = 0; i < count; i++)
    if (!walk (reader, depth + 1))
      return FALSE;
  return TRUE;
}

static gboolean
accepts (const char *hex)
{
  g_autoptr (GBytes) bytes = kouan_test_bytes (hex);
  g_autofree guint8 *exact = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  KouanCborReader reader;

  kouan_cbor_reader_init (&reader, exact, g_bytes_get_size (bytes));
  return walk (&reader, 0) && kouan_cbor_reader_finish (&reader);
}

static const char *const good_items[] = {
  "00",
  "01",
  "0a",
  "17",
  "1818",
  "1819",
  "1864",
  "1903e8",
  "1a000f4240",
  "1b000000e8d4a51000",
  "1bffffffffffffffff",
  "20",
  "29",
  "3863",
  "3903e7",
  "f4",
  "f5",
  "f6",
  "40",
  "4401020304",
  "60",
  "6161",
  "6449455446",
  "62225c",
  "62c3bc",
  "63e6b0b4",
  "64f0908591",
  "6100",
  "80",
  "83010203",
  "8301820203820405",
  "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
  "a0",
  "a201020304",
  "a26161016162820203",
  "826161a161626163",
  "a56161614161626142616361436164614461656145",
  "c074323031332d30332d32315432303a30343a30305a",
  "c11a514b67b0",
  "d74401020304",
  "d818456449455446",
  "d82076687474703a2f2f7777772e6578616d706c652e636f6d",
};

/* RFC 8949, appendix A, as far as it is deterministic and within our types. */
static void
test_accepts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good_items); i++)
    g_assert_true (accepts (good_items[i]));
}

static const char *const bad_items[] = {
  "",
  /* longer than needed */
  "1800",
  "1817",
  "190000",
  "1900ff",
  "1a00000000",
  "1a0000ffff",
  "1b0000000000000000",
  "1b00000000ffffffff",
  "3817",
  "580100",
  "780161",
  "980101",
  "b8010101",
  "d801 00",
  "f814",
  /* reserved and indefinite */
  "1c",
  "1d",
  "1e",
  "1f",
  "5f42010243030405ff",
  "7f657374726561646d696e67ff",
  "9fff",
  "bfff",
  "ff",
  /* floating point, undefined, other simple values */
  "f90000",
  "fa47c35000",
  "fb3ff199999999999a",
  "f7",
  "f0",
  "f8ff",
  /* cut short */
  "18",
  "1903",
  "1b00000001000000",
  "41",
  "4401 0203",
  "62c3",
  "81",
  "8201",
  "a1",
  "a101",
  "c1",
  /* lengths that lie */
  "5bffffffffffffffff",
  "7bffffffffffffffff",
  "9bffffffffffffffff",
  "bbffffffffffffffff",
  "9b0000000100000000",
  "bb8000000000000000",
  "5b7fffffffffffffff00",
  /* not UTF-8 */
  "61ff",
  "62c328",
  "63eda080",
  "62c080",
  "64f4908080",
  "6200ff",
  /* more than one item */
  "0000",
  "8000",
  /* deeper than the walker goes */
  "818181818181818100",
  /* an integer below -2^63 */
  "3bffffffffffffffff",
  "3b8000000000000000",
};

static void
test_rejects (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_items); i++)
    if (accepts (bad_items[i]))
      g_error ("%s was accepted", bad_items[i]);
}

static void
test_writes (void)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  kouan_cbor_write_array (out, 13);
  kouan_cbor_write_uint (out, 23);
  kouan_cbor_write_uint (out, 24);
  kouan_cbor_write_uint (out, 255);
  kouan_cbor_write_uint (out, 256);
  kouan_cbor_write_uint (out, 65535);
  kouan_cbor_write_uint (out, 65536);
  kouan_cbor_write_uint (out, G_MAXUINT32);
  kouan_cbor_write_uint (out, G_GUINT64_CONSTANT (0x100000000));
  kouan_cbor_write_uint (out, G_MAXUINT64);
  kouan_cbor_write_int (out, 1000);
  kouan_cbor_write_int (out, -1000);
  kouan_cbor_write_int (out, G_MININT64);
  kouan_cbor_write_map (out, 2);
  kouan_cbor_write_text (out, "ü");
  kouan_cbor_write_bytes (out, (const guint8 *)"\1\2", 2);
  kouan_cbor_write_bool (out, TRUE);
  kouan_cbor_write_tag (out, 32);
  kouan_cbor_write_null (out);
  kouan_test_assert_bytes (out->data, out->len,
                           "8d 17 1818 18ff 190100 19ffff 1a00010000 1affffffff 1b0000000100000000"
                           "1bffffffffffffffff 1903e8 3903e7 3b7fffffffffffffff"
                           "a2 62c3bc 420102 f5 d820 f6");
}

static void
test_reads_back (void)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  KouanCborReader reader;
  guint64 number = 0;
  gint64 signed_number = 0;
  gboolean flag = FALSE;
  guint8 fixed[3];
  g_autofree char *text = NULL;

  kouan_cbor_write_array (out, 6);
  kouan_cbor_write_uint (out, G_MAXUINT64);
  kouan_cbor_write_int (out, G_MININT64);
  kouan_cbor_write_text (out, "口岸");
  kouan_cbor_write_bytes (out, (const guint8 *)"abc", 3);
  kouan_cbor_write_bool (out, FALSE);
  kouan_cbor_write_int (out, G_MAXINT64);

  kouan_cbor_reader_init (&reader, out->data, out->len);
  g_assert_true (kouan_cbor_expect_array (&reader, 6));
  g_assert_true (kouan_cbor_read_uint (&reader, &number));
  g_assert_cmpuint (number, ==, G_MAXUINT64);
  g_assert_true (kouan_cbor_read_int (&reader, &signed_number));
  g_assert_cmpint (signed_number, ==, G_MININT64);
  text = kouan_cbor_dup_text (&reader);
  g_assert_cmpstr (text, ==, "口岸");
  g_assert_true (kouan_cbor_read_fixed (&reader, fixed, 3));
  g_assert_cmpmem (fixed, 3, "abc", 3);
  flag = TRUE;
  g_assert_true (kouan_cbor_read_bool (&reader, &flag));
  g_assert_false (flag);
  g_assert_false (kouan_cbor_reader_finish (&reader)); /* one item is left */
  g_assert_true (kouan_cbor_read_int (&reader, &signed_number));
  g_assert_cmpint (signed_number, ==, G_MAXINT64);
  g_assert_true (kouan_cbor_reader_finish (&reader));
  g_assert_cmpint (kouan_cbor_peek_major (&reader), ==, -1);
}

static void
test_first_mistake_stays (void)
{
  g_autoptr (GBytes) bytes = kouan_test_bytes ("830102 0a");
  KouanCborReader reader;
  guint64 number = 7;
  guint8 fixed[1];

  kouan_cbor_reader_init (&reader, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_true (kouan_cbor_expect_array (&reader, 3));
  g_assert_false (kouan_cbor_read_fixed (&reader, fixed, 1)); /* an integer stands here */
  g_assert_false (kouan_cbor_read_uint (&reader, &number));
  g_assert_cmpint (kouan_cbor_peek_major (&reader), ==, -1);
  g_assert_false (kouan_cbor_reader_finish (&reader));
}

static void
assert_read_fails (const char *hex, gboolean (*read) (KouanCborReader *reader))
{
  g_autoptr (GBytes) bytes = kouan_test_bytes (hex);
  KouanCborReader reader;

  kouan_cbor_reader_init (&reader, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_false (read (&reader));
  g_assert_true (reader.failed);
}

static gboolean
read_two (KouanCborReader *reader)
{
  return kouan_cbor_expect_array (reader, 2);
}

static gboolean
read_two_bytes (KouanCborReader *reader)
{
  guint8 data[2];

  return kouan_cbor_read_fixed (reader, data, 2);
}

static gboolean
read_terminated (KouanCborReader *reader)
{
  g_autofree char *text = kouan_cbor_dup_text (reader);

  return text != NULL;
}

static gboolean
read_flag (KouanCborReader *reader)
{
  gboolean flag = FALSE;

  return kouan_cbor_read_bool (reader, &flag);
}

static void
test_wrong_shape (void)
{
  assert_read_fails ("83010203", read_two);
  assert_read_fails ("8101", read_two);
  assert_read_fails ("4101", read_two_bytes);
  assert_read_fails ("43010203", read_two_bytes);
  assert_read_fails ("6162", read_two_bytes);
  assert_read_fails ("63610062", read_terminated);
  assert_read_fails ("f6", read_flag);
  assert_read_fails ("01", read_flag);
  assert_read_fails ("f4", kouan_cbor_read_null);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/cbor/accepts", test_accepts);
  g_test_add_func ("/crypto/cbor/rejects", test_rejects);
  g_test_add_func ("/crypto/cbor/writes", test_writes);
  g_test_add_func ("/crypto/cbor/reads-back", test_reads_back);
  g_test_add_func ("/crypto/cbor/first-mistake-stays", test_first_mistake_stays);
  g_test_add_func ("/crypto/cbor/wrong-shape", test_wrong_shape);
  return g_test_run ();
}
