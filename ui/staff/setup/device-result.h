/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/board/device-test.h"
#include "ui/widgets/notice.h"

G_BEGIN_DECLS

/* How the test of a device ended: its sentence, its figures, and the picture or page that came. */
GtkWidget *kouan_device_result_new (const KouanDeviceTest *test);
KouanNoticeKind kouan_device_state_kind (KouanDeviceState state);

G_END_DECLS
