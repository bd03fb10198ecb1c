/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/identity/mrz-name.h"
#include "app/identity/mrz.h"
#include "tests/testlib/fixture.h"

#include <string.h>

/* Names and whole zones, from what the data page says: Doc 9303's own examples, and there and back
 * again. */

#define ROWS 61

/* "SMITH-JONES, SUSIE MARGARET": the comma divides the primary from the secondary identifier. */
static void
split_name (const char *name, char **primary, char **secondary)
{
  g_auto (GStrv) parts = g_strsplit (name, ", ", 2);

  *primary = kouan_mrz_transliterate (parts[0], NULL);
  *secondary = kouan_mrz_transliterate (parts[1], NULL);
}

static void
check_erratum (const char *line)
{
  const char *const lines[] = { line, "L898902C<3UTO6908061F9406236ZE184226B<<<<<<<", NULL };
  g_autoptr (GArray) problems = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 1, 1, 2026);
  g_assert_null (kouan_mrz_parse (lines, &today, &problems));
  g_assert_cmpint (g_array_index (problems, KouanMrzProblem, 0).code, ==,
                   KOUAN_MRZ_PROBLEM_LINE_LENGTH);
}

static void
check_row (const char *row)
{
  g_auto (GStrv) cells = g_strsplit (row, "\t", 5);
  g_autofree char *primary = NULL, *secondary = NULL, *made = NULL;
  const char *field = strlen (cells[3]) == 30 ? cells[3] : cells[3] + 5;

  g_test_message ("%s: %s", cells[2], cells[3]);
  g_assert_cmpuint (g_strv_length (cells), ==, 5);
  split_name (cells[2], &primary, &secondary);
  if (g_str_equal (cells[4], "erratum"))
    {
      check_erratum (cells[3]);
      return;
    }
  made = kouan_mrz_name_field (primary, secondary, strlen (field));
  g_assert_cmpuint (strlen (made), ==, strlen (field));
  g_assert_true (kouan_mrz_name_matches (primary, secondary, field));
  g_assert_true (kouan_mrz_name_matches (primary, secondary, made));
  if (g_str_equal (cells[4], "other"))
    g_assert_true (made[strlen (made) - 1] != '<');
  else
    g_assert_cmpstr (made, ==, field);
}

static void
test_name_vectors (void)
{
  g_autofree char *path = kouan_test_data ("mrz/names.tsv");
  g_autofree char *text = NULL;
  g_auto (GStrv) rows = NULL;
  g_autoptr (GError) error = NULL;
  guint count = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  rows = g_strsplit (text, "\n", -1);
  for (guint i = 0; rows[i] != NULL; i++)
    if (*rows[i] != '\0' && *rows[i] != '#')
      {
        check_row (rows[i]);
        count++;
      }
  g_assert_cmpuint (count, ==, ROWS);
}

