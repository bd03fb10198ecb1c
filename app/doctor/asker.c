/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-doctor"

#include "app/doctor/asker.h"

#include <glib/gstdio.h>

/* Where it stands follows from the folder: whom it has asked, and whether an answer lies there. A
 * network that is away for a while is said and asked again; a hub that refuses, that has forgotten
 * or that is another one than it was is said, and not asked again. */

struct _KouanAsker
{
  GObject parent_instance;

  char *folder;
  guint every_ms;
  KouanAskerState state;
  int trouble; /* KouanAskError, or -1 */

  GCancellable *cancellable; /* (nullable): of the call that is under way */
  guint timeout;             /* source: until the next one */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanAsker, kouan_asker, G_TYPE_OBJECT)

typedef struct
{
  char *folder;
  char *url; /* (nullable): to ask there; NULL: to fetch */
  guint kiosk_id;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->folder);
  g_free (call->url);
  g_free (call);
}

static void
set (KouanAsker *self, KouanAskerState state, int trouble)
{
  gboolean changes = self->state != state || self->trouble != trouble;

  self->state = state;
  self->trouble = trouble;
  if (changes)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
is_passing (int trouble)
{
  return trouble == KOUAN_ASK_ERROR_AWAY || trouble == KOUAN_ASK_ERROR_BUSY
         || trouble == KOUAN_ASK_ERROR_FULL;
}

/* Returns (boolean): whether the answer is there. */
static void
call_on_thread (GTask *task,
                gpointer source G_GNUC_UNUSED,
                gpointer data,
                GCancellable *cancellable)
{
  const Call *call = data;
  GError *error = NULL;
  gboolean is_there = FALSE;

  if (call->url != NULL)
    {
      g_autoptr (KouanAsked) asked G_GNUC_UNUSED
        = kouan_setup_ask (call->folder, call->kiosk_id, call->url, cancellable, &error);
    }
  else if (!kouan_setup_fetch (call->folder, &is_there, cancellable, &error))
    is_there = FALSE;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, is_there);
}

static gboolean on_due (gpointer data);

static void
wait_for_next (KouanAsker *self)
{
  if (self->timeout == 0)
    self->timeout = g_timeout_add (self->every_ms, on_due, self);
}

static void
on_called (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanAsker) self = data;
  g_autoptr (GError) error = NULL;
  gboolean was_asking = self->state == KOUAN_ASKER_ASKING;
  gboolean is_there = g_task_propagate_boolean (G_TASK (result), &error);
  int trouble = error != NULL && error->domain == KOUAN_ASK_ERROR ? error->code : -1;

  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return; /* it was stopped */
  g_clear_object (&self->cancellable);
  if (error != NULL)
    g_message ("the hub is asked in vain: %s", error->message);
  if (is_there)
    set (self, KOUAN_ASKER_ANSWERED, -1);
  else if (error != NULL && was_asking)
    set (self, KOUAN_ASKER_IDLE, trouble);
  else
    set (self, KOUAN_ASKER_WAITING, trouble);
  if (self->state == KOUAN_ASKER_WAITING && (trouble < 0 || is_passing (trouble)))
    wait_for_next (self);
}

/* @url: (nullable) */
static void
call (KouanAsker *self, guint kiosk_id, const char *url)
{
  Call *what = g_new0 (Call, 1);
  g_autoptr (GTask) task = NULL;

  what->folder = g_strdup (self->folder);
  what->url = g_strdup (url);
  what->kiosk_id = kiosk_id;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (NULL, self->cancellable, on_called, g_object_ref (self));
  g_task_set_task_data (task, what, call_free);
  g_task_run_in_thread (task, call_on_thread);
}

static gboolean
on_due (gpointer data)
{
  KouanAsker *self = data;

  self->timeout = 0;
  call (self, 0, NULL);
  return G_SOURCE_REMOVE;
}

/* What is under way ends without a word. */
void
kouan_asker_stop (KouanAsker *self)
{
  g_return_if_fail (KOUAN_IS_ASKER (self));

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* The other way was taken: whoever was asked is not asked any more. */
void
kouan_asker_forget (KouanAsker *self)
{
  g_autofree char *fetched = NULL;

  g_return_if_fail (KOUAN_IS_ASKER (self));

  fetched = kouan_setup_fetched (self->folder);
  kouan_asker_stop (self);
  kouan_ask_forget (self->folder);
  g_unlink (fetched);
  set (self, KOUAN_ASKER_IDLE, -1);
}

/* May be done again, also with another hub: what was asked before gives way. */
void
kouan_asker_ask (KouanAsker *self, guint kiosk_id, const char *url)
{
  g_return_if_fail (KOUAN_IS_ASKER (self));
  g_return_if_fail (kiosk_id >= 1 && url != NULL);

  kouan_asker_stop (self);
  set (self, KOUAN_ASKER_ASKING, -1);
  call (self, kiosk_id, url);
}

KouanAskerState
kouan_asker_get_state (KouanAsker *self)
{
  g_return_val_if_fail (KOUAN_IS_ASKER (self), KOUAN_ASKER_IDLE);

  return self->state;
}

gboolean
kouan_asker_get_trouble (KouanAsker *self, KouanAskError *code)
{
  g_return_val_if_fail (KOUAN_IS_ASKER (self), FALSE);

  if (self->trouble < 0)
    return FALSE;
  *code = (KouanAskError)self->trouble;
  return TRUE;
}

static void
kouan_asker_dispose (GObject *object)
{
  kouan_asker_stop (KOUAN_ASKER (object));
  G_OBJECT_CLASS (kouan_asker_parent_class)->dispose (object);
}

static void
kouan_asker_finalize (GObject *object)
{
  g_free (KOUAN_ASKER (object)->folder);
  G_OBJECT_CLASS (kouan_asker_parent_class)->finalize (object);
}

static void
kouan_asker_class_init (KouanAskerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_asker_dispose;
  G_OBJECT_CLASS (klass)->finalize = kouan_asker_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KOUAN_TYPE_ASKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
kouan_asker_init (KouanAsker *self)
{
  self->trouble = -1;
}

/**
 * kouan_asker_new:
 * @folder: of the station
 * @every_ms: how long to wait before the hub is asked once more
 *
 * Returns: (transfer full): watching already, if this station has asked a hub
 */
KouanAsker *
kouan_asker_new (const char *folder, guint every_ms)
{
  KouanAsker *self = g_object_new (KOUAN_TYPE_ASKER, NULL);
  g_autofree char *fetched = kouan_setup_fetched (folder);
  g_autoptr (KouanAsked) asked = kouan_ask_read (folder);

  self->folder = g_strdup (folder);
  self->every_ms = every_ms;
  if (asked == NULL)
    return self;
  self->state = KOUAN_ASKER_WAITING;
  if (g_file_test (fetched, G_FILE_TEST_EXISTS))
    self->state = KOUAN_ASKER_ANSWERED;
  else
    wait_for_next (self);
  return self;
}
