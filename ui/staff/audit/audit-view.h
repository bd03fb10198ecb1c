/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"
#include "app/station/station.h"
#include "db/kiosk/audit.h"
#include "ui/widgets/field.h"

G_BEGIN_DECLS

/* Who did what at this kiosk: searched, filtered, newest first, and whether the log is whole.
 *
 * Signal: "export": somebody wants the signed file; who may do that is for the page around it. */
#define KOUAN_TYPE_AUDIT_VIEW (kouan_audit_view_get_type ())
G_DECLARE_FINAL_TYPE (KouanAuditView, kouan_audit_view, KOUAN, AUDIT_VIEW, GtkWidget)

GtkWidget *kouan_audit_view_new (KouanStation *station, KouanDatabase *db, KouanClock *clock);
void kouan_audit_view_filter (KouanAuditView *self, const char *who, const char *text);
gboolean kouan_audit_view_export (KouanAuditView *self,
                                  const char *path,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint kouan_audit_view_count (KouanAuditView *self); /* entries that are shown */
KouanField *kouan_audit_view_get_field (KouanAuditView *self);

G_END_DECLS
