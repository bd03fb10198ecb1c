/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/pcsc-transport.h"

#include <string.h>
#include <winscard.h>

/* pcscd owns the readers; this speaks to it. The card is taken exclusively, so that no other
 * program can speak on our secure channel.
 *
 * A card that is lifted in the middle of a command looks to the reader like one that does not
 * answer, and the reader notices the empty field only at its next poll. So after a failed command
 * the reader is given a moment to say that the card is gone. */

#define POLL_MS 250
#define NOTICE_MS 700
#define STATUS_SIZE 2
#define ANSWER_MAX (65536 + STATUS_SIZE)

struct _KouanPcscTransport
{
  GObject parent_instance;

  char *name; /* of the reader, or a part of it; "": any */
  gboolean has_context;
  SCARDCONTEXT context;

  /* While a card is held. */
  gboolean is_connected;
  SCARDHANDLE card;
  DWORD protocol;
  char *reader;
};

static KouanChipError
translate (LONG code)
{
  switch (code)
    {
    case SCARD_E_NO_SERVICE:
    case SCARD_E_SERVICE_STOPPED:
    case SCARD_F_COMM_ERROR:
      return KOUAN_CHIP_ERROR_SERVICE;
    case SCARD_E_NO_READERS_AVAILABLE:
    case SCARD_E_UNKNOWN_READER:
    case SCARD_E_READER_UNAVAILABLE:
      return KOUAN_CHIP_ERROR_NO_READER;
    case SCARD_E_NO_SMARTCARD:
    case SCARD_W_REMOVED_CARD:
      return KOUAN_CHIP_ERROR_REMOVED;
    case SCARD_W_UNPOWERED_CARD:
    case SCARD_W_UNRESPONSIVE_CARD:
    case SCARD_W_UNSUPPORTED_CARD:
    case SCARD_E_PROTO_MISMATCH:
      return KOUAN_CHIP_ERROR_MUTE;
    default:
      return KOUAN_CHIP_ERROR_READER;
    }
}

static gboolean
fail (GError **error, const char *what, LONG code)
{
  g_set_error (error, KOUAN_CHIP_ERROR, (int)translate (code), "%s: %s", what,
               pcsc_stringify_error (code));
  return FALSE;
}

static gboolean
establish (KouanPcscTransport *self, GError **error)
{
  LONG code;

  /* After a restart of the service the old context is a dead one. */
  if (self->has_context && SCardIsValidContext (self->context) == SCARD_S_SUCCESS)
    return TRUE;
  self->has_context = FALSE;
  code = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &self->context);
  if (code != SCARD_S_SUCCESS)
    return fail (error, "the card service does not run", code);
  self->has_context = TRUE;
  return TRUE;
}

/* Returns: (transfer full) (nullable): names, one after the other, each with its NUL, and one more
 */
static char *
list_names (SCARDCONTEXT context, GError **error)
{
  DWORD size = 0;
  g_autofree char *names = NULL;
  LONG code = SCardListReaders (context, NULL, NULL, &size);

  if (code == SCARD_S_SUCCESS)
    {
      names = g_malloc0 (size + 2);
      code = SCardListReaders (context, NULL, names, &size);
    }
  if (code == SCARD_S_SUCCESS && names[0] != '\0')
    return g_steal_pointer (&names);
  fail (error, "no card reader", code != SCARD_S_SUCCESS ? code : SCARD_E_NO_READERS_AVAILABLE);
  return NULL;
}

static GArray *
states_of (const char *names, const char *part)
{
  GArray *states = g_array_new (FALSE, TRUE, sizeof (SCARD_READERSTATE));

  for (const char *name = names; *name != '\0'; name += strlen (name) + 1)
    if (strstr (name, part) != NULL)
      {
        SCARD_READERSTATE state = { .szReader = name, .dwCurrentState = SCARD_STATE_UNAWARE };

        g_array_append_val (states, state);
      }
  return states;
}

static gboolean
has_card (const SCARD_READERSTATE *state)
{
  return (state->dwEventState & SCARD_STATE_PRESENT) != 0;
}

/* Returns: (transfer full) (nullable): the reader in which a card lies */
static char *
find_card (GArray *states)
{
  for (guint i = 0; i < states->len; i++)
    if (has_card (&g_array_index (states, SCARD_READERSTATE, i)))
      return g_strdup (g_array_index (states, SCARD_READERSTATE, i).szReader);
  return NULL;
}

