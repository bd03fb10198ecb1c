/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assets/demo/applicant.h"
#include "assets/demo/paper.h"

G_BEGIN_DECLS

/* What her application for a residence permit needs. */
KouanPaper *kouan_demo_work_permit_notice (const KouanApplicant *applicant);
KouanPaper *kouan_demo_accommodation_registration (const KouanApplicant *applicant);
KouanPaper *kouan_demo_employer_consent (const KouanApplicant *applicant);
KouanPaper *kouan_demo_health_certificate (const KouanApplicant *applicant);
KouanPaper *kouan_demo_lease (const KouanApplicant *applicant);
KouanPaper *kouan_demo_lease_terms (const KouanApplicant *applicant);

G_END_DECLS
