/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/identity/portrait-step.h"

#include "app/devices/portrait-camera.h"
#include "app/language/language.h"
#include "ui/widgets/button.h"
#include "ui/widgets/camera-view.h"
#include "ui/widgets/halves.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/text.h"

/* The picture of the person: first the question, then the live picture with an oval to look out of
 * and one sentence that says what would help, then the picture to look at, with all that is wrong
 * with it. It may be used in spite of that, and on each of the three a person can go on without. */

#define PICTURE_HEIGHT 520
#define PICTURE_HEIGHT_COMPACT 360
#define COMPACT_HEIGHT 1100 /* of a screen that has no more room */

typedef enum
{
  STAGE_ASK,
  STAGE_AIM,
  STAGE_LOOK,
} Stage;

struct _KouanPortraitStep
{
  GtkWidget parent_instance;

  KouanKiosk *kiosk;
  KouanPortraitCamera *camera;
  Stage stage;
  gboolean is_taking;
  char *consent;           /* what is asked, word for word */
  KouanPortrait *portrait; /* (nullable): what is looked at */

  GtkBox *column; /* child */
  GtkBox *asking;
  GtkBox *aiming;
  GtkBox *looking;
  KouanCameraView *view;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanPortraitStep, kouan_portrait_step, GTK_TYPE_WIDGET)

static const struct
{
  const char *title;
  const char *primary;
} stages[] = {
  [STAGE_ASK] = { N_ ("May we take your picture?"), N_ ("Show me the camera") },
  [STAGE_AIM] = { N_ ("Look into the camera"), N_ ("Take my picture") },
  [STAGE_LOOK] = { N_ ("Is this picture good?"), N_ ("Use this picture") },
};

static void
on_picture (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame, KouanPortraitStep *self)
{
  if (self->stage == STAGE_AIM && self->view != NULL)
    kouan_camera_view_set_pixels (self->view, frame->pixels, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
                                  frame->width, frame->height, frame->stride);
}

static void
show_findings (KouanPortraitStep *self)
{
  KouanPortraitFindings first
    = kouan_portrait_first_finding (kouan_portrait_camera_get_findings (self->camera));

  if (self->is_taking)
    kouan_camera_view_set_status (self->view, KOUAN_NOTICE_INFO, _ ("Hold still"));
  else if (!kouan_portrait_camera_has_seen (self->camera))
    kouan_camera_view_set_status (self->view, KOUAN_NOTICE_INFO, _ ("The camera starts"));
  else if (first == KOUAN_PORTRAIT_FINE)
    kouan_camera_view_set_status (self->view, KOUAN_NOTICE_SUCCESS, _ ("Good. Take the picture"));
  else
    kouan_camera_view_set_status (self->view, KOUAN_NOTICE_WARNING,
                                  kouan_portrait_finding_remedy (first));
}

static void
on_findings (KouanPortraitCamera *camera G_GNUC_UNUSED,
             GParamSpec *pspec G_GNUC_UNUSED,
             KouanPortraitStep *self)
{
  if (self->stage == STAGE_AIM && self->view != NULL)
    show_findings (self);
}

static void
on_state (KouanCamera *camera, GParamSpec *pspec G_GNUC_UNUSED, KouanPortraitStep *self)
{
  KouanDeviceState state = kouan_camera_get_state (camera);

  if (self->stage == STAGE_AIM && self->view != NULL
      && (state == KOUAN_DEVICE_OFFLINE || state == KOUAN_DEVICE_FAILED))
    kouan_camera_view_set_status (self->view, KOUAN_NOTICE_PROBLEM,
                                  _ ("The camera does not work now. Go on without a picture."));
}

static void
set_stage (KouanPortraitStep *self, Stage stage)
{
  if (stage != STAGE_AIM)
    kouan_portrait_camera_stop (self->camera);
  if (stage != STAGE_LOOK)
    g_clear_pointer (&self->portrait, kouan_portrait_unref);
  self->stage = stage;
  self->is_taking = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->asking), stage == STAGE_ASK);
  gtk_widget_set_visible (GTK_WIDGET (self->aiming), stage == STAGE_AIM);
  gtk_widget_set_visible (GTK_WIDGET (self->looking), stage == STAGE_LOOK);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
enter_aim (KouanPortraitStep *self)
{
  KouanSession *session = kouan_kiosk_get_session (self->kiosk);

  set_stage (self, STAGE_AIM);
  kouan_camera_view_clear (self->view);
  kouan_portrait_camera_start (self->camera, kouan_kiosk_get_pixels (self->kiosk),
                               kouan_session_get_chip_portrait (session));
  show_findings (self);
}

static void
on_again_clicked (GtkButton *button G_GNUC_UNUSED, KouanPortraitStep *self)
{
  enter_aim (self);
}

