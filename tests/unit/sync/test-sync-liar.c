/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/sync/hub-receipt.h"
#include "tests/testlib/kiosk.h"

#include <glib/gstdio.h>
#include <microhttpd.h>
#include <string.h>

/* A hub with the right certificate that lies. Whatever it says, the kiosk keeps the record and its
 * file. */

#define LARGE 200000    /* bytes: the fixture's own record is larger */
#define HUB_TROUBLE 500 /* from this status on it is the hub's own */

typedef struct
{
  guint status;
  const char *type;
  const char *location;
  const char *offset;
  GBytes *body; /* (nullable) */
} Lie;

typedef struct
{
  KouanTestKiosk *kiosk;
  KouanSubmitted *submitted;
  KouanRecordRow *row;
  char *key, *certificate;
  struct MHD_Daemon *daemon;
  Lie post, patch, get;
  Lie large; /* in place of a post of the own record, if it has a status */
  guint patches; /* atomic */
} Fixture;

static enum MHD_Result
tell (struct MHD_Connection *connection, const Lie *lie)
{
  gsize size = 0;
  const void *data = lie->body != NULL ? g_bytes_get_data (lie->body, &size) : "";
  struct MHD_Response *response
    = MHD_create_response_from_buffer (size, (void *)data, MHD_RESPMEM_MUST_COPY);
  enum MHD_Result result;

  if (lie->type != NULL)
    MHD_add_response_header (response, "Content-Type", lie->type);
  if (lie->location != NULL)
    MHD_add_response_header (response, "Location", lie->location);
  if (lie->offset != NULL)
    MHD_add_response_header (response, "Upload-Offset", lie->offset);
  result = MHD_queue_response (connection, lie->status, response);
  MHD_destroy_response (response);
  return result;
}

/* Two records are offered side by side, in any order. */
static gboolean
is_large (struct MHD_Connection *connection)
{
  const char *length = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "Upload-Length");

  return length != NULL && g_ascii_strtoll (length, NULL, 10) > LARGE;
}

static enum MHD_Result
on_request (void *data,
            struct MHD_Connection *connection,
            const char *path,
            const char *method,
            const char *version G_GNUC_UNUSED,
            const char *body G_GNUC_UNUSED,
            size_t *size,
            void **context)
{
  static const Lie fine = { .status = 204, .offset = "0" };
  static const Lie none = { .status = 404 };
  Fixture *fixture = data;

  if (*context == NULL)
    {
      *context = fixture;
      return MHD_YES;
    }
  if (*size > 0)
    {
      *size = 0;
      return MHD_YES;
    }
  if (g_str_has_prefix (path, "/catalogue") || g_str_has_prefix (path, "/lists"))
    return tell (connection, &none);
  if (g_str_equal (method, "POST") && fixture->large.status != 0 && is_large (connection))
    return tell (connection, &fixture->large);
  if (g_str_equal (method, "POST"))
    return tell (connection, &fixture->post);
  if (g_str_equal (method, "PATCH"))
    {
      g_atomic_int_inc (&fixture->patches);
      return tell (connection, &fixture->patch);
    }
  return tell (connection, g_str_equal (method, "GET") ? &fixture->get : &fine);
}

