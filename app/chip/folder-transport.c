/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/folder-transport.h"

#include "app/chip/apdu.h"
#include "app/chip/files.h"
#include "app/lds/tlv.h"

#include <string.h>

/* For the demonstration, for tests, and for looking at a chip that was read elsewhere. It answers
 * SELECT and READ BINARY as a chip without access control does (9303-11 §4.1), and knows no other
 * command. */

#define STATUS_UNKNOWN_COMMAND 0x6d00
#define STATUS_WRONG_LENGTH 0x6700
#define STATUS_WRONG_OFFSET 0x6b00
#define STATUS_NO_FILE_SELECTED 0x6986
#define COMMANDS_BEFORE_LIFT 6

struct _KouanFolderTransport
{
  GObject parent_instance;

  char *folder;
  KouanFolderChipFault fault;

  /* Since the last reset. */
  gboolean is_application;
  GBytes *selected; /* (nullable) */
  guint commands;
};

static gboolean
fail (GError **error, int code, const char *what)
{
  g_set_error_literal (error, KOUAN_CHIP_ERROR, code, what);
  return FALSE;
}

static void
forget (KouanFolderTransport *self)
{
  self->is_application = FALSE;
  self->commands = 0;
  g_clear_pointer (&self->selected, g_bytes_unref);
}

static gboolean
wait_for_ever (GCancellable *cancellable, GError **error)
{
  GPollFD fd;

  if (g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_poll (&fd, 1, -1);
      g_cancellable_release_fd (cancellable);
    }
  return !g_cancellable_set_error_if_cancelled (cancellable, error)
         && fail (error, KOUAN_CHIP_ERROR_READER, "pretends to wait, and nobody can end it");
}

static gboolean
folder_transport_wait_for_card (KouanChipTransport *transport,
                                GCancellable *cancellable,
                                GError **error)
{
  KouanFolderTransport *self = KOUAN_FOLDER_TRANSPORT (transport);

  forget (self);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->fault == KOUAN_FOLDER_CHIP_LATE)
    return wait_for_ever (cancellable, error);
  if (self->fault == KOUAN_FOLDER_CHIP_MISSING || !g_file_test (self->folder, G_FILE_TEST_IS_DIR))
    return fail (error, KOUAN_CHIP_ERROR_NO_READER, "there is no folder to play");
  return TRUE;
}

static gboolean
folder_transport_reset (KouanChipTransport *transport, GError **error G_GNUC_UNUSED)
{
  forget (KOUAN_FOLDER_TRANSPORT (transport));
  return TRUE;
}

static void
append_status (GByteArray *answer, guint status)
{
  guint8 bytes[] = { (guint8)(status >> 8), (guint8)status };

  g_byte_array_append (answer, bytes, sizeof bytes);
}

static GBytes *
load (KouanFolderTransport *self, KouanChipFile file)
{
  g_autofree char *path = g_build_filename (self->folder, kouan_chip_file_info (file)->name, NULL);
  char *data;
  gsize size;

  return g_file_get_contents (path, &data, &size, NULL) ? g_bytes_new_take (data, size) : NULL;
}

static gboolean
belongs_here (KouanFolderTransport *self, KouanChipFile file)
{
  return self->is_application == (file < KOUAN_CHIP_N_DOCUMENT_FILES);
}

/* Selects the file of an identifier, or of a short one. */
static gboolean
choose (KouanFolderTransport *self, guint identifier, gboolean is_short)
{
  g_clear_pointer (&self->selected, g_bytes_unref);
  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_FILES; file++)
    {
      const KouanChipFileInfo *info = kouan_chip_file_info (file);

      if (belongs_here (self, file)
          && identifier == (is_short ? info->short_identifier : info->identifier))
        self->selected = load (self, file);
    }
  return self->selected != NULL;
}

static guint
select_file (KouanFolderTransport *self, const KouanApdu *command)
{
  static const guint8 application[] = { 0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01 };

  if (command->p1 == 0x04)
    {
      self->is_application = self->fault != KOUAN_FOLDER_CHIP_UNREADABLE
                             && command->size == sizeof application
                             && memcmp (command->data, application, sizeof application) == 0;
      return self->is_application ? KOUAN_STATUS_OK : KOUAN_STATUS_FILE_NOT_FOUND;
    }
  if (command->size != 2)
    return STATUS_WRONG_LENGTH;
  return choose (self, (guint)command->data[0] << 8 | command->data[1], FALSE)
           ? KOUAN_STATUS_OK
           : KOUAN_STATUS_FILE_NOT_FOUND;
}

