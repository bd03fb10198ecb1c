/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/face/face.h"

G_BEGIN_DECLS

/* Whether two pictures show one person. Nobody is refused by it: what is not the same goes to a
 * desk. */
typedef enum
{
  KOUAN_FACE_THE_SAME,
  KOUAN_FACE_ASK_STAFF,
  KOUAN_FACE_NOT_THE_SAME,
} KouanFaceAnswer;

/* Distances between descriptions. On 40 pictures of eight people that were at hand, pairs of one
 * person lay 0.444 apart in the mean and 0.632 at most, pairs of two 0.824 and 0.588 at least: that
 * is a proof that it works, and no error rate. Whoever runs a station has to measure their own. */
#define KOUAN_FACE_SAME_BELOW 0.50
#define KOUAN_FACE_OTHER_ABOVE 0.60

double kouan_face_distance (const KouanFaceDescription *one, const KouanFaceDescription *other);
KouanFaceAnswer kouan_face_judge (double distance);
const char *kouan_face_answer_id (KouanFaceAnswer answer); /* "same", for JSON */

G_END_DECLS
