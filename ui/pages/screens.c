/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/screens.h"

#include "app/language/language.h"
#include "ui/pages/appointment/appointment-screen.h"
#include "ui/pages/attract/attract-screen.h"
#include "ui/pages/consent/consent-screen.h"
#include "ui/pages/details/details-screen.h"
#include "ui/pages/documents/documents-screen.h"
#include "ui/pages/identity/identity-screen.h"
#include "ui/pages/language/language-screen.h"
#include "ui/pages/parked/parked-screen.h"
#include "ui/pages/rating/rating-screen.h"
#include "ui/pages/receipt/receipt-screen.h"
#include "ui/pages/review/review-screen.h"
#include "ui/pages/service/service-screen.h"
#include "ui/pages/sign/sign-screen.h"
#include "ui/pages/submit/submit-screen.h"
#include "ui/pages/kouan-pages-resources.h"
#include "ui/pages/walk-in/walk-in-screen.h"

/* Which screen a state of the visit has: the one place where the flow and the pages meet. */

static GType
type_for_state (KouanFlowState state)
{
  switch (state)
    {
    case KOUAN_STATE_ATTRACT:
    case KOUAN_STATE_FORGET:
      return KOUAN_TYPE_ATTRACT_SCREEN;
    case KOUAN_STATE_LANGUAGE:
      return KOUAN_TYPE_LANGUAGE_SCREEN;
    case KOUAN_STATE_CONSENT:
      return KOUAN_TYPE_CONSENT_SCREEN;
    case KOUAN_STATE_APPOINTMENT:
      return KOUAN_TYPE_APPOINTMENT_SCREEN;
    case KOUAN_STATE_SERVICE:
      return KOUAN_TYPE_SERVICE_SCREEN;
    case KOUAN_STATE_WALK_IN:
      return KOUAN_TYPE_WALK_IN_SCREEN;
    case KOUAN_STATE_IDENTITY:
      return KOUAN_TYPE_IDENTITY_SCREEN;
    case KOUAN_STATE_DETAILS:
      return KOUAN_TYPE_DETAILS_SCREEN;
    case KOUAN_STATE_DOCUMENTS:
      return KOUAN_TYPE_DOCUMENTS_SCREEN;
    case KOUAN_STATE_REVIEW:
      return KOUAN_TYPE_REVIEW_SCREEN;
    case KOUAN_STATE_SIGN:
      return KOUAN_TYPE_SIGN_SCREEN;
    case KOUAN_STATE_SUBMIT:
      return KOUAN_TYPE_SUBMIT_SCREEN;
    case KOUAN_STATE_RECEIPT:
      return KOUAN_TYPE_RECEIPT_SCREEN;
    case KOUAN_STATE_RATING:
      return KOUAN_TYPE_RATING_SCREEN;
    case KOUAN_STATE_PARKED:
      return KOUAN_TYPE_PARKED_SCREEN;
    case KOUAN_N_STATES:
      break;
    }
  g_assert_not_reached ();
}

/* The templates are linked in statically, where their registration would be left out. */
void
kouan_screens_init (void)
{
  g_resources_register (kouan_pages_get_resource ());
}

/* Returns: (transfer floating) */
KouanScreen *
kouan_screen_new_for_state (KouanFlowState state, KouanKiosk *kiosk)
{
  return g_object_new (type_for_state (state), "kiosk", kiosk, NULL);
}

/* @ordinal: 1 to 7, as kouan_flow_state_ordinal() counts */
const char *
kouan_screen_step_name (int ordinal)
{
  static const char *const names[] = {
    N_ ("Appointment"), N_ ("Identity"),  N_ ("Details"), N_ ("Papers"),
    N_ ("Check"),       N_ ("Signature"), N_ ("Receipt"),
  };

  g_return_val_if_fail (ordinal >= 1 && ordinal <= (int)G_N_ELEMENTS (names), NULL);

  return names[ordinal - 1];
}
