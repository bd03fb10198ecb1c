/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>

/* A camera's frame of 1280 × 720 in which somebody holds up @code, a printed picture. */
cairo_surface_t *kouan_demo_see_hall (void);
cairo_surface_t *kouan_demo_stand_before (void);
cairo_surface_t *kouan_demo_hold_up_code (cairo_surface_t *code);
cairo_surface_t *
kouan_demo_hold_up_badge (cairo_surface_t *code, const char *name, const char *role);
cairo_surface_t *kouan_demo_draw_badge (cairo_surface_t *code, const char *name, const char *role);
cairo_surface_t *kouan_demo_hold_up_passport (cairo_surface_t *page);
