/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-codes"

#include "app/codes/protocol.h"
#include "app/codes/reply.h"
#include "app/lock/lock.h"
#include "app/qr/reader.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* kouan-codes: pictures in memory that it is given, what their codes say on the socket. ZBar, and
 * all that looks for a code, runs here and nowhere else, locked in before the first picture: it may
 * read no file and start nothing. It ends when the other side closes the socket. */

static const KouanLockPlan room = {
  .time_max_s = 0, /* who asks keeps the time of each picture */
  .processor_max_s = 48 * 3600,
  .memory_max = G_GUINT64_CONSTANT (768) << 20,
  .files_max = 16,
};

static gboolean
read_request (KouanCodesRequest *request)
{
  ssize_t size;

  do
    size = read (KOUAN_CODES_SOCKET_FD, request, sizeof *request);
  while (size < 0 && errno == EINTR);
  return size == (ssize_t)sizeof *request;
}

static gboolean
answer (KouanQrReader *reader, const guint8 *shared, const KouanCodesRequest *request)
{
  g_autoptr (GPtrArray) codes = NULL;
  g_autoptr (GByteArray) packet = NULL;

  if ((guint64)request->width * request->height > KOUAN_CODES_AREA_MAX)
    return FALSE;
  codes = request->frame ? kouan_qr_reader_read_frame (reader, shared, request->width,
                                                       request->height, request->width)
                         : kouan_qr_reader_read (reader, shared, request->width, request->height,
                                                 request->width);
  packet = kouan_codes_reply_write (request->serial, codes);
  return write (KOUAN_CODES_SOCKET_FD, packet->data, packet->len) == (ssize_t)packet->len;
}

int
main (void)
{
  const guint8 *shared
    = mmap (NULL, KOUAN_CODES_AREA_MAX, PROT_READ, MAP_SHARED, KOUAN_CODES_MEMORY_FD, 0);
  g_autoptr (KouanQrReader) reader = NULL;
  KouanCodesRequest request;
  struct stat memory;

  g_log_writer_default_set_use_stderr (TRUE);
  if (shared == MAP_FAILED || fstat (KOUAN_CODES_MEMORY_FD, &memory) != 0
      || memory.st_size < KOUAN_CODES_AREA_MAX)
    {
      g_printerr (
        "kouan-codes is started by the kiosk and by kouanctl, with memory and a socket\n");
      return KOUAN_CODES_EXIT_USAGE;
    }
  close (KOUAN_CODES_MEMORY_FD);
  reader = kouan_qr_reader_new ();
  if (!kouan_lock_down (&room))
    return KOUAN_CODES_EXIT_NOT_LOCKED;
  while (read_request (&request) && answer (reader, shared, &request))
    ;
  return 0;
}
