/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/language/language.h"
#include "tests/ui/testkit/picture.h"
#include "tests/ui/testkit/samples.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/camera-view.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/date-field.h"
#include "ui/widgets/document-card.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/field.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/language-picker.h"
#include "ui/widgets/mrz-entry.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/page-view.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/qr-view.h"
#include "ui/widgets/signature-pad.h"
#include "ui/widgets/stars.h"
#include "ui/widgets/summary-list.h"
#include "ui/widgets/text.h"

#include <string.h>

/* Each widget in a window of its own, pressed as a person presses it. */

static GtkWindow *
show (GtkWidget *widget)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_default_size (window, 1000, 900);
  gtk_window_set_child (window, widget);
  gtk_window_present (window);
  kouan_test_wait_for_frame (window);
  return window;
}

static void
press (GtkWidget *button)
{
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
on_text (GObject *object G_GNUC_UNUSED, const char *text, char **heard)
{
  g_free (*heard);
  *heard = g_strdup (text);
}

static void
on_nothing (GObject *object G_GNUC_UNUSED, guint *count)
{
  (*count)++;
}

static void
assert_name (GtkWidget *widget, const char *name)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       name);
}

static void
test_choices (void)
{
  GtkWidget *list = kouan_choice_list_new ("Which?");
  KouanChoiceList *self = KOUAN_CHOICE_LIST (list);
  GtkWindow *window;
  g_autofree char *heard = NULL;

  kouan_choice_list_add (self, "one", "camera", "The first", "and best");
  kouan_choice_list_add (self, "two", NULL, "The second", NULL);
  window = show (list);
  g_signal_connect (list, "chosen", G_CALLBACK (on_text), &heard);

  g_assert_null (kouan_choice_list_get_selected (self));
  kouan_choice_list_select (self, "two");
  g_assert_cmpstr (kouan_choice_list_get_selected (self), ==, "two");
  g_assert_null (heard);

  g_signal_emit_by_name (kouan_choice_list_get_card (self, "one"), "activate");
  g_assert_cmpstr (heard, ==, "one");
  g_assert_cmpstr (kouan_choice_list_get_selected (self), ==, "one");
  kouan_choice_list_select (self, NULL);
  g_assert_null (kouan_choice_list_get_selected (self));
  g_assert_null (kouan_choice_list_get_card (self, "three"));

  gtk_test_accessible_assert_role (list, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
  gtk_test_accessible_assert_role (kouan_choice_list_get_card (self, "one"),
                                   GTK_ACCESSIBLE_ROLE_RADIO);
  assert_name (kouan_choice_list_get_card (self, "two"), "The second");
  gtk_window_destroy (window);
}

/* A card that is alone stays chosen when it is pressed twice, and is marked like any other. */
static void
test_lone_choice (void)
{
  GtkWidget *list = g_object_ref_sink (kouan_choice_list_new ("Which?"));
  KouanChoiceList *self = KOUAN_CHOICE_LIST (list);
  GtkWidget *card;

  kouan_choice_list_add (self, "only", NULL, "The only one", NULL);
  card = kouan_choice_list_get_card (self, "only");
  for (guint i = 0; i < 2; i++)
    {
      g_signal_emit_by_name (card, "activate");
      g_assert_cmpstr (kouan_choice_list_get_selected (self), ==, "only");
    }
  kouan_choice_list_select (self, NULL);
  g_assert_null (kouan_choice_list_get_selected (self));
  g_object_unref (list);
}

static void
test_notice (void)
{
  GtkWidget *problem = kouan_notice_new (KOUAN_NOTICE_PROBLEM, "No paper", "Call staff.");
  GtkWidget *good = kouan_notice_new (KOUAN_NOTICE_SUCCESS, "Printed", NULL);

  g_object_ref_sink (problem);
  g_object_ref_sink (good);
  gtk_test_accessible_assert_role (problem, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_test_accessible_assert_role (good, GTK_ACCESSIBLE_ROLE_STATUS);
  assert_name (problem, "There is a problem: No paper");
  kouan_notice_set (KOUAN_NOTICE (good), KOUAN_NOTICE_WARNING, "Little paper", NULL);
  g_assert_cmpint (kouan_notice_get_kind (KOUAN_NOTICE (good)), ==, KOUAN_NOTICE_WARNING);
  g_assert_true (gtk_widget_has_css_class (good, "warning"));
  g_assert_false (gtk_widget_has_css_class (good, "success"));
  g_object_unref (problem);
  g_object_unref (good);
}

static void
test_summary (void)
{
  GtkWidget *list = kouan_summary_list_new ("You");
  KouanSummaryList *self = KOUAN_SUMMARY_LIST (list);
  GtkWindow *window = show (list);
  g_autofree char *heard = NULL;

  kouan_summary_list_add (self, "name", "Name", "ERIKSSON");
  kouan_summary_list_add (self, NULL, "Number", "L898902C3");
  g_signal_connect (list, "change", G_CALLBACK (on_text), &heard);
  press (kouan_summary_list_get_change_button (self, "name"));
  g_assert_cmpstr (heard, ==, "name");
  assert_name (kouan_summary_list_get_change_button (self, "name"), "Change: Name");
  g_assert_null (kouan_summary_list_get_change_button (self, "number"));
  kouan_summary_list_clear (self);
  g_assert_null (kouan_summary_list_get_change_button (self, "name"));
  gtk_window_destroy (window);
}

static void
type (KouanKeyboard *keyboard, const char *const *keys)
{
  for (; *keys != NULL; keys++)
    press (kouan_keyboard_get_key (keyboard, *keys));
}

static void
test_keyboard_text (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *field = kouan_field_new ("Street", KOUAN_TEXT_ADDRESS, 40);
  GtkWidget *keyboard = kouan_keyboard_new (KOUAN_KEYBOARD_TEXT);
  const char *const keys[]
    = { "shift", "r",   "o",     "o",     "m", " ", "1",     "2", ",", "#+?",   "/",
        "ü",     "ABC", "shift", "shift", "a", "b", "shift", "c", "x", "erase", NULL };
  GtkWindow *window;

  gtk_box_append (GTK_BOX (box), field);
  gtk_box_append (GTK_BOX (box), keyboard);
  kouan_keyboard_set_target (KOUAN_KEYBOARD (keyboard),
                             kouan_field_get_target (KOUAN_FIELD (field)));
  window = show (box);
  type (KOUAN_KEYBOARD (keyboard), keys);
  g_assert_cmpstr (kouan_field_get_text (KOUAN_FIELD (field)), ==, "Room 12,/üABc");
  gtk_window_destroy (window);
}

/* A field may go before its keyboard. */
static void
test_keyboard_lost_target (void)
{
  GtkWidget *keyboard = g_object_ref_sink (kouan_keyboard_new (KOUAN_KEYBOARD_MRZ));
  GtkWidget *entry = g_object_ref_sink (kouan_mrz_entry_new (2, 44));
  const char *const keys[] = { "A", "<", "<<<", "erase", NULL };

  kouan_keyboard_set_target (KOUAN_KEYBOARD (keyboard), KOUAN_KEY_TARGET (entry));
  g_object_unref (entry);
  type (KOUAN_KEYBOARD (keyboard), keys);
  g_object_unref (keyboard);
}

static void
test_keyboard_compact (void)
{
  GtkWidget *keyboard = g_object_ref_sink (kouan_keyboard_new (KOUAN_KEYBOARD_TEXT));

  g_assert_nonnull (kouan_keyboard_get_key (KOUAN_KEYBOARD (keyboard), "1"));
  kouan_keyboard_set_compact (KOUAN_KEYBOARD (keyboard), TRUE);
  g_assert_null (kouan_keyboard_get_key (KOUAN_KEYBOARD (keyboard), "1"));
  press (kouan_keyboard_get_key (KOUAN_KEYBOARD (keyboard), "#+?"));
  g_assert_nonnull (kouan_keyboard_get_key (KOUAN_KEYBOARD (keyboard), "1"));
  g_object_unref (keyboard);
}

static void
test_field_kinds (void)
{
  static const struct
  {
    KouanTextKind kind;
    const char *typed;
    const char *taken;
  } cases[] = {
    { KOUAN_TEXT_ANY, "a中\n\t1", "a中1" },
    { KOUAN_TEXT_NAME, "Anna-Mária O'Neil 3<b>", "Anna-Mária O'Neil b" },
    { KOUAN_TEXT_ADDRESS, "88 Xinghu St., #7/2 <>", "88 Xinghu St., #7/2 " },
    { KOUAN_TEXT_NUMBER, "l8-98 902c3ü", "L898902C3" },
    { KOUAN_TEXT_DIGITS, "1a2 3٣", "123" },
    { KOUAN_TEXT_PHONE, "+86 (138)", "+86 138" },
    { KOUAN_TEXT_EMAIL, "a.b@c é.org", "a.b@c.org" },
    { KOUAN_TEXT_NAME, "e\xcc\x81", "é" }, /* composed: NFC */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *field = g_object_ref_sink (kouan_field_new ("Question", cases[i].kind, 40));

      kouan_field_set_text (KOUAN_FIELD (field), cases[i].typed);
      g_assert_cmpstr (kouan_field_get_text (KOUAN_FIELD (field)), ==, cases[i].taken);
      g_object_unref (field);
    }
}

static void
test_field_problem (void)
{
  GtkWidget *field = kouan_field_new ("Mobile number", KOUAN_TEXT_PHONE, 20);
  GtkWidget *box = GTK_WIDGET (kouan_field_get_target (KOUAN_FIELD (field)));
  GtkWindow *window = show (field);
  guint changes = 0;

  g_signal_connect (field, "changed", G_CALLBACK (on_nothing), &changes);
  kouan_field_set_hint (KOUAN_FIELD (field), "Eleven digits");
  kouan_field_set_problem (KOUAN_FIELD (field), "A digit is missing.");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "A digit is missing.");
  kouan_field_set_problem (KOUAN_FIELD (field), NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Eleven digits");
  kouan_key_target_insert (kouan_field_get_target (KOUAN_FIELD (field)), "1");
  g_assert_cmpuint (changes, ==, 1);
  g_assert_false (kouan_key_target_insert (kouan_field_get_target (KOUAN_FIELD (field)), "x"));
  g_assert_cmpuint (changes, ==, 1);
  gtk_window_destroy (window);
}

/* A masked field tells nobody what it holds. */
static void
test_field_masked (void)
{
  GtkWidget *field = kouan_field_new ("PIN", KOUAN_TEXT_DIGITS, 6);
  GtkWindow *window = show (field);

  kouan_field_set_masked (KOUAN_FIELD (field), TRUE);
  kouan_field_set_text (KOUAN_FIELD (field), "4711");
  g_assert_cmpstr (kouan_field_get_text (KOUAN_FIELD (field)), ==, "4711");
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (kouan_field_get_target (KOUAN_FIELD (field))),
    GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "●●●●");
  gtk_window_destroy (window);
}

static void
test_date (void)
{
  GtkWidget *field = kouan_date_field_new ("Arrival");
  KouanDateField *self = KOUAN_DATE_FIELD (field);
  GtkWindow *window = show (field);
  int year;
  int month;
  int day;

  gtk_widget_grab_focus (field);
  g_assert_true (kouan_date_field_is_empty (self));
  for (const char *digit = "03052026"; *digit != '\0'; digit++)
    {
      char text[2] = { *digit, 0 };

      g_assert_true (kouan_key_target_insert (kouan_date_field_get_target (self), text));
    }
  g_assert_true (kouan_date_field_get_date (self, &year, &month, &day));
  g_assert_cmpint (year, ==, 2026);
  g_assert_cmpint (month, ==, 5);
  g_assert_cmpint (day, ==, 3);

  kouan_date_field_set_date (self, 2026, 2, 31);
  g_assert_false (kouan_date_field_get_date (self, &year, &month, &day));
  kouan_date_field_set_date (self, 2028, 2, 29);
  g_assert_true (kouan_date_field_get_date (self, &year, &month, &day));
  kouan_date_field_set_date (self, 0, 1, 1);
  g_assert_false (kouan_date_field_get_date (self, &year, &month, &day));
  for (guint i = 0; i < 10; i++)
    kouan_key_target_press (kouan_date_field_get_target (self), KOUAN_KEY_ERASE);
  g_assert_true (kouan_date_field_is_empty (self));
  gtk_window_destroy (window);
}

/* In Chinese the year comes first, and is typed first. */
static void
test_date_order (void)
{
  GtkWidget *field;
  GtkWindow *window;
  int year;
  int month;
  int day;

  kouan_language_set (kouan_language_find ("zh-Hans"));
  field = kouan_date_field_new ("入境日期");
  window = show (field);
  gtk_widget_grab_focus (field);
  for (const char *digit = "20260503"; *digit != '\0'; digit++)
    {
      char text[2] = { *digit, 0 };

      kouan_key_target_insert (kouan_date_field_get_target (KOUAN_DATE_FIELD (field)), text);
    }
  g_assert_true (kouan_date_field_get_date (KOUAN_DATE_FIELD (field), &year, &month, &day));
  g_assert_cmpint (year, ==, 2026);
  g_assert_cmpint (day, ==, 3);
  kouan_language_set (kouan_language_find ("en"));
  gtk_window_destroy (window);
}

static void
test_mrz (void)
{
  GtkWidget *entry = kouan_mrz_entry_new (2, 44);
  KouanMrzEntry *self = KOUAN_MRZ_ENTRY (entry);
  GtkWindow *window = show (entry);
  guint complete = 0;

  g_signal_connect (entry, "complete", G_CALLBACK (on_nothing), &complete);
  kouan_key_target_insert (KOUAN_KEY_TARGET (entry), "P<UTOERIKSSON<<ANNA<MARIA");
  kouan_key_target_press (KOUAN_KEY_TARGET (entry), KOUAN_KEY_FILL);
  g_assert_cmpuint (complete, ==, 0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "Line 2: 0 of 44 characters");
  kouan_key_target_insert (KOUAN_KEY_TARGET (entry),
                           "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
  g_assert_cmpuint (complete, ==, 1);
  g_assert_true (kouan_mrz_entry_is_complete (self));
  g_assert_cmpstr (kouan_mrz_entry_get_line (self, 1), ==,
                   "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
  kouan_mrz_entry_add_problem (self, 1, 13, 6);
  kouan_test_wait_for_frame (window);
  kouan_mrz_entry_set_format (self, 3, 30);
  g_assert_false (kouan_mrz_entry_is_complete (self));
  g_assert_cmpuint (strlen (kouan_mrz_entry_get_line (self, 0)), ==, 30);
  gtk_window_destroy (window);
}

static void
test_progress (void)
{
  GtkWidget *progress = kouan_progress_new ("Scanning");
  GtkWindow *window = show (progress);
  guint cancelled = 0;

  g_signal_connect (progress, "cancelled", G_CALLBACK (on_nothing), &cancelled);
  kouan_progress_set_done (KOUAN_PROGRESS (progress), 3, 4);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (progress), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                       3.0);
  kouan_progress_set_seconds_left (KOUAN_PROGRESS (progress), 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (progress),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "About 1 second left");
  kouan_progress_set_seconds_left (KOUAN_PROGRESS (progress), 150);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (progress),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "About 3 minutes left");
  kouan_progress_set_cancel (KOUAN_PROGRESS (progress), "Stop");
  press (kouan_progress_get_cancel_button (KOUAN_PROGRESS (progress)));
  g_assert_cmpuint (cancelled, ==, 1);
  gtk_window_destroy (window);
}

static void
test_document_card (void)
{
  GtkWidget *card = kouan_document_card_new ("Contract", "All pages");
  KouanDocumentCard *self = KOUAN_DOCUMENT_CARD (card);
  GtkWindow *window = show (card);
  guint pressed = 0;

  g_signal_connect (card, "action", G_CALLBACK (on_nothing), &pressed);
  kouan_document_card_set_action (self, "Scan");
  press (kouan_document_card_get_action_button (self));
  g_assert_cmpuint (pressed, ==, 1);
  assert_name (kouan_document_card_get_action_button (self), "Scan: Contract");
  kouan_document_card_set_state (self, KOUAN_DOCUMENT_KEPT, 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "1 page kept");
  kouan_document_card_set_problem (self, "Too dark");
  g_assert_cmpint (kouan_document_card_get_state (self), ==, KOUAN_DOCUMENT_PROBLEM);
  g_assert_false (gtk_widget_has_css_class (card, "success"));
  gtk_window_destroy (window);
}

static GtkWidget *
find_button (GtkWidget *root, const char *name)
{
  g_autofree char *difference = NULL;

  if (GTK_IS_BUTTON (root))
    {
      difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (root),
                                                       GTK_ACCESSIBLE_PROPERTY_LABEL, name);
      if (difference == NULL)
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_page_view (void)
{
  GtkWidget *view = kouan_page_view_new ("Page 1");
  GtkWindow *window = show (view);
  GtkWidget *larger = find_button (view, "Show the page larger");
  int width;
  int height;
  g_autoptr (GBytes) pixels = kouan_sample_page (&width, &height);

  kouan_page_view_set_pixels (KOUAN_PAGE_VIEW (view), pixels, GDK_MEMORY_R8G8B8, width, height,
                              (gsize)width * 3);
  g_assert_false (gtk_widget_is_sensitive (find_button (view, "Show what is above")));
  while (gtk_widget_is_sensitive (larger))
    press (larger);
  g_assert_cmpuint (kouan_page_view_get_zoom (KOUAN_PAGE_VIEW (view)), ==, 3);
  for (guint i = 0; i < 40; i++)
    press (find_button (view, "Show what is to the left"));
  kouan_test_wait_for_frame (window);
  while (gtk_widget_is_sensitive (find_button (view, "Show the page smaller")))
    press (find_button (view, "Show the page smaller"));
  g_assert_cmpuint (kouan_page_view_get_zoom (KOUAN_PAGE_VIEW (view)), ==, 0);
  kouan_page_view_clear (KOUAN_PAGE_VIEW (view));
  gtk_window_destroy (window);
}

static void
test_camera_view (void)
{
  GtkWidget *view = kouan_camera_view_new (KOUAN_AIM_PASSPORT, "Hold up your passport");
  GtkWindow *window = show (view);
  int width;
  int height;
  g_autoptr (GBytes) pixels = kouan_sample_frame (&width, &height);

  for (guint i = 0; i < 5; i++)
    {
      kouan_camera_view_set_pixels (KOUAN_CAMERA_VIEW (view), pixels, GDK_MEMORY_R8G8B8, width,
                                    height, (gsize)width * 3);
      kouan_test_wait_for_frame (window);
    }
  kouan_camera_view_set_mirrored (KOUAN_CAMERA_VIEW (view), TRUE);
  kouan_camera_view_set_status (KOUAN_CAMERA_VIEW (view), KOUAN_NOTICE_SUCCESS, "Got it");
  assert_name (gtk_widget_get_last_child (view), "Got it");
  gtk_test_accessible_assert_role (gtk_widget_get_last_child (view), GTK_ACCESSIBLE_ROLE_STATUS);
  kouan_camera_view_clear (KOUAN_CAMERA_VIEW (view));
  kouan_test_wait_for_frame (window);
  gtk_window_destroy (window);
}

static void
test_signature (void)
{
  GtkWidget *pad = kouan_signature_pad_new ();
  KouanSignaturePad *self = KOUAN_SIGNATURE_PAD (pad);
  GtkWindow *window = show (pad);
  const double dot[] = { 0.5, 0.1 };
  const double line[] = { 0.1, 0.1, 0.5, 0.2, 0.9, 0.1 };
  g_autofree char *drawn = NULL;
  g_autofree char *typed = NULL;

  g_assert_null (kouan_signature_pad_to_svg (self));
  kouan_signature_pad_draw (self, dot, 1);
  g_assert_cmpint (kouan_signature_pad_get_kind (self), ==, KOUAN_SIGNATURE_NONE);
  kouan_signature_pad_draw (self, line, 3);
  g_assert_cmpint (kouan_signature_pad_get_kind (self), ==, KOUAN_SIGNATURE_DRAWN);
  kouan_test_wait_for_frame (window);
  drawn = kouan_signature_pad_to_svg (self);
  g_assert_nonnull (strstr (drawn, "M100.0 100.0L500.0 200.0L900.0 100.0"));
  press (find_button (pad, "Undo"));
  g_assert_cmpint (kouan_signature_pad_get_kind (self), ==, KOUAN_SIGNATURE_NONE);

  press (find_button (pad, "I cannot sign on the glass"));
  g_assert_true (kouan_signature_pad_is_typing (self));
  g_assert_cmpint (kouan_signature_pad_get_kind (self), ==, KOUAN_SIGNATURE_NONE);
  kouan_key_target_insert (kouan_signature_pad_get_target (self), "Anna O'Neil");
  g_assert_cmpint (kouan_signature_pad_get_kind (self), ==, KOUAN_SIGNATURE_TYPED);
  typed = kouan_signature_pad_to_svg (self);
  g_assert_nonnull (strstr (typed, "Anna O&apos;Neil"));
  kouan_signature_pad_clear (self);
  g_assert_cmpint (kouan_signature_pad_get_kind (self), ==, KOUAN_SIGNATURE_NONE);
  gtk_window_destroy (window);
}

static void
test_qr_view (void)
{
  GtkWidget *view = kouan_qr_view_new (400, "Your receipt");
  g_autofree gboolean *modules = kouan_sample_modules (53);
  GtkWindow *window;

  kouan_qr_view_set_modules (KOUAN_QR_VIEW (view), modules, 53);
  window = show (view);
  g_assert_cmpint (gtk_widget_get_width (view), >=, 400);
  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_window_destroy (window);
}

static void
on_rated (KouanStars *stars G_GNUC_UNUSED, guint rating, guint *heard)
{
  *heard = rating;
}

static void
test_stars (void)
{
  GtkWidget *stars = kouan_stars_new ("How was it?");
  GtkWindow *window = show (stars);
  guint heard = 0;

  g_signal_connect (stars, "rated", G_CALLBACK (on_rated), &heard);
  press (kouan_stars_get_button (KOUAN_STARS (stars), 2));
  g_assert_cmpuint (heard, ==, 2);
  press (kouan_stars_get_button (KOUAN_STARS (stars), 5));
  g_assert_cmpuint (kouan_stars_get_rating (KOUAN_STARS (stars)), ==, 5);
  g_assert_false (
    gtk_widget_has_css_class (kouan_stars_get_button (KOUAN_STARS (stars), 2), "chosen"));
  assert_name (kouan_stars_get_button (KOUAN_STARS (stars), 5), "Very good");
  gtk_window_destroy (window);
}

static void
on_language (KouanLanguagePicker *picker G_GNUC_UNUSED, gpointer language, gpointer *heard)
{
  *heard = language;
}

static void
test_language_picker (void)
{
  GtkWidget *picker = kouan_language_picker_new (2);
  GtkWindow *window = show (picker);
  const KouanLanguage *chinese = kouan_language_find ("zh-Hans");
  gpointer heard = NULL;

  g_signal_connect (picker, "chosen", G_CALLBACK (on_language), &heard);
  press (kouan_language_picker_get_button (KOUAN_LANGUAGE_PICKER (picker), chinese));
  g_assert_true (heard == chinese);
  assert_name (kouan_language_picker_get_button (KOUAN_LANGUAGE_PICKER (picker), chinese),
               "简体中文");
  gtk_window_destroy (window);
}

/* Each file can be read and drawn: a warning ends the test. */
static void
test_drawings (void)
{
  static const char *const folders[] = { "/org/kouan/icons", "/org/kouan/illustrations" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_auto (GStrv) names = g_resources_enumerate_children (folders[i], 0, NULL);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      GtkWindow *window;

      g_assert_cmpuint (g_strv_length (names), >, 8);
      for (guint j = 0; names[j] != NULL; j++)
        {
          g_autofree char *name = g_strndup (names[j], strlen (names[j]) - strlen (".svg"));

          gtk_box_append (GTK_BOX (box),
                          i == 0 ? kouan_icon_new (name) : kouan_illustration_new (name, 60));
        }
      window = show (box);
      gtk_widget_set_direction (box, GTK_TEXT_DIR_RTL);
      kouan_test_wait_for_frame (window);
      gtk_window_destroy (window);
    }
}

static void
check_role (GtkWidget *text, GtkAccessibleRole role)
{
  g_object_ref_sink (text);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (text)), ==, role);
  g_object_unref (text);
}

