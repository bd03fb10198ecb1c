/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/doctor/doctor.h"
#include "app/record/outbox.h"

G_BEGIN_DECLS

#define DAY_S G_GINT64_CONSTANT (86400)

/* One examination, for the files of the doctor alone. */
typedef struct
{
  const char *folder;
  const KouanDoctorPrograms *programs;
  KouanClock *clock;
  GPtrArray *findings;
  KouanStation *station; /* (nullable): it could not be loaded */
  KouanOutbox *outbox;   /* (nullable) */
  KouanDatabase *db;     /* (nullable) */
} KouanExamination;

KouanFinding *kouan_examination_add (
  KouanExamination *self, const char *id, KouanHealth health, const char *what, const char *remedy);
void kouan_examination_add_detail (KouanExamination *self,
                                   const char *id,
                                   KouanHealth health,
                                   const char *what,
                                   const char *remedy,
                                   const char *detail);

void kouan_examine_keys (KouanExamination *self);
void kouan_examine_certificates (KouanExamination *self);
void kouan_examine_store (KouanExamination *self);
void kouan_examine_lists (KouanExamination *self);
void kouan_examine_programs (KouanExamination *self);

G_END_DECLS
