/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/staff.h"

#include "app/crypto/durable.h"
#include "app/ctl/fields.h"
#include "app/qr/draw.h"
#include "app/staff/unlock.h"

/* What whoever holds the roster's key signs for one person: a badge, or one more chance. */

#define MODULE_PX 8
#define DAY_S 86400

gboolean
kouan_ctl_draw_code (const char *text, const char *path, GError **error)
{
  g_autoptr (KouanQrMatrix) matrix = kouan_qr_matrix_new (text, KOUAN_QR_LEVEL_M, error);
  g_autoptr (GBytes) picture = NULL;

  if (matrix == NULL)
    return FALSE;
  picture = g_str_has_suffix (path, ".svg") ? kouan_qr_draw_svg (matrix)
                                            : kouan_qr_draw_png (matrix, MODULE_PX);
  return kouan_write_file_durably (path, g_bytes_get_data (picture, NULL),
                                   g_bytes_get_size (picture), 0600, error);
}

static gboolean
is_picture (const char *path)
{
  return g_str_has_suffix (path, ".png") || g_str_has_suffix (path, ".svg");
}

static KouanExit
print_code (JsonBuilder *line, const char *text, const char *out)
{
  g_autoptr (GError) error = NULL;

  if (out != NULL && !kouan_ctl_draw_code (text, out, &error))
    return kouan_ctl_failed (error);
  kouan_ctl_add_text (line, out != NULL ? "out" : "text", out != NULL ? out : text);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return KOUAN_EXIT_OK;
}

static KouanExit
issue (KouanBadge *badge, const char *key_path, const char *out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanSigningKey) key = kouan_signing_key_load (key_path, &error);
  g_autoptr (JsonBuilder) line = NULL;
  g_autofree char *text = NULL;
  g_autofree char *roles = kouan_roles_to_string (badge->roles);

  if (key == NULL)
    return kouan_ctl_failed (error);
  text = kouan_badge_issue (badge, key);
  line = json_builder_begin_object (json_builder_new ());
  kouan_ctl_add_uuid (line, "badge", badge->id);
  kouan_ctl_add_text (line, "id", badge->person);
  kouan_ctl_add_text (line, "roles", roles);
  kouan_ctl_add_time (line, "expires", badge->expires_s);
  return print_code (line, text, out);
}

KouanExit
kouan_ctl_staff_badge (int argc, char **argv)
{
  g_autofree char *id = NULL, *roles = NULL, *key = NULL, *out = NULL;
  gint64 roster_min = 1;
  int days = 30;
  const GOptionEntry entries[]
    = { { "id", 0, 0, G_OPTION_ARG_STRING, &id, "Staff id, as in the roster", "ID" },
        { "roles", 0, 0, G_OPTION_ARG_STRING, &roles, "As which it is good", "ROLES" },
        { "key", 0, 0, G_OPTION_ARG_FILENAME, &key, "That badges are signed with", "PEM" },
        { "days", 0, 0, G_OPTION_ARG_INT, &days, "How long it is good: 1 to 35 (30)", "N" },
        { "roster", 0, 0, G_OPTION_ARG_INT64, &roster_min,
          "The first version of the roster that has this person (1)", "N" },
        { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "Draw it here; else its text is said",
          "FILE.png|svg" },
        G_OPTION_ENTRY_NULL };
  KouanBadge badge = { 0 };
  gint64 now_us = g_get_real_time ();

  if (!kouan_ctl_parse ("staff badge", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc != 2 || !g_str_equal (argv[1], "issue") || key == NULL || !kouan_person_is_id (id)
      || roles == NULL || !kouan_roles_from_string (roles, &badge.roles) || roster_min < 1
      || days < 1 || days > KOUAN_BADGE_DAYS_MAX || (out != NULL && !is_picture (out)))
    return kouan_ctl_usage ("staff badge: issue --id ID --roles ROLES --key PEM [--days 1 to 35] "
                            "[--roster N] [--out FILE.png|svg]");
  kouan_uuid7 (now_us, badge.id);
  badge.person = id;
  badge.roster_min = (guint64)roster_min;
  badge.issued_s = now_us / G_USEC_PER_SEC;
  badge.expires_s = badge.issued_s + (gint64)days * DAY_S;
  return issue (&badge, key, out);
}

KouanExit
kouan_ctl_staff_unlock_code (int argc, char **argv)
{
  g_autofree char *id = NULL, *key_path = NULL, *nonce = NULL, *out = NULL;
  int kiosk = 0;
  const GOptionEntry entries[]
    = { { "kiosk", 0, 0, G_OPTION_ARG_INT, &kiosk, "The kiosk's number", "N" },
        { "id", 0, 0, G_OPTION_ARG_STRING, &id, "Who is locked; \"\" for badges that are not ours",
          "ID" },
        { "nonce", 0, 0, G_OPTION_ARG_STRING, &nonce, "The key that stands on its screen", "KEY" },
        { "key", 0, 0, G_OPTION_ARG_FILENAME, &key_path, "The roster's key", "PEM" },
        { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "Draw it here; else its text is said",
          "FILE.png|svg" },
        G_OPTION_ENTRY_NULL };
  KouanUnlock unlock = { 0 };
  g_autoptr (KouanSigningKey) key = NULL;
  g_autoptr (JsonBuilder) line = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!kouan_ctl_parse ("staff unlock-code", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc != 1 || kiosk < 1 || kiosk > G_MAXUINT16 || key_path == NULL || id == NULL
      || (*id != '\0' && !kouan_person_is_id (id)) || nonce == NULL
      || !kouan_unlock_nonce_from_text (nonce, unlock.nonce) || (out != NULL && !is_picture (out)))
    return kouan_ctl_usage ("staff unlock-code: --kiosk N --id ID --nonce KEY --key PEM "
                            "[--out FILE.png|svg]");
  key = kouan_signing_key_load (key_path, &error);
  if (key == NULL)
    return kouan_ctl_failed (error);
  unlock.kiosk_id = (guint)kiosk;
  unlock.person = id;
  text = kouan_unlock_issue (&unlock, key);
  line = json_builder_begin_object (json_builder_new ());
  kouan_ctl_add_int (line, "kiosk", kiosk);
  kouan_ctl_add_text (line, "id", id);
  return print_code (line, text, out);
}
