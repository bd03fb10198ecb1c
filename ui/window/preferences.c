/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-window"

#include "ui/window/preferences.h"

/* Text size, colours, reach, motion, time and voice, as the visitor has set them in the
 * accessibility panel. The window follows these properties; the panel changes them. */

struct _KouanPreferences
{
  GObject parent_instance;

  KouanTheme hall_theme; /* what a visit begins with: light, or dark in a hall at night */

  KouanTextSize text_size;
  KouanTheme theme;
  gboolean low_reach;
  gboolean reduced_motion;
  gboolean more_time;
  gboolean voice;
  KouanPace pace;
  KouanLoudness loudness;
  gboolean has_voice; /* the station's, not the visitor's */
};

enum
{
  PROP_TEXT_SIZE = 1,
  PROP_THEME,
  PROP_LOW_REACH,
  PROP_REDUCED_MOTION,
  PROP_MORE_TIME,
  PROP_VOICE,
  PROP_PACE,
  PROP_LOUDNESS,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KouanPreferences, kouan_preferences, G_TYPE_OBJECT)

static void
kouan_preferences_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KouanPreferences *self = KOUAN_PREFERENCES (object);

  switch (id)
    {
    case PROP_TEXT_SIZE:
      kouan_preferences_set_text_size (self, g_value_get_uint (value));
      break;
    case PROP_THEME:
      kouan_preferences_set_theme (self, g_value_get_uint (value));
      break;
    case PROP_LOW_REACH:
      kouan_preferences_set_low_reach (self, g_value_get_boolean (value));
      break;
    case PROP_REDUCED_MOTION:
      kouan_preferences_set_reduced_motion (self, g_value_get_boolean (value));
      break;
    case PROP_MORE_TIME:
      kouan_preferences_set_more_time (self, g_value_get_boolean (value));
      break;
    case PROP_VOICE:
      kouan_preferences_set_voice (self, g_value_get_boolean (value));
      break;
    case PROP_PACE:
      kouan_preferences_set_pace (self, g_value_get_uint (value));
      break;
    case PROP_LOUDNESS:
      kouan_preferences_set_loudness (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kouan_preferences_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KouanPreferences *self = KOUAN_PREFERENCES (object);

  switch (id)
    {
    case PROP_TEXT_SIZE:
      g_value_set_uint (value, self->text_size);
      break;
    case PROP_THEME:
      g_value_set_uint (value, self->theme);
      break;
    case PROP_LOW_REACH:
      g_value_set_boolean (value, self->low_reach);
      break;
    case PROP_REDUCED_MOTION:
      g_value_set_boolean (value, self->reduced_motion);
      break;
    case PROP_MORE_TIME:
      g_value_set_boolean (value, self->more_time);
      break;
    case PROP_VOICE:
      g_value_set_boolean (value, self->voice);
      break;
    case PROP_PACE:
      g_value_set_uint (value, self->pace);
      break;
    case PROP_LOUDNESS:
      g_value_set_uint (value, self->loudness);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kouan_preferences_class_init (KouanPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = kouan_preferences_set_property;
  object_class->get_property = kouan_preferences_get_property;

  properties[PROP_TEXT_SIZE] = g_param_spec_uint ("text-size", NULL, NULL, KOUAN_TEXT_NORMAL,
                                                  KOUAN_TEXT_LARGER, KOUAN_TEXT_NORMAL, flags);
  properties[PROP_THEME] = g_param_spec_uint ("theme", NULL, NULL, KOUAN_THEME_LIGHT,
                                              KOUAN_THEME_CONTRAST, KOUAN_THEME_LIGHT, flags);
  properties[PROP_LOW_REACH] = g_param_spec_boolean ("low-reach", NULL, NULL, FALSE, flags);
  properties[PROP_REDUCED_MOTION]
    = g_param_spec_boolean ("reduced-motion", NULL, NULL, FALSE, flags);
  properties[PROP_MORE_TIME] = g_param_spec_boolean ("more-time", NULL, NULL, FALSE, flags);
  properties[PROP_VOICE] = g_param_spec_boolean ("voice", NULL, NULL, FALSE, flags);
  properties[PROP_PACE] = g_param_spec_uint ("pace", NULL, NULL, KOUAN_PACE_SLOW, KOUAN_PACE_FAST,
                                             KOUAN_PACE_NORMAL, flags);
  properties[PROP_LOUDNESS] = g_param_spec_uint ("loudness", NULL, NULL, KOUAN_LOUDNESS_QUIET,
                                                 KOUAN_LOUDNESS_LOUD, KOUAN_LOUDNESS_NORMAL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kouan_preferences_init (KouanPreferences *self)
{
  self->pace = KOUAN_PACE_NORMAL;
  self->loudness = KOUAN_LOUDNESS_NORMAL;
}

/* Returns: (transfer full): the preferences of a visitor who has not said anything yet */
KouanPreferences *
kouan_preferences_new (KouanTheme hall_theme)
{
  KouanPreferences *self = g_object_new (KOUAN_TYPE_PREFERENCES, NULL);

  self->hall_theme = hall_theme;
  self->theme = hall_theme;
  return self;
}

/* At the end of a visit: the next visitor begins anew. */
void
kouan_preferences_reset (KouanPreferences *self)
{
  g_return_if_fail (KOUAN_IS_PREFERENCES (self));

  kouan_preferences_set_text_size (self, KOUAN_TEXT_NORMAL);
  kouan_preferences_set_theme (self, self->hall_theme);
  kouan_preferences_set_low_reach (self, FALSE);
  kouan_preferences_set_reduced_motion (self, FALSE);
  kouan_preferences_set_more_time (self, FALSE);
  kouan_preferences_set_voice (self, FALSE);
  kouan_preferences_set_pace (self, KOUAN_PACE_NORMAL);
  kouan_preferences_set_loudness (self, KOUAN_LOUDNESS_NORMAL);
}

KouanTextSize
kouan_preferences_get_text_size (KouanPreferences *self)
{
  g_return_val_if_fail (KOUAN_IS_PREFERENCES (self), KOUAN_TEXT_NORMAL);

  return self->text_size;
}

void
kouan_preferences_set_text_size (KouanPreferences *self, KouanTextSize size)
{
  g_return_if_fail (KOUAN_IS_PREFERENCES (self));
  g_return_if_fail (size <= KOUAN_TEXT_LARGER);

  if (self->text_size == size)
    return;
  self->text_size = size;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT_SIZE]);
}

KouanTheme
kouan_preferences_get_theme (KouanPreferences *self)
{
  g_return_val_if_fail (KOUAN_IS_PREFERENCES (self), KOUAN_THEME_LIGHT);

  return self->theme;
}

void
kouan_preferences_set_theme (KouanPreferences *self, KouanTheme theme)
{
  g_return_if_fail (KOUAN_IS_PREFERENCES (self));
  g_return_if_fail (theme <= KOUAN_THEME_CONTRAST);

  if (self->theme == theme)
    return;
  self->theme = theme;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THEME]);
}

gboolean
kouan_preferences_get_low_reach (KouanPreferences *self)
{
  g_return_val_if_fail (KOUAN_IS_PREFERENCES (self), FALSE);

  return self->low_reach;
}

void
kouan_preferences_set_low_reach (KouanPreferences *self, gboolean low_reach)
{
  g_return_if_fail (KOUAN_IS_PREFERENCES (self));

  if (self->low_reach == !!low_reach)
    return;
  self->low_reach = !!low_reach;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOW_REACH]);
}

