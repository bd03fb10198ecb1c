/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/files.h"

#include "app/lds/tlv.h"

/* A file is one data object, so that its own head says how long it is. The first READ BINARY names
 * the file by its short identifier and asks for as much as one answer holds: for most files that is
 * all. A chip that does not know short identifiers is asked with SELECT, and one that will not read
 * past the end of a short file is asked for the head first.
 *
 * READ BINARY has 15 bits of offset. What lies beyond is read with its odd instruction, which takes
 * the offset as a data object (54) and wraps the answer in another (53): 9303-10 §3.6.4.
 *
 * What has been read stays in the caller's array when a read fails, and the next one goes on behind
 * it: that is how a card that was lifted is resumed. */

#define SIZE_MAX_OF_FILE (1024 * 1024)
#define OFFSET_MAX 0x7fff
#define HEAD_SIZE 6
#define DO_OFFSET 0x54
#define DO_DATA 0x53
#define DO_DATA_HEAD_MAX 5
/* What every chip sends in a short answer, with either cipher. */
#define SHORT_CHUNK 223

static const KouanChipFileInfo infos[KOUAN_CHIP_N_FILES] = {
  [KOUAN_CHIP_FILE_COM] = { "EF.COM", 0x011e, 0x1e, 0x60, 0 },
  [KOUAN_CHIP_FILE_SOD] = { "EF.SOD", 0x011d, 0x1d, 0x77, 0 },
  [KOUAN_CHIP_FILE_DG14] = { "EF.DG14", 0x010e, 0x0e, 0x6e, 14 },
  [KOUAN_CHIP_FILE_DG1] = { "EF.DG1", 0x0101, 0x01, 0x61, 1 },
  [KOUAN_CHIP_FILE_DG2] = { "EF.DG2", 0x0102, 0x02, 0x75, 2 },
  [KOUAN_CHIP_FILE_DG11] = { "EF.DG11", 0x010b, 0x0b, 0x6b, 11 },
  [KOUAN_CHIP_FILE_DG12] = { "EF.DG12", 0x010c, 0x0c, 0x6c, 12 },
  [KOUAN_CHIP_FILE_DG15] = { "EF.DG15", 0x010f, 0x0f, 0x6f, 15 },
  [KOUAN_CHIP_FILE_CARD_ACCESS] = { "EF.CardAccess", 0x011c, 0x1c, 0x31, 0 },
  [KOUAN_CHIP_FILE_ATR_INFO] = { "EF.ATR_INFO", 0x2f01, 0x01, 0, 0 },
};

const KouanChipFileInfo *
kouan_chip_file_info (KouanChipFile file)
{
  g_return_val_if_fail (file < KOUAN_CHIP_N_FILES, NULL);

  return &infos[file];
}

static gboolean
refuse (GError **error, int code, KouanChipFile file, const char *what)
{
  g_set_error (error, KOUAN_CHIP_ERROR, code, "%s: %s", infos[file].name, what);
  return FALSE;
}

static gboolean
refuse_status (GError **error, KouanChipFile file, guint status)
{
  g_set_error (error, KOUAN_CHIP_ERROR,
               status == KOUAN_STATUS_FILE_NOT_FOUND ? KOUAN_CHIP_ERROR_FILE_MISSING
                                                     : KOUAN_CHIP_ERROR_REFUSED,
               "%s: the chip answers %04X", infos[file].name, status);
  return FALSE;
}

/**
 * kouan_chip_file_select:
 *
 * Returns: FALSE with %KOUAN_CHIP_ERROR FILE_MISSING, REFUSED or what the talk ended with
 */
gboolean
kouan_chip_file_select (KouanChipChannel *channel, KouanChipFile file, GError **error)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  guint8 identifier[] = { (guint8)(infos[file].identifier >> 8), (guint8)infos[file].identifier };
  const KouanApdu command
    = { .ins = KOUAN_INS_SELECT, .p1 = 0x02, .p2 = 0x0c, .data = identifier, .size = 2 };
  guint status;

  if (!kouan_chip_channel_send (channel, &command, answer, &status, error))
    return FALSE;
  return status == KOUAN_STATUS_OK || refuse_status (error, file, status);
}

