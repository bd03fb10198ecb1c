/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/sync/enrolment-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What stands inside the signatures of an enrolment's three messages, and two of them as they come.
 */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanEnrolmentRequest) request = kouan_enrolment_request_read (bytes, "key", &error);
  g_autoptr (KouanEnrolmentRequest) unsigned_request = NULL;
  g_autoptr (KouanEnrolmentBundle) bundle = NULL;
  g_autoptr (KouanEnrolmentCard) card = NULL;
  g_autoptr (KouanEnrolmentCard) inside = NULL;
  g_autofree char *hub = NULL;

  g_assert_true ((request == NULL) == (error != NULL));
  g_clear_error (&error);
  bundle = kouan_enrolment_bundle_read (bytes, &error);
  g_assert_true ((bundle == NULL) == (error != NULL));
  g_clear_error (&error);
  if (bundle != NULL)
    g_assert_true (bundle->hall_key != NULL && bundle->kiosk_id > 0);
  unsigned_request = kouan_enrolment_request_verify (bytes, &error);
  g_assert_true ((unsigned_request == NULL) == (error != NULL));
  g_clear_error (&error);
  card = kouan_enrolment_card_verify (bytes, &hub, &error);
  g_assert_true ((card == NULL) == (error != NULL));
  g_clear_error (&error);
  inside = kouan_enrolment_card_read (bytes, &error);
  g_assert_true ((inside == NULL) == (error != NULL));
  if (inside != NULL)
    g_assert_true (inside->hub_id > 0 && inside->name != NULL && inside->authority != NULL);
  return 0;
}
