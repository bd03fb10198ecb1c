/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-lds"

#include "app/lds/security-infos.h"

#include "app/lds/lds.h"
#include "app/lds/tlv.h"

#include <string.h>

/*   SecurityInfos ::= SET OF SecurityInfo
 *   SecurityInfo  ::= SEQUENCE { protocol OBJECT IDENTIFIER, required ANY, optional ANY OPTIONAL }
 *
 * Doc 9303-11 §9.2; the object identifiers are BSI TR-03110-3's. An identifier is a family, and
 * behind it numbers that choose within: of PACE the mapping and key agreement, then the cipher.
 * A chip may list what this reader has never heard of, and is usable all the same. */

#define TAG_SEQUENCE 0x30
#define TAG_SET 0x31
#define TAG_INTEGER 0x02
#define TAG_OID 0x06
#define INFOS_MAX 64

#define FAMILY_PACE "0.4.0.127.0.7.2.2.4."
#define FAMILY_KEY "0.4.0.127.0.7.2.2.1."
#define FAMILY_TERMINAL "0.4.0.127.0.7.2.2.2"
#define FAMILY_CHIP "0.4.0.127.0.7.2.2.3."
#define ACTIVE_AUTHENTICATION "2.23.136.1.1.5"

static void
security_info_free (gpointer data)
{
  KouanSecurityInfo *self = data;

  g_free (self->oid);
  g_free (self->signature_algorithm);
  g_clear_pointer (&self->key, g_bytes_unref);
  g_free (self);
}

/* "2.4" behind a family: its first number, and its second one or 0. */
static gboolean
read_choice (const char *text, guint *first, guint *second)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", 3);
  guint64 numbers[2] = { 0, 0 };
  guint count = g_strv_length (parts);

  if (count < 1 || count > 2)
    return FALSE;
  for (guint i = 0; i < count; i++)
    if (!g_ascii_string_to_unsigned (parts[i], 10, 1, 9, &numbers[i], NULL))
      return FALSE;
  *first = (guint)numbers[0];
  *second = (guint)numbers[1];
  return TRUE;
}

static gboolean
set_cipher (KouanSecurityInfo *info, guint number)
{
  if (number < 1 || number > 4)
    return FALSE;
  info->cipher = KOUAN_CHIP_CIPHER_3DES + (number - 1);
  return TRUE;
}

static gboolean
classify_pace (KouanSecurityInfo *info, const char *choice)
{
  static const struct
  {
    guint number;
    KouanAgreement agreement;
    KouanMapping mapping;
  } rows[] = {
    { 1, KOUAN_AGREEMENT_DH, KOUAN_MAPPING_GENERIC },
    { 2, KOUAN_AGREEMENT_ECDH, KOUAN_MAPPING_GENERIC },
    { 3, KOUAN_AGREEMENT_DH, KOUAN_MAPPING_INTEGRATED },
    { 4, KOUAN_AGREEMENT_ECDH, KOUAN_MAPPING_INTEGRATED },
    { 6, KOUAN_AGREEMENT_ECDH, KOUAN_MAPPING_CHIP_AUTHENTICATION },
  };
  guint first, second;

  if (!read_choice (choice, &first, &second))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].number == first)
      {
        info->agreement = rows[i].agreement;
        info->mapping = rows[i].mapping;
        info->kind = second == 0 ? KOUAN_SECURITY_PACE_PARAMETERS : KOUAN_SECURITY_PACE;
        return second == 0 || set_cipher (info, second);
      }
  return FALSE;
}

static gboolean
classify_agreement (KouanSecurityInfo *info, guint number)
{
  info->agreement = number == 1 ? KOUAN_AGREEMENT_DH : KOUAN_AGREEMENT_ECDH;
  return number == 1 || number == 2;
}