static char *
read_hub_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = kouan_hub_path (fixture->kiosk->world->hub, name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  return text;
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->kiosk = kouan_test_kiosk_new ();
  kouan_test_kiosk_stop (fixture->kiosk);
  fixture->submitted = kouan_test_kiosk_submit (fixture->kiosk, 300000, 1);
  fixture->row = kouan_test_kiosk_row (fixture->kiosk, fixture->submitted->record_id);
  fixture->key = read_hub_file (fixture, KOUAN_HUB_FILE_SERVER_KEY);
  fixture->certificate = read_hub_file (fixture, KOUAN_HUB_FILE_SERVER);
  fixture->daemon = MHD_start_daemon (
    MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TLS, 0, NULL, NULL, on_request, fixture,
    MHD_OPTION_HTTPS_MEM_KEY, fixture->key, MHD_OPTION_HTTPS_MEM_CERT, fixture->certificate,
    MHD_OPTION_HTTPS_PRIORITIES, "NORMAL:-VERS-ALL:+VERS-TLS1.3", MHD_OPTION_END);
  g_assert_nonnull (fixture->daemon);
  kouan_test_line_set_target (
    fixture->kiosk->line, MHD_get_daemon_info (fixture->daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  MHD_stop_daemon (fixture->daemon);
  g_free (fixture->key);
  g_free (fixture->certificate);
  kouan_record_row_free (fixture->row);
  kouan_submitted_free (fixture->submitted);
  kouan_test_kiosk_free (fixture->kiosk);
}

static GBytes *
make_receipt (Fixture *fixture, KouanHubReceiptState state, KouanSigningKey *key)
{
  KouanHubReceipt receipt = { .state = state, .hub_id = 9, .kiosk_id = 7, .hub_sequence = 1 };

  memcpy (receipt.record_id, fixture->row->id, 16);
  memcpy (receipt.sha256, fixture->row->sha256, 32);
  return kouan_hub_receipt_sign (
    &receipt, key != NULL ? key : kouan_hub_get_receipt_key (fixture->kiosk->world->hub));
}

/* The record stays where it is, and the run itself goes well.
 *
 * @blamed: it is this record's trouble; otherwise it is the hub's */
static void
assert_kept (Fixture *fixture, gboolean blamed)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = kouan_test_kiosk_file (fixture->kiosk, fixture->row->id);
  g_autoptr (KouanRecordRow) row = NULL;
  KouanSyncReport report;

  g_assert_true (
    kouan_records_set_retry (fixture->kiosk->db, fixture->row->id, 0, 0, NULL, 1, &error));
  g_assert_true (kouan_test_kiosk_sync (fixture->kiosk, &report, &error));
  g_assert_no_error (error);
  row = kouan_test_kiosk_row (fixture->kiosk, fixture->row->id);
  g_assert_cmpint (row->state, ==, KOUAN_RECORD_QUEUED);
  g_assert_cmpuint (report.committed + report.archived + report.refused, ==, 0);
  g_assert_cmpuint (report.later, ==, blamed ? 1 : 0);
  g_assert_cmpint (row->attempts, ==, blamed ? 1 : 0);
  g_assert_cmpint (row->next_attempt_s > 0, ==, blamed);
  g_assert_null (row->receipt);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
offer_receipt (Fixture *fixture, guint status, GBytes *body)
{
  fixture->post = (Lie){ .status = status, .type = "application/cose", .body = body };
  assert_kept (fixture, status < HUB_TROUBLE);
  g_bytes_unref (body);
}

static void
test_false_receipts (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) stranger = kouan_signing_key_generate ();
  guint8 *sha256 = fixture->row->sha256;

  offer_receipt (fixture, 200, g_bytes_new_static ("archived", 8));
  offer_receipt (fixture, 200, g_bytes_new_static (NULL, 0));
  offer_receipt (fixture, 200, make_receipt (fixture, KOUAN_HUB_RECEIPT_ARCHIVED, stranger));
  offer_receipt (fixture, 200, make_receipt (fixture, KOUAN_HUB_RECEIPT_REFUSED, NULL));
  offer_receipt (fixture, 409, make_receipt (fixture, KOUAN_HUB_RECEIPT_ARCHIVED, NULL));
  offer_receipt (fixture, 403, make_receipt (fixture, KOUAN_HUB_RECEIPT_COMMITTED, NULL));
  offer_receipt (fixture, 500, make_receipt (fixture, KOUAN_HUB_RECEIPT_ARCHIVED, NULL));
  sha256[0] ^= 1;
  offer_receipt (fixture, 200, make_receipt (fixture, KOUAN_HUB_RECEIPT_ARCHIVED, NULL));
  sha256[0] ^= 1;
  fixture->row->id[15] ^= 1;
  {
    GBytes *other = make_receipt (fixture, KOUAN_HUB_RECEIPT_ARCHIVED, NULL);

    fixture->row->id[15] ^= 1;
    offer_receipt (fixture, 200, other);
  }
}

/* The catalogue's key is the hub's own, too, and says nothing about records. */
static void
test_key_of_another_purpose (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = kouan_hub_path (fixture->kiosk->world->hub, KOUAN_HUB_FILE_CATALOGUE_KEY);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanSigningKey) key = kouan_signing_key_load (path, &error);

  g_assert_no_error (error);
  offer_receipt (fixture, 200, make_receipt (fixture, KOUAN_HUB_RECEIPT_ARCHIVED, key));
}

