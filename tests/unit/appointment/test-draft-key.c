/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/appointment/draft-key.h"
#include "tests/testlib/hex.h"

#include <string.h>

/* openssl kdf -keylen N -kdfopt digest:SHA256 -kdfopt hexkey:0b… -kdfopt info:… HKDF. A change of
 * these loses every parked draft. */
static void
test_vector (void)
{
  g_autoptr (KouanSecret) secret = kouan_secret_new (16);
  g_autoptr (KouanSecret) key = NULL;
  guint8 name[16];

  memset (kouan_secret_data (secret), 0x0b, 16);
  kouan_draft_name (secret, name);
  key = kouan_draft_key (secret);
  kouan_test_assert_bytes (name, sizeof name, "15cb25af52eabbb85771e03fddcc27fa");
  kouan_test_assert_bytes (kouan_secret_data (key), kouan_secret_size (key),
                           "41c079963a39b8f291895a960481e154b6de5d25c48f7b0c28b6059ceccc9a01");
}

static void
test_another_code (void)
{
  g_autoptr (KouanSecret) a = kouan_secret_new_random (16);
  g_autoptr (KouanSecret) b = kouan_secret_new_copy (kouan_secret_data (a), 16);
  g_autoptr (KouanSecret) a_key = kouan_draft_key (a);
  g_autoptr (KouanSecret) b_key = NULL;
  guint8 a_name[16];
  guint8 b_name[16];

  kouan_secret_data (b)[15] ^= 1;
  b_key = kouan_draft_key (b);
  g_assert_false (kouan_secret_equal (a_key, b_key));
  kouan_draft_name (a, a_name);
  kouan_draft_name (b, b_name);
  g_assert_true (memcmp (a_name, b_name, sizeof a_name) != 0);
  g_assert_true (memcmp (a_name, kouan_secret_data (a_key), sizeof a_name) != 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft-key/vector", test_vector);
  g_test_add_func ("/draft-key/another-code", test_another_code);
  return g_test_run ();
}
