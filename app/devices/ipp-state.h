/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/device-state.h"

G_BEGIN_DECLS

KouanDeviceState kouan_ipp_state_of_reasons (const char *const *reasons, gboolean is_stopped);

G_END_DECLS
