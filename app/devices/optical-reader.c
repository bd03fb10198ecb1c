/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/optical-reader.h"

#include "app/clock/date.h"
#include "app/language/language.h"

#include <string.h>

/* The machine readable zone by camera. A worker thread looks at one frame at a time; a frame that
 * arrives meanwhile is let go. What the frames show of one document is piled up until it is beyond
 * doubt, which ends the reading; or until enough frames say the same and doubt remains, and then it
 * ends with what is likeliest, whose checks are undetermined: the page shows it and asks.
 *
 * Each reading has an attempt of its own. A frame that is still being looked at when its reading
 * ends belongs to a person who may have left: what it shows goes nowhere, and the pile is wiped
 * with the last that holds the attempt. */

#define FRAMES_ENOUGH 12  /* of one document, after which doubt is handed to the person */
#define FRAMES_ACCEPTED 2 /* names have no check digit: two pictures have to agree */
#define PITCH_MIN 7.f     /* pixels: smaller characters are guesses */
#define DARK_BELOW 40     /* mean brightness */
#define WHITE_FROM 250
#define PERMIT_EVERY 3 /* frames without a zone, of which the last is asked for a permit */
#define WHITE_MAX 0.02 /* share of the picture that may be white when it cannot be read */

/* All of it the worker's alone. */
typedef struct
{
  KouanMrzPile *pile;
  guint n_without; /* frames in a row that had no zone */
  gboolean has_permit;
} Attempt;

struct _KouanOpticalReader
{
  GObject parent_instance;

  KouanCamera *camera;
  KouanClock *clock;
  KouanMrzReader *reader; /* shared with the worker, never changes */
  GThreadPool *worker;
  gboolean is_busy;
  KouanOpticalHint hint;

  /* While it reads. */
  GTask *task; /* (nullable) */
  gulong cancelled_id;
  Attempt *attempt;
  KouanReadProgress progress;
  gpointer progress_data;
  KouanMrzReading *reading; /* (nullable): of the last frame that showed a zone; stays afterwards */
};

enum
{
  PROP_0,
  PROP_HINT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

typedef struct
{
  KouanOpticalReader *reader;
  Attempt *attempt;
  KouanFrame *frame;
  GDate today;
  KouanMrzReading *reading; /* (nullable) */
  gboolean shows_permit;
  guint brightness; /* mean */
  double white;     /* share of white pixels */
} Job;

GType
kouan_optical_hint_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { KOUAN_OPTICAL_HINT_SHOW, "KOUAN_OPTICAL_HINT_SHOW", "show" },
        { KOUAN_OPTICAL_HINT_LIGHT, "KOUAN_OPTICAL_HINT_LIGHT", "light" },
        { KOUAN_OPTICAL_HINT_TILT, "KOUAN_OPTICAL_HINT_TILT", "tilt" },
        { KOUAN_OPTICAL_HINT_CLOSER, "KOUAN_OPTICAL_HINT_CLOSER", "closer" },
        { KOUAN_OPTICAL_HINT_STILL, "KOUAN_OPTICAL_HINT_STILL", "still" },
        { KOUAN_OPTICAL_HINT_PERMIT, "KOUAN_OPTICAL_HINT_PERMIT", "permit" },
        { KOUAN_OPTICAL_HINT_DONE, "KOUAN_OPTICAL_HINT_DONE", "done" },
        { 0, NULL, NULL },
      };

      g_once_init_leave (&type, g_enum_register_static ("KouanOpticalHint", values));
    }
  return type;
}

/* Returns: one sentence for the person in front of the camera, in the language of the screen */
const char *
kouan_optical_hint_text (KouanOpticalHint hint)
{
  switch (hint)
    {
    case KOUAN_OPTICAL_HINT_LIGHT:
      return _ ("It is too dark. Hold the page so that light falls on it.");
    case KOUAN_OPTICAL_HINT_TILT:
      return _ ("The light is reflected. Tilt the page a little.");
    case KOUAN_OPTICAL_HINT_CLOSER:
      return _ ("Hold the page a little closer.");
    case KOUAN_OPTICAL_HINT_STILL:
      return _ ("Hold it still. We are reading it.");
    case KOUAN_OPTICAL_HINT_PERMIT:
      return _ ("This is a travel permit of China. Show your passport instead, or call staff.");
    case KOUAN_OPTICAL_HINT_DONE:
      return _ ("Got it. You can take it away.");
    case KOUAN_OPTICAL_HINT_SHOW:
    default:
      return _ ("Show the page with your photo, so that the lines with “<<<” can be seen.");
    }
}

