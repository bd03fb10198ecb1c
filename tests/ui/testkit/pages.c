/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/testkit/pages.h"

#include "app/documents/take.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/forms.h"
#include "tests/ui/testkit/picture.h"
#include "ui/widgets/canvas.h"
#include "ui/window/panels.h"

#define PAPER_DPI 60

/* A screen's own word for its face is a number in its stash, which is how it gets from one language
 * to the other; these are the numbers. */
#define IDENTITY_TYPE 1
#define IDENTITY_CHOOSE 2
#define IDENTITY_CONFIRM 3
#define DOCUMENTS_SOURCE 1
#define DOCUMENTS_PREVIEW 3
#define DOCUMENTS_DETAIL 4

static void
take_face (KouanTestView *view, GVariant *stash)
{
  g_autoptr (GVariant) sunk = g_variant_ref_sink (stash);

  kouan_screen_unstash (kouan_shell_get_screen (view->shell), sunk);
}

/* ---- Faces of pages ---- */

static void
show_bad_code (KouanTestView *view)
{
  g_autoptr (KouanTrouble) trouble = NULL;

  g_assert_false (kouan_session_take_code (view->visit->session, "KA1:NOT A CODE", &trouble));
  kouan_screen_show_trouble (kouan_shell_get_screen (view->shell), trouble);
}

