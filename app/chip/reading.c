/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/reading.h"

#include "app/chip/active-authentication.h"
#include "app/chip/chip-authentication.h"
#include "app/chip/offers.h"
#include "app/lds/lds.h"
#include "app/lds/security-infos.h"

/* One run: wait for the card, open it, read file after file, and have the chip prove that it is no
 * copy, in the order of BSI TR-03135-1 §5.6: EF.SOD, DG14 and Chip Authentication, the data groups,
 * and Active Authentication where Chip Authentication was not to be had.
 *
 * A secure talk that breaks cannot be mended, but a new one can be begun: so a failed proof, or an
 * answer in extended length that reader or chip do not manage, is noted, the chip is reset and
 * opened again, and the reading goes on where it was. Each such turn settles one thing for good, so
 * there are few. */

#define TURNS_MAX 6
/* A file longer than this is worth the question whether the chip knows extended length. */
#define WORTH_TRYING 1024

/* What files weigh in the progress until their heads are read. */
static const gsize usual_sizes[KOUAN_CHIP_N_DOCUMENT_FILES] = {
  [KOUAN_CHIP_FILE_COM] = 30,   [KOUAN_CHIP_FILE_SOD] = 2000,  [KOUAN_CHIP_FILE_DG14] = 400,
  [KOUAN_CHIP_FILE_DG1] = 93,   [KOUAN_CHIP_FILE_DG2] = 16000, [KOUAN_CHIP_FILE_DG11] = 100,
  [KOUAN_CHIP_FILE_DG12] = 100, [KOUAN_CHIP_FILE_DG15] = 200,
};

typedef enum
{
  FILE_WANTED,
  FILE_READ,
  FILE_MISSING,
} FileState;

struct _KouanChipReading
{
  KouanChipPassword *password; /* (nullable) */

  /* What has been got so far. */
  KouanChipAccess access;
  GByteArray *contents[KOUAN_CHIP_N_DOCUMENT_FILES];
  gsize totals[KOUAN_CHIP_N_DOCUMENT_FILES];
  FileState states[KOUAN_CHIP_N_DOCUMENT_FILES];
  KouanChipLength length;
  gboolean chip_settled;
  KouanResult chip_authentication;
  gboolean active_settled;
  KouanResult active_authentication;

  /* Of the run. */
  KouanChipProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
  gboolean has_opened;
  double fraction;

  guint commands;
  gint64 own_us;
  gint64 whole_us;
};

/* @password: (nullable): NULL opens only what opens to anybody */
KouanChipReading *
kouan_chip_reading_new (KouanChipPassword *password)
{
  KouanChipReading *self = g_new0 (KouanChipReading, 1);

  self->password = password != NULL ? kouan_chip_password_ref (password) : NULL;
  self->chip_authentication = KOUAN_RESULT_NOT_SUPPORTED;
  self->active_authentication = KOUAN_RESULT_NOT_SUPPORTED;
  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_DOCUMENT_FILES; file++)
    {
      self->contents[file] = g_byte_array_new ();
      self->totals[file] = usual_sizes[file];
    }
  return self;
}

void
kouan_chip_reading_free (KouanChipReading *self)
{
  g_clear_pointer (&self->password, kouan_chip_password_unref);
  kouan_chip_access_clear (&self->access);
  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_DOCUMENT_FILES; file++)
    {
      kouan_wipe (self->contents[file]->data, self->contents[file]->len);
      g_byte_array_unref (self->contents[file]);
    }
  g_free (self);
}

static void
report (KouanChipReading *self, KouanChipStage stage)
{
  gsize done = 0, total = 0;

  if (self->progress == NULL)
    return;
  /* That a chip has to be opened again is no news to who waits. */
  self->has_opened = self->has_opened || stage == KOUAN_CHIP_STAGE_READING;
  if (self->has_opened)
    stage = KOUAN_CHIP_STAGE_READING;
  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_DOCUMENT_FILES; file++)
    if (self->states[file] != FILE_MISSING)
      {
        done += self->contents[file]->len;
        total += self->totals[file];
      }
  self->fraction = MAX (self->fraction, MIN (1.0, (double)done / (double)total));
  self->progress (stage, stage == KOUAN_CHIP_STAGE_READING ? self->fraction : -1,
                  self->progress_data);
}

