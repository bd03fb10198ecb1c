/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/testkit/scenes.h"
#include "tests/ui/testkit/samples.h"
#include "ui/widgets/button.h"
#include "ui/widgets/camera-view.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/date-field.h"
#include "ui/widgets/document-card.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/field.h"
#include "ui/widgets/halves.h"
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
#include "ui/widgets/tiles.h"
#include "ui/window/panels.h"

#include <string.h>

/* The scenes speak of a visit that might be; their texts are English, as they are not part of the
 * product. */

static GtkWidget *
stack_new (void)
{
  return gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
}

static KouanPageFrame *
begin (
  KouanWindow *window, guint step, const char *step_name, const char *title, const char *companion)
{
  KouanPageFrame *frame = kouan_window_get_frame (window);

  kouan_page_frame_set_hall (frame, "Suzhou Foreign Talent Service Hall");
  kouan_page_frame_set_time (frame, "30 November 2026, 09:05", "09:05");
  kouan_page_frame_set_steps (frame, step, 7, step_name);
  kouan_page_frame_set_title (frame, title);
  kouan_page_frame_set_companion (frame, companion);
  kouan_page_frame_set_back (frame, TRUE, TRUE);
  return frame;
}

static void
build_choices (KouanWindow *window)
{
  KouanPageFrame *frame = begin (window, 2, "Identity", "How do you want to show who you are?",
                                 "您想用哪种方式证明身份？");
  GtkWidget *list = kouan_choice_list_new ("How do you want to show who you are?");

  kouan_choice_list_add (KOUAN_CHOICE_LIST (list), "chip", "chip", "Lay my passport on the reader",
                         "For a passport with the chip sign on its cover. Quickest.");
  kouan_choice_list_add (
    KOUAN_CHOICE_LIST (list), "camera", "camera", "Read the two lines with the camera",
    "For any passport, identity card or visa with two or three lines of letters.");
  kouan_choice_list_add (KOUAN_CHOICE_LIST (list), "typing", "keyboard", "Type the two lines",
                         NULL);
  kouan_choice_list_add (KOUAN_CHOICE_LIST (list), "none", "person", "I have no passport with me",
                         "The reader is being looked after. Ask at the desk.");
  kouan_choice_list_select (KOUAN_CHOICE_LIST (list), "camera");
  kouan_choice_list_set_sensitive (KOUAN_CHOICE_LIST (list), "none", FALSE);
  kouan_page_frame_set_body (frame, list);
  kouan_page_frame_set_primary (frame, "Continue");
}

static void
build_notices (KouanWindow *window)
{
  KouanPageFrame *frame = begin (window, 4, "Documents", "Your papers", "您的材料");
  GtkWidget *stack = stack_new ();
  GtkWidget *problem
    = kouan_notice_new (KOUAN_NOTICE_PROBLEM, "We can't read the two lines at the bottom",
                        "Lay the passport flat and take off the cover. Or type the number.");

  kouan_notice_add_action (KOUAN_NOTICE (problem),
                           kouan_button_new ("keyboard", "Type the number"));
  gtk_box_append (GTK_BOX (stack), problem);
  gtk_box_append (
    GTK_BOX (stack),
    kouan_notice_new (KOUAN_NOTICE_WARNING, "Your visa ends in 12 days",
                      "Hand in the application today: it has to be here 30 days before "
                      "the visa ends."));
  gtk_box_append (
    GTK_BOX (stack),
    kouan_notice_new (KOUAN_NOTICE_INFO, "You can leave and come back",
                      "Everything you have done so far is kept. Show the same code."));
  gtk_box_append (GTK_BOX (stack),
                  kouan_notice_new (KOUAN_NOTICE_SUCCESS, "We have read your passport", NULL));
  kouan_notice_set_source (KOUAN_NOTICE (gtk_widget_get_next_sibling (problem)),
                           "Exit and Entry Administration Law, article 29");
  kouan_page_frame_set_body (frame, stack);
  kouan_page_frame_set_primary (frame, "Scan my passport again");
}

