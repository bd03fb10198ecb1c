/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/hub/publish.h"
#include "app/sync/list-content.h"
#include "app/trust/import.h"
#include "db/kiosk/lists.h"
#include "tests/testlib/issuer.h"
#include "tests/testlib/kiosk.h"
#include "tests/testlib/staff.h"

#include <glib/gstdio.h>
#include <string.h>

#define CODE "00112233445566778899aabbccddeeff"
#define OTHER "ffeeddccbbaa99887766554433221100"

static void
set_up (KouanTestKiosk **kiosk, gconstpointer data G_GNUC_UNUSED)
{
  *kiosk = kouan_test_kiosk_new ();
}

static void
tear_down (KouanTestKiosk **kiosk, gconstpointer data G_GNUC_UNUSED)
{
  kouan_test_kiosk_free (*kiosk);
}

static void
publish_bytes (KouanTestKiosk *kiosk, KouanListKind kind, GBytes *content)
{
  g_autoptr (GError) error = NULL;
  guint64 version;

  g_assert_true (kouan_hub_publish_list (kiosk->world->hub, kind,
                                         kouan_list_kind_is_of_a_hall (kind) ? KOUAN_TEST_HALL : 0,
                                         content, &version, &error));
  g_assert_no_error (error);
}

static void
publish (KouanTestKiosk *kiosk, KouanListKind kind, const char *text)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));

  publish_bytes (kiosk, kind, content);
}

/* Returns: (transfer full): what a hub hands out: Utopia's list, signed then */
static GBytes *
make_trust (KouanTestIssuer *issuer, gint64 signed_s)
{
  g_autoptr (KouanTrustList) list = kouan_trust_list_new ();
  g_autoptr (GPtrArray) others = kouan_test_issuer_make_authorities (2);
  g_autoptr (GBytes) file = kouan_test_issuer_make_master_list (issuer, others, signed_s, 0);
  const KouanTrustPlan plan = { .now_s = KOUAN_TEST_NOW_S };
  g_auto (KouanTrustImport) import = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_trust_list_import (list, file, &plan, &import, &error));
  g_assert_no_error (error);
  return kouan_trust_list_encode (list);
}

/* Returns: when the list that the kiosk uses was signed; 0: it has none */
static gint64
trust_in_use (KouanTestKiosk *kiosk)
{
  g_autofree char *path = kouan_station_path (kiosk->station, KOUAN_STATION_TRUST_LIST);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTrustList) list
    = kouan_trust_list_load (path, kouan_station_get_keyring (kiosk->station), &error);

  g_assert_no_error (error);
  return kouan_trust_list_get_signed_s (list);
}

static gint64
now_s (KouanTestKiosk *kiosk)
{
  return kouan_clock_wall_s (kiosk->world->clock);
}

static guint
sync_well (KouanTestKiosk *kiosk)
{
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  g_assert_true (kouan_test_kiosk_sync (kiosk, &report, &error));
  g_assert_no_error (error);
  return report.lists;
}

static void
assert_list_is (KouanTestKiosk *kiosk, const char *kind, gint64 version, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanListRow) row = kouan_lists_find (kiosk->db, kind, &error);

  g_assert_no_error (error);
  g_assert_cmpint (row->version, ==, version);
  g_assert_cmpmem (g_bytes_get_data (row->content, NULL), g_bytes_get_size (row->content), text,
                   strlen (text));
}

static gboolean
is_revoked (KouanTestKiosk *kiosk, const char *code)
{
  g_autoptr (GError) error = NULL;
  guint8 id[16];
  gboolean revoked = FALSE;

  for (guint i = 0; i < 16; i++)
    id[i]
      = (guint8)(g_ascii_xdigit_value (code[2 * i]) * 16 + g_ascii_xdigit_value (code[2 * i + 1]));
  g_assert_true (kouan_lists_is_revoked (kiosk->db, id, &revoked, &error));
  g_assert_no_error (error);
  return revoked;
}

static void
test_come_down (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autofree char *roster = kouan_test_roster (NULL);
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (NULL);
  g_autoptr (GBytes) trust = make_trust (issuer, 1000);

  g_assert_cmpuint (sync_well (kiosk), ==, 0);
  publish (kiosk, KOUAN_LIST_APPOINTMENTS, CODE " 1 1800000000 1800003600\n");
  publish_bytes (kiosk, KOUAN_LIST_TRUST, trust);
  publish (kiosk, KOUAN_LIST_ROSTER, roster);
  publish (kiosk, KOUAN_LIST_REVOKED, CODE "\n");
  g_assert_cmpuint (sync_well (kiosk), ==, 4);
  assert_list_is (kiosk, "appointments", now_s (kiosk), CODE " 1 1800000000 1800003600\n");
  assert_list_is (kiosk, "roster", now_s (kiosk), roster);
  g_assert_cmpuint (sync_well (kiosk), ==, 0);
}

