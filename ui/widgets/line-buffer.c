/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/line-buffer.h"

#include <string.h>

/* Holds personal data while it is typed. The memory is taken once, for the longest text allowed, so
 * that growing leaves no copies behind, and is overwritten when it is given back. */

#define UTF8_MAX 6

struct _KouanLineBuffer
{
  char *text;
  gsize capacity;
  gsize size; /* bytes in use, without the NUL */
  guint length;
  guint chars_max;
  guint caret;
};

KouanLineBuffer *
kouan_line_buffer_new (guint chars_max)
{
  KouanLineBuffer *self = g_new0 (KouanLineBuffer, 1);

  g_assert (chars_max > 0 && chars_max < 65536);
  self->chars_max = chars_max;
  self->capacity = (gsize)chars_max * UTF8_MAX + 1;
  self->text = g_malloc0 (self->capacity);
  return self;
}

void
kouan_line_buffer_free (KouanLineBuffer *self)
{
  explicit_bzero (self->text, self->capacity);
  g_free (self->text);
  g_free (self);
}

const char *
kouan_line_buffer_get_text (const KouanLineBuffer *self)
{
  return self->text;
}

guint
kouan_line_buffer_get_length (const KouanLineBuffer *self)
{
  return self->length;
}

guint
kouan_line_buffer_get_chars_max (const KouanLineBuffer *self)
{
  return self->chars_max;
}

guint
kouan_line_buffer_get_caret (const KouanLineBuffer *self)
{
  return self->caret;
}

gsize
kouan_line_buffer_get_caret_byte (const KouanLineBuffer *self)
{
  return (gsize)(g_utf8_offset_to_pointer (self->text, self->caret) - self->text);
}

/* A @position beyond the end is the end. */
void
kouan_line_buffer_set_caret (KouanLineBuffer *self, guint position)
{
  self->caret = MIN (position, self->length);
}

void
kouan_line_buffer_clear (KouanLineBuffer *self)
{
  explicit_bzero (self->text, self->capacity);
  self->size = 0;
  self->length = 0;
  self->caret = 0;
}

/* Returns: FALSE if there is no room for one more */
gboolean
kouan_line_buffer_insert (KouanLineBuffer *self, gunichar character)
{
  char bytes[UTF8_MAX];
  gsize n_bytes = (gsize)g_unichar_to_utf8 (character, bytes);
  char *at = g_utf8_offset_to_pointer (self->text, self->caret);

  if (self->length >= self->chars_max || !g_unichar_validate (character) || character == 0)
    return FALSE;

  g_assert (self->size + n_bytes < self->capacity);
  memmove (at + n_bytes, at, self->size - (gsize)(at - self->text) + 1);
  memcpy (at, bytes, n_bytes);
  self->size += n_bytes;
  self->length++;
  self->caret++;
  return TRUE;
}

/* Returns: FALSE if the caret is at the end */
gboolean
kouan_line_buffer_erase_after (KouanLineBuffer *self)
{
  char *at = g_utf8_offset_to_pointer (self->text, self->caret);
  char *next;
  gsize n_bytes;

  if (self->caret >= self->length)
    return FALSE;

  next = g_utf8_next_char (at);
  n_bytes = (gsize)(next - at);
  memmove (at, next, self->size - (gsize)(next - self->text) + 1);
  self->size -= n_bytes;
  explicit_bzero (self->text + self->size, n_bytes);
  self->length--;
  return TRUE;
}

/* Returns: FALSE if the caret is at the start */
gboolean
kouan_line_buffer_erase_before (KouanLineBuffer *self)
{
  if (self->caret == 0)
    return FALSE;

  self->caret--;
  return kouan_line_buffer_erase_after (self);
}

/* @text: UTF-8; what does not fit is left out. The caret is at the end afterwards. */
void
kouan_line_buffer_set_text (KouanLineBuffer *self, const char *text)
{
  kouan_line_buffer_clear (self);
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!kouan_line_buffer_insert (self, g_utf8_get_char (text)))
      return;
}
