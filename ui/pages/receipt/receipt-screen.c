/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/receipt/receipt-screen.h"

#include "app/language/language.h"
#include "app/session/session-receipt.h"
#include "ui/code-view.h"
#include "ui/widgets/button.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/halves.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/row-layout.h"
#include "ui/widgets/text.h"

/* It is done. The number large, what is missing and what happens next in whole sentences, and the
 * same as a code to photograph, so that a printer without paper takes nothing away. */

#define CODE_HEIGHT 230
#define DECLARATION_HEIGHT                                                                         \
  400 /* it names five people, and is read off this screen or a telephone's */
#define LIST_HEIGHT 280
#define CALENDAR_HEIGHT 260

struct _KouanReceiptScreen
{
  KouanScreen parent_instance;

  GtkBox *card;
  GtkBox *missing;
  GtkBox *next;
  GtkBox *list;
  GtkBox *printing;
  GtkBox *group;
  GtkWidget *print_button;
  GtkWidget *print_group_button; /* (nullable): somebody of the group has handed in before */
  GtkWidget *pressed;            /* of these two, the last */
  GtkWidget *print_notice;
  guint drawing;    /* tick callback: a press has been heard, and is not drawn yet */
  gboolean said_so; /* that it is being printed */
};

G_DEFINE_FINAL_TYPE (KouanReceiptScreen, kouan_receipt_screen, KOUAN_TYPE_SCREEN)

static KouanSession *
session_of (KouanReceiptScreen *self)
{
  return kouan_screen_get_session (KOUAN_SCREEN (self));
}

/* What nobody can miss, in the colour of what moves a visit forward. */
static void
add_number (KouanReceiptScreen *self)
{
  GtkWidget *row = kouan_row_new (24, GTK_ACCESSIBLE_ROLE_GROUP);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *tick
    = kouan_icon_new (kouan_session_needs_officer (session_of (self)) ? "warning" : "good");
  GtkWidget *number = kouan_heading_new (kouan_session_get_receipt_number (session_of (self)));

  gtk_widget_add_css_class (tick, "plain");
  gtk_widget_add_css_class (tick, "large-icon");
  gtk_widget_add_css_class (number, "numerals");
  gtk_widget_add_css_class (number, "receipt-number");
  gtk_label_set_wrap_mode (GTK_LABEL (number), PANGO_WRAP_WORD);
  kouan_accessible_set_together (words);
  kouan_accessible_set_private (words);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), kouan_text_new (_ ("Your number")));
  gtk_box_append (GTK_BOX (words), number);
  gtk_box_append (GTK_BOX (row), tick);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (self->card, row);
}

static void
add_code (KouanReceiptScreen *self)
{
  GtkWidget *row = kouan_row_new (32, GTK_ACCESSIBLE_ROLE_GROUP);
  const char *declared = kouan_session_get_declaration_code (session_of (self));
  const char *code
    = declared != NULL ? declared : kouan_session_get_receipt_code (session_of (self));
  GtkWidget *text = kouan_text_new (
    declared != NULL ? _ ("Show this code and your passport to the officer. Take a picture of it.")
                     : _ ("This code is your receipt too. Take a picture of it."));

  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (row),
                  kouan_code_view_new (code, declared != NULL ? DECLARATION_HEIGHT : CODE_HEIGHT));
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (self->card, row);
}

/* What a declaration comes to, before everything else: which way to walk. */
static void
add_outcome (KouanReceiptScreen *self)
{
  const char *name
    = kouan_session_get_outcome_name (session_of (self), kouan_language_current ()->code);

  if (name != NULL)
    gtk_box_prepend (self->card, kouan_subheading_new (name));
  if (kouan_session_needs_officer (session_of (self)))
    gtk_widget_add_css_class (GTK_WIDGET (self->card), "officer");
}

/* Last days, each with where today stands, and as a code that a telephone's calendar takes. */
static void
add_deadlines (KouanReceiptScreen *self)
{
  g_autoptr (GArray) deadlines = kouan_session_deadlines (session_of (self));
  g_autofree char *calendar = kouan_session_calendar_text (session_of (self));
  GtkWidget *row, *text;

  for (guint i = 0; i < deadlines->len; i++)
    {
      g_autofree char *line = kouan_session_deadline_text (
        &g_array_index (deadlines, KouanDeadlineState, i), kouan_language_current ()->code);

      gtk_box_append (self->next, kouan_text_new (line));
    }
  if (calendar == NULL)
    return;
  row = kouan_row_new (24, GTK_ACCESSIBLE_ROLE_GROUP);
  text = kouan_text_new (_ ("This code puts the next last day into your phone's calendar."));
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (row), kouan_code_view_new (calendar, CALENDAR_HEIGHT));
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (self->next, row);
}

