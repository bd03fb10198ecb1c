/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/doctor/doctor.h"

G_BEGIN_DECLS

/* Looks at everything, prints a line for each, and answers with the worst. */
KouanHealth kouan_ctl_examine (const char *folder, gboolean devices, GPtrArray **all);

G_END_DECLS