static void
build_first_seen (KouanWindow *window)
{
  static const char *const words[] = { "Welcome", "Добро пожаловать", "Bienvenue", "ようこそ" };
  KouanPageFrame *frame = begin (window, 7, "Receipt", "What is seen first", "最先看到的");
  GtkWidget *hero = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *tiles = kouan_tiles_new (3);
  GtkWidget *left = stack_new ();
  GtkWidget *right = stack_new ();
  GtkWidget *notice = kouan_notice_new (KOUAN_NOTICE_WARNING, "You still have to bring",
                                        "You can hand in now and bring the rest.");

  gtk_widget_add_css_class (hero, "hero");
  gtk_box_append (GTK_BOX (hero), kouan_heading_new ("00007-000001-13"));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    kouan_tiles_append (KOUAN_TILES (tiles), kouan_button_new (NULL, words[i]));
  gtk_box_append (GTK_BOX (left), hero);
  gtk_box_append (GTK_BOX (left), tiles);
  kouan_notice_add_item (KOUAN_NOTICE (notice), "Two-inch photo",
                         "48 mm high and 33 mm wide, in colour on white.");
  kouan_notice_add_item (KOUAN_NOTICE (notice), "Letter of your employer", NULL);
  gtk_box_append (GTK_BOX (right), notice);
  gtk_box_append (GTK_BOX (right),
                  kouan_item_new ("1.", "Keep this receipt. It proves that you applied today."));
  kouan_page_frame_set_wide (frame, TRUE);
  kouan_page_frame_set_body (frame, kouan_halves_new (left, right));
  kouan_page_frame_set_primary (frame, "Finish");
}

static void
build_summary (KouanWindow *window)
{
  KouanPageFrame *frame = begin (window, 5, "Check", "Check your answers", "请核对您填写的内容");
  GtkWidget *stack = stack_new ();
  GtkWidget *passport = kouan_summary_list_new ("Your passport");
  GtkWidget *details = kouan_summary_list_new ("Your work");

  kouan_summary_list_add (KOUAN_SUMMARY_LIST (passport), NULL, "Name", "ERIKSSON, ANNA MARIA");
  kouan_summary_list_add (KOUAN_SUMMARY_LIST (passport), "number", "Passport number", "L898902C3");
  kouan_summary_list_add (KOUAN_SUMMARY_LIST (passport), "expiry", "Valid until", "15 April 2032");
  kouan_summary_list_add (KOUAN_SUMMARY_LIST (details), "employer", "Employer",
                          "Suzhou Bio-Lattice Materials Research Institute Co., Ltd.");
  kouan_summary_list_add (KOUAN_SUMMARY_LIST (details), "address", "Where you live",
                          "Room 1204, Building 7, 88 Xinghu Street, Suzhou Industrial Park");
  kouan_summary_list_add (KOUAN_SUMMARY_LIST (details), "phone", "Mobile number",
                          "+86 138 0000 0000");
  gtk_box_append (GTK_BOX (stack), passport);
  gtk_box_append (GTK_BOX (stack), details);
  kouan_page_frame_set_body (frame, stack);
  kouan_page_frame_set_primary (frame, "Everything is right");
}

static void
build_buttons (KouanWindow *window)
{
  KouanPageFrame *frame = begin (window, 1, "Appointment", "Buttons and text", "按钮与文字");
  GtkWidget *stack = stack_new ();
  GtkWidget *disabled = kouan_button_new_primary (NULL, "Not yet");

  gtk_box_append (GTK_BOX (stack), kouan_subheading_new ("A part of a page"));
  gtk_box_append (
    GTK_BOX (stack),
    kouan_text_new ("Body text wraps at sixty characters, so that a line is never longer "
                    "than an eye can follow from a standing place."));
  gtk_box_append (GTK_BOX (stack), kouan_small_new ("Small text is for what can be missed."));
  gtk_box_append (GTK_BOX (stack), kouan_button_new_primary ("camera", "Scan my passport"));
  gtk_box_append (GTK_BOX (stack), kouan_button_new ("keyboard", "Type it instead"));
  gtk_widget_set_sensitive (disabled, FALSE);
  gtk_box_append (GTK_BOX (stack), disabled);
  kouan_page_frame_set_body (frame, stack);
  kouan_page_frame_set_primary (frame, "Continue");
  kouan_page_frame_set_primary_sensitive (frame, FALSE);
}

static void
build_language (KouanWindow *window)
{
  build_choices (window);
  kouan_window_open_language (window);
}

static void
build_accessibility (KouanWindow *window)
{
  build_choices (window);
  kouan_window_open_accessibility (window);
}

static void
build_staff (KouanWindow *window)
{
  build_choices (window);
  kouan_window_ask_staff (window);
}

static void
build_still_there (KouanWindow *window)
{
  build_summary (window);
  kouan_window_ask_still_there (window,
                                "We keep your answers. Show the same code to carry on later.", 30);
}

