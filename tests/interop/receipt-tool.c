/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/receipt/receipt.h"

#include <string.h>

/* receipt-tool LANGUAGE CODE FILE: a receipt of a given language, for other people's programs to
 * judge. */

static const KouanReceiptMissing MISSING[] = {
  { { "Health certificate", "健康证明" }, { "Go to the medical centre.", "到保健中心体检。" } },
};

static const KouanReceiptText NEXT[] = {
  { "You get a message within 15 days.", "15日内通知您。" },
};

int
main (int argc, char **argv)
{
  KouanReceiptContent content = {
    .hall_name = { "Binjiang Permit Hall", "滨江办证大厅" },
    .service = { "Work-type residence permit", "工作类居留证件" },
    .handed_in = { "24 November 2026, 09:41", "2026年11月24日 09:41" },
    .number = "K07-000123-4",
    .created = "2026-11-24T09:41:00Z",
    .missing = MISSING,
    .n_missing = G_N_ELEMENTS (MISSING),
    .next = NEXT,
    .n_next = G_N_ELEMENTS (NEXT),
  };
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;
  double height_mm;

  if (argc != 4)
    return 2;
  content.visitor_language = kouan_language_find (argv[1]);
  content.hall_language = kouan_language_find ("zh-Hans");
  content.code = argv[2];
  if (strcmp (argv[1], "ar") == 0)
    content.service.visitor = "تصريح إقامة للعمل";
  pdf = kouan_receipt_render_pdf (&content, &height_mm);
  if (!g_file_set_contents (argv[3], g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf),
                            &error))
    return 3;
  g_print ("%.1f\n", height_mm);
  return 0;
}
