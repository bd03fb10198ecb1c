/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/details/details-screen.h"

#include "app/language/language.h"
#include "ui/pages/details/question-editor.h"

/* The catalogue's questions, one a page. Which questions there are follows from the answers, so the
 * list is asked for anew at each step; an answer is checked, put into the visit and saved before
 * the next question shows. A card answers by being pressed; what is typed is sent with the button.
 */

struct _KouanDetailsScreen
{
  KouanScreen parent_instance;

  GtkLabel *section;
  GtkLabel *hint;
  GtkBox *editor_place;
  GtkLabel *why;

  GPtrArray *questions; /* as of the answers so far */
  KouanQuestionEditor *editor;
};

G_DEFINE_FINAL_TYPE (KouanDetailsScreen, kouan_details_screen, KOUAN_TYPE_SCREEN)

static KouanSession *
session_of (KouanDetailsScreen *self)
{
  return kouan_screen_get_session (KOUAN_SCREEN (self));
}

static KouanVisit *
visit_of (KouanDetailsScreen *self)
{
  return kouan_session_get_visit (session_of (self));
}

static const char *
language (void)
{
  return kouan_language_current ()->code;
}

/* Returns: (nullable): NULL where a service asks nothing */
static KouanQuestion *
current (KouanDetailsScreen *self)
{
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  self->questions = kouan_session_questions (session_of (self));
  if (self->questions->len == 0)
    return NULL;
  visit_of (self)->question = MIN (visit_of (self)->question, self->questions->len - 1);
  return g_ptr_array_index (self->questions, visit_of (self)->question);
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

/* How many there are is not said: an answer opens others, and a number that grows is none. */
static void
show_section (KouanDetailsScreen *self, KouanQuestion *question)
{
  const char *name = kouan_question_get_section (question, language ());
  g_autofree char *sentence = g_strdup_printf (
    _ ("%s · question %u"), name != NULL ? name : _ ("Details"), visit_of (self)->question + 1);
  g_autofree char *text = kouan_language_digits (kouan_language_current (), sentence);

  set_text (self->section, text);
}

/* Why it is asked: the rule with its source, which also says where it is not certain. */
static void
show_why (KouanDetailsScreen *self, KouanQuestion *question)
{
  GPtrArray *rules = kouan_question_get_rules (question);
  KouanContext context;
  g_autofree char *text = NULL;

  kouan_session_get_context (session_of (self), &context);
  if (rules->len > 0)
    text = kouan_rule_format (g_ptr_array_index (rules, 0), &context.today, language ());
  set_text (self->why, text);
}

static void
show (KouanDetailsScreen *self, const char *value)
{
  KouanScreen *screen = KOUAN_SCREEN (self);
  KouanQuestion *question = current (self);
  const char *hall
    = kouan_station_get_hall_language (kouan_session_get_station (session_of (self)));

  if (self->editor != NULL)
    gtk_box_remove (self->editor_place, GTK_WIDGET (self->editor));
  self->editor = KOUAN_QUESTION_EDITOR (kouan_question_editor_new (question, value));
  gtk_box_append (self->editor_place, GTK_WIDGET (self->editor));
  show_section (self, question);
  set_text (self->hint, kouan_question_get_hint (question, language ()));
  show_why (self, question);
  kouan_screen_show_trouble (screen, NULL);
  kouan_screen_set_title_text (screen, kouan_question_get_label (question, language ()),
                               kouan_question_get_label (question, hall));
  kouan_screen_set_primary (screen, _ ("Go on"), TRUE);
  kouan_screen_set_dock (screen, kouan_question_editor_get_keyboard (self->editor));
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->editor), GTK_DIR_TAB_FORWARD);
}

/* What the group shares was asked once, of the first of them. It stands on the review page, where
 * it can be changed, and going back shows it too. */
static gboolean
is_shared_answer (KouanDetailsScreen *self, KouanQuestion *question)
{
  const char *value
    = kouan_answers_get (visit_of (self)->answers, kouan_question_get_id (question));
  g_autofree char *problem = NULL;
  KouanContext context;

  if (visit_of (self)->group_receipt == NULL || value == NULL
      || !kouan_question_is_shared (question))
    return FALSE;
  kouan_session_get_context (session_of (self), &context);
  return kouan_question_validate (question, value, visit_of (self)->answers, &context, &problem);
}

static void
show_current (KouanDetailsScreen *self)
{
  KouanQuestion *question = current (self);

  if (question != NULL)
    show (self, kouan_answers_get (visit_of (self)->answers, kouan_question_get_id (question)));
}

static gboolean
take_answer (KouanDetailsScreen *self, KouanQuestion *question)
{
  const char *value = kouan_question_editor_get_value (self->editor);
  KouanContext context;
  g_autofree char *problem = NULL;

  kouan_session_get_context (session_of (self), &context);
  if (!kouan_question_validate (question, value, visit_of (self)->answers, &context, &problem))
    {
      kouan_question_editor_set_problem (self->editor, problem);
      return FALSE;
    }
  kouan_answers_set (visit_of (self)->answers, kouan_question_get_id (question), value);
  return TRUE;
}

