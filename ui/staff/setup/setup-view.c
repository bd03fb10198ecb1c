/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/setup/setup-view.h"

#include "app/doctor/asker.h"
#include "app/doctor/examination.h"
#include "app/language/language.h"
#include "app/sync/enrolment.h"
#include "ui/staff/setup/device-row.h"
#include "ui/staff/setup/setup-private.h"
#include "ui/widgets/button.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/text.h"

#include <string.h>

/* A step is what the folder says (app/doctor/setup.c), so that nothing has to be remembered here
 * but what was found by the test. */

#define ASK_EVERY_MS 3000 /* whether the hub's operator has looked */

struct _KouanSetupView
{
  GtkWidget parent_instance;

  char *folder;
  char *stick;
  KouanDoctorPrograms programs;
  KouanClock *clock;
  GCancellable *cancellable;

  KouanSetupStage stage;
  KouanAsker *asker;   /* over the network */
  GPtrArray *findings; /* (nullable) of KouanFinding: of the last test */
  gboolean testing;
  char *said;

  GtkWidget *column;
  GtkWidget *notice;            /* a KouanNotice, hidden until something is said */
  GtkWidget *parts;             /* of the step */
  GtkWidget *kiosk, *url, *hub; /* (nullable): fields of the step */
  GtkWidget *take;              /* (nullable): the button that takes the answer */
};

enum
{
  SIGNAL_LIVE,
  SIGNAL_TYPING,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanSetupView, kouan_setup_view, GTK_TYPE_WIDGET)

static void show_step (KouanSetupView *self);
static gboolean may_take (KouanSetupView *self);

static void
say (KouanSetupView *self, KouanNoticeKind kind, const char *title, const char *text)
{
  g_free (self->said);
  self->said = g_strdup (title);
  kouan_notice_set (KOUAN_NOTICE (self->notice), kind, title, text);
  gtk_widget_set_visible (self->notice, TRUE);
}

static void
say_error (KouanSetupView *self, const char *title, const GError *error)
{
  say (self, KOUAN_NOTICE_PROBLEM, title, error->message);
}

static void
add (KouanSetupView *self, GtkWidget *part)
{
  gtk_box_append (GTK_BOX (self->parts), part);
}

static void
on_focused (GtkWidget *field G_GNUC_UNUSED, KouanKeyTarget *target, KouanSetupView *self)
{
  g_signal_emit (self, signals[SIGNAL_TYPING], 0, target);
}

static void
add_field (KouanSetupView *self, GtkWidget *field)
{
  g_signal_connect (field, "focused", G_CALLBACK (on_focused), self);
  add (self, field);
}

static GtkWidget *
add_button (KouanSetupView *self, const char *label, gboolean primary, GCallback func)
{
  GtkWidget *button
    = primary ? kouan_button_new_primary (NULL, label) : kouan_button_new (NULL, label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect (button, "clicked", func, self);
  add (self, button);
  return button;
}

static gboolean
read_kiosk (KouanSetupView *self, const char *text, guint *kiosk_id)
{
  guint64 number;

  if (g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &number, NULL))
    {
      *kiosk_id = (guint)number;
      return TRUE;
    }
  say (self, KOUAN_NOTICE_PROBLEM, _ ("Which kiosk is this?"),
       _ ("Type the number that the hub's operator gives it, 1 to 65535."));
  return FALSE;
}

/* Whether the hub that has the request, or is getting it, got it over the network. */
static gboolean
is_over_network (KouanSetupView *self)
{
  return kouan_asker_get_state (self->asker) != KOUAN_ASKER_IDLE;
}

/* @kiosk, @url: as they were typed */
void
kouan_setup_view_ask (KouanSetupView *self, const char *kiosk, const char *url)
{
  guint kiosk_id;

  g_return_if_fail (KOUAN_IS_SETUP_VIEW (self));

  if (read_kiosk (self, kiosk, &kiosk_id))
    kouan_asker_ask (self->asker, kiosk_id, url);
}

