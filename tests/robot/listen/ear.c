/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/listen/ear.h"

#include <gio/gio.h>
#include <sys/inotify.h>
#include <unistd.h>

/* The recorded voice writes "LANGUAGE<tab>TEXT" for the first sentence of an utterance, the same
 * with "+" before it for those that follow, and "-" where it was cut off. The kernel tells when
 * there is more to read, so nothing here waits for a length of time that somebody guessed. */

#define READ_BYTES 4096

struct _RobotEar
{
  GIOChannel *file; /* only as the owner of the descriptor */
  int fd;
  int watch;
  GString *unread;   /* the start of a line that is not written to its end yet */
  GPtrArray *spoken; /* (element-type RobotUtterance) */
};

static void
utterance_free (gpointer data)
{
  RobotUtterance *utterance = data;

  g_ptr_array_unref (utterance->parts);
  g_free (utterance);
}

/* What was said before is not heard. */
static void
pass_over (int fd)
{
  if (lseek (fd, 0, SEEK_END) < 0)
    g_error ("the spoken file cannot be read: %s", g_strerror (errno));
}

/**
 * robot_ear_open:
 * @path: the file of the recorded voice; made if it is not there
 *
 * Returns: (transfer full) (nullable): hears from now on
 */
RobotEar *
robot_ear_open (const char *path, GError **error)
{
  g_autoptr (GIOChannel) file = g_io_channel_new_file (path, "a+", error);
  RobotEar *self;

  if (file == NULL)
    return NULL;
  self = g_new0 (RobotEar, 1);
  self->file = g_steal_pointer (&file);
  self->fd = g_io_channel_unix_get_fd (self->file);
  self->watch = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);
  if (self->watch < 0 || inotify_add_watch (self->watch, path, IN_MODIFY) < 0)
    g_error ("the spoken file cannot be watched: %s", g_strerror (errno));
  self->unread = g_string_new (NULL);
  self->spoken = g_ptr_array_new_with_free_func (utterance_free);
  pass_over (self->fd);
  return self;
}

void
robot_ear_close (RobotEar *self)
{
  close (self->watch);
  g_io_channel_unref (self->file);
  g_string_free (self->unread, TRUE);
  g_ptr_array_unref (self->spoken);
  g_free (self);
}

static void
take_line (RobotEar *self, const char *line)
{
  const char *text = strchr (line, '\t');
  gboolean goes_on = line[0] == '+' && self->spoken->len > 0;
  RobotUtterance *utterance;

  if (text == NULL)
    return;
  if (!goes_on)
    {
      utterance = g_new0 (RobotUtterance, 1);
      utterance->parts = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (self->spoken, utterance);
    }
  utterance = g_ptr_array_index (self->spoken, self->spoken->len - 1);
  g_ptr_array_add (utterance->parts, g_strdup (text + 1));
}

static void
take_lines (RobotEar *self)
{
  char *end;

  while ((end = strchr (self->unread->str, '\n')) != NULL)
    {
      g_autofree char *line = g_strndup (self->unread->str, (gsize)(end - self->unread->str));

      g_string_erase (self->unread, 0, end + 1 - self->unread->str);
      take_line (self, line);
    }
}

static void
read_on (RobotEar *self)
{
  char bytes[READ_BYTES];
  ssize_t got;

  while ((got = read (self->fd, bytes, sizeof bytes)) > 0)
    g_string_append_len (self->unread, bytes, got);
  take_lines (self);
}

guint
robot_ear_count (RobotEar *self)
{
  read_on (self);
  return self->spoken->len;
}

/* Returns: FALSE once it is too late for more to be written */
static gboolean
wait_for_more (RobotEar *self, gint64 end_us)
{
  gint64 left_ms = (end_us - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;
  GPollFD news = { self->watch, G_IO_IN, 0 };
  char events[READ_BYTES];

  if (left_ms <= 0 || g_poll (&news, 1, (int)left_ms) <= 0)
    return FALSE;
  while (read (self->watch, events, sizeof events) > 0)
    ;
  return TRUE;
}

static gint64
end_of (int timeout_ms)
{
  return g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;
}

/**
 * robot_ear_wait:
 *
 * Returns: whether more than @count utterances were heard within @timeout_ms
 */
gboolean
robot_ear_wait (RobotEar *self, guint count, int timeout_ms)
{
  gint64 end_us = end_of (timeout_ms);

  while (robot_ear_count (self) <= count)
    if (!wait_for_more (self, end_us))
      return robot_ear_count (self) > count;
  return TRUE;
}

/**
 * robot_ear_wait_for_part:
 *
 * An utterance comes sentence by sentence.
 *
 * Returns: whether more than @count sentences of @utterance were heard within @timeout_ms
 */
gboolean
robot_ear_wait_for_part (RobotEar *self,
                         const RobotUtterance *utterance,
                         guint count,
                         int timeout_ms)
{
  gint64 end_us = end_of (timeout_ms);

  while (utterance->parts->len <= count)
    {
      guint last = robot_ear_count (self) - 1;

      if (utterance->parts->len <= count
          && (robot_ear_get (self, last) != utterance || !wait_for_more (self, end_us)))
        return FALSE;
    }
  return TRUE;
}

const RobotUtterance *
robot_ear_get (RobotEar *self, guint index)
{
  g_return_val_if_fail (index < self->spoken->len, NULL);

  return g_ptr_array_index (self->spoken, index);
}

/* @pattern: "*" stands for anything */
gboolean
robot_utterance_has (const RobotUtterance *self, const char *pattern)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (g_pattern_match_simple (pattern, g_ptr_array_index (self->parts, i)))
      return TRUE;
  return FALSE;
}

gboolean
robot_utterance_begins (const RobotUtterance *self, const char *pattern)
{
  return g_pattern_match_simple (pattern, g_ptr_array_index (self->parts, 0));
}
