/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/lds/lds.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_FACE_ENCODING_19794, /* ISO/IEC 19794-5:2005, in 5F2E */
  KOUAN_FACE_ENCODING_39794, /* ISO/IEC 39794-5:2019, in 7F2E */
} KouanFaceEncoding;

typedef enum
{
  KOUAN_FACE_FORMAT_JPEG,
  KOUAN_FACE_FORMAT_JPEG_2000,
} KouanFaceFormat;

/* The portrait in DG2, as the bytes of a picture file that nobody has opened yet. */
typedef struct
{
  KouanFaceEncoding encoding;
  KouanFaceFormat format; /* by its first bytes */
  guint width;            /* pixels, as declared; 0: not said */
  guint height;
  guint count; /* of portraits in the file; this is the first */
  GBytes *picture;
} KouanDg2;

KouanDg2 *
kouan_dg2_parse (const guint8 *data, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_dg2_free (KouanDg2 *self);

const char *kouan_face_encoding_id (KouanFaceEncoding encoding); /* "iso-19794-5" */
const char *kouan_face_format_id (KouanFaceFormat format);       /* "jpeg-2000" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanDg2, kouan_dg2_free)

G_END_DECLS
