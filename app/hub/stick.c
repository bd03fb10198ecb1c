/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/stick.h"

#include "app/audit/head.h"
#include "app/crypto/durable.h"
#include "app/hub/audit.h"
#include "app/hub/manifest.h"
#include "app/hub/publish.h"
#include "app/hub/trouble.h"
#include "app/sync/stick.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What comes on a stick goes the way of what comes on the line: offer, bytes, one transaction,
 * receipt. Who carried it proves nothing, so a kiosk is known by the key under the manifest, and
 * bytes by their hash. */

#define STEP (256 * 1024)
#define MANIFEST_SIZE_MAX 16384
#define FILE_MODE 0600

typedef struct
{
  KouanHubReceiver *receiver;
  KouanHub *hub;
  GPtrArray *kiosks; /* of KouanHubKiosk, in service */
  const char *folder;
  KouanHubStickReport *report;
} Import;

/* Returns: (transfer none) (nullable): who has signed the manifest */
static const KouanHubKiosk *
find_signer (const Import *self, GBytes *manifest, KouanHubOffer *offer)
{
  for (guint i = 0; i < self->kiosks->len; i++)
    {
      const KouanHubKiosk *kiosk = self->kiosks->pdata[i];

      if (kiosk->revoked_s == 0 && kouan_hub_manifest_read (manifest, kiosk, offer, NULL))
        return kiosk;
    }
  return NULL;
}

static gboolean
pour (KouanHubWriter *writer, int fd, gint64 at, GError **error)
{
  g_autofree char *step = g_malloc (STEP);
  ssize_t got;

  while ((got = pread (fd, step, STEP, at)) != 0)
    {
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return kouan_hub_io_failed (error, "cannot read", "the stick");
      if (!kouan_hub_writer_write (writer, step, (gsize)got, error))
        return FALSE;
      at += got;
    }
  return TRUE;
}

/* @wanted: (out): there are no bytes beside the manifest */
static gboolean
take_bytes (const Import *self,
            const KouanHubKiosk *kiosk,
            const KouanHubOffer *offer,
            gint64 offset,
            gboolean *wanted,
            GError **error)
{
  g_autofree char *id = kouan_uuid_to_string (offer->id);
  g_autofree char *name = g_strconcat (id, KOUAN_STICK_RECORD, NULL);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  g_autoptr (KouanHubWriter) writer = NULL;
  KouanHubProgress progress;
  gboolean done;

  *wanted = fd < 0;
  if (fd < 0)
    return TRUE;
  writer = kouan_hub_writer_new (self->receiver, kiosk, offer->id, offset, NULL, error);
  done = writer != NULL && pour (writer, fd, offset, error)
         && kouan_hub_writer_finish (writer, &progress, error);
  close (fd);
  if (done && progress.offset < progress.size)
    *wanted = TRUE; /* a stick that was pulled half-way */
  return done;
}

/* A stick that takes no answer is no reason to leave the rest of what is on it: it is answered when
 * it comes again. */
static void
answer (const Import *self, const guint8 *id, const char *suffix, GBytes *content)
{
  g_autofree char *text = kouan_uuid_to_string (id);
  g_autofree char *name = g_strconcat (text, suffix, NULL);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  const guint8 *data = content != NULL ? g_bytes_get_data (content, &size) : (const guint8 *)"";

  if (kouan_write_file_durably (path, data, size, FILE_MODE, &error))
    return;
  g_message ("an answer is not on the stick: %s", error->message);
  self->report->unanswered++;
}

