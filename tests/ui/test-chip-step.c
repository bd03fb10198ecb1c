/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/language/language.h"
#include "tests/testlib/fixture.h"
#include "ui/pages/identity/chip-step.h"
#include "ui/style/style.h"

/* What is said of a chip that was not read, by why it was not: who laid down a card without a chip
 * is not told that the reader is broken. */

#define TEST_TYPE_READER (test_reader_get_type ())
G_DECLARE_FINAL_TYPE (TestReader, test_reader, TEST, READER, GObject)

/* Fails as it is told to, once; then it waits until it is stopped. */
struct _TestReader
{
  GObject parent_instance;
  GError *error; /* (nullable) */
  guint count;   /* of readings that were begun */
};

static void
on_cancelled (GCancellable *cancellable G_GNUC_UNUSED, gpointer task)
{
  g_task_return_error_if_cancelled (task);
  g_object_unref (task);
}

static void
test_reader_read_async (KouanDocumentReader *reader,
                        const KouanMrz *known G_GNUC_UNUSED,
                        KouanReadProgress progress G_GNUC_UNUSED,
                        gpointer progress_data G_GNUC_UNUSED,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  TestReader *self = TEST_READER (reader);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->count++;
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), g_object_ref (task), NULL);
}

static KouanDocumentReading *
test_reader_read_finish (KouanDocumentReader *reader G_GNUC_UNUSED,
                         GAsyncResult *result,
                         GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static KouanSource
test_reader_get_source (KouanDocumentReader *reader G_GNUC_UNUSED)
{
  return KOUAN_SOURCE_ELECTRONIC;
}

static void
iface_init (KouanDocumentReaderInterface *iface)
{
  iface->get_source = test_reader_get_source;
  iface->read_async = test_reader_read_async;
  iface->read_finish = test_reader_read_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestReader,
                               test_reader,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_DOCUMENT_READER, iface_init))

static void
test_reader_init (TestReader *self G_GNUC_UNUSED)
{
}

static void
test_reader_class_init (TestReaderClass *klass G_GNUC_UNUSED)
{
}

/* Whether a label below @widget that can be seen says @text. */
static gboolean
says (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget))
    return g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

typedef struct
{
  GtkWidget *step;
  const char *awaited;
} Wait;

static gboolean
says_awaited (gpointer data)
{
  const Wait *wait = data;

  return says (wait->step, wait->awaited);
}

static void
test_failures (void)
{
  static const struct
  {
    KouanDocumentReaderError code;
    const char *title;
    gboolean begins_again; /* by itself */
  } failures[] = {
    { KOUAN_DOCUMENT_READER_ERROR_UNREADABLE, "We cannot read this chip", FALSE },
    { KOUAN_DOCUMENT_READER_ERROR_REMOVED, "Your passport was lifted too early", TRUE },
    { KOUAN_DOCUMENT_READER_ERROR_DEVICE, "The chip reader does not work now", FALSE },
    { KOUAN_DOCUMENT_READER_ERROR_LOCKED, "The chip does not open with these lines", FALSE },
    { KOUAN_DOCUMENT_READER_ERROR_NO_CHIP, "No chip of a passport was found", FALSE },
    { KOUAN_DOCUMENT_READER_ERROR_TAMPERED, "The chip gave an answer that is not its own", FALSE },
  };
  static const char *const lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                       "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };
  g_autoptr (KouanMrz) known = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 23, 11, 2026);
  known = kouan_mrz_parse (lines, &today, NULL);
  g_assert_cmpuint (G_N_ELEMENTS (failures), ==, KOUAN_DOCUMENT_READER_N_ERRORS);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (TestReader) reader = g_object_new (TEST_TYPE_READER, NULL);
      GtkWidget *window = gtk_window_new ();
      Wait wait = { kouan_chip_step_new (KOUAN_DOCUMENT_READER (reader)), failures[i].title };

      gtk_window_set_child (GTK_WINDOW (window), wait.step);
      reader->error = g_error_new_literal (KOUAN_DOCUMENT_READER_ERROR, failures[i].code, "test");
      kouan_chip_step_start (KOUAN_CHIP_STEP (wait.step), known);
      kouan_test_wait_for (says_awaited, &wait);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_cmpuint (reader->count, ==, failures[i].begins_again ? 2 : 1);
      g_assert_cmpint (says (wait.step, "Read the chip again"), ==, !failures[i].begins_again);
      gtk_window_destroy (GTK_WINDOW (window));
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  kouan_language_init ("");
  kouan_style_load (gdk_display_get_default ());
  g_test_add_func ("/ui/chip-step/failures", test_failures);
  return g_test_run ();
}
