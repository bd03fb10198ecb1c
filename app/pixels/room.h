/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/lock/lock.h"

G_BEGIN_DECLS

/* What kouan-pixels may still do while it reads. */
extern const KouanLockPlan kouan_pixels_room;

G_END_DECLS
