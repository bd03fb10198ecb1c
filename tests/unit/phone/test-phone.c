/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "app/crypto/primitives.h"
#include "app/language/language.h"
#include "app/phone/folder-phone.h"
#include "app/phone/frames.h"
#include "app/phone/page.h"
#include "app/phone/phone-address.h"
#include "app/phone/protocol.h"
#include "tests/testlib/fixture.h"

/* The parts of the phone drop that need no network: what is photographed, what is sealed, what is
 * said, and the phone that files play. */

static void
assert_wifi (const char *name, const char *password, const char *expected)
{
  g_autofree char *text = kouan_phone_wifi_text (name, password);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_wifi (void)
{
  assert_wifi ("Hall", "harbour road", "WIFI:T:WPA;S:Hall;P:harbour road;;");
  assert_wifi ("a;b,c:d\"e\\f", "x;y", "WIFI:T:WPA;S:a\\;b\\,c\\:d\\\"e\\\\f;P:x\\;y;;");
  assert_wifi ("口岸", NULL, "WIFI:T:nopass;S:口岸;;");
}

static void
test_source (void)
{
  static const char *const wrong[] = { "",
                                       "http://",
                                       "https://10.0.0.1:80",
                                       "http://kiosk.example:80",
                                       "http://10.0.0.1",
                                       "http://10.0.0.1:80/x",
                                       "http://10.0.0.1:80/?a",
                                       "http://10.0.0.1:80#k",
                                       "http://u@10.0.0.1:80",
                                       "file:",
                                       "sane:" };
  g_autofree char *host = NULL;
  g_autofree char *host6 = NULL;
  guint port;

  g_assert_true (kouan_phone_parse_source ("http://192.168.4.1:8080", &host, &port));
  g_assert_cmpstr (host, ==, "192.168.4.1");
  g_assert_cmpuint (port, ==, 8080);
  g_assert_true (kouan_phone_parse_source ("http://[fd00::1]:0", &host6, &port));
  g_assert_cmpstr (host6, ==, "fd00::1");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kouan_phone_new_for_source (wrong[i], "program", "messages", &error));
      g_assert_error (error, KOUAN_PHONE_ERROR, KOUAN_PHONE_ERROR_CONFIGURATION);
    }
}

static void
test_address (void)
{
  guint8 bytes[KOUAN_PHONE_KEY_SIZE];
  g_autoptr (KouanSecret) key = NULL;
  g_autofree char *address = NULL;
  g_autofree char *address6 = NULL;

  memset (bytes, 0xfb, sizeof bytes); /* "+" and "/" in plain base64 */
  key = kouan_secret_new_copy (bytes, sizeof bytes);
  address = kouan_phone_page_address ("192.168.4.1", 8080, "00112233445566778899aabbccddeeff", key);
  g_assert_cmpstr (address, ==,
                   "http://192.168.4.1:8080/00112233445566778899aabbccddeeff"
                   "#-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s");
  address6 = kouan_phone_page_address ("fd00::1", 80, "t", key);
  g_assert_true (g_str_has_prefix (address6, "http://[fd00::1]:80/t#"));
}

static GBytes *
seal (KouanSecret *key, const char *text, guint code, guint index, guint count)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (KouanPhoneFile) file = kouan_phone_file_new (bytes, code, index, count);

  return kouan_phone_envelope_seal (key, file);
}

static void
test_envelope (void)
{
  g_autoptr (KouanSecret) key = kouan_secret_new_random (KOUAN_PHONE_KEY_SIZE);
  g_autoptr (GBytes) envelope = seal (key, "a paper", 42, 1, 3);
  g_autoptr (KouanPhoneFile) file = kouan_phone_envelope_open (key, envelope);

  g_assert_cmpuint (g_bytes_get_size (envelope), ==, 7 + KOUAN_PHONE_ENVELOPE_SIZE);
  g_assert_nonnull (file);
  g_assert_cmpmem (g_bytes_get_data (file->bytes, NULL), g_bytes_get_size (file->bytes), "a paper",
                   7);
  g_assert_cmpuint (file->code, ==, 42);
  g_assert_cmpuint (file->index, ==, 1);
  g_assert_cmpuint (file->count, ==, 3);
}

