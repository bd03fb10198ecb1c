/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/catalogue.h"
#include "app/catalogue/checklist.h"
#include "app/clock/clock.h"
#include "app/identity/result.h"
#include "app/session/visit.h"

G_BEGIN_DECLS

#define KOUAN_APPLICATION_PORTRAIT "portrait.jpg" /* what the picture is called in a record */

/* The parts of a record that are JSON. Each is UTF-8, indented, ending with a line feed; an officer
 * reads them as they are. */
GBytes *kouan_application_json (KouanVisit *visit,
                                KouanService *service,
                                guint64 catalogue_version,
                                const KouanContext *context,
                                const KouanMrz *mrz,
                                gint64 submitted_s);
GBytes *kouan_identity_json (KouanVisit *visit, const KouanMrz *mrz);
GBytes *kouan_consents_json (KouanVisit *visit);
GBytes *kouan_signature_svg (KouanVisit *visit);

/* Ids of the documents that have a page, for kouan_checklist_missing (). */
char **kouan_application_kept_ids (KouanVisit *visit);

/* "03-lodging-registration.pdf": the order of the checklist, so that a folder lists them as the
 * desk does. */
char *kouan_application_member_name (guint ordinal, const char *kind);

G_END_DECLS