static GtkWidget *
picture_new (KouanPage *page, guint height)
{
  g_autoptr (KouanPage) small = kouan_page_scaled (
    page, MIN (page->width, height * page->width / page->height), MIN (page->height, height));
  g_autoptr (GdkTexture) texture
    = gdk_memory_texture_new ((int)small->width, (int)small->height, GDK_MEMORY_R8G8B8,
                              small->pixels, (gsize)small->width * 3);
  GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));

  gtk_picture_set_can_shrink (GTK_PICTURE (picture), FALSE);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), _ ("The picture of you"));
  kouan_accessible_set_name (picture, _ ("The picture of you"));
  gtk_widget_set_halign (picture, GTK_ALIGN_START);
  return picture;
}

/* As tall as leaves room for what stands below. */
static guint
picture_height (KouanPortraitStep *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL && gtk_widget_get_height (GTK_WIDGET (root)) < COMPACT_HEIGHT
           ? PICTURE_HEIGHT_COMPACT
           : PICTURE_HEIGHT;
}

static void
on_without_clicked (GtkButton *button G_GNUC_UNUSED, KouanPortraitStep *self)
{
  kouan_portrait_step_stop (self);
  g_signal_emit (self, signals[SIGNAL_DONE], 0, NULL);
}

static GtkWidget *
without_new (KouanPortraitStep *self)
{
  GtkWidget *without
    = kouan_button_new (NULL, _ ("Go on without a picture: staff will look at you"));

  gtk_widget_set_halign (without, GTK_ALIGN_START);
  g_signal_connect (without, "clicked", G_CALLBACK (on_without_clicked), self);
  return without;
}

static GtkWidget *
finding_notice (const KouanPortrait *portrait)
{
  if (portrait->findings == KOUAN_PORTRAIT_FINE)
    return kouan_notice_new (KOUAN_NOTICE_SUCCESS, _ ("The picture is good"), NULL);
  return kouan_notice_new (
    KOUAN_NOTICE_WARNING, _ ("The picture could be better"),
    kouan_portrait_finding_remedy (kouan_portrait_first_finding (portrait->findings)));
}

static void
fill_looking (KouanPortraitStep *self, KouanPortrait *portrait)
{
  GtkWidget *beside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 32);
  GtkWidget *held = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0); /* no wider than the picture is */
  GtkWidget *picture = picture_new (portrait->page, picture_height (self));
  GtkWidget *again = kouan_button_new ("camera", _ ("Take it again"));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->looking))) != NULL)
    gtk_box_remove (self->looking, child);
  gtk_widget_set_halign (again, GTK_ALIGN_START);
  g_signal_connect (again, "clicked", G_CALLBACK (on_again_clicked), self);
  gtk_box_append (GTK_BOX (beside), finding_notice (portrait));
  gtk_box_append (GTK_BOX (beside), again);
  gtk_box_append (GTK_BOX (beside), without_new (self));
  gtk_box_append (GTK_BOX (held), picture);
  gtk_box_append (self->looking, kouan_halves_new (held, beside));
}

static void
on_taken (KouanPortraitCamera *camera G_GNUC_UNUSED,
          KouanPortrait *portrait,
          KouanPortraitStep *self)
{
  if (self->stage != STAGE_AIM || self->column == NULL)
    return;
  kouan_idle_touch (kouan_kiosk_get_idle (self->kiosk));
  self->portrait = kouan_portrait_ref (portrait);
  fill_looking (self, portrait);
  set_stage (self, STAGE_LOOK);
}

void
kouan_portrait_step_start (KouanPortraitStep *self)
{
  g_return_if_fail (KOUAN_IS_PORTRAIT_STEP (self));

  set_stage (self, STAGE_ASK);
}

/* The camera is off and the picture forgotten. */
void
kouan_portrait_step_stop (KouanPortraitStep *self)
{
  g_return_if_fail (KOUAN_IS_PORTRAIT_STEP (self));

  kouan_portrait_camera_stop (self->camera);
  g_clear_pointer (&self->portrait, kouan_portrait_unref);
  self->is_taking = FALSE;
  if (self->view != NULL)
    kouan_camera_view_clear (self->view);
}

/* The one button at the trailing side. */
void
kouan_portrait_step_primary (KouanPortraitStep *self)
{
  g_return_if_fail (KOUAN_IS_PORTRAIT_STEP (self));

  switch (self->stage)
    {
    case STAGE_ASK:
      enter_aim (self);
      break;
    case STAGE_AIM:
      self->is_taking = TRUE;
      kouan_portrait_camera_take (self->camera);
      show_findings (self);
      break;
    case STAGE_LOOK:
      g_signal_emit (self, signals[SIGNAL_DONE], 0, self->portrait);
      break;
    }
}

/* Returns: whether there was a stage to go back to */
gboolean
kouan_portrait_step_back (KouanPortraitStep *self)
{
  g_return_val_if_fail (KOUAN_IS_PORTRAIT_STEP (self), FALSE);

  if (self->stage == STAGE_ASK)
    return FALSE;
  if (self->stage == STAGE_LOOK)
    enter_aim (self);
  else
    set_stage (self, STAGE_ASK);
  return TRUE;
}

