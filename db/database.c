/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/database.h"

G_DEFINE_QUARK (kouan_database_error_quark, kouan_database_error)
