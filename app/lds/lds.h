/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/mrz.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_LDS_ERROR_MALFORMED,     /* not in the format at all; the message names the file */
  KOUAN_LDS_ERROR_NOT_SUPPORTED, /* in the format, and with something in it that is not read here */
} KouanLdsError;
#define KOUAN_LDS_ERROR (kouan_lds_error_quark ())
GQuark kouan_lds_error_quark (void);

/* The logical data structure of a travel document (Doc 9303-10): data groups 1 to 16, and over them
 * EF.COM, which lists them, and EF.SOD, which signs them. */
#define KOUAN_LDS_GROUPS 16
#define KOUAN_LDS_TAG_COM 0x60
#define KOUAN_LDS_TAG_SOD 0x77

guint kouan_lds_group_tag (guint group);  /* of the file of a data group, 1 to 16 */
guint kouan_lds_group_of_tag (guint tag); /* 0: of none */

typedef struct
{
  char lds_version[5];     /* "0107": version and release, as digits */
  char unicode_version[7]; /* "040000" */
  guint32 groups;          /* bit N: data group N is said to be there */
} KouanLdsCom;

gboolean kouan_lds_parse_com (const guint8 *data, gsize size, KouanLdsCom *com, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
KouanMrz *kouan_lds_parse_dg1 (const guint8 *data, gsize size, const GDate *today, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_lds_parse_dg15 (const guint8 *data,
                              gsize size,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT; /* SubjectPublicKeyInfo */

/* The files, as chips write them. */
GBytes *kouan_lds_make_com (const KouanLdsCom *com);
GBytes *kouan_lds_make_dg1 (const char *const *lines);

G_END_DECLS
