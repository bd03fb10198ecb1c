/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the kiosk has said since it was listened to, read from the file that its voice writes. */
typedef struct _RobotEar RobotEar;

/* Sentences that were said in one breath. */
typedef struct
{
  GPtrArray *parts; /* (element-type utf8) */
} RobotUtterance;

RobotEar *robot_ear_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void robot_ear_close (RobotEar *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RobotEar, robot_ear_close)

guint robot_ear_count (RobotEar *self);
gboolean robot_ear_wait (RobotEar *self, guint count, int timeout_ms);
gboolean robot_ear_wait_for_part (RobotEar *self,
                                  const RobotUtterance *utterance,
                                  guint count,
                                  int timeout_ms);
const RobotUtterance *robot_ear_get (RobotEar *self, guint index);
gboolean robot_utterance_has (const RobotUtterance *self, const char *pattern);
gboolean robot_utterance_begins (const RobotUtterance *self, const char *pattern);

G_END_DECLS