/* The list for the person's own telephone, which keeps it when the paper is lost. */
static void
add_missing_code (KouanReceiptScreen *self)
{
  g_autoptr (GArray) missing = kouan_session_missing (session_of (self));
  g_autofree char *list = kouan_session_missing_text (session_of (self));
  GtkWidget *row, *text;

  if (missing->len == 0)
    return;
  row = kouan_row_new (32, GTK_ACCESSIBLE_ROLE_GROUP);
  text = kouan_text_new (_ ("This code is the list of what is missing."));
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (row), kouan_code_view_new (list, LIST_HEIGHT));
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (self->list, row);
}

static void
add_missing (KouanReceiptScreen *self)
{
  g_autoptr (GArray) missing = kouan_session_missing (session_of (self));
  const char *language = kouan_language_current ()->code;
  GtkWidget *notice;

  if (missing->len == 0)
    return;
  notice = kouan_notice_new (KOUAN_NOTICE_WARNING, _ ("You still have to bring"), NULL);
  for (guint i = 0; i < missing->len; i++)
    {
      g_autofree char *name
        = kouan_missing_format (&g_array_index (missing, KouanMissing, i), language);

      kouan_notice_add_item (KOUAN_NOTICE (notice), name, NULL);
    }
  gtk_box_append (self->missing, notice);
}

static void
add_next (KouanReceiptScreen *self)
{
  const char *const *steps = kouan_session_next_steps (session_of (self));

  gtk_box_append (self->next, kouan_subheading_new (_ ("What happens next")));
  for (guint i = 0; steps[i] != NULL; i++)
    {
      g_autofree char *ordinal = g_strdup_printf ("%u.", i + 1);
      g_autofree char *mark = kouan_language_digits (kouan_language_current (), ordinal);

      gtk_box_append (self->next, kouan_item_new (mark, _ (steps[i])));
    }
}

static void
on_next_person_clicked (GtkButton *button G_GNUC_UNUSED, KouanReceiptScreen *self)
{
  kouan_session_send (session_of (self), KOUAN_EVENT_NEXT_PERSON);
}

/* A family, or an employer's people, go on with what they share filled in: beside the printing, in
 * sight. Those who have handed in stand at the end with their numbers, and as a code. */
static void
add_group (KouanReceiptScreen *self)
{
  GtkWidget *button = kouan_button_new (NULL, _ ("Next person in my group"));
  g_autofree char *numbers = NULL;

  g_signal_connect (button, "clicked", G_CALLBACK (on_next_person_clicked), self);
  if (kouan_session_has_group (session_of (self)))
    {
      numbers = kouan_session_group_text (session_of (self));
      gtk_box_append (self->group, kouan_subheading_new (_ ("Receipts in this group")));
      gtk_box_append (self->group, kouan_text_new (numbers));
      gtk_box_append (self->group, kouan_code_view_new (numbers, CALENDAR_HEIGHT));
    }
  gtk_box_append (self->printing, button);
}

static void
show_print_result (KouanReceiptScreen *self,
                   KouanNoticeKind kind,
                   const char *title,
                   const char *text)
{
  if (self->print_notice != NULL)
    gtk_box_remove (self->printing, self->print_notice);
  self->print_notice = kouan_notice_new (kind, title, text);
  gtk_box_prepend (self->printing, self->print_notice);
  gtk_widget_set_visible (self->print_button, kind != KOUAN_NOTICE_INFO);
  if (self->print_group_button != NULL)
    gtk_widget_set_visible (self->print_group_button, kind != KOUAN_NOTICE_INFO);
}

static void
on_print_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanReceiptScreen) self = data;
  g_autoptr (GError) error = NULL;

  if (kouan_printer_print_finish (KOUAN_PRINTER (source), result, &error))
    {
      show_print_result (self, KOUAN_NOTICE_SUCCESS, _ ("Your receipt is printed"),
                         _ ("Take it from the slot below the screen."));
      kouan_button_set_label (GTK_BUTTON (self->pressed), _ ("Print it once more"));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_message ("Receipt not printed: %s", error->message);
  show_print_result (self, KOUAN_NOTICE_WARNING, _ ("The printer cannot print now"),
                     _ ("Take a picture of the code and the number: they are your receipt. Staff "
                        "can print it for you too."));
}