static void
test_envelope_refused (void)
{
  g_autoptr (KouanSecret) key = kouan_secret_new_random (KOUAN_PHONE_KEY_SIZE);
  g_autoptr (KouanSecret) other = kouan_secret_new_random (KOUAN_PHONE_KEY_SIZE);
  g_autoptr (GBytes) envelope = seal (key, "a paper", 42, 0, 1);
  gsize size = g_bytes_get_size (envelope);
  const guint heads[][3] = { { 10000, 0, 1 }, { 1, 1, 1 }, { 1, 0, 0 }, { 1, 0, 11 } };

  g_assert_null (kouan_phone_envelope_open (other, envelope));
  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GBytes) shorter = g_bytes_new_from_bytes (envelope, 0, i);
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (envelope, NULL), size);
      g_autoptr (GBytes) changed = NULL;

      bytes[i] ^= 1;
      changed = g_bytes_new (bytes, size);
      g_assert_null (kouan_phone_envelope_open (key, shorter));
      g_assert_null (kouan_phone_envelope_open (key, changed));
    }
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GBytes) wrong = seal (key, "x", heads[i][0], heads[i][1], heads[i][2]);

      g_assert_null (kouan_phone_envelope_open (key, wrong));
    }
}

static void
count_news (const KouanPhoneNews *news G_GNUC_UNUSED, gpointer data)
{
  (*(guint *)data)++;
}

static gboolean
feed (const char *tag, guint32 a, guint32 b, KouanPhoneFrames *frames)
{
  guint8 frame[KOUAN_PHONE_FRAME_SIZE];
  const guint32 words[] = { GUINT32_TO_BE (a), GUINT32_TO_BE (b) };

  memcpy (frame, tag, 4);
  memcpy (frame + 4, words, sizeof words);
  return kouan_phone_frames_feed (frames, frame, sizeof frame);
}

static void
test_frames (void)
{
  guint news = 0;
  g_autoptr (KouanPhoneFrames) frames = kouan_phone_frames_new (count_news, &news);
  g_autofree guint8 *body = g_malloc0 (100);

  g_assert_true (feed (KOUAN_PHONE_TAG_START, 8080, 0, frames));
  g_assert_true (feed (KOUAN_PHONE_TAG_PART, 50, 100, frames));
  g_assert_true (feed (KOUAN_PHONE_TAG_FILE, 100, 0, frames));
  g_assert_true (kouan_phone_frames_feed (frames, body, 99));
  g_assert_cmpuint (news, ==, 2);
  g_assert_true (kouan_phone_frames_feed (frames, body, 1));
  g_assert_cmpuint (news, ==, 3);
  g_assert_true (feed (KOUAN_PHONE_TAG_OVER, 0, 0, frames));
  g_assert_cmpuint (news, ==, 4);
  g_assert_false (feed (KOUAN_PHONE_TAG_HERE, 0, 0, frames));
  g_assert_cmpuint (news, ==, 4);
}

