/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/pace.h"

#include "app/lds/tlv.h"

#include <string.h>

/* PACE in five commands:
 *
 *   MSE:Set AT            protocol, which password
 *   GENERAL AUTHENTICATE  the chip sends a nonce, encrypted with the password's key
 *   GENERAL AUTHENTICATE  a first key agreement; its result H maps the generator: G' = nonce·G + H
 *   GENERAL AUTHENTICATE  a second one over G'; its result gives the session keys
 *   GENERAL AUTHENTICATE  each side proves by a MAC that it has them
 *
 * Who has the wrong password gets another generator and therefore other keys, and learns from the
 * chip's no in the last step that this one password was wrong, and nothing else. */

#define ECDH_GM "0.4.0.127.0.7.2.2.4.2."
#define DH_GM "0.4.0.127.0.7.2.2.4.1."

#define DO_PROTOCOL 0x80
#define DO_PASSWORD 0x83
#define DO_PARAMETERS 0x84
#define DO_DYNAMIC 0x7c
#define DO_NONCE 0x80
#define DO_MAP_OWN 0x81
#define DO_MAP_CHIP 0x82
#define DO_KEY_OWN 0x83
#define DO_KEY_CHIP 0x84
#define DO_TOKEN_OWN 0x85
#define DO_TOKEN_CHIP 0x86

#define DO_PUBLIC_KEY 0x7f49
#define DO_OID 0x06
#define DO_POINT 0x86
#define DO_NUMBER 0x84

#define NONCE_SIZE_MIN 16
#define NONCE_SIZE_MAX 64

typedef struct
{
  KouanChipChannel *channel;
  const KouanPaceOffer *offer;
  KouanBlockCipher cipher;
  KouanGroup *group;
  GByteArray *answer;
  KouanPaceKeySource source;
  gpointer source_data;
} Run;

static gboolean
refuse (GError **error, int code, const char *what)
{
  g_set_error_literal (error, KOUAN_CHIP_ERROR, code, what);
  return FALSE;
}

/**
 * kouan_pace_supports:
 * @cipher: (out): of the talk that follows
 */
gboolean
kouan_pace_supports (const KouanPaceOffer *offer, KouanBlockCipher *cipher)
{
  const char *last = NULL;

  if (g_str_has_prefix (offer->protocol, ECDH_GM) && offer->parameters >= 8)
    last = offer->protocol + strlen (ECDH_GM);
  else if (g_str_has_prefix (offer->protocol, DH_GM) && offer->parameters < 8)
    last = offer->protocol + strlen (DH_GM);
  if (last == NULL || last[0] < '1' || last[0] > '4' || last[1] != '\0')
    return FALSE;
  *cipher = KOUAN_BLOCK_CIPHER_3DES + (KouanBlockCipher)(last[0] - '1');
  return TRUE;
}

void
kouan_pace_token (const char *protocol,
                  KouanBlockCipher cipher,
                  const guint8 *mac_key,
                  gboolean is_curve,
                  GBytes *element,
                  guint8 token[static KOUAN_BLOCK_MAC_SIZE])
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();

  kouan_tlv_write_oid (content, protocol);
  kouan_tlv_write (content, is_curve ? DO_POINT : DO_NUMBER, g_bytes_get_data (element, NULL),
                   g_bytes_get_size (element));
  kouan_tlv_write (data, DO_PUBLIC_KEY, content->data, content->len);
  if (cipher == KOUAN_BLOCK_CIPHER_3DES)
    kouan_block_cipher_pad (cipher, data);
  kouan_block_cipher_mac (cipher, mac_key, data->data, data->len, token);
}

static gboolean
set_authentication (Run *run, KouanChipPassword *password, GError **error)
{
  g_autoptr (GByteArray) oid = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint8 kind = (guint8)kouan_chip_password_get_kind (password);
  guint8 parameters = (guint8)run->offer->parameters;
  KouanApdu command = { .ins = KOUAN_INS_MANAGE_SECURITY, .p1 = 0xc1, .p2 = 0xa4 };
  guint status;

  kouan_tlv_write_oid (oid, run->offer->protocol);
  kouan_tlv_write (data, DO_PROTOCOL, oid->data + 2, oid->len - 2);
  kouan_tlv_write (data, DO_PASSWORD, &kind, 1);
  if (run->offer->ambiguous)
    kouan_tlv_write (data, DO_PARAMETERS, &parameters, 1);
  command.data = data->data;
  command.size = data->len;
  if (!kouan_chip_channel_send (run->channel, &command, run->answer, &status, error))
    return FALSE;
  /* 63CX counts the tries that are left and lets this one go on. */
  if (status == KOUAN_STATUS_OK || (status & 0xfff0) == 0x63c0)
    return TRUE;
  g_set_error (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_UNSUPPORTED,
               "PACE: MSE:Set AT: the chip answers %04X", status);
  return FALSE;
}

