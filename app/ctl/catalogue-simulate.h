/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl/ctl.h"

G_BEGIN_DECLS

KouanExit kouan_ctl_catalogue_simulate (const char *folder,
                                        const char *answers,
                                        const char *language,
                                        const char *calendar);

G_END_DECLS
