/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/bench/codes/scene.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_ENGINE_OURS,
  KOUAN_ENGINE_ZBAR,
  KOUAN_ENGINE_ZXING, /* Debian's ZXingReader, where it is installed */
  KOUAN_N_ENGINES
} KouanEngine;

#define KOUAN_N_ENGINES_INSIDE                                                                     \
  KOUAN_ENGINE_ZXING /* of this process, so that time can be compared */

/* What one engine makes of one picture. */
typedef struct
{
  guint right, wrong;
  double ms; /* of processor time; 0 for a program of its own */
} KouanEngineAnswer;

/* The readers that a benchmark holds against each other. */
typedef struct _KouanEngines KouanEngines;

KouanEngines *kouan_engines_new (void) G_GNUC_WARN_UNUSED_RESULT;
void kouan_engines_free (KouanEngines *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanEngines, kouan_engines_free)

gboolean kouan_engines_has_peer (const KouanEngines *self);
KouanEngineAnswer kouan_engines_ask (KouanEngines *self,
                                     KouanEngine engine,
                                     const KouanSceneView *view,
                                     gboolean frame) G_GNUC_WARN_UNUSED_RESULT;
double kouan_engines_quantile (GArray *values, double share) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
