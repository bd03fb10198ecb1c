/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/appointment-options.h"

#include "app/appointment/listed.h"
#include "app/appointment/verdict.h"
#include "db/kiosk/codes.h"
#include "db/kiosk/kiosk-store.h"
#include "db/kiosk/lists.h"

#include <stdio.h>
#include <string.h>

#define LINE_SIZE_MAX 4096

/* `appointment verify` is what the kiosk does with a code that somebody shows it. */

/* Who is asking: a station as it is set up, or a hall and an issuer named one by one. */
typedef struct
{
  KouanStation *station; /* (nullable) */
  KouanKeyring *keyring;
  guint hall;
  gint64 now_s;
} Desk;

static void
desk_clear (Desk *self)
{
  g_clear_object (&self->station);
  g_clear_pointer (&self->keyring, kouan_keyring_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static gboolean
desk_open (Desk *self, const KouanAppointmentOptions *options, GError **error)
{
  g_autoptr (KouanVerifyingKey) issuer = NULL;

  if (options->station != NULL)
    {
      self->station = kouan_station_load (options->station, error);
      if (self->station == NULL)
        return FALSE;
      self->keyring = kouan_keyring_ref (kouan_station_get_keyring (self->station));
      self->hall = kouan_station_get_hall_id (self->station);
      return TRUE;
    }
  issuer = kouan_verifying_key_load (options->issuer, error);
  if (issuer == NULL)
    return FALSE;
  self->keyring = kouan_keyring_new ();
  kouan_keyring_add (self->keyring, issuer, KOUAN_PURPOSE_APPOINTMENT, options->issuer);
  self->hall = (guint)options->hall;
  return TRUE;
}

/* The list of the coming days' appointments, if one has come. */
static gboolean
follow_list (const Desk *desk, KouanDatabase *db, KouanAppointment *appointment, GError **error)
{
  GError *local = NULL;
  g_autoptr (KouanListRow) list = kouan_lists_find (db, "appointments", &local);

  if (list != NULL)
    kouan_appointment_follow_list (appointment, list->content, desk->hall);
  else if (!g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_clear_error (&local);
  return TRUE;
}

/* Whether this station has taken a record for the code, and whether the hub has said that it was
 * taken back, or moved: then the appointment is what it is now. A station that has no database yet
 * knows of none of it. */
static gboolean
look_up (const Desk *desk,
         KouanAppointment *appointment,
         gboolean *used,
         gboolean *revoked,
         GError **error)
{
  const guint8 *id = kouan_appointment_get_id (appointment);
  g_autofree char *path = NULL;
  g_autoptr (KouanDatabase) db = NULL;

  *used = *revoked = FALSE;
  if (desk->station == NULL)
    return TRUE;
  path = kouan_station_path (desk->station, KOUAN_STATION_DATABASE);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  db = kouan_kiosk_store_open (path, error);
  return db != NULL && kouan_codes_is_used (db, id, used, error)
         && kouan_lists_is_revoked (db, id, revoked, error)
         && follow_list (desk, db, appointment, error);
}

static void
add_verdict (JsonBuilder *builder, KouanVerdict verdict, KouanAppointment *appointment)
{
  const KouanVerdictWords *words = kouan_verdict_words (verdict);
  g_autofree char *hall = NULL;
  g_autofree char *time = NULL;
  g_autofree char *title = NULL;
  g_autofree char *remedy = NULL;

  if (appointment != NULL)
    {
      g_autoptr (GDateTime) at
        = g_date_time_new_from_unix_local (kouan_appointment_get_time_for (appointment, verdict));

      hall = g_strdup_printf ("hall %u", kouan_appointment_get_hall (appointment));
      time = g_date_time_format (at, "%-d %B %Y, %H:%M");
    }
  title = kouan_verdict_fill (words->title, hall, time);
  remedy = kouan_verdict_fill (words->remedy, hall, time);
  kouan_ctl_add_text (builder, "verdict", words->name);
  kouan_ctl_add_text (builder, "title", title);
  kouan_ctl_add_text (builder, "remedy", remedy);
}

static KouanExit
print_unread (const GError *cause)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_verdict (builder, kouan_verdict_of_error (cause), NULL);
  kouan_ctl_add_text (builder, "reason", cause->message);
  json_builder_end_object (builder);
  kouan_ctl_print (builder);
  return KOUAN_EXIT_NO;
}

static KouanExit
verify_text (const KouanAppointmentOptions *options, const Desk *desk, const char *text)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (KouanAppointment) appointment = NULL;
  g_autoptr (KouanSecret) hall_key = NULL;
  g_autoptr (GError) error = NULL;
  KouanVerdict verdict = KOUAN_VERDICT_VALID;
  gboolean used, revoked;
  gboolean binds = TRUE;

  appointment = kouan_appointment_read (text, desk->keyring, &error);
  if (appointment == NULL)
    return print_unread (error);
  if (!look_up (desk, appointment, &used, &revoked, &error))
    return kouan_ctl_failed (error);
  verdict = revoked ? KOUAN_VERDICT_REVOKED
                    : kouan_appointment_judge (appointment, desk->hall, desk->now_s, used);
  json_builder_begin_object (builder);
  add_verdict (builder, verdict, appointment);
  kouan_ctl_add_appointment (builder, appointment);
  if (kouan_ctl_names_document (options))
    {
      hall_key = kouan_ctl_load_hall_key (options, desk->station, &error);
      if (hall_key == NULL)
        return kouan_ctl_failed (error);
      binds = kouan_appointment_binds (appointment, hall_key, options->document, options->birth);
      json_builder_set_member_name (builder, "binds");
      json_builder_add_boolean_value (builder, binds);
    }
  json_builder_end_object (builder);
  kouan_ctl_print (builder);
  return verdict == KOUAN_VERDICT_VALID && binds ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

/* (transfer full) (nullable): the code, from the call or, for "-", from the first line of stdin */
static char *
get_text (const char *argument)
{
  char line[LINE_SIZE_MAX];

  if (!g_str_equal (argument, "-"))
    return g_strdup (argument);
  if (fgets (line, sizeof line, stdin) == NULL)
    return NULL;
  line[strcspn (line, "\r\n")] = '\0';
  return g_strdup (line);
}

KouanExit
kouan_ctl_appointment_verify (const KouanAppointmentOptions *options, const char *argument)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (argument == NULL)
    return kouan_ctl_usage ("appointment verify needs the code's text, or - to read it from stdin");
  if ((options->station != NULL) == (options->issuer != NULL)
      || (options->issuer != NULL && !kouan_ctl_is_code_number (options->hall)))
    return kouan_ctl_usage ("appointment verify needs --station DIR, or --issuer PEM and --hall N");
  if (kouan_ctl_names_half_a_document (options))
    return kouan_ctl_usage ("--document and --birth need each other, and a hall key");
  desk.now_s = g_get_real_time () / G_USEC_PER_SEC;
  if (options->at != NULL && !kouan_ctl_parse_time (options->at, &desk.now_s))
    return kouan_ctl_usage ("--at is a time such as 2026-05-03T09:00");
  text = get_text (argument);
  if (text == NULL)
    return kouan_ctl_usage ("stdin is empty");
  if (!desk_open (&desk, options, &error))
    return kouan_ctl_failed (error);
  return verify_text (options, &desk, text);
}
