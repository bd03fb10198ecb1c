/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/guard.h"

#include <sys/socket.h>

/* A server's idle time-out starts anew with every byte, so a peer that sends one byte a second
 * holds its connection for ever. Here each connection has a deadline that only the server's own
 * steps push back. Being cut off is a shutdown of the socket: the server then sees its end and
 * tidies up in its own thread. */

struct _KouanHubWatch
{
  int socket;
  gint64 deadline_us; /* boot time; cut off: G_MAXINT64 */
};

struct _KouanHubGuard
{
  KouanClock *clock;
  GMutex lock; /* guards watches and all that is in them */
  GHashTable *watches;
};

KouanHubGuard *
kouan_hub_guard_new (KouanClock *clock)
{
  KouanHubGuard *self;

  g_return_val_if_fail (KOUAN_IS_CLOCK (clock), NULL);

  self = g_new0 (KouanHubGuard, 1);
  self->clock = g_object_ref (clock);
  g_mutex_init (&self->lock);
  self->watches = g_hash_table_new_full (NULL, NULL, g_free, NULL);
  return self;
}

void
kouan_hub_guard_free (KouanHubGuard *self)
{
  g_hash_table_unref (self->watches);
  g_mutex_clear (&self->lock);
  g_object_unref (self->clock);
  g_free (self);
}

static gint64
deadline_in (KouanHubGuard *self, gint64 time_ms)
{
  return kouan_clock_boot_us (self->clock) + time_ms * 1000;
}

/**
 * kouan_hub_guard_watch:
 * @socket: must stay open until kouan_hub_guard_forget()
 * @time_ms: from now until it is cut off
 *
 * Returns: (transfer none): valid until it is forgotten
 */
KouanHubWatch *
kouan_hub_guard_watch (KouanHubGuard *self, int socket, gint64 time_ms)
{
  KouanHubWatch *watch = g_new0 (KouanHubWatch, 1);
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  watch->socket = socket;
  watch->deadline_us = deadline_in (self, time_ms);
  g_hash_table_add (self->watches, watch);
  return watch;
}

/* The connection has got on: @time_ms from now for its next step. */
void
kouan_hub_guard_allow (KouanHubGuard *self, KouanHubWatch *watch, gint64 time_ms)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (watch->deadline_us != G_MAXINT64)
    watch->deadline_us = deadline_in (self, time_ms);
}

void
kouan_hub_guard_forget (KouanHubGuard *self, KouanHubWatch *watch)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  g_hash_table_remove (self->watches, watch);
}

/* Returns: how many connections have been cut off now */
guint
kouan_hub_guard_sweep (KouanHubGuard *self)
{
  gint64 now_us = kouan_clock_boot_us (self->clock);
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  GHashTableIter iter;
  gpointer key;
  guint count = 0;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      KouanHubWatch *watch = key;

      if (watch->deadline_us > now_us)
        continue;
      shutdown (watch->socket, SHUT_RDWR);
      watch->deadline_us = G_MAXINT64;
      count++;
    }
  return count;
}

/* Returns: how many connections are open */
guint
kouan_hub_guard_count (KouanHubGuard *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return g_hash_table_size (self->watches);
}
