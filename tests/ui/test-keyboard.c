/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/fixture.h"
#include "tests/ui/testkit/picture.h"
#include "tests/ui/testkit/scenes.h"
#include "tests/ui/testkit/walk.h"
#include "ui/widgets/accessible.h"
#include "ui/widgets/button.h"
#include "ui/widgets/field.h"
#include "ui/widgets/keyboard.h"

/* The keyboard of every language: on every screen it fits, a finger hits each key, and a screen
 * reader names it; and its keys write what they say. */

static const char *const CODES[]
  = { "en", "zh-Hans", "zh-Hant", "ru", "ko", "ja", "fr", "es", "pt", "ar", "hi", "vi" };

static const struct
{
  int width;
  int height;
} SCREENS[] = { { 1080, 1920 }, { 1920, 1080 }, { 1280, 1024 }, { 1024, 768 } };

static KouanKeyboard *
find_keyboard (GtkWidget *widget)
{
  KouanKeyboard *found = KOUAN_IS_KEYBOARD (widget) ? KOUAN_KEYBOARD (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_keyboard (child);
  return found;
}

static void
check_window (GtkWindow *window, const KouanSceneSettings *settings)
{
  kouan_test_wait_for_frame (window);
  kouan_test_check_fits (window, settings->width, settings->height);
  kouan_test_check_touch (GTK_WIDGET (window));
  kouan_test_check_names (GTK_WIDGET (window));
}

static void
click (KouanKeyboard *keyboard, const char *key)
{
  GtkWidget *button = kouan_keyboard_get_key (keyboard, key);

  if (button == NULL)
    g_error ("there is no key \"%s\"", key);
  g_signal_emit_by_name (button, "clicked");
}

/* Every layer, and with words to choose from. */
static void
check_layers (KouanWindow *window, const KouanSceneSettings *settings)
{
  KouanKeyboard *keyboard = find_keyboard (GTK_WIDGET (window));
  static const char *const keys[]
    = { "shift", "shift", "#+?", "ABC", "other", "other", "s", "h", "i" };

  check_window (GTK_WINDOW (window), settings);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (kouan_keyboard_get_key (keyboard, keys[i]) == NULL)
        continue;
      click (keyboard, keys[i]);
      check_window (GTK_WINDOW (window), settings);
    }
}

static void
test_fits (gconstpointer data)
{
  for (guint screen = 0; screen < G_N_ELEMENTS (SCREENS); screen++)
    for (KouanTextSize size = KOUAN_TEXT_NORMAL; size <= KOUAN_TEXT_LARGER; size += 2)
      {
        KouanSceneSettings settings = { .width = SCREENS[screen].width,
                                        .height = SCREENS[screen].height,
                                        .text_size = size,
                                        .language = kouan_language_find (data) };
        KouanWindow *window = kouan_scene_window_new (kouan_scene_find ("fields"), &settings);

        g_test_message ("%s, %d × %d, text %d", (const char *)data, settings.width, settings.height,
                        (int)size);
        gtk_window_present (GTK_WINDOW (window));
        check_layers (window, &settings);
        gtk_window_destroy (GTK_WINDOW (window));
      }
}

typedef struct
{
  GtkWidget *box; /* (owned) */
  KouanField *field;
  KouanKeyboard *keyboard;
} Typing;

static Typing
begin (const char *code, KouanKeyboardMode mode)
{
  Typing typing;

  kouan_language_set (kouan_language_find (code));
  typing.box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  typing.field = KOUAN_FIELD (kouan_field_new ("Text", KOUAN_TEXT_ANY, 60));
  typing.keyboard = KOUAN_KEYBOARD (kouan_keyboard_new (mode));
  gtk_box_append (GTK_BOX (typing.box), GTK_WIDGET (typing.field));
  gtk_box_append (GTK_BOX (typing.box), GTK_WIDGET (typing.keyboard));
  kouan_keyboard_set_target (typing.keyboard, kouan_field_get_target (typing.field));
  return typing;
}

static void
end (Typing *typing)
{
  g_object_unref (typing->box);
  kouan_language_set (kouan_language_find ("en"));
}

