/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/channel.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The files of a travel document's chip that are read (Doc 9303-10), in the order in which they
 * are. Fingerprints and irises (DG3, DG4) open only to authorities. */
typedef enum
{
  KOUAN_CHIP_FILE_COM,
  KOUAN_CHIP_FILE_SOD,
  KOUAN_CHIP_FILE_DG14,
  KOUAN_CHIP_FILE_DG1,
  KOUAN_CHIP_FILE_DG2,
  KOUAN_CHIP_FILE_DG11,
  KOUAN_CHIP_FILE_DG12,
  KOUAN_CHIP_FILE_DG15,
  KOUAN_CHIP_FILE_CARD_ACCESS, /* in the master file, and in plain: before anything is opened */
  KOUAN_CHIP_FILE_ATR_INFO,
} KouanChipFile;
#define KOUAN_CHIP_N_FILES (KOUAN_CHIP_FILE_ATR_INFO + 1)
#define KOUAN_CHIP_N_DOCUMENT_FILES (KOUAN_CHIP_FILE_DG15 + 1)

typedef struct
{
  const char *name; /* "EF.DG1" */
  guint16 identifier;
  guint8 short_identifier;
  guint8 tag;   /* that its content begins with; 0: it has no one tag */
  guint8 group; /* the data group's number, or 0 */
} KouanChipFileInfo;

const KouanChipFileInfo *kouan_chip_file_info (KouanChipFile file);

/* What answers to ask for. */
#define KOUAN_CHIP_ANSWER_SHORT 256
typedef void (*KouanChipFileProgress) (KouanChipFile file, gsize done, gsize total, gpointer data);

typedef struct
{
  gsize answer_max;               /* beyond KOUAN_CHIP_ANSWER_SHORT in extended length */
  KouanChipFileProgress progress; /* (nullable) */
  gpointer progress_data;
  GCancellable *cancellable; /* (nullable) */
} KouanChipFileOptions;

gboolean kouan_chip_file_select (KouanChipChannel *channel,
                                 KouanChipFile file,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_chip_file_read (KouanChipChannel *channel,
                               KouanChipFile file,
                               const KouanChipFileOptions *options,
                               GByteArray *content,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_chip_file_read_head (KouanChipChannel *channel,
                                    KouanChipFile file,
                                    gsize size,
                                    GByteArray *content,
                                    guint *status,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_chip_file_is_whole (KouanChipFile file, GByteArray *content);

G_END_DECLS
