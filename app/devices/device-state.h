/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a device can say about itself, in the words of IATA's CUSS, which hall staff know. */
typedef enum
{
  KOUAN_DEVICE_OFF,      /* nobody has started it */
  KOUAN_DEVICE_STARTING, /* asked to work, no sign of life so far */
  KOUAN_DEVICE_READY,
  KOUAN_DEVICE_NEEDS_PAPER,
  KOUAN_DEVICE_JAMMED,
  KOUAN_DEVICE_COVER_OPEN,
  KOUAN_DEVICE_OFFLINE, /* not there, or it does not answer */
  KOUAN_DEVICE_FAILED,  /* there, and broken */
} KouanDeviceState;

#define KOUAN_TYPE_DEVICE_STATE (kouan_device_state_get_type ())
GType kouan_device_state_get_type (void);

const char *kouan_device_state_to_string (KouanDeviceState state);
const char *kouan_device_state_to_label (KouanDeviceState state);

/* A device as the station's configuration names it. */
typedef enum
{
  KOUAN_DEVICE_ERROR_CONFIGURATION, /* the text names no device that this program knows */
} KouanDeviceError;
#define KOUAN_DEVICE_ERROR (kouan_device_error_quark ())
GQuark kouan_device_error_quark (void);

/* The part behind "scheme:", or NULL if @source has another scheme. */
const char *kouan_device_source_part (const char *source, const char *scheme);

G_END_DECLS
