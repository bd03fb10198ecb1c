/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/robot/tree.h"

G_BEGIN_DECLS

/* Says when the screen answered a press, with eyes of its own on what the X server shows. */
typedef struct _RobotStopwatch RobotStopwatch;

RobotStopwatch *robot_stopwatch_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;
void robot_stopwatch_free (RobotStopwatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RobotStopwatch, robot_stopwatch_free)

/* What became of the last press; negative where it did not happen. */
typedef struct
{
  double answer_ms;    /* to the first frame in which any pixel is another */
  double page_ms;      /* to the first frame with another page */
  double processor_ms; /* that the program's main thread used for it */
  double queued_ms;    /* that the thread waited for a processor, others having it */
} RobotReading;

void robot_stopwatch_start (RobotStopwatch *self, const AtspiRect *box, int pid);
RobotReading robot_stopwatch_read (RobotStopwatch *self);
gint64 robot_stopwatch_last_paint_us (RobotStopwatch *self, const AtspiRect *box);

G_END_DECLS
