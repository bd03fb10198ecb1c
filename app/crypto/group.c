/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/group.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/x509.h>

/* PACE and Chip Authentication need more of a group than EVP offers: a generator that is worked out
 * on the way. So this is built on EC_POINT and BIGNUM, and every element that comes from outside is
 * looked at before it meets a secret: a point has to be on the curve and not at infinity, a number
 * between 1 and p-1, neither included (and in the subgroup, where its order is known); and what
 * comes out must not be the neutral element, or the other side would know it whatever our secret
 * is (BSI TR-03111 §4.3.1, SP 800-56A §5.6.2.3). */

#define CURVE_BITS_MAX 640
#define PRIME_BITS_MIN 1024
#define PRIME_BITS_MAX 8192

typedef EVP_PKEY OpensslKey;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpensslKey, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EC_POINT, EC_POINT_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_clear_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BN_CTX, BN_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OSSL_PARAM, OSSL_PARAM_free)

struct _KouanGroup
{
  gatomicrefcount refs;

  /* A curve. */
  EC_GROUP *curve;
  EC_POINT *base; /* (nullable): a mapped generator; NULL: the curve's own */

  /* Or numbers modulo a prime. */
  BIGNUM *prime;
  BIGNUM *generator;
  BIGNUM *order; /* (nullable) */
};

struct _KouanGroupKey
{
  KouanGroup *group;
  BIGNUM *secret;
  GBytes *element;
};

static KouanGroup *
group_new (void)
{
  KouanGroup *self = g_new0 (KouanGroup, 1);

  g_atomic_ref_count_init (&self->refs);
  return self;
}

KouanGroup *
kouan_group_ref (KouanGroup *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kouan_group_unref (KouanGroup *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  EC_GROUP_free (self->curve);
  EC_POINT_clear_free (self->base);
  BN_free (self->prime);
  BN_clear_free (self->generator);
  BN_free (self->order);
  g_free (self);
}

gboolean
kouan_group_is_curve (KouanGroup *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->curve != NULL;
}

/* RFC 5114 §2.1 to §2.3 by the names that OpenSSL has for them. */
static KouanGroup *
new_by_name (const char *name)
{
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new_from_name (NULL, "DHX", NULL);
  g_autoptr (OpensslKey) parameters = NULL;
  KouanGroup *self = group_new ();
  OSSL_PARAM params[] = {
    OSSL_PARAM_construct_utf8_string (OSSL_PKEY_PARAM_GROUP_NAME, (char *)name, 0),
    OSSL_PARAM_construct_end (),
  };

  g_assert (EVP_PKEY_paramgen_init (context) == 1 && EVP_PKEY_CTX_set_params (context, params) == 1
            && EVP_PKEY_generate (context, &parameters) == 1);
  g_assert (EVP_PKEY_get_bn_param (parameters, OSSL_PKEY_PARAM_FFC_P, &self->prime) == 1
            && EVP_PKEY_get_bn_param (parameters, OSSL_PKEY_PARAM_FFC_G, &self->generator) == 1
            && EVP_PKEY_get_bn_param (parameters, OSSL_PKEY_PARAM_FFC_Q, &self->order) == 1);
  return self;
}

/**
 * kouan_group_new_standard:
 * @id: of the standardised domain parameters (9303-11 §9.5.1, table 6)
 *
 * Returns: (transfer full) (nullable): %NULL for a reserved @id
 */
KouanGroup *
kouan_group_new_standard (guint id)
{
  static const char *const primes[] = { "dh_1024_160", "dh_2048_224", "dh_2048_256" };
  static const int curves[] = {
    [8] = NID_X9_62_prime192v1, [9] = NID_brainpoolP192r1,   [10] = NID_secp224r1,
    [11] = NID_brainpoolP224r1, [12] = NID_X9_62_prime256v1, [13] = NID_brainpoolP256r1,
    [14] = NID_brainpoolP320r1, [15] = NID_secp384r1,        [16] = NID_brainpoolP384r1,
    [17] = NID_brainpoolP512r1, [18] = NID_secp521r1,
  };
  KouanGroup *self;

  if (id < G_N_ELEMENTS (primes))
    return new_by_name (primes[id]);
  if (id >= G_N_ELEMENTS (curves) || curves[id] == 0)
    return NULL;
  self = group_new ();
  self->curve = EC_GROUP_new_by_curve_name (curves[id]);
  g_assert (self->curve != NULL);
  return self;
}

static gboolean
refuse (GError **error, const char *what)
{
  ERR_clear_error ();
  g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED, what);
  return FALSE;
}