static gboolean
take_offer (const Import *self,
            const KouanHubKiosk *kiosk,
            const KouanHubOffer *offer,
            GBytes **receipt,
            gboolean *wanted,
            GError **error)
{
  KouanHubClaim claim = { .size = offer->size, .manifest = offer->manifest };
  KouanHubProgress progress = { 0 };

  memcpy (claim.record_id, offer->id, sizeof claim.record_id);
  memcpy (claim.sha256, offer->sha256, sizeof claim.sha256);
  if (!kouan_hub_receiver_offer (self->receiver, kiosk, &claim, &progress, receipt, error))
    return FALSE;
  if (*receipt != NULL)
    {
      self->report->known++;
      return TRUE;
    }
  if (!take_bytes (self, kiosk, offer, progress.offset, wanted, error))
    return FALSE;
  if (*wanted)
    return TRUE;
  *receipt = kouan_hub_receiver_receipt (self->receiver, kiosk, offer->id, error);
  self->report->taken += *receipt != NULL;
  return *receipt != NULL;
}

/* Trouble of the hub's own ends the import; a record's does not. */
static gboolean
settle_failure (const Import *self, const KouanHubOffer *offer, GBytes *refusal, GError **error)
{
  if (refusal != NULL)
    {
      g_clear_error (error);
      self->report->refused++;
      answer (self, offer->id, KOUAN_STICK_RECEIPT, refusal);
      return TRUE;
    }
  if (g_error_matches (*error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_FULL)
      || g_error_matches (*error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_BUSY)
      || g_error_matches (*error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_IO))
    return FALSE;
  g_message ("%s", (*error)->message);
  g_clear_error (error);
  self->report->foreign++;
  answer (self, offer->id, KOUAN_STICK_WANTED, NULL);
  return TRUE;
}

static gboolean
import_one (const Import *self, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GBytes) manifest = kouan_stick_read (path, MANIFEST_SIZE_MAX);
  g_auto (KouanHubOffer) offer = { 0 };
  g_autoptr (GBytes) receipt = NULL;
  const KouanHubKiosk *kiosk = manifest != NULL ? find_signer (self, manifest, &offer) : NULL;
  GError *local = NULL;
  gboolean wanted = FALSE;

  if (kiosk == NULL)
    {
      self->report->foreign++;
      return TRUE;
    }
  if (!take_offer (self, kiosk, &offer, &receipt, &wanted, &local))
    {
      if (settle_failure (self, &offer, receipt, &local))
        return TRUE;
      g_propagate_error (error, local);
      return FALSE;
    }
  self->report->wanted += wanted;
  answer (self, offer.id, wanted ? KOUAN_STICK_WANTED : KOUAN_STICK_RECEIPT, receipt);
  return TRUE;
}

static const KouanHubKiosk *
find_kiosk (const Import *self)
{
  g_autofree char *name = g_path_get_basename (self->folder);
  guint id = 0;

  if (sscanf (name, "kiosk-%u", &id) != 1)
    return NULL;
  for (guint i = 0; i < self->kiosks->len; i++)
    {
      const KouanHubKiosk *kiosk = self->kiosks->pdata[i];

      if (kiosk->id == id && kiosk->revoked_s == 0)
        return kiosk;
    }
  return NULL;
}

/* The folder's name says whose head it should be; the signature proves it. */
static void
import_audit_head (const Import *self)
{
  g_autofree char *path = g_build_filename (self->folder, KOUAN_STICK_AUDIT_HEAD, NULL);
  g_autofree char *to = g_build_filename (self->folder, KOUAN_STICK_AUDIT_ANCHOR, NULL);
  g_autoptr (GBytes) message = kouan_stick_read (path, KOUAN_AUDIT_HEAD_SIZE_MAX);
  const KouanHubKiosk *kiosk = message != NULL ? find_kiosk (self) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) receipt = NULL;
  gsize size;
  const guint8 *data;

  if (kiosk == NULL)
    return;
  receipt = kouan_hub_take_audit_head (self->hub, kiosk, message, &error);
  data = receipt != NULL ? g_bytes_get_data (receipt, &size) : NULL;
  if (data == NULL || !kouan_write_file_durably (to, data, size, FILE_MODE, &error))
    g_message ("kiosk %u: its audit is not anchored: %s", kiosk->id, error->message);
}

static gboolean
import_folder (const Import *self, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, KOUAN_STICK_MANIFEST) && !import_one (self, name, error))
      return FALSE;
  import_audit_head (self);
  return TRUE;
}

