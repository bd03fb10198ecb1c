/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/keeper.h"

struct _KouanHubKeeper
{
  gint64 every_ms;
  KouanHubKeeperFunc func;
  gpointer data;

  GThread *thread;
  GMutex lock; /* guards stopping */
  GCond stop;
  gboolean stopping;
};

static gboolean
wait_a_little (KouanHubKeeper *self)
{
  gint64 until = g_get_monotonic_time () + self->every_ms * G_TIME_SPAN_MILLISECOND;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  while (!self->stopping && g_cond_wait_until (&self->stop, &self->lock, until))
    continue;
  return !self->stopping;
}

static gpointer
keep (gpointer data)
{
  KouanHubKeeper *self = data;

  while (wait_a_little (self))
    self->func (self->data);
  return NULL;
}

/* Returns: (transfer full): at work. @data: must outlive it */
KouanHubKeeper *
kouan_hub_keeper_new (const char *name, gint64 every_ms, KouanHubKeeperFunc func, gpointer data)
{
  KouanHubKeeper *self = g_new0 (KouanHubKeeper, 1);

  g_return_val_if_fail (func != NULL, NULL);

  self->every_ms = every_ms;
  self->func = func;
  self->data = data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->stop);
  self->thread = g_thread_new (name, keep, self);
  return self;
}

void
kouan_hub_keeper_free (KouanHubKeeper *self)
{
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_signal (&self->stop);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  g_cond_clear (&self->stop);
  g_mutex_clear (&self->lock);
  g_free (self);
}
