/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>

/* A document camera's frame of 3264 × 2448 in which @page lies on the tray. */
cairo_surface_t *kouan_demo_lay_on_tray (cairo_surface_t *page);
