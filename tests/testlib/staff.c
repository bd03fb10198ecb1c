/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/staff.h"

#include "app/crypto/password.h"
#include "db/kiosk/lists.h"

#include <string.h>

#define DAY_S 86400

char *
kouan_test_roster (const char *revoked)
{
  static const struct
  {
    const char *id;
    const char *roles;
  } people[] = { { "u-att", "attendant" },
                 { "u-sup", "supervisor" },
                 { "u-tec", "technician" },
                 { "u-sec", "security" },
                 { "u-all", "attendant+supervisor+technician+security" } };
  g_autofree char *pin = kouan_password_hash (KOUAN_TEST_PIN, KOUAN_PASSWORD_COST_LEAST);
  GString *text = g_string_new ("{\"format\":1,\"people\":[");

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    g_string_append_printf (
      text, "%s{\"id\":\"%s\",\"name\":\"Somebody\",\"roles\":\"%s\",\"pin\":\"%s\"}",
      i > 0 ? "," : "", people[i].id, people[i].roles, pin);
  g_string_append (text, "],\"revoked\":[");
  if (revoked != NULL)
    g_string_append_printf (text, "\"%s\"", revoked);
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

void
kouan_test_roster_install (KouanDatabase *db, gint64 version, const char *revoked)
{
  g_autofree char *text = kouan_test_roster (revoked);
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  KouanListRow row = { version, 1, content };

  g_assert_true (kouan_lists_replace (db, KOUAN_ROSTER_KIND, &row, 1, &error));
  g_assert_no_error (error);
}

char *
kouan_test_badge (KouanSigningKey *key, const char *person, guint roles, gint64 now_s)
{
  KouanBadge badge = { .person = (char *)person,
                       .roles = roles,
                       .roster_min = 1,
                       .issued_s = now_s,
                       .expires_s = now_s + 30 * DAY_S };

  kouan_random_bytes (badge.id, sizeof badge.id);
  return kouan_badge_issue (&badge, key);
}

KouanStaffPass *
kouan_test_pass (KouanStaffGate *gate, KouanSigningKey *key, const char *person, guint roles)
{
  g_autofree char *badge
    = kouan_test_badge (key, person, roles, kouan_clock_wall_s (kouan_staff_gate_get_clock (gate)));
  g_autoptr (GError) error = NULL;
  KouanStaffPass *pass = kouan_staff_gate_enter (gate, badge, KOUAN_TEST_PIN, &error);

  g_assert_no_error (error);
  return pass;
}