static void
wipe_attempt (gpointer data)
{
  Attempt *attempt = data;

  kouan_mrz_pile_free (attempt->pile);
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
  g_clear_pointer (&job->reading, kouan_mrz_reading_unref);
  g_object_unref (job->reader);
  g_free (job);
}

static void
set_hint (KouanOpticalReader *self, KouanOpticalHint hint)
{
  if (self->hint == hint)
    return;
  self->hint = hint;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HINT]);
}

/* Takes the task out, so that whatever its callback does finds a reader at rest.
 *
 * Returns: (transfer full) */
static GTask *
end_reading (KouanOpticalReader *self)
{
  GTask *task = g_steal_pointer (&self->task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable != NULL && self->cancelled_id != 0)
    g_signal_handler_disconnect (cancellable, self->cancelled_id);
  self->cancelled_id = 0;
  self->progress = NULL;
  g_clear_pointer (&self->attempt, drop_attempt);
  kouan_camera_stop (self->camera);
  return task;
}

static void
fail (KouanOpticalReader *self, KouanDocumentReaderError code, const char *message)
{
  g_autoptr (GTask) task = end_reading (self);

  g_task_return_new_error (task, KOUAN_DOCUMENT_READER_ERROR, (gint)code, "%s", message);
}

static void
succeed (KouanOpticalReader *self, const GDate *today)
{
  g_autoptr (KouanChecks) checks = kouan_mrz_reading_check (self->reading, today);
  KouanDocumentReading *reading
    = kouan_document_reading_new (KOUAN_SOURCE_OPTICAL, self->reading->mrz, checks);
  g_autoptr (GTask) task = NULL;

  if (self->progress != NULL)
    self->progress (KOUAN_READ_CHECKING, 1, self->progress_data);
  set_hint (self, KOUAN_OPTICAL_HINT_DONE);
  task = end_reading (self);
  g_task_return_pointer (task, reading, (GDestroyNotify)kouan_document_reading_unref);
}

static gboolean
is_done (const KouanMrzReading *reading)
{
  if (reading->accepted)
    return reading->n_frames >= FRAMES_ACCEPTED;
  return reading->n_frames >= FRAMES_ENOUGH && kouan_mrz_checks_fit (reading->mrz);
}

static KouanOpticalHint
choose_hint (const Job *job)
{
  if (job->brightness < DARK_BELOW)
    return KOUAN_OPTICAL_HINT_LIGHT;
  if (job->shows_permit)
    return KOUAN_OPTICAL_HINT_PERMIT;
  if (job->reading != NULL && job->reading->pitch < PITCH_MIN)
    return KOUAN_OPTICAL_HINT_CLOSER;
  if (job->reading != NULL && !job->reading->accepted && job->white > WHITE_MAX)
    return KOUAN_OPTICAL_HINT_TILT;
  return job->reading != NULL ? KOUAN_OPTICAL_HINT_STILL : KOUAN_OPTICAL_HINT_SHOW;
}

static void
take_answer (KouanOpticalReader *self, Job *job)
{
  set_hint (self, choose_hint (job));
  if (job->reading == NULL || self->attempt != job->attempt)
    return;
  g_clear_pointer (&self->reading, kouan_mrz_reading_unref);
  self->reading = kouan_mrz_reading_ref (job->reading);
  if (self->progress != NULL)
    self->progress (KOUAN_READ_READING, MIN (1.0 * self->reading->n_frames / FRAMES_ENOUGH, 1),
                    self->progress_data);
  if (self->attempt == job->attempt && is_done (self->reading))
    succeed (self, &job->today);
}

/* In the main context. What was begun for an attempt that is over is thrown away. */
static gboolean
on_frame_read (gpointer data)
{
  Job *job = data;
  KouanOpticalReader *self = job->reader;

  self->is_busy = FALSE;
  if (self->attempt == job->attempt)
    take_answer (self, job);
  return G_SOURCE_REMOVE;
}

