/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/shell.h"

G_BEGIN_DECLS

/* A visit that is walked from inside, on a station with a real store and the catalogue that ships, at
 * 30 November 2026: what the pages are shown with, without a robot. */
typedef struct
{
  char *folder;
  KouanClock *clock;
  KouanSigningKey *issuer;
  KouanStation *station;
  KouanCatalogue *catalogue;
  KouanPixels *pixels;
  KouanSession *session;
  KouanKiosk *kiosk; /* with a camera, a scanner, a stick and a printer that files play */
} KouanTestVisit;

KouanTestVisit *kouan_test_visit_new (void);
void kouan_test_visit_free (KouanTestVisit *self);

/* Walks on until @state is reached, answering as the applicant would. @state is in the order of a
 * visit with an appointment. */
void kouan_test_visit_walk (KouanTestVisit *self, KouanFlowState state);
void kouan_test_visit_send (KouanTestVisit *self, KouanFlowEvent event);
KouanDocumentReading *kouan_test_visit_read (KouanTestVisit *self); /* (transfer full): her passport */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTestVisit, kouan_test_visit_free)

G_END_DECLS
