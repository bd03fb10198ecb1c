/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/lock/lock.h"

G_BEGIN_DECLS

/* What kouan-phone may still do while it serves. */
KouanLockPlan kouan_phone_room (guint time_s);

G_END_DECLS
