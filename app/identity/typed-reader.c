/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/typed-reader.h"

#include "app/clock/date.h"

/* The document reader without a device. A reading is begun like any other and waits for the page on
 * which a person types; the page hands the lines in, gets back what is wrong with them as often as
 * it takes, and the reading ends when nothing is. */

struct _KouanTypedReader
{
  GObject parent_instance;

  KouanClock *clock;
  GTask *task; /* (nullable): the reading that waits */
  gulong cancelled_id;
};

static void
drop_task (KouanTypedReader *self)
{
  GCancellable *cancellable = self->task != NULL ? g_task_get_cancellable (self->task) : NULL;

  if (cancellable != NULL && self->cancelled_id != 0)
    g_signal_handler_disconnect (cancellable, self->cancelled_id);
  self->cancelled_id = 0;
  g_clear_object (&self->task);
}

static gboolean
on_cancelled_idle (gpointer data)
{
  KouanTypedReader *self = data;
  g_autoptr (GTask) task = self->task != NULL ? g_object_ref (self->task) : NULL;

  if (task == NULL || !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return G_SOURCE_REMOVE;
  drop_task (self);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/* A cancellable calls from any thread and with its lock held: answer later, in the task's context.
 */
static void
on_cancelled (GCancellable *cancellable G_GNUC_UNUSED, gpointer data)
{
  KouanTypedReader *self = data;
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, on_cancelled_idle, g_object_ref (self), g_object_unref);
  g_source_attach (source, g_task_get_context (self->task));
}

static KouanSource
typed_reader_get_source (KouanDocumentReader *reader G_GNUC_UNUSED)
{
  return KOUAN_SOURCE_TYPED;
}

static void
typed_reader_read_async (KouanDocumentReader *reader,
                         const KouanMrz *known G_GNUC_UNUSED,
                         KouanReadProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  KouanTypedReader *self = KOUAN_TYPED_READER (reader);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (self->task == NULL);

  g_task_set_source_tag (task, typed_reader_read_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  self->task = g_steal_pointer (&task);
  if (cancellable != NULL)
    self->cancelled_id
      = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), self);
  if (progress != NULL)
    progress (KOUAN_READ_WAITING, -1, progress_data);
}

static KouanDocumentReading *
typed_reader_read_finish (KouanDocumentReader *reader, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, reader), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
document_reader_iface_init (KouanDocumentReaderInterface *iface)
{
  iface->get_source = typed_reader_get_source;
  iface->read_async = typed_reader_read_async;
  iface->read_finish = typed_reader_read_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanTypedReader,
                               kouan_typed_reader,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_DOCUMENT_READER,
                                                      document_reader_iface_init))

static void
kouan_typed_reader_dispose (GObject *object)
{
  KouanTypedReader *self = KOUAN_TYPED_READER (object);

  drop_task (self);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (kouan_typed_reader_parent_class)->dispose (object);
}

static void
kouan_typed_reader_class_init (KouanTypedReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_typed_reader_dispose;
}

static void
kouan_typed_reader_init (KouanTypedReader *self G_GNUC_UNUSED)
{
}

KouanTypedReader *
kouan_typed_reader_new (KouanClock *clock)
{
  KouanTypedReader *self = g_object_new (KOUAN_TYPE_TYPED_READER, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

static gboolean
all_may_pass (GArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (!kouan_mrz_problem_may_pass (&g_array_index (problems, KouanMrzProblem, i)))
      return FALSE;
  return TRUE;
}

/**
 * kouan_typed_reader_submit:
 * @lines: (array zero-terminated=1): what the person typed
 * @problems: (out) (optional) (transfer full) (element-type KouanMrzProblem): what is wrong, and
 * what is only rare: see kouan_mrz_problem_may_pass
 *
 * Returns: whether the lines were taken; the reading that waits, if one does, then ends with them
 */
gboolean
kouan_typed_reader_submit (KouanTypedReader *self, const char *const *lines, GArray **problems)
{
  g_autoptr (GArray) found = NULL;
  g_autoptr (KouanMrz) mrz = NULL;
  g_autoptr (KouanChecks) checks = NULL;
  g_autoptr (GTask) task = NULL;
  gboolean taken;
  GDate today;

  g_return_val_if_fail (KOUAN_IS_TYPED_READER (self), FALSE);

  kouan_date_today (self->clock, &today);
  mrz = kouan_mrz_parse (lines, &today, &found);
  taken = mrz != NULL && all_may_pass (found);
  if (taken && self->task != NULL)
    {
      checks = kouan_checks_new_for_mrz (mrz, KOUAN_SOURCE_TYPED, &today);
      task = g_object_ref (self->task);
      drop_task (self);
      g_task_return_pointer (task, kouan_document_reading_new (KOUAN_SOURCE_TYPED, mrz, checks),
                             (GDestroyNotify)kouan_document_reading_unref);
    }
  if (problems != NULL)
    *problems = g_steal_pointer (&found);
  return taken;
}