/* Draws the receipt, which opens its fonts and takes longer than an answer may, once the screen
 * says that it is being printed. */
static gboolean
on_said_so (GtkWidget *widget, GdkFrameClock *clock G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  KouanReceiptScreen *self = KOUAN_RECEIPT_SCREEN (widget);
  KouanPrinter *printer = kouan_kiosk_get_printer (kouan_screen_get_kiosk (KOUAN_SCREEN (self)));
  g_autoptr (GBytes) pdf = NULL;
  double height_mm;

  if (!self->said_so)
    {
      self->said_so = TRUE; /* with the frame that begins now */
      return G_SOURCE_CONTINUE;
    }
  self->drawing = 0;
  pdf = self->pressed == self->print_button
          ? kouan_session_receipt_pdf (session_of (self), &height_mm)
          : kouan_session_group_pdf (session_of (self), &height_mm);
  kouan_printer_print_async (
    printer, pdf, height_mm, kouan_session_get_receipt_number (session_of (self)),
    kouan_session_get_cancellable (session_of (self)), on_print_ready, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
on_print_clicked (GtkButton *button, KouanReceiptScreen *self)
{
  if (self->drawing != 0)
    return;
  self->pressed = GTK_WIDGET (button);
  self->said_so = FALSE;
  show_print_result (self, KOUAN_NOTICE_INFO, _ ("Your receipt is being printed"), NULL);
  self->drawing = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_said_so, NULL, NULL);
}

static void
add_printing (KouanReceiptScreen *self)
{
  if (kouan_kiosk_get_printer (kouan_screen_get_kiosk (KOUAN_SCREEN (self))) == NULL)
    return;
  self->print_button = kouan_button_new ("printer", _ ("Print my receipt"));
  g_signal_connect (self->print_button, "clicked", G_CALLBACK (on_print_clicked), self);
  gtk_box_append (self->printing, self->print_button);
  if (kouan_session_has_group (session_of (self)))
    {
      self->print_group_button = kouan_button_new ("printer", _ ("Print the receipt of the group"));
      g_signal_connect (self->print_group_button, "clicked", G_CALLBACK (on_print_clicked), self);
      gtk_box_append (self->printing, self->print_group_button);
    }
}

static void
kouan_receipt_screen_constructed (GObject *object)
{
  KouanReceiptScreen *self = KOUAN_RECEIPT_SCREEN (object);

  G_OBJECT_CLASS (kouan_receipt_screen_parent_class)->constructed (object);

  add_number (self);
  add_code (self);
  add_missing (self);
  add_next (self);
  add_deadlines (self);
  add_outcome (self);
  add_printing (self);
  add_missing_code (self);
  add_group (self);
  kouan_screen_set_title (KOUAN_SCREEN (self),
                          kouan_session_get_declaration_code (session_of (self)) != NULL
                            ? N_ ("Your declaration is ready")
                            : N_ ("Your application is handed in"));
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Finish"), TRUE);
  kouan_screen_set_back_visible (KOUAN_SCREEN (self), FALSE);
  kouan_screen_set_wide (KOUAN_SCREEN (self), TRUE);
}

static void
kouan_receipt_screen_primary (KouanScreen *screen)
{
  kouan_session_send (kouan_screen_get_session (screen), KOUAN_EVENT_NEXT);
}

static void
kouan_receipt_screen_class_init (KouanReceiptScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_receipt_screen_constructed;
  KOUAN_SCREEN_CLASS (klass)->primary = kouan_receipt_screen_primary;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/receipt/receipt-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanReceiptScreen, card);
  gtk_widget_class_bind_template_child (widget_class, KouanReceiptScreen, missing);
  gtk_widget_class_bind_template_child (widget_class, KouanReceiptScreen, next);
  gtk_widget_class_bind_template_child (widget_class, KouanReceiptScreen, list);
  gtk_widget_class_bind_template_child (widget_class, KouanReceiptScreen, printing);
  gtk_widget_class_bind_template_child (widget_class, KouanReceiptScreen, group);
}

static void
kouan_receipt_screen_init (KouanReceiptScreen *self)
{
  g_type_ensure (KOUAN_TYPE_HALVES);
  gtk_widget_init_template (GTK_WIDGET (self));
}
