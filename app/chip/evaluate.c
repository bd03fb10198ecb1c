/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/evaluate.h"

#include "app/lds/lds.h"

#include <string.h>

/* The checks that need the chip alone are electronic; the one that holds the chip against the page
 * is combined (BSI TR-03135-1). Chip and active authentication say that the chip is no copy of
 * another; that its data are an authority's, only passive authentication says. */

static gboolean
is_same_person (const KouanMrz *a, const KouanMrz *b)
{
  return g_str_equal (a->document_number, b->document_number) && g_str_equal (a->issuer, b->issuer)
         && g_str_equal (a->nationality, b->nationality) && a->sex == b->sex
         && memcmp (&a->birth, &b->birth, sizeof a->birth) == 0
         && memcmp (&a->expiry, &b->expiry, sizeof a->expiry) == 0;
}

/* Letter for letter it fits. A name that differs may have been misread or mistyped, and may have
 * been forged: that is for a person to look at. */
static KouanResult
compare_zones (const KouanMrz *known, const KouanMrz *chip)
{
  gboolean same = TRUE;

  for (guint i = 0; i < KOUAN_MRZ_LINES_MAX; i++)
    same = same && g_str_equal (known->lines[i], chip->lines[i]);
  if (same)
    return KOUAN_RESULT_SUCCESSFUL;
  return is_same_person (known, chip) ? KOUAN_RESULT_UNDETERMINED : KOUAN_RESULT_FAILED;
}

static void
add_checks (KouanChecks *checks, KouanChipReading *reading)
{
  const KouanSource source = KOUAN_SOURCE_ELECTRONIC;

  kouan_checks_set (checks, KOUAN_CHECK_CHIP_ACCESS, source,
                    kouan_chip_reading_get_access (reading) != KOUAN_CHIP_ACCESS_NONE
                      ? KOUAN_RESULT_SUCCESSFUL
                      : KOUAN_RESULT_NOT_SUPPORTED);
  kouan_checks_set (checks, KOUAN_CHECK_CHIP_CARD_ACCESS, source,
                    kouan_chip_reading_get_card_access (reading));
  kouan_checks_set (checks, KOUAN_CHECK_CHIP_AUTHENTICATION, source,
                    kouan_chip_reading_get_chip_authentication (reading));
  kouan_checks_set (checks, KOUAN_CHECK_CHIP_ACTIVE_AUTHENTICATION, source,
                    kouan_chip_reading_get_active_authentication (reading));
}

static void
add_files (KouanDocumentReading *result, KouanChipReading *reading)
{
  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_FILES; file++)
    {
      g_autoptr (GBytes) content = kouan_chip_reading_dup_file (reading, file);

      if (content != NULL)
        kouan_document_reading_set_file (result, kouan_chip_file_info (file)->name, content);
    }
}

/**
 * kouan_chip_evaluate:
 * @reading: that has been run to its end
 * @known: (nullable): what the page says
 *
 * Returns: (transfer full) (nullable): %NULL with %KOUAN_CHIP_ERROR_MALFORMED if DG1 has no zone
 */
KouanDocumentReading *
kouan_chip_evaluate (KouanChipReading *reading,
                     const KouanMrz *known,
                     const GDate *today,
                     GError **error)
{
  g_autoptr (GBytes) content = kouan_chip_reading_dup_file (reading, KOUAN_CHIP_FILE_DG1);
  g_autoptr (KouanMrz) mrz = NULL;
  g_autoptr (KouanChecks) checks = NULL;
  g_autoptr (GError) local = NULL;
  KouanDocumentReading *result;

  g_return_val_if_fail (content != NULL, NULL);

  mrz = kouan_lds_parse_dg1 (g_bytes_get_data (content, NULL), g_bytes_get_size (content), today,
                             &local);
  if (mrz == NULL)
    {
      g_set_error_literal (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_MALFORMED, local->message);
      return NULL;
    }
  checks = kouan_checks_new_for_mrz (mrz, KOUAN_SOURCE_ELECTRONIC, today);
  add_checks (checks, reading);
  if (known != NULL)
    kouan_checks_set (checks, KOUAN_CHECK_CHIP_MRZ, KOUAN_SOURCE_COMBINED,
                      compare_zones (known, mrz));
  result = kouan_document_reading_new (KOUAN_SOURCE_ELECTRONIC, mrz, checks);
  add_files (result, reading);
  return result;
}
