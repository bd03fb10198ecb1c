/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/mrz-reading.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (KouanMrzReading,
                     kouan_mrz_reading,
                     kouan_mrz_reading_ref,
                     kouan_mrz_reading_unref)

KouanMrzReading *
kouan_mrz_reading_ref (KouanMrzReading *self)
{
  return g_atomic_rc_box_acquire (self);
}

/* Personal data: overwritten when the last holder lets go. */
static void
wipe (gpointer data)
{
  KouanMrzReading *self = data;

  g_clear_pointer (&self->mrz, kouan_mrz_unref);
  g_clear_pointer (&self->as_seen, kouan_mrz_unref);
  explicit_bzero (self, sizeof *self);
}

void
kouan_mrz_reading_unref (KouanMrzReading *self)
{
  g_atomic_rc_box_release_full (self, wipe);
}

/* A check digit proves its field only as it was seen, and only where nothing else is as likely. */
static KouanResult
result_of (const KouanMrzReading *self, KouanMrzCheckDigit check)
{
  if (!self->mrz->checks[check].present)
    return KOUAN_RESULT_NOT_SUPPORTED;
  if (self->as_seen->checks[check].fits && self->accepted)
    return KOUAN_RESULT_SUCCESSFUL;
  return self->mrz->checks[check].fits ? KOUAN_RESULT_UNDETERMINED : KOUAN_RESULT_FAILED;
}

/**
 * kouan_mrz_reading_check:
 *
 * Returns: (transfer full): the checks of an optical reading. Check digits of a reading that was
 * not accepted are undetermined even where they fit: a person or the chip has to say.
 */
KouanChecks *
kouan_mrz_reading_check (const KouanMrzReading *self, const GDate *today)
{
  KouanChecks *checks = kouan_checks_new_for_mrz (self->mrz, KOUAN_SOURCE_OPTICAL, today);

  for (guint i = 0; i < KOUAN_MRZ_N_CHECKS; i++)
    kouan_checks_set (checks, kouan_checks_id_of_digit (i), KOUAN_SOURCE_OPTICAL,
                      result_of (self, i));
  if (!g_str_equal (self->mrz->issuer, self->as_seen->issuer)
      || !g_str_equal (self->mrz->nationality, self->as_seen->nationality))
    kouan_checks_set (checks, KOUAN_CHECK_MRZ_COUNTRY, KOUAN_SOURCE_OPTICAL,
                      KOUAN_RESULT_UNDETERMINED);
  return checks;
}