gboolean
kouan_preferences_get_reduced_motion (KouanPreferences *self)
{
  g_return_val_if_fail (KOUAN_IS_PREFERENCES (self), FALSE);

  return self->reduced_motion;
}

void
kouan_preferences_set_reduced_motion (KouanPreferences *self, gboolean reduced_motion)
{
  g_return_if_fail (KOUAN_IS_PREFERENCES (self));

  if (self->reduced_motion == !!reduced_motion)
    return;
  self->reduced_motion = !!reduced_motion;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REDUCED_MOTION]);
}

gboolean
kouan_preferences_get_more_time (KouanPreferences *self)
{
  g_return_val_if_fail (KOUAN_IS_PREFERENCES (self), FALSE);

  return self->more_time;
}

void
kouan_preferences_set_more_time (KouanPreferences *self, gboolean more_time)
{
  g_return_if_fail (KOUAN_IS_PREFERENCES (self));

  if (self->more_time == !!more_time)
    return;
  self->more_time = !!more_time;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MORE_TIME]);
}

gboolean
kouan_preferences_get_voice (KouanPreferences *self)
{
  g_return_val_if_fail (KOUAN_IS_PREFERENCES (self), FALSE);

  return self->voice;
}

/* Does nothing where the station cannot speak. */
void
kouan_preferences_set_voice (KouanPreferences *self, gboolean voice)
{
  g_return_if_fail (KOUAN_IS_PREFERENCES (self));

  if (self->voice == !!voice || !self->has_voice)
    return;
  self->voice = !!voice;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VOICE]);
}

KouanPace
kouan_preferences_get_pace (KouanPreferences *self)
{
  g_return_val_if_fail (KOUAN_IS_PREFERENCES (self), KOUAN_PACE_NORMAL);

  return self->pace;
}

void
kouan_preferences_set_pace (KouanPreferences *self, KouanPace pace)
{
  g_return_if_fail (KOUAN_IS_PREFERENCES (self));
  g_return_if_fail (pace <= KOUAN_PACE_FAST);

  if (self->pace == pace)
    return;
  self->pace = pace;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PACE]);
}

KouanLoudness
kouan_preferences_get_loudness (KouanPreferences *self)
{
  g_return_val_if_fail (KOUAN_IS_PREFERENCES (self), KOUAN_LOUDNESS_NORMAL);

  return self->loudness;
}

void
kouan_preferences_set_loudness (KouanPreferences *self, KouanLoudness loudness)
{
  g_return_if_fail (KOUAN_IS_PREFERENCES (self));
  g_return_if_fail (loudness <= KOUAN_LOUDNESS_LOUD);

  if (self->loudness == loudness)
    return;
  self->loudness = loudness;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOUDNESS]);
}

gboolean
kouan_preferences_get_has_voice (KouanPreferences *self)
{
  g_return_val_if_fail (KOUAN_IS_PREFERENCES (self), FALSE);

  return self->has_voice;
}

/* Whether this station can speak at all. */
void
kouan_preferences_set_has_voice (KouanPreferences *self, gboolean has_voice)
{
  g_return_if_fail (KOUAN_IS_PREFERENCES (self));

  if (!has_voice)
    kouan_preferences_set_voice (self, FALSE);
  self->has_voice = !!has_voice;
}