static void
build_leave (KouanWindow *window)
{
  build_summary (window);
  kouan_window_ask_leave (window, "We keep your answers. Show the same code to carry on later.");
}

static void
add_dock (KouanPageFrame *frame, KouanKeyboardMode mode, KouanKeyTarget *target)
{
  GtkWidget *keyboard = kouan_keyboard_new (mode);

  kouan_keyboard_set_target (KOUAN_KEYBOARD (keyboard), target);
  kouan_page_frame_set_dock (frame, keyboard);
  gtk_widget_grab_focus (GTK_WIDGET (target));
}

static void
build_fields (KouanWindow *window)
{
  KouanPageFrame *frame = begin (window, 3, "Details", "Where do you live?", "您的居住地址");
  GtkWidget *stack = stack_new ();
  GtkWidget *street = kouan_field_new ("Street and number", KOUAN_TEXT_ADDRESS, 120);
  GtkWidget *phone = kouan_field_new ("Mobile number", KOUAN_TEXT_PHONE, 20);

  kouan_field_set_hint (KOUAN_FIELD (street), "As it stands in your contract or hotel booking");
  kouan_field_set_text (KOUAN_FIELD (street), "Room 1204, Building 7, 88 Xinghu Street, Suzhou");
  kouan_field_set_text (KOUAN_FIELD (phone), "+86 138");
  kouan_field_set_problem (KOUAN_FIELD (phone),
                           "A mobile number has 11 digits after +86. Type the rest.");
  gtk_box_append (GTK_BOX (stack), street);
  gtk_box_append (GTK_BOX (stack), phone);
  kouan_page_frame_set_body (frame, stack);
  kouan_page_frame_set_primary (frame, "Continue");
  add_dock (frame, KOUAN_KEYBOARD_TEXT, kouan_field_get_target (KOUAN_FIELD (street)));
}