static gboolean
is_data (guint status, GByteArray *answer)
{
  return answer->len > 0 && (status == KOUAN_STATUS_OK || status == KOUAN_STATUS_END_OF_FILE);
}

/* @first: what P1 and P2 say: an offset, or a short identifier. TRUE whatever the status is. */
static gboolean
read_binary (KouanChipChannel *channel,
             guint first,
             gsize size,
             GByteArray *answer,
             guint *status,
             GError **error)
{
  const KouanApdu command = { .ins = KOUAN_INS_READ_BINARY,
                              .p1 = (guint8)(first >> 8),
                              .p2 = (guint8)first,
                              .expected = (guint)size,
                              .extended = size > KOUAN_CHIP_ANSWER_SHORT };

  return kouan_chip_channel_send (channel, &command, answer, status, error);
}

/* Takes the value of DO 53 out of @answer. */
static gboolean
unwrap (GByteArray *answer)
{
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  KouanTlv object;

  g_byte_array_append (whole, answer->data, answer->len);
  if (!kouan_tlv_read_whole (KOUAN_TLV_BER, whole->data, whole->len, DO_DATA, &object))
    return FALSE;
  g_byte_array_set_size (answer, 0);
  g_byte_array_append (answer, object.value, (guint)object.size);
  return TRUE;
}

static gboolean
read_far (KouanChipChannel *channel,
          KouanChipFile file,
          gsize offset,
          gsize size,
          GByteArray *answer,
          guint *status,
          GError **error)
{
  guint8 bytes[] = { (guint8)(offset >> 16), (guint8)(offset >> 8), (guint8)offset };
  g_autoptr (GByteArray) data = g_byte_array_new ();
  KouanApdu command = { .ins = KOUAN_INS_READ_BINARY_ODD,
                        .expected = (guint)(size + DO_DATA_HEAD_MAX),
                        .extended = size > KOUAN_CHIP_ANSWER_SHORT };

  if (bytes[0] == 0)
    kouan_tlv_write (data, DO_OFFSET, bytes + 1, 2);
  else
    kouan_tlv_write (data, DO_OFFSET, bytes, 3);
  command.data = data->data;
  command.size = data->len;
  if (!kouan_chip_channel_send (channel, &command, answer, status, error))
    return FALSE;
  if (is_data (*status, answer) && !unwrap (answer))
    return refuse (error, KOUAN_CHIP_ERROR_MALFORMED, file, "an answer without its object");
  /* The room for the object's head may have been filled with what lies behind. */
  if (answer->len > size && answer->len <= size + DO_DATA_HEAD_MAX)
    g_byte_array_set_size (answer, (guint)size);
  return TRUE;
}

static gsize
chunk_size (KouanChipChannel *channel, const KouanChipFileOptions *options)
{
  gsize payload = kouan_chip_channel_payload (channel, options->answer_max);

  return options->answer_max > KOUAN_CHIP_ANSWER_SHORT ? payload : MIN (payload, SHORT_CHUNK);
}

/* The first bytes of a file that may have to be selected. */
static gboolean
read_first (
  KouanChipChannel *channel, KouanChipFile file, gsize size, GByteArray *answer, GError **error)
{
  guint by_name = (0x80u | infos[file].short_identifier) << 8;
  guint status;

  if (!read_binary (channel, by_name, size, answer, &status, error))
    return FALSE;
  if (is_data (status, answer))
    return TRUE;
  if (!kouan_chip_file_select (channel, file, error)
      || !read_binary (channel, 0, size, answer, &status, error))
    return FALSE;
  if (!is_data (status, answer) && !read_binary (channel, 0, HEAD_SIZE, answer, &status, error))
    return FALSE;
  return is_data (status, answer) || refuse_status (error, file, status);
}

/* Returns: how long the file says it is, 0 if that is not said as it has to be */
static gsize
declared_size (KouanChipFile file, GByteArray *content)
{
  gsize head, value;
  guint tag;

  if (!kouan_tlv_read_head (KOUAN_TLV_BER, content->data, content->len, &tag, &head, &value)
      || tag != infos[file].tag || value > SIZE_MAX_OF_FILE)
    return 0;
  return head + value;
}