static void
say_asked (KouanSetupView *self)
{
  g_autoptr (KouanAsked) asked = kouan_ask_read (self->folder);
  GString *words;

  if (asked == NULL)
    return;
  words = g_string_new (_ ("Call its operator and read them the fingerprint of this machine: "
                           "{fingerprint}. They read the hub's to you: type it below."));
  g_string_replace (words, "{fingerprint}", asked->fingerprint, 1);
  say (self, KOUAN_NOTICE_INFO, _ ("The hub has the request"), words->str);
  g_string_free (words, TRUE);
}

static void
say_asker (KouanSetupView *self)
{
  KouanAskerState state = kouan_asker_get_state (self->asker);
  KouanAskError trouble;

  if (kouan_asker_get_trouble (self->asker, &trouble))
    say (self, KOUAN_NOTICE_PROBLEM, _ (kouan_setup_ask_trouble (trouble)),
         _ (kouan_setup_ask_remedy (trouble)));
  else if (state == KOUAN_ASKER_ASKING)
    say (self, KOUAN_NOTICE_INFO, _ ("The hub is being asked"), NULL);
  else if (state == KOUAN_ASKER_WAITING)
    say_asked (self);
  else if (state == KOUAN_ASKER_ANSWERED)
    say (self, KOUAN_NOTICE_SUCCESS, _ ("The hub's answer is here"),
         _ ("Ask the hub's operator for its fingerprint, and type it as they read it out."));
}

/* What is half typed stays: the step is shown anew only where there is another one. */
static void
on_asker_changed (KouanAsker *asker G_GNUC_UNUSED, KouanSetupView *self)
{
  say_asker (self);
  if (kouan_setup_get_stage (self->folder) != self->stage)
    show_step (self);
  else if (self->take != NULL)
    gtk_widget_set_sensitive (self->take, may_take (self));
}

/* @kiosk: the number, as it was typed */
void
kouan_setup_view_request (KouanSetupView *self, const char *kiosk)
{
  g_autofree char *out = NULL;
  g_autofree char *fingerprint = NULL;
  g_autoptr (GError) error = NULL;
  guint kiosk_id;

  g_return_if_fail (KOUAN_IS_SETUP_VIEW (self));

  if (!read_kiosk (self, kiosk, &kiosk_id))
    return;
  out = kouan_setup_stick_request (self->stick, kiosk_id);
  if (kouan_setup_request (self->folder, kiosk_id, out, &fingerprint, &error))
    {
      kouan_asker_forget (self->asker);
      say (self, KOUAN_NOTICE_SUCCESS, _ ("The request is on the stick"), fingerprint);
    }
  else
    say_error (self, _ ("The request could not be written"), error);
  show_step (self);
}

/* @hub: the fingerprint that the hub shows, as it was typed */
void
kouan_setup_view_install (KouanSetupView *self, const char *kiosk, const char *hub)
{
  g_autofree char *bundle = NULL;
  g_autofree char *found = NULL;
  g_autofree char *expected = kouan_enrolment_fingerprint_read (hub);
  g_autoptr (GError) error = NULL;
  guint kiosk_id;

  g_return_if_fail (KOUAN_IS_SETUP_VIEW (self));

  if (is_over_network (self))
    bundle = kouan_setup_fetched (self->folder);
  else if (read_kiosk (self, kiosk, &kiosk_id))
    bundle = kouan_setup_stick_bundle (self->stick, kiosk_id);
  else
    return;
  if (*expected == '\0')
    {
      say (self, KOUAN_NOTICE_PROBLEM, _ ("Which hub is it from?"),
           _ ("Ask the hub's operator for its fingerprint, and type it as they read it out."));
      return;
    }
  if (kouan_setup_install (self->folder, bundle, expected, self->clock, &found, &kiosk_id, &error))
    say (self, KOUAN_NOTICE_SUCCESS, _ ("This machine is a kiosk now"), found);
  else
    say_error (self, _ ("The hub's answer is not taken"), error);
  show_step (self);
}