/* @keys: what is on them, with spaces between; ␣ is the space */
static void
click_all (Typing *typing, const char *keys)
{
  g_auto (GStrv) words = g_strsplit (keys, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    click (typing->keyboard, g_str_equal (words[i], "␣") ? " " : words[i]);
}

static const char *
typed (Typing *typing)
{
  return kouan_field_get_text (typing->field);
}

static void
test_types (void)
{
  static const struct
  {
    const char *code;
    const char *keys;
    const char *text;
  } cases[] = {
    { "en", "shift a d a", "Ada" },
    { "en", "shift shift u t o shift n", "UTOn" },
    { "fr", "f r a n ç o i s", "françois" },
    { "es", "shift ñ a", "Ña" },
    { "pt", "j o ã o", "joão" },
    { "ru", "shift а д а", "Ада" },
    { "ru", "other shift a d a other ш", "Adaш" },
    { "ko", "ㅎ ㅏ ㄴ ㄱ ㅡ ㄹ", "한글" },
    { "ko", "shift ㄲ ㅏ ㅊ ㅣ", "까치" },
    { "ko", "ㄱ ㅏ ㄱ erase erase", "ㄱ" },
    { "ja", "か ゛ く せ い", "がくせい" },
    { "ja", "shift ト ウ キ ヨ 小 ウ", "トウキョウ" },
    { "ar", "ع ا ئ ش ة", "عائشة" },
    { "hi", "भ ा र त", "भारत" },
    { "hi", "shift अ shift द", "अद" },
    { "vi", "shift n g u y ê n \xCC\x83", "Nguyễn" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Typing typing = begin (cases[i].code, KOUAN_KEYBOARD_TEXT);

      click_all (&typing, cases[i].keys);
      g_assert_cmpstr (typed (&typing), ==, cases[i].text);
      end (&typing);
    }
}

static GtkWidget *
word (Typing *typing, guint index)
{
  g_autoptr (GPtrArray) words = kouan_keyboard_get_row (typing->keyboard, 0);

  g_assert_cmpuint (words->len, >, index);
  return g_ptr_array_index (words, index);
}

static guint
count_words (Typing *typing)
{
  g_autoptr (GPtrArray) words = kouan_keyboard_get_row (typing->keyboard, 0);

  return words->len;
}

static void
test_chinese (void)
{
  Typing typing = begin ("zh-Hans", KOUAN_KEYBOARD_TEXT);

  g_assert_cmpuint (count_words (&typing), ==, 0);
  click_all (&typing, "b e i j i n g");
  g_assert_cmpstr (typed (&typing), ==, ""); /* nothing before it is chosen */
  g_assert_cmpstr (kouan_accessible_get_name (word (&typing, 0)), ==, "北京");
  g_signal_emit_by_name (word (&typing, 0), "clicked");
  g_assert_cmpstr (typed (&typing), ==, "北京");
  g_assert_cmpuint (count_words (&typing), ==, 0);

  click_all (&typing, "s h i ␣"); /* space takes the likeliest */
  g_assert_cmpint (g_utf8_strlen (typed (&typing), -1), ==, 3);
  click_all (&typing,
             "x x erase erase erase erase"); /* what is spelled goes first, then the text */
  g_assert_cmpstr (typed (&typing), ==, "北");
  end (&typing);
}

/* A word that stands for a part of the spelling leaves the rest to be chosen from. */
static void
test_chinese_in_parts (void)
{
  Typing typing = begin ("zh-Hans", KOUAN_KEYBOARD_TEXT);
  GtkWidget *part = NULL;

  click_all (&typing, "b e i j i n g");
  for (guint i = 0; part == NULL; i++)
    if (g_str_equal (kouan_accessible_get_name (word (&typing, i)), "北"))
      part = word (&typing, i);
  g_signal_emit_by_name (part, "clicked");
  g_assert_cmpstr (typed (&typing), ==, "北");
  g_assert_cmpuint (count_words (&typing), >, 0);
  click (typing.keyboard, "。"); /* a sign takes what is likeliest and stands behind it */
  g_assert_true (g_str_has_suffix (typed (&typing), "。"));
  g_assert_cmpint (g_utf8_strlen (typed (&typing), -1), ==, 3);
  end (&typing);
}

static void
test_traditional (void)
{
  Typing typing = begin ("zh-Hant", KOUAN_KEYBOARD_TEXT);

  click_all (&typing, "z h o n g g u o ␣");
  g_assert_cmpstr (typed (&typing), ==, "中國");
  end (&typing);
}

static void
test_more_words (void)
{
  Typing typing = begin ("zh-Hans", KOUAN_KEYBOARD_TEXT);
  g_autofree char *first = NULL;

  click_all (&typing, "s h i");
  first = g_strdup (kouan_accessible_get_name (word (&typing, 0)));
  g_signal_emit_by_name (word (&typing, count_words (&typing) - 1), "clicked");
  g_assert_cmpstr (kouan_accessible_get_name (word (&typing, 0)), !=, first);
  click (typing.keyboard, "other"); /* another writing forgets what was spelled */
  g_assert_cmpuint (count_words (&typing), ==, 0);
  g_assert_cmpstr (typed (&typing), ==, "");
  end (&typing);
}

/* Where only Latin letters are wanted, the language does not matter. */
static void
test_modes (void)
{
  Typing latin = begin ("ru", KOUAN_KEYBOARD_LATIN);
  Typing phone;

  click_all (&latin, "a b #+? @ ABC c");
  g_assert_cmpstr (typed (&latin), ==, "ab@c");
  g_assert_null (kouan_keyboard_get_key (latin.keyboard, "other"));
  end (&latin);
  phone = begin ("ar", KOUAN_KEYBOARD_PHONE);
  click_all (&phone, "+ 8 6 erase 5");
  g_assert_cmpstr (typed (&phone), ==, "+85");
  end (&phone);
}

/* A low screen has no room for fifty kana: they are spelled. */
static void
test_low (void)
{
  Typing typing = begin ("ja", KOUAN_KEYBOARD_TEXT);

  kouan_keyboard_set_compact (typing.keyboard, TRUE);
  click_all (&typing, "k y o u");
  g_assert_cmpstr (typed (&typing), ==, "きょう");
  end (&typing);
}

int
main (int argc, char **argv)
{
  g_autofree char *catalogues = NULL;

  gtk_test_init (&argc, &argv, NULL);
  catalogues = g_test_build_filename (G_TEST_BUILT, "..", "assets", "po", NULL);
  kouan_language_init (catalogues);
  kouan_style_load (gdk_display_get_default ());
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/keyboard/types", test_types);
  g_test_add_func ("/keyboard/chinese", test_chinese);
  g_test_add_func ("/keyboard/chinese-in-parts", test_chinese_in_parts);
  g_test_add_func ("/keyboard/traditional", test_traditional);
  g_test_add_func ("/keyboard/more-words", test_more_words);
  g_test_add_func ("/keyboard/modes", test_modes);
  g_test_add_func ("/keyboard/low", test_low);
  for (guint i = 0; i < G_N_ELEMENTS (CODES); i++)
    {
      g_autofree char *path = g_strdup_printf ("/keyboard/fits/%s", CODES[i]);

      g_test_add_data_func (path, CODES[i], test_fits);
    }
  return g_test_run ();
}