static gboolean
has_to_be_asked (KouanDetailsScreen *self, KouanQuestion *question)
{
  if (!kouan_session_is_changing (session_of (self)))
    return !is_shared_answer (self, question);
  return kouan_question_is_required (question)
         && kouan_answers_get (visit_of (self)->answers, kouan_question_get_id (question)) == NULL;
}

/* The first question from @index on that has no answer yet and needs one; after a change others may
 * have opened. */
static guint
next_open (KouanDetailsScreen *self, guint index)
{
  while (index < self->questions->len
         && !has_to_be_asked (self, g_ptr_array_index (self->questions, index)))
    index++;
  return index;
}

/* The next person of a group begins behind what is shared. */
static void
pass_shared (KouanDetailsScreen *self)
{
  guint first;

  if (current (self) == NULL || visit_of (self)->question > 0
      || kouan_session_is_changing (session_of (self)))
    return;
  first = next_open (self, 0);
  if (first < self->questions->len)
    visit_of (self)->question = first;
}

static void
answer (KouanDetailsScreen *self)
{
  KouanQuestion *question = current (self);
  g_autoptr (KouanTrouble) trouble = NULL;
  guint next;

  if (question != NULL && !take_answer (self, question))
    return;
  current (self);
  next = next_open (self, visit_of (self)->question + 1);
  if (next >= self->questions->len)
    {
      kouan_session_advance (session_of (self));
      return;
    }
  visit_of (self)->question = next;
  if (kouan_session_save (session_of (self), &trouble))
    show_current (self);
  else
    kouan_screen_show_trouble (KOUAN_SCREEN (self), trouble);
}

/* The field that the keyboard is for has the focus, and is in sight. */
static void
kouan_details_screen_enter (KouanScreen *screen)
{
  KouanDetailsScreen *self = KOUAN_DETAILS_SCREEN (screen);

  if (self->editor != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->editor), GTK_DIR_TAB_FORWARD);
}

static void
kouan_details_screen_primary (KouanScreen *screen)
{
  answer (KOUAN_DETAILS_SCREEN (screen));
}

static gboolean
kouan_details_screen_back (KouanScreen *screen)
{
  KouanDetailsScreen *self = KOUAN_DETAILS_SCREEN (screen);

  if (kouan_session_is_changing (session_of (self)) || visit_of (self)->question == 0)
    return FALSE;
  visit_of (self)->question--;
  show_current (self);
  return TRUE;
}

static GVariant *
kouan_details_screen_stash (KouanScreen *screen)
{
  KouanDetailsScreen *self = KOUAN_DETAILS_SCREEN (screen);
  const char *value = self->editor != NULL ? kouan_question_editor_get_value (self->editor) : NULL;

  return g_variant_new_string (value != NULL ? value : "");
}

static void
kouan_details_screen_unstash (KouanScreen *screen, GVariant *stash)
{
  const char *value = g_variant_get_string (stash, NULL);

  if (current (KOUAN_DETAILS_SCREEN (screen)) != NULL)
    show (KOUAN_DETAILS_SCREEN (screen), value[0] != '\0' ? value : NULL);
}

static void
kouan_details_screen_constructed (GObject *object)
{
  KouanDetailsScreen *self = KOUAN_DETAILS_SCREEN (object);

  G_OBJECT_CLASS (kouan_details_screen_parent_class)->constructed (object);

  gtk_widget_add_css_class (GTK_WIDGET (self->section), "soft");
  gtk_widget_add_css_class (GTK_WIDGET (self->why), "soft");
  gtk_widget_add_css_class (GTK_WIDGET (self->why), "small");
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("Details"));
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Go on"), TRUE);
  pass_shared (self);
  show_current (self);
}

static void
kouan_details_screen_dispose (GObject *object)
{
  g_clear_pointer (&KOUAN_DETAILS_SCREEN (object)->questions, g_ptr_array_unref);
  G_OBJECT_CLASS (kouan_details_screen_parent_class)->dispose (object);
}

static void
kouan_details_screen_class_init (KouanDetailsScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KouanScreenClass *screen_class = KOUAN_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_details_screen_constructed;
  G_OBJECT_CLASS (klass)->dispose = kouan_details_screen_dispose;
  screen_class->enter = kouan_details_screen_enter;
  screen_class->primary = kouan_details_screen_primary;
  screen_class->back = kouan_details_screen_back;
  screen_class->stash = kouan_details_screen_stash;
  screen_class->unstash = kouan_details_screen_unstash;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/details/details-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanDetailsScreen, section);
  gtk_widget_class_bind_template_child (widget_class, KouanDetailsScreen, hint);
  gtk_widget_class_bind_template_child (widget_class, KouanDetailsScreen, editor_place);
  gtk_widget_class_bind_template_child (widget_class, KouanDetailsScreen, why);
}

static void
kouan_details_screen_init (KouanDetailsScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
