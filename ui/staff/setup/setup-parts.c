/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/setup/setup-private.h"

#include "app/board/device-set.h"
#include "app/language/language.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/text.h"

#include <string.h>

static const struct
{
  const char *key;
  const char *hint;
} devices[] = {
  { "camera", "gst:v4l2src device=/dev/video0" },
  { "document-camera", "gst:v4l2src device=/dev/video2" },
  { "scanner", "sane:" },
  { "chip", "pcsc:" },
  { "printer", "ipp://192.0.2.7/ipp/print" },
  { "stick", "mount:/media/kiosk" },
  { "phone", "http://192.0.2.8:8090" },
  { "voice", "espeak:alsasink" },
};

static const char *const keys[]
  = { "camera", "document-camera", "scanner", "chip", "printer", "stick", "phone", "voice", NULL };

const char *const *
kouan_setup_device_keys (void)
{
  return keys;
}

/* Returns: what a line of kouan.conf looks like for it */
const char *
kouan_setup_device_hint (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    if (g_str_equal (devices[i].key, key))
      return devices[i].hint;
  return NULL;
}

static KouanNoticeKind
kind_of (KouanHealth health)
{
  switch (health)
    {
    case KOUAN_HEALTH_GOOD:
      return KOUAN_NOTICE_SUCCESS;
    case KOUAN_HEALTH_SOON:
      return KOUAN_NOTICE_WARNING;
    case KOUAN_HEALTH_BAD:
      return KOUAN_NOTICE_PROBLEM;
    case KOUAN_HEALTH_ABSENT:
    default:
      return KOUAN_NOTICE_INFO;
    }
}

static GtkWidget *
finding_new (const KouanFinding *finding)
{
  g_autofree char *what = kouan_finding_fill (finding, _ (finding->what));
  g_autofree char *remedy
    = finding->remedy != NULL ? kouan_finding_fill (finding, _ (finding->remedy)) : NULL;
  g_autofree char *text = remedy != NULL ? g_strconcat (what, "\n", remedy, NULL) : NULL;

  return kouan_notice_new (kind_of (finding->health), _ (kouan_finding_subject (finding->id)),
                           text != NULL ? text : what);
}

/* What needs somebody first, then the rest.
 * @findings: (element-type KouanFinding) */
GtkWidget *
kouan_setup_part_findings (GPtrArray *findings)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

  for (int health = KOUAN_HEALTH_BAD; health >= KOUAN_HEALTH_GOOD; health--)
    for (guint i = 0; i < findings->len; i++)
      {
        const KouanFinding *finding = findings->pdata[i];

        if ((int)finding->health == health)
          gtk_box_append (GTK_BOX (box), finding_new (finding));
      }
  return box;
}

/* Signal of what is returned: "chosen", with "service", "border" or "overseas". */
GtkWidget *
kouan_setup_part_profiles (KouanStation *station)
{
  GtkWidget *list = kouan_choice_list_new (_ ("What the hall is for"));

  kouan_choice_list_add (KOUAN_CHOICE_LIST (list), "service", NULL, _ ("Service hall"),
                         _ ("Permits and registrations"));
  kouan_choice_list_add (KOUAN_CHOICE_LIST (list), "border", NULL, _ ("Border hall"),
                         _ ("Arrival card, customs and health declarations"));
  kouan_choice_list_add (KOUAN_CHOICE_LIST (list), "overseas", NULL, _ ("Station abroad"),
                         _ ("Talent applies from abroad"));
  kouan_choice_list_select (KOUAN_CHOICE_LIST (list), kouan_station_get_profile (station));
  return list;
}

/* Returns: a KouanField with the source. @station: (nullable) */
GtkWidget *
kouan_setup_part_device (const char *key, KouanStation *station)
{
  const char *source = station != NULL ? kouan_station_get_value (station, "devices", key) : NULL;
  GtkWidget *field = kouan_field_new (kouan_device_label (key), KOUAN_TEXT_ANY, 120);

  kouan_field_set_hint (KOUAN_FIELD (field), kouan_setup_device_hint (key));
  kouan_field_set_text (KOUAN_FIELD (field), source != NULL ? source : "");
  return field;
}