/* Returns: (transfer full) (element-type utf8): the folders of kiosks on the stick */
static GPtrArray *
list_folders (const char *stick)
{
  GPtrArray *folders = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *parent = g_build_filename (stick, KOUAN_STICK_FOLDER, NULL);
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "kiosk-"))
      g_ptr_array_add (folders, g_build_filename (parent, name, NULL));
  return folders;
}

static GPtrArray *
list_kiosks (KouanHub *hub, GError **error)
{
  GError *local = NULL;
  GPtrArray *kiosks = kouan_hub_store_list_kiosks (kouan_hub_get_store (hub), &local);

  if (kiosks == NULL)
    kouan_hub_translate (local, error);
  return kiosks;
}

/**
 * kouan_hub_stick_import:
 * @stick: where it is mounted
 *
 * Takes every record on the stick that is whole and signed by a kiosk in service, and leaves a
 * receipt beside it. May be done again at any time.
 *
 * Returns: FALSE for the hub's own trouble (FULL, IO); what was taken by then is taken
 */
gboolean
kouan_hub_stick_import (KouanHubReceiver *receiver,
                        KouanHub *hub,
                        const char *stick,
                        KouanHubStickReport *report,
                        GError **error)
{
  g_autoptr (GPtrArray) folders = list_folders (stick);
  g_autoptr (GPtrArray) kiosks = list_kiosks (hub, error);
  Import work = { .receiver = receiver, .hub = hub, .kiosks = kiosks, .report = report };

  *report = (KouanHubStickReport){ 0 };
  if (kiosks == NULL)
    return FALSE;
  for (guint i = 0; i < folders->len; i++)
    {
      work.folder = folders->pdata[i];
      if (!import_folder (&work, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_list (KouanHub *hub,
            KouanListKind kind,
            guint hall_id,
            const char *folder,
            guint *lists,
            GError **error)
{
  g_autofree char *name = g_strconcat (kouan_list_kind_to_string (kind), KOUAN_STICK_LIST, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) missing = NULL;
  gint64 version;
  g_autoptr (GBytes) list = kouan_hub_read_list (hub, kind, hall_id, &version, &missing);
  GError *local = NULL;
  const guint8 *data;
  gsize size;

  if (list == NULL)
    return TRUE;
  data = g_bytes_get_data (list, &size);
  if (!kouan_write_file_durably (path, data, size, FILE_MODE, &local))
    return kouan_hub_translate (local, error);
  (*lists)++;
  return TRUE;
}

static guint
hall_of (GPtrArray *kiosks, const char *folder)
{
  g_autofree char *name = g_path_get_basename (folder);
  guint id = 0;

  if (sscanf (name, "kiosk-%u", &id) == 1)
    for (guint i = 0; i < kiosks->len; i++)
      if (((KouanHubKiosk *)kiosks->pdata[i])->id == id)
        return ((KouanHubKiosk *)kiosks->pdata[i])->hall_id;
  return 0;
}

/**
 * kouan_hub_stick_export:
 * @lists: (out): how many were put there
 *
 * Puts what is published for each kiosk that has a folder on the stick into that folder.
 */
gboolean
kouan_hub_stick_export (KouanHub *hub, const char *stick, guint *lists, GError **error)
{
  g_autoptr (GPtrArray) folders = list_folders (stick);
  g_autoptr (GPtrArray) kiosks = list_kiosks (hub, error);

  *lists = 0;
  for (guint i = 0; kiosks != NULL && i < folders->len; i++)
    {
      guint hall_id = hall_of (kiosks, folders->pdata[i]);

      for (KouanListKind kind = KOUAN_LIST_APPOINTMENTS; hall_id != 0 && kind <= KOUAN_LIST_ROSTER;
           kind++)
        if (!write_list (hub, kind, kouan_list_kind_is_of_a_hall (kind) ? hall_id : 0,
                         folders->pdata[i], lists, error))
          return FALSE;
    }
  return kiosks != NULL;
}