const char *
kouan_portrait_step_get_title (KouanPortraitStep *self)
{
  g_return_val_if_fail (KOUAN_IS_PORTRAIT_STEP (self), NULL);

  return stages[self->stage].title;
}

const char *
kouan_portrait_step_get_primary (KouanPortraitStep *self)
{
  g_return_val_if_fail (KOUAN_IS_PORTRAIT_STEP (self), NULL);

  return _ (stages[self->stage].primary);
}

/* Returns: whether a picture is on the page, which wants its width */
gboolean
kouan_portrait_step_is_wide (KouanPortraitStep *self)
{
  g_return_val_if_fail (KOUAN_IS_PORTRAIT_STEP (self), FALSE);

  return self->stage != STAGE_ASK;
}

/* Returns: all of what the person agrees to by going on from the first stage, in the language of
 * the screen */
const char *
kouan_portrait_step_get_consent (KouanPortraitStep *self)
{
  g_return_val_if_fail (KOUAN_IS_PORTRAIT_STEP (self), NULL);

  return self->consent;
}

static GtkBox *
stage_box_new (KouanPortraitStep *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 32));

  gtk_box_append (self->column, GTK_WIDGET (box));
  gtk_widget_set_visible (GTK_WIDGET (box), FALSE);
  return box;
}

/* What the picture is for, whether it is compared, who decides, and how long it is kept. */
static void
fill_asking (KouanPortraitStep *self)
{
  static const char *const sentences[] = {
    N_ ("Your picture goes into your application, where an officer can see it."),
    N_ ("Where the chip of your passport has a picture too, this kiosk compares the two and notes "
        "what came of it. The desk decides, never the kiosk."),
    N_ ("The kiosk keeps nothing of it once your application is handed in or deleted."),
  };
  g_autoptr (GString) consent = g_string_new (_ (stages[STAGE_ASK].title));

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      gtk_box_append (self->asking, kouan_text_new (_ (sentences[i])));
      g_string_append_printf (consent, "\n%s", _ (sentences[i]));
    }
  self->consent = g_strdup (consent->str);
  gtk_box_append (self->asking, without_new (self));
}

static void
fill_aiming (KouanPortraitStep *self)
{
  GtkWidget *beside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 32);

  self->view
    = KOUAN_CAMERA_VIEW (kouan_camera_view_new (KOUAN_AIM_FACE, _ ("What the camera sees")));
  kouan_camera_view_set_mirrored (self->view, TRUE);
  gtk_box_append (GTK_BOX (beside),
                  kouan_text_new (_ ("Stand so that your face is in the oval. Take off your hat "
                                     "and your glasses, unless you always wear them.")));
  gtk_box_append (GTK_BOX (beside), without_new (self));
  gtk_box_append (self->aiming, kouan_halves_new (GTK_WIDGET (self->view), beside));
}

static void
kouan_portrait_step_dispose (GObject *object)
{
  KouanPortraitStep *self = KOUAN_PORTRAIT_STEP (object);

  if (self->camera != NULL)
    kouan_portrait_step_stop (self);
  self->view = NULL;
  if (self->column != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->column));
  self->column = NULL;
  g_clear_object (&self->camera);
  g_clear_object (&self->kiosk);
  g_clear_pointer (&self->consent, g_free);
  G_OBJECT_CLASS (kouan_portrait_step_parent_class)->dispose (object);
}

static void
kouan_portrait_step_class_init (KouanPortraitStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_portrait_step_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KOUAN_TYPE_PORTRAIT_STEP, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DONE] = g_signal_new ("done", KOUAN_TYPE_PORTRAIT_STEP, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, KOUAN_TYPE_PORTRAIT);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
kouan_portrait_step_init (KouanPortraitStep *self)
{
  self->column = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 32));
  gtk_widget_set_parent (GTK_WIDGET (self->column), GTK_WIDGET (self));
  self->asking = stage_box_new (self);
  self->aiming = stage_box_new (self);
  self->looking = stage_box_new (self);
  fill_asking (self);
  fill_aiming (self);
}

/* @kiosk: with a camera
 *
 * Returns: (transfer floating) */
GtkWidget *
kouan_portrait_step_new (KouanKiosk *kiosk)
{
  KouanPortraitStep *self;
  KouanCamera *camera;

  g_return_val_if_fail (KOUAN_IS_KIOSK (kiosk), NULL);

  camera = kouan_kiosk_get_camera (kiosk);
  g_return_val_if_fail (camera != NULL, NULL);
  self = g_object_new (KOUAN_TYPE_PORTRAIT_STEP, NULL);
  self->kiosk = g_object_ref (kiosk);
  self->camera = kouan_portrait_camera_new (camera);
  g_signal_connect_object (camera, "picture", G_CALLBACK (on_picture), self, 0);
  g_signal_connect_object (camera, "notify::state", G_CALLBACK (on_state), self, 0);
  g_signal_connect_object (self->camera, "notify::findings", G_CALLBACK (on_findings), self, 0);
  g_signal_connect_object (self->camera, "taken", G_CALLBACK (on_taken), self, 0);
  return GTK_WIDGET (self);
}
