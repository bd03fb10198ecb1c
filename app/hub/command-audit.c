/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/audit/export.h"
#include "app/hub/commands.h"

/* kouan-hub audit: what this hub has signed of a kiosk's audit, and whether an exported log is the
 * one that it signed. */

static KouanHubKiosk *
find_kiosk (KouanHub *hub, guint kiosk_id, GPtrArray *kiosks, GError **error)
{
  KouanHubKiosk *found = NULL;

  /* of several enrolments the last one */
  for (guint i = 0; i < kiosks->len; i++)
    if (((KouanHubKiosk *)kiosks->pdata[i])->id == kiosk_id)
      found = kiosks->pdata[i];
  if (found == NULL)
    g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MISSING,
                 "hub %u has no kiosk %u: \"kouan-hub kiosks\" lists them", kouan_hub_get_id (hub),
                 kiosk_id);
  return found;
}

static void
print_anchor (const KouanHubAnchor *anchor, guint kiosk_id)
{
  JsonBuilder *line = kouan_hub_line_begin ();
  g_autofree char *log = kouan_hex (anchor->log_id, sizeof anchor->log_id);
  g_autofree char *hash = kouan_hex (anchor->hash, sizeof anchor->hash);
  gsize size;
  const guint8 *data = g_bytes_get_data (anchor->receipt, &size);
  g_autofree char *receipt = g_base64_encode (data, size);

  kouan_hub_line_add_number (line, "kiosk", kiosk_id);
  kouan_hub_line_add_text (line, "log", log);
  kouan_hub_line_add_number (line, "sequence", anchor->sequence);
  kouan_hub_line_add_text (line, "hash", hash);
  kouan_hub_line_add_number (line, "seal", anchor->seal);
  kouan_hub_line_add_time (line, "time", anchor->hub_s);
  kouan_hub_line_add_text (line, "anchor", receipt);
  kouan_hub_line_end (line);
}

static KouanHubExit
print_verdict (const KouanAuditExport *about, const KouanAuditVerdict *verdict)
{
  JsonBuilder *line = kouan_hub_line_begin ();
  gboolean whole = verdict->fault == KOUAN_AUDIT_FAULT_NONE;

  kouan_hub_line_add_number (line, "kiosk", about->kiosk_id);
  kouan_hub_line_add_text (line, "state", whole ? "whole" : "broken");
  kouan_hub_line_add_number (line, "entries", verdict->entries);
  kouan_hub_line_add_number (line, "proven", verdict->proven);
  kouan_hub_line_add_number (line, "anchored", verdict->anchored);
  kouan_hub_line_add_time (line, "anchored_at", verdict->anchored_s);
  if (!whole)
    {
      kouan_hub_line_add_number (line, "broken_at", verdict->broken_at);
      kouan_hub_line_add_text (line, "fault", kouan_audit_fault_to_string (verdict->fault));
      kouan_hub_line_add_text (line, "what", kouan_audit_fault_describe (verdict->fault));
    }
  kouan_hub_line_end (line);
  return whole ? KOUAN_HUB_EXIT_OK : KOUAN_HUB_EXIT_NO;
}

static gboolean
fill_keyring (KouanHub *hub, const KouanHubKiosk *kiosk, KouanKeyring *keyring, GError **error)
{
  g_autoptr (KouanVerifyingKey) key = kouan_verifying_key_from_pem (kiosk->record_key, error);

  if (key == NULL)
    return FALSE;
  kouan_keyring_add (keyring, key, KOUAN_PURPOSE_RECORD, "the kiosk");
  kouan_keyring_add (keyring, kouan_signing_key_get_public (kouan_hub_get_receipt_key (hub)),
                     KOUAN_PURPOSE_HUB_RECEIPT, "this hub");
  return TRUE;
}

static KouanHubExit
verify (
  KouanHub *hub, const KouanHubKiosk *kiosk, GPtrArray *anchors, const char *file, const char *key)
{
  g_autofree char *own = kouan_hub_path (hub, KOUAN_HUB_FILE_IDENTITY);
  g_autoptr (KouanKeyring) keyring = kouan_keyring_new ();
  g_autoptr (KouanAgeIdentity) identity = NULL;
  g_autoptr (GPtrArray) receipts = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  KouanAuditReader reader = { .keyring = keyring, .anchors = receipts };
  KouanAuditExport about;
  KouanAuditVerdict verdict;

  for (guint i = 0; i < anchors->len; i++)
    g_ptr_array_add (receipts, ((KouanHubAnchor *)anchors->pdata[i])->receipt);
  identity = kouan_age_identity_load (key != NULL ? key : own, &error);
  reader.identity = identity;
  if (identity == NULL || !fill_keyring (hub, kiosk, keyring, &error))
    return kouan_hub_failed (error);
  if (kouan_audit_export_verify (file, &reader, &about, &verdict, &error))
    return print_verdict (&about, &verdict);
  kouan_hub_failed (error);
  return g_error_matches (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO) ? KOUAN_HUB_EXIT_FAILED
                                                                            : KOUAN_HUB_EXIT_NO;
}

KouanHubExit
kouan_hub_command_audit (int argc, char **argv)
{
  g_autofree char *file = NULL;
  g_autofree char *key = NULL;
  const GOptionEntry entries[]
    = { { "verify", 0, 0, G_OPTION_ARG_FILENAME, &file, "hold this exported log against them",
          "FILE" },
        { "identity", 0, 0, G_OPTION_ARG_FILENAME, &key, "instead of the hub's own key", "FILE" },
        G_OPTION_ENTRY_NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;
  g_autoptr (GPtrArray) kiosks = NULL;
  g_autoptr (GPtrArray) anchors = NULL;
  const KouanHubKiosk *kiosk;
  guint64 kiosk_id;

  if (!kouan_hub_parse (&argc, &argv, entries, "DIR KIOSK [--verify FILE]", 2))
    return KOUAN_HUB_EXIT_USAGE;
  if (!g_ascii_string_to_unsigned (argv[2], 10, 1, G_MAXUINT16, &kiosk_id, &error))
    {
      g_printerr ("kouan-hub: %s\n", error->message);
      return KOUAN_HUB_EXIT_USAGE;
    }
  hub = kouan_hub_open_folder (argv[1], &error);
  kiosks = hub != NULL ? kouan_hub_store_list_kiosks (kouan_hub_get_store (hub), &error) : NULL;
  kiosk = kiosks != NULL ? find_kiosk (hub, (guint)kiosk_id, kiosks, &error) : NULL;
  anchors = kiosk != NULL
              ? kouan_hub_store_list_anchors (kouan_hub_get_store (hub), kiosk->enrolment, &error)
              : NULL;
  if (anchors == NULL)
    return kouan_hub_failed (error);
  if (file != NULL)
    return verify (hub, kiosk, anchors, file, key);
  for (guint i = 0; i < anchors->len; i++)
    print_anchor (anchors->pdata[i], kiosk->id);
  return KOUAN_HUB_EXIT_OK;
}
