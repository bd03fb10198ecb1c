/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A printer of 80 mm rolls on the loopback, which says of itself what a test tells it to say. */
typedef struct _KouanFakeIpp KouanFakeIpp;

KouanFakeIpp *kouan_fake_ipp_new (void);
void kouan_fake_ipp_free (KouanFakeIpp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanFakeIpp, kouan_fake_ipp_free)

const char *kouan_fake_ipp_get_uri (KouanFakeIpp *self);

/* What printer-state-reasons says, before and once it holds a document. */
void kouan_fake_ipp_set_reasons (KouanFakeIpp *self, const char *idle, const char *printing);
/* job-state from the second question on: 9 completed, 8 aborted, 5 for ever processing. */
void kouan_fake_ipp_set_job_state (KouanFakeIpp *self, int job_state);

GBytes *kouan_fake_ipp_take_document (KouanFakeIpp *self); /* (nullable) */
int kouan_fake_ipp_get_height (KouanFakeIpp *self); /* of the page, in 1/100 mm; 0: not told */
void kouan_fake_ipp_set_height_max (KouanFakeIpp *self, int height_max);
guint kouan_fake_ipp_get_cancelled (KouanFakeIpp *self);

G_END_DECLS