static void
test_transliterate (void)
{
  static const struct
  {
    const char *language;
    const char *name;
    const char *zone;
  } names[] = {
    { NULL, "D'Artagnan", "DARTAGNAN" },
    { NULL, "O’Connor", "OCONNOR" },
    { NULL, "Marie-Élise", "MARIE<ELISE" },
    { NULL, "Anna,  Maria ", "ANNA<MARIA" },
    { NULL, "Müller", "MUELLER" },
    { NULL, "Mu\xcc\x88ller", "MUELLER" }, /* the marks apart */
    { NULL, "Weiß", "WEISS" },
    { NULL, "Ångström Øre Æsir Þór", "AANGSTROEM<OERE<AESIR<THOR" },
    { NULL, "Nguyễn Thị", "NGUYEN<THI" },
    { NULL, "Ștefan", "STEFAN" },
    { NULL, "İnönü ılık", "INOENUE<ILIK" },
    { NULL, "Юрий Щукин", "IURII<SHCHUKIN" },
    { NULL, "Гоголь", "GOGOL" },
    { "uk", "Юрій Ґалаґан", "YURII<GALAGAN" },
    { "uk", "Згурський Єва", "ZHURSKYI<YEVA" },
    { "bg", "Щерев", "SHTEREV" },
    { "sr", "Чарапић", "CARAPIC" },
    { "be-BY", "Гарэлік Ёлкін", "HARELIK<IOLKIN" },
    { NULL, "عبّاس", "EBBAS" },
    { NULL, "فضّة", "FXDZDZXAH" },
    { NULL, "محمد", "MXHMD" },
    { NULL, "فاطمة الزهراء", "FAXTTMXAH<ALZHRAXE" },
    { NULL, "", "" },
    { NULL, NULL, "" },
    { NULL, "李娜", NULL },
    { NULL, "Anna 2", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *zone = kouan_mrz_transliterate (names[i].name, names[i].language);

      g_test_message ("%s", names[i].name != NULL ? names[i].name : "");
      g_assert_cmpstr (zone, ==, names[i].zone);
    }
}

static void
test_name_limits (void)
{
  g_autofree char *many = kouan_mrz_name_field ("A<B<C<D<E<F<G<H<I<J<K<L<M<N<O<P<Q<R<S", "T<U", 30);
  g_autofree char *given = kouan_mrz_name_field ("LI", "A<B<C<D<E<F<G<H<I<J<K<L<M<N<O<P<Q<R<S", 30);
  g_autofree char *initials
    = kouan_mrz_name_field ("BENNELONGWOOLOOMOOLOOWARRANDYTE", "ANNA<BERTA<CARLA", 30);
  g_autofree char *single = kouan_mrz_name_field ("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGH", NULL, 30);

  g_assert_cmpuint (strlen (many), ==, 30);
  g_assert_cmpstr (initials, ==, "BENNELONGWOOLOOMOOLOOWA<<A<B<C");
  g_assert_true (g_str_has_suffix (many, "<<T<U"));
  g_assert_cmpstr (given, ==, "LI<<A<B<C<D<E<F<G<H<I<J<K<L<M<");
  g_assert_cmpstr (single, ==, "ABCDEFGHIJKLMNOPQRSTUVWXYZABCD");
}

static void
test_name_does_not_match (void)
{
  g_assert_false (kouan_mrz_name_matches ("ERIKSSON", "ANNA", "ERIKSSON<<ANNE<<<<<<<<<<<<<<<<"));
  g_assert_false (kouan_mrz_name_matches ("ERIKSSON", "ANNA", "ERIKSSON<<A<<<<<<<<<<<<<<<<<<<"));
  g_assert_false (kouan_mrz_name_matches ("NILAVADHANANANDA", "CHAYAPA<DEJTHAMRONG<KRASUANG",
                                          "NILAVADHANANANDA<<CHAYAPA<DE<<"));
  g_assert_false (kouan_mrz_name_matches ("NILAVADHANANANDA", "CHAYAPA<DEJTHAMRONG<KRASUANG",
                                          "NILAVADHANANANDA<<CHAYAPA<DX<K"));
  g_assert_false (kouan_mrz_name_matches ("NILAVADHANANANDA", "CHAYAPA<DEJTHAMRONG<KRASUANG", ""));
}

static KouanMrz *
make_and_parse (const KouanMrzContent *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) problems = NULL;
  g_auto (GStrv) lines = kouan_mrz_make (content, &error);
  KouanMrz *mrz;
  GDate today;

  g_assert_no_error (error);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 23, 11, 2026);
  mrz = kouan_mrz_parse ((const char *const *)lines, &today, &problems);
  g_assert_nonnull (mrz);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpint (mrz->format, ==, content->format);
  return mrz;
}