static gboolean
take_curve (KouanGroup *self, EVP_PKEY *key, GBytes **element, GError **error)
{
  g_autoptr (OSSL_PARAM) params = NULL;
  guchar *point = NULL;
  gsize size;

  if (EVP_PKEY_todata (key, EVP_PKEY_KEY_PARAMETERS, &params) != 1)
    return refuse (error, "a key without its curve");
  self->curve = EC_GROUP_new_from_params (params, NULL, NULL);
  if (self->curve == NULL || EC_GROUP_get_degree (self->curve) > CURVE_BITS_MAX
      || EC_GROUP_check (self->curve, NULL) != 1)
    return refuse (error, "a key on a curve that is none");
  size = EVP_PKEY_get1_encoded_public_key (key, &point);
  if (size == 0)
    return refuse (error, "a key without its point");
  *element = g_bytes_new (point, size);
  OPENSSL_free (point);
  return TRUE;
}

static gboolean
take_prime (KouanGroup *self, EVP_PKEY *key, GBytes **element, GError **error)
{
  guchar *number = NULL;
  gsize size;

  if (EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_FFC_P, &self->prime) != 1
      || EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_FFC_G, &self->generator) != 1
      || BN_num_bits (self->prime) < PRIME_BITS_MIN || BN_num_bits (self->prime) > PRIME_BITS_MAX
      || !BN_is_odd (self->prime) || BN_cmp (self->generator, self->prime) >= 0)
    return refuse (error, "a key modulo a prime that is none");
  EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_FFC_Q, &self->order);
  size = EVP_PKEY_get1_encoded_public_key (key, &number);
  ERR_clear_error ();
  if (size == 0)
    return refuse (error, "a key without its number");
  *element = g_bytes_new (number, size);
  OPENSSL_free (number);
  return TRUE;
}

/**
 * kouan_group_new_from_public_key:
 * @info: a SubjectPublicKeyInfo; a curve may be named or, as ICAO prefers it, spelt out
 * @element: (out) (transfer full): the public key in the group
 *
 * Returns: (transfer full) (nullable): %NULL with %KOUAN_CRYPTO_ERROR_MALFORMED
 */
KouanGroup *
kouan_group_new_from_public_key (GBytes *info, GBytes **element, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (info, &size);
  g_autoptr (OpensslKey) key = size <= 16384 ? d2i_PUBKEY (NULL, &data, (long)size) : NULL;
  g_autoptr (KouanGroup) self = group_new ();
  g_autoptr (GBytes) found = NULL;
  gboolean taken;

  if (key == NULL)
    {
      refuse (error, "not a public key");
      return NULL;
    }
  if (EVP_PKEY_is_a (key, "EC"))
    taken = take_curve (self, key, &found, error);
  else if (EVP_PKEY_is_a (key, "DH") || EVP_PKEY_is_a (key, "DHX"))
    taken = take_prime (self, key, &found, error);
  else
    taken = refuse (error, "a public key of a kind that agrees on nothing");
  if (!taken)
    return NULL;
  *element = g_steal_pointer (&found);
  return g_steal_pointer (&self);
}

static GBytes *
point_to_bytes (KouanGroup *self, const EC_POINT *point)
{
  gsize size
    = EC_POINT_point2oct (self->curve, point, POINT_CONVERSION_UNCOMPRESSED, NULL, 0, NULL);
  guint8 *data = g_malloc (size);

  g_assert (EC_POINT_point2oct (self->curve, point, POINT_CONVERSION_UNCOMPRESSED, data, size, NULL)
            == size);
  return g_bytes_new_take (data, size);
}

static EC_POINT *
point_from_bytes (KouanGroup *self, GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (EC_POINT) point = EC_POINT_new (self->curve);

  /* EC_POINT_oct2point looks whether it is on the curve. */
  if (size < 3 || data[0] != POINT_CONVERSION_UNCOMPRESSED
      || EC_POINT_oct2point (self->curve, point, data, size, NULL) != 1
      || EC_POINT_is_at_infinity (self->curve, point))
    {
      refuse (error, "not a point of the curve");
      return NULL;
    }
  return g_steal_pointer (&point);
}

static GBytes *
number_to_bytes (KouanGroup *self, const BIGNUM *number)
{
  int size = BN_num_bytes (self->prime);
  guint8 *data = g_malloc (size);

  g_assert (BN_bn2binpad (number, data, size) == size);
  return g_bytes_new_take (data, size);
}