/* A screen reader leaps from heading to heading, and must not land on other words. */
static void
test_headings (void)
{
  check_role (kouan_heading_new ("Documents"), GTK_ACCESSIBLE_ROLE_HEADING);
  check_role (kouan_subheading_new ("Passport"), GTK_ACCESSIBLE_ROLE_HEADING);
  check_role (kouan_text_new ("Lay it on the glass."), GTK_ACCESSIBLE_ROLE_LABEL);
  check_role (kouan_small_new ("4 pages"), GTK_ACCESSIBLE_ROLE_LABEL);
}

static const struct
{
  const char *path;
  GTestFunc test;
} TESTS[] = {
  { "/widgets/choices", test_choices },
  { "/widgets/choices/lone", test_lone_choice },
  { "/widgets/headings", test_headings },
  { "/widgets/notice", test_notice },
  { "/widgets/summary", test_summary },
  { "/widgets/keyboard/text", test_keyboard_text },
  { "/widgets/keyboard/lost-target", test_keyboard_lost_target },
  { "/widgets/keyboard/compact", test_keyboard_compact },
  { "/widgets/field/kinds", test_field_kinds },
  { "/widgets/field/problem", test_field_problem },
  { "/widgets/field/masked", test_field_masked },
  { "/widgets/date", test_date },
  { "/widgets/date/order", test_date_order },
  { "/widgets/mrz", test_mrz },
  { "/widgets/progress", test_progress },
  { "/widgets/document-card", test_document_card },
  { "/widgets/page-view", test_page_view },
  { "/widgets/camera-view", test_camera_view },
  { "/widgets/signature", test_signature },
  { "/widgets/qr-view", test_qr_view },
  { "/widgets/stars", test_stars },
  { "/widgets/language-picker", test_language_picker },
  { "/widgets/drawings", test_drawings },
};

int
main (int argc, char **argv)
{
  g_autofree char *catalogues = NULL;

  gtk_test_init (&argc, &argv, NULL);
  catalogues = g_test_build_filename (G_TEST_BUILT, "..", "assets", "po", NULL);
  kouan_language_init (catalogues);
  kouan_style_load (gdk_display_get_default ());
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add_func (TESTS[i].path, TESTS[i].test);
  return g_test_run ();
}
