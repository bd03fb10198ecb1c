/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/language/language.h"
#include "app/language/messages.h"
#include "tests/testlib/fixture.h"

#include <string.h>

static char *catalogue_dir; /* where the build left the catalogues */

static const KouanLanguage *
language (const char *code)
{
  const KouanLanguage *found = kouan_language_find (code);

  g_assert_nonnull (found);
  return found;
}

static void
test_offered (void)
{
  guint count = 0;
  const KouanLanguage *const *all = kouan_language_all (&count);

  g_assert_cmpuint (count, >=, 2);
  g_assert_cmpstr (all[0]->code, ==, "en");
  g_assert_cmpstr (all[1]->code, ==, "zh-Hans");
  g_assert_cmpstr (all[1]->own_name, ==, "简体中文");
}

static void
test_known_but_not_offered (void)
{
  g_assert_true (language ("ar")->right_to_left);
  g_assert_false (language ("ja")->right_to_left);
  g_assert_null (kouan_language_find ("tlh"));
  g_assert_null (kouan_language_find (""));
}

static void
test_live_switch (void)
{
  for (guint i = 0; i < 3; i++)
    {
      kouan_language_set (language ("zh-Hans"));
      g_assert_cmpstr (_ ("Back"), ==, "返回");
      g_assert_true (kouan_language_current () == language ("zh-Hans"));

      kouan_language_set (language ("en"));
      g_assert_cmpstr (_ ("Back"), ==, "Back");
    }
}

/* GLib decides at the first translation whether the process is translated at all; an English start
 * must not decide that it never is. The process is a new one, so the call in it is the first. */
static void
test_first_text_english (void)
{
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  g_assert_cmpstr (_ ("Back"), ==, "Back");
  kouan_language_set (language ("zh-Hans"));
  g_assert_cmpstr (_ ("Back"), ==, "返回");
}

static void
assert_text_in (const char *code, const char *text, const char *expected)
{
  g_autofree char *translated = kouan_language_text_in (language (code), text);

  g_assert_cmpstr (translated, ==, expected);
}

static void
test_text_in (void)
{
  kouan_language_set (language ("en"));
  assert_text_in ("zh-Hans", "Back", "返回");
  assert_text_in ("en", "Back", "Back");
  assert_text_in ("en", "Welcome", "Welcome");
  assert_text_in ("zh-Hans", "never written by anybody", "never written by anybody");
  assert_text_in ("zh-Hans", "", "");
  g_assert_cmpstr (_ ("Back"), ==, "Back");
}

