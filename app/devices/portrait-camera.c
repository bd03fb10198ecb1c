/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/portrait-camera.h"

#include "app/devices/frame-page.h"

#include "app/portrait/chip-portrait.h"
#include "app/portrait/rules.h"

/* Whoever stands before a camera, one frame at a time on a worker thread; a frame that arrives
 * meanwhile is let go. Each frame is cut as a receiver of portraits wants it, around the face where
 * one is found, and measured; what is wrong with it is what the page says. To take the portrait is
 * to keep the best of the next few frames: who blinks in one does not in another. A face to compare
 * with is looked at once; the smallest distance of these frames counts.
 *
 * Each start has an attempt of its own. A frame that is still being looked at when its attempt ends
 * belongs to a person who may have left: what it shows goes nowhere. */

#define FRAMES_TAKEN 5
#define RULE "exit-entry" /* the strictest of those that rules.c has */

typedef struct
{
  KouanPixels *pixels; /* (nullable): decodes what is in... */
  GBytes *dg2;         /* (nullable): ...the chip's file of the face to compare with */

  /* of the worker alone */
  gboolean is_ready;
  KouanFaceEngine *engine; /* (nullable): without weights there is none */
  gboolean has_other;      /* a face is in the chip's picture */
  KouanFaceDescription description;
} Attempt;

struct _KouanPortraitCamera
{
  GObject parent_instance;

  KouanCamera *camera;
  GThreadPool *worker;
  gboolean is_busy;
  KouanPortraitFindings findings;
  gboolean has_seen; /* a frame since it was started */

  Attempt *attempt;    /* (nullable): while it looks */
  guint wanted;        /* frames until the portrait is taken */
  KouanPortrait *best; /* (nullable) */
  double sharpness;    /* of the best */
};

enum
{
  PROP_0,
  PROP_FINDINGS,
  N_PROPERTIES
};

enum
{
  SIGNAL_TAKEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_BOXED_TYPE (KouanPortrait, kouan_portrait, kouan_portrait_ref, kouan_portrait_unref)
G_DEFINE_FINAL_TYPE (KouanPortraitCamera, kouan_portrait_camera, G_TYPE_OBJECT)

typedef struct
{
  KouanPortraitCamera *camera;
  Attempt *attempt;
  KouanFrame *frame;
  gboolean is_wanted;

  KouanPortrait *portrait; /* of this frame; its file only where it is wanted */
  double sharpness;
} Job;

static void
wipe_portrait (gpointer data)
{
  KouanPortrait *portrait = data;

  g_clear_pointer (&portrait->page, kouan_page_unref);
  g_clear_pointer (&portrait->jpeg, kouan_jpeg_unref);
}

KouanPortrait *
kouan_portrait_ref (KouanPortrait *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
kouan_portrait_unref (KouanPortrait *self)
{
  g_atomic_rc_box_release_full (self, wipe_portrait);
}

static void
wipe_attempt (gpointer data)
{
  Attempt *attempt = data;

  g_clear_pointer (&attempt->engine, kouan_face_engine_unref);
  g_clear_object (&attempt->pixels);
  g_clear_pointer (&attempt->dg2, g_bytes_unref);
}

static void
drop_attempt (Attempt *attempt)
{
  g_atomic_rc_box_release_full (attempt, wipe_attempt);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  kouan_frame_unref (job->frame);
  drop_attempt (job->attempt);
  g_clear_pointer (&job->portrait, kouan_portrait_unref);
  g_object_unref (job->camera);
  g_free (job);
}

static void
describe_chip (Attempt *attempt)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanPage) page
    = kouan_chip_portrait_read (attempt->pixels, attempt->dg2, NULL, &error);
  KouanFace face;

  if (page == NULL)
    {
      g_message ("The chip's portrait: %s", error->message);
      return;
    }
  attempt->has_other = kouan_face_find (attempt->engine, page, &face);
  if (attempt->has_other)
    kouan_face_describe (attempt->engine, page, &face, &attempt->description);
}

/* The engine takes a moment to lay out its weights, and the chip's portrait to be decoded: neither
 * is the main thread's to wait for. */
static void
make_ready (Attempt *attempt)
{
  if (attempt->is_ready)
    return;
  attempt->is_ready = TRUE;
  attempt->engine = kouan_face_engine_new ();
  if (attempt->engine != NULL && attempt->pixels != NULL && attempt->dg2 != NULL)
    describe_chip (attempt);
}

