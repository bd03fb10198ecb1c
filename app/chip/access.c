/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/access.h"

#include "app/chip/bac.h"
#include "app/chip/files.h"
#include "app/chip/offers.h"
#include "app/chip/pace.h"
#include "app/lds/security-infos.h"
#include "app/lds/tlv.h"

/* The order is ICAO's (9303-11 §4.2): EF.CardAccess says whether the chip knows PACE; if it does,
 * PACE, and the application is selected inside; else the application is selected in plain and Basic
 * Access Control opens it. A chip that knows neither is read in plain.
 *
 * That first file is asked for in extended length: a chip that does not know it says so, and in
 * plain that costs one command. Under secure messaging the same answer ends the talk, and opening
 * the chip again costs ten.
 *
 * EF.CardAccess is not signed. Somebody between reader and chip could hide PACE in it to get the
 * weaker protocol; what DG14 says, which is signed, is compared afterwards. */

#define DO_EXTENDED_LENGTH 0x7f66
#define DO_INTEGER 0x02

const char *
kouan_chip_access_protocol_id (KouanChipAccessProtocol protocol)
{
  static const char *const ids[] = { "none", "bac", "pace" };

  g_return_val_if_fail (protocol < G_N_ELEMENTS (ids), NULL);
  return ids[protocol];
}

void
kouan_chip_access_clear (KouanChipAccess *self)
{
  g_clear_pointer (&self->card_access, g_bytes_unref);
  self->answer_max = 0;
  self->protocol = KOUAN_CHIP_ACCESS_NONE;
}

/* What a chip answers to a question that it may not know is no failure; what the transport says is.
 */
static gboolean
is_chips_own (const GError *error)
{
  return g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_REFUSED)
         || g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_FILE_MISSING)
         || g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_TRUNCATED)
         || g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_MALFORMED);
}

/* A reader that does not pass such a command on breaks off, or says that the card is mute. */
static gboolean
is_about_length (const GError *error)
{
  return g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_READER)
         || g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_MUTE);
}

/* Asks for EF.CardAccess in extended length. @content: gets it, where the answer was as long as it
 * is; else stays empty.
 *
 * Returns: FALSE with what the transport said, other than that this was too long */
static gboolean
try_extended (KouanChipAccess *self, KouanChipChannel *channel, GByteArray *content, GError **error)
{
  GError *local = NULL;
  guint status = 0;

  if (kouan_chip_file_read_head (channel, KOUAN_CHIP_FILE_CARD_ACCESS, KOUAN_CHIP_ANSWER_TRIED,
                                 content, &status, &local))
    {
      self->length = KOUAN_CHIP_LENGTH_EXTENDED;
      if (!kouan_chip_file_is_whole (KOUAN_CHIP_FILE_CARD_ACCESS, content))
        g_byte_array_set_size (content, 0);
      return TRUE;
    }
  g_byte_array_set_size (content, 0);
  if (status == KOUAN_STATUS_WRONG_LENGTH)
    self->length = KOUAN_CHIP_LENGTH_SHORT;
  else if (is_about_length (local))
    {
      self->length = KOUAN_CHIP_LENGTH_SHORT;
      g_error_free (local);
      return kouan_chip_channel_reset (channel, error);
    }
  else if (!is_chips_own (local))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_error_free (local);
  return TRUE;
}

static gboolean
read_card_access (KouanChipAccess *self, KouanChipChannel *channel, GError **error)
{
  const KouanChipFileOptions options = { .answer_max = KOUAN_CHIP_ANSWER_SHORT };
  g_autoptr (GByteArray) content = g_byte_array_new ();
  GError *local = NULL;

  if (self->length == KOUAN_CHIP_LENGTH_UNKNOWN && !try_extended (self, channel, content, error))
    return FALSE;
  if (kouan_chip_file_read (channel, KOUAN_CHIP_FILE_CARD_ACCESS, &options, content, &local))
    {
      self->card_access = g_bytes_new (content->data, content->len);
      return TRUE;
    }
  if (!is_chips_own (local))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_error_free (local);
  return TRUE;
}

/* Extended length information (ISO/IEC 7816-4 §12.7.1): how long a command and an answer may be. */
static gsize
find_answer_max (GByteArray *content)
{
  KouanTlvReader reader, inner;
  KouanTlv object;
  guint64 value;

  kouan_tlv_reader_init (&reader, KOUAN_TLV_BER, content->data, content->len);
  while (kouan_tlv_next (&reader, &object))
    if (object.tag == DO_EXTENDED_LENGTH && kouan_tlv_enter (&object, &inner)
        && kouan_tlv_read (&inner, DO_INTEGER, &object)
        && kouan_tlv_read (&inner, DO_INTEGER, &object) && kouan_tlv_get_uint (&object, &value))
      return (gsize)CLAMP (value, KOUAN_CHIP_ANSWER_SHORT, KOUAN_APDU_EXTENDED_MAX - 1);
  return 0;
}

