/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/chip.h"

#include "app/identity/mrz.h"
#include "app/lds/tlv.h"
#include "tests/testlib/chip-private.h"
#include "tests/testlib/portrait.h"

#include <string.h>

#define PORTRAIT_SIZE 12000

static void
set_file (KouanTestChip *self, KouanChipFile file, GBytes *content)
{
  g_clear_pointer (&self->files[file], g_bytes_unref);
  self->files[file] = content;
}

static GBytes *
usual_portrait (void)
{
  guint8 *data = g_malloc (PORTRAIT_SIZE);

  for (gsize i = 0; i < PORTRAIT_SIZE; i++)
    data[i] = (guint8)(i * 31 + i / 251);
  data[0] = 0xff;
  data[1] = 0xd8;
  return g_bytes_new_take (data, PORTRAIT_SIZE);
}

static void
set_passwords (KouanTestChip *self, const KouanTestChipOptions *options)
{
  g_autoptr (KouanMrz) mrz = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 1, 6, 2026);
  mrz = kouan_mrz_parse (options->lines, &today, NULL);
  g_assert_nonnull (mrz);
  self->mrz = kouan_chip_password_new_mrz (mrz);
  self->can = kouan_chip_password_new_can (options->can != NULL ? options->can : "123456");
  g_assert_nonnull (self->can);
}

static void
write_length_information (KouanTestChip *self, guint answer_max)
{
  g_autoptr (GByteArray) lengths = g_byte_array_new ();
  GByteArray *content = g_byte_array_new ();

  kouan_tlv_write_uint (lengths, answer_max);
  kouan_tlv_write_uint (lengths, answer_max);
  kouan_tlv_write (content, 0x47, (const guint8 *)"\x00\x00\x40", 3);
  kouan_tlv_write (content, 0x7f66, lengths->data, lengths->len);
  set_file (self, KOUAN_CHIP_FILE_ATR_INFO, g_byte_array_free_to_bytes (content));
}

/* EF.COM and EF.SOD over the data groups that are there. */
static void
sign (KouanTestChip *self, KouanTestIssuer *issuer)
{
  KouanLdsCom com = { .lds_version = "0107", .unicode_version = "040000" };
  GBytes *groups[KOUAN_LDS_GROUPS + 1] = { NULL };

  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_DOCUMENT_FILES; file++)
    {
      guint group = kouan_chip_file_info (file)->group;

      if (group == 0 || self->files[file] == NULL)
        continue;
      groups[group] = self->files[file];
      com.groups |= 1u << group;
    }
  set_file (self, KOUAN_CHIP_FILE_COM, kouan_lds_make_com (&com));
  set_file (self, KOUAN_CHIP_FILE_SOD, kouan_test_issuer_make_sod (issuer, groups, 0));
}

static void
personalise (KouanTestChip *self, KouanTestIssuer *issuer, const KouanTestChipOptions *options)
{
  g_autoptr (GBytes) portrait = usual_portrait ();
  gsize size;
  const guint8 *data = g_bytes_get_data (portrait, &size);

  set_file (self, KOUAN_CHIP_FILE_DG1, kouan_lds_make_dg1 (options->lines));
  if (options->portrait != NULL)
    set_file (self, KOUAN_CHIP_FILE_DG2,
              kouan_test_make_dg2 (options->portrait, options->portrait_size));
  else
    set_file (self, KOUAN_CHIP_FILE_DG2, kouan_test_make_dg2 (data, size));
  if ((self->access & KOUAN_TEST_CHIP_PACE) != 0)
    set_file (self, KOUAN_CHIP_FILE_CARD_ACCESS, chip_make_card_access (self));
  set_file (self, KOUAN_CHIP_FILE_DG15, chip_make_dg15 (self));
  set_file (self, KOUAN_CHIP_FILE_DG14, chip_make_dg14 (self, options));
  if (options->answer_max > 0)
    write_length_information (self, options->answer_max);
  sign (self, issuer);
}

KouanTestChip *
kouan_test_chip_new (KouanTestIssuer *issuer, const KouanTestChipOptions *options)
{
  KouanTestChip *self = g_new0 (KouanTestChip, 1);

  self->access = options->access != 0 ? options->access : KOUAN_TEST_CHIP_BAC;
  self->extended = options->extended;
  self->no_short_identifiers = options->no_short_identifiers;
  self->pace_protocol
    = options->pace_protocol != NULL ? options->pace_protocol : "0.4.0.127.0.7.2.2.4.2.2";
  self->pace_parameters = options->pace_parameters != 0 ? options->pace_parameters : 13;
  self->chip_protocol = options->chip_protocol;
  self->active = options->active;
  set_passwords (self, options);
  personalise (self, issuer, options);
  return self;
}

