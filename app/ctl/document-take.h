/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl/ctl.h"

G_BEGIN_DECLS

KouanExit kouan_ctl_document_take (int argc, char **argv);
KouanExit kouan_ctl_document_list (int argc, char **argv);

G_END_DECLS
