/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/codes/codes.h"
#include "app/codes/protocol.h"
#include "app/codes/reply.h"
#include "tests/testlib/picture.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static KouanTestPicture *
picture_of (const char *text)
{
  g_autoptr (KouanQrMatrix) matrix = kouan_qr_matrix_new (text, KOUAN_QR_LEVEL_M, NULL);

  return kouan_test_picture_of_code (matrix, 4);
}

static GPtrArray *
read_picture (KouanCodes *codes, const KouanTestPicture *picture, gboolean frame, GError **error)
{
  return kouan_codes_read (codes, picture->gray, picture->width, picture->height, picture->width,
                           frame, error);
}

static void
assert_reads (KouanCodes *codes, const KouanTestPicture *picture, gboolean frame, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = read_picture (codes, picture, frame, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((KouanQrCode *)found->pdata[0])->text, ==, text);
}

static void
test_reads (void)
{
  g_autoptr (KouanCodes) codes = kouan_codes_new (KOUAN_CODES_PROGRAM);
  g_autoptr (KouanTestPicture) first = picture_of ("KA1:FIRST");
  g_autoptr (KouanTestPicture) second = picture_of ("KA1:SECOND AND LONGER, SO THAT IT IS LARGER");
  g_autoptr (KouanTestPicture) blank = kouan_test_picture_new (320, 240);
  g_autoptr (GPtrArray) none = NULL;
  g_autofree char *process = NULL;

  assert_reads (codes, second, TRUE, "KA1:SECOND AND LONGER, SO THAT IT IS LARGER");
  process = g_strdup (kouan_codes_get_process_id (codes));
  assert_reads (codes, first, FALSE, "KA1:FIRST");
  none = read_picture (codes, blank, FALSE, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpstr (kouan_codes_get_process_id (codes), ==, process);
}

typedef struct
{
  KouanCodes *codes;
  KouanTestPicture *picture;
  GError *error;
} Reading;

static gpointer
read_in_thread (gpointer data)
{
  Reading *reading = data;
  g_autoptr (GPtrArray) found
    = read_picture (reading->codes, reading->picture, TRUE, &reading->error);

  g_assert_null (found);
  return NULL;
}

/* It is held still with a frame in its hands, and killed there: that frame is lost, no more. */
static void
test_killed_over_a_frame (void)
{
  g_autoptr (KouanCodes) codes = kouan_codes_new (KOUAN_CODES_PROGRAM);
  g_autoptr (KouanTestPicture) picture = picture_of ("KA1:GOES ON");
  Reading reading = { codes, picture, NULL };

  for (guint i = 0; i < 3; i++)
    {
      GThread *thread;
      pid_t process;

      assert_reads (codes, picture, TRUE, "KA1:GOES ON");
      process = atoi (kouan_codes_get_process_id (codes));
      g_assert_cmpint (kill (process, SIGSTOP), ==, 0);
      thread = g_thread_new ("reader", read_in_thread, &reading);
      g_assert_cmpint (kill (process, SIGKILL), ==, 0);
      g_thread_join (thread);
      g_assert_error (reading.error, KOUAN_CODES_ERROR, KOUAN_CODES_ERROR_ENDED);
      g_clear_error (&reading.error);
    }
  assert_reads (codes, picture, TRUE, "KA1:GOES ON");
}

static void
test_a_program_that_is_none (void)
{
  g_autoptr (KouanCodes) missing = kouan_codes_new ("/nonexistent/kouan-codes");
  g_autoptr (KouanCodes) other = kouan_codes_new ("/bin/false");
  g_autoptr (KouanTestPicture) picture = picture_of ("KA1:X");
  g_autoptr (GError) error = NULL;

  g_assert_null (read_picture (missing, picture, TRUE, &error));
  g_assert_error (error, KOUAN_CODES_ERROR, KOUAN_CODES_ERROR_NOT_THERE);
  g_clear_error (&error);
  g_assert_null (read_picture (other, picture, TRUE, &error));
  g_assert_error (error, KOUAN_CODES_ERROR, KOUAN_CODES_ERROR_ENDED);
  g_clear_error (&error);
  g_assert_null (read_picture (other, picture, TRUE, &error)); /* not thirty times a second */
  g_assert_error (error, KOUAN_CODES_ERROR, KOUAN_CODES_ERROR_NOT_THERE);
}

static void
test_replies (void)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_qr_code_free);
  g_autoptr (GByteArray) packet = NULL;
  g_autoptr (GPtrArray) read = NULL;

  kouan_qr_code_add (codes, kouan_qr_code_new ("one", 3, 10, -5));
  kouan_qr_code_add (codes, kouan_qr_code_new ("\0\xff", 2, 1, 2));
  packet = kouan_codes_reply_write (77, codes);
  read = kouan_codes_reply_read (packet->data, packet->len, 77);
  g_assert_cmpuint (read->len, ==, 2);
  g_assert_cmpstr (((KouanQrCode *)read->pdata[0])->text, ==, "one");
  g_assert_cmpint (((KouanQrCode *)read->pdata[0])->y, ==, -5);
  g_assert_null (((KouanQrCode *)read->pdata[1])->text);
  g_assert_null (kouan_codes_reply_read (packet->data, packet->len, 76));
  for (guint size = 0; size < packet->len; size++)
    g_assert_null (kouan_codes_reply_read (packet->data, size, 77));
  memset (packet->data + sizeof (KouanCodesReply) + 8, 0xff, 4); /* a size without an end */
  g_assert_null (kouan_codes_reply_read (packet->data, packet->len, 77));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codes/reads", test_reads);
  g_test_add_func ("/codes/killed", test_killed_over_a_frame);
  g_test_add_func ("/codes/no-program", test_a_program_that_is_none);
  g_test_add_func ("/codes/replies", test_replies);
  return g_test_run ();
}
