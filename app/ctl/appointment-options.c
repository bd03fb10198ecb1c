/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/appointment-options.h"

#include "app/crypto/secret-file.h"

#include <string.h>

/* ISO 8601, seconds or none; local time unless it says otherwise. GLib wants seconds. */
gboolean
kouan_ctl_parse_time (const char *text, gint64 *time_s)
{
  const gsize minutes = strlen ("2026-05-03T09:00");
  gboolean no_seconds = strlen (text) >= minutes && text[minutes] != ':';
  g_autofree char *whole = no_seconds
                             ? g_strdup_printf ("%.*s:00%s", (int)minutes, text, text + minutes)
                             : g_strdup (text);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (whole, zone);

  if (time == NULL)
    return FALSE;
  *time_s = g_date_time_to_unix (time);
  return *time_s >= 0;
}

void
kouan_ctl_add_appointment (JsonBuilder *builder, KouanAppointment *appointment)
{
  g_autofree char *id = kouan_uuid_to_string (kouan_appointment_get_id (appointment));

  kouan_ctl_add_text (builder, "id", id);
  json_builder_set_member_name (builder, "service");
  json_builder_add_int_value (builder, kouan_appointment_get_service (appointment));
  json_builder_set_member_name (builder, "hall");
  json_builder_add_int_value (builder, kouan_appointment_get_hall (appointment));
  kouan_ctl_add_time (builder, "not_before", kouan_appointment_get_not_before_s (appointment));
  kouan_ctl_add_time (builder, "expires", kouan_appointment_get_expires_s (appointment));
  json_builder_set_member_name (builder, "bound");
  json_builder_add_boolean_value (builder, kouan_appointment_is_bound (appointment));
}

gboolean
kouan_ctl_is_code_number (int value)
{
  return value > 0 && value <= KOUAN_CODE_NUMBER_MAX;
}

/* All three of --document, --birth and --hall-key, or none. A station has the hall key itself. */
gboolean
kouan_ctl_names_document (const KouanAppointmentOptions *options)
{
  return options->document != NULL && options->birth != NULL
         && (options->hall_key != NULL || options->station != NULL);
}

gboolean
kouan_ctl_names_half_a_document (const KouanAppointmentOptions *options)
{
  return !kouan_ctl_names_document (options)
         && (options->document != NULL || options->birth != NULL || options->hall_key != NULL);
}

KouanSecret *
kouan_ctl_load_hall_key (const KouanAppointmentOptions *options,
                         KouanStation *station,
                         GError **error)
{
  if (options->hall_key != NULL)
    return kouan_secret_load (options->hall_key, KOUAN_KEY_SIZE, error);
  return kouan_secret_ref (kouan_station_get_hall_key (station));
}
