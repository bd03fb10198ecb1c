/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"
#include "app/doctor/finding.h"
#include "app/station/station.h"

G_BEGIN_DECLS

/* Where this machine's programs are; NULL: not found. */
typedef struct
{
  const char *pixels;
  const char *codes;
  const char *scan;
  const char *phone;
  const char *voice;
  const char *sync;
} KouanDoctorPrograms;

/* Is this machine fit to serve? Everything but the devices, which take their time: see probe.h.
 * Blocks for as long as the database takes to be read; any thread may call. */
GPtrArray *kouan_doctor_examine (const char *folder,
                                 const KouanDoctorPrograms *programs,
                                 KouanClock *clock); /* of KouanFinding */
KouanHealth kouan_doctor_sum_up (GPtrArray *findings);

G_END_DECLS
