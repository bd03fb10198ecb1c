/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-speech"

#include "app/speech/utterance.h"

#include <string.h>

/* Sentences on their way to a voice. Line ends, control characters and marks of direction are taken
 * out here, so that no implementation has to think of them. */

#define LEFT_TO_RIGHT_MARK 0x200E /* for eyes alone */

struct _KouanUtterance
{
  GArray *parts; /* (element-type KouanSpeechPart) */
};

G_DEFINE_BOXED_TYPE (KouanUtterance, kouan_utterance, kouan_utterance_ref, kouan_utterance_unref)

static void
clear_part (gpointer data)
{
  KouanSpeechPart *part = data;

  g_free (part->text);
  g_free (part->language);
}

KouanUtterance *
kouan_utterance_new (void)
{
  KouanUtterance *self = g_rc_box_new0 (KouanUtterance);

  self->parts = g_array_new (FALSE, FALSE, sizeof (KouanSpeechPart));
  g_array_set_clear_func (self->parts, clear_part);
  return self;
}

KouanUtterance *
kouan_utterance_ref (KouanUtterance *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_utterance (gpointer data)
{
  g_array_unref (((KouanUtterance *)data)->parts);
}

void
kouan_utterance_unref (KouanUtterance *self)
{
  g_rc_box_release_full (self, clear_utterance);
}

static char *
one_line (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character == LEFT_TO_RIGHT_MARK)
        continue;
      g_string_append_unichar (line, g_unichar_iscntrl (character) ? ' ' : character);
    }
  return g_strstrip (g_string_free (g_steal_pointer (&line), FALSE));
}

/* @language: BCP 47; @text: UTF-8. A text of nothing but space adds nothing. */
void
kouan_utterance_add (KouanUtterance *self, const char *language, const char *text)
{
  KouanSpeechPart part;

  g_return_if_fail (self != NULL && language != NULL && text != NULL);
  g_return_if_fail (g_utf8_validate (text, -1, NULL));

  part.text = one_line (text);
  part.language = g_strdup (language);
  if (*part.text != '\0')
    g_array_append_val (self->parts, part);
  else
    clear_part (&part);
}

guint
kouan_utterance_get_count (KouanUtterance *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->parts->len;
}

const KouanSpeechPart *
kouan_utterance_get (KouanUtterance *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->parts->len, NULL);

  return &g_array_index (self->parts, KouanSpeechPart, index);
}

/* Returns: (transfer full): all of it, whatever the languages */
char *
kouan_utterance_dup_text (KouanUtterance *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->parts->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, g_array_index (self->parts, KouanSpeechPart, i).text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
