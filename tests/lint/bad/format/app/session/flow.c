/* SPDX-License-Identifier: GPL-3.0-or-later */

int answer( void ){ return 42; }
