/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include "app/ctl/fields.h"
#include "app/ctl/store.h"
#include "app/record/receipt-number.h"
#include "app/record/slip.h"

/* kouanctl receipt: is this slip of paper one of ours? Takes the text of its QR code, or the number
 * that a person reads out, of which only the check digits can be verified. */

static const char *
reason_of (const GError *error)
{
  switch (error->code)
    {
    case KOUAN_CRYPTO_ERROR_UNKNOWN_KEY:
      return "unknown-key";
    case KOUAN_CRYPTO_ERROR_FORGED:
      return "forged";
    default:
      return "malformed";
    }
}

static KouanExit
refuse (const char *reason)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  kouan_ctl_add_bool (line, "valid", FALSE);
  kouan_ctl_add_text (line, "reason", reason);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return KOUAN_EXIT_NO;
}

static void
print_slip (const KouanSlip *slip)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  kouan_ctl_add_bool (line, "valid", TRUE);
  kouan_ctl_add_bool (line, "signed", TRUE);
  kouan_ctl_add_text (line, "number", slip->number);
  kouan_ctl_add_uuid (line, "record", slip->record_id);
  kouan_ctl_add_int (line, "hall", slip->hall_id);
  kouan_ctl_add_int (line, "service", slip->service);
  kouan_ctl_add_time (line, "time", slip->time_s);
  json_builder_set_member_name (line, "missing");
  json_builder_begin_array (line);
  for (guint i = 0; i < slip->missing_count; i++)
    json_builder_add_int_value (line, slip->missing[i]);
  json_builder_end_array (line);
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

static KouanExit
verify_slip (const char *text, KouanKeyring *keyring)
{
  g_auto (KouanSlip) slip = { 0 };
  g_autoptr (GError) error = NULL;

  if (!kouan_slip_verify (text, keyring, &slip, &error))
    {
      kouan_ctl_failed (error);
      return refuse (reason_of (error));
    }
  print_slip (&slip);
  return KOUAN_EXIT_OK;
}

static KouanExit
verify_number (const char *text)
{
  g_autoptr (JsonBuilder) line = NULL;
  g_autofree char *number = NULL;
  guint kiosk_id;
  gint64 sequence;

  if (!kouan_receipt_number_parse (text, &kiosk_id, &sequence))
    return refuse ("malformed");
  number = kouan_receipt_number (kiosk_id, sequence);
  line = json_builder_begin_object (json_builder_new ());
  kouan_ctl_add_bool (line, "valid", TRUE);
  kouan_ctl_add_bool (line, "signed", FALSE);
  kouan_ctl_add_text (line, "number", number);
  kouan_ctl_add_int (line, "kiosk", kiosk_id);
  kouan_ctl_add_int (line, "sequence", sequence);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return KOUAN_EXIT_OK;
}

static KouanExit
verify (const char *folder, const char *pem, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanKeyring) keyring
    = kouan_ctl_load_keyring (folder, pem, KOUAN_PURPOSE_SLIP, &error);

  if (keyring == NULL)
    return kouan_ctl_failed (error);
  return g_str_has_prefix (text, KOUAN_CODE_RECEIPT) ? verify_slip (text, keyring)
                                                     : verify_number (text);
}

KouanExit
kouan_ctl_receipt (int argc, char **argv)
{
  g_autofree char *station = NULL;
  g_autofree char *kiosk = NULL;
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, &station, "A kiosk's folder: the keys it trusts",
          "DIR" },
        { "kiosk", 0, 0, G_OPTION_ARG_FILENAME, &kiosk, "One kiosk's public key", "PEM" },
        G_OPTION_ENTRY_NULL };

  if (!kouan_ctl_parse ("receipt", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc == 3 && g_str_equal (argv[1], "verify") && (station != NULL) != (kiosk != NULL))
    return verify (station, kiosk, argv[2]);
  return kouan_ctl_usage ("receipt: verify --station DIR TEXT, or verify --kiosk PEM TEXT");
}
