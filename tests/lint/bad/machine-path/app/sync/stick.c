/* SPDX-License-Identifier: GPL-3.0-or-later */

const char *folder = "/tmp/stick";