/* What was seen is what the next wait takes for known. */
static void
remember (GArray *states)
{
  for (guint i = 0; i < states->len; i++)
    {
      SCARD_READERSTATE *state = &g_array_index (states, SCARD_READERSTATE, i);

      state->dwCurrentState = state->dwEventState & ~(DWORD)SCARD_STATE_CHANGED;
    }
}

static char *
wait_in_readers (KouanPcscTransport *self,
                 GArray *states,
                 GCancellable *cancellable,
                 GError **error)
{
  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      LONG code = SCardGetStatusChange (self->context, POLL_MS,
                                        (SCARD_READERSTATE *)(gpointer)states->data, states->len);
      char *found;

      if (code != SCARD_S_SUCCESS && code != SCARD_E_TIMEOUT)
        {
          fail (error, "the card readers cannot be watched", code);
          return NULL;
        }
      found = find_card (states);
      if (found != NULL)
        return found;
      remember (states);
    }
  return NULL;
}

static void
disconnect (KouanPcscTransport *self)
{
  if (self->is_connected)
    SCardDisconnect (self->card, SCARD_RESET_CARD);
  self->is_connected = FALSE;
  g_clear_pointer (&self->reader, g_free);
}

static gboolean
connect_card (KouanPcscTransport *self, const char *reader, GError **error)
{
  LONG code = SCardConnect (self->context, reader, SCARD_SHARE_EXCLUSIVE,
                            SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &self->card, &self->protocol);

  if (code != SCARD_S_SUCCESS)
    return fail (error, "the card cannot be taken", code);
  self->is_connected = TRUE;
  self->reader = g_strdup (reader);
  return TRUE;
}

static gboolean
pcsc_transport_wait_for_card (KouanChipTransport *transport,
                              GCancellable *cancellable,
                              GError **error)
{
  KouanPcscTransport *self = KOUAN_PCSC_TRANSPORT (transport);
  g_autofree char *names = NULL;
  g_autofree char *reader = NULL;
  g_autoptr (GArray) states = NULL;

  disconnect (self);
  if (!establish (self, error))
    return FALSE;
  names = list_names (self->context, error);
  if (names == NULL)
    return FALSE;
  states = states_of (names, self->name);
  if (states->len == 0)
    return fail (error, "the card reader that was named", SCARD_E_UNKNOWN_READER);
  reader = wait_in_readers (self, states, cancellable, error);
  return reader != NULL && connect_card (self, reader, error);
}

/* Returns: whether the reader says, within NOTICE_MS, that no card lies in it */
static gboolean
is_gone (KouanPcscTransport *self)
{
  SCARD_READERSTATE state = { .szReader = self->reader, .dwCurrentState = SCARD_STATE_UNAWARE };
  gint64 end_us = g_get_monotonic_time () + NOTICE_MS * 1000;
  gint64 left_ms = 0;

  do
    {
      if (SCardGetStatusChange (self->context, (DWORD)left_ms, &state, 1) == SCARD_S_SUCCESS
          && !has_card (&state))
        return TRUE;
      state.dwCurrentState = state.dwEventState & ~(DWORD)SCARD_STATE_CHANGED;
      left_ms = (end_us - g_get_monotonic_time ()) / 1000;
    }
  while (left_ms > 0);
  return FALSE;
}

static gboolean
fail_with_card (KouanPcscTransport *self, GError **error, const char *what, LONG code)
{
  if (translate (code) != KOUAN_CHIP_ERROR_REMOVED && translate (code) != KOUAN_CHIP_ERROR_SERVICE
      && is_gone (self))
    code = SCARD_W_REMOVED_CARD;
  return fail (error, what, code);
}

static gboolean
pcsc_transport_reset (KouanChipTransport *transport, GError **error)
{
  KouanPcscTransport *self = KOUAN_PCSC_TRANSPORT (transport);
  LONG code;

  g_return_val_if_fail (self->is_connected, FALSE);

  code = SCardReconnect (self->card, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                         SCARD_RESET_CARD, &self->protocol);
  return code == SCARD_S_SUCCESS || fail_with_card (self, error, "the card does not start", code);
}