static void
type_zone (KouanTestView *view)
{
  take_face (view,
             g_variant_new ("(iisss)", IDENTITY_TYPE, KOUAN_MRZ_TD3,
                            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO74", ""));
}

static void
choose_document (KouanTestView *view)
{
  take_face (view, g_variant_new ("(iisss)", IDENTITY_CHOOSE, KOUAN_MRZ_TD3, "", "", ""));
}

static void
confirm_identity (KouanTestView *view)
{
  g_autoptr (KouanDocumentReading) reading = kouan_test_visit_read (view->visit);

  kouan_session_set_unconfirmed (view->visit->session, reading);
  take_face (view, g_variant_new ("(iisss)", IDENTITY_CONFIRM, KOUAN_MRZ_TD3, "", "", ""));
}

static void
choose_way (KouanTestView *view)
{
  take_face (view, g_variant_new ("(iis)", DOCUMENTS_SOURCE, -1, "passport"));
}

static void
look_at_page (KouanTestView *view)
{
  g_autoptr (KouanPage) page = kouan_test_paper (KOUAN_TEST_FORM, 1, PAPER_DPI);
  g_autoptr (GPtrArray) takes = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_take_unref);

  g_ptr_array_add (takes, kouan_take_new (page, FALSE, NULL));
  kouan_session_set_unkept (view->visit->session, takes);
  take_face (view, g_variant_new ("(iis)", DOCUMENTS_PREVIEW, -1, "application-form"));
}

static void
look_at_paper (KouanTestView *view)
{
  take_face (view, g_variant_new ("(iis)", DOCUMENTS_DETAIL, -1, "passport"));
}

static void
look_at_photo (KouanTestView *view)
{
  take_face (view, g_variant_new ("(iis)", DOCUMENTS_DETAIL, -1, "photo"));
}

static void
ask_still_there (KouanTestView *view)
{
  kouan_window_ask_still_there (view->window, "", 30);
}

static void
choose_language (KouanTestView *view)
{
  kouan_window_open_language (view->window);
}

static void
choose_comfort (KouanTestView *view)
{
  kouan_window_open_accessibility (view->window);
}

static void
call_staff (KouanTestView *view)
{
  kouan_window_ask_staff (view->window);
}

static void
leave (KouanTestView *view)
{
  GtkWidget *back = kouan_page_frame_get_back_button (kouan_window_get_frame (view->window));

  g_signal_emit_by_name (back, "clicked");
}

static void
open_topic (KouanTestView *view)
{
  take_face (view, g_variant_new ("(ss)", "Residence permit", ""));
}

static void
read_about (KouanTestView *view)
{
  take_face (view, g_variant_new ("(ss)", "Visa and talent", "k-visa"));
}

/* ---- Ways to pages ---- */

static void
walk_in (KouanTestVisit *visit)
{
  kouan_test_visit_walk (visit, KOUAN_STATE_APPOINTMENT);
  kouan_test_visit_send (visit, KOUAN_EVENT_NO_CODE);
}

static void
get_code (KouanTestVisit *visit)
{
  g_autoptr (KouanTrouble) trouble = NULL;

  walk_in (visit);
  g_assert_true (kouan_session_take_service (visit->session, 1, &trouble));
}

static void
ask (KouanTestVisit *visit, const char *id)
{
  g_autoptr (GPtrArray) questions = NULL;

  kouan_test_visit_walk (visit, KOUAN_STATE_DOCUMENTS);
  kouan_test_visit_send (visit, KOUAN_EVENT_BACK);
  questions = kouan_session_questions (visit->session);
  for (guint i = 0; i < questions->len; i++)
    if (g_str_equal (kouan_question_get_id (g_ptr_array_index (questions, i)), id))
      kouan_session_get_visit (visit->session)->question = i;
}

static void
ask_choice (KouanTestVisit *visit)
{
  ask (visit, "work_proof");
}

static void
ask_date (KouanTestVisit *visit)
{
  ask (visit, "entry_date");
}

static void
ask_text (KouanTestVisit *visit)
{
  ask (visit, "employer");
}

static void
ask_address (KouanTestVisit *visit)
{
  ask (visit, "address");
}

/* To the questions of a walk-in's service. */
static void
begin_service (KouanTestVisit *visit, guint service)
{
  g_autoptr (KouanTrouble) trouble = NULL;
  g_autoptr (KouanDocumentReading) reading = NULL;

  walk_in (visit);
  g_assert_true (kouan_session_take_service (visit->session, service, &trouble));
  kouan_test_visit_send (visit, KOUAN_EVENT_NEXT);
  reading = kouan_test_visit_read (visit);
  g_assert_true (kouan_session_take_reading (visit->session, reading, &trouble));
  kouan_test_visit_send (visit, KOUAN_EVENT_NEXT);
}

static void
ask_country (KouanTestVisit *visit)
{
  g_autoptr (GPtrArray) questions = NULL;
  KouanAnswers *answers;

  begin_service (visit, 20);
  answers = kouan_session_get_visit (visit->session)->answers;
  kouan_answers_set (answers, "exempt", "none");
  kouan_answers_set (answers, "from", "FRA");
  questions = kouan_session_questions (visit->session);
  for (guint i = 0; i < questions->len; i++)
    if (g_str_equal (kouan_question_get_id (g_ptr_array_index (questions, i)), "from"))
      kouan_session_get_visit (visit->session)->question = i;
}

static void
declare (KouanTestVisit *visit)
{
  begin_service (visit, 23);
  kouan_answers_set (kouan_session_get_visit (visit->session)->answers, "at_hotel", "no");
  kouan_test_visit_send (visit, KOUAN_EVENT_NEXT); /* nothing is handed in */
}

static void
declared (KouanTestVisit *visit)
{
  declare (visit);
  kouan_test_visit_walk (visit, KOUAN_STATE_RECEIPT);
}

static void
estimate (KouanTestVisit *visit)
{
  KouanAnswers *answers;

  begin_service (visit, 30);
  answers = kouan_session_get_visit (visit->session)->answers;
  kouan_answers_set (answers, "education", "master");
  kouan_answers_set (answers, "years_worked", "10");
  kouan_answers_set (answers, "merit", "yes");
  kouan_test_visit_send (visit, KOUAN_EVENT_NEXT);
  kouan_test_visit_send (visit, KOUAN_EVENT_NEXT);
}

static void
have_papers (KouanTestVisit *visit)
{
  kouan_test_visit_walk (visit, KOUAN_STATE_REVIEW);
  kouan_test_visit_send (visit, KOUAN_EVENT_BACK);
}

static void
park (KouanTestVisit *visit)
{
  kouan_test_visit_walk (visit, KOUAN_STATE_DOCUMENTS);
  kouan_test_visit_send (visit, KOUAN_EVENT_PARK);
}

static const KouanTestPage PAGES[] = {
  { "attract", KOUAN_STATE_ATTRACT, NULL, NULL },
  { "language", KOUAN_STATE_LANGUAGE, NULL, NULL },
  { "consent", KOUAN_STATE_CONSENT, NULL, NULL },
  { "appointment", KOUAN_STATE_APPOINTMENT, NULL, NULL },
  { "appointment-refused", KOUAN_STATE_APPOINTMENT, NULL, show_bad_code },
  { "service", KOUAN_STATE_SERVICE, walk_in, NULL },
  { "service-topic", KOUAN_STATE_SERVICE, walk_in, open_topic },
  { "service-told", KOUAN_STATE_SERVICE, walk_in, read_about },
  { "walk-in", KOUAN_STATE_WALK_IN, get_code, NULL },
  { "identity-camera", KOUAN_STATE_IDENTITY, NULL, NULL },
  { "identity-typed", KOUAN_STATE_IDENTITY, NULL, type_zone },
  { "identity-choose", KOUAN_STATE_IDENTITY, NULL, choose_document },
  { "identity-confirm", KOUAN_STATE_IDENTITY, NULL, confirm_identity },
  { "details-choice", KOUAN_STATE_DETAILS, ask_choice, NULL },
  { "details-date", KOUAN_STATE_DETAILS, ask_date, NULL },
  { "details-text", KOUAN_STATE_DETAILS, ask_text, NULL },
  { "details-address", KOUAN_STATE_DETAILS, ask_address, NULL },
  { "details-country", KOUAN_STATE_DETAILS, ask_country, NULL },
  { "documents", KOUAN_STATE_DOCUMENTS, have_papers, NULL },
  { "documents-photo", KOUAN_STATE_DOCUMENTS, have_papers, look_at_photo },
  { "documents-way", KOUAN_STATE_DOCUMENTS, have_papers, choose_way },
  { "documents-preview", KOUAN_STATE_DOCUMENTS, have_papers, look_at_page },
  { "documents-paper", KOUAN_STATE_DOCUMENTS, have_papers, look_at_paper },
  { "review", KOUAN_STATE_REVIEW, NULL, NULL },
  { "review-declared", KOUAN_STATE_REVIEW, declare, NULL },
  { "review-points", KOUAN_STATE_REVIEW, estimate, NULL },
  { "sign", KOUAN_STATE_SIGN, NULL, NULL },
  { "receipt", KOUAN_STATE_RECEIPT, NULL, NULL },
  { "receipt-declared", KOUAN_STATE_RECEIPT, declared, NULL },
  { "rating", KOUAN_STATE_RATING, NULL, NULL },
  { "parked", KOUAN_STATE_PARKED, park, NULL },
  { "panel-language", KOUAN_STATE_CONSENT, NULL, choose_language },
  { "panel-comfort", KOUAN_STATE_CONSENT, NULL, choose_comfort },
  { "panel-staff", KOUAN_STATE_CONSENT, NULL, call_staff },
  { "panel-still-there", KOUAN_STATE_CONSENT, NULL, ask_still_there },
  { "panel-leave", KOUAN_STATE_IDENTITY, NULL, leave },
};

const KouanTestPage *
kouan_test_pages (guint *count)
{
  *count = G_N_ELEMENTS (PAGES);
  return PAGES;
}

KouanTestVisit *
kouan_test_page_visit (const KouanTestPage *page)
{
  KouanTestVisit *visit = kouan_test_visit_new ();

  if (page->prepare != NULL)
    page->prepare (visit);
  else
    kouan_test_visit_walk (visit, page->state);
  g_assert_cmpint (kouan_session_get_state (visit->session), ==, page->state);
  return visit;
}

static KouanCanvas *
find_canvas (GtkWidget *widget)
{
  KouanCanvas *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (KOUAN_IS_CANVAS (widget) && gtk_widget_has_css_class (widget, "live"))
    return KOUAN_CANVAS (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_canvas (child);
  return found;
}

/* A page without a live picture has what it waits for. */
static gboolean
has_picture (gpointer data)
{
  KouanCanvas *canvas = find_canvas (data);

  return canvas == NULL || kouan_canvas_get_picture_bounds (canvas).size.width > 0;
}

KouanTestView *
kouan_test_view_new (const KouanTestPage *page,
                     KouanTestVisit *visit,
                     const KouanSceneSettings *settings)
{
  g_autoptr (KouanPreferences) preferences = kouan_preferences_new (KOUAN_THEME_LIGHT);
  KouanTestView *self = g_new0 (KouanTestView, 1);

  self->visit = visit;
  kouan_language_set (settings->language);
  if (page->state != KOUAN_STATE_ATTRACT && page->state != KOUAN_STATE_PARKED)
    kouan_session_set_language (visit->session, settings->language->code);
  self->window = kouan_window_new (preferences);
  kouan_preferences_set_text_size (preferences, settings->text_size);
  kouan_preferences_set_theme (preferences, settings->theme);
  kouan_preferences_set_low_reach (preferences, settings->low_reach);
  kouan_window_set_screen (self->window, settings->width, settings->height);
  /* As in a hall, where the page comes up in a window that has been there for days. */
  gtk_window_present (GTK_WINDOW (self->window));
  self->shell = kouan_shell_new (visit->kiosk, self->window);
  kouan_test_wait_for_frame (GTK_WINDOW (self->window));
  if (page->face != NULL)
    page->face (self);
  kouan_test_wait_for_frame (GTK_WINDOW (self->window));
  kouan_test_wait_for (has_picture, self->window);
  kouan_test_wait_for_frame (GTK_WINDOW (self->window));
  return self;
}

void
kouan_test_view_free (KouanTestView *self)
{
  g_clear_object (&self->shell);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_free (self);
}
