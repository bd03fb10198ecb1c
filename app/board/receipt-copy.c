/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-board"

#include "app/board/receipt-copy.h"

#include "app/language/language.h"
#include "app/receipt/receipt.h"
#include "app/record/slip.h"
#include "db/kiosk/slips.h"

/* Everything on a copy comes out of the signed slip and the catalogue: nothing else of the visit is
 * known here any more. */

static KouanReceiptMissing *
list_missing (KouanService *service, const KouanSlip *slip, const char *visitor, const char *hall)
{
  KouanReceiptMissing *list = g_new0 (KouanReceiptMissing, slip->missing_count + 1);
  GPtrArray *documents = kouan_service_get_documents (service);
  guint count = 0;

  for (guint i = 0; i < slip->missing_count; i++)
    for (guint k = 0; k < documents->len; k++)
      {
        KouanDocumentItem *document = documents->pdata[k];
        KouanDocumentGroup *group = kouan_document_item_get_group (document);
        gboolean grouped
          = group != NULL && kouan_document_group_get_code (group) == slip->missing[i];

        if (!grouped && kouan_document_item_get_code (document) != slip->missing[i])
          continue;
        list[count].what.visitor = grouped ? kouan_document_group_get_name (group, visitor)
                                           : kouan_document_item_get_name (document, visitor);
        list[count].what.hall = grouped ? kouan_document_group_get_name (group, hall)
                                        : kouan_document_item_get_name (document, hall);
        list[count].how.visitor = kouan_document_item_get_hint (document, visitor);
        list[count].how.hall = kouan_document_item_get_hint (document, hall);
        count++;
        break;
      }
  return list;
}

static guint
count_of (const KouanReceiptMissing *list)
{
  guint count = 0;

  while (list[count].what.visitor != NULL)
    count++;
  return count;
}

static GBytes *
render (KouanStation *station,
        KouanService *service,
        const KouanSlip *slip,
        const char *text,
        double *height_mm)
{
  const KouanLanguage *visitor = kouan_language_current ();
  const KouanLanguage *hall = kouan_language_find (kouan_station_get_hall_language (station));
  const KouanLanguage *second = hall != NULL ? hall : visitor;
  g_autofree char *time = kouan_language_date_time (visitor, slip->time_s);
  g_autofree char *hall_time = kouan_language_date_time (second, slip->time_s);
  g_autofree KouanReceiptMissing *missing
    = list_missing (service, slip, visitor->code, second->code);
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (slip->time_s);
  g_autofree char *iso = g_date_time_format_iso8601 (created);
  KouanReceiptContent content
    = { .visitor_language = visitor,
        .hall_language = second,
        .hall_name = { kouan_station_get_hall_name (station, visitor->code),
                       kouan_station_get_hall_name (station, second->code) },
        .service = { kouan_service_get_name (service, visitor->code),
                     kouan_service_get_name (service, second->code) },
        .handed_in = { time, hall_time },
        .number = slip->number,
        .code = text,
        .created = iso,
        .missing = missing,
        .n_missing = count_of (missing),
        .is_copy = TRUE };

  return kouan_receipt_render_pdf (&content, height_mm);
}

/**
 * kouan_receipt_copy:
 * @slip: "KR1:…", of this kiosk
 * @height_mm: (out): how long the paper is
 *
 * In the language of the moment, and in the hall's.
 *
 * Returns: (transfer full): NULL with UNKNOWN for what is no slip of this kiosk, or of a service
 * that it does not have any more
 */
GBytes *
kouan_receipt_copy (KouanStation *station,
                    KouanCatalogue *catalogue,
                    const char *slip,
                    double *height_mm,
                    GError **error)
{
  g_autoptr (KouanKeyring) own = kouan_keyring_new ();
  g_auto (KouanSlip) parsed = { 0 };
  g_autoptr (GError) cause = NULL;
  KouanService *service = NULL;

  kouan_keyring_add (own, kouan_signing_key_get_public (kouan_station_get_signing_key (station)),
                     KOUAN_PURPOSE_SLIP, "own");
  if (kouan_slip_verify (slip, own, &parsed, &cause))
    service = kouan_catalogue_find_by_code (catalogue, (guint)parsed.service);
  if (service != NULL)
    return render (station, service, &parsed, slip, height_mm);
  g_set_error_literal (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_UNKNOWN,
                       cause != NULL ? cause->message : "the service is not in the catalogue");
  return NULL;
}

/* @number: of the receipt. Returns: (transfer full): NULL with what the gate says, or UNKNOWN */
char *
kouan_staff_find_slip (const KouanStaffOrder *order, const char *number, GError **error)
{
  KouanDatabase *db = kouan_staff_gate_get_database (order->gate);
  g_autoptr (GError) cause = NULL;
  g_autofree char *slip = NULL;

  if (!kouan_staff_gate_allow (order->gate, KOUAN_DUTY_REPRINT, order->pass, order->second, error))
    return NULL;
  slip = kouan_slips_find (db, number, &cause);
  if (slip == NULL)
    {
      if (g_error_matches (cause, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
        g_set_error_literal (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_UNKNOWN, cause->message);
      else
        kouan_staff_fail_store (cause, error);
      return NULL;
    }
  return kouan_staff_note (order, KOUAN_DUTY_REPRINT, number, "copy", error)
           ? g_steal_pointer (&slip)
           : NULL;
}
