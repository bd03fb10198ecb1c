/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/appointment-options.h"

#include "app/crypto/durable.h"
#include "app/qr/draw.h"

#define MODULE_PX 8

/* `appointment issue` is what an issuer's system does. */

/* The picture of a code, by what its file is called. It holds a secret, so that only its owner may
 * read it. */
static gboolean
draw (const char *text, const char *path, guint *version, GError **error)
{
  g_autoptr (KouanQrMatrix) matrix = kouan_qr_matrix_new (text, KOUAN_QR_LEVEL_M, error);
  g_autoptr (GBytes) picture = NULL;

  if (matrix == NULL)
    return FALSE;
  *version = kouan_qr_matrix_get_version (matrix);
  picture = g_str_has_suffix (path, ".svg") ? kouan_qr_draw_svg (matrix)
                                            : kouan_qr_draw_png (matrix, MODULE_PX);
  return kouan_write_file_durably (path, g_bytes_get_data (picture, NULL),
                                   g_bytes_get_size (picture), 0600, error);
}

static KouanExit
print_issued (KouanAppointment *appointment,
              const KouanAppointmentOptions *options,
              const char *text)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;
  guint version = 0;

  if (options->out != NULL && !draw (text, options->out, &version, &error))
    return kouan_ctl_failed (error);
  json_builder_begin_object (builder);
  kouan_ctl_add_appointment (builder, appointment);
  if (options->out != NULL)
    {
      kouan_ctl_add_text (builder, "out", options->out);
      json_builder_set_member_name (builder, "qr_version");
      json_builder_add_int_value (builder, version);
    }
  if (options->text)
    kouan_ctl_add_text (builder, "text", text);
  json_builder_end_object (builder);
  kouan_ctl_print (builder);
  return KOUAN_EXIT_OK;
}

static KouanExit
issue_with (const KouanAppointmentOptions *options, gint64 from_s, gint64 until_s)
{
  g_autoptr (KouanAppointment) appointment = NULL;
  g_autoptr (KouanSigningKey) key = NULL;
  g_autoptr (KouanSecret) hall_key = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  key = kouan_signing_key_load (options->key, &error);
  if (key == NULL)
    return kouan_ctl_failed (error);
  appointment = kouan_appointment_new ((guint)options->service, (guint)options->hall, from_s,
                                       until_s, g_get_real_time ());
  if (kouan_ctl_names_document (options))
    {
      hall_key = kouan_ctl_load_hall_key (options, NULL, &error);
      if (hall_key == NULL)
        return kouan_ctl_failed (error);
      if (!kouan_appointment_bind (appointment, hall_key, options->document, options->birth))
        return kouan_ctl_usage ("--document needs letters or digits, --birth six digits (YYMMDD)");
    }
  text = kouan_appointment_issue (appointment, key);
  return print_issued (appointment, options, text);
}

KouanExit
kouan_ctl_appointment_issue (const KouanAppointmentOptions *options)
{
  gint64 from_s = 0;
  gint64 until_s = 0;

  if (options->key == NULL || options->from == NULL || options->until == NULL)
    return kouan_ctl_usage ("appointment issue needs --key, --hall, --service, --from and --until");
  if (!kouan_ctl_is_code_number (options->hall) || !kouan_ctl_is_code_number (options->service))
    return kouan_ctl_usage ("--hall and --service are numbers from 1 to %d", KOUAN_CODE_NUMBER_MAX);
  if (!kouan_ctl_parse_time (options->from, &from_s)
      || !kouan_ctl_parse_time (options->until, &until_s) || from_s >= until_s)
    return kouan_ctl_usage ("--from and --until are times such as 2026-05-03T09:00, in this order");
  if (options->station != NULL || kouan_ctl_names_half_a_document (options))
    return kouan_ctl_usage ("--document, --birth and --hall-key go together");
  if (options->out == NULL && !options->text)
    return kouan_ctl_usage ("where should the code go? --out FILE.png, --out FILE.svg or --text");
  if (options->out != NULL && !g_str_has_suffix (options->out, ".png")
      && !g_str_has_suffix (options->out, ".svg"))
    return kouan_ctl_usage ("--out should end in .png or .svg");
  return issue_with (options, from_s, until_s);
}