static void
test_make_td3 (void)
{
  const KouanMrzContent content = {
    .format = KOUAN_MRZ_TD3,
    .document_code = "P",
    .issuer = "UTO",
    .nationality = "UTO",
    .primary = "Eriksson",
    .secondary = "Anna Maria",
    .document_number = "L898902C3",
    .birth = { 1974, 8, 12 },
    .expiry = { 2012, 4, 15 },
    .sex = KOUAN_SEX_FEMALE,
    .optional = "ZE184226B",
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = kouan_mrz_make (&content, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (lines[0], ==, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<");
  g_assert_cmpstr (lines[1], ==, "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
  g_assert_null (lines[2]);
}

static void
test_there_and_back (void)
{
  static const char *const codes[] = { "I", "I", "P", "V", "V" };

  for (guint format = 0; format < KOUAN_MRZ_N_FORMATS; format++)
    {
      const KouanMrzContent content = {
        .format = format,
        .document_code = codes[format],
        .issuer = "D",
        .nationality = "XXB",
        .primary = "Al-Basri",
        .secondary = "Hudá",
        .document_number = "C01X 0006",
        .birth = { 2001, 0, 0 },
        .expiry = { 2035, 12, 31 },
        .sex = KOUAN_SEX_UNSPECIFIED,
        .optional = "7 B",
      };
      g_autoptr (KouanMrz) mrz = make_and_parse (&content);
      g_autofree char *birth = kouan_mrz_date_to_string (&mrz->birth);

      g_assert_cmpstr (mrz->issuer, ==, "D");
      g_assert_cmpstr (mrz->nationality, ==, "XXB");
      g_assert_cmpstr (mrz->primary, ==, "AL BASRI");
      g_assert_cmpstr (mrz->secondary, ==, "HUDA");
      g_assert_cmpstr (mrz->document_number, ==, "C01X 0006");
      g_assert_cmpstr (mrz->optional, ==, "7 B");
      g_assert_cmpstr (birth, ==, "2001-XX-XX");
      g_assert_cmpint (mrz->sex, ==, KOUAN_SEX_UNSPECIFIED);
    }
}

static void
test_make_long_number (void)
{
  KouanMrzContent content = {
    .format = KOUAN_MRZ_TD1,
    .document_code = "ID",
    .issuer = "UTO",
    .nationality = "UTO",
    .primary = "Stevenson",
    .secondary = "Peter",
    .document_number = "D23145890734",
    .birth = { 1934, 7, 12 },
    .expiry = { 2030, 7, 12 },
    .sex = KOUAN_SEX_MALE,
    .optional = "X1",
    .optional_2 = "Z9",
  };
  g_autoptr (KouanMrz) td1 = make_and_parse (&content);
  g_autoptr (KouanMrz) td2 = NULL;

  g_assert_true (td1->long_number);
  g_assert_cmpstr (td1->document_number, ==, "D23145890734");
  g_assert_cmpstr (td1->optional, ==, "X1");
  g_assert_cmpstr (td1->optional_2, ==, "Z9");
  g_assert_cmpstr (td1->lines[0], ==, "IDUTOD23145890<7349<X1<<<<<<<<");

  content.format = KOUAN_MRZ_TD2;
  content.optional = NULL;
  content.optional_2 = NULL;
  td2 = make_and_parse (&content);
  g_assert_cmpstr (td2->document_number, ==, "D23145890734");
}

static void
test_unfit (void)
{
  const KouanMrzContent good = {
    .format = KOUAN_MRZ_TD3,
    .document_code = "P",
    .issuer = "UTO",
    .nationality = "UTO",
    .primary = "Eriksson",
    .document_number = "L898902C3",
    .birth = { 1974, 8, 12 },
    .expiry = { 2012, 4, 15 },
  };
  static const char *const words[]
    = { "document number", "name",          "name",           "issuer",
        "optional data",   "date of birth", "document number" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      KouanMrzContent content = good;
      g_autoptr (GError) error = NULL;

      if (i == 0)
        content.document_number = "L898902C3456"; /* TD3 has no long numbers */
      else if (i == 1)
        content.primary = "";
      else if (i == 2)
        content.primary = "李";
      else if (i == 3)
        content.issuer = "UTOP";
      else if (i == 4)
        content.optional = "ABCDEFGHIJKLMNO";
      else if (i == 5)
        content.birth.month = 13;
      else
        content.document_number = "L89/8";
      g_assert_null (kouan_mrz_make (&content, &error));
      g_assert_error (error, KOUAN_MRZ_ERROR, KOUAN_MRZ_ERROR_UNFIT);
      g_assert_nonnull (strstr (error->message, words[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mrz-name/vectors", test_name_vectors);
  g_test_add_func ("/mrz-name/transliterate", test_transliterate);
  g_test_add_func ("/mrz-name/limits", test_name_limits);
  g_test_add_func ("/mrz-name/does-not-match", test_name_does_not_match);
  g_test_add_func ("/mrz-make/td3", test_make_td3);
  g_test_add_func ("/mrz-make/there-and-back", test_there_and_back);
  g_test_add_func ("/mrz-make/long-number", test_make_long_number);
  g_test_add_func ("/mrz-make/unfit", test_unfit);
  return g_test_run ();
}