static guint
read_from (KouanFolderTransport *self, gsize offset, gsize size, GByteArray *answer)
{
  gsize there;
  const guint8 *data;

  if (self->selected == NULL)
    return STATUS_NO_FILE_SELECTED;
  data = g_bytes_get_data (self->selected, &there);
  if (offset >= there)
    return STATUS_WRONG_OFFSET;
  g_byte_array_append (answer, data + offset, (guint)MIN (size, there - offset));
  return size > there - offset ? KOUAN_STATUS_END_OF_FILE : KOUAN_STATUS_OK;
}

static gsize
asked_for (const KouanApdu *command)
{
  return MIN (command->expected,
              command->extended ? KOUAN_APDU_EXTENDED_MAX - 1 : KOUAN_APDU_SHORT_MAX);
}

static guint
read_near (KouanFolderTransport *self, const KouanApdu *command, GByteArray *answer)
{
  gsize offset = (gsize)command->p1 << 8 | command->p2;

  if ((command->p1 & 0x80) != 0)
    {
      if (!choose (self, command->p1 & 0x1f, TRUE))
        return KOUAN_STATUS_FILE_NOT_FOUND;
      offset = command->p2;
    }
  return read_from (self, offset, asked_for (command), answer);
}

/* READ BINARY with its odd instruction: the offset in DO 54, the answer in DO 53. */
static guint
read_far (KouanFolderTransport *self, const KouanApdu *command, GByteArray *answer)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  gsize asked = asked_for (command), offset = 0;
  KouanTlv object;
  guint status;

  if (asked < 6
      || !kouan_tlv_read_whole (KOUAN_TLV_BER, command->data, command->size, 0x54, &object)
      || object.size > 4)
    return STATUS_WRONG_LENGTH;
  for (gsize i = 0; i < object.size; i++)
    offset = offset << 8 | object.value[i];
  status = read_from (self, offset, asked - 5, data);
  if (data->len > 0)
    kouan_tlv_write (answer, 0x53, data->data, data->len);
  return status;
}

static guint
answer_command (KouanFolderTransport *self, const KouanApdu *command, GByteArray *answer)
{
  switch (command->ins)
    {
    case KOUAN_INS_SELECT:
      return select_file (self, command);
    case KOUAN_INS_READ_BINARY:
      return read_near (self, command, answer);
    case KOUAN_INS_READ_BINARY_ODD:
      return read_far (self, command, answer);
    default:
      return STATUS_UNKNOWN_COMMAND;
    }
}

static gboolean
folder_transport_transmit (KouanChipTransport *transport,
                           const guint8 *bytes,
                           gsize size,
                           GByteArray *answer,
                           GError **error)
{
  KouanFolderTransport *self = KOUAN_FOLDER_TRANSPORT (transport);
  KouanApdu command;

  if (self->fault == KOUAN_FOLDER_CHIP_LIFTED && ++self->commands > COMMANDS_BEFORE_LIFT)
    return fail (error, KOUAN_CHIP_ERROR_REMOVED, "pretends to be lifted");
  if (!kouan_apdu_parse (bytes, size, &command) || command.cla != 0)
    append_status (answer, STATUS_WRONG_LENGTH);
  else
    append_status (answer, answer_command (self, &command, answer));
  return TRUE;
}

static void
folder_transport_release (KouanChipTransport *transport)
{
  forget (KOUAN_FOLDER_TRANSPORT (transport));
}

static void
chip_transport_iface_init (KouanChipTransportInterface *iface)
{
  iface->wait_for_card = folder_transport_wait_for_card;
  iface->reset = folder_transport_reset;
  iface->transmit = folder_transport_transmit;
  iface->release = folder_transport_release;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanFolderTransport,
                               kouan_folder_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_CHIP_TRANSPORT,
                                                      chip_transport_iface_init))

static void
kouan_folder_transport_finalize (GObject *object)
{
  KouanFolderTransport *self = KOUAN_FOLDER_TRANSPORT (object);

  forget (self);
  g_free (self->folder);
  G_OBJECT_CLASS (kouan_folder_transport_parent_class)->finalize (object);
}

static void
kouan_folder_transport_class_init (KouanFolderTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_folder_transport_finalize;
}

static void
kouan_folder_transport_init (KouanFolderTransport *self G_GNUC_UNUSED)
{
}

/* @folder: with files named EF.COM, EF.SOD, EF.DG1 and so on; what is not there is missing on the
 * chip */
KouanChipTransport *
kouan_folder_transport_new (const char *folder)
{
  KouanFolderTransport *self = g_object_new (KOUAN_TYPE_FOLDER_TRANSPORT, NULL);

  self->folder = g_strdup (folder);
  return KOUAN_CHIP_TRANSPORT (self);
}

/* From the next wait on. */
void
kouan_folder_transport_set_fault (KouanFolderTransport *self, KouanFolderChipFault fault)
{
  g_return_if_fail (KOUAN_IS_FOLDER_TRANSPORT (self));

  self->fault = fault;
}