/* @face: (out) (nullable). Returns: whether one is there */
static gboolean
look_for_face (Attempt *attempt, KouanPage *page, KouanPortrait *portrait, KouanFace *face)
{
  if (attempt->engine == NULL)
    return FALSE;
  if (!kouan_face_find (attempt->engine, page, face))
    {
      portrait->findings |= KOUAN_PORTRAIT_NO_FACE;
      return FALSE;
    }
  if (face->n_faces > 1)
    portrait->findings |= KOUAN_PORTRAIT_OTHERS;
  return TRUE;
}

static void
compare (Attempt *attempt, KouanPage *page, const KouanFace *face, KouanPortrait *portrait)
{
  KouanFaceDescription description;

  if (!attempt->has_other)
    return;
  kouan_face_describe (attempt->engine, page, face, &description);
  portrait->compared = TRUE;
  portrait->distance = kouan_face_distance (&attempt->description, &description);
}

/* A frame with too few pixels around the face is one whose person stands too far away. */
static void
measure (Job *job, KouanPage *page, const KouanLandmarks *landmarks, const KouanPictureRule *rule)
{
  KouanPortrait *portrait = job->portrait;
  KouanPortraitMeasures measures;
  KouanLandmarks moved;

  portrait->page = kouan_portrait_cut (page, landmarks, rule, &moved);
  kouan_portrait_measure (portrait->page, landmarks != NULL ? &moved : NULL, &measures);
  job->sharpness = measures.sharpness;
  if (portrait->findings & KOUAN_PORTRAIT_NO_FACE)
    return;
  portrait->findings |= kouan_portrait_judge (&measures);
  if (landmarks != NULL && portrait->findings & KOUAN_PORTRAIT_TOO_SMALL)
    portrait->findings
      = (portrait->findings & ~KOUAN_PORTRAIT_TOO_SMALL) | KOUAN_PORTRAIT_HEAD_SMALL;
}

static gboolean on_looked (gpointer data);

/* In the worker. */
static void
look (gpointer data, gpointer user_data G_GNUC_UNUSED)
{
  Job *job = data;
  const KouanPictureRule *rule = kouan_picture_rule_find (RULE);
  g_autoptr (KouanPage) page = kouan_page_new_for_frame (job->frame);
  gboolean has_face;
  KouanFace face;

  job->portrait = g_atomic_rc_box_new0 (KouanPortrait);
  make_ready (job->attempt);
  has_face = look_for_face (job->attempt, page, job->portrait, &face);
  measure (job, page, has_face ? &face.landmarks : NULL, rule);
  if (job->is_wanted && has_face)
    compare (job->attempt, page, &face, job->portrait);
  if (job->is_wanted)
    job->portrait->jpeg = kouan_portrait_encode (job->portrait->page, rule);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_looked, job, job_free);
}

static guint
count_findings (KouanPortraitFindings findings)
{
  guint count = 0;

  for (; findings != 0; findings &= findings - 1)
    count++;
  return count;
}

/* Fewer things are wrong with it, or as few and it is sharper. */
static gboolean
is_better (KouanPortraitCamera *self, const Job *job)
{
  guint count, best;

  if (self->best == NULL)
    return TRUE;
  count = count_findings (job->portrait->findings);
  best = count_findings (self->best->findings);
  return count < best || (count == best && job->sharpness > self->sharpness);
}

static void
keep_better (KouanPortraitCamera *self, Job *job)
{
  KouanPortrait *portrait = job->portrait, *other = self->best;

  if (is_better (self, job))
    {
      self->best = kouan_portrait_ref (portrait);
      self->sharpness = job->sharpness;
    }
  else
    other = portrait;
  if (other != NULL && other->compared)
    {
      self->best->distance
        = self->best->compared ? MIN (self->best->distance, other->distance) : other->distance;
      self->best->compared = TRUE;
    }
  if (other != NULL && other != portrait)
    kouan_portrait_unref (other);
}

static void
take_look (KouanPortraitCamera *self, Job *job)
{
  g_autoptr (KouanPortrait) taken = NULL;

  self->findings = job->portrait->findings;
  self->has_seen = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINDINGS]);
  if (self->wanted == 0 || !job->is_wanted)
    return;
  keep_better (self, job);
  if (--self->wanted > 0)
    return;
  taken = g_steal_pointer (&self->best);
  g_signal_emit (self, signals[SIGNAL_TAKEN], 0, taken);
}

/* In the main context. */
static gboolean
on_looked (gpointer data)
{
  Job *job = data;
  KouanPortraitCamera *self = job->camera;

  self->is_busy = FALSE;
  if (self->attempt == job->attempt)
    take_look (self, job);
  return G_SOURCE_REMOVE;
}

