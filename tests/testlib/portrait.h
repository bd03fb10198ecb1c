/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* DG2 with one face (ISO/IEC 19794-5:2005) around any bytes; those of a JPEG are named as one, all
 * others as JPEG 2000. */
GBytes *kouan_test_make_dg2 (const guint8 *portrait, gsize size);

G_END_DECLS