/* @name: "devices.camera" */
void
kouan_setup_view_choose (KouanSetupView *self, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KOUAN_IS_SETUP_VIEW (self));

  g_clear_pointer (&self->findings, g_ptr_array_unref);
  if (kouan_setup_choose (self->folder, name, value, self->clock, &error))
    say (self, KOUAN_NOTICE_SUCCESS, _ ("Kept"), name);
  else
    say_error (self, _ ("That is not right"), error);
}

static void
finish_test (KouanSetupView *self)
{
  KouanHealth worst = kouan_doctor_sum_up (self->findings);

  if (worst == KOUAN_HEALTH_BAD)
    say (self, KOUAN_NOTICE_PROBLEM, _ ("This kiosk is not fit to serve yet"),
         _ ("See to what stands first below, then test again."));
  else
    say (self, KOUAN_NOTICE_SUCCESS, _ ("This kiosk is fit to serve"), NULL);
  show_step (self);
}

static void
on_examined (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanSetupView) self = data;
  GPtrArray *findings = kouan_examination_finish (result, NULL);

  self->testing = FALSE;
  if (findings == NULL)
    return;
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = findings;
  finish_test (self);
}

void
kouan_setup_view_test (KouanSetupView *self)
{
  g_return_if_fail (KOUAN_IS_SETUP_VIEW (self));

  if (self->testing)
    return;
  self->testing = TRUE;
  say (self, KOUAN_NOTICE_INFO, _ ("Everything is being tested"), NULL);
  kouan_examination_async (self->folder, &self->programs, self->cancellable, on_examined,
                           g_object_ref (self));
}

gboolean
kouan_setup_view_is_tested (KouanSetupView *self)
{
  return !self->testing && self->findings != NULL;
}

void
kouan_setup_view_go_live (KouanSetupView *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KOUAN_IS_SETUP_VIEW (self));

  if (!kouan_setup_view_is_tested (self))
    {
      say (self, KOUAN_NOTICE_PROBLEM, _ ("Test everything first"), NULL);
      return;
    }
  if (!kouan_setup_go_live (self->folder, self->findings, self->clock, &error))
    {
      say_error (self, _ ("This kiosk is not fit to serve yet"), error);
      return;
    }
  show_step (self);
  g_signal_emit (self, signals[SIGNAL_LIVE], 0);
}

static void
on_request (GtkButton *button G_GNUC_UNUSED, KouanSetupView *self)
{
  g_autofree char *kiosk = g_strdup (kouan_field_get_text (KOUAN_FIELD (self->kiosk)));

  kouan_setup_view_request (self, kiosk);
}

static void
on_ask (GtkButton *button G_GNUC_UNUSED, KouanSetupView *self)
{
  g_autofree char *kiosk = g_strdup (kouan_field_get_text (KOUAN_FIELD (self->kiosk)));
  g_autofree char *url = g_strdup (kouan_field_get_text (KOUAN_FIELD (self->url)));

  kouan_setup_view_ask (self, kiosk, url);
}

static void
on_install (GtkButton *button G_GNUC_UNUSED, KouanSetupView *self)
{
  g_autofree char *kiosk = g_strdup (kouan_field_get_text (KOUAN_FIELD (self->kiosk)));
  g_autofree char *hub = g_strdup (kouan_field_get_text (KOUAN_FIELD (self->hub)));

  kouan_setup_view_install (self, kiosk, hub);
}

static void
on_profile (KouanChoiceList *list G_GNUC_UNUSED, const char *id, KouanSetupView *self)
{
  kouan_setup_view_choose (self, "station.profile", id);
}

static void
on_kept (KouanDeviceRow *row, const char *source, KouanSetupView *self)
{
  g_autofree char *name = g_strconcat ("devices.", kouan_device_row_get_key (row), NULL);

  kouan_setup_view_choose (self, name, source);
}

static void
on_test (GtkButton *button G_GNUC_UNUSED, KouanSetupView *self)
{
  kouan_setup_view_test (self);
}

static void
on_go_live (GtkButton *button G_GNUC_UNUSED, KouanSetupView *self)
{
  kouan_setup_view_go_live (self);
}

