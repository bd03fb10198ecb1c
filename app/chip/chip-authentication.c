/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/chip-authentication.h"

#include "app/chip/files.h"
#include "app/crypto/group.h"
#include "app/lds/tlv.h"

#include <string.h>

/* The terminal makes a key pair in the group of the chip's static key, which DG14 has and EF.SOD
 * signs, and sends the public half. Both agree on a secret and talk on with keys from it. The proof
 * is that the chip's next answer has a right MAC: only the owner of the static private key can make
 * it. The data of a chip can be copied; that key cannot. */

#define CA_ECDH "0.4.0.127.0.7.2.2.3.2."
#define CA_DH "0.4.0.127.0.7.2.2.3.1."

#define DO_PROTOCOL 0x80
#define DO_KEY_REFERENCE 0x84
#define DO_EPHEMERAL_OF_KAT 0x91
#define DO_EPHEMERAL 0x80
#define DO_DYNAMIC 0x7c

static gboolean
find_cipher (const char *protocol, KouanBlockCipher *cipher)
{
  const char *last = NULL;

  if (g_str_has_prefix (protocol, CA_ECDH))
    last = protocol + strlen (CA_ECDH);
  else if (g_str_has_prefix (protocol, CA_DH))
    last = protocol + strlen (CA_DH);
  if (last == NULL || last[0] < '1' || last[0] > '4' || last[1] != '\0')
    return FALSE;
  *cipher = KOUAN_BLOCK_CIPHER_3DES + (KouanBlockCipher)(last[0] - '1');
  return TRUE;
}

static void
append_key_reference (const KouanChipAuthenticationOffer *offer, GByteArray *data)
{
  g_autoptr (GByteArray) number = g_byte_array_new ();

  if (!offer->has_key_id)
    return;
  kouan_tlv_write_uint (number, offer->key_id);
  kouan_tlv_write (data, DO_KEY_REFERENCE, number->data + 2, number->len - 2);
}

/* Triple DES: one command, which chips of the first generation know (§6.2.4.1). */
static gboolean
send_key_agreement_template (KouanChipChannel *channel,
                             const KouanChipAuthenticationOffer *offer,
                             GBytes *element,
                             GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  KouanApdu command = { .ins = KOUAN_INS_MANAGE_SECURITY, .p1 = 0x41, .p2 = 0xa6 };

  kouan_tlv_write (data, DO_EPHEMERAL_OF_KAT, g_bytes_get_data (element, NULL),
                   g_bytes_get_size (element));
  append_key_reference (offer, data);
  command.data = data->data;
  command.size = data->len;
  return kouan_chip_channel_demand (channel, &command, answer, "MSE:Set KAT", error);
}

/* AES: the protocol is named first, and the key follows (§6.2.4.2). */
static gboolean
set_authentication (KouanChipChannel *channel,
                    const KouanChipAuthenticationOffer *offer,
                    GError **error)
{
  g_autoptr (GByteArray) oid = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  KouanApdu command = { .ins = KOUAN_INS_MANAGE_SECURITY, .p1 = 0x41, .p2 = 0xa4 };

  kouan_tlv_write_oid (oid, offer->protocol);
  kouan_tlv_write (data, DO_PROTOCOL, oid->data + 2, oid->len - 2);
  append_key_reference (offer, data);
  command.data = data->data;
  command.size = data->len;
  return kouan_chip_channel_demand (channel, &command, answer, "MSE:Set AT", error);
}

static gboolean
general_authenticate (KouanChipChannel *channel, GBytes *element, GError **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  KouanApdu command = { .ins = KOUAN_INS_GENERAL_AUTHENTICATE, .expected = KOUAN_APDU_ALL };

  kouan_tlv_write (content, DO_EPHEMERAL, g_bytes_get_data (element, NULL),
                   g_bytes_get_size (element));
  kouan_tlv_write (data, DO_DYNAMIC, content->data, content->len);
  command.data = data->data;
  command.size = data->len;
  return kouan_chip_channel_demand (channel, &command, answer, "GENERAL AUTHENTICATE", error);
}

/* Anything that is answered under the new keys proves them, whatever its status. */
static gboolean
prove (KouanChipChannel *channel, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (kouan_chip_file_select (channel, KOUAN_CHIP_FILE_DG1, &local)
      || g_error_matches (local, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_REFUSED)
      || g_error_matches (local, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_FILE_MISSING))
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&local), "under the new keys: ");
  return FALSE;
}

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_UNSUPPORTED, "chip authentication: %s",
               what);
  return FALSE;
}

/**
 * kouan_chip_authentication_run:
 * @offer: from DG14, which counts for something only once EF.SOD has been verified
 *
 * Returns: FALSE with %KOUAN_CHIP_ERROR UNSUPPORTED before anything was sent; REFUSED, CHANNEL_LOST
 *   or TAMPERED if the chip does not have the key, or the transport's
 */
gboolean
kouan_chip_authentication_run (KouanChipChannel *channel,
                               const KouanChipAuthenticationOffer *offer,
                               GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) theirs = NULL;
  g_autoptr (KouanGroup) group = NULL;
  g_autoptr (KouanGroupKey) key = NULL;
  g_autoptr (KouanSecret) secret = NULL;
  KouanBlockCipher cipher;
  GBytes *element;
  gboolean sent;

  if (!find_cipher (offer->protocol, &cipher))
    return refuse (error, "a protocol that nobody knows");
  group = kouan_group_new_from_public_key (offer->public_key, &theirs, &local);
  if (group == NULL)
    return refuse (error, local->message);
  key = kouan_group_key_generate (group);
  secret = kouan_group_key_agree (key, theirs, &local);
  if (secret == NULL)
    return refuse (error, local->message);
  element = kouan_group_key_get_public (key);
  if (cipher == KOUAN_BLOCK_CIPHER_3DES)
    sent = send_key_agreement_template (channel, offer, element, error);
  else
    sent = set_authentication (channel, offer, error)
           && general_authenticate (channel, element, error);
  if (!sent)
    return FALSE;
  kouan_chip_channel_secure (channel,
                             kouan_secure_messaging_new_derived (cipher, kouan_secret_data (secret),
                                                                 kouan_secret_size (secret), NULL));
  return prove (channel, error);
}
