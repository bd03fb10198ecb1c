/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-speech"

#include "app/speech/headphone.h"

#include "app/speech/file-headphone.h"
#include "app/speech/jack-headphone.h"

/* The jack. What cannot be asked is not plugged in: private content is then not spoken at all. */

G_DEFINE_INTERFACE (KouanHeadphone, kouan_headphone, G_TYPE_OBJECT)

static void
kouan_headphone_default_init (KouanHeadphoneInterface *iface)
{
  g_object_interface_install_property (
    iface,
    g_param_spec_boolean ("plugged", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

/**
 * kouan_headphone_new_for_source:
 * @source: "jack:" and the kernel's device of the jack ("jack:/dev/input/by-path/…-event"), or
 * "file:" and a file that is there as long as the headphone is in
 *
 * Returns: (transfer full): or NULL with %KOUAN_DEVICE_ERROR_CONFIGURATION
 */
KouanHeadphone *
kouan_headphone_new_for_source (const char *source, GError **error)
{
  const char *file = kouan_device_source_part (source, "file");
  const char *jack = kouan_device_source_part (source, "jack");

  if (file != NULL && *file != '\0')
    return kouan_file_headphone_new (file);
  if (jack != NULL && g_path_is_absolute (jack))
    return kouan_jack_headphone_new (jack);
  g_set_error (error, KOUAN_DEVICE_ERROR, KOUAN_DEVICE_ERROR_CONFIGURATION,
               "headphone \"%s\": it must be \"jack:/dev/input/…\" or \"file:FILE\"", source);
  return NULL;
}

gboolean
kouan_headphone_is_plugged (KouanHeadphone *self)
{
  g_return_val_if_fail (KOUAN_IS_HEADPHONE (self), FALSE);

  return KOUAN_HEADPHONE_GET_IFACE (self)->is_plugged (self);
}