static GByteArray *
wrap_dynamic (guint tag, const guint8 *value, gsize size)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  GByteArray *data = g_byte_array_new ();

  if (tag != 0)
    kouan_tlv_write (content, tag, value, size);
  kouan_tlv_write (data, DO_DYNAMIC, content->data, content->len);
  return data;
}

/* Returns: (transfer full) (nullable): the value of @tag in the chip's answer, and nothing beside
 */
static GBytes *
unwrap_dynamic (GByteArray *answer, guint tag, GError **error)
{
  KouanTlv whole, inner;
  KouanTlvReader reader;

  if (kouan_tlv_read_whole (KOUAN_TLV_BER, answer->data, answer->len, DO_DYNAMIC, &whole)
      && kouan_tlv_enter (&whole, &reader) && kouan_tlv_read (&reader, tag, &inner))
    return g_bytes_new (inner.value, inner.size);
  refuse (error, KOUAN_CHIP_ERROR_MALFORMED, "PACE: an answer that lacks what was asked for");
  return NULL;
}

/* One GENERAL AUTHENTICATE; all but the last are chained. Returns: (transfer full) (nullable) */
static GBytes *
exchange (Run *run, guint tag, const guint8 *value, gsize size, guint answer_tag, GError **error)
{
  g_autoptr (GByteArray) data = wrap_dynamic (tag, value, size);
  const gboolean last = tag == DO_TOKEN_OWN;
  const KouanApdu command = { .cla = last ? 0x00 : 0x10,
                              .ins = KOUAN_INS_GENERAL_AUTHENTICATE,
                              .data = data->data,
                              .size = data->len,
                              .expected = KOUAN_APDU_ALL };
  guint status;

  if (!kouan_chip_channel_send (run->channel, &command, run->answer, &status, error))
    return NULL;
  if (status == KOUAN_STATUS_OK)
    return unwrap_dynamic (run->answer, answer_tag, error);
  g_set_error (error, KOUAN_CHIP_ERROR,
               last && (status & 0xff00) == 0x6300 ? KOUAN_CHIP_ERROR_ACCESS_DENIED
                                                   : KOUAN_CHIP_ERROR_REFUSED,
               "PACE: the chip answers %04X", status);
  return NULL;
}

static GBytes *
get_nonce (Run *run, KouanChipPassword *password, GError **error)
{
  g_autoptr (GBytes) encrypted = exchange (run, 0, NULL, 0, DO_NONCE, error);
  gsize size = encrypted != NULL ? g_bytes_get_size (encrypted) : 0;
  g_autofree guint8 *nonce = NULL;
  guint8 key[KOUAN_BLOCK_KEY_SIZE_MAX];

  if (encrypted == NULL)
    return NULL;
  if (size < NONCE_SIZE_MIN || size > NONCE_SIZE_MAX
      || size % kouan_block_cipher_block_size (run->cipher) != 0)
    {
      refuse (error, KOUAN_CHIP_ERROR_MALFORMED, "PACE: a nonce of another size");
      return NULL;
    }
  nonce = g_malloc (size);
  kouan_chip_password_derive (password, run->cipher, key);
  kouan_block_cipher_decrypt (run->cipher, key, NULL, g_bytes_get_data (encrypted, NULL), size,
                              nonce);
  kouan_wipe (key, sizeof key);
  return g_bytes_new_take (g_steal_pointer (&nonce), size);
}

static GBytes *
exchange_key (Run *run, KouanGroupKey *key, guint tag, guint answer_tag, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (kouan_group_key_get_public (key), &size);

  return exchange (run, tag, data, size, answer_tag, error);
}

/* An element that is none is not the terminal's mistake. */
static void
translate (GError **error, GError *local)
{
  g_propagate_error (
    error, g_error_new (KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_TAMPERED, "PACE: %s", local->message));
  g_error_free (local);
}

static KouanGroup *
map (Run *run, GBytes *nonce, GError **error)
{
  g_autoptr (KouanGroupKey) key = run->source (run->group, run->source_data);
  g_autoptr (GBytes) peer = exchange_key (run, key, DO_MAP_OWN, DO_MAP_CHIP, error);
  GError *local = NULL;
  KouanGroup *mapped;

  if (peer == NULL)
    return NULL;
  mapped
    = kouan_group_map (key, peer, g_bytes_get_data (nonce, NULL), g_bytes_get_size (nonce), &local);
  if (mapped == NULL)
    translate (error, local);
  return mapped;
}