static void
measure_light (Job *job)
{
  const guint8 *pixels = kouan_frame_get_pixels (job->frame);
  guint64 sum = 0;
  guint count = 0, white = 0;

  for (guint y = 0; y < job->frame->height; y += 8)
    for (guint x = 0; x < job->frame->width; x += 8)
      {
        guint8 pixel = pixels[(gsize)y * job->frame->stride + x];

        sum += pixel;
        white += pixel >= WHITE_FROM;
        count++;
      }
  job->brightness = (guint)(sum / count);
  job->white = 1.0 * white / count;
}

/* Three lines that begin with C look like a card of Doc 9303 until check digits are counted. */
static gboolean
may_be_permit (const KouanMrzReading *reading)
{
  return reading == NULL
         || (!reading->accepted && reading->format == KOUAN_MRZ_TD1 && reading->raw[0][0] == 'C');
}

/* China's permits are no travel documents to this hall, which serves foreigners; whoever shows one
 * is told so instead of being left to wait. What it says is not kept. */
static gboolean
shows_permit (Job *job)
{
  Attempt *attempt = job->attempt;
  KouanCnPermitReading permit;

  if (attempt->n_without++ % PERMIT_EVERY == PERMIT_EVERY - 1)
    attempt->has_permit = kouan_mrz_reader_read_permit (
      job->reader->reader, kouan_frame_get_pixels (job->frame), job->frame->width,
      job->frame->height, job->frame->stride, &job->today, &permit);
  explicit_bzero (&permit, sizeof permit);
  return attempt->has_permit;
}

/* In the worker. */
static void
read_frame (gpointer data, gpointer user_data G_GNUC_UNUSED)
{
  Job *job = data;

  measure_light (job);
  job->reading = kouan_mrz_reader_read (
    job->reader->reader, job->attempt->pile, kouan_frame_get_pixels (job->frame), job->frame->width,
    job->frame->height, job->frame->stride, KOUAN_MRZ_EFFORT_FRAME, &job->today);
  if (may_be_permit (job->reading))
    job->shows_permit = shows_permit (job);
  else
    {
      job->attempt->n_without = 0;
      job->attempt->has_permit = FALSE;
    }
  g_idle_add_full (G_PRIORITY_DEFAULT, on_frame_read, job, job_free);
}

static void
on_gray (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame, gpointer data)
{
  KouanOpticalReader *self = KOUAN_OPTICAL_READER (data);
  Job *job;

  if (self->task == NULL || self->is_busy)
    return;
  job = g_new0 (Job, 1);
  job->reader = g_object_ref (self);
  job->attempt = g_atomic_rc_box_acquire (self->attempt);
  job->frame = kouan_frame_ref (frame);
  kouan_date_today (self->clock, &job->today);
  self->is_busy = TRUE;
  g_thread_pool_push (self->worker, job, NULL);
}

static void
on_camera_state_changed (KouanCamera *camera, GParamSpec *pspec G_GNUC_UNUSED, gpointer data)
{
  KouanOpticalReader *self = KOUAN_OPTICAL_READER (data);
  KouanDeviceState state = kouan_camera_get_state (camera);

  if (self->task != NULL && (state == KOUAN_DEVICE_OFFLINE || state == KOUAN_DEVICE_FAILED))
    fail (self, KOUAN_DOCUMENT_READER_ERROR_DEVICE, "the camera is not there");
}