/* A new list is the whole truth: what is not in it any more is not revoked any more. */
static void
test_revoked_is_replaced_whole (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;

  publish (kiosk, KOUAN_LIST_REVOKED, CODE "\n");
  g_assert_cmpuint (sync_well (kiosk), ==, 1);
  g_assert_true (is_revoked (kiosk, CODE));
  g_assert_false (is_revoked (kiosk, OTHER));
  publish (kiosk, KOUAN_LIST_REVOKED, OTHER "\r\n\n" OTHER);
  g_assert_cmpuint (sync_well (kiosk), ==, 1);
  g_assert_false (is_revoked (kiosk, CODE));
  g_assert_true (is_revoked (kiosk, OTHER));
}

/* One bad line, and all of it is left: the list in use stays in use. */
static void
test_half_a_list_is_none (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;

  publish (kiosk, KOUAN_LIST_REVOKED, CODE "\n");
  g_assert_cmpuint (sync_well (kiosk), ==, 1);
  publish (kiosk, KOUAN_LIST_REVOKED, OTHER "\nnot a code\n");
  g_assert_cmpuint (sync_well (kiosk), ==, 0);
  g_assert_true (is_revoked (kiosk, CODE));
  g_assert_false (is_revoked (kiosk, OTHER));
  assert_list_is (kiosk, "revoked", now_s (kiosk), CODE "\n");
}

/* A roster that nobody could get in by, though the hub has signed it, leaves the one in use. */
static void
test_broken_roster_is_none (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autofree char *roster = kouan_test_roster (NULL);

  publish (kiosk, KOUAN_LIST_ROSTER, roster);
  g_assert_cmpuint (sync_well (kiosk), ==, 1);
  publish (kiosk, KOUAN_LIST_ROSTER, "{\"format\":1,\"people\":[]}");
  g_assert_cmpuint (sync_well (kiosk), ==, 0);
  assert_list_is (kiosk, "roster", now_s (kiosk), roster);
}

/* Whom to believe takes the place of the kiosk's own list, whole, and what is older than that or no
 * trust list at all leaves it. One that is gone is asked for again. */