static void
forget (KouanTestChip *self)
{
  self->is_application = FALSE;
  self->has_nonce = FALSE;
  self->selected = NULL;
  memset (&self->talk, 0, sizeof self->talk);
  memset (&self->next_talk, 0, sizeof self->next_talk);
  chip_forget_pace (self);
}

void
kouan_test_chip_free (KouanTestChip *self)
{
  forget (self);
  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_FILES; file++)
    set_file (self, file, NULL);
  kouan_chip_password_unref (self->mrz);
  kouan_chip_password_unref (self->can);
  g_clear_pointer (&self->chip_key, kouan_group_key_free);
  g_clear_pointer (&self->chip_group, kouan_group_unref);
  EVP_PKEY_free (self->active_key);
  g_free (self);
}

void
kouan_test_chip_set_fault (KouanTestChip *self, KouanTestChipFault fault, guint at)
{
  self->fault = fault;
  self->fault_at = at;
}

gboolean
chip_has_fault (KouanTestChip *self, KouanTestChipFault fault)
{
  return self->fault == fault && self->count >= self->fault_at;
}

GBytes *
kouan_test_chip_get_file (KouanTestChip *self, KouanChipFile file)
{
  return self->files[file];
}

void
kouan_test_chip_set_file (KouanTestChip *self, KouanChipFile file, GBytes *content)
{
  set_file (self, file, content != NULL ? g_bytes_ref (content) : NULL);
}

guint
kouan_test_chip_get_count (KouanTestChip *self)
{
  return self->count;
}

void
kouan_test_chip_reset (KouanTestChip *self)
{
  forget (self);
}

static gboolean
is_free (KouanChipFile file)
{
  return file == KOUAN_CHIP_FILE_CARD_ACCESS || file == KOUAN_CHIP_FILE_ATR_INFO;
}

static gboolean
may_read (KouanTestChip *self, KouanChipFile file)
{
  return is_free (file) || self->talk.active || (self->access & KOUAN_TEST_CHIP_OPEN) != 0;
}

/* Selects by identifier or short identifier. Returns: a status */
static guint
choose (KouanTestChip *self, guint identifier, gboolean is_short)
{
  self->selected = NULL;
  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_FILES; file++)
    {
      const KouanChipFileInfo *info = kouan_chip_file_info (file);

      if (is_free (file) == self->is_application
          || identifier != (is_short ? info->short_identifier : info->identifier))
        continue;
      if (self->files[file] == NULL)
        return KOUAN_STATUS_FILE_NOT_FOUND;
      if (!may_read (self, file))
        return 0x6982;
      self->selected = self->files[file];
      return KOUAN_STATUS_OK;
    }
  return KOUAN_STATUS_FILE_NOT_FOUND;
}

static guint
select_file (KouanTestChip *self, const KouanApdu *command)
{
  static const guint8 application[] = { 0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01 };

  if (command->p1 == 0x04)
    {
      self->is_application = command->size == sizeof application
                             && memcmp (command->data, application, sizeof application) == 0;
      self->selected = NULL;
      return self->is_application ? KOUAN_STATUS_OK : KOUAN_STATUS_FILE_NOT_FOUND;
    }
  if (command->size != 2)
    return 0x6700;
  return choose (self, (guint)command->data[0] << 8 | command->data[1], FALSE);
}

static guint
read_from (KouanTestChip *self, gsize offset, gsize size, GByteArray *data)
{
  gsize there;
  const guint8 *content;

  if (self->selected == NULL)
    return 0x6986;
  content = g_bytes_get_data (self->selected, &there);
  if (offset >= there)
    return 0x6b00;
  g_byte_array_append (data, content + offset, MIN (size, there - offset));
  return size > there - offset ? KOUAN_STATUS_END_OF_FILE : KOUAN_STATUS_OK;
}

static gsize
asked_for (const KouanApdu *command)
{
  return MIN (command->expected, command->extended ? 65535 : 256);
}