static void
test_frames_refused (void)
{
  const struct
  {
    const char *tag;
    guint32 a, b;
  } wrong[] = {
    { KOUAN_PHONE_TAG_START, 8080, 0 },
    { KOUAN_PHONE_TAG_PART, 2, 1 },
    { KOUAN_PHONE_TAG_PART, 0, KOUAN_PHONE_BODY_MAX + 1 },
    { KOUAN_PHONE_TAG_FILE, KOUAN_PHONE_BODY_MAX + 1, 0 },
    { KOUAN_PHONE_TAG_FILE, KOUAN_PHONE_ENVELOPE_SIZE - 1, 0 },
    { "ABCD", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      guint news = 0;
      g_autoptr (KouanPhoneFrames) frames = kouan_phone_frames_new (count_news, &news);

      g_assert_true (feed (KOUAN_PHONE_TAG_START, 1, 0, frames));
      g_assert_false (feed (wrong[i].tag, wrong[i].a, wrong[i].b, frames));
      g_assert_false (feed (KOUAN_PHONE_TAG_HERE, 0, 0, frames));
      g_assert_cmpuint (news, ==, 1);
    }
}

/* Every sentence of every language is in the page, and only what the policy knows may run in it. */
static void
test_page (void)
{
  g_autoptr (KouanPhonePage) page = NULL;

  kouan_language_init (KOUAN_MESSAGES);
  page = kouan_phone_page_new ("zh-Hans");
  g_assert_nonnull (strstr (page->html, "<html lang=\"zh-Hans\">"));
  g_assert_nonnull (strstr (page->html, "Send a paper to the kiosk"));
  g_assert_nonnull (strstr (page->html, "把材料发送到自助机"));
  g_assert_null (strstr (page->html, "@WORDS@"));
  g_assert_null (strstr (page->html, "unsafe"));
  g_assert_null (strstr (page->policy, "unsafe"));
  g_assert_true (g_str_has_prefix (page->policy, "default-src 'none'"));
  g_assert_cmpuint (strlen (page->html), <, 512 * 1024);
}

typedef struct
{
  char *folder;
  KouanPhone *phone;
  guint here;
  guint progress;
  GPtrArray *files;
  GError *error;
} Fixture;

static void
on_here (KouanPhone *phone G_GNUC_UNUSED, Fixture *fixture)
{
  fixture->here++;
}

static void
on_progress (KouanPhone *phone G_GNUC_UNUSED, double fraction, Fixture *fixture)
{
  g_assert_true (fraction > 0 && fraction <= 1);
  fixture->progress++;
}

static void
on_file (KouanPhone *phone G_GNUC_UNUSED, KouanPhoneFile *file, Fixture *fixture)
{
  g_ptr_array_add (fixture->files, g_bytes_ref (file->bytes));
  g_assert_cmpuint (file->index, ==, fixture->files->len - 1);
  g_assert_cmpuint (file->count, ==, 2);
}

static void
on_trouble (KouanPhone *phone G_GNUC_UNUSED, const GError *error, Fixture *fixture)
{
  g_assert_cmpuint (strlen (kouan_phone_error_title (error)), >, 0);
  g_assert_cmpuint (strlen (kouan_phone_error_remedy (error)), >, 0);
  g_clear_error (&fixture->error);
  fixture->error = g_error_copy (error);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  fixture->folder = kouan_test_folder_new ();
  fixture->files = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  a = g_build_filename (fixture->folder, "1.pdf", NULL);
  b = g_build_filename (fixture->folder, "2.jpg", NULL);
  g_assert_true (g_file_set_contents (a, "first", -1, NULL));
  g_assert_true (g_file_set_contents (b, "second", -1, NULL));
  fixture->phone = kouan_folder_phone_new (fixture->folder);
  kouan_folder_phone_set_pace (KOUAN_FOLDER_PHONE (fixture->phone), 1);
  g_signal_connect (fixture->phone, "here", G_CALLBACK (on_here), fixture);
  g_signal_connect (fixture->phone, "progress", G_CALLBACK (on_progress), fixture);
  g_signal_connect (fixture->phone, "file", G_CALLBACK (on_file), fixture);
  g_signal_connect (fixture->phone, "trouble", G_CALLBACK (on_trouble), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_object_unref (fixture->phone);
  g_ptr_array_unref (fixture->files);
  g_clear_error (&fixture->error);
  kouan_test_folder_remove (fixture->folder);
}

static gboolean
has_both (gpointer data)
{
  return ((Fixture *)data)->files->len == 2;
}

static gboolean
has_error (gpointer data)
{
  return ((Fixture *)data)->error != NULL;
}

static void
test_played (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_null (kouan_phone_get_address (fixture->phone));
  kouan_phone_start (fixture->phone, "en");
  kouan_test_wait_for (has_both, fixture);
  g_assert_nonnull (kouan_phone_get_address (fixture->phone));
  g_assert_cmpuint (fixture->here, ==, 1);
  g_assert_cmpuint (fixture->progress, ==, 6);
  g_assert_cmpmem (g_bytes_get_data (fixture->files->pdata[0], NULL), 5, "first", 5);
  kouan_phone_stop (fixture->phone);
  g_assert_null (kouan_phone_get_address (fixture->phone));
}

static void
play_fault (Fixture *fixture, KouanFolderPhoneFault fault, KouanPhoneError expected)
{
  g_clear_error (&fixture->error);
  kouan_folder_phone_set_fault (KOUAN_FOLDER_PHONE (fixture->phone), fault);
  kouan_phone_start (fixture->phone, "en");
  kouan_test_wait_for (has_error, fixture);
  g_assert_error (fixture->error, KOUAN_PHONE_ERROR, (int)expected);
  kouan_phone_stop (fixture->phone);
}

static void
test_faults (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  play_fault (fixture, KOUAN_FOLDER_PHONE_MISSING, KOUAN_PHONE_ERROR_OFFLINE);
  play_fault (fixture, KOUAN_FOLDER_PHONE_LATE, KOUAN_PHONE_ERROR_TIME_OVER);
  play_fault (fixture, KOUAN_FOLDER_PHONE_CUT, KOUAN_PHONE_ERROR_CUT);
  g_assert_cmpuint (fixture->files->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone/page", test_page);
  g_test_add_func ("/phone/wifi", test_wifi);
  g_test_add_func ("/phone/source", test_source);
  g_test_add_func ("/phone/address", test_address);
  g_test_add_func ("/phone/envelope", test_envelope);
  g_test_add_func ("/phone/envelope-refused", test_envelope_refused);
  g_test_add_func ("/phone/frames", test_frames);
  g_test_add_func ("/phone/frames-refused", test_frames_refused);
  g_test_add ("/phone/played", Fixture, NULL, set_up, test_played, tear_down);
  g_test_add ("/phone/faults", Fixture, NULL, set_up, test_faults, tear_down);
  return g_test_run ();
}