static gboolean
is_in_subgroup (KouanGroup *self, const BIGNUM *number)
{
  g_autoptr (BN_CTX) context = BN_CTX_new ();
  g_autoptr (BIGNUM) last = BN_dup (self->prime);
  g_autoptr (BIGNUM) power = BN_new ();

  BN_sub_word (last, 1);
  if (BN_is_zero (number) || BN_is_one (number) || BN_cmp (number, last) >= 0)
    return FALSE;
  if (self->order == NULL)
    return TRUE;
  g_assert (BN_mod_exp (power, number, self->order, self->prime, context) == 1);
  return BN_is_one (power);
}

static BIGNUM *
number_from_bytes (KouanGroup *self, GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (BIGNUM) number = NULL;

  if (size <= (gsize)BN_num_bytes (self->prime))
    number = BN_bin2bn (data, (int)size, NULL);
  if (number == NULL || !is_in_subgroup (self, number))
    {
      refuse (error, "not a number of the group");
      return NULL;
    }
  return g_steal_pointer (&number);
}

/* secret·base, in a time that does not tell the secret. */
static EC_POINT *
multiply (KouanGroup *self, const EC_POINT *base, const BIGNUM *secret)
{
  EC_POINT *point = EC_POINT_new (self->curve);
  int done = base != NULL ? EC_POINT_mul (self->curve, point, NULL, base, secret, NULL)
                          : EC_POINT_mul (self->curve, point, secret, NULL, NULL, NULL);

  g_assert (done == 1);
  return point;
}

static BIGNUM *
power (KouanGroup *self, const BIGNUM *base, const BIGNUM *secret)
{
  g_autoptr (BN_CTX) context = BN_CTX_new ();
  BIGNUM *number = BN_new ();

  g_assert (BN_mod_exp_mont_consttime (number, base, secret, self->prime, context, NULL) == 1);
  return number;
}

static GBytes *
work_out_public (KouanGroup *group, const BIGNUM *secret)
{
  if (group->curve != NULL)
    {
      g_autoptr (EC_POINT) point = multiply (group, group->base, secret);

      return point_to_bytes (group, point);
    }
  else
    {
      g_autoptr (BIGNUM) number = power (group, group->generator, secret);

      return number_to_bytes (group, number);
    }
}

/* Takes @secret. */
static KouanGroupKey *
key_new (KouanGroup *group, BIGNUM *secret)
{
  KouanGroupKey *self = g_new0 (KouanGroupKey, 1);

  self->group = kouan_group_ref (group);
  self->secret = secret;
  self->element = work_out_public (group, secret);
  return self;
}

/* Returns: (transfer full): a new pair over the group's generator */
KouanGroupKey *
kouan_group_key_generate (KouanGroup *group)
{
  const BIGNUM *limit;
  BIGNUM *secret = BN_secure_new ();

  g_return_val_if_fail (group != NULL, NULL);

  if (group->curve != NULL)
    limit = EC_GROUP_get0_order (group->curve);
  else
    limit = group->order != NULL ? group->order : group->prime;
  do
    g_assert (BN_priv_rand_range (secret, limit) == 1);
  while (BN_is_zero (secret) || BN_is_one (secret));
  return key_new (group, secret);
}

/**
 * kouan_group_key_new:
 * @secret: big-endian; a chip's own key, or one of a published example
 */
KouanGroupKey *
kouan_group_key_new (KouanGroup *group, const guint8 *secret, gsize size)
{
  g_return_val_if_fail (group != NULL && size > 0 && size <= 1024, NULL);

  return key_new (group, BN_bin2bn (secret, (int)size, BN_secure_new ()));
}

void
kouan_group_key_free (KouanGroupKey *self)
{
  BN_clear_free (self->secret);
  g_bytes_unref (self->element);
  kouan_group_unref (self->group);
  g_free (self);
}

GBytes *
kouan_group_key_get_public (KouanGroupKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->element;
}

static EC_POINT *
agree_on_point (KouanGroupKey *self, GBytes *peer, GError **error)
{
  g_autoptr (EC_POINT) theirs = point_from_bytes (self->group, peer, error);
  g_autoptr (EC_POINT) shared = NULL;

  if (theirs == NULL)
    return NULL;
  shared = multiply (self->group, theirs, self->secret);
  if (EC_POINT_is_at_infinity (self->group->curve, shared))
    {
      refuse (error, "a point of small order");
      return NULL;
    }
  return g_steal_pointer (&shared);
}

