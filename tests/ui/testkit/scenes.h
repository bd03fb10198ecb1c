/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/window/window.h"

G_BEGIN_DECLS

/* One picture of the gallery: a window with some of the kit's widgets in some of their states. */
typedef struct
{
  const char *name;
  void (*build) (KouanWindow *window);
} KouanScene;

const KouanScene *kouan_scenes (guint *count);
const KouanScene *kouan_scene_find (const char *name);

/* A window of @width by @height that shows @scene; @text_size, @theme, @low_reach as a visitor would set
 * them, in @language. */
typedef struct
{
  int width;
  int height;
  KouanTextSize text_size;
  KouanTheme theme;
  gboolean low_reach;
  const KouanLanguage *language; /* NULL: English */
} KouanSceneSettings;

KouanWindow *kouan_scene_window_new (const KouanScene *scene, const KouanSceneSettings *settings);

G_END_DECLS