static void
test_trust_is_used (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (NULL);
  g_autoptr (GBytes) first = make_trust (issuer, 2000);
  g_autoptr (GBytes) older = make_trust (issuer, 1000);
  g_autoptr (GBytes) newer = make_trust (issuer, 3000);
  g_autofree char *path = kouan_station_path (kiosk->station, KOUAN_STATION_TRUST_LIST);

  g_assert_cmpint (trust_in_use (kiosk), ==, 0);
  publish_bytes (kiosk, KOUAN_LIST_TRUST, first);
  g_assert_cmpuint (sync_well (kiosk), ==, 1);
  g_assert_cmpint (trust_in_use (kiosk), ==, 2000);
  publish_bytes (kiosk, KOUAN_LIST_TRUST, older);
  g_assert_cmpuint (sync_well (kiosk), ==, 0);
  g_assert_cmpint (trust_in_use (kiosk), ==, 2000);
  publish (kiosk, KOUAN_LIST_TRUST, "no trust list");
  g_assert_cmpuint (sync_well (kiosk), ==, 0);
  g_assert_cmpint (trust_in_use (kiosk), ==, 2000);
  publish_bytes (kiosk, KOUAN_LIST_TRUST, newer);
  g_assert_cmpuint (sync_well (kiosk), ==, 1);
  g_assert_cmpint (trust_in_use (kiosk), ==, 3000);
  g_assert_cmpuint (sync_well (kiosk), ==, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpuint (sync_well (kiosk), ==, 1);
  g_assert_cmpint (trust_in_use (kiosk), ==, 3000);
}

/* What a hub refuses to sign is what a kiosk would leave. */
static void
test_content (KouanTestKiosk **data G_GNUC_UNUSED, gconstpointer unused G_GNUC_UNUSED)
{
  static const struct
  {
    KouanListKind kind;
    const char *text;
    gboolean good;
  } cases[] = {
    { KOUAN_LIST_APPOINTMENTS, "", TRUE },
    { KOUAN_LIST_APPOINTMENTS, CODE " 1 5 6\n" OTHER " 2 5 5", TRUE },
    { KOUAN_LIST_APPOINTMENTS, CODE " 1 5\n", FALSE },
    { KOUAN_LIST_APPOINTMENTS, CODE " 1 5 6 7\n", FALSE },
    { KOUAN_LIST_APPOINTMENTS, CODE " 0 5 6\n", FALSE },
    { KOUAN_LIST_APPOINTMENTS, CODE " 1 6 5\n", FALSE },
    { KOUAN_LIST_APPOINTMENTS, "x" CODE " 1 5 6\n", FALSE },
    { KOUAN_LIST_REVOKED, "\n" CODE "\r\n", TRUE },
    { KOUAN_LIST_REVOKED, CODE "0\n", FALSE },
    { KOUAN_LIST_TRUST, "", FALSE },
    { KOUAN_LIST_ROSTER, "{}", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) content = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (kouan_list_check_content (cases[i].kind, content, &error), ==,
                       cases[i].good);
      g_assert_true ((error == NULL) == cases[i].good);
    }
}

/* A hub that was restored from a backup offers an older list: nothing is rolled back. */
static void
test_never_rolled_back (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (GBytes) content = g_bytes_new_static (CODE "\n", strlen (CODE "\n"));
  const KouanListRow newer = { .version = now_s (kiosk) + 7, .content = content };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  g_assert_true (kouan_lists_replace_revoked (kiosk->db, &newer, codes, 1, &error));
  publish (kiosk, KOUAN_LIST_REVOKED, OTHER "\n");
  g_assert_cmpuint (sync_well (kiosk), ==, 0);
  assert_list_is (kiosk, "revoked", newer.version, CODE "\n");
  g_assert_false (is_revoked (kiosk, OTHER));
  g_assert_false (kouan_lists_replace (kiosk->db, "revoked", &newer, 1, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
}

static void
publish_all (KouanTestKiosk *kiosk, KouanTestIssuer *issuer, gint64 signed_s)
{
  g_autofree char *roster = kouan_test_roster (NULL);
  g_autoptr (GBytes) trust = make_trust (issuer, signed_s);

  publish (kiosk, KOUAN_LIST_APPOINTMENTS, CODE " 1 1800000000 1800003600\n");
  publish_bytes (kiosk, KOUAN_LIST_TRUST, trust);
  publish (kiosk, KOUAN_LIST_ROSTER, roster);
  publish (kiosk, KOUAN_LIST_REVOKED, CODE "\n");
}

/* It goes on where the backup ends, yet what it publishes then is newer than all that kiosks have.
 */
static void
test_restored_hub_publishes (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  KouanManualClock *clock = KOUAN_MANUAL_CLOCK (kiosk->world->clock);
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (NULL);

  publish_all (kiosk, issuer, 1000);
  kouan_test_kiosk_copy_hub (kiosk, "hub.db", "backup.db");
  for (gint64 i = 0; i < 3; i++)
    {
      kouan_manual_clock_advance (clock, G_USEC_PER_SEC);
      publish_all (kiosk, issuer, 2000 + i);
      g_assert_cmpuint (sync_well (kiosk), ==, 4);
    }

  kouan_test_kiosk_copy_hub (kiosk, "backup.db", "hub.db");
  g_assert_cmpuint (sync_well (kiosk), ==, 0);
  kouan_manual_clock_advance (clock, G_USEC_PER_SEC);
  publish_all (kiosk, issuer, 3000);
  g_assert_cmpuint (sync_well (kiosk), ==, 4);
  g_assert_cmpint (trust_in_use (kiosk), ==, 3000);
}

/* Signed by the hub's key for another purpose, it is nobody's word. */
static void
test_only_who_may (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  KouanHubStore *store = kouan_hub_get_store (kiosk->world->hub);
  g_autoptr (GHashTable) files
    = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_bytes_unref);
  g_autoptr (GBytes) content = g_bytes_new_static (CODE, strlen (CODE));
  KouanHubPublication publication = { .kind = "revoked", .version = 1, .files = files };
  KouanList list = { .kind = KOUAN_LIST_REVOKED, .version = 1, .content = content };
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (files, (gpointer) "list.cose",
                       kouan_list_sign (&list, kouan_hub_get_receipt_key (kiosk->world->hub)));
  g_assert_true (kouan_hub_store_publish (store, &publication, &error));
  g_assert_cmpuint (sync_well (kiosk), ==, 0);
  g_assert_false (is_revoked (kiosk, CODE));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/sync/lists/" name, KouanTestKiosk *, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("come-down", test_come_down);
  ADD ("trust-is-used", test_trust_is_used);
  ADD ("content", test_content);
  ADD ("revoked-is-replaced-whole", test_revoked_is_replaced_whole);
  ADD ("half-a-list-is-none", test_half_a_list_is_none);
  ADD ("broken-roster-is-none", test_broken_roster_is_none);
  ADD ("never-rolled-back", test_never_rolled_back);
  ADD ("restored-hub-publishes", test_restored_hub_publishes);
  ADD ("only-who-may", test_only_who_may);
  return g_test_run ();
}
