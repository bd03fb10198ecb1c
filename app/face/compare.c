/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-face"

#include "app/face/compare.h"

#include <math.h>

/* Euclidean, as the network was taught. Returns: 0 for the same picture, about 1.4 at most */
double
kouan_face_distance (const KouanFaceDescription *one, const KouanFaceDescription *other)
{
  double squares = 0;

  for (guint i = 0; i < KOUAN_FACE_DESCRIPTOR; i++)
    {
      double difference = one->values[i] - other->values[i];

      squares += difference * difference;
    }
  return sqrt (squares);
}

KouanFaceAnswer
kouan_face_judge (double distance)
{
  if (distance < KOUAN_FACE_SAME_BELOW)
    return KOUAN_FACE_THE_SAME;
  return distance > KOUAN_FACE_OTHER_ABOVE ? KOUAN_FACE_NOT_THE_SAME : KOUAN_FACE_ASK_STAFF;
}

const char *
kouan_face_answer_id (KouanFaceAnswer answer)
{
  static const char *const ids[] = { "same", "ask-staff", "not-same" };

  g_return_val_if_fail (answer < G_N_ELEMENTS (ids), NULL);
  return ids[answer];
}
