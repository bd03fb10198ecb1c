/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/sync/stick.h"

G_BEGIN_DECLS

/* What kouan-sync prints: JSON lines on stdout, and sentences for a person on stderr. */
void kouan_sync_print_progress (const KouanSyncProgress *progress);
void kouan_sync_print_export (const KouanStickReport *report, const GError *error);
void kouan_sync_print_report (const KouanSyncReport *report, const GError *error);

G_END_DECLS