static gboolean
on_cancelled_idle (gpointer data)
{
  KouanOpticalReader *self = KOUAN_OPTICAL_READER (data);
  g_autoptr (GTask) task = NULL;

  if (self->task == NULL || !g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
    return G_SOURCE_REMOVE;
  task = end_reading (self);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/* A cancellable calls from any thread and with its lock held: answer later. */
static void
on_cancelled (GCancellable *cancellable G_GNUC_UNUSED, gpointer data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, on_cancelled_idle, g_object_ref (data), g_object_unref);
}

static KouanSource
optical_reader_get_source (KouanDocumentReader *reader G_GNUC_UNUSED)
{
  return KOUAN_SOURCE_OPTICAL;
}

static void
optical_reader_read_async (KouanDocumentReader *reader,
                           const KouanMrz *known G_GNUC_UNUSED,
                           KouanReadProgress progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  KouanOpticalReader *self = KOUAN_OPTICAL_READER (reader);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (self->task == NULL);

  g_task_set_source_tag (task, optical_reader_read_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  self->task = g_steal_pointer (&task);
  self->attempt = g_atomic_rc_box_new0 (Attempt);
  self->attempt->pile = kouan_mrz_pile_new ();
  self->progress = progress;
  self->progress_data = progress_data;
  g_clear_pointer (&self->reading, kouan_mrz_reading_unref);
  set_hint (self, KOUAN_OPTICAL_HINT_SHOW);
  if (cancellable != NULL)
    self->cancelled_id
      = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), self);
  if (progress != NULL)
    progress (KOUAN_READ_WAITING, -1, progress_data);
  kouan_camera_start (self->camera);
}

static KouanDocumentReading *
optical_reader_read_finish (KouanDocumentReader *reader, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, reader), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
document_reader_iface_init (KouanDocumentReaderInterface *iface)
{
  iface->get_source = optical_reader_get_source;
  iface->read_async = optical_reader_read_async;
  iface->read_finish = optical_reader_read_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanOpticalReader,
                               kouan_optical_reader,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_DOCUMENT_READER,
                                                      document_reader_iface_init))

static void
kouan_optical_reader_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KouanOpticalReader *self = KOUAN_OPTICAL_READER (object);

  if (id == PROP_HINT)
    g_value_set_enum (value, (gint)self->hint);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* A task and a job hold their reader, so neither is under way here. */
static void
kouan_optical_reader_finalize (GObject *object)
{
  KouanOpticalReader *self = KOUAN_OPTICAL_READER (object);

  g_thread_pool_free (self->worker, FALSE, TRUE);
  kouan_mrz_reader_free (self->reader);
  g_clear_pointer (&self->reading, kouan_mrz_reading_unref);
  g_clear_object (&self->camera);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (kouan_optical_reader_parent_class)->finalize (object);
}

static void
kouan_optical_reader_class_init (KouanOpticalReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kouan_optical_reader_get_property;
  object_class->finalize = kouan_optical_reader_finalize;
  properties[PROP_HINT]
    = g_param_spec_enum ("hint", NULL, NULL, KOUAN_TYPE_OPTICAL_HINT, KOUAN_OPTICAL_HINT_SHOW,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
kouan_optical_reader_init (KouanOpticalReader *self)
{
  self->reader = kouan_mrz_reader_new ();
  self->worker = g_thread_pool_new (read_frame, NULL, 1, FALSE, NULL);
}

KouanOpticalReader *
kouan_optical_reader_new (KouanCamera *camera, KouanClock *clock)
{
  KouanOpticalReader *self = g_object_new (KOUAN_TYPE_OPTICAL_READER, NULL);

  self->camera = g_object_ref (camera);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (camera, "gray", G_CALLBACK (on_gray), self, 0);
  g_signal_connect_object (camera, "notify::state", G_CALLBACK (on_camera_state_changed), self, 0);
  return self;
}

/* Returns: (transfer none): for the screen, whose live picture it is */
KouanCamera *
kouan_optical_reader_get_camera (KouanOpticalReader *self)
{
  g_return_val_if_fail (KOUAN_IS_OPTICAL_READER (self), NULL);

  return self->camera;
}

KouanOpticalHint
kouan_optical_reader_get_hint (KouanOpticalReader *self)
{
  g_return_val_if_fail (KOUAN_IS_OPTICAL_READER (self), KOUAN_OPTICAL_HINT_SHOW);

  return self->hint;
}

/* Returns: (transfer none) (nullable): what the frames show so far, or showed when the last reading
 * ended: raw beside corrected, and where in the picture. Gone when the next reading begins. */
KouanMrzReading *
kouan_optical_reader_get_reading (KouanOpticalReader *self)
{
  g_return_val_if_fail (KOUAN_IS_OPTICAL_READER (self), NULL);

  return self->reading;
}
