/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-voice"

#include "ui/voice/news.h"

#include "ui/voice/phrases.h"

#include <string.h>

/* Two lists of stops, one after the other: what became of a status, of the stop where the person
 * is, and of what is typed. */

/* The characters of @longer that are not in @shorter, which is @longer without one run of them. */
static char *
inserted (const char *shorter, const char *longer)
{
  const char *start = longer;
  const char *end = longer + strlen (longer);
  const char *other_end = shorter + strlen (shorter);

  while (*shorter != '\0' && g_utf8_get_char (shorter) == g_utf8_get_char (start))
    {
      shorter = g_utf8_next_char (shorter);
      start = g_utf8_next_char (start);
    }
  while (other_end > shorter && end > start)
    {
      const char *a = g_utf8_prev_char (end);
      const char *b = g_utf8_prev_char (other_end);

      if (g_utf8_get_char (a) != g_utf8_get_char (b))
        break;
      end = a;
      other_end = b;
    }
  return g_strndup (start, (gsize)(end - start));
}

static void
say_typed (const KouanStop *field, const char *typed, gboolean alone, KouanUtterance *utterance)
{
  const char *name = kouan_phrase_of_sign (typed);
  const char *code = kouan_language_current ()->code;

  if (!alone)
    kouan_utterance_add (utterance, code, _ ("Typed."));
  else
    kouan_utterance_add (utterance, name != typed ? code : field->language, name);
}

/* Returns: whether the text of the field has changed */
static gboolean
say_field (const KouanStop *old, const KouanStop *field, gboolean alone, KouanUtterance *utterance)
{
  const char *before = old->value != NULL ? old->value : "";
  const char *now = field->value != NULL ? field->value : "";
  g_autofree char *typed = NULL;

  if (g_str_equal (before, now))
    return FALSE;
  typed = inserted (before, now);
  if (*typed != '\0')
    say_typed (field, typed, alone, utterance);
  else
    kouan_utterance_add (utterance, kouan_language_current ()->code, _ ("Deleted."));
  return TRUE;
}

static gboolean
is_new (const KouanStop *old, const KouanStop *stop)
{
  return old == NULL || g_strcmp0 (old->text, stop->text) != 0
         || g_strcmp0 (old->value, stop->value) != 0;
}

static gboolean
is_changed (const KouanStop *old, const KouanStop *stop)
{
  if (old->kind != stop->kind)
    return FALSE; /* a row that was opened */
  if (old->chosen != stop->chosen || old->sensitive != stop->sensitive)
    return TRUE;
  /* A key's letter changes with the case, which its own key says. */
  return stop->kind != KOUAN_STOP_KEY && is_new (old, stop);
}

/* The words that a spelling may stand for are other buttons each time. */
static void
say_words (GPtrArray *before, const KouanStop *words, gboolean alone, KouanUtterance *utterance)
{
  for (guint i = 0; i < before->len; i++)
    {
      const KouanStop *old = g_ptr_array_index (before, i);

      if (old->kind == KOUAN_STOP_ROW && old->live && g_str_equal (old->text, words->text))
        return;
    }
  kouan_stop_say_short (words, alone, utterance);
}

/**
 * kouan_news_collect:
 * @before: (nullable) (element-type KouanStop): of the same page
 * @at: (nullable): where the person is
 *
 * Returns: whether it is to be said at once, whatever is being said: the person did it, or it is an
 * alert
 */
gboolean
kouan_news_collect (
  GPtrArray *before, GPtrArray *now, GtkWidget *at, gboolean alone, KouanUtterance *utterance)
{
  gboolean urgent = FALSE;

  for (guint i = 0; before != NULL && i < now->len; i++)
    {
      const KouanStop *stop = g_ptr_array_index (now, i);
      const KouanStop *old = kouan_stops_find (before, stop->widget, NULL);

      if (stop->kind == KOUAN_STOP_FIELD)
        urgent = (old != NULL && say_field (old, stop, alone, utterance)) || urgent;
      else if (stop->kind == KOUAN_STOP_ROW && stop->live)
        say_words (before, stop, alone, utterance);
      else if (stop->live && is_new (old, stop))
        {
          kouan_stop_say_short (stop, alone, utterance);
          urgent = urgent || stop->urgent;
        }
      else if (stop->widget == at && old != NULL && is_changed (old, stop))
        {
          kouan_stop_say (stop, alone, utterance);
          urgent = TRUE;
        }
    }
  return urgent;
}