static void
add_kiosk (KouanSetupView *self)
{
  g_autoptr (KouanAsked) asked = kouan_ask_read (self->folder);
  g_autofree char *number = asked != NULL ? g_strdup_printf ("%u", asked->kiosk_id) : NULL;

  self->kiosk = kouan_field_new (_ ("Number of this kiosk"), KOUAN_TEXT_DIGITS, 5);
  if (number != NULL)
    kouan_field_set_text (KOUAN_FIELD (self->kiosk), number);
  add_field (self, self->kiosk);
}

static void
add_ways_to_ask (KouanSetupView *self, gboolean first)
{
  g_autoptr (KouanAsked) asked = kouan_ask_read (self->folder);

  add (self, kouan_subheading_new (_ ("By network")));
  self->url = kouan_field_new (_ ("Where the hub answers new kiosks"), KOUAN_TEXT_ANY, 120);
  kouan_field_set_hint (KOUAN_FIELD (self->url), "https://hub.example:8444");
  if (asked != NULL)
    kouan_field_set_text (KOUAN_FIELD (self->url), asked->url);
  add_field (self, self->url);
  add_button (self, _ ("Ask the hub"), first, G_CALLBACK (on_ask));
  add (self, kouan_subheading_new (_ ("By stick")));
  if (first)
    add (self,
         kouan_text_new (_ ("Put a stick in. The kiosk writes its request on it; its keys never "
                            "leave this machine.")));
  add_button (self, first ? _ ("Write the request") : _ ("Write the request once more"), FALSE,
              G_CALLBACK (on_request));
}

static void
show_request (KouanSetupView *self)
{
  add (self, kouan_subheading_new (_ ("1 of 3 · Ask the hub")));
  add_kiosk (self);
  add_ways_to_ask (self, TRUE);
}

/* By network the answer can be taken once it is here; a stick shows by being read. */
static gboolean
may_take (KouanSetupView *self)
{
  return !is_over_network (self) || kouan_asker_get_state (self->asker) == KOUAN_ASKER_ANSWERED;
}

static void
show_install (KouanSetupView *self)
{
  add (self, kouan_subheading_new (_ ("2 of 3 · Take the hub's answer")));
  if (!is_over_network (self))
    add (self,
         kouan_text_new (_ ("Carry the stick to the hub. Both screens show the same fingerprint "
                            "of the request: read it to each other. Bring the answer back.")));
  self->hub = kouan_field_new (_ ("The hub's fingerprint"), KOUAN_TEXT_ANY, 40);
  kouan_field_set_hint (KOUAN_FIELD (self->hub), "1a2b-3c4d-…");
  add_field (self, self->hub);
  self->take = add_button (self, _ ("Take the answer"), TRUE, G_CALLBACK (on_install));
  gtk_widget_set_sensitive (self->take, may_take (self));
  add_kiosk (self);
  add_ways_to_ask (self, FALSE);
}

static void
add_devices (KouanSetupView *self)
{
  const char *const *keys = kouan_setup_device_keys ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      GtkWidget *row = kouan_device_row_new (keys[i], self->folder, &self->programs, self->clock);

      g_signal_connect (row, "focused", G_CALLBACK (on_focused), self);
      g_signal_connect (row, "kept", G_CALLBACK (on_kept), self);
      add (self, row);
    }
}

static void
show_test (KouanSetupView *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanStation) station = kouan_station_load (self->folder, &error);
  GtkWidget *profiles;

  add (self, kouan_subheading_new (_ ("3 of 3 · Hall, devices, test")));
  if (station == NULL)
    {
      say_error (self, _ ("This kiosk cannot be read"), error);
      return;
    }
  profiles = kouan_setup_part_profiles (station);
  g_signal_connect (profiles, "chosen", G_CALLBACK (on_profile), self);
  add (self, profiles);
  add_devices (self);
  add_button (self, _ ("Test everything"), self->findings == NULL, G_CALLBACK (on_test));
  if (self->findings == NULL)
    return;
  if (kouan_doctor_sum_up (self->findings) != KOUAN_HEALTH_BAD)
    add_button (self, _ ("Open this kiosk"), TRUE, G_CALLBACK (on_go_live));
  add (self, kouan_setup_part_findings (self->findings));
}

