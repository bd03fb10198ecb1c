/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/identity/chip-step.h"

#include "app/language/language.h"
#include "ui/widgets/button.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/row-layout.h"
#include "ui/widgets/text.h"

/* The chip of a passport, while it is read: where to lay it, how far it is, and what to do when it
 * was lifted too early or says nothing. Reading goes on by itself when it lies there again; only a
 * chip that cannot be read waits for a press. */

#define DRAWING_HEIGHT 320
#define SIGN_HEIGHT 200
#define PARTS 100

struct _KouanChipStep
{
  GtkWidget parent_instance;

  KouanDocumentReader *reader;
  KouanMrz *known;           /* (nullable): what the page says, which opens the chip */
  GCancellable *cancellable; /* (nullable): of the reading that is under way */
  guint start_source;

  GtkBox *column; /* child; the rest stands in it */
  GtkWidget *notice;
  KouanProgress *progress;
  GtkWidget *again;
};

enum
{
  SIGNAL_READ,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanChipStep, kouan_chip_step, GTK_TYPE_WIDGET)

static void
say (KouanChipStep *self, KouanNoticeKind kind, const char *title, const char *text)
{
  if (self->notice != NULL)
    gtk_box_remove (self->column, self->notice);
  self->notice = title != NULL ? kouan_notice_new (kind, title, text) : NULL;
  if (self->notice != NULL)
    gtk_box_prepend (self->column, self->notice);
}

static void
on_progress (KouanReadStage stage, double fraction, gpointer data)
{
  static const char *const texts[] = {
    [KOUAN_READ_WAITING] = N_ ("Waiting for your passport"),
    [KOUAN_READ_OPENING] = N_ ("Opening the chip"),
    [KOUAN_READ_READING] = N_ ("Reading the chip. Leave your passport where it is."),
    [KOUAN_READ_CHECKING] = N_ ("Checking what the chip says"),
  };
  KouanChipStep *self = KOUAN_CHIP_STEP (data);

  if (self->column == NULL) /* the page is gone; its reading is about to end */
    return;
  if (stage != KOUAN_READ_WAITING)
    say (self, KOUAN_NOTICE_INFO, NULL, NULL);
  kouan_progress_set_text (self->progress, _ (texts[stage]));
  kouan_progress_set_done (self->progress, fraction > 0 ? (guint)(fraction * PARTS) : 0, PARTS);
}

static void begin (KouanChipStep *self);

static gboolean
is_about_reader (const GError *error)
{
  return error->domain != KOUAN_DOCUMENT_READER_ERROR
         || error->code == KOUAN_DOCUMENT_READER_ERROR_DEVICE;
}

static void
show_failure (KouanChipStep *self, const GError *error)
{
  gboolean removed
    = g_error_matches (error, KOUAN_DOCUMENT_READER_ERROR, KOUAN_DOCUMENT_READER_ERROR_REMOVED);

  g_message ("Chip not read: %s", error->message);
  if (removed)
    {
      say (self, KOUAN_NOTICE_WARNING, _ ("Your passport was lifted too early"),
           _ ("Lay it back and leave it there. Reading goes on where it stopped."));
      begin (self);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_widget_set_visible (self->again, TRUE);
  if (g_error_matches (error, KOUAN_DOCUMENT_READER_ERROR, KOUAN_DOCUMENT_READER_ERROR_UNREADABLE))
    say (self, KOUAN_NOTICE_WARNING, _ ("We cannot read this chip"),
         _ ("Take off the cover, lay the passport flat and read it again. Or go on without the "
            "chip: the desk looks at your passport then."));
  else if (is_about_reader (error))
    say (self, KOUAN_NOTICE_WARNING, _ ("The chip reader does not work now"),
         _ ("Go on without the chip: the desk looks at your passport then."));
  else
    say (self, KOUAN_NOTICE_WARNING, kouan_document_reader_error_title (error),
         kouan_document_reader_error_remedy (error));
}

static void
on_read_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanChipStep) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDocumentReading) reading
    = kouan_document_reader_read_finish (KOUAN_DOCUMENT_READER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (reading != NULL)
    g_signal_emit (self, signals[SIGNAL_READ], 0, reading);
  else
    show_failure (self, error);
}

