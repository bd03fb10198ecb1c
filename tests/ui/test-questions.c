/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/language/language.h"
#include "tests/testlib/fixture.h"
#include "ui/pages/details/question-editor.h"
#include "ui/style/style.h"

#include "app/catalogue/catalogue.h"

/* Every question of every catalogue that is at hand, in its editor: empty, and with an answer that
 * the editor gives back as it was. */

/* (transfer none) (nullable): an answer of the question's kind */
static const char *
some_answer (KouanQuestion *question)
{
  GPtrArray *choices = kouan_question_get_choices (question);

  switch (kouan_question_get_kind (question))
    {
    case KOUAN_QUESTION_DATE:
      return "2026-05-03";
    case KOUAN_QUESTION_NUMBER:
      return "123456789012345";
    case KOUAN_QUESTION_CHOICE:
      return kouan_choice_get_id (choices->pdata[choices->len - 1]);
    case KOUAN_QUESTION_YES_NO:
      return "no";
    case KOUAN_QUESTION_COUNTRY:
      return "ITA";
    case KOUAN_QUESTION_TEXT:
    case KOUAN_QUESTION_ADDRESS:
    default:
      return kouan_question_get_pattern (question) == KOUAN_PATTERN_NAME ? "ADA" : "1";
    }
}

static void
try_editor (KouanQuestion *question, const char *answer)
{
  GtkWidget *editor = g_object_ref_sink (kouan_question_editor_new (question, answer));
  const char *value = kouan_question_editor_get_value (KOUAN_QUESTION_EDITOR (editor));

  g_assert_cmpstr (value != NULL ? value : "", ==, answer != NULL ? answer : "");
  kouan_question_editor_set_problem (KOUAN_QUESTION_EDITOR (editor), "Do it another way");
  g_object_unref (editor);
}

static void
test_folder (gconstpointer data)
{
  static const char *const profiles[] = { "service", "border", "overseas" };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanCatalogue) catalogue = kouan_catalogue_load_unsigned (data, &error);
  guint count = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_autoptr (GPtrArray) services = kouan_catalogue_for_profile (catalogue, profiles[i]);

      for (guint j = 0; j < services->len; j++)
        {
          GPtrArray *questions = kouan_service_get_questions (services->pdata[j]);

          for (guint k = 0; k < questions->len; k++, count++)
            {
              try_editor (questions->pdata[k], NULL);
              try_editor (questions->pdata[k], some_answer (questions->pdata[k]));
            }
        }
    }
  g_test_message ("%u questions", count);
  g_assert_cmpuint (count, >, 0);
}

int
main (int argc, char **argv)
{
  static const char *const folders[] = { "assets/catalogue", "docs/utopia", "docs/germany" };

  gtk_test_init (&argc, &argv, NULL);
  kouan_style_load (gdk_display_get_default ());
  kouan_language_set (kouan_language_find ("en"));
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *name = g_strconcat ("/questions/", folders[i], NULL);
      char *folder = g_test_build_filename (G_TEST_DIST, "..", folders[i], NULL);

      g_test_add_data_func_full (name, folder, test_folder, g_free);
    }
  return g_test_run ();
}
