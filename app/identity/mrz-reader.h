/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/cn-permit-read.h"
#include "app/identity/mrz-reading.h"

G_BEGIN_DECLS

/* Reads machine readable zones in pictures. It never changes after it is made: any number of
 * threads may use one. */
typedef struct _KouanMrzReader KouanMrzReader;

/* How much work one picture may be. */
typedef enum
{
  KOUAN_MRZ_EFFORT_FRAME,   /* of a camera: the next one comes soon */
  KOUAN_MRZ_EFFORT_PICTURE, /* the only one there is */
} KouanMrzEffort;

/* What several pictures of one document show together. */
typedef struct _KouanMrzPile KouanMrzPile;

KouanMrzReader *kouan_mrz_reader_new (void);
void kouan_mrz_reader_free (KouanMrzReader *self);
KouanMrzReading *kouan_mrz_reader_read (const KouanMrzReader *self,
                                        KouanMrzPile *pile,
                                        const guint8 *pixels,
                                        guint width,
                                        guint height,
                                        gsize stride,
                                        KouanMrzEffort effort,
                                        const GDate *today) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_mrz_reader_read_permit (const KouanMrzReader *self,
                                       const guint8 *pixels,
                                       guint width,
                                       guint height,
                                       gsize stride,
                                       const GDate *today,
                                       KouanCnPermitReading *reading) G_GNUC_WARN_UNUSED_RESULT;

KouanMrzPile *kouan_mrz_pile_new (void);
void kouan_mrz_pile_free (KouanMrzPile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanMrzReader, kouan_mrz_reader_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanMrzPile, kouan_mrz_pile_free)

G_END_DECLS