static gboolean
read_length_information (KouanChipAccess *self, KouanChipChannel *channel, GError **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  GError *local = NULL;
  guint status;

  if (kouan_chip_file_read_head (channel, KOUAN_CHIP_FILE_ATR_INFO, KOUAN_APDU_SHORT_MAX, content,
                                 &status, &local))
    {
      self->answer_max = find_answer_max (content);
      return TRUE;
    }
  if (!is_chips_own (local))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_error_free (local);
  return TRUE;
}

static gboolean
select_application (KouanChipChannel *channel, GError **error)
{
  static const guint8 application[] = { 0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01 };
  const KouanApdu command = {
    .ins = KOUAN_INS_SELECT, .p1 = 0x04, .p2 = 0x0c, .data = application, .size = sizeof application
  };
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  guint status;

  if (!kouan_chip_channel_send (channel, &command, answer, &status, error))
    return FALSE;
  if (status == KOUAN_STATUS_OK)
    return TRUE;
  g_set_error (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_NOT_A_DOCUMENT,
               "no travel document on this chip: it answers %04X", status);
  return FALSE;
}

static gboolean
open_in_plain (KouanChipAccess *self, KouanChipChannel *channel, GError **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  guint status;

  self->protocol = KOUAN_CHIP_ACCESS_NONE;
  if (kouan_chip_file_read_head (channel, KOUAN_CHIP_FILE_DG1, 1, content, &status, error))
    return TRUE;
  if (error != NULL && is_chips_own (*error))
    {
      g_clear_error (error);
      g_set_error_literal (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_ACCESS_DENIED,
                           "the chip opens neither in plain nor with what is known of it");
    }
  return FALSE;
}

static gboolean
open_with_bac (KouanChipAccess *self,
               KouanChipChannel *channel,
               KouanChipPassword *password,
               GError **error)
{
  GError *local = NULL;

  self->protocol = KOUAN_CHIP_ACCESS_BAC;
  if (!select_application (channel, error))
    return FALSE;
  if (password == NULL || kouan_chip_password_get_kind (password) != KOUAN_CHIP_PASSWORD_MRZ)
    return open_in_plain (self, channel, error);
  if (kouan_bac_open (channel, password, &local))
    return TRUE;
  if (g_error_matches (local, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_REFUSED))
    {
      g_error_free (local);
      return open_in_plain (self, channel, error);
    }
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
open_with_pace (KouanChipAccess *self,
                KouanChipChannel *channel,
                const KouanPaceOffer *offer,
                KouanChipPassword *password,
                GError **error)
{
  self->protocol = KOUAN_CHIP_ACCESS_PACE;
  return kouan_pace_open (channel, offer, password, error) && select_application (channel, error);
}

/* A chip that announces PACE and then does not know it is not the holder's fault. */
static gboolean
may_try_bac (const GError *error, KouanChipPassword *password)
{
  return kouan_chip_password_get_kind (password) == KOUAN_CHIP_PASSWORD_MRZ
         && (g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_REFUSED)
             || g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_UNSUPPORTED));
}

/* Returns: (transfer full) (nullable) (element-type KouanSecurityInfo): what EF.CardAccess said;
 * %NULL where it is missing, or is none */
GPtrArray *
kouan_chip_access_parse (const KouanChipAccess *self)
{
  gsize size;
  const guint8 *data;

  if (self->card_access == NULL)
    return NULL;
  data = g_bytes_get_data (self->card_access, &size);
  return kouan_security_infos_parse_card_access (data, size, NULL);
}

/**
 * kouan_chip_access_open:
 * @self: (inout): what it held is replaced, but what is known of lengths
 * @channel: fresh from a reset
 * @password: (nullable): NULL opens only what opens to anybody
 *
 * Returns: whether the application is open; else FALSE with %KOUAN_CHIP_ERROR NOT_A_DOCUMENT,
 *   ACCESS_DENIED, UNSUPPORTED, REFUSED, MALFORMED, TAMPERED, or the transport's
 */
gboolean
kouan_chip_access_open (KouanChipAccess *self,
                        KouanChipChannel *channel,
                        KouanChipPassword *password,
                        GError **error)
{
  g_autoptr (GPtrArray) infos = NULL;
  KouanPaceOffer offer;
  GError *local = NULL;

  kouan_chip_access_clear (self);
  if (!read_card_access (self, channel, error))
    return FALSE;
  if (self->card_access != NULL && self->length != KOUAN_CHIP_LENGTH_SHORT
      && !read_length_information (self, channel, error))
    return FALSE;
  infos = kouan_chip_access_parse (self);
  if (password == NULL || infos == NULL || !kouan_chip_find_pace (infos, &offer))
    return open_with_bac (self, channel, password, error);
  if (open_with_pace (self, channel, &offer, password, &local))
    return TRUE;
  if (!may_try_bac (local, password))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_message ("PACE does not open this chip, so BAC is tried: %s", local->message);
  g_error_free (local);
  return kouan_chip_channel_reset (channel, error)
         && open_with_bac (self, channel, password, error);
}
