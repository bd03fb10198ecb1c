/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How kouan-scan ends when there is no page; with a page it ends its frames and the code counts for
 * nothing. */
#define KOUAN_SCAN_EXIT_FOUND 0 /* --probe: the scanner can be opened */
#define KOUAN_SCAN_EXIT_USAGE 2
#define KOUAN_SCAN_EXIT_ERROR 16 /* and the KouanScannerError */