static void
on_file_progress (KouanChipFile file, gsize done G_GNUC_UNUSED, gsize total, gpointer data)
{
  KouanChipReading *self = data;

  self->totals[file] = total;
  report (self, KOUAN_CHIP_STAGE_READING);
}

static gsize
answer_max (KouanChipReading *self)
{
  if (self->length != KOUAN_CHIP_LENGTH_EXTENDED)
    return KOUAN_CHIP_ANSWER_SHORT;
  return self->access.answer_max > 0 ? self->access.answer_max : KOUAN_CHIP_ANSWER_TRIED;
}

/* EF.COM is not signed, but what it leaves out need not be asked for; what EF.SOD signs and nobody
 * read shows in passive authentication. */
static void
take_list (KouanChipReading *self)
{
  GByteArray *content = self->contents[KOUAN_CHIP_FILE_COM];
  KouanLdsCom com;

  if (!kouan_lds_parse_com (content->data, content->len, &com, NULL))
    return;
  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_DOCUMENT_FILES; file++)
    if (kouan_chip_file_info (file)->group > 0 && self->states[file] == FILE_WANTED
        && (com.groups & 1u << kouan_chip_file_info (file)->group) == 0)
      self->states[file] = FILE_MISSING;
}

static gboolean
is_needed (KouanChipFile file)
{
  return file == KOUAN_CHIP_FILE_DG1;
}

static gboolean
read_file (KouanChipReading *self, KouanChipChannel *channel, KouanChipFile file, GError **error)
{
  const KouanChipFileOptions options = { .answer_max = answer_max (self),
                                         .progress = on_file_progress,
                                         .progress_data = self,
                                         .cancellable = self->cancellable };
  GError *local = NULL;

  if (self->states[file] != FILE_WANTED)
    return TRUE;
  if (kouan_chip_file_read (channel, file, &options, self->contents[file], &local))
    {
      self->states[file] = FILE_READ;
      if (file == KOUAN_CHIP_FILE_COM)
        take_list (self);
      return TRUE;
    }
  if (g_error_matches (local, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_FILE_MISSING) && !is_needed (file))
    {
      self->states[file] = FILE_MISSING;
      g_error_free (local);
      return TRUE;
    }
  g_propagate_error (error, local);
  return FALSE;
}

GBytes *
kouan_chip_reading_dup_file (KouanChipReading *self, KouanChipFile file)
{
  g_return_val_if_fail (self != NULL && file < KOUAN_CHIP_N_FILES, NULL);

  if (file == KOUAN_CHIP_FILE_CARD_ACCESS)
    return self->access.card_access != NULL ? g_bytes_ref (self->access.card_access) : NULL;
  if (file >= KOUAN_CHIP_N_DOCUMENT_FILES || self->states[file] != FILE_READ)
    return NULL;
  return g_bytes_new (self->contents[file]->data, self->contents[file]->len);
}

/* Returns: (transfer full) (nullable): what DG14 says */
static GPtrArray *
parse_infos (KouanChipReading *self)
{
  GByteArray *content = self->contents[KOUAN_CHIP_FILE_DG14];

  if (self->states[KOUAN_CHIP_FILE_DG14] != FILE_READ)
    return NULL;
  return kouan_security_infos_parse_dg14 (content->data, content->len, NULL);
}

/* Returns: (transfer full) (nullable): the key that DG15 has */
static GBytes *
parse_active_key (KouanChipReading *self)
{
  GByteArray *content = self->contents[KOUAN_CHIP_FILE_DG15];

  if (self->states[KOUAN_CHIP_FILE_DG15] != FILE_READ)
    return NULL;
  return kouan_lds_parse_dg15 (content->data, content->len, NULL);
}

/* Whether a failed proof says something about the chip, and not about the way to it. */
static gboolean
is_about_chip (const GError *error)
{
  return g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_REFUSED)
         || g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_CHANNEL_LOST)
         || g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_TAMPERED)
         || g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_MALFORMED);
}

