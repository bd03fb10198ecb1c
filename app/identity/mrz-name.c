/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/mrz-name.h"

#include "app/identity/mrz-letters.h"

#include <string.h>

/* Names, from the data page to the zone. A name of the zone is components of A to Z with one filler
 * between them, two between the primary and the secondary identifier.
 *
 * Where a name is longer than its field Doc 9303 names limits and leaves the cut to the issuer: the
 * primary identifier, two fillers and at least one letter of the secondary one have to be there,
 * and the last position has to be a letter. The cut made here keeps the initial of every component
 * and fills up from the left, first the primary identifier, then the secondary; when even initials
 * do not fit, the last components go. To compare with a zone that somebody else made,
 * kouan_mrz_name_matches takes any cut within those limits. */

#define SHADDA 0x0651
#define TEH_MARBUTA 0x0629

typedef struct
{
  GString *text;
  gsize last;           /* where what the last letter became begins */
  gboolean teh_marbuta; /* the last letter was one, which ends a component otherwise */
  const char *language;
} Writer;

/* A teh marbuta that turned out to end its component is XAH and not XTA (table C, note 2). */
static void
end_component (Writer *self)
{
  if (self->teh_marbuta)
    {
      g_string_truncate (self->text, self->last);
      g_string_append (self->text, "XAH");
    }
  self->teh_marbuta = FALSE;
}

static void
write_separator (Writer *self)
{
  end_component (self);
  if (self->text->len > 0 && self->text->str[self->text->len - 1] != '<')
    g_string_append_c (self->text, '<');
  self->last = self->text->len;
}

/* Shadda doubles what the letter became, without its X (table C, note 3). */
static void
write_doubled (Writer *self)
{
  g_autofree char *again = g_strdup (self->text->str + self->last);

  g_string_append (self->text, again[0] == 'X' && again[1] != '\0' ? again + 1 : again);
}

