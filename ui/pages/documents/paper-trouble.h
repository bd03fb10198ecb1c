/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/session/trouble.h"

G_BEGIN_DECLS

/* What the scanner, the stick and the reading of a file may answer, as a trouble. */
KouanTrouble *kouan_paper_trouble_new (const GError *error);

G_END_DECLS