static gboolean
classify_chip (KouanSecurityInfo *info, const char *choice)
{
  guint first, second;

  info->kind = KOUAN_SECURITY_CHIP_AUTHENTICATION;
  return read_choice (choice, &first, &second) && classify_agreement (info, first)
         && set_cipher (info, second);
}

static gboolean
classify_key (KouanSecurityInfo *info, const char *choice)
{
  guint first, second;

  info->kind = KOUAN_SECURITY_CHIP_AUTHENTICATION_KEY;
  return read_choice (choice, &first, &second) && second == 0 && classify_agreement (info, first);
}

static void
classify (KouanSecurityInfo *info)
{
  const char *oid = info->oid;
  gboolean known = FALSE;

  if (g_str_has_prefix (oid, FAMILY_PACE))
    known = classify_pace (info, oid + strlen (FAMILY_PACE));
  else if (g_str_has_prefix (oid, FAMILY_CHIP))
    known = classify_chip (info, oid + strlen (FAMILY_CHIP));
  else if (g_str_has_prefix (oid, FAMILY_KEY))
    known = classify_key (info, oid + strlen (FAMILY_KEY));
  else if (g_str_equal (oid, FAMILY_TERMINAL) || g_str_equal (oid, ACTIVE_AUTHENTICATION))
    {
      info->kind = g_str_equal (oid, FAMILY_TERMINAL) ? KOUAN_SECURITY_TERMINAL_AUTHENTICATION
                                                      : KOUAN_SECURITY_ACTIVE_AUTHENTICATION;
      known = TRUE;
    }
  if (!known)
    info->kind = KOUAN_SECURITY_OTHER;
}

static gboolean
read_number (KouanTlvReader *reader, guint64 max, guint64 *number)
{
  KouanTlv object;

  return kouan_tlv_read (reader, TAG_INTEGER, &object) && kouan_tlv_get_uint (&object, number)
         && *number <= max;
}

static gboolean
read_version (KouanTlvReader *reader, KouanSecurityInfo *info)
{
  guint64 number;

  if (!read_number (reader, G_MAXUINT32, &number))
    return FALSE;
  info->version = (guint)number;
  return TRUE;
}

/* An INTEGER that may be missing. */
static gboolean
read_id (KouanTlvReader *reader, gint64 *id)
{
  guint64 number;

  if (kouan_tlv_peek (reader) == 0)
    return TRUE;
  if (!read_number (reader, G_MAXINT64, &number))
    return FALSE;
  *id = (gint64)number;
  return TRUE;
}

static gboolean
read_key (KouanTlvReader *reader, KouanSecurityInfo *info)
{
  KouanTlv object;

  if (!kouan_tlv_read (reader, TAG_SEQUENCE, &object))
    return FALSE;
  info->key = g_bytes_new (object.whole, object.whole_size);
  return TRUE;
}

static gboolean
read_signature_algorithm (KouanTlvReader *reader, KouanSecurityInfo *info)
{
  KouanTlv object;

  if (!kouan_tlv_read (reader, TAG_OID, &object))
    return FALSE;
  info->signature_algorithm = kouan_tlv_dup_oid (&object);
  return info->signature_algorithm != NULL;
}

static gboolean
read_rest (KouanTlvReader *reader, KouanSecurityInfo *info)
{
  switch (info->kind)
    {
    case KOUAN_SECURITY_PACE:
      return read_version (reader, info) && read_id (reader, &info->parameter_id)
             && kouan_tlv_finish (reader);
    case KOUAN_SECURITY_PACE_PARAMETERS:
      return read_key (reader, info) && read_id (reader, &info->parameter_id)
             && kouan_tlv_finish (reader);
    case KOUAN_SECURITY_CHIP_AUTHENTICATION:
      return read_version (reader, info) && read_id (reader, &info->key_id)
             && kouan_tlv_finish (reader);
    case KOUAN_SECURITY_CHIP_AUTHENTICATION_KEY:
      return read_key (reader, info) && read_id (reader, &info->key_id)
             && kouan_tlv_finish (reader);
    case KOUAN_SECURITY_ACTIVE_AUTHENTICATION:
      return read_version (reader, info) && read_signature_algorithm (reader, info)
             && kouan_tlv_finish (reader);
    case KOUAN_SECURITY_TERMINAL_AUTHENTICATION:
    case KOUAN_SECURITY_OTHER:
    default:
      return TRUE;
    }
}

