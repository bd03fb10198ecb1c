/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/hub/store-kit.h"

#include <string.h>

static guint
count_alarms (StoreFixture *fixture, KouanHubAlarmKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) alarms = kouan_hub_store_list_alarms (fixture->store, &error);
  guint count = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < alarms->len; i++)
    count += ((KouanHubAlarm *)alarms->pdata[i])->kind == kind;
  return count;
}

static void
test_hall_is_kept (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubHall) hall = NULL;
  g_autoptr (KouanHubHall) none = NULL;

  store_put_hall (fixture->store, "新大厅");
  hall = kouan_hub_store_find_hall (fixture->store, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hall->language, ==, "zh-Hans");
  g_assert_cmpstr (hall->profile, ==, "service");
  g_assert_cmpuint (g_hash_table_size (hall->names), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (hall->names, "zh-Hans"), ==, "新大厅");
  none = kouan_hub_store_find_hall (fixture->store, 2, &error);
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
  g_assert_null (none);
}

static void
test_one_enrolment_in_service (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  KouanHubKiosk again = { .id = 7, .hall_id = 1, .record_key = (char *)"key2" };
  g_autoptr (KouanHubKiosk) old = NULL;
  g_autoptr (GPtrArray) kiosks = NULL;
  guint8 certificate[KOUAN_HUB_DIGEST_SIZE];

  g_assert_false (kouan_hub_store_enrol (fixture->store, &again, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (kouan_hub_store_revoke (fixture->store, 7, LATER_S, &error));
  g_assert_false (kouan_hub_store_revoke (fixture->store, 7, LATER_S, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (kouan_hub_store_enrol (fixture->store, &again, &error));

  memset (certificate, 0xaa, sizeof certificate);
  old = kouan_hub_store_find_kiosk (fixture->store, certificate, &error);
  g_assert_no_error (error);
  g_assert_cmpint (old->revoked_s, ==, LATER_S);
  g_assert_cmpuint (old->hall_id, ==, 1);
  kiosks = kouan_hub_store_list_kiosks (fixture->store, &error);
  g_assert_cmpuint (kiosks->len, ==, 2);
  g_assert_cmpstr (((KouanHubKiosk *)kiosks->pdata[1])->record_key, ==, "key2");
}

static void
test_hall_must_be_there (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  KouanHubKiosk kiosk = { .id = 8, .hall_id = 99, .record_key = (char *)"key" };

  g_assert_false (kouan_hub_store_enrol (fixture->store, &kiosk, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
}

static void
test_seen (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kiosks = NULL;

  g_assert_true (kouan_hub_store_note_seen (fixture->store, 1, LATER_S, &error));
  kiosks = kouan_hub_store_list_kiosks (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((KouanHubKiosk *)kiosks->pdata[0])->seen_s, ==, LATER_S);
}

static void
test_offset_moves_once (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (KouanHubOffer) what = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubUpload) upload = NULL;

  store_fill_offer (fixture, &what, 1, 1, 0);
  g_assert_cmpint (store_offer (fixture, &what), ==, KOUAN_HUB_OFFER_NEW);
  g_assert_true (kouan_hub_store_advance (fixture->store, what.id, 0, 60, LATER_S, &error));
  g_assert_false (kouan_hub_store_advance (fixture->store, what.id, 0, 60, LATER_S, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (kouan_hub_store_advance (fixture->store, what.id, 60, 101, LATER_S, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_cmpint (store_offer (fixture, &what), ==, KOUAN_HUB_OFFER_NEW);
  upload = kouan_hub_store_find_upload (fixture->store, what.id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (upload->offset, ==, 60);
  g_assert_cmpint (upload->expires_s, ==, LATER_S);
  g_assert_cmpint (upload->offer.created_ms, ==, 1000);
  g_assert_false (upload->offer.has_code);
  g_assert_cmpuint (g_bytes_get_size (upload->offer.manifest), ==, 8);
}

static void
test_incomplete_is_no_record (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (KouanHubOffer) what = { 0 };
  g_autoptr (GError) error = NULL;

  store_fill_offer (fixture, &what, 1, 1, 0);
  store_offer (fixture, &what);
  g_assert_true (kouan_hub_store_advance (fixture->store, what.id, 0, 99, LATER_S, &error));
  g_assert_null (kouan_hub_store_commit (fixture->store, what.id, NOW_S, store_sign, NULL, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (kouan_hub_store_find_record (fixture->store, what.id, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
}

static void
test_commit_once (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubRecord) first = store_send_whole (fixture, 1, 1, 5);
  g_autoptr (KouanHubRecord) again = NULL;
  g_autoptr (KouanHubUpload) upload = NULL;
  g_auto (KouanHubOffer) what = { 0 };

  g_assert_cmpint (first->hub_sequence, ==, 1);
  g_assert_cmpint (first->received_s, ==, NOW_S);
  again
    = kouan_hub_store_commit (fixture->store, first->offer.id, LATER_S, store_sign, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->hub_sequence, ==, 1);
  g_assert_cmpint (again->received_s, ==, NOW_S);

  upload = kouan_hub_store_find_upload (fixture->store, first->offer.id, &error);
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
  store_fill_offer (fixture, &what, 1, 1, 5);
  g_assert_cmpint (store_offer (fixture, &what), ==, KOUAN_HUB_OFFER_HAVE);
}

static void
test_other_content_conflicts (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanHubRecord) first G_GNUC_UNUSED = store_send_whole (fixture, 1, 1, 5);
  g_auto (KouanHubOffer) what = { 0 };
  g_auto (KouanHubOffer) open = { 0 };

  store_fill_offer (fixture, &what, 1, 1, 5);
  what.sha256[31] ^= 1;
  g_assert_cmpint (store_offer (fixture, &what), ==, KOUAN_HUB_OFFER_CONFLICT);
  what.sha256[31] ^= 1;
  what.size++;
  g_assert_cmpint (store_offer (fixture, &what), ==, KOUAN_HUB_OFFER_CONFLICT);

  store_fill_offer (fixture, &open, 2, 2, 0);
  g_assert_cmpint (store_offer (fixture, &open), ==, KOUAN_HUB_OFFER_NEW);
  open.sha256[0] ^= 1;
  g_assert_cmpint (store_offer (fixture, &open), ==, KOUAN_HUB_OFFER_CONFLICT);
}

static void
test_another_kiosk_cannot_take_an_id (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanHubRecord) first G_GNUC_UNUSED = store_send_whole (fixture, 1, 1, 5);
  g_auto (KouanHubOffer) what = { 0 };

  store_enrol (fixture, 8, 0xbb);
  store_fill_offer (fixture, &what, 1, 1, 5);
  what.enrolment = 2;
  what.kiosk_id = 8;
  g_assert_cmpint (store_offer (fixture, &what), ==, KOUAN_HUB_OFFER_CONFLICT);
}

static void
test_one_case (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanHubRecord) first = store_send_whole (fixture, 1, 1, 5);
  g_autoptr (KouanHubRecord) other = store_send_whole (fixture, 2, 2, 6);
  g_autoptr (KouanHubRecord) second = store_send_whole (fixture, 3, 3, 5);
  g_autoptr (KouanHubRecord) third = store_send_whole (fixture, 4, 4, 5);
  g_autoptr (KouanHubRecord) walk_in = store_send_whole (fixture, 5, 5, 0);

  g_assert_false (first->is_duplicate);
  g_assert_false (other->is_duplicate);
  g_assert_false (walk_in->is_duplicate);
  g_assert_true (second->is_duplicate);
  g_assert_true (third->is_duplicate);
  g_assert_cmpmem (second->case_id, 16, first->offer.id, 16);
  g_assert_cmpmem (third->case_id, 16, first->offer.id, 16);
}

static void
test_gap_is_noted (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanHubRecord) first = store_send_whole (fixture, 1, 1, 0);
  g_autoptr (KouanHubRecord) fourth = store_send_whole (fixture, 4, 4, 0);
  g_autoptr (KouanHubRecord) second = store_send_whole (fixture, 2, 2, 0);
  g_autoptr (KouanHubRecord) fifth = store_send_whole (fixture, 5, 5, 0);

  g_assert_cmpint (first->missing, ==, 0);
  g_assert_cmpint (fourth->missing, ==, 2);
  g_assert_cmpint (second->missing, ==, 0);
  g_assert_cmpint (fifth->missing, ==, 1);
}

static void
test_reused_sequence_is_kept_and_alarmed (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanHubRecord) first G_GNUC_UNUSED = store_send_whole (fixture, 1, 1, 0);
  g_autoptr (KouanHubRecord) second = NULL;

  g_assert_cmpuint (count_alarms (fixture, KOUAN_HUB_ALARM_SEQUENCE_REUSED), ==, 0);
  second = store_send_whole (fixture, 2, 1, 0);
  g_assert_cmpint (second->hub_sequence, ==, 2);
  g_assert_cmpuint (count_alarms (fixture, KOUAN_HUB_ALARM_SEQUENCE_REUSED), ==, 1);
}

static void
test_first_receipt_stays (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubRecord) record = store_send_whole (fixture, 1, 1, 0);
  g_autoptr (GBytes) two = g_bytes_new_static ("two", 3);
  g_autoptr (GBytes) three = g_bytes_new_static ("three", 5);
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GBytes) archived = NULL;
  g_autoptr (GBytes) again = NULL;

  g_assert_cmpmem (g_bytes_get_data (record->committed, NULL), g_bytes_get_size (record->committed),
                   "receipt 1", 9);
  kept = kouan_hub_store_keep_receipt (fixture->store, record->offer.id, FALSE, two, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (kept, record->committed));
  g_assert_null (
    kouan_hub_store_keep_receipt (fixture->store, record->offer.id, TRUE, two, &error));
  g_assert_true (kouan_hub_store_archive (fixture->store, 1, NULL, LATER_S, NULL, &error));
  archived = kouan_hub_store_keep_receipt (fixture->store, record->offer.id, TRUE, two, &error);
  again = kouan_hub_store_keep_receipt (fixture->store, record->offer.id, TRUE, three, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (archived, two));
  g_assert_true (g_bytes_equal (again, two));
}

static void
test_archive_up_to (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubRecord) first G_GNUC_UNUSED = store_send_whole (fixture, 1, 1, 0);
  g_autoptr (KouanHubRecord) second G_GNUC_UNUSED = store_send_whole (fixture, 2, 2, 0);
  g_autoptr (KouanHubRecord) third G_GNUC_UNUSED = store_send_whole (fixture, 3, 3, 0);
  g_autoptr (GPtrArray) records = NULL;
  gint64 count = -1;

  g_assert_true (kouan_hub_store_archive (fixture->store, 2, NULL, LATER_S, &count, &error));
  g_assert_cmpint (count, ==, 2);
  g_assert_true (kouan_hub_store_archive (fixture->store, 2, NULL, LATER_S + 1, &count, &error));
  g_assert_cmpint (count, ==, 0);
  records = kouan_hub_store_list_records (fixture->store, 0, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 3);
  g_assert_cmpint (((KouanHubRecord *)records->pdata[1])->archived_s, ==, LATER_S);
  g_assert_cmpint (((KouanHubRecord *)records->pdata[2])->archived_s, ==, 0);
}

static void
test_list_and_number (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubRecord) first = store_send_whole (fixture, 1, 1, 0);
  g_autoptr (KouanHubRecord) second G_GNUC_UNUSED = store_send_whole (fixture, 2, 2, 0);
  g_autoptr (GPtrArray) page = kouan_hub_store_list_records (fixture->store, 1, 1, &error);
  g_autoptr (KouanHubRecord) found = NULL;

  g_assert_cmpuint (page->len, ==, 1);
  g_assert_cmpint (((KouanHubRecord *)page->pdata[0])->hub_sequence, ==, 2);
  found = kouan_hub_store_find_sequence (fixture->store, 7, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (found->offer.id, 16, first->offer.id, 16);
  g_assert_null (kouan_hub_store_find_sequence (fixture->store, 7, 9, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
}

static void
test_expired_uploads (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_auto (KouanHubOffer) what = { 0 };
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) one = NULL;

  store_fill_offer (fixture, &what, 1, 1, 0);
  store_offer (fixture, &what);
  none = kouan_hub_store_expired_uploads (fixture->store, NOW_S + 99, &error);
  g_assert_cmpuint (none->len, ==, 0);
  one = kouan_hub_store_expired_uploads (fixture->store, NOW_S + 100, &error);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_true (kouan_hub_store_drop_upload (fixture->store, what.id, &error));
  g_assert_true (kouan_hub_store_drop_upload (fixture->store, what.id, &error));
  g_assert_no_error (error);
}

static void
test_alarm_counts (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  KouanHubAlarm alarm = { .kind = KOUAN_HUB_ALARM_FORGED, .kiosk_id = 7, .first_s = NOW_S };
  KouanHubAlarm again = alarm;

  again.first_s = LATER_S;
  g_assert_true (kouan_hub_store_raise_alarm (fixture->store, &alarm, &error));
  g_assert_true (kouan_hub_store_raise_alarm (fixture->store, &again, &error));
  g_assert_no_error (error);
  g_assert_cmpint (again.first_s, ==, NOW_S);
  g_assert_cmpint (again.last_s, ==, LATER_S);
  g_assert_cmpint (again.count, ==, 2);
  g_assert_cmpuint (count_alarms (fixture, KOUAN_HUB_ALARM_FORGED), ==, 1);
}

static gboolean
publish (StoreFixture *fixture, guint hall_id, gint64 version, const char *name, GError **error)
{
  g_autoptr (GHashTable) files
    = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_bytes_unref);
  const KouanHubPublication publication
    = { .kind = "revoked", .hall_id = hall_id, .version = version, .files = files };

  g_hash_table_insert (files, (gpointer)name, g_bytes_new_static ("content", 7));
  return kouan_hub_store_publish (fixture->store, &publication, error);
}

static void
test_publishing_goes_forward (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = NULL;
  gint64 version = 0;

  g_assert_true (publish (fixture, 0, 3, "a", &error));
  g_assert_false (publish (fixture, 0, 3, "b", &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (publish (fixture, 0, 2, "b", NULL));
  g_assert_true (publish (fixture, 1, 1, "b", &error));
  content = kouan_hub_store_find_published (fixture->store, "revoked", 0, "a", &version, &error);
  g_assert_no_error (error);
  g_assert_cmpint (version, ==, 3);
  g_assert_cmpmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content), "content", 7);
  g_assert_true (publish (fixture, 0, 4, "b", &error));
  g_assert_null (kouan_hub_store_find_published (fixture->store, "revoked", 0, "a", NULL, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
}

static void
test_survives_reopening (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubRecord) sent = store_send_whole (fixture, 1, 1, 5);
  g_autoptr (KouanHubRecord) found = NULL;

  g_clear_object (&fixture->store);
  fixture->store = kouan_hub_store_open (fixture->address, &error);
  g_assert_no_error (error);
  found = kouan_hub_store_find_record (fixture->store, sent->offer.id, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (found->offer.sha256, 32, sent->offer.sha256, 32);
  g_assert_true (found->offer.has_code);
  g_assert_cmpint (found->offer.service, ==, 3);
}

static gboolean
put_piece (StoreFixture *fixture, const guint8 *id, gint64 number, char letter, GError **error)
{
  const guint8 data[] = { (guint8)letter, (guint8)letter };

  return kouan_hub_store_put_piece (fixture->store, id, number, data, sizeof data, error);
}

/* What counts does not change any more, whoever still has bytes in hand. */
static void
test_pieces (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (KouanHubOffer) what = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece = NULL;
  g_autoptr (KouanHubRecord) record = NULL;

  store_fill_offer (fixture, &what, 1, 1, 0);
  g_assert_false (put_piece (fixture, what.id, 0, 'a', &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (store_offer (fixture, &what), ==, KOUAN_HUB_OFFER_NEW);
  g_assert_true (put_piece (fixture, what.id, 0, 'a', &error));
  g_assert_true (kouan_hub_store_advance (fixture->store, what.id, 0, 50, LATER_S, &error));
  g_assert_true (put_piece (fixture, what.id, 0, 'b', &error));
  g_assert_true (kouan_hub_store_advance (fixture->store, what.id, 50, 100, LATER_S, &error));
  g_assert_false (put_piece (fixture, what.id, 0, 'c', NULL));
  record = kouan_hub_store_commit (fixture->store, what.id, NOW_S, store_sign, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (put_piece (fixture, what.id, 0, 'd', NULL));
  piece = kouan_hub_store_find_piece (fixture->store, what.id, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (piece, NULL), g_bytes_get_size (piece), "bb", 2);
  g_assert_true (kouan_hub_store_drop_upload (fixture->store, what.id, &error));
  g_bytes_unref (piece);
  piece = kouan_hub_store_find_piece (fixture->store, what.id, 0, &error);
  g_assert_nonnull (piece);
}

/* Two lines bring the same piece, and the one that has less of it comes last. */
static void
test_pieces_do_not_shrink (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (KouanHubOffer) what = { 0 };
  const guint8 more[] = { 'a', 0, 0xff, 'b', 0 }, less[] = { 'x', 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece = NULL;

  store_fill_offer (fixture, &what, 1, 1, 0);
  g_assert_cmpint (store_offer (fixture, &what), ==, KOUAN_HUB_OFFER_NEW);
  g_assert_true (kouan_hub_store_put_piece (fixture->store, what.id, 0, more, sizeof more, &error));
  g_assert_true (kouan_hub_store_put_piece (fixture->store, what.id, 0, less, sizeof less, &error));
  g_assert_no_error (error);
  piece = kouan_hub_store_find_piece (fixture->store, what.id, 0, &error);
  g_assert_cmpmem (g_bytes_get_data (piece, NULL), g_bytes_get_size (piece),
                   "x\0\xff"
                   "b\0",
                   5);
}

static void
test_pieces_go_with_their_upload (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (KouanHubOffer) what = { 0 };
  g_autoptr (GError) error = NULL;

  store_fill_offer (fixture, &what, 1, 1, 0);
  g_assert_cmpint (store_offer (fixture, &what), ==, KOUAN_HUB_OFFER_NEW);
  g_assert_true (put_piece (fixture, what.id, 0, 'a', &error));
  g_assert_true (kouan_hub_store_drop_upload (fixture->store, what.id, &error));
  g_assert_null (kouan_hub_store_find_piece (fixture->store, what.id, 0, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
}

/* A case is one case, whichever kiosks have brought its records. */
static void
test_duplicates_are_listed (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubRecord) alone = store_send_whole (fixture, 1, 1, 0);
  g_autoptr (KouanHubRecord) first = store_send_whole (fixture, 2, 2, 9);
  g_autoptr (KouanHubRecord) second = store_send_whole (fixture, 3, 3, 9);
  g_autoptr (KouanHubRecord) third = store_send_whole (fixture, 4, 4, 9);
  g_autoptr (GPtrArray) all = kouan_hub_store_list_duplicates (fixture->store, 10, &error);
  g_autoptr (GPtrArray) one = kouan_hub_store_list_duplicates (fixture->store, 1, &error);

  g_assert_no_error (error);
  g_assert_false (first->is_duplicate);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (one->len, ==, 1);
  for (guint i = 0; i < all->len; i++)
    {
      const KouanHubRecord *record = all->pdata[i];

      g_assert_cmpint (record->hub_sequence, ==, third->hub_sequence - i);
      g_assert_cmpmem (record->case_id, sizeof record->case_id, first->offer.id, 16);
    }
}

static void
test_fleet (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanHubStatus status = { .reported_s = NOW_S,
                            .captured = 5,
                            .waiting = 1,
                            .sent = 2,
                            .archived = 1,
                            .refused = 1,
                            .oldest_waiting_s = NOW_S - 9,
                            .troubles = (char *)"printer needs-paper" };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubRecord) one = store_send_whole (fixture, 1, 1, 9);
  g_autoptr (KouanHubRecord) two = store_send_whole (fixture, 2, 2, 9);
  g_autoptr (GPtrArray) rows = NULL;
  const KouanHubFleetRow *row;

  store_enrol (fixture, 8, 0xbb);
  status.captured = 4;
  g_assert_true (kouan_hub_store_put_status (fixture->store, 1, &status, &error));
  status.captured = 5;
  g_assert_true (kouan_hub_store_put_status (fixture->store, 1, &status, &error));
  g_assert_false (kouan_hub_store_put_status (fixture->store, 99, &status, NULL));
  g_assert_true (kouan_hub_store_archive (fixture->store, 1, NULL, NOW_S, NULL, &error));
  rows = kouan_hub_store_list_fleet (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  row = rows->pdata[0];
  g_assert_cmpuint (row->kiosk.id, ==, 7);
  g_assert_cmpint (row->status.captured, ==, 5);
  g_assert_cmpint (row->status.oldest_waiting_s, ==, NOW_S - 9);
  g_assert_cmpstr (row->status.troubles, ==, "printer needs-paper");
  g_assert_cmpint (row->received, ==, 2);
  g_assert_cmpint (row->archived, ==, 1);
  g_assert_cmpint (row->duplicates, ==, 1);
  g_assert_cmpint (row->last_received_s, ==, NOW_S);
  row = rows->pdata[1];
  g_assert_cmpuint (row->kiosk.id, ==, 8);
  g_assert_cmpint (row->status.reported_s, ==, 0);
  g_assert_cmpstr (row->status.troubles, ==, "");
  g_assert_cmpint (row->received, ==, 0);
}

/* A record of which the database has lost a piece: they all come again, and it is what it was. */
static void
test_pieces_come_again (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubRecord) first = store_send_whole (fixture, 1, 1, 0);
  g_autoptr (KouanHubRecord) again = NULL;
  const guint8 *id = first->offer.id;
  const guint8 all[100] = { 0 };
  gint64 size = -1, count;

  g_assert_true (kouan_hub_store_take_again (fixture->store, &first->offer, NOW_S, LATER_S, NULL));
  g_assert_true (kouan_hub_store_take_again (fixture->store, &first->offer, NOW_S, LATER_S, NULL));
  g_assert_cmpuint (count_alarms (fixture, KOUAN_HUB_ALARM_BYTES_MISSING), ==, 1);
  g_assert_true (kouan_hub_store_put_piece (fixture->store, id, 0, all, sizeof all, &error));
  g_assert_true (kouan_hub_store_measure_pieces (fixture->store, id, &size, &error));
  g_assert_cmpint (size, ==, 0); /* nobody has looked at them */
  g_assert_true (kouan_hub_store_advance (fixture->store, id, 0, 100, LATER_S, &error));
  again = kouan_hub_store_commit (fixture->store, id, LATER_S, store_sign, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->hub_sequence, ==, 1);
  g_assert_true (g_bytes_equal (again->committed, first->committed));
  g_assert_true (kouan_hub_store_measure_pieces (fixture->store, id, &size, &error));
  g_assert_cmpint (size, ==, 100);
  g_assert_true (kouan_hub_store_archive (fixture->store, 1, NULL, LATER_S, &count, &error));
  g_assert_cmpint (count, ==, 0); /* what was copied at number 1 may not have them */
  g_assert_true (kouan_hub_store_archive (fixture->store, 2, NULL, LATER_S, &count, &error));
  g_assert_cmpint (count, ==, 1);
}

/* What had come whole before its kiosk was revoked is not committed afterwards. */
static void
test_revoked_commits_nothing (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (KouanHubOffer) what = { 0 };
  g_autoptr (KouanHubRecord) record = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  store_fill_offer (fixture, &what, 1, 1, 0);
  store_offer (fixture, &what);
  g_assert_true (kouan_hub_store_advance (fixture->store, what.id, 0, 100, LATER_S, &error));
  g_assert_true (kouan_hub_store_revoke (fixture->store, 7, NOW_S, &error));
  record = kouan_hub_store_commit (fixture->store, what.id, NOW_S, store_sign, NULL, &error);
  g_assert_null (record);
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_clear_error (&error);
  records = kouan_hub_store_list_records (fixture->store, 0, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 0);
}

static KouanHubAnchorAnswer
put_anchor (StoreFixture *fixture, guint8 log, gint64 sequence)
{
  g_autoptr (KouanHubAnchor) anchor = g_new0 (KouanHubAnchor, 1);
  g_autoptr (GError) error = NULL;
  KouanHubAnchorAnswer answer;

  anchor->enrolment = fixture->enrolment;
  memset (anchor->log_id, log, sizeof anchor->log_id);
  anchor->sequence = sequence;
  anchor->hub_s = NOW_S;
  anchor->sealed = g_bytes_new_static ("sealed", 6);
  anchor->receipt = g_bytes_new_static ("receipt", 7);
  g_assert_true (kouan_hub_store_put_anchor (fixture->store, 7, anchor, &answer, &error));
  g_assert_no_error (error);
  return answer;
}

static guint
count_restarts (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) alarms = kouan_hub_store_list_alarms (fixture->store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < alarms->len; i++)
    {
      const KouanHubAlarm *alarm = alarms->pdata[i];

      g_assert_cmpint (alarm->kind, ==, KOUAN_HUB_ALARM_AUDIT_RESTARTED);
      g_assert_cmpuint (alarm->kiosk_id, ==, 7);
      g_assert_cmpint (alarm->count, ==, 1);
    }
  return alarms->len;
}

/* Whoever is killed after the anchor is there has said so, too: the next one is not asked. */
static void
test_restarted_audit_is_said_with_it (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (put_anchor (fixture, 1, 10), ==, KOUAN_HUB_ANCHOR_NEW);
  g_assert_cmpint (put_anchor (fixture, 1, 12), ==, KOUAN_HUB_ANCHOR_NEW);
  g_assert_cmpuint (count_restarts (fixture), ==, 0);
  g_assert_cmpint (put_anchor (fixture, 2, 3), ==, KOUAN_HUB_ANCHOR_RESTARTED);
  g_assert_cmpuint (count_restarts (fixture), ==, 1);
  g_assert_cmpint (put_anchor (fixture, 2, 3), ==, KOUAN_HUB_ANCHOR_HAVE);
  g_assert_cmpuint (count_restarts (fixture), ==, 1);
}

static const StoreTest tests[] = {
  { "revoked-commits-nothing", test_revoked_commits_nothing },
  { "restarted-audit-is-said-with-it", test_restarted_audit_is_said_with_it },
  { "hall-is-kept", test_hall_is_kept },
  { "one-enrolment-in-service", test_one_enrolment_in_service },
  { "hall-must-be-there", test_hall_must_be_there },
  { "seen", test_seen },
  { "offset-moves-once", test_offset_moves_once },
  { "incomplete-is-no-record", test_incomplete_is_no_record },
  { "commit-once", test_commit_once },
  { "other-content-conflicts", test_other_content_conflicts },
  { "another-kiosk-cannot-take-an-id", test_another_kiosk_cannot_take_an_id },
  { "one-case", test_one_case },
  { "gap-is-noted", test_gap_is_noted },
  { "reused-sequence-is-kept-and-alarmed", test_reused_sequence_is_kept_and_alarmed },
  { "first-receipt-stays", test_first_receipt_stays },
  { "archive-up-to", test_archive_up_to },
  { "list-and-number", test_list_and_number },
  { "expired-uploads", test_expired_uploads },
  { "alarm-counts", test_alarm_counts },
  { "publishing-goes-forward", test_publishing_goes_forward },
  { "survives-reopening", test_survives_reopening },
  { "duplicates-are-listed", test_duplicates_are_listed },
  { "fleet", test_fleet },
  { "pieces", test_pieces },
  { "pieces-do-not-shrink", test_pieces_do_not_shrink },
  { "pieces-come-again", test_pieces_come_again },
  { "pieces-go-with-their-upload", test_pieces_go_with_their_upload },
};

int
main (int argc, char **argv)
{
  return store_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