static void
test_dates (void)
{
  static const struct
  {
    const char *code;
    const char *expected;
  } cases[] = {
    { "en", "3 May 2026" },  { "zh-Hans", "2026年5月3日" }, { "zh-Hant", "2026年5月3日" },
    { "ru", "3 мая 2026" },  { "ko", "2026년 5월 3일" },    { "ja", "2026年5月3日" },
    { "fr", "3 mai 2026" },  { "es", "3 de mayo de 2026" }, { "pt", "3 de maio de 2026" },
    { "ar", "٣ مايو ٢٠٢٦" }, { "hi", "3 मई 2026" },         { "vi", "3 tháng 5, 2026" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *date = kouan_language_date (language (cases[i].code), 2026, 5, 3);

      g_assert_cmpstr (date, ==, cases[i].expected);
    }
}

static void
test_date_edges (void)
{
  g_autofree char *first = kouan_language_date (language ("fr"), 2026, 1, 1);
  g_autofree char *last = kouan_language_date (language ("en"), 9999, 12, 31);

  g_assert_cmpstr (first, ==, "1er janvier 2026");
  g_assert_cmpstr (last, ==, "31 December 9999");
}

/* The tests run with TZ=UTC. 1 792 832 700 is 2026-10-24 09:05:00. */
static void
test_times (void)
{
  g_autofree char *english = kouan_language_date_time (language ("en"), 1792832700);
  g_autofree char *chinese = kouan_language_date_time (language ("zh-Hans"), 1792832700);
  g_autofree char *arabic = kouan_language_time (language ("ar"), 1792832700);

  g_assert_cmpstr (english, ==, "24 October 2026, 09:05");
  g_assert_cmpstr (chinese, ==, "2026年10月24日 09:05");
  g_assert_cmpstr (arabic, ==, "٠٩:٠٥");
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *code;
    guint64 number;
    const char *expected;
  } cases[] = {
    { "en", 0, "0" },
    { "en", 999, "999" },
    { "en", 1234, "1,234" },
    { "en", 1234567, "1,234,567" },
    { "zh-Hans", 12345, "12,345" },
    { "ru", 1234567, "1\u00a0234\u00a0567" },
    { "fr", 12345, "12\u202f345" },
    { "es", 1234, "1234" },
    { "es", 12345, "12.345" },
    { "pt", 1234, "1.234" },
    { "ar", 12345, "١٢٬٣٤٥" },
    { "hi", 1234567, "12,34,567" },
    { "hi", 123456789012, "1,23,45,67,89,012" },
    { "vi", 1000000, "1.000.000" },
    { "ja", G_MAXUINT64, "18,446,744,073,709,551,615" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = kouan_language_number (language (cases[i].code), cases[i].number);

      g_assert_cmpstr (number, ==, cases[i].expected);
    }
}

static void
test_digits (void)
{
  g_autofree char *arabic = kouan_language_digits (language ("ar"), "3 / 7 · é");
  g_autofree char *hindi = kouan_language_digits (language ("hi"), "3 / 7");

  g_assert_cmpstr (arabic, ==, "٣ / ٧ · é");
  g_assert_cmpstr (hindi, ==, "3 / 7");
}

static void
assert_name (const char *code, const char *family, const char *given, const char *expected)
{
  g_autofree char *name = kouan_language_name (language (code), family, given);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_names (void)
{
  assert_name ("en", "ERIKSSON", "ANNA MARIA", "ANNA MARIA ERIKSSON");
  assert_name ("ru", "ERIKSSON", "ANNA MARIA", "ANNA MARIA ERIKSSON");
  assert_name ("zh-Hans", "ERIKSSON", "ANNA MARIA", "ERIKSSON ANNA MARIA");
  assert_name ("ko", "ERIKSSON", "ANNA MARIA", "ERIKSSON ANNA MARIA");
  assert_name ("vi", "ERIKSSON", "ANNA MARIA", "ERIKSSON ANNA MARIA");
  assert_name ("fr", "SUKARNO", "", "SUKARNO");
  assert_name ("ja", "", "SUKARNO", "SUKARNO");
}

static void
write_catalogue (const char *folder, const char *locale, const char *text)
{
  g_autofree char *to = g_build_filename (folder, locale, "LC_MESSAGES", NULL);
  g_autofree char *po = g_build_filename (to, "kouan.po", NULL);
  g_autofree char *mo = g_build_filename (to, "kouan.mo", NULL);
  const char *words[] = { "msgfmt", "-o", mo, po, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  g_assert_true (g_file_set_contents (po, text, -1, NULL));
  g_assert_true (g_spawn_sync (NULL, (char **)words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, &error));
}

static gboolean
is_offered (const char *code)
{
  guint count;
  const KouanLanguage *const *all = kouan_language_all (&count);

  for (guint i = 0; i < count; i++)
    if (g_str_equal (all[i]->code, code))
      return TRUE;
  return FALSE;
}

/* A kiosk does not offer a language in which some of its pages would be English. */
static void
test_only_complete (void)
{
  char *folder = kouan_test_folder_new ();
  const char *head = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n";
  const char *one = "msgid \"Back\"\nmsgstr \"B\"\n\n";
  const char *other = "msgid \"Go on\"\nmsgstr \"G\"\n\n";
  g_autofree char *all = g_strconcat (head, one, other, NULL);
  g_autofree char *some = g_strconcat (head, one, NULL);

  write_catalogue (folder, "zh_CN", all);
  write_catalogue (folder, "ko", all);
  write_catalogue (folder, "ja", some);
  kouan_language_init (folder);
  g_assert_true (is_offered ("en"));
  g_assert_true (is_offered ("zh-Hans"));
  g_assert_true (is_offered ("ko"));
  g_assert_false (is_offered ("ja"));
  g_assert_false (is_offered ("fr"));
  kouan_language_init (catalogue_dir);
  kouan_test_folder_remove (folder);
}

static KouanMessages *
load_bytes (const char *folder, const char *bytes, gsize size)
{
  g_autofree char *path = g_build_filename (folder, "some.mo", NULL);
  g_autoptr (GError) error = NULL;
  KouanMessages *loaded;

  g_assert_true (
    g_file_set_contents_full (path, bytes, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  loaded = kouan_messages_load (path, &error);
  if (loaded == NULL)
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  return loaded;
}

static void
read_catalogue (char **bytes, gsize *size)
{
  g_autofree char *path
    = g_build_filename (catalogue_dir, "zh_CN", "LC_MESSAGES", "kouan.mo", NULL);

  g_assert_true (g_file_get_contents (path, bytes, size, NULL));
}

/* Cut off anywhere, a catalogue is refused or answers with what it has; it is never read beyond its
 * end. */
static void
test_truncated_catalogue (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *bytes = NULL;
  gsize size;
  guint refused = 0;

  read_catalogue (&bytes, &size);
  for (gsize length = 0; length < size; length += 1 + size / 200)
    {
      g_autoptr (KouanMessages) loaded = load_bytes (folder, bytes, length);

      if (loaded == NULL)
        refused++;
      else
        (void)kouan_messages_find (loaded, "Back");
    }
  g_assert_cmpuint (refused, >, 0);
  kouan_test_folder_remove (folder);
}

static void
test_lying_catalogue (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *bytes = NULL;
  gsize size;

  read_catalogue (&bytes, &size);
  memset (bytes + 8, 0xff, 4); /* the count of entries */
  g_assert_null (load_bytes (folder, bytes, size));

  g_free (g_steal_pointer (&bytes));
  read_catalogue (&bytes, &size);
  memset (bytes, 'x', 4); /* the magic */
  g_assert_null (load_bytes (folder, bytes, size));
  kouan_test_folder_remove (folder);
}

static void
test_missing_catalogue (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kouan_messages_load ("/nonexistent/kouan.mo", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  catalogue_dir = g_test_build_filename (G_TEST_BUILT, "..", "assets", "po", NULL);
  kouan_language_init (catalogue_dir);

  g_test_add_func ("/language/offered", test_offered);
  g_test_add_func ("/language/known", test_known_but_not_offered);
  g_test_add_func ("/language/live-switch", test_live_switch);
  g_test_add_func ("/language/first-text-english", test_first_text_english);
  g_test_add_func ("/language/text-in", test_text_in);
  g_test_add_func ("/language/dates", test_dates);
  g_test_add_func ("/language/date-edges", test_date_edges);
  g_test_add_func ("/language/times", test_times);
  g_test_add_func ("/language/numbers", test_numbers);
  g_test_add_func ("/language/digits", test_digits);
  g_test_add_func ("/language/names", test_names);
  g_test_add_func ("/language/only-complete", test_only_complete);
  g_test_add_func ("/language/catalogue/truncated", test_truncated_catalogue);
  g_test_add_func ("/language/catalogue/lying", test_lying_catalogue);
  g_test_add_func ("/language/catalogue/missing", test_missing_catalogue);
  result = g_test_run ();
  g_free (catalogue_dir);
  return result;
}