static gboolean
parse_info (KouanTlvReader *set, GPtrArray *infos)
{
  KouanSecurityInfo *info = g_new0 (KouanSecurityInfo, 1);
  KouanTlvReader reader;
  KouanTlv oid;

  g_ptr_array_add (infos, info);
  info->parameter_id = info->key_id = KOUAN_SECURITY_NO_ID;
  if (!kouan_tlv_read_enter (set, TAG_SEQUENCE, &reader)
      || !kouan_tlv_read (&reader, TAG_OID, &oid))
    return FALSE;
  info->oid = kouan_tlv_dup_oid (&oid);
  if (info->oid == NULL)
    return FALSE;
  classify (info);
  return read_rest (&reader, info);
}

static GPtrArray *
parse_set (KouanTlvReader *reader, const char *name, GError **error)
{
  g_autoptr (GPtrArray) infos = g_ptr_array_new_with_free_func (security_info_free);
  KouanTlvReader set;
  gboolean read = kouan_tlv_read_enter (reader, TAG_SET, &set) && kouan_tlv_finish (reader);

  while (read && kouan_tlv_peek (&set) != 0 && infos->len < INFOS_MAX)
    read = parse_info (&set, infos);
  if (read && kouan_tlv_finish (&set))
    return g_steal_pointer (&infos);
  g_set_error (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_MALFORMED, "%s is no set of SecurityInfo",
               name);
  return NULL;
}

/**
 * kouan_security_infos_parse_card_access:
 * @data: EF.CardAccess, to the length that its head gives
 *
 * Returns: (transfer full) (nullable) (element-type KouanSecurityInfo): in the order of the file
 */
GPtrArray *
kouan_security_infos_parse_card_access (const guint8 *data, gsize size, GError **error)
{
  KouanTlvReader reader;

  kouan_tlv_reader_init (&reader, KOUAN_TLV_BER, data, size);
  return parse_set (&reader, "EF.CardAccess", error);
}

/**
 * kouan_security_infos_parse_dg14:
 *
 * Returns: (transfer full) (nullable) (element-type KouanSecurityInfo): in the order of the file
 */
GPtrArray *
kouan_security_infos_parse_dg14 (const guint8 *data, gsize size, GError **error)
{
  KouanTlvReader outer, reader;

  kouan_tlv_reader_init (&outer, KOUAN_TLV_BER, data, size);
  if (!kouan_tlv_read_enter (&outer, kouan_lds_group_tag (14), &reader)
      || !kouan_tlv_finish (&outer))
    {
      g_set_error_literal (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_MALFORMED,
                           "DG14 is not one object 6E");
      return NULL;
    }
  return parse_set (&reader, "DG14", error);
}

const char *
kouan_security_kind_id (KouanSecurityKind kind)
{
  static const char *const ids[] = {
    [KOUAN_SECURITY_PACE] = "pace",
    [KOUAN_SECURITY_PACE_PARAMETERS] = "pace-parameters",
    [KOUAN_SECURITY_CHIP_AUTHENTICATION] = "chip-authentication",
    [KOUAN_SECURITY_CHIP_AUTHENTICATION_KEY] = "chip-authentication-key",
    [KOUAN_SECURITY_ACTIVE_AUTHENTICATION] = "active-authentication",
    [KOUAN_SECURITY_TERMINAL_AUTHENTICATION] = "terminal-authentication",
    [KOUAN_SECURITY_OTHER] = "other",
  };

  g_return_val_if_fail (kind < G_N_ELEMENTS (ids), NULL);
  return ids[kind];
}