/* Notes what a proof came to. Returns: FALSE if it came to nothing, because of reader or card */
static gboolean
settle (gboolean proved, const GError *error, gboolean *settled, KouanResult *result)
{
  if (proved)
    *result = KOUAN_RESULT_SUCCESSFUL;
  else if (g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_UNSUPPORTED))
    *result = KOUAN_RESULT_UNDETERMINED;
  else if (is_about_chip (error))
    *result = KOUAN_RESULT_FAILED;
  else
    return FALSE;
  *settled = TRUE;
  if (!proved)
    g_message ("the chip does not prove itself: %s", error->message);
  return TRUE;
}

/* A chip that failed has left the talk: the turn ends here, and the next leaves the proof out. */
static gboolean
authenticate_chip (KouanChipReading *self, KouanChipChannel *channel, GError **error)
{
  g_autoptr (GPtrArray) infos = NULL;
  KouanChipAuthenticationOffer offer;
  GError *local = NULL;
  gboolean proved;

  if (self->chip_settled)
    return TRUE;
  infos = parse_infos (self);
  if (infos == NULL || !kouan_chip_channel_is_secure (channel)
      || !kouan_chip_find_authentication (infos, &offer))
    return TRUE;
  proved = kouan_chip_authentication_run (channel, &offer, &local);
  if (settle (proved, local, &self->chip_settled, &self->chip_authentication)
      && self->chip_authentication != KOUAN_RESULT_FAILED)
    {
      g_clear_error (&local);
      return TRUE;
    }
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
authenticate_actively (KouanChipReading *self, KouanChipChannel *channel, GError **error)
{
  g_autoptr (GBytes) key = parse_active_key (self);
  g_autoptr (GPtrArray) infos = parse_infos (self);
  GError *local = NULL;
  gboolean has_hash, proved;
  KouanHash hash;

  if (self->active_settled || key == NULL || self->chip_authentication == KOUAN_RESULT_SUCCESSFUL)
    return TRUE;
  has_hash = infos != NULL && kouan_chip_find_active_hash (infos, &hash);
  proved = kouan_active_authentication_run (channel, key, has_hash ? &hash : NULL,
                                            self->length == KOUAN_CHIP_LENGTH_EXTENDED, &local);
  if (settle (proved, local, &self->active_settled, &self->active_authentication))
    {
      g_clear_error (&local);
      return TRUE;
    }
  g_propagate_error (error, local);
  return FALSE;
}

/* Decides on extended length before the first long file. */
static void
choose_length (KouanChipReading *self, KouanChipFile file)
{
  if (self->length != KOUAN_CHIP_LENGTH_UNKNOWN)
    return;
  if (self->access.length == KOUAN_CHIP_LENGTH_SHORT)
    self->length = KOUAN_CHIP_LENGTH_SHORT;
  else if (self->access.answer_max > 0)
    self->length = self->access.answer_max > KOUAN_CHIP_ANSWER_SHORT ? KOUAN_CHIP_LENGTH_EXTENDED
                                                                     : KOUAN_CHIP_LENGTH_SHORT;
  else if (self->totals[file] > WORTH_TRYING)
    self->length = KOUAN_CHIP_LENGTH_EXTENDED;
}

/* From a reset to the end, or to the first thing that breaks the talk. */
static gboolean
run_turn (KouanChipReading *self, KouanChipChannel *channel, GError **error)
{
  report (self, KOUAN_CHIP_STAGE_OPENING);
  if (!kouan_chip_channel_reset (channel, error)
      || !kouan_chip_access_open (&self->access, channel, self->password, error))
    return FALSE;
  report (self, KOUAN_CHIP_STAGE_READING);
  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_DOCUMENT_FILES; file++)
    {
      choose_length (self, file);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error)
          || !read_file (self, channel, file, error))
        return FALSE;
      if (file == KOUAN_CHIP_FILE_DG14 && !authenticate_chip (self, channel, error))
        return FALSE;
    }
  return authenticate_actively (self, channel, error);
}

static gboolean
is_about_length (const GError *error)
{
  return g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_REFUSED)
         || g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_CHANNEL_LOST)
         || g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_READER)
         || g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_MUTE);
}

