/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/board/device-set.h"
#include "app/ctl/ctl.h"

G_BEGIN_DECLS

/* A device does what it is for, once: for the verbs staff, doctor and setup. */
KouanDeviceSet *
kouan_ctl_open_devices (KouanStation *station, KouanClock *clock, KouanDatabase *db);
KouanExit kouan_ctl_try (const char *folder, const char *device, const char *out);
KouanExit kouan_ctl_try_device (KouanDeviceSet *set, const char *device, const char *out);

G_END_DECLS