static BIGNUM *
agree_on_number (KouanGroupKey *self, GBytes *peer, GError **error)
{
  g_autoptr (BIGNUM) theirs = number_from_bytes (self->group, peer, error);
  g_autoptr (BIGNUM) shared = NULL;

  if (theirs == NULL)
    return NULL;
  shared = power (self->group, theirs, self->secret);
  if (BN_is_one (shared))
    {
      refuse (error, "a number of small order");
      return NULL;
    }
  return g_steal_pointer (&shared);
}

static KouanSecret *
agree_on_curve (KouanGroupKey *self, GBytes *peer, GError **error)
{
  g_autoptr (EC_POINT) shared = agree_on_point (self, peer, error);
  g_autoptr (BIGNUM) x = BN_secure_new ();
  int size = ((int)EC_GROUP_get_degree (self->group->curve) + 7) / 8;
  KouanSecret *secret;

  if (shared == NULL)
    return NULL;
  secret = kouan_secret_new (size);
  g_assert (EC_POINT_get_affine_coordinates (self->group->curve, shared, x, NULL, NULL) == 1);
  g_assert (BN_bn2binpad (x, kouan_secret_data (secret), size) == size);
  return secret;
}

static KouanSecret *
agree_on_prime (KouanGroupKey *self, GBytes *peer, GError **error)
{
  g_autoptr (BIGNUM) shared = agree_on_number (self, peer, error);
  int size = BN_num_bytes (self->group->prime);
  KouanSecret *secret;

  if (shared == NULL)
    return NULL;
  secret = kouan_secret_new (size);
  g_assert (BN_bn2binpad (shared, kouan_secret_data (secret), size) == size);
  return secret;
}

/**
 * kouan_group_key_agree:
 * @peer: the other side's element
 *
 * Returns: (transfer full) (nullable): on a curve the x-coordinate, else the number; %NULL with
 *   %KOUAN_CRYPTO_ERROR_MALFORMED for an element that is not to be used
 */
KouanSecret *
kouan_group_key_agree (KouanGroupKey *self, GBytes *peer, GError **error)
{
  g_return_val_if_fail (self != NULL && peer != NULL, NULL);

  return self->group->curve != NULL ? agree_on_curve (self, peer, error)
                                    : agree_on_prime (self, peer, error);
}

static KouanGroup *
map_curve (KouanGroupKey *key, GBytes *peer, const BIGNUM *nonce, GError **error)
{
  KouanGroup *group = key->group;
  g_autoptr (EC_POINT) shared = agree_on_point (key, peer, error);
  g_autoptr (EC_POINT) base = NULL;
  KouanGroup *mapped;

  if (shared == NULL)
    return NULL;
  base = multiply (group, group->base, nonce);
  g_assert (EC_POINT_add (group->curve, base, base, shared, NULL) == 1);
  if (EC_POINT_is_at_infinity (group->curve, base))
    {
      refuse (error, "a mapping to nothing");
      return NULL;
    }
  mapped = group_new ();
  mapped->curve = EC_GROUP_dup (group->curve);
  mapped->base = g_steal_pointer (&base);
  return mapped;
}

static KouanGroup *
map_prime (KouanGroupKey *key, GBytes *peer, const BIGNUM *nonce, GError **error)
{
  KouanGroup *group = key->group;
  g_autoptr (BIGNUM) shared = agree_on_number (key, peer, error);
  g_autoptr (BIGNUM) generator = NULL;
  g_autoptr (BN_CTX) context = BN_CTX_new ();
  KouanGroup *mapped;

  if (shared == NULL)
    return NULL;
  generator = power (group, group->generator, nonce);
  g_assert (BN_mod_mul (generator, generator, shared, group->prime, context) == 1);
  if (BN_is_one (generator))
    {
      refuse (error, "a mapping to nothing");
      return NULL;
    }
  mapped = group_new ();
  mapped->prime = BN_dup (group->prime);
  mapped->generator = g_steal_pointer (&generator);
  mapped->order = group->order != NULL ? BN_dup (group->order) : NULL;
  return mapped;
}

KouanGroup *
kouan_group_map (
  KouanGroupKey *key, GBytes *peer, const guint8 *nonce, gsize nonce_size, GError **error)
{
  g_autoptr (BIGNUM) number = BN_bin2bn (nonce, (int)nonce_size, NULL);

  g_return_val_if_fail (key != NULL && peer != NULL, NULL);

  return key->group->curve != NULL ? map_curve (key, peer, number, error)
                                   : map_prime (key, peer, number, error);
}
