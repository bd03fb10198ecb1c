/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/identity/identity-screen.h"

#include "app/clock/date.h"
#include "app/devices/portrait-camera.h"
#include "app/identity/mrz-typing.h"
#include "app/language/language.h"
#include "ui/pages/identity/chip-step.h"
#include "ui/pages/identity/identity-summary.h"
#include "ui/pages/identity/portrait-step.h"
#include "ui/pages/identity/zone-camera.h"
#include "ui/widgets/button.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/halves.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/mrz-entry.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/text.h"

/* Who is there. The lines at the bottom of the document are read by the camera, or typed where
 * there is none or it does not help; they are shown back as what they mean: a person confirms a
 * name and a date, not a row of signs. Where the kiosk has a chip reader, the chip is read next,
 * opened by what the page says; a document without a chip goes on without. Where it has a camera,
 * the person's picture is taken, if they want it. Cards and visas have other lines, behind "another
 * document". */

#define DRAWING_HEIGHT 220

typedef enum
{
  MODE_CAMERA,
  MODE_TYPE,
  MODE_CHOOSE,
  MODE_CONFIRM,
  MODE_CHIP,
  MODE_PORTRAIT,
  MODE_RESULT,
} Mode;

struct _KouanIdentityScreen
{
  KouanScreen parent_instance;

  /* children of the template */
  GtkStack *stack;
  GtkBox *found_place;
  GtkBox *drawing;
  GtkBox *entry_place;
  GtkBox *problem_place;
  GtkBox *other_place;
  GtkBox *choosing;
  GtkBox *confirming;
  GtkBox *aiming;
  GtkBox *laying;
  GtkBox *facing;

  KouanZoneCamera *camera;     /* (nullable): child of aiming; without a camera there is none */
  KouanChipStep *chip;         /* (nullable): child of laying */
  KouanPortraitStep *portrait; /* (nullable): child of facing */
  KouanMrzEntry *entry;        /* child of entry_place */
  GtkWidget *keyboard;         /* the dock while typing */
  Mode mode;
  KouanMrzFormat format; /* of the shape chosen: visas are told apart by their first letter */
};

G_DEFINE_FINAL_TYPE (KouanIdentityScreen, kouan_identity_screen, KOUAN_TYPE_SCREEN)

static const struct
{
  const char *id;
  KouanMrzFormat format;
  const char *icon;
  const char *title;
  const char *subtitle;
} shapes[] = {
  { "td3", KOUAN_MRZ_TD3, "passport", N_ ("Passport"), N_ ("Two lines of 44 characters") },
  { "td1", KOUAN_MRZ_TD1, "document", N_ ("Card"), N_ ("Three lines of 30 characters") },
  { "td2", KOUAN_MRZ_TD2, "document", N_ ("Larger card, or a small visa"),
    N_ ("Two lines of 36 characters") },
};

static void set_mode (KouanIdentityScreen *self, Mode mode);

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
show_problem (KouanIdentityScreen *self, const KouanMrzProblem *problem)
{
  g_autofree char *sentence = kouan_mrz_problem_sentence (problem);

  kouan_mrz_entry_add_problem (self->entry, problem->line, problem->start, problem->length);
  kouan_mrz_entry_set_caret (self->entry, problem->line, problem->start);
  clear (self->problem_place);
  gtk_box_append (
    self->problem_place,
    kouan_notice_new (KOUAN_NOTICE_PROBLEM, _ ("One character does not fit"), sentence));
}

/* Returns: (transfer full) (nullable): what the lines say, if all of it fits; marks the first
 * misfit */
static KouanMrz *
read_lines (KouanIdentityScreen *self)
{
  KouanSession *session = kouan_screen_get_session (KOUAN_SCREEN (self));
  const char *lines[KOUAN_MRZ_LINES_MAX + 1] = { NULL };
  g_autoptr (GArray) problems = NULL;
  g_autoptr (KouanMrz) mrz = NULL;
  GDate today;

  for (guint i = 0; i < kouan_mrz_line_count (self->format); i++)
    lines[i] = kouan_mrz_entry_get_line (self->entry, i);
  kouan_date_today (kouan_session_get_clock (session), &today);
  mrz = kouan_mrz_parse (lines, &today, &problems);
  if (mrz != NULL && (problems == NULL || problems->len == 0))
    return g_steal_pointer (&mrz);
  kouan_mrz_entry_clear_problems (self->entry);
  if (problems != NULL && problems->len > 0)
    show_problem (self, &g_array_index (problems, KouanMrzProblem, 0));
  return NULL;
}

