/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-face"

#include "app/face/weights.h"

/* The weights as a part of the program: no path to find them at, no file to lose or exchange, and
 * pages that the kernel reads when a face is first compared. */

#ifdef KOUAN_FACE_BLOB

extern const guint8 kouan_face_blob[];
extern const guint8 kouan_face_blob_end[];

__asm__(".pushsection .rodata\n"
        ".balign 64\n"
        ".global kouan_face_blob\n"
        ".hidden kouan_face_blob\n"
        "kouan_face_blob:\n"
        ".incbin \"" KOUAN_FACE_BLOB "\"\n"
        ".global kouan_face_blob_end\n"
        ".hidden kouan_face_blob_end\n"
        "kouan_face_blob_end:\n"
        ".byte 0\n"
        ".popsection\n");

/* Returns: what was built in; no bytes where nothing was */
KouanFaceWeights
kouan_face_weights_built_in (void)
{
  return (KouanFaceWeights){ kouan_face_blob, (gsize)(kouan_face_blob_end - kouan_face_blob) };
}

#else

/* Returns: what was built in; no bytes where nothing was */
KouanFaceWeights
kouan_face_weights_built_in (void)
{
  return (KouanFaceWeights){ NULL, 0 };
}

#endif
