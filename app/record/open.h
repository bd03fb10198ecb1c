/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/age.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_RECORD_ERROR_WRONG_KEY, /* this identity does not open it */
  KOUAN_RECORD_ERROR_DAMAGED,   /* not a record, cut short or changed */
  KOUAN_RECORD_ERROR_UNSAFE, /* a name in it would leave the folder, or it is larger than any record
                              */
  KOUAN_RECORD_ERROR_MISMATCH, /* its manifest tells of other contents */
  KOUAN_RECORD_ERROR_IO,       /* a file or folder of this machine */
  KOUAN_RECORD_ERROR_EXISTS,   /* the folder is there and not empty */
} KouanRecordError;
#define KOUAN_RECORD_ERROR (kouan_record_error_quark ())
GQuark kouan_record_error_quark (void);

/* Opens a sealed record into a folder that is not there yet or is empty: all of it, or nothing.
 * Returns: (transfer full) (element-type utf8): the names of its members, in order */
GPtrArray *kouan_record_open (const char *path,
                              KouanAgeIdentity *identity,
                              const char *folder,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
