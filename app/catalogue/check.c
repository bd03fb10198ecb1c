/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/check.h"

#include "app/catalogue/folder.h"
#include "app/catalogue/reader.h"

/* Looks at a whole folder as its author left it, signed or not, and explains every fault. This is
 * the only reader of catalogues that asks for no signature, and it hands out no services. */

static void
add_fault (GPtrArray *faults,
           KouanService *service,
           const char *path,
           KouanFaultKind kind,
           const char *what,
           const char *remedy)
{
  g_ptr_array_add (faults, kouan_fault_new (kind, service->file, path, what, remedy));
}

static void
compare_heads (KouanService *service, KouanService *other, GPtrArray *faults)
{
  g_autofree char *remedy
    = g_strdup_printf ("It is that of %s. Give one of them another.", other->file);

  if (g_str_equal (service->id, other->id))
    add_fault (faults, service, "$.id", KOUAN_FAULT_DUPLICATE, "Another service has this id.",
               remedy);
  if (service->code == other->code)
    add_fault (faults, service, "$.code", KOUAN_FAULT_DUPLICATE, "Another service has this code.",
               remedy);
}

/* The same paper has the same code everywhere, so that people and machines learn it once. */
static void
compare_documents (KouanService *service, KouanService *other, GPtrArray *faults)
{
  for (guint i = 0; i < service->documents->len; i++)
    {
      KouanDocumentItem *document = service->documents->pdata[i];
      KouanDocumentItem *same = kouan_service_find_document (other, document->id);
      KouanDocumentItem *coded = kouan_service_find_document_by_code (other, document->code);
      g_autofree char *path = g_strdup_printf ("$.documents[%u].code", i);
      g_autofree char *remedy = g_strdup_printf (
        "Use one code for one document in all files; compare with %s.", other->file);

      if ((same != NULL && same->code != document->code)
          || (coded != NULL && !g_str_equal (coded->id, document->id)))
        add_fault (faults, service, path, KOUAN_FAULT_DUPLICATE,
                   "This document has another code elsewhere, or the code is another document's.",
                   remedy);
    }
}

static void
compare_languages (KouanService *service, KouanService *other, GPtrArray *faults)
{
  for (guint i = 0; i < other->languages->len; i++)
    if (!g_ptr_array_find_with_equal_func (service->languages, other->languages->pdata[i],
                                           g_str_equal, NULL))
      {
        g_autofree char *what = g_strdup_printf ("This file lacks the language “%s”, which %s has.",
                                                 (char *)other->languages->pdata[i], other->file);

        add_fault (faults, service, "$.languages", KOUAN_FAULT_LANGUAGE, what,
                   "Translate its texts, and add the language.");
      }
}

static void
compare_services (GPtrArray *services, GPtrArray *faults)
{
  for (guint i = 0; i < services->len; i++)
    for (guint j = 0; j < services->len; j++)
      {
        if (i > j)
          {
            compare_heads (services->pdata[i], services->pdata[j], faults);
            compare_documents (services->pdata[i], services->pdata[j], faults);
          }
        if (i != j)
          compare_languages (services->pdata[i], services->pdata[j], faults);
      }
}

/* What the hall speaks and the file does not: its visitors would read English. */
static void
report_untranslated (KouanService *service, const char *const *languages, GPtrArray *faults)
{
  g_autoptr (GString) lacking = g_string_new (NULL);
  g_autofree char *what = NULL;

  for (guint i = 0; languages != NULL && languages[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (service->languages, languages[i], g_str_equal, NULL))
      g_string_append_printf (lacking, "%s“%s”", lacking->len > 0 ? ", " : "", languages[i]);
  if (lacking->len == 0)
    return;
  what = g_strdup_printf ("The hall speaks %s, and this file does not yet.", lacking->str);
  add_fault (faults, service, "$.languages", KOUAN_FAULT_TRANSLATION, what,
             "Translate its texts and add the languages, or say with --languages what the hall "
             "speaks. Until then these visitors read English.");
}

/* Returns: FALSE with an error if the file could not be read */
static gboolean
check_file (const char *folder,
            const char *name,
            const GDate *today,
            GPtrArray *services,
            GPtrArray *faults,
            GError **error)
{
  g_autoptr (GBytes) content = kouan_folder_read (folder, name, error);
  g_autoptr (KouanCalendar) calendar = NULL;
  KouanService *service;
  const char *text;
  gsize size;

  if (content == NULL)
    return FALSE;
  text = g_bytes_get_data (content, &size);
  if (g_str_equal (name, KOUAN_CATALOGUE_CALENDAR))
    {
      calendar = kouan_read_calendar (name, text != NULL ? text : "", size, today, faults);
      return TRUE;
    }
  service = kouan_read_service (name, text != NULL ? text : "", size, today, faults);
  if (service != NULL)
    g_ptr_array_add (services, service);
  return TRUE;
}

/**
 * kouan_catalogue_check:
 * @today: what rules are due against
 * @languages: (nullable) (array zero-terminated=1): what the hall speaks, as BCP 47
 * @n_services: (out) (optional): files without an error
 * @error: KOUAN_CATALOGUE_ERROR_MISSING: there is no catalogue to look at
 *
 * Returns: (transfer full) (element-type KouanFault) (nullable): empty if nothing is wrong
 */
GPtrArray *
kouan_catalogue_check (const char *folder,
                       const GDate *today,
                       const char *const *languages,
                       guint *n_services,
                       GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
  g_autoptr (GPtrArray) services
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_service_unref);
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (folder != NULL && today != NULL, NULL);

  names = kouan_folder_list (folder, error);
  if (names == NULL)
    return NULL;
  for (guint i = 0; i < names->len; i++)
    if (!check_file (folder, names->pdata[i], today, services, faults, error))
      return NULL;
  compare_services (services, faults);
  for (guint i = 0; i < services->len; i++)
    report_untranslated (services->pdata[i], languages, faults);
  if (n_services != NULL)
    *n_services = services->len;
  return g_steal_pointer (&faults);
}