static void
on_entry_changed (KouanMrzEntry *entry, KouanIdentityScreen *self)
{
  clear (self->problem_place);
  kouan_mrz_entry_clear_problems (entry);
  kouan_screen_show_trouble (KOUAN_SCREEN (self), NULL);
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Check the lines"),
                            kouan_mrz_entry_is_complete (entry));
}

static char *
fill_line (guint line, const char *text, gpointer data)
{
  KouanIdentityScreen *self = data;

  return kouan_mrz_fill (self->format, line, text);
}

static void
set_format (KouanIdentityScreen *self, KouanMrzFormat format)
{
  self->format = format;
  kouan_mrz_entry_set_format (self->entry, kouan_mrz_line_count (format),
                              kouan_mrz_line_length (format));
}

static void
on_other_clicked (GtkButton *button G_GNUC_UNUSED, KouanIdentityScreen *self)
{
  set_mode (self, MODE_CHOOSE);
}

static void
on_shape_chosen (KouanChoiceList *list G_GNUC_UNUSED, const char *id, KouanIdentityScreen *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (g_str_equal (shapes[i].id, id))
      set_format (self, shapes[i].format);
  set_mode (self, MODE_TYPE);
}

/* The others are hidden, not only covered: a screen reader is shown what a stack covers. */
static void
show_step (KouanIdentityScreen *self, const char *name)
{
  GtkWidget *step = gtk_stack_get_child_by_name (self->stack, name);

  gtk_widget_set_visible (step, TRUE);
  gtk_stack_set_visible_child (self->stack, step);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, child == step);
}

static void
enter_type (KouanIdentityScreen *self)
{
  KouanScreen *screen = KOUAN_SCREEN (self);
  const char *title = kouan_mrz_line_count (self->format) == 3
                        ? N_ ("Type the three lines at the bottom of your card")
                        : N_ ("Type the two lines at the bottom of your passport");

  show_step (self, "type");
  kouan_screen_set_title (screen, title);
  kouan_screen_set_primary (screen, _ ("Check the lines"),
                            kouan_mrz_entry_is_complete (self->entry));
  kouan_screen_set_dock (screen, self->keyboard);
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
enter_choose (KouanIdentityScreen *self)
{
  show_step (self, "choose");
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("Which document do you have with you?"));
  kouan_screen_hide_primary (KOUAN_SCREEN (self));
  kouan_screen_set_dock (KOUAN_SCREEN (self), NULL);
}

static void
put_lines (KouanIdentityScreen *self, KouanMrzFormat format, const char *const *lines)
{
  set_format (self, format);
  for (guint i = 0; i < kouan_mrz_line_count (format) && lines[i] != NULL; i++)
    kouan_mrz_entry_set_line (self->entry, i, lines[i]);
}

/* What the person is asked to confirm. The session has it, so that it is still there when this page
 * gives way to the same in another language. */
static KouanDocumentReading *
reading_of (KouanIdentityScreen *self)
{
  return kouan_session_get_unconfirmed (kouan_screen_get_session (KOUAN_SCREEN (self)));
}

static void
show_summary (KouanIdentityScreen *self, KouanChecks *checks, GtkWidget *action)
{
  const KouanMrz *mrz = kouan_document_reading_get_mrz (reading_of (self));

  clear (self->confirming);
  gtk_box_append (self->confirming, kouan_identity_summary_new (mrz, checks, action));
  show_step (self, "confirm");
  kouan_screen_set_dock (KOUAN_SCREEN (self), NULL);
}

/* To be put right by hand: the page's lines, as they were read. */
static void
on_wrong_clicked (GtkButton *button G_GNUC_UNUSED, KouanIdentityScreen *self)
{
  const KouanMrz *mrz = kouan_document_reading_get_mrz (reading_of (self));
  const char *lines[KOUAN_MRZ_LINES_MAX];

  for (guint i = 0; i < KOUAN_MRZ_LINES_MAX; i++)
    lines[i] = mrz->lines[i];
  put_lines (self, mrz->format, lines);
  set_mode (self, MODE_TYPE);
}

static GtkWidget *
wrong_new (KouanIdentityScreen *self)
{
  GtkWidget *wrong = kouan_button_new ("edit", _ ("Something is wrong: type the lines"));

  gtk_widget_set_halign (wrong, GTK_ALIGN_START);
  g_signal_connect (wrong, "clicked", G_CALLBACK (on_wrong_clicked), self);
  return wrong;
}

