/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/mrz-lines.h"
#include "ui/widgets/line-buffer.h"

#include <string.h>

/* Typing a machine readable zone. Characters are inserted at the caret, as in any text; a full line
 * hands the caret on to the next. A line with one character forgotten in its middle is full one
 * character too early, with a filler at its end that should not be there: inserting into a full
 * line therefore drops that filler. */

struct _KouanMrzLines
{
  guint lines;
  guint columns;
  KouanLineBuffer *buffers[KOUAN_MRZ_LINES_MAX];
  guint current; /* the line with the caret */

  KouanMrzFill fill; /* (nullable) */
  gpointer fill_data;
};

/* Returns: @lines (1 to 3) empty lines of @columns (1 to 44) characters */
KouanMrzLines *
kouan_mrz_lines_new (guint lines, guint columns)
{
  KouanMrzLines *self = g_new0 (KouanMrzLines, 1);

  kouan_mrz_lines_set_format (self, lines, columns);
  return self;
}

void
kouan_mrz_lines_free (KouanMrzLines *self)
{
  for (guint i = 0; i < KOUAN_MRZ_LINES_MAX; i++)
    g_clear_pointer (&self->buffers[i], kouan_line_buffer_free);
  g_free (self);
}

/* Changes the shape and keeps what is typed, as far as it fits. */
void
kouan_mrz_lines_set_format (KouanMrzLines *self, guint lines, guint columns)
{
  g_assert (lines >= 1 && lines <= KOUAN_MRZ_LINES_MAX);
  g_assert (columns >= 1 && columns <= KOUAN_MRZ_COLUMNS_MAX);

  for (guint i = 0; i < KOUAN_MRZ_LINES_MAX; i++)
    {
      KouanLineBuffer *buffer = kouan_line_buffer_new (columns);

      if (self->buffers[i] != NULL)
        {
          kouan_line_buffer_set_text (buffer, kouan_line_buffer_get_text (self->buffers[i]));
          kouan_line_buffer_free (self->buffers[i]);
        }
      self->buffers[i] = buffer;
    }
  self->lines = lines;
  self->columns = columns;
  self->current = MIN (self->current, lines - 1);
}

/* @fill (nullable): knows where a line goes on after its fillers; else they go to its end */
void
kouan_mrz_lines_set_fill (KouanMrzLines *self, KouanMrzFill fill, gpointer data)
{
  self->fill = fill;
  self->fill_data = data;
}

guint
kouan_mrz_lines_get_count (const KouanMrzLines *self)
{
  return self->lines;
}

guint
kouan_mrz_lines_get_columns (const KouanMrzLines *self)
{
  return self->columns;
}

const char *
kouan_mrz_lines_get_line (const KouanMrzLines *self, guint line)
{
  g_assert (line < self->lines);
  return kouan_line_buffer_get_text (self->buffers[line]);
}

guint
kouan_mrz_lines_get_length (const KouanMrzLines *self, guint line)
{
  g_assert (line < self->lines);
  return kouan_line_buffer_get_length (self->buffers[line]);
}

void
kouan_mrz_lines_set_line (KouanMrzLines *self, guint line, const char *text)
{
  g_assert (line < self->lines);
  kouan_line_buffer_set_text (self->buffers[line], text);
}

guint
kouan_mrz_lines_get_current (const KouanMrzLines *self)
{
  return self->current;
}

static KouanLineBuffer *
current_buffer (KouanMrzLines *self)
{
  return self->buffers[self->current];
}

guint
kouan_mrz_lines_get_caret (const KouanMrzLines *self)
{
  return kouan_line_buffer_get_caret (self->buffers[self->current]);
}

/* A line or a @position that is not there is the last one. */
void
kouan_mrz_lines_go_to (KouanMrzLines *self, guint line, guint position)
{
  self->current = MIN (line, self->lines - 1);
  kouan_line_buffer_set_caret (current_buffer (self), position);
}

static gboolean
line_is_full (const KouanMrzLines *self, guint line)
{
  return kouan_line_buffer_get_length (self->buffers[line]) == self->columns;
}

gboolean
kouan_mrz_lines_is_complete (const KouanMrzLines *self)
{
  for (guint line = 0; line < self->lines; line++)
    if (!line_is_full (self, line))
      return FALSE;
  return TRUE;
}