gboolean
kouan_chip_file_is_whole (KouanChipFile file, GByteArray *content)
{
  gsize size = content->len > 0 ? declared_size (file, content) : 0;

  return size > 0 && content->len == size;
}

static gboolean
read_next (KouanChipChannel *channel,
           KouanChipFile file,
           gsize size,
           GByteArray *content,
           GByteArray *answer,
           GError **error)
{
  guint status;

  if (content->len <= OFFSET_MAX)
    {
      if (!read_binary (channel, content->len, size, answer, &status, error))
        return FALSE;
    }
  else if (!read_far (channel, file, content->len, size, answer, &status, error))
    return FALSE;
  /* 6B00: the offset lies behind the end. */
  if (status == 0x6b00 || (answer->len == 0 && status == KOUAN_STATUS_END_OF_FILE))
    return refuse (error, KOUAN_CHIP_ERROR_TRUNCATED, file, "ends before its own length says so");
  if (!is_data (status, answer))
    return refuse_status (error, file, status);
  if (answer->len > size)
    return refuse (error, KOUAN_CHIP_ERROR_MALFORMED, file, "more bytes than were asked for");
  g_byte_array_append (content, answer->data, answer->len);
  return TRUE;
}

static void
report (const KouanChipFileOptions *options, KouanChipFile file, gsize done, gsize total)
{
  if (options->progress != NULL)
    options->progress (file, done, total, options->progress_data);
}

static gboolean
read_rest (KouanChipChannel *channel,
           KouanChipFile file,
           const KouanChipFileOptions *options,
           GByteArray *content,
           GError **error)
{
  gsize total = declared_size (file, content);
  g_autoptr (GByteArray) answer = g_byte_array_new ();

  if (total == 0)
    {
      g_byte_array_set_size (content, 0);
      return refuse (error, KOUAN_CHIP_ERROR_MALFORMED, file, "does not begin as it has to");
    }
  if (content->len > total)
    g_byte_array_set_size (content, (guint)total);
  report (options, file, content->len, total);
  while (content->len < total)
    {
      gsize chunk = chunk_size (channel, options);

      if (content->len > OFFSET_MAX)
        chunk -= DO_DATA_HEAD_MAX;
      if (g_cancellable_set_error_if_cancelled (options->cancellable, error)
          || !read_next (channel, file, MIN (chunk, total - content->len), content, answer, error))
        return FALSE;
      report (options, file, content->len, total);
    }
  return TRUE;
}

/**
 * kouan_chip_file_read:
 * @content: (inout): what an earlier try got of the file, and then all of it
 *
 * Returns: FALSE with %KOUAN_CHIP_ERROR FILE_MISSING, TRUNCATED, MALFORMED, REFUSED or what the
 * talk ended with, or %G_IO_ERROR_CANCELLED
 */
gboolean
kouan_chip_file_read (KouanChipChannel *channel,
                      KouanChipFile file,
                      const KouanChipFileOptions *options,
                      GByteArray *content,
                      GError **error)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();

  g_return_val_if_fail (infos[file].tag != 0, FALSE);

  if (g_cancellable_set_error_if_cancelled (options->cancellable, error))
    return FALSE;
  if (kouan_chip_file_is_whole (file, content))
    return TRUE;
  if (content->len > 0)
    return kouan_chip_file_select (channel, file, error)
           && read_rest (channel, file, options, content, error);
  if (!read_first (channel, file, chunk_size (channel, options), answer, error))
    return FALSE;
  g_byte_array_append (content, answer->data, answer->len);
  return read_rest (channel, file, options, content, error);
}

/* The first @size bytes of a file, or as many as it has, by its short identifier alone.
 *
 * @status: (out): what the chip answered; 0 if it did not */
gboolean
kouan_chip_file_read_head (KouanChipChannel *channel,
                           KouanChipFile file,
                           gsize size,
                           GByteArray *content,
                           guint *status,
                           GError **error)
{
  guint by_name = (0x80u | infos[file].short_identifier) << 8;

  *status = 0;
  return read_binary (channel, by_name, size, content, status, error)
         && (is_data (*status, content) || refuse_status (error, file, *status));
}
