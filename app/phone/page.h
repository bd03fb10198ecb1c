/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The page that a phone gets, whole, and what may run in it. */
typedef struct
{
  char *html;
  char *policy; /* of Content-Security-Policy */
} KouanPhonePage;

KouanPhonePage *kouan_phone_page_new (const char *language) G_GNUC_WARN_UNUSED_RESULT;
void kouan_phone_page_free (KouanPhonePage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanPhonePage, kouan_phone_page_free)

G_END_DECLS