static void
test_unsigned_refusals (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const guint statuses[] = { 301, 307, 400, 403, 404, 409, 410, 413, 418, 422, 500, 503, 507, 999 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      fixture->post = (Lie){ .status = statuses[i], .location = "https://evil.example/" };
      assert_kept (fixture, statuses[i] < HUB_TROUBLE);
    }
  g_assert_cmpuint (fixture->patches, ==, 0);
}

static void
test_places_elsewhere (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const places[]
    = { NULL, "", "https://evil.example/1", "http://127.0.0.1/1", "//x/1" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      fixture->post = (Lie){ .status = 201, .location = places[i] };
      fixture->patch = (Lie){ .status = 404 };
      assert_kept (fixture, TRUE);
    }
}

/* That the bytes were wrong is the hub's word alone: the file is what it was. */
static void
test_false_damage (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->post = (Lie){ .status = 201, .location = "/records/1", .offset = "0" };
  fixture->patch = (Lie){ .status = 422 };
  assert_kept (fixture, TRUE);
}

static void
test_false_offsets (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const offsets[] = { "-1", "99999999999999", "x", "9999999999999999999999999" };

  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      fixture->post = (Lie){ .status = 201, .location = "/records/1", .offset = offsets[i] };
      assert_kept (fixture, TRUE);
      fixture->post.offset = NULL;
      fixture->patch = (Lie){ .status = 204, .offset = offsets[i] };
      assert_kept (fixture, TRUE);
    }
  fixture->patch = (Lie){ .status = 204, .offset = "0" };
  assert_kept (fixture, TRUE);
}

static void
test_no_receipt_in_the_end (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *whole = g_strdup_printf ("%" G_GINT64_FORMAT, fixture->row->size);
  g_autoptr (GBytes) refused = make_receipt (fixture, KOUAN_HUB_RECEIPT_REFUSED, NULL);

  fixture->post = (Lie){ .status = 201, .location = "/records/1" };
  fixture->patch = (Lie){ .status = 204, .offset = whole };
  fixture->get = (Lie){ .status = 404 };
  assert_kept (fixture, TRUE);
  fixture->get = (Lie){ .status = 200 };
  assert_kept (fixture, TRUE);
  fixture->get = (Lie){ .status = 200, .body = refused };
  assert_kept (fixture, TRUE);
}

static void
test_endless_answer (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *large = g_malloc0 (1000000);
  g_autoptr (GBytes) body = g_bytes_new (large, 1000000);

  fixture->post = (Lie){ .status = 200, .type = "application/cose", .body = body };
  assert_kept (fixture, TRUE);
}

/* The fixture would pass if nothing were ever believed. */
static void
test_true_receipt_is_believed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) body = make_receipt (fixture, KOUAN_HUB_RECEIPT_ARCHIVED, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanRecordRow) row = NULL;
  KouanSyncReport report;

  fixture->post = (Lie){ .status = 200, .type = "application/cose", .body = body };
  g_assert_true (kouan_test_kiosk_sync (fixture->kiosk, &report, &error));
  row = kouan_test_kiosk_row (fixture->kiosk, fixture->row->id);
  g_assert_cmpint (row->state, ==, KOUAN_RECORD_ERASED);
}