static gboolean
pcsc_transport_transmit (KouanChipTransport *transport,
                         const guint8 *command,
                         gsize size,
                         GByteArray *answer,
                         GError **error)
{
  KouanPcscTransport *self = KOUAN_PCSC_TRANSPORT (transport);
  const SCARD_IO_REQUEST *request
    = self->protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
  DWORD received = ANSWER_MAX;
  LONG code;

  g_return_val_if_fail (self->is_connected, FALSE);

  g_byte_array_set_size (answer, ANSWER_MAX);
  code = SCardTransmit (self->card, request, command, (DWORD)size, NULL, answer->data, &received);
  /* Some drivers answer for a card that is gone, with nothing. */
  if (code == SCARD_S_SUCCESS && received < STATUS_SIZE)
    code = SCARD_E_NOT_TRANSACTED;
  g_byte_array_set_size (answer, code == SCARD_S_SUCCESS ? (guint)received : 0);
  return code == SCARD_S_SUCCESS || fail_with_card (self, error, "the card does not answer", code);
}

static void
pcsc_transport_release (KouanChipTransport *transport)
{
  disconnect (KOUAN_PCSC_TRANSPORT (transport));
}

static void
chip_transport_iface_init (KouanChipTransportInterface *iface)
{
  iface->wait_for_card = pcsc_transport_wait_for_card;
  iface->reset = pcsc_transport_reset;
  iface->transmit = pcsc_transport_transmit;
  iface->release = pcsc_transport_release;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanPcscTransport,
                               kouan_pcsc_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_CHIP_TRANSPORT,
                                                      chip_transport_iface_init))

static void
kouan_pcsc_transport_finalize (GObject *object)
{
  KouanPcscTransport *self = KOUAN_PCSC_TRANSPORT (object);

  disconnect (self);
  if (self->has_context)
    SCardReleaseContext (self->context);
  g_free (self->name);
  G_OBJECT_CLASS (kouan_pcsc_transport_parent_class)->finalize (object);
}

static void
kouan_pcsc_transport_class_init (KouanPcscTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_pcsc_transport_finalize;
}

static void
kouan_pcsc_transport_init (KouanPcscTransport *self G_GNUC_UNUSED)
{
}

/**
 * kouan_pcsc_transport_new:
 * @name: a part of the name of the reader, as `kouanctl chip list` prints it; "" for any
 *
 * Nothing is asked of the service before the first wait.
 */
KouanChipTransport *
kouan_pcsc_transport_new (const char *name)
{
  KouanPcscTransport *self = g_object_new (KOUAN_TYPE_PCSC_TRANSPORT, NULL);

  self->name = g_strdup (name);
  return KOUAN_CHIP_TRANSPORT (self);
}

void
kouan_pcsc_reader_free (KouanPcscReader *self)
{
  g_free (self->name);
  g_free (self);
}

static GPtrArray *
list_in_context (SCARDCONTEXT context, GError **error)
{
  g_autofree char *names = list_names (context, error);
  g_autoptr (GArray) states = NULL;
  GPtrArray *readers;
  LONG code;

  if (names == NULL)
    return NULL;
  states = states_of (names, "");
  code
    = SCardGetStatusChange (context, 0, (SCARD_READERSTATE *)(gpointer)states->data, states->len);
  if (code != SCARD_S_SUCCESS && code != SCARD_E_TIMEOUT)
    {
      fail (error, "the card readers cannot be asked", code);
      return NULL;
    }
  readers = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_pcsc_reader_free);
  for (guint i = 0; i < states->len; i++)
    {
      const SCARD_READERSTATE *state = &g_array_index (states, SCARD_READERSTATE, i);
      KouanPcscReader *reader = g_new0 (KouanPcscReader, 1);

      reader->name = g_strdup (state->szReader);
      reader->has_card = has_card (state);
      g_ptr_array_add (readers, reader);
    }
  return readers;
}

/**
 * kouan_pcsc_list_readers:
 *
 * Returns: (transfer full) (nullable) (element-type KouanPcscReader): %NULL with %KOUAN_CHIP_ERROR
 *   SERVICE, NO_READER or READER
 */
GPtrArray *
kouan_pcsc_list_readers (GError **error)
{
  SCARDCONTEXT context;
  LONG code = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context);
  GPtrArray *readers;

  if (code != SCARD_S_SUCCESS)
    {
      fail (error, "the card service does not run", code);
      return NULL;
    }
  readers = list_in_context (context, error);
  SCardReleaseContext (context);
  return readers;
}
