/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/testkit/scenes.h"
#include "ui/widgets/button.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/language-picker.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/summary-list.h"
#include "ui/widgets/text.h"
#include "ui/window/panels.h"

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
  kouan_page_frame_set_time (frame, "09:05");
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

static const KouanScene SCENES[] = {
  { "buttons", build_buttons },   { "choices", build_choices },
  { "notices", build_notices },   { "summary", build_summary },
  { "language", build_language }, { "accessibility", build_accessibility },
  { "staff", build_staff },       { "still-there", build_still_there },
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
