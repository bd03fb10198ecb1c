/* SPDX-License-Identifier: GPL-3.0-or-later */

const char *oldest = "SELECT id FROM record"
                     " ORDER BY sequence";
