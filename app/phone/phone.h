/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/phone/envelope.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_PHONE_ERROR_CONFIGURATION, /* the text names no way to a phone */
  KOUAN_PHONE_ERROR_OFFLINE,       /* this kiosk cannot serve: no such address, port taken */
  KOUAN_PHONE_ERROR_TIME_OVER,     /* or as many files as are taken in one go */
  KOUAN_PHONE_ERROR_CUT,           /* the phone was lost in the middle of a file */
  KOUAN_PHONE_ERROR_FAILED,
} KouanPhoneError;
#define KOUAN_PHONE_ERROR (kouan_phone_error_quark ())
GQuark kouan_phone_error_quark (void);
const char *kouan_phone_error_title (const GError *error);
const char *kouan_phone_error_remedy (const GError *error);

/* A way for files from the visitor's own phone. Off until it is started; each start has a new
 * address.
 *
 * Property "address" (string, nullable): what the phone has to open, once that is served.
 * Signals: "here": the phone has the page, or still has it
 *          "progress" (double): how much of the file that comes is there
 *          "file" (KouanPhoneFile): transfer none
 *          "trouble" (GError): CUT: it goes on; any other: it is off now */
#define KOUAN_TYPE_PHONE (kouan_phone_get_type ())
G_DECLARE_DERIVABLE_TYPE (KouanPhone, kouan_phone, KOUAN, PHONE, GObject)

struct _KouanPhoneClass
{
  GObjectClass parent_class;

  void (*start) (KouanPhone *self, const char *language);
  void (*stop) (KouanPhone *self);
};

KouanPhone *kouan_phone_new_for_source (const char *source,
                                        const char *program,
                                        const char *messages,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_phone_set_wifi (KouanPhone *self, const char *name, const char *password);
const char *kouan_phone_get_wifi (KouanPhone *self);
char *kouan_phone_get_wifi_text (KouanPhone *self);
const char *kouan_phone_get_wifi_password (KouanPhone *self);

void kouan_phone_start (KouanPhone *self, const char *language);
void kouan_phone_stop (KouanPhone *self);
const char *kouan_phone_get_address (KouanPhone *self);

/* For implementations. */
void kouan_phone_set_address (KouanPhone *self, const char *address);
void kouan_phone_emit_here (KouanPhone *self);
void kouan_phone_emit_progress (KouanPhone *self, double fraction);
void kouan_phone_emit_file (KouanPhone *self, KouanPhoneFile *file);
void kouan_phone_emit_trouble (KouanPhone *self, KouanPhoneError code, const char *message);

G_END_DECLS
