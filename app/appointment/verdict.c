/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-appointment"

#include "app/appointment/verdict.h"

#include "app/language/language.h"

#include <string.h>

/* clang-format off: a list of sentences reads best as one */
static const KouanVerdictWords verdicts[] = {
  [KOUAN_VERDICT_VALID] = {
    "valid",
    N_ ("We found your appointment"),
    N_ ("Keep this code. If you have to stop, it brings you back to where you were."),
  },
  [KOUAN_VERDICT_TOO_EARLY] = {
    "too-early",
    N_ ("Your appointment has not begun yet"),
    N_ ("It begins on {time}. Come back then with this code, or ask our staff for an earlier place."),
  },
  [KOUAN_VERDICT_TOO_LATE] = {
    "too-late",
    N_ ("Your appointment ended on {time}"),
    N_ ("Book a new one where you booked this one. Or start without it: touch “I have no code”."),
  },
  [KOUAN_VERDICT_OTHER_HALL] = {
    "other-hall",
    N_ ("Your appointment is at another hall"),
    N_ ("Go to {hall} on {time} with this code. Or ask our staff whether you can stay here."),
  },
  [KOUAN_VERDICT_USED] = {
    "used",
    N_ ("We already have your application"),
    N_ ("Its number is on your receipt. To add papers, or for a new receipt, go to the staff desk."),
  },
  [KOUAN_VERDICT_NOT_OURS] = {
    "not-ours",
    N_ ("This code is not an appointment here"),
    N_ ("Show the code from your appointment letter. Or start without one: touch “I have no code”."),
  },
  [KOUAN_VERDICT_DAMAGED] = {
    "damaged",
    N_ ("This code is damaged"),
    N_ ("Show the first one that you got, not a photo of it. Or take it to the staff desk."),
  },
  [KOUAN_VERDICT_REVOKED] = {
    "revoked",
    N_ ("This appointment was cancelled"),
    N_ ("Show the newer code, if you got one. Or start without it: touch “I have no code”."),
  },
  [KOUAN_VERDICT_MOVED] = {
    "moved",
    N_ ("Your appointment was moved"),
    N_ ("It is now on {time}. Come back then with this code, or ask our staff for an earlier place."),
  },
};
/* clang-format on */

/**
 * kouan_verdict_words:
 *
 * Returns: (transfer none): for every verdict, of which no two are alike
 */
const KouanVerdictWords *
kouan_verdict_words (KouanVerdict verdict)
{
  g_return_val_if_fail (verdict < G_N_ELEMENTS (verdicts), NULL);

  return &verdicts[verdict];
}

/**
 * kouan_verdict_fill:
 * @text: a title or a remedy, translated
 * @hall: (nullable): the name of the appointment's hall; %NULL leaves the place as it is
 * @time: (nullable): kouan_appointment_get_time_for() as the reader's language writes it
 *
 * Returns: (transfer full): @text with "{hall}" and "{time}" filled in
 */
char *
kouan_verdict_fill (const char *text, const char *hall, const char *time)
{
  GString *filled = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  filled = g_string_sized_new (strlen (text) + 64);
  while (*text != '\0')
    {
      const char *value = NULL;
      const char *place = g_str_has_prefix (text, "{hall}")   ? "{hall}"
                          : g_str_has_prefix (text, "{time}") ? "{time}"
                                                              : NULL;

      if (place != NULL)
        value = g_str_equal (place, "{hall}") ? hall : time;
      if (value != NULL)
        g_string_append (filled, value);
      else
        g_string_append_c (filled, *text);
      text += value != NULL ? strlen (place) : 1;
    }
  return g_string_free (filled, FALSE);
}

KouanVerdict
kouan_verdict_of_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, KOUAN_VERDICT_DAMAGED);

  return g_error_matches (error, KOUAN_APPOINTMENT_ERROR, KOUAN_APPOINTMENT_ERROR_NOT_OURS)
           ? KOUAN_VERDICT_NOT_OURS
           : KOUAN_VERDICT_DAMAGED;
}