static void
leave_full_line (KouanMrzLines *self)
{
  if (kouan_mrz_lines_get_caret (self) == self->columns && self->current + 1 < self->lines
      && !line_is_full (self, self->current + 1))
    kouan_mrz_lines_go_to (self, self->current + 1, G_MAXUINT);
}

static void
make_room (KouanMrzLines *self)
{
  KouanLineBuffer *buffer = current_buffer (self);
  guint caret = kouan_line_buffer_get_caret (buffer);
  const char *text = kouan_line_buffer_get_text (buffer);

  if (!line_is_full (self, self->current) || caret == self->columns
      || text[self->columns - 1] != '<')
    return;
  kouan_line_buffer_set_caret (buffer, self->columns);
  kouan_line_buffer_erase_before (buffer);
  kouan_line_buffer_set_caret (buffer, caret);
}

static gboolean
insert_character (KouanMrzLines *self, char character)
{
  character = g_ascii_toupper (character);
  if (!g_ascii_isupper (character) && !g_ascii_isdigit (character) && character != '<')
    return FALSE;

  leave_full_line (self);
  make_room (self);
  if (!kouan_line_buffer_insert (current_buffer (self), (gunichar)character))
    return FALSE;
  leave_full_line (self);
  return TRUE;
}

/* Returns: FALSE if nothing of @text could be typed */
gboolean
kouan_mrz_lines_insert (KouanMrzLines *self, const char *text)
{
  gboolean taken = FALSE;

  for (; *text != '\0'; text++)
    taken |= insert_character (self, *text);
  return taken;
}

static gboolean
erase_before (KouanMrzLines *self)
{
  if (kouan_mrz_lines_get_caret (self) == 0 && self->current > 0)
    kouan_mrz_lines_go_to (self, self->current - 1, G_MAXUINT);
  return kouan_line_buffer_erase_before (current_buffer (self));
}

static char *
filled_line (KouanMrzLines *self)
{
  const char *text = kouan_line_buffer_get_text (current_buffer (self));
  char *filled;

  if (self->fill != NULL)
    return self->fill (self->current, text, self->fill_data);

  filled = g_strnfill (self->columns, '<');
  memcpy (filled, text, kouan_line_buffer_get_length (current_buffer (self)));
  return filled;
}

static gboolean
fill_line (KouanMrzLines *self)
{
  g_autofree char *filled = NULL;

  leave_full_line (self);
  filled = filled_line (self);
  kouan_line_buffer_set_text (current_buffer (self), filled);
  leave_full_line (self);
  return TRUE;
}

static void
step (KouanMrzLines *self, gboolean forward)
{
  guint caret = kouan_mrz_lines_get_caret (self);
  guint length = kouan_line_buffer_get_length (current_buffer (self));

  if (!forward && caret == 0 && self->current > 0)
    kouan_mrz_lines_go_to (self, self->current - 1, G_MAXUINT);
  else if (forward && caret == length && self->current + 1 < self->lines)
    kouan_mrz_lines_go_to (self, self->current + 1, 0);
  else if (forward || caret > 0)
    kouan_mrz_lines_go_to (self, self->current, forward ? caret + 1 : caret - 1);
}

/* @changed: (out): whether the text is another one now
 *
 * Returns: FALSE if @key means nothing here */
gboolean
kouan_mrz_lines_press (KouanMrzLines *self, KouanKey key, gboolean *changed)
{
  *changed = FALSE;
  switch (key)
    {
    case KOUAN_KEY_ERASE:
      *changed = erase_before (self);
      return TRUE;
    case KOUAN_KEY_ERASE_AFTER:
      *changed = kouan_line_buffer_erase_after (current_buffer (self));
      return TRUE;
    case KOUAN_KEY_FILL:
      *changed = fill_line (self);
      return TRUE;
    case KOUAN_KEY_LEFT:
    case KOUAN_KEY_RIGHT:
      step (self, key == KOUAN_KEY_RIGHT);
      return TRUE;
    case KOUAN_KEY_HOME:
    case KOUAN_KEY_END:
      kouan_mrz_lines_go_to (self, self->current, key == KOUAN_KEY_HOME ? 0 : G_MAXUINT);
      return TRUE;
    default:
      return FALSE;
    }
}
