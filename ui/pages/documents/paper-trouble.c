/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/paper-trouble.h"

#include "app/devices/camera-still.h"
#include "app/devices/scanner.h"
#include "app/devices/stick.h"
#include "app/documents/pixels.h"
#include "app/phone/phone.h"

/* Each of these modules has the sentences for its own errors; this only asks the right one. */

static const struct
{
  GQuark (*domain) (void);
  const char *id;
  const char *(*title) (const GError *error);
  const char *(*remedy) (const GError *error);
} sources[] = {
  { kouan_scanner_error_quark, "scanner", kouan_scanner_error_title, kouan_scanner_error_remedy },
  { kouan_camera_still_error_quark, "camera", kouan_camera_still_error_title,
    kouan_camera_still_error_remedy },
  { kouan_stick_error_quark, "stick", kouan_stick_error_title, kouan_stick_error_remedy },
  { kouan_phone_error_quark, "phone", kouan_phone_error_title, kouan_phone_error_remedy },
  { kouan_pixels_error_quark, "file", kouan_pixels_error_title, kouan_pixels_error_remedy },
};

KouanTrouble *
kouan_paper_trouble_new (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (error->domain == sources[i].domain ())
      return kouan_trouble_new (sources[i].id, sources[i].title (error), sources[i].remedy (error),
                                KOUAN_REMEDY_OTHER_WAY);
  return kouan_trouble_from_error (error);
}