static void
enter_confirm (KouanIdentityScreen *self)
{
  KouanSession *session = kouan_screen_get_session (KOUAN_SCREEN (self));
  g_autoptr (KouanChecks) checks = kouan_session_check_reading (session, reading_of (self));

  show_summary (self, checks,
                kouan_document_reading_get_source (reading_of (self)) != KOUAN_SOURCE_TYPED
                  ? wrong_new (self)
                  : NULL);
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("Is this you?"));
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Yes, this is me"), TRUE);
}

/* After chip and picture: nothing more is asked, and what was found is shown. */
static void
enter_result (KouanIdentityScreen *self)
{
  KouanSession *session = kouan_screen_get_session (KOUAN_SCREEN (self));
  KouanChecks *checks = kouan_session_get_visit (session)->checks;
  gboolean has_chip
    = kouan_checks_get (checks, KOUAN_CHECK_CHIP_ACCESS, KOUAN_SOURCE_ELECTRONIC) != NULL;

  show_summary (self, checks, NULL);
  kouan_screen_set_title (KOUAN_SCREEN (self), has_chip ? N_ ("Your passport is read")
                                                        : N_ ("This goes into your application"));
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Go on"), TRUE);
}

static void
enter_camera (KouanIdentityScreen *self)
{
  show_step (self, "camera");
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("Show the page with your photo"));
  kouan_screen_hide_primary (KOUAN_SCREEN (self));
  kouan_screen_set_dock (KOUAN_SCREEN (self), NULL);
  kouan_zone_camera_start (self->camera);
}

static void
enter_chip (KouanIdentityScreen *self)
{
  show_step (self, "chip");
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("Lay your passport on the reader"));
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Go on without the chip"), TRUE);
  kouan_screen_set_dock (KOUAN_SCREEN (self), NULL);
  kouan_chip_step_start (self->chip, kouan_document_reading_get_mrz (reading_of (self)));
}

static void
on_portrait_changed (KouanPortraitStep *portrait, KouanIdentityScreen *self)
{
  KouanScreen *screen = KOUAN_SCREEN (self);

  kouan_screen_show_trouble (screen, NULL);
  kouan_screen_set_wide (screen, kouan_portrait_step_is_wide (portrait));
  kouan_screen_set_title (screen, kouan_portrait_step_get_title (portrait));
  kouan_screen_set_primary (screen, kouan_portrait_step_get_primary (portrait), TRUE);
}

static void
enter_portrait (KouanIdentityScreen *self)
{
  show_step (self, "portrait");
  kouan_screen_set_dock (KOUAN_SCREEN (self), NULL);
  kouan_portrait_step_start (self->portrait);
}

static void
set_mode (KouanIdentityScreen *self, Mode mode)
{
  static void (*const enters[]) (KouanIdentityScreen *)
    = { enter_camera, enter_type,     enter_choose, enter_confirm,
        enter_chip,   enter_portrait, enter_result };

  if (self->camera != NULL && mode != MODE_CAMERA)
    kouan_zone_camera_stop (self->camera);
  if (self->chip != NULL && mode != MODE_CHIP)
    kouan_chip_step_stop (self->chip);
  if (self->portrait != NULL && mode != MODE_PORTRAIT)
    kouan_portrait_step_stop (self->portrait);
  self->mode = mode;
  kouan_screen_set_wide (KOUAN_SCREEN (self),
                         mode == MODE_CAMERA || mode == MODE_CONFIRM || mode == MODE_RESULT);
  enters[mode](self);
}

static void
set_reading (KouanIdentityScreen *self, KouanDocumentReading *reading)
{
  kouan_session_set_unconfirmed (kouan_screen_get_session (KOUAN_SCREEN (self)), reading);
}

/* Returns: FALSE with the trouble on the page */
static gboolean
take_reading (KouanIdentityScreen *self)
{
  KouanScreen *screen = KOUAN_SCREEN (self);
  g_autoptr (KouanTrouble) trouble = NULL;

  if (kouan_session_take_reading (kouan_screen_get_session (screen), reading_of (self), &trouble))
    return TRUE;
  kouan_screen_show_trouble (screen, trouble);
  return FALSE;
}

static void
on_zone_read (KouanZoneCamera *camera G_GNUC_UNUSED, gpointer reading, KouanIdentityScreen *self)
{
  kouan_idle_touch (kouan_kiosk_get_idle (kouan_screen_get_kiosk (KOUAN_SCREEN (self))));
  set_reading (self, reading);
  set_mode (self, MODE_CONFIRM);
}

