/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-pinyin"

#include "app/pinyin/pinyin.h"

#include <opencc.h>
#include <stdbool.h>
#include <string.h>

#include <pinyin.h>

/* libpinyin with its own dictionary and nothing of a person's: it is given no folder to read habits
 * from, is never asked to train, and is never asked to save. Its dictionary is in simplified
 * characters; OpenCC writes what it finds in traditional ones, by phrases, so that 头发 and 发展 go
 * different ways. */

struct _KouanPinyin
{
  pinyin_context_t *context;   /* (nullable): this machine has no dictionary */
  pinyin_instance_t *instance; /* (nullable) */
  opencc_t traditional;        /* (nullable) */
};

#define NOT_OPEN ((opencc_t)-1)

static void
candidate_free (gpointer data)
{
  KouanPinyinCandidate *candidate = data;

  g_free (candidate->text);
  g_free (candidate);
}

/* Takes some 13 ms. Where the dictionary is not there, there are no candidates. */
KouanPinyin *
kouan_pinyin_new (gboolean traditional)
{
  KouanPinyin *self = g_new0 (KouanPinyin, 1);

  self->context = pinyin_init (KOUAN_PINYIN_DATA, NULL);
  if (self->context == NULL)
    {
      g_message ("No Chinese dictionary");
      return self;
    }
  pinyin_set_options (self->context, PINYIN_INCOMPLETE | PINYIN_CORRECT_ALL | USE_DIVIDED_TABLE
                                       | USE_RESPLIT_TABLE);
  self->instance = pinyin_alloc_instance (self->context);
  self->traditional = traditional ? opencc_open ("s2t.json") : NULL;
  if (self->traditional == NOT_OPEN)
    self->traditional = NULL;
  return self;
}

void
kouan_pinyin_free (KouanPinyin *self)
{
  if (self == NULL)
    return;
  if (self->instance != NULL)
    pinyin_free_instance (self->instance);
  if (self->context != NULL)
    pinyin_fini (self->context);
  if (self->traditional != NULL)
    opencc_close (self->traditional);
  g_free (self);
}

static char *
write_in (KouanPinyin *self, const char *simplified)
{
  g_autofree char *text = NULL;
  char *converted;

  if (self->traditional == NULL)
    return g_strdup (simplified);
  converted = opencc_convert_utf8 (self->traditional, simplified, strlen (simplified));
  text = g_strdup (converted != NULL ? converted : simplified);
  if (converted != NULL)
    opencc_convert_utf8_free (converted);
  return g_steal_pointer (&text);
}

static gboolean
has_text (GPtrArray *candidates, const char *text)
{
  for (guint i = 0; i < candidates->len; i++)
    if (g_str_equal (((KouanPinyinCandidate *)g_ptr_array_index (candidates, i))->text, text))
      return TRUE;
  return FALSE;
}

/* Choosing fixes the candidate in this instance only, to learn how far it reaches; the instance is
 * reset afterwards. */
static void
add (KouanPinyin *self, guint index, GPtrArray *candidates)
{
  lookup_candidate_t *candidate;
  const char *simplified;
  KouanPinyinCandidate *found;
  g_autofree char *text = NULL;

  if (!pinyin_get_candidate (self->instance, index, &candidate)
      || !pinyin_get_candidate_string (self->instance, candidate, &simplified))
    return;
  text = write_in (self, simplified);
  if (has_text (candidates, text))
    return;
  found = g_new0 (KouanPinyinCandidate, 1);
  found->text = g_steal_pointer (&text);
  found->spelled = (guint)pinyin_choose_candidate (self->instance, 0, candidate);
  g_ptr_array_add (candidates, found);
}

/**
 * kouan_pinyin_guess:
 * @spelling: a to z and '
 *
 * Returns: (transfer full) (element-type KouanPinyinCandidate): at most @count_max, the likeliest
 * first, longer words before shorter; none where the spelling is none
 */
GPtrArray *
kouan_pinyin_guess (KouanPinyin *self, const char *spelling, guint count_max)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func (candidate_free);
  guint count = 0;

  g_return_val_if_fail (self != NULL && spelling != NULL, candidates);

  if (self->instance == NULL || *spelling == '\0')
    return candidates;
  if (pinyin_parse_more_full_pinyins (self->instance, spelling) > 0
      && pinyin_guess_candidates (self->instance, 0,
                                  SORT_BY_PHRASE_LENGTH_AND_PINYIN_LENGTH_AND_FREQUENCY)
      && pinyin_get_n_candidate (self->instance, &count))
    for (guint i = 0; i < count && candidates->len < count_max; i++)
      add (self, i, candidates);
  pinyin_reset (self->instance);
  return candidates;
}