static void
on_picture (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame, gpointer data)
{
  KouanPortraitCamera *self = KOUAN_PORTRAIT_CAMERA (data);
  Job *job;

  if (self->attempt == NULL || self->is_busy)
    return;
  job = g_new0 (Job, 1);
  job->camera = g_object_ref (self);
  job->attempt = g_atomic_rc_box_acquire (self->attempt);
  job->frame = kouan_frame_ref (frame);
  job->is_wanted = self->wanted > 0;
  self->is_busy = TRUE;
  g_thread_pool_push (self->worker, job, NULL);
}

/**
 * kouan_portrait_camera_start:
 * @pixels: (nullable): what decodes a chip's picture
 * @dg2: (nullable): the chip's file of the face to compare with, as it was read
 */
void
kouan_portrait_camera_start (KouanPortraitCamera *self, KouanPixels *pixels, GBytes *dg2)
{
  g_return_if_fail (KOUAN_IS_PORTRAIT_CAMERA (self));

  if (self->attempt != NULL)
    return;
  self->attempt = g_atomic_rc_box_new0 (Attempt);
  self->attempt->pixels = pixels != NULL ? g_object_ref (pixels) : NULL;
  self->attempt->dg2 = dg2 != NULL ? g_bytes_ref (dg2) : NULL;
  self->has_seen = FALSE;
  kouan_camera_start (self->camera);
}

/* What was seen is forgotten. */
void
kouan_portrait_camera_stop (KouanPortraitCamera *self)
{
  g_return_if_fail (KOUAN_IS_PORTRAIT_CAMERA (self));

  if (self->attempt == NULL)
    return;
  g_clear_pointer (&self->attempt, drop_attempt);
  g_clear_pointer (&self->best, kouan_portrait_unref);
  self->wanted = 0;
  kouan_camera_stop (self->camera);
}

/* The best of the next frames; "taken" says when. Has no meaning while it does not look. */
void
kouan_portrait_camera_take (KouanPortraitCamera *self)
{
  g_return_if_fail (KOUAN_IS_PORTRAIT_CAMERA (self));

  if (self->attempt == NULL || self->wanted > 0)
    return;
  self->wanted = FRAMES_TAKEN;
}

/* Returns: (transfer none): for the screen, whose live picture it is */
KouanCamera *
kouan_portrait_camera_get_camera (KouanPortraitCamera *self)
{
  g_return_val_if_fail (KOUAN_IS_PORTRAIT_CAMERA (self), NULL);

  return self->camera;
}

/* Returns: whether findings are of a frame */
gboolean
kouan_portrait_camera_has_seen (KouanPortraitCamera *self)
{
  g_return_val_if_fail (KOUAN_IS_PORTRAIT_CAMERA (self), FALSE);

  return self->has_seen;
}

KouanPortraitFindings
kouan_portrait_camera_get_findings (KouanPortraitCamera *self)
{
  g_return_val_if_fail (KOUAN_IS_PORTRAIT_CAMERA (self), KOUAN_PORTRAIT_FINE);

  return self->findings;
}

static void
kouan_portrait_camera_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KouanPortraitCamera *self = KOUAN_PORTRAIT_CAMERA (object);

  if (id == PROP_FINDINGS)
    g_value_set_uint (value, self->findings);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* A job holds its camera, so none is under way here. */
static void
kouan_portrait_camera_finalize (GObject *object)
{
  KouanPortraitCamera *self = KOUAN_PORTRAIT_CAMERA (object);

  kouan_portrait_camera_stop (self);
  g_thread_pool_free (self->worker, FALSE, TRUE);
  g_clear_object (&self->camera);
  G_OBJECT_CLASS (kouan_portrait_camera_parent_class)->finalize (object);
}

static void
kouan_portrait_camera_class_init (KouanPortraitCameraClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kouan_portrait_camera_get_property;
  object_class->finalize = kouan_portrait_camera_finalize;
  properties[PROP_FINDINGS] = g_param_spec_uint ("findings", NULL, NULL, 0, G_MAXUINT, 0,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_TAKEN] = g_signal_new ("taken", KOUAN_TYPE_PORTRAIT_CAMERA, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, KOUAN_TYPE_PORTRAIT);
}

static void
kouan_portrait_camera_init (KouanPortraitCamera *self)
{
  self->worker = g_thread_pool_new (look, NULL, 1, FALSE, NULL);
}

KouanPortraitCamera *
kouan_portrait_camera_new (KouanCamera *camera)
{
  KouanPortraitCamera *self;

  g_return_val_if_fail (KOUAN_IS_CAMERA (camera), NULL);

  self = g_object_new (KOUAN_TYPE_PORTRAIT_CAMERA, NULL);
  self->camera = g_object_ref (camera);
  g_signal_connect_object (camera, "picture", G_CALLBACK (on_picture), self, 0);
  return self;
}