static void
show_step (KouanSetupView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->parts)) != NULL)
    gtk_box_remove (GTK_BOX (self->parts), child);
  self->kiosk = self->url = self->hub = self->take = NULL;
  self->stage = kouan_setup_get_stage (self->folder);
  switch (self->stage)
    {
    case KOUAN_SETUP_NEW:
      show_request (self);
      break;
    case KOUAN_SETUP_REQUESTED:
      show_install (self);
      break;
    case KOUAN_SETUP_ENROLLED:
      show_test (self);
      break;
    case KOUAN_SETUP_LIVE:
    default:
      say (self, KOUAN_NOTICE_SUCCESS, _ ("This kiosk serves"), NULL);
    }
}

KouanSetupStage
kouan_setup_view_get_stage (KouanSetupView *self)
{
  g_return_val_if_fail (KOUAN_IS_SETUP_VIEW (self), KOUAN_SETUP_NEW);

  return self->stage;
}

const char *
kouan_setup_view_get_said (KouanSetupView *self)
{
  g_return_val_if_fail (KOUAN_IS_SETUP_VIEW (self), NULL);

  return self->said;
}

static void
kouan_setup_view_dispose (GObject *object)
{
  KouanSetupView *self = KOUAN_SETUP_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->asker != NULL)
    kouan_asker_stop (self->asker);
  g_clear_object (&self->asker);
  g_clear_pointer (&self->column, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_setup_view_parent_class)->dispose (object);
}

static void
kouan_setup_view_finalize (GObject *object)
{
  KouanSetupView *self = KOUAN_SETUP_VIEW (object);

  g_free (self->folder);
  g_free (self->stick);
  g_free (self->said);
  g_free ((char *)self->programs.pixels);
  g_free ((char *)self->programs.codes);
  g_free ((char *)self->programs.scan);
  g_free ((char *)self->programs.phone);
  g_free ((char *)self->programs.voice);
  g_free ((char *)self->programs.sync);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  G_OBJECT_CLASS (kouan_setup_view_parent_class)->finalize (object);
}

static void
kouan_setup_view_class_init (KouanSetupViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_setup_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = kouan_setup_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_LIVE] = g_signal_new ("live", KOUAN_TYPE_SETUP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TYPING] = g_signal_new ("typing", KOUAN_TYPE_SETUP_VIEW, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, KOUAN_TYPE_KEY_TARGET);
}

static void
kouan_setup_view_init (KouanSetupView *self)
{
  self->cancellable = g_cancellable_new ();
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
  self->notice = kouan_notice_new (KOUAN_NOTICE_INFO, _ ("Everything is being tested"), NULL);
  gtk_widget_set_visible (self->notice, FALSE);
  self->parts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_box_append (GTK_BOX (self->column), self->notice);
  gtk_box_append (GTK_BOX (self->column), self->parts);
}

/* @folder: of the station, which need not be there yet */
GtkWidget *
kouan_setup_view_new (const char *folder,
                      const char *stick,
                      const KouanDoctorPrograms *programs,
                      KouanClock *clock)
{
  KouanSetupView *self = g_object_new (KOUAN_TYPE_SETUP_VIEW, NULL);

  self->folder = g_strdup (folder);
  self->stick = g_strdup (stick);
  self->programs = (KouanDoctorPrograms){ g_strdup (programs->pixels), g_strdup (programs->codes),
                                          g_strdup (programs->scan),   g_strdup (programs->phone),
                                          g_strdup (programs->voice),  g_strdup (programs->sync) };
  self->clock = g_object_ref (clock);
  self->asker = kouan_asker_new (folder, ASK_EVERY_MS);
  g_signal_connect_object (self->asker, "changed", G_CALLBACK (on_asker_changed), self, 0);
  show_step (self);
  say_asker (self);
  return GTK_WIDGET (self);
}
