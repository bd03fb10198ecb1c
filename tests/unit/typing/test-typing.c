/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/pinyin/pinyin.h"
#include "app/typing/layout.h"
#include "tests/testlib/fixture.h"

#include <string.h>

/* Keys into writing: each case is what a person presses and what stands there then. "⌫" is the key
 * that deletes. */

static char *
press_all (KouanCompose compose, const char *const *keys)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (; *keys != NULL; keys++)
    {
      g_auto (KouanComposed) composed = { 0 };

      if (g_str_equal (*keys, "⌫"))
        kouan_compose_erase (compose, text->str, &composed);
      else
        kouan_compose_key (compose, text->str, *keys, &composed);
      for (guint i = 0; i < composed.erase && text->len > 0; i++)
        g_string_truncate (text, (gsize)(g_utf8_prev_char (text->str + text->len) - text->str));
      g_string_append (text, composed.insert);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_typed (KouanCompose compose, const char *keys, const char *wanted)
{
  g_auto (GStrv) words = g_strsplit (keys, " ", -1);
  g_autofree char *text = press_all (compose, (const char *const *)words);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_hangul (void)
{
  static const char *const cases[][2] = {
    { "ㅎ ㅏ ㄴ ㄱ ㅡ ㄹ", "한글" },
    { "ㄱ ㅏ ㄴ ㅏ", "가나" }, /* the final leaves for the next */
    { "ㅇ ㅓ ㅂ ㅅ ㅇ ㅓ", "없어" },
    { "ㄱ ㅏ ㅂ ㅅ ㅣ", "갑시" }, /* of two, the second leaves */
    { "ㅇ ㅗ ㅏ ㄴ", "완" },
    { "ㄱ ㅡ ㅣ", "긔" },
    { "ㄲ ㅏ ㄲ", "깎" },
    { "ㄸ ㅏ ㄸ ㅏ", "따따" }, /* ㄸ ends no syllable */
    { "ㅏ ㅏ", "ㅏㅏ" },
    { "ㄱ ㄱ ㅏ", "ㄱ가" },
    { "ㅂ ㅜ ㅔ ㄹ ㄱ", "뷁" },
    { "ㅎ ㅏ ㄴ ⌫ ㅁ", "함" },
    { "ㅇ ㅓ ㅂ ㅅ ⌫ ⌫ ⌫ ⌫", "" },
    { "ㅇ ㅗ ㅏ ⌫", "오" },
    { "a ㅏ", "aㅏ" },
    { "a ⌫", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_typed (KOUAN_COMPOSE_HANGUL, cases[i][0], cases[i][1]);
}

static void
test_vietnamese (void)
{
  static const char *const cases[][2] = {
    { "N g u y ê n \xCC\x83", "Nguyễn" },
    { "N g u y ê \xCC\x83 n", "Nguyễn" },
    { "T r ầ n", "Trần" },
    { "H o a \xCC\x80", "Hòa" },
    { "h o a n \xCC\x80", "hoàn" },
    { "q u a \xCC\x81", "quá" },
    { "g i a \xCC\x80", "già" },
    { "g i \xCC\x80", "gì" },
    { "ư ơ n g \xCC\x80", "ường" },
    { "n g ư ơ i \xCC\x80", "người" },
    { "n g o a i \xCC\x80", "ngoài" },
    { "a \xCC\x81 \xCC\x80", "à" }, /* another replaces it */
    { "a \xCC\x81 \xCC\x81", "a" }, /* the same takes it back */
    { "Đ \xCC\x80", "Đ" },          /* nothing to stand on */
    { "H Ô \xCC\x80", "HỒ" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_typed (KOUAN_COMPOSE_VIETNAMESE, cases[i][0], cases[i][1]);
}

static void
test_kana (void)
{
  static const char *const cases[][2] = {
    { "か ゛", "が" }, { "か ゛ ゛", "か" }, { "は ゛ ゜", "ぱ" }, { "つ 小", "っ" },
    { "つ ゛", "づ" }, { "や 小", "ゃ" },    { "ト ゛", "ド" },    { "ハ ゜", "パ" },
    { "ツ 小", "ッ" }, { "ん ゛", "ん" },    { "゛", "" },         { "き よ 小 う", "きょう" },
    { "ウ ゛", "ヴ" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_typed (KOUAN_COMPOSE_KANA, cases[i][0], cases[i][1]);
}

static void
test_romaji (void)
{
  static const char *const cases[][2] = {
    { "t o u k y o u", "とうきょう" },
    { "k i t t e", "きって" },
    { "s h i n j u k u", "しんじゅく" },
    { "k o n n i c h i h a", "こんいちは" },
    { "k o n n n i c h i", "こんにち" },
    { "h o n y a", "ほにゃ" },
    { "h o n n y a", "ほんや" },
    { "r a - m e n n", "らーめん" },
    { "t s u d z u", "つdず" },
    { "k ⌫ a", "あ" },
    { "x a", "xあ" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_typed (KOUAN_COMPOSE_ROMAJI, cases[i][0], cases[i][1]);
}

static void
assert_guesses (KouanPinyin *pinyin, const char *spelling, const char *first, guint spelled)
{
  g_autoptr (GPtrArray) found = kouan_pinyin_guess (pinyin, spelling, 20);
  const KouanPinyinCandidate *candidate;

  g_assert_cmpuint (found->len, >, 0);
  candidate = g_ptr_array_index (found, 0);
  g_assert_cmpstr (candidate->text, ==, first);
  g_assert_cmpuint (candidate->spelled, ==, spelled);
}

static void
test_pinyin (void)
{
  g_autoptr (KouanPinyin) pinyin = kouan_pinyin_new (FALSE);
  g_autoptr (GPtrArray) none = kouan_pinyin_guess (pinyin, "", 20);
  g_autoptr (GPtrArray) few = kouan_pinyin_guess (pinyin, "shi", 7);

  assert_guesses (pinyin, "beijing", "北京", 7);
  assert_guesses (pinyin, "zhonghuarenmingongheguo", "中华人民共和国", 23);
  assert_guesses (pinyin, "xi'an", "西安", 5);
  assert_guesses (pinyin, "beijing", "北京", 7); /* nothing stayed from before */
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (few->len, ==, 7);
}

static void
test_pinyin_traditional (void)
{
  g_autoptr (KouanPinyin) pinyin = kouan_pinyin_new (TRUE);

  assert_guesses (pinyin, "taiwan", "臺灣", 6);
  assert_guesses (pinyin, "zhongguo", "中國", 8);
  assert_guesses (pinyin, "toufa", "頭髮", 5);
}

/* Whatever was chosen, the next keyboard guesses as the first did, and no file was made. */
static void
test_pinyin_learns_nothing (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *first = NULL;
  g_autoptr (GDir) dir = NULL;

  g_setenv ("HOME", folder, TRUE);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  for (guint round = 0; round < 30; round++)
    {
      g_autoptr (KouanPinyin) pinyin = kouan_pinyin_new (FALSE);
      g_autoptr (GPtrArray) found = kouan_pinyin_guess (pinyin, "shi", 60);
      g_autoptr (GString) order = g_string_new (NULL);

      for (guint i = 0; i < found->len; i++)
        g_string_append (order, ((KouanPinyinCandidate *)g_ptr_array_index (found, i))->text);
      if (first == NULL)
        first = g_strdup (order->str);
      g_assert_cmpstr (order->str, ==, first);
    }
  dir = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
  kouan_test_folder_remove (folder);
}

static KouanLayouts *
load (void)
{
  g_autofree char *path
    = g_test_build_filename (G_TEST_DIST, "..", "assets", "keyboard", "layouts.ini", NULL);
  g_autofree char *data = NULL;
  gsize size;
  g_autoptr (GError) error = NULL;
  KouanLayouts *layouts;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  layouts = kouan_layouts_new (data, size, &error);
  g_assert_no_error (error);
  return layouts;
}

static gboolean
has_key (const KouanLayout *layout, KouanLayer layer, const char *text)
{
  GPtrArray *rows = layout->rows[layer];

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      GPtrArray *row = g_ptr_array_index (rows, i);

      for (guint j = 0; j < row->len; j++)
        if (g_strcmp0 (((KouanLayoutKey *)g_ptr_array_index (row, j))->text, text) == 0)
          return TRUE;
    }
  return FALSE;
}

/* Every language has a layout with the letters that its alphabet has. */
static void
test_layouts (void)
{
  static const char *const alphabets[][2] = {
    { "en", "abcdefghijklmnopqrstuvwxyz" },
    { "fr", "abcdefghijklmnopqrstuvwxyzéèêëàâçùîôœ" },
    { "es", "abcdefghijklmnopqrstuvwxyzñáéíóúü" },
    { "pt", "abcdefghijklmnopqrstuvwxyzãõáéíóúâêôàç" },
    { "vi", "abcdefghijklmnopqrstuvwxyzăâđêôơư" },
    { "ru", "абвгдежзийклмнопрстуфхцчшщъыьэюяё" },
    { "ar", "ابتثجحخدذرزسشصضطظعغفقكلمنهويءئؤأإآةى" },
    { "hi", "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह" },
    { "ko", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎㅏㅑㅓㅕㅗㅛㅜㅠㅡㅣㅐㅔ" },
    { "ja", "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろ"
            "わをん" },
    { "ja-low", "abcdefghijklmnopqrstuvwxyz" },
    { "zh-Hans", "abcdefghijklmnopqrstuvwxyz" },
    { "zh-Hant", "abcdefghijklmnopqrstuvwxyz" },
    { "mrz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<" },
    { "digits", "0123456789" },
    { "phone", "0123456789+" },
  };
  g_autoptr (KouanLayouts) layouts = load ();

  for (guint i = 0; i < G_N_ELEMENTS (alphabets); i++)
    {
      const KouanLayout *layout = kouan_layouts_find (layouts, alphabets[i][0]);

      g_assert_nonnull (layout);
      for (const char *at = alphabets[i][1]; *at != '\0'; at = g_utf8_next_char (at))
        {
          g_autofree char *letter = g_strndup (at, (gsize)(g_utf8_next_char (at) - at));

          if (!has_key (layout, KOUAN_LAYER_LETTERS, letter))
            g_error ("%s has no %s", layout->id, letter);
        }
    }
}

/* A key that types can be deleted, and from every layer there is a way back. */
static void
test_ways_back (void)
{
  g_autoptr (KouanLayouts) layouts = load ();

  for (guint i = 0; i < kouan_layouts_get_count (layouts); i++)
    {
      const KouanLayout *layout = kouan_layouts_get (layouts, i);

      for (KouanLayer layer = 0; layer < KOUAN_N_LAYERS; layer++)
        if (layout->rows[layer] != NULL && !has_key (layout, layer, "erase"))
          g_error ("nothing can be deleted on %s, layer %d", layout->id, layer);
      if (layout->rows[KOUAN_LAYER_SHIFT] != NULL)
        g_assert_true (has_key (layout, KOUAN_LAYER_SHIFT, "shift"));
      if (layout->rows[KOUAN_LAYER_SIGNS] != NULL)
        g_assert_true (has_key (layout, KOUAN_LAYER_SIGNS, "ABC"));
      g_assert_cmpint (has_key (layout, KOUAN_LAYER_LETTERS, "other"), ==, layout->label != NULL);
    }
}

static void
test_bad_layouts (void)
{
  static const char *const bad[] = {
    "[x]\nletters1=a b c d e f g h i j k\n", /* eleven keys */
    "[x]\nletters1=a @nothing\n",
    "[x]\nlabel=y\n",
    "no file at all",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kouan_layouts_new (bad[i], strlen (bad[i]), &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/typing/hangul", test_hangul);
  g_test_add_func ("/typing/vietnamese", test_vietnamese);
  g_test_add_func ("/typing/kana", test_kana);
  g_test_add_func ("/typing/romaji", test_romaji);
  g_test_add_func ("/typing/layouts", test_layouts);
  g_test_add_func ("/typing/ways-back", test_ways_back);
  g_test_add_func ("/typing/bad-layouts", test_bad_layouts);
  g_test_add_func ("/pinyin/words", test_pinyin);
  g_test_add_func ("/pinyin/traditional", test_pinyin_traditional);
  g_test_add_func ("/pinyin/learns-nothing", test_pinyin_learns_nothing);
  return g_test_run ();
}