static gboolean
on_start_due (gpointer data)
{
  KouanChipStep *self = KOUAN_CHIP_STEP (data);

  self->start_source = 0;
  self->cancellable = g_cancellable_new ();
  kouan_document_reader_read_async (self->reader, self->known, on_progress, self, self->cancellable,
                                    on_read_ready, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* When the loop is idle: a reading that has just been cancelled ends before. */
static void
begin (KouanChipStep *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_set_visible (self->again, FALSE);
  on_progress (KOUAN_READ_WAITING, -1, self);
  if (self->start_source == 0)
    self->start_source = g_idle_add (on_start_due, self);
}

static void
on_again_clicked (GtkButton *button G_GNUC_UNUSED, KouanChipStep *self)
{
  say (self, KOUAN_NOTICE_INFO, NULL, NULL);
  begin (self);
}

/* @known: what the page says */
void
kouan_chip_step_start (KouanChipStep *self, KouanMrz *known)
{
  g_return_if_fail (KOUAN_IS_CHIP_STEP (self));

  if (self->cancellable != NULL || self->start_source != 0)
    return;
  g_clear_pointer (&self->known, kouan_mrz_unref);
  self->known = kouan_mrz_ref (known);
  say (self, KOUAN_NOTICE_INFO, NULL, NULL);
  begin (self);
}

void
kouan_chip_step_stop (KouanChipStep *self)
{
  g_return_if_fail (KOUAN_IS_CHIP_STEP (self));

  g_clear_handle_id (&self->start_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
kouan_chip_step_dispose (GObject *object)
{
  KouanChipStep *self = KOUAN_CHIP_STEP (object);

  kouan_chip_step_stop (self);
  if (self->column != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->column));
  self->column = NULL;
  g_clear_pointer (&self->known, kouan_mrz_unref);
  g_clear_object (&self->reader);
  G_OBJECT_CLASS (kouan_chip_step_parent_class)->dispose (object);
}

static void
kouan_chip_step_class_init (KouanChipStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_chip_step_dispose;
  signals[SIGNAL_READ] = g_signal_new ("read", KOUAN_TYPE_CHIP_STEP, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

/* Not every passport has a chip, and its holder need not know; the sign on the cover tells. */
static GtkWidget *
sign_new (void)
{
  GtkWidget *row = kouan_row_new (32, GTK_ACCESSIBLE_ROLE_GROUP);
  GtkWidget *words
    = kouan_text_new (_ ("A passport with a chip has this sign on its cover. If yours "
                         "has none, go on without the chip."));

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), kouan_illustration_new ("passport-chip", SIGN_HEIGHT));
  gtk_box_append (GTK_BOX (row), words);
  return row;
}

static void
kouan_chip_step_init (KouanChipStep *self)
{
  GtkWidget *drawing = kouan_illustration_new ("passport-on-reader", DRAWING_HEIGHT);

  self->column = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 32));
  self->progress = KOUAN_PROGRESS (kouan_progress_new (_ ("Waiting for your passport")));
  self->again = kouan_button_new ("chip", _ ("Read the chip again"));
  gtk_widget_set_halign (drawing, GTK_ALIGN_START);
  gtk_widget_set_halign (self->again, GTK_ALIGN_START);
  gtk_widget_set_visible (self->again, FALSE);
  g_signal_connect (self->again, "clicked", G_CALLBACK (on_again_clicked), self);
  gtk_box_append (self->column, drawing);
  gtk_box_append (self->column, GTK_WIDGET (self->progress));
  gtk_box_append (self->column, self->again);
  gtk_box_append (self->column, sign_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->column), GTK_WIDGET (self));
}

/* Returns: (transfer floating) */
GtkWidget *
kouan_chip_step_new (KouanDocumentReader *reader)
{
  KouanChipStep *self;

  g_return_val_if_fail (KOUAN_IS_DOCUMENT_READER (reader), NULL);

  self = g_object_new (KOUAN_TYPE_CHIP_STEP, NULL);
  self->reader = g_object_ref (reader);
  return GTK_WIDGET (self);
}