static void
on_type_clicked (GtkButton *button G_GNUC_UNUSED, KouanIdentityScreen *self)
{
  set_mode (self, MODE_TYPE);
}

static void
on_camera_lost (KouanZoneCamera *camera G_GNUC_UNUSED, KouanIdentityScreen *self)
{
  set_mode (self, MODE_TYPE);
}

static void
on_chip_read (KouanChipStep *chip G_GNUC_UNUSED, gpointer reading, KouanIdentityScreen *self)
{
  kouan_idle_touch (kouan_kiosk_get_idle (kouan_screen_get_kiosk (KOUAN_SCREEN (self))));
  set_reading (self, reading);
  if (take_reading (self))
    set_mode (self, self->portrait != NULL ? MODE_PORTRAIT : MODE_RESULT);
}

static KouanResult
match_of (const KouanPortrait *portrait)
{
  static const KouanResult results[] = {
    [KOUAN_FACE_THE_SAME] = KOUAN_RESULT_SUCCESSFUL,
    [KOUAN_FACE_ASK_STAFF] = KOUAN_RESULT_UNDETERMINED,
    [KOUAN_FACE_NOT_THE_SAME] = KOUAN_RESULT_FAILED,
  };

  return portrait->compared ? results[kouan_face_judge (portrait->distance)]
                            : KOUAN_RESULT_NOT_SUPPORTED;
}

/* @portrait: (nullable): the person goes on without */
static void
on_portrait_done (KouanPortraitStep *step, KouanPortrait *portrait, KouanIdentityScreen *self)
{
  KouanSession *session = kouan_screen_get_session (KOUAN_SCREEN (self));
  g_autoptr (KouanTrouble) trouble = NULL;
  gboolean kept = portrait != NULL
                    ? kouan_session_take_portrait (session, portrait->jpeg, portrait->findings,
                                                   match_of (portrait),
                                                   kouan_portrait_step_get_consent (step), &trouble)
                    : kouan_session_skip_portrait (session, &trouble);

  if (kept)
    set_mode (self, MODE_RESULT);
  else
    kouan_screen_show_trouble (KOUAN_SCREEN (self), trouble);
}

/* After the page, and after the chip where it is not read. */
static void
go_on (KouanIdentityScreen *self)
{
  if (self->portrait != NULL)
    set_mode (self, MODE_PORTRAIT);
  else
    kouan_session_advance (kouan_screen_get_session (KOUAN_SCREEN (self)));
}

static void
confirm (KouanIdentityScreen *self)
{
  if (!take_reading (self))
    return;
  if (self->chip != NULL)
    set_mode (self, MODE_CHIP);
  else
    go_on (self);
}

static void
check_lines (KouanIdentityScreen *self)
{
  KouanSession *session = kouan_screen_get_session (KOUAN_SCREEN (self));
  g_autoptr (KouanMrz) mrz = read_lines (self);
  g_autoptr (KouanDocumentReading) reading = NULL;

  if (mrz == NULL)
    return;
  reading = kouan_session_read_typed (session, mrz);
  set_reading (self, reading);
  set_mode (self, MODE_CONFIRM);
}

static void
kouan_identity_screen_primary (KouanScreen *screen)
{
  KouanIdentityScreen *self = KOUAN_IDENTITY_SCREEN (screen);

  switch (self->mode)
    {
    case MODE_TYPE:
      check_lines (self);
      break;
    case MODE_CONFIRM:
      confirm (self);
      break;
    case MODE_CHIP:
      go_on (self);
      break;
    case MODE_PORTRAIT:
      kouan_portrait_step_primary (self->portrait);
      break;
    case MODE_RESULT:
      kouan_session_advance (kouan_screen_get_session (screen));
      break;
    case MODE_CAMERA:
    case MODE_CHOOSE:
      break;
    }
}

static Mode
first_mode (KouanIdentityScreen *self)
{
  return self->camera != NULL ? MODE_CAMERA : MODE_TYPE;
}

static gboolean
kouan_identity_screen_back (KouanScreen *screen)
{
  KouanIdentityScreen *self = KOUAN_IDENTITY_SCREEN (screen);
  Mode first = first_mode (self);

  if (self->mode == first)
    return FALSE;
  kouan_screen_show_trouble (screen, NULL);
  if (self->mode == MODE_PORTRAIT && kouan_portrait_step_back (self->portrait))
    return TRUE;
  set_mode (self, self->mode == MODE_CHOOSE ? MODE_TYPE : first);
  return TRUE;
}