/* A disk that is full at the hub is nobody's fault: every record is tried again as soon as there is
 * a run. */
static void
test_hub_in_trouble (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) other G_GNUC_UNUSED = kouan_test_kiosk_submit (fixture->kiosk, 10, 2);
  g_autoptr (KouanRecordRow) row = NULL;
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  fixture->post = (Lie){ .status = 507 };
  g_assert_true (kouan_test_kiosk_sync (fixture->kiosk, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (report.later, ==, 0);
  g_assert_cmpint (report.waiting, ==, 2);
  row = kouan_test_kiosk_row (fixture->kiosk, fixture->row->id);
  g_assert_cmpint (row->attempts, ==, 0);
  g_assert_cmpint (row->next_attempt_s, ==, 0);
  g_assert_cmpstr (row->trouble, ==, "hub-in-trouble");
}

/* But where it takes another one in the same run, it was the record's own trouble. */
static void
test_hub_in_trouble_over_one (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) other G_GNUC_UNUSED = kouan_test_kiosk_submit (fixture->kiosk, 10, 2);
  g_autoptr (KouanRecordRow) second = kouan_test_kiosk_row (fixture->kiosk, other->record_id);
  g_autoptr (KouanRecordRow) row = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  KouanHubReceipt receipt
    = { .state = KOUAN_HUB_RECEIPT_COMMITTED, .hub_id = 9, .kiosk_id = 7, .hub_sequence = 1 };
  KouanSyncReport report;

  memcpy (receipt.record_id, second->id, 16);
  memcpy (receipt.sha256, second->sha256, 32);
  body = kouan_hub_receipt_sign (&receipt, kouan_hub_get_receipt_key (fixture->kiosk->world->hub));
  fixture->large = (Lie){ .status = 500 };
  fixture->post = (Lie){ .status = 200, .type = "application/cose", .body = body };
  g_assert_true (kouan_test_kiosk_sync (fixture->kiosk, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (report.committed, ==, 1);
  g_assert_cmpuint (report.later, ==, 1);
  row = kouan_test_kiosk_row (fixture->kiosk, fixture->row->id);
  g_assert_cmpint (row->attempts, ==, 1);
  g_assert_cmpint (row->next_attempt_s, >, 0);
}

/* A file that cannot be read now is there: it is tried again, and nobody else waits for it. */
static void
test_disk_in_trouble (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = kouan_test_kiosk_file (fixture->kiosk, fixture->row->id);
  g_autoptr (KouanRecordRow) row = NULL;
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0); /* opens, and read() answers EISDIR */
  fixture->post = (Lie){ .status = 201, .location = "/records/1", .offset = "0" };
  g_assert_true (kouan_test_kiosk_sync (fixture->kiosk, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (report.refused, ==, 0);
  g_assert_cmpuint (report.later, ==, 1);
  row = kouan_test_kiosk_row (fixture->kiosk, fixture->row->id);
  g_assert_cmpint (row->state, ==, KOUAN_RECORD_QUEUED);
  g_assert_cmpstr (row->trouble, ==, "kiosk-in-trouble");
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/sync/liar/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("false-receipts", test_false_receipts);
  ADD ("key-of-another-purpose", test_key_of_another_purpose);
  ADD ("unsigned-refusals", test_unsigned_refusals);
  ADD ("places-elsewhere", test_places_elsewhere);
  ADD ("false-damage", test_false_damage);
  ADD ("false-offsets", test_false_offsets);
  ADD ("no-receipt-in-the-end", test_no_receipt_in_the_end);
  ADD ("endless-answer", test_endless_answer);
  ADD ("hub-in-trouble", test_hub_in_trouble);
  ADD ("hub-in-trouble-over-one", test_hub_in_trouble_over_one);
  ADD ("disk-in-trouble", test_disk_in_trouble);
  ADD ("true-receipt-is-believed", test_true_receipt_is_believed);
  return g_test_run ();
}
