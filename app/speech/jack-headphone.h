/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/speech/headphone.h"

G_BEGIN_DECLS

/* The jack of a sound card or of a keypad, as the kernel's input layer reports it. */
#define KOUAN_TYPE_JACK_HEADPHONE (kouan_jack_headphone_get_type ())
G_DECLARE_FINAL_TYPE (KouanJackHeadphone, kouan_jack_headphone, KOUAN, JACK_HEADPHONE, GObject)

KouanHeadphone *kouan_jack_headphone_new (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