static void
kouan_identity_screen_leave (KouanScreen *screen)
{
  KouanIdentityScreen *self = KOUAN_IDENTITY_SCREEN (screen);

  if (self->camera != NULL)
    kouan_zone_camera_stop (self->camera);
  if (self->chip != NULL)
    kouan_chip_step_stop (self->chip);
  if (self->portrait != NULL)
    kouan_portrait_step_stop (self->portrait);
}

static GVariant *
kouan_identity_screen_stash (KouanScreen *screen)
{
  KouanIdentityScreen *self = KOUAN_IDENTITY_SCREEN (screen);
  const char *lines[KOUAN_MRZ_LINES_MAX] = { "", "", "" };

  for (guint i = 0; i < kouan_mrz_line_count (self->format); i++)
    lines[i] = kouan_mrz_entry_get_line (self->entry, i);
  return g_variant_new ("(iisss)", self->mode, self->format, lines[0], lines[1], lines[2]);
}

static void
kouan_identity_screen_unstash (KouanScreen *screen, GVariant *stash)
{
  KouanIdentityScreen *self = KOUAN_IDENTITY_SCREEN (screen);
  int mode, format;
  const char *lines[KOUAN_MRZ_LINES_MAX];

  g_variant_get (stash, "(ii&s&s&s)", &mode, &format, &lines[0], &lines[1], &lines[2]);
  put_lines (self, format, lines);
  if (mode > MODE_CHOOSE && reading_of (self) == NULL)
    set_mode (self, first_mode (self));
  else
    set_mode (self, mode);
}

static void
add_shapes (KouanIdentityScreen *self)
{
  GtkWidget *list = kouan_choice_list_new (_ ("Documents"));

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    kouan_choice_list_add (KOUAN_CHOICE_LIST (list), shapes[i].id, shapes[i].icon,
                           _ (shapes[i].title), _ (shapes[i].subtitle));
  g_signal_connect (list, "chosen", G_CALLBACK (on_shape_chosen), self);
  gtk_box_append (self->choosing, list);
}

/* The code was read in an instant; this says that it was, and what it is for, where no camera's
 * page has come between. */
static void
add_found (KouanIdentityScreen *self)
{
  KouanSession *session = kouan_screen_get_session (KOUAN_SCREEN (self));
  const char *service
    = kouan_service_get_name (kouan_session_get_service (session), kouan_language_current ()->code);

  if (self->camera == NULL && !kouan_session_get_visit (session)->walk_in)
    gtk_box_append (self->found_place, kouan_notice_new (KOUAN_NOTICE_SUCCESS,
                                                         _ ("We found your appointment"), service));
}

static void
add_camera (KouanIdentityScreen *self)
{
  KouanOpticalReader *reader
    = kouan_kiosk_get_optical_reader (kouan_screen_get_kiosk (KOUAN_SCREEN (self)));
  GtkWidget *beside;
  GtkWidget *type;

  if (reader == NULL)
    return;
  beside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 32);
  type = kouan_button_new ("keyboard", _ ("Type the lines instead"));
  gtk_widget_set_halign (type, GTK_ALIGN_START);
  g_signal_connect (type, "clicked", G_CALLBACK (on_type_clicked), self);
  self->camera = KOUAN_ZONE_CAMERA (kouan_zone_camera_new (reader));
  g_signal_connect (self->camera, "read", G_CALLBACK (on_zone_read), self);
  g_signal_connect (self->camera, "lost", G_CALLBACK (on_camera_lost), self);
  gtk_box_append (GTK_BOX (beside), kouan_illustration_new ("passport-open", DRAWING_HEIGHT));
  gtk_box_append (
    GTK_BOX (beside),
    kouan_text_new (_ ("Open your passport at the page with your photo and hold the "
                       "whole page into the frame. We read the lines at its bottom.")));
  gtk_box_append (GTK_BOX (beside), type);
  gtk_box_append (self->aiming, kouan_halves_new (GTK_WIDGET (self->camera), beside));
}

static void
add_chip (KouanIdentityScreen *self)
{
  KouanDocumentReader *reader
    = kouan_kiosk_get_chip_reader (kouan_screen_get_kiosk (KOUAN_SCREEN (self)));

  if (reader == NULL)
    return;
  self->chip = KOUAN_CHIP_STEP (kouan_chip_step_new (reader));
  g_signal_connect (self->chip, "read", G_CALLBACK (on_chip_read), self);
  gtk_box_append (self->laying, GTK_WIDGET (self->chip));
}