/* A letter without a row of its own is written as the letter below its marks. */
static const char *
find_letter (const Writer *self, gunichar upper, gboolean initial)
{
  const char *text = kouan_mrz_letters_find (upper, self->language, initial);
  gunichar base[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  static const char alphabet[]
    = "A\0B\0C\0D\0E\0F\0G\0H\0I\0J\0K\0L\0M\0N\0O\0P\0Q\0R\0S\0T\0U\0V\0W\0X\0Y\0Z";

  if (text != NULL)
    return text;
  if (g_unichar_fully_decompose (upper, FALSE, base, G_N_ELEMENTS (base)) > 0)
    upper = base[0];
  if (upper >= 'A' && upper <= 'Z')
    return alphabet + 2 * (upper - 'A');
  return kouan_mrz_letters_find (upper, self->language, initial);
}

static gboolean
write_letter (Writer *self, gunichar letter)
{
  gunichar upper = letter == 0x00DF ? 0x1E9E : g_unichar_toupper (letter);
  gboolean initial = self->text->len == 0 || self->text->str[self->text->len - 1] == '<';
  const char *text = find_letter (self, upper, initial);

  if (text == NULL)
    return FALSE;
  if (*text != '\0')
    {
      self->last = self->text->len;
      self->teh_marbuta = upper == TEH_MARBUTA;
    }
  g_string_append (self->text, text);
  return TRUE;
}

/* Apostrophes and other marks go, hyphens and commas divide (9303-3 §4.6). */
static gboolean
write_character (Writer *self, gunichar character)
{
  if (character == SHADDA)
    write_doubled (self);
  else if (g_unichar_isspace (character) || character == ',' || character == '<'
           || g_unichar_type (character) == G_UNICODE_DASH_PUNCTUATION)
    write_separator (self);
  else if (g_unichar_isalpha (character) || kouan_mrz_letters_find (character, NULL, FALSE) != NULL)
    return write_letter (self, character);
  else if (g_unichar_isdigit (character))
    return FALSE;
  return TRUE;
}

/**
 * kouan_mrz_transliterate:
 * @text: (nullable): one identifier as the data page has it
 * @language: (nullable): BCP 47: what it is written in, where table B makes a difference
 *
 * Returns: (transfer full) (nullable): its components with a filler between them; %NULL if it has a
 * digit, or a letter of a script that 9303-3 §6 has no table for
 */
char *
kouan_mrz_transliterate (const char *text, const char *language)
{
  g_autofree char *composed
    = text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE) : g_strdup ("");
  g_autoptr (GString) name = g_string_new (NULL);
  Writer writer = { name, 0, FALSE, language };

  if (composed == NULL)
    return NULL;
  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    if (!write_character (&writer, g_utf8_get_char (p)))
      return NULL;
  end_component (&writer);
  if (name->len > 0 && name->str[name->len - 1] == '<')
    g_string_truncate (name, name->len - 1);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* How long these components are with the fillers between them, if each has at most @each letters.
 */
static gsize
joined_size (const GStrv components, gsize each)
{
  gsize size = 0;

  for (guint i = 0; components[i] != NULL; i++)
    size += MIN (strlen (components[i]), each) + (i > 0);
  return size;
}

/* Appends the components in at most @room characters: an initial each, filled up from the left, the
 * last ones left out when not even their initials fit. */
static void
append_cut (GString *field, const GStrv components, gsize room)
{
  guint count = MIN (g_strv_length (components), (room + 1) / 2);

  for (guint i = 0; i < count; i++)
    {
      gsize later = 2 * (count - i - 1);
      gsize size = MIN (strlen (components[i]), room - later - (i > 0));

      if (i > 0)
        {
          g_string_append_c (field, '<');
          room--;
        }
      g_string_append_len (field, components[i], size);
      room -= size;
    }
}

/**
 * kouan_mrz_name_field:
 * @primary: as kouan_mrz_transliterate gives it
 * @secondary: (nullable): likewise; %NULL or "" where the name is not divided
 * @width: of the field: 30, 31 or 39
 *
 * Returns: (transfer full): the field, cut where it has to be
 */
char *
kouan_mrz_name_field (const char *primary, const char *secondary, guint width)
{
  g_auto (GStrv) first = NULL;
  g_auto (GStrv) second = NULL;
  GString *field = g_string_new (NULL);
  gsize initials;

  g_return_val_if_fail (primary != NULL && width >= 4, NULL);

  first = g_strsplit (primary, "<", -1);
  second = g_strsplit (secondary != NULL ? secondary : "", "<", -1);
  if (second[0] == NULL)
    append_cut (field, first, width);
  else
    {
      initials = MIN (joined_size (second, 1), width / 3); /* a short primary one stays whole */
      append_cut (field, first, MIN (joined_size (first, width), width - 2 - initials));
      g_string_append (field, "<<");
      append_cut (field, second, width - field->len);
    }
  while (field->len < width)
    g_string_append_c (field, '<');
  return g_string_free (field, FALSE);
}

/* Whether each component of @cut is one of @whole or its beginning, in order; the last ones may be
 * missing. */
static gboolean
is_cut_of (const GStrv cut, const GStrv whole)
{
  guint i;

  for (i = 0; cut[i] != NULL; i++)
    if (whole[i] == NULL || *cut[i] == '\0' || !g_str_has_prefix (whole[i], cut[i]))
      return FALSE;
  return i > 0 || whole[0] == NULL;
}

/**
 * kouan_mrz_name_matches:
 * @primary: as kouan_mrz_transliterate gives it
 * @secondary: (nullable): likewise
 * @field: a name field as it stands in a zone
 *
 * Returns: whether that name may stand so in a field of this width: as it is if it fits, cut by the
 * rules of Doc 9303 if it does not. Other spellings of a letter (UE for U) are not tried.
 */
gboolean
kouan_mrz_name_matches (const char *primary, const char *secondary, const char *field)
{
  g_autofree char *best = NULL;
  g_autofree char *upper = NULL;
  g_auto (GStrv) first = NULL, second = NULL, cut_first = NULL, cut_second = NULL;
  const char *divide;
  gsize width;

  g_return_val_if_fail (primary != NULL && field != NULL, FALSE);

  width = strlen (field);
  first = g_strsplit (primary, "<", -1);
  second = g_strsplit (secondary != NULL ? secondary : "", "<", -1);
  if (width < 4)
    return FALSE;
  if (joined_size (first, G_MAXUINT16) + (second[0] != NULL ? 2 : 0)
        + joined_size (second, G_MAXUINT16)
      <= width)
    {
      best = kouan_mrz_name_field (primary, secondary, width);
      return g_str_equal (best, field);
    }
  divide = strstr (field, "<<");
  upper = g_strndup (field, divide != NULL ? (gsize)(divide - field) : width);
  cut_first = g_strsplit (upper, "<", -1);
  cut_second = g_strsplit (divide != NULL ? divide + 2 : "", "<", -1);
  return field[width - 1] != '<' && is_cut_of (cut_first, first) && is_cut_of (cut_second, second);
}
