/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-phone"

#include "app/phone/room.h"

#define GRACE_S 10
#define PROCESSOR_MAX_S 60 /* copying a hundred megabytes takes less than one */
#define MEMORY_MAX (G_GUINT64_CONSTANT (256) << 20)

/* @time_s: how long it serves; no file is open to it, and no thread, process or socket of its own
 */
KouanLockPlan
kouan_phone_room (guint time_s)
{
  return (KouanLockPlan){
    .time_max_s = time_s + GRACE_S,
    .processor_max_s = PROCESSOR_MAX_S,
    .memory_max = MEMORY_MAX,
    .files_max = 48,
    .serves = TRUE,
  };
}