static guint
read_binary (KouanTestChip *self, const KouanApdu *command, GByteArray *data)
{
  gsize offset = (gsize)command->p1 << 8 | command->p2;

  if ((command->p1 & 0x80) != 0)
    {
      guint status = self->no_short_identifiers ? 0x6a86 : choose (self, command->p1 & 0x1f, TRUE);

      if (status != KOUAN_STATUS_OK)
        return status;
      offset = command->p2;
    }
  return read_from (self, offset, asked_for (command), data);
}

static guint
read_binary_odd (KouanTestChip *self, const KouanApdu *command, GByteArray *data)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  gsize offset = 0, asked = asked_for (command);
  KouanTlv object;
  guint status;

  if (!kouan_tlv_read_whole (KOUAN_TLV_DER, command->data, command->size, 0x54, &object)
      || asked <= 5)
    return 0x6a80;
  for (gsize i = 0; i < object.size; i++)
    offset = offset << 8 | object.value[i];
  status = read_from (self, offset, asked - 5, content);
  if (content->len > 0)
    kouan_tlv_write (data, 0x53, content->data, content->len);
  return status;
}

static guint
run (KouanTestChip *self, const KouanApdu *command, GByteArray *data)
{
  switch (command->ins)
    {
    case KOUAN_INS_SELECT:
      return select_file (self, command);
    case KOUAN_INS_READ_BINARY:
      return read_binary (self, command, data);
    case KOUAN_INS_READ_BINARY_ODD:
      return read_binary_odd (self, command, data);
    case KOUAN_INS_GET_CHALLENGE:
      return chip_get_challenge (self, data);
    case KOUAN_INS_EXTERNAL_AUTHENTICATE:
      return chip_external_authenticate (self, command, data);
    case KOUAN_INS_MANAGE_SECURITY:
      return chip_manage_security (self, command);
    case KOUAN_INS_GENERAL_AUTHENTICATE:
      return chip_general_authenticate (self, command, data);
    case KOUAN_INS_INTERNAL_AUTHENTICATE:
      return chip_internal_authenticate (self, command, data);
    default:
      return 0x6d00;
    }
}

static void
append_status (GByteArray *answer, guint status)
{
  guint8 bytes[] = { (guint8)(status >> 8), (guint8)status };

  g_byte_array_append (answer, bytes, sizeof bytes);
}

static void
answer_plain (KouanTestChip *self, const KouanApdu *command, GByteArray *answer)
{
  memset (&self->talk, 0, sizeof self->talk);
  append_status (answer, run (self, command, answer));
}

/* A mistake in secure messaging ends it (9303-11 §9.8.3). */
static void
answer_protected (KouanTestChip *self, const KouanApdu *command, GByteArray *answer)
{
  g_autoptr (GByteArray) storage = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();
  KouanApdu plain;
  guint status;

  if (!self->talk.active || !chip_talk_open (&self->talk, command, &plain, storage))
    {
      memset (&self->talk, 0, sizeof self->talk);
      append_status (answer, 0x6988);
      return;
    }
  status = run (self, &plain, data);
  if (chip_has_fault (self, KOUAN_TEST_CHIP_PLAIN_ANSWER))
    {
      g_byte_array_append (answer, data->data, data->len);
      append_status (answer, status);
    }
  else
    chip_talk_protect (&self->talk, data, status,
                       self->count >= self->fault_at ? self->fault : KOUAN_TEST_CHIP_WORKS, answer);
  if (chip_has_fault (self, KOUAN_TEST_CHIP_TRUNCATED_ANSWER))
    g_byte_array_remove_range (answer, answer->len - 5, 3);
}

gboolean
kouan_test_chip_answer (KouanTestChip *self, const guint8 *bytes, gsize size, GByteArray *answer)
{
  KouanApdu command;

  self->count++;
  if (chip_has_fault (self, KOUAN_TEST_CHIP_LIFTED))
    {
      self->fault = KOUAN_TEST_CHIP_WORKS;
      forget (self);
      return FALSE;
    }
  if (!kouan_apdu_parse (bytes, size, &command) || (command.extended && !self->extended))
    {
      memset (&self->talk, 0, sizeof self->talk);
      append_status (answer, 0x6700);
    }
  else if ((command.cla & 0x0c) == 0x0c)
    answer_protected (self, &command, answer);
  else
    answer_plain (self, &command, answer);
  if (self->next_talk.active)
    {
      self->talk = self->next_talk;
      memset (&self->next_talk, 0, sizeof self->next_talk);
    }
  return TRUE;
}
