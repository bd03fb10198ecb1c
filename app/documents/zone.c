/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/zone.h"

#include "app/documents/gray.h"
#include "app/identity/mrz-reader.h"

#define ANY_YEAR 2000 /* it decides centuries, and those do not stand in a zone */

static char *
join_lines (const KouanMrzReading *reading)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < KOUAN_MRZ_LINES_MAX && reading->corrected[i][0] != '\0'; i++)
    g_strv_builder_add (builder, reading->corrected[i]);
  lines = g_strv_builder_end (builder);
  return g_strjoinv ("\n", lines);
}

/**
 * kouan_page_read_zone:
 * @page: of any size, any way up
 *
 * Reads the machine readable zone on the picture of a travel document's page. A zone of which a
 * character had to be corrected where check digits count is none: what is read here is held against
 * the passport, and nobody is to be accused by a guess.
 *
 * Takes up to some hundred milliseconds where there is none: for worker threads and terminals.
 *
 * Returns: (transfer full) (nullable): its lines, with a line feed between them
 */
char *
kouan_page_read_zone (KouanPage *page)
{
  g_autoptr (KouanMrzReader) reader = kouan_mrz_reader_new ();
  g_autoptr (KouanGray) gray = kouan_gray_new (page, G_MAXUINT);
  g_autoptr (KouanMrzReading) reading = NULL;
  g_autoptr (GDate) any_day = g_date_new_dmy (1, G_DATE_JANUARY, ANY_YEAR);

  reading = kouan_mrz_reader_read (reader, NULL, gray->data, gray->width, gray->height, gray->width,
                                   KOUAN_MRZ_EFFORT_PICTURE, any_day);
  return reading != NULL && reading->accepted ? join_lines (reading) : NULL;
}
