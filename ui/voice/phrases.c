/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-voice"

#include "ui/voice/phrases.h"

/* How a stop sounds. What is private is said to a headphone only; so is every number that is long
 * enough to be a document's or a telephone's, wherever it stands. */

#define DIGITS_PRIVATE 5 /* and more in one word */

/* Signs that a voice passes over. */
static const struct
{
  const char *sign;
  const char *name;
} SIGNS[] = {
  { " ", N_ ("Space") },           { "-", N_ ("hyphen") },     { ",", N_ ("comma") },
  { ".", N_ ("full stop") },       { "'", N_ ("apostrophe") }, { "<", N_ ("angle bracket") },
  { "@", N_ ("at sign") },         { "/", N_ ("slash") },      { "(", N_ ("opening bracket") },
  { ")", N_ ("closing bracket") }, { "_", N_ ("underscore") }, { ":", N_ ("colon") },
  { ";", N_ ("semicolon") },       { "·", N_ ("middle dot") }, { "+", N_ ("plus") },
  { "#", N_ ("number sign") },     { "&", N_ ("and sign") },
};

/* Returns: (transfer none): @text, or what it is called if it is a sign that is not heard */
const char *
kouan_phrase_of_sign (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (SIGNS); i++)
    if (g_str_equal (SIGNS[i].sign, text))
      return _ (SIGNS[i].name);
  return text;
}

static guint
count_digits (const char *word)
{
  guint digits = 0;

  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at))
    digits += g_unichar_isdigit (g_utf8_get_char (at));
  return digits;
}

/* Returns: (transfer full): @text with "a number" in the place of every long one */
char *
kouan_phrase_without_numbers (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (count_digits (words[i]) >= DIGITS_PRIVATE)
      {
        g_free (words[i]);
        words[i] = g_strdup (_ ("a number"));
      }
  return g_strjoinv (" ", words);
}

/* What the voice says of itself. @alone: nobody else hears it */
void
kouan_phrase_add_greeting (const KouanLanguage *language, gboolean alone, KouanUtterance *utterance)
{
  static const char *const sentences[] = {
    N_ ("The voice is on."),
    N_ ("Next and previous go from one thing to another. Choose presses it. Back goes back. Repeat "
        "says it again, or stops me."),
    N_ ("Plug in a headphone, and I also say what is yours alone."),
  };

  for (guint i = 0; i < (alone ? 2 : G_N_ELEMENTS (sentences)); i++)
    {
      g_autofree char *text = kouan_language_text_in (language, sentences[i]);

      kouan_utterance_add (utterance, language->code, text);
    }
}

static void
say (KouanUtterance *utterance, const char *text)
{
  kouan_utterance_add (utterance, kouan_language_current ()->code, text);
}

static void
say_public (const char *language, const char *text, gboolean alone, KouanUtterance *utterance)
{
  g_autofree char *bare = alone ? g_strdup (text) : kouan_phrase_without_numbers (text);

  kouan_utterance_add (utterance, language, bare);
}

/* What it is called, each part by the voice of its language. */
static void
say_name (const KouanStop *self, gboolean alone, KouanUtterance *utterance)
{
  if (self->words == NULL)
    say_public (self->language, self->text, alone, utterance);
  for (guint i = 0; self->words != NULL && i < kouan_utterance_get_count (self->words); i++)
    {
      const KouanSpeechPart *part = kouan_utterance_get (self->words, i);

      say_public (part->language, part->text, alone, utterance);
    }
}

static void
say_key (const KouanStop *self, gboolean alone, KouanUtterance *utterance)
{
  const char *name = kouan_phrase_of_sign (self->text);

  if (!alone)
    say (utterance, _ ("A key. Plug in a headphone to hear which."));
  else if (name != self->text)
    say (utterance, name);
  else
    kouan_utterance_add (utterance, self->language, name);
}

static void
say_row (const KouanStop *self, gboolean alone, KouanUtterance *utterance)
{
  say (utterance, _ ("A row of keys."));
  if (alone)
    kouan_utterance_add (utterance, self->language, self->text);
}

static void
say_value (const KouanStop *self, gboolean alone, KouanUtterance *utterance)
{
  if (self->kind == KOUAN_STOP_FIELD && (self->value == NULL || *self->value == '\0'))
    say (utterance, _ ("Nothing is typed."));
  else if (self->value == NULL || *self->value == '\0')
    return;
  else if (self->private && !alone)
    say (utterance, _ ("Plug in a headphone to hear this."));
  else
    say_public (self->language, self->value, alone, utterance);
}

static void
say_kind (const KouanStop *self, KouanUtterance *utterance)
{
  g_autofree char *choice = NULL;

  if (self->kind == KOUAN_STOP_BUTTON)
    say (utterance, _ ("Button."));
  else if (self->kind == KOUAN_STOP_FIELD)
    say (utterance, _ ("Field."));
  else if (self->kind == KOUAN_STOP_CHOICE)
    {
      /* Translators: one of several answers, such as "Choice 2 of 5." */
      choice = g_strdup_printf (_ ("Choice %u of %u."), self->nth, self->count);
      say (utterance, choice);
    }
}

/* All of it: name, what kind of thing it is, what it says, and its state. @alone: nobody else hears
 * it */
void
kouan_stop_say (const KouanStop *self, gboolean alone, KouanUtterance *utterance)
{
  if (self->kind == KOUAN_STOP_KEY)
    say_key (self, alone, utterance);
  else if (self->kind == KOUAN_STOP_ROW)
    say_row (self, alone, utterance);
  else
    {
      say_name (self, alone, utterance);
      say_kind (self, utterance);
      say_value (self, alone, utterance);
    }
  if (self->chosen)
    say (utterance, _ ("Chosen."));
  if (!self->sensitive)
    say (utterance, _ ("Not available now."));
}

/* Name and value alone, for what says itself. */
void
kouan_stop_say_short (const KouanStop *self, gboolean alone, KouanUtterance *utterance)
{
  if (self->kind == KOUAN_STOP_ROW)
    {
      say_row (self, alone, utterance);
      return;
    }
  say_name (self, alone, utterance);
  say_value (self, alone, utterance);
}