/* Returns: whether another turn may get further; then what went wrong has been noted */
static gboolean
may_go_on (KouanChipReading *self, gboolean was_settled, const GError *error)
{
  if (self->chip_settled && !was_settled && self->chip_authentication == KOUAN_RESULT_FAILED
      && is_about_chip (error))
    return TRUE;
  if (self->length != KOUAN_CHIP_LENGTH_EXTENDED || !is_about_length (error))
    return FALSE;
  self->length = KOUAN_CHIP_LENGTH_SHORT;
  return TRUE;
}

static gboolean
run_turns (KouanChipReading *self, KouanChipChannel *channel, GError **error)
{
  for (guint turn = 0; turn < TURNS_MAX; turn++)
    {
      gboolean was_settled = self->chip_settled;
      g_autoptr (GError) local = NULL;

      if (run_turn (self, channel, &local))
        return TRUE;
      if (!may_go_on (self, was_settled, local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_message ("the chip is opened again: %s", local->message);
    }
  g_set_error_literal (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_MUTE,
                       "the chip breaks every talk");
  return FALSE;
}

/**
 * kouan_chip_reading_run:
 * @progress: (nullable)
 *
 * Waits for a card and reads it. May be called again after %KOUAN_CHIP_ERROR_REMOVED, and then goes
 * on where it was.
 *
 * Returns: FALSE with any %KOUAN_CHIP_ERROR, or %G_IO_ERROR_CANCELLED
 */
gboolean
kouan_chip_reading_run (KouanChipReading *self,
                        KouanChipTransport *transport,
                        KouanChipProgress progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (KouanChipChannel) channel = kouan_chip_channel_new (transport);
  gint64 start_us, whole_us;
  gboolean done;

  self->progress = progress;
  self->progress_data = progress_data;
  self->cancellable = cancellable;
  self->has_opened = FALSE;
  report (self, KOUAN_CHIP_STAGE_WAITING);
  if (!kouan_chip_transport_wait_for_card (transport, cancellable, error))
    return FALSE;
  start_us = g_get_monotonic_time ();
  done = run_turns (self, channel, error);
  self->commands += kouan_chip_channel_get_count (channel);
  whole_us = g_get_monotonic_time () - start_us;
  self->whole_us += whole_us;
  self->own_us += whole_us - kouan_chip_channel_get_outside_us (channel);
  kouan_chip_transport_release (transport);
  return done;
}

KouanChipPassword *
kouan_chip_reading_get_password (KouanChipReading *self)
{
  return self->password;
}

KouanChipAccessProtocol
kouan_chip_reading_get_access (KouanChipReading *self)
{
  return self->access.protocol;
}

KouanResult
kouan_chip_reading_get_chip_authentication (KouanChipReading *self)
{
  return self->chip_authentication;
}

KouanResult
kouan_chip_reading_get_active_authentication (KouanChipReading *self)
{
  return self->active_authentication;
}

/* Returns: whether DG14, which is signed, says what EF.CardAccess said, which is not; and that BAC
 * was not all that was offered if DG14 knows PACE */
KouanResult
kouan_chip_reading_get_card_access (KouanChipReading *self)
{
  g_autoptr (GPtrArray) signed_infos = parse_infos (self);
  g_autoptr (GPtrArray) said = kouan_chip_access_parse (&self->access);

  if (signed_infos == NULL)
    return KOUAN_RESULT_NOT_SUPPORTED;
  if (said != NULL)
    return kouan_chip_infos_contain (signed_infos, said) ? KOUAN_RESULT_SUCCESSFUL
                                                         : KOUAN_RESULT_FAILED;
  return kouan_chip_offers_pace (signed_infos) ? KOUAN_RESULT_FAILED : KOUAN_RESULT_NOT_SUPPORTED;
}

guint
kouan_chip_reading_get_command_count (KouanChipReading *self)
{
  return self->commands;
}

gint64
kouan_chip_reading_get_own_us (KouanChipReading *self)
{
  return self->own_us;
}

gint64
kouan_chip_reading_get_whole_us (KouanChipReading *self)
{
  return self->whole_us;
}