static gboolean
authenticate (Run *run, KouanGroupKey *key, GBytes *peer, KouanSecret *shared, GError **error)
{
  gboolean is_curve = kouan_group_is_curve (run->group);
  g_autoptr (GBytes) answer = NULL;
  guint8 mac_key[KOUAN_BLOCK_KEY_SIZE_MAX];
  guint8 own[KOUAN_BLOCK_MAC_SIZE], theirs[KOUAN_BLOCK_MAC_SIZE];

  kouan_chip_derive (run->cipher, kouan_secret_data (shared), kouan_secret_size (shared),
                     KOUAN_CHIP_KEY_MAC, mac_key);
  kouan_pace_token (run->offer->protocol, run->cipher, mac_key, is_curve, peer, own);
  kouan_pace_token (run->offer->protocol, run->cipher, mac_key, is_curve,
                    kouan_group_key_get_public (key), theirs);
  kouan_wipe (mac_key, sizeof mac_key);
  answer = exchange (run, DO_TOKEN_OWN, own, sizeof own, DO_TOKEN_CHIP, error);
  if (answer == NULL)
    return FALSE;
  if (g_bytes_get_size (answer) != sizeof theirs
      || !kouan_equal_in_constant_time (g_bytes_get_data (answer, NULL), theirs, sizeof theirs))
    return refuse (error, KOUAN_CHIP_ERROR_TAMPERED, "PACE: the chip's token is wrong");
  kouan_chip_channel_secure (
    run->channel, kouan_secure_messaging_new_derived (run->cipher, kouan_secret_data (shared),
                                                      kouan_secret_size (shared), NULL));
  return TRUE;
}

static gboolean
agree (Run *run, KouanGroup *mapped, GError **error)
{
  g_autoptr (KouanGroupKey) key = run->source (mapped, run->source_data);
  g_autoptr (GBytes) peer = exchange_key (run, key, DO_KEY_OWN, DO_KEY_CHIP, error);
  g_autoptr (KouanSecret) shared = NULL;
  GError *local = NULL;

  if (peer == NULL)
    return FALSE;
  if (g_bytes_equal (peer, kouan_group_key_get_public (key)))
    return refuse (error, KOUAN_CHIP_ERROR_TAMPERED, "PACE: the chip sent our own key back");
  shared = kouan_group_key_agree (key, peer, &local);
  if (shared == NULL)
    {
      translate (error, local);
      return FALSE;
    }
  return authenticate (run, key, peer, shared, error);
}

static gboolean
run_pace (Run *run, KouanChipPassword *password, GError **error)
{
  g_autoptr (GBytes) nonce = NULL;
  g_autoptr (KouanGroup) mapped = NULL;

  if (!set_authentication (run, password, error))
    return FALSE;
  nonce = get_nonce (run, password, error);
  if (nonce == NULL)
    return FALSE;
  mapped = map (run, nonce, error);
  return mapped != NULL && agree (run, mapped, error);
}

gboolean
kouan_pace_open_with_keys (KouanChipChannel *channel,
                           const KouanPaceOffer *offer,
                           KouanChipPassword *password,
                           KouanPaceKeySource source,
                           gpointer source_data,
                           GError **error)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autoptr (KouanGroup) group = NULL;
  Run run = { .channel = channel,
              .offer = offer,
              .answer = answer,
              .source = source,
              .source_data = source_data };

  if (kouan_pace_supports (offer, &run.cipher))
    group = kouan_group_new_standard (offer->parameters);
  if (group == NULL)
    return refuse (error, KOUAN_CHIP_ERROR_UNSUPPORTED, "PACE: parameters that nobody knows");
  run.group = group;
  return run_pace (&run, password, error);
}

static KouanGroupKey *
generate_key (KouanGroup *group, gpointer data G_GNUC_UNUSED)
{
  return kouan_group_key_generate (group);
}

/**
 * kouan_pace_open:
 * @offer: what the chip's EF.CardAccess names; one that kouan_pace_supports()
 *
 * Returns: whether @channel is secure now; else FALSE with %KOUAN_CHIP_ERROR ACCESS_DENIED (not the
 *   password of this chip), UNSUPPORTED, REFUSED, TAMPERED, MALFORMED, or the transport's
 */
gboolean
kouan_pace_open (KouanChipChannel *channel,
                 const KouanPaceOffer *offer,
                 KouanChipPassword *password,
                 GError **error)
{
  return kouan_pace_open_with_keys (channel, offer, password, generate_key, NULL, error);
}
