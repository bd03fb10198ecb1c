/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"
#include "app/identity/document-reader.h"

G_BEGIN_DECLS

/* The document reader that always works: a person types the lines. */
#define KOUAN_TYPE_TYPED_READER (kouan_typed_reader_get_type ())
G_DECLARE_FINAL_TYPE (KouanTypedReader, kouan_typed_reader, KOUAN, TYPED_READER, GObject)

KouanTypedReader *kouan_typed_reader_new (KouanClock *clock);
gboolean
kouan_typed_reader_submit (KouanTypedReader *self, const char *const *lines, GArray **problems);

G_END_DECLS