static void
build_mrz (KouanWindow *window)
{
  KouanPageFrame *frame
    = begin (window, 2, "Identity", "Type the two lines", "请输入护照底部的两行字符");
  GtkWidget *stack = stack_new ();
  KouanMrzEntry *entry = KOUAN_MRZ_ENTRY (kouan_mrz_entry_new (2, 44));

  kouan_mrz_entry_set_line (entry, 0, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<");
  kouan_mrz_entry_set_line (entry, 1, "L898902C36UTO74O8122F1204159");
  kouan_mrz_entry_add_problem (entry, 1, 13, 6);
  kouan_mrz_entry_set_caret (entry, 1, 16);
  gtk_box_append (
    GTK_BOX (stack),
    kouan_notice_new (KOUAN_NOTICE_PROBLEM, "The date of birth does not fit its check digit",
                      "Look at the marked part again. A letter O may be the digit 0."));
  gtk_box_append (GTK_BOX (stack), GTK_WIDGET (entry));
  kouan_page_frame_set_body (frame, stack);
  kouan_page_frame_set_primary (frame, "Continue");
  add_dock (frame, KOUAN_KEYBOARD_MRZ, KOUAN_KEY_TARGET (entry));
}

static void
build_date (KouanWindow *window)
{
  KouanPageFrame *frame = begin (window, 3, "Details", "When did you arrive?", "您的入境日期");
  GtkWidget *date = kouan_date_field_new ("Date of arrival");

  kouan_date_field_set_hint (KOUAN_DATE_FIELD (date), "It stands in the stamp in your passport");
  kouan_date_field_set_date (KOUAN_DATE_FIELD (date), 2026, 5, 3);
  kouan_page_frame_set_body (frame, date);
  kouan_page_frame_set_primary (frame, "Continue");
  add_dock (frame, KOUAN_KEYBOARD_DIGITS, kouan_date_field_get_target (KOUAN_DATE_FIELD (date)));
}

static GtkWidget *
document_card (
  const char *title, const char *hint, KouanDocumentState state, guint pages, const char *action)
{
  GtkWidget *card = kouan_document_card_new (title, hint);

  kouan_document_card_set_state (KOUAN_DOCUMENT_CARD (card), state, pages);
  kouan_document_card_set_action (KOUAN_DOCUMENT_CARD (card), action);
  return card;
}

static void
build_documents (KouanWindow *window)
{
  KouanPageFrame *frame = begin (window, 4, "Documents", "Your papers", "您的材料");
  GtkWidget *stack = stack_new ();
  GtkWidget *bad
    = document_card ("Health certificate", NULL, KOUAN_DOCUMENT_NEEDED, 0, "Scan again");

  kouan_document_card_set_problem (KOUAN_DOCUMENT_CARD (bad), "The stamp is cut off at the edge.");
  gtk_box_append (GTK_BOX (stack),
                  document_card ("Work permit notice", "Both pages, with the red stamp",
                                 KOUAN_DOCUMENT_KEPT, 2, "Look"));
  gtk_box_append (GTK_BOX (stack), bad);
  gtk_box_append (GTK_BOX (stack), document_card ("Registration of your lodging",
                                                  "From the police station or your hotel",
                                                  KOUAN_DOCUMENT_NEEDED, 0, "Scan"));
  gtk_box_append (GTK_BOX (stack),
                  document_card ("Marriage certificate", "If your husband or wife comes with you",
                                 KOUAN_DOCUMENT_OPTIONAL, 0, "Scan"));
  gtk_box_append (GTK_BOX (stack),
                  document_card ("Letter of your employer", NULL, KOUAN_DOCUMENT_LATER, 0, "Scan"));
  kouan_page_frame_set_body (frame, stack);
  kouan_page_frame_set_primary (frame, "Continue without these");
}

static void
build_progress (KouanWindow *window)
{
  KouanPageFrame *frame
    = begin (window, 4, "Documents", "Scanning your contract", "正在扫描您的合同");
  GtkWidget *progress = kouan_progress_new ("Page 5 of 12 is on its way");

  kouan_progress_set_done (KOUAN_PROGRESS (progress), 5, 12);
  kouan_progress_set_seconds_left (KOUAN_PROGRESS (progress), 40);
  kouan_progress_set_cancel (KOUAN_PROGRESS (progress), "Stop scanning");
  kouan_page_frame_set_body (frame, progress);
}

static void
build_page (KouanWindow *window)
{
  KouanPageFrame *frame
    = begin (window, 4, "Documents", "Is the whole page there?", "整页都扫描到了吗？");
  GtkWidget *view = kouan_page_view_new ("Page 1 of 2 of the work permit notice");
  int width;
  int height;
  g_autoptr (GBytes) pixels = kouan_sample_page (&width, &height);

  kouan_page_view_set_pixels (KOUAN_PAGE_VIEW (view), pixels, GDK_MEMORY_R8G8B8, width, height,
                              (gsize)width * 3);
  gtk_widget_set_vexpand (view, TRUE);
  kouan_page_frame_set_body (frame, view);
  kouan_page_frame_set_primary (frame, "Keep this page");
}

static void
build_camera (KouanWindow *window)
{
  KouanPageFrame *frame
    = begin (window, 1, "Appointment", "Show your appointment code", "请出示预约码");
  GtkWidget *view = kouan_camera_view_new (KOUAN_AIM_CODE, "Hold the code up to the camera");
  int width;
  int height;
  g_autoptr (GBytes) pixels = kouan_sample_frame (&width, &height);

  kouan_camera_view_set_pixels (KOUAN_CAMERA_VIEW (view), pixels, GDK_MEMORY_R8G8B8, width, height,
                                (gsize)width * 3);
  kouan_camera_view_set_status (KOUAN_CAMERA_VIEW (view), KOUAN_NOTICE_WARNING, "Hold it closer");
  gtk_widget_set_vexpand (view, TRUE);
  kouan_page_frame_set_body (frame, view);
  kouan_page_frame_set_primary (frame, "I have no code");
}

static void
build_signature (KouanWindow *window)
{
  static const double line[] = { .10, .24, .14, .10, .18, .26, .22, .12, .27, .25, .33, .14, .37,
                                 .22, .44, .15, .50, .23, .60, .12, .66, .24, .80, .18, .90, .20 };
  KouanPageFrame *frame = begin (window, 6, "Sign", "Sign your application", "请在屏幕上签名");
  GtkWidget *pad = kouan_signature_pad_new ();

  kouan_signature_pad_draw (KOUAN_SIGNATURE_PAD (pad), line, G_N_ELEMENTS (line) / 2);
  kouan_page_frame_set_body (frame, pad);
  kouan_page_frame_set_primary (frame, "Sign and hand in");
}

static void
build_signature_empty (KouanWindow *window)
{
  KouanPageFrame *frame = begin (window, 6, "Sign", "Sign your application", "请在屏幕上签名");

  kouan_page_frame_set_body (frame, kouan_signature_pad_new ());
  kouan_page_frame_set_primary (frame, "Sign and hand in");
  kouan_page_frame_set_primary_sensitive (frame, FALSE);
}

static void
build_receipt (KouanWindow *window)
{
  KouanPageFrame *frame
    = begin (window, 7, "Receipt", "We have your application", "已收到您的申请");
  GtkWidget *stack = stack_new ();
  GtkWidget *code = kouan_qr_view_new (520, "Your receipt as a code");
  g_autofree gboolean *dark = kouan_sample_modules (53);

  kouan_qr_view_set_modules (KOUAN_QR_VIEW (code), dark, 53);
  gtk_box_append (
    GTK_BOX (stack),
    kouan_notice_new (KOUAN_NOTICE_SUCCESS, "Receipt number SZ01-7K3M-9Q",
                      "Keep this number. You can ask about your application with it."));
  gtk_box_append (GTK_BOX (stack), code);
  gtk_box_append (
    GTK_BOX (stack),
    kouan_text_new ("Take a picture of this code, or take the paper receipt from the printer."));
  kouan_page_frame_set_body (frame, stack);
  kouan_page_frame_set_primary (frame, "Finish");
}

static void
build_rating (KouanWindow *window)
{
  KouanPageFrame *frame
    = begin (window, 7, "Receipt", "How was your visit?", "请对本次服务作出评价");
  GtkWidget *stars = kouan_stars_new ("How was your visit?");

  kouan_stars_set_rating (KOUAN_STARS (stars), 4);
  kouan_page_frame_set_body (frame, stars);
  kouan_page_frame_set_primary (frame, "Finish");
}

/* Every drawing under its name. */
static void
build_drawings (KouanWindow *window, gboolean icons)
{
  KouanPageFrame *frame = begin (window, 1, "Gallery", icons ? "Icons" : "Drawings", NULL);
  const char *folder = icons ? "/org/kouan/icons" : "/org/kouan/illustrations";
  g_auto (GStrv) names = g_resources_enumerate_children (folder, 0, NULL);
  GtkWidget *grid = gtk_grid_new ();
  int columns = icons ? 6 : 2;

  gtk_grid_set_row_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (int i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (names[i], strlen (names[i]) - strlen (".svg"));
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

      gtk_box_append (GTK_BOX (box),
                      icons ? kouan_icon_new (name) : kouan_illustration_new (name, 240));
      gtk_box_append (GTK_BOX (box), kouan_small_new (name));
      gtk_grid_attach (GTK_GRID (grid), box, i % columns, i / columns, 1, 1);
    }
  kouan_page_frame_set_body (frame, grid);
}

static void
build_illustrations (KouanWindow *window)
{
  build_drawings (window, FALSE);
}

static void
build_icons (KouanWindow *window)
{
  build_drawings (window, TRUE);
}

static const KouanScene SCENES[] = {
  { "illustrations", build_illustrations },
  { "icons", build_icons },
  { "fields", build_fields },
  { "mrz", build_mrz },
  { "date", build_date },
  { "documents", build_documents },
  { "progress", build_progress },
  { "page", build_page },
  { "camera", build_camera },
  { "signature", build_signature },
  { "signature-empty", build_signature_empty },
  { "receipt", build_receipt },
  { "rating", build_rating },
  { "buttons", build_buttons },
  { "choices", build_choices },
  { "notices", build_notices },
  { "first-seen", build_first_seen },
  { "summary", build_summary },
  { "language", build_language },
  { "accessibility", build_accessibility },
  { "staff", build_staff },
  { "still-there", build_still_there },
  { "leave", build_leave },
};

const KouanScene *
kouan_scenes (guint *count)
{
  *count = G_N_ELEMENTS (SCENES);
  return SCENES;
}

const KouanScene *
kouan_scene_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (SCENES); i++)
    if (g_str_equal (SCENES[i].name, name))
      return &SCENES[i];
  return NULL;
}

KouanWindow *
kouan_scene_window_new (const KouanScene *scene, const KouanSceneSettings *settings)
{
  g_autoptr (KouanPreferences) preferences = kouan_preferences_new (KOUAN_THEME_LIGHT);
  KouanWindow *window;

  kouan_language_set (settings->language != NULL ? settings->language : kouan_language_find ("en"));
  window = kouan_window_new (preferences);
  kouan_preferences_set_text_size (preferences, settings->text_size);
  kouan_preferences_set_theme (preferences, settings->theme);
  kouan_preferences_set_low_reach (preferences, settings->low_reach);
  kouan_window_set_screen (window, settings->width, settings->height);
  scene->build (window);
  return window;
}