static void
add_portrait (KouanIdentityScreen *self)
{
  KouanKiosk *kiosk = kouan_screen_get_kiosk (KOUAN_SCREEN (self));

  if (kouan_kiosk_get_camera (kiosk) == NULL)
    return;
  self->portrait = KOUAN_PORTRAIT_STEP (kouan_portrait_step_new (kiosk));
  g_signal_connect (self->portrait, "changed", G_CALLBACK (on_portrait_changed), self);
  g_signal_connect (self->portrait, "done", G_CALLBACK (on_portrait_done), self);
  gtk_box_append (self->facing, GTK_WIDGET (self->portrait));
}

/* What was typed before stands there again: after "change", and after coming back. */
static void
put_known_lines (KouanIdentityScreen *self)
{
  KouanSession *session = kouan_screen_get_session (KOUAN_SCREEN (self));
  g_autoptr (KouanMrz) mrz = kouan_session_get_mrz (session);

  if (mrz != NULL)
    put_lines (self, mrz->format, (const char *const *)kouan_session_get_visit (session)->zone);
}

static void
kouan_identity_screen_constructed (GObject *object)
{
  KouanIdentityScreen *self = KOUAN_IDENTITY_SCREEN (object);
  GtkWidget *other = kouan_button_new (NULL, _ ("I have another document"));

  G_OBJECT_CLASS (kouan_identity_screen_parent_class)->constructed (object);

  self->entry = KOUAN_MRZ_ENTRY (kouan_mrz_entry_new (2, KOUAN_MRZ_LENGTH_MAX));
  self->keyboard = g_object_ref_sink (kouan_keyboard_new (KOUAN_KEYBOARD_MRZ));
  kouan_keyboard_set_target (KOUAN_KEYBOARD (self->keyboard), KOUAN_KEY_TARGET (self->entry));
  kouan_mrz_entry_set_fill (self->entry, fill_line, self);
  g_signal_connect (self->entry, "changed", G_CALLBACK (on_entry_changed), self);
  g_signal_connect (other, "clicked", G_CALLBACK (on_other_clicked), self);
  gtk_box_append (self->drawing, kouan_illustration_new ("passport-lines", DRAWING_HEIGHT));
  gtk_box_append (self->entry_place, GTK_WIDGET (self->entry));
  gtk_box_append (self->other_place, other);
  add_camera (self);
  add_found (self);
  add_chip (self);
  add_portrait (self);
  add_shapes (self);
  set_format (self, KOUAN_MRZ_TD3);
  put_known_lines (self);
  set_mode (self, first_mode (self));
}

static void
kouan_identity_screen_dispose (GObject *object)
{
  KouanIdentityScreen *self = KOUAN_IDENTITY_SCREEN (object);

  g_clear_object (&self->keyboard);
  G_OBJECT_CLASS (kouan_identity_screen_parent_class)->dispose (object);
}

static void
kouan_identity_screen_class_init (KouanIdentityScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KouanScreenClass *screen_class = KOUAN_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_identity_screen_constructed;
  G_OBJECT_CLASS (klass)->dispose = kouan_identity_screen_dispose;
  screen_class->leave = kouan_identity_screen_leave;
  screen_class->primary = kouan_identity_screen_primary;
  screen_class->back = kouan_identity_screen_back;
  screen_class->stash = kouan_identity_screen_stash;
  screen_class->unstash = kouan_identity_screen_unstash;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/identity/identity-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanIdentityScreen, stack);
  gtk_widget_class_bind_template_child (widget_class, KouanIdentityScreen, found_place);
  gtk_widget_class_bind_template_child (widget_class, KouanIdentityScreen, drawing);
  gtk_widget_class_bind_template_child (widget_class, KouanIdentityScreen, entry_place);
  gtk_widget_class_bind_template_child (widget_class, KouanIdentityScreen, problem_place);
  gtk_widget_class_bind_template_child (widget_class, KouanIdentityScreen, other_place);
  gtk_widget_class_bind_template_child (widget_class, KouanIdentityScreen, choosing);
  gtk_widget_class_bind_template_child (widget_class, KouanIdentityScreen, aiming);
  gtk_widget_class_bind_template_child (widget_class, KouanIdentityScreen, laying);
  gtk_widget_class_bind_template_child (widget_class, KouanIdentityScreen, facing);
  gtk_widget_class_bind_template_child (widget_class, KouanIdentityScreen, confirming);
}

static void
kouan_identity_screen_init (KouanIdentityScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
