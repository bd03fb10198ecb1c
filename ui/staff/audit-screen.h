/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/staff-screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_AUDIT_SCREEN (kouan_audit_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanAuditScreen, kouan_audit_screen, KOUAN, AUDIT_SCREEN, KouanStaffScreen)

G_END_DECLS
