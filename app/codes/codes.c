/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-codes"

#include "app/codes/codes.h"

#include "app/codes/protocol.h"
#include "app/codes/reply.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* The kiosk's side of kouan-codes, which runs ZBar and all that looks for a code. Whatever a
 * picture does to that process costs this picture: it is ended, and the next picture starts a new
 * one. Pixels go through memory that both see and only this side can write, so that a frame costs
 * one copy. */

#define START_AGAIN_MS 500 /* after a process that did not even answer once */

struct _KouanCodes
{
  char *program;
  guint32 serial;

  /* While a process runs. */
  GSubprocess *process;
  int socket;
  guint8 *shared;
  gboolean has_answered;
  gint64 not_before_us;
};

G_DEFINE_QUARK (kouan_codes_error, kouan_codes_error)

/* @program: the whole path of kouan-codes, which is started with the first picture */
KouanCodes *
kouan_codes_new (const char *program)
{
  KouanCodes *self = g_new0 (KouanCodes, 1);

  self->program = g_strdup (program);
  self->socket = -1;
  return self;
}

static void
end_process (KouanCodes *self)
{
  if (self->process == NULL)
    return;
  if (!self->has_answered)
    self->not_before_us = g_get_monotonic_time () + START_AGAIN_MS * 1000;
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  close (self->socket);
  self->socket = -1;
  munmap (self->shared, KOUAN_CODES_AREA_MAX);
  self->shared = NULL;
  self->has_answered = FALSE;
}

void
kouan_codes_free (KouanCodes *self)
{
  if (self == NULL)
    return;
  end_process (self);
  g_free (self->program);
  g_free (self);
}

/* Memory that this process can write and nobody after it; it cannot shrink under a reader. Pages
 * that no picture touches take no room. */
static int
make_memory (guint8 **shared)
{
  int fd = memfd_create ("kouan-codes", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd < 0)
    return -1;
  *shared = MAP_FAILED;
  if (ftruncate (fd, KOUAN_CODES_AREA_MAX) == 0)
    *shared = mmap (NULL, KOUAN_CODES_AREA_MAX, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (*shared != MAP_FAILED
      && fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL)
           == 0)
    return fd;
  if (*shared != MAP_FAILED)
    munmap (*shared, KOUAN_CODES_AREA_MAX);
  close (fd);
  return -1;
}

/* Takes both descriptors. */
static GSubprocess *
spawn (const KouanCodes *self, int socket, int memory)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  const char *const nothing[] = { NULL };
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_set_environ (launcher, (char **)nothing);
  g_subprocess_launcher_take_fd (launcher, socket, KOUAN_CODES_SOCKET_FD);
  g_subprocess_launcher_take_fd (launcher, memory, KOUAN_CODES_MEMORY_FD);
  process = g_subprocess_launcher_spawn (launcher, &error, self->program, NULL);
  if (process == NULL)
    g_message ("No codes are read: %s", error->message);
  return process;
}

static gboolean
start_process (KouanCodes *self)
{
  int ends[2], memory;
  guint8 *shared;

  if (g_get_monotonic_time () < self->not_before_us)
    return FALSE;
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return FALSE;
  memory = make_memory (&shared);
  if (memory < 0)
    {
      close (ends[0]);
      close (ends[1]);
      return FALSE;
    }
  self->process = spawn (self, ends[1], memory);
  if (self->process == NULL)
    {
      close (ends[0]);
      munmap (shared, KOUAN_CODES_AREA_MAX);
      self->not_before_us = g_get_monotonic_time () + START_AGAIN_MS * 1000;
      return FALSE;
    }
  self->socket = ends[0];
  self->shared = shared;
  return TRUE;
}

/* Returns: (transfer full) (nullable) */
static GPtrArray *
fail (KouanCodes *self, KouanCodesError code, const char *message, GError **error)
{
  end_process (self);
  g_set_error_literal (error, KOUAN_CODES_ERROR, (int)code, message);
  return NULL;
}

static GPtrArray *
ask (KouanCodes *self, const KouanCodesRequest *request, GError **error)
{
  struct pollfd answer = { self->socket, POLLIN, 0 };
  g_autofree guint8 *packet = g_malloc (KOUAN_CODES_REPLY_MAX);
  GPtrArray *codes;
  ssize_t size;
  int ready;

  if (send (self->socket, request, sizeof *request, MSG_NOSIGNAL) != (ssize_t)sizeof *request)
    return fail (self, KOUAN_CODES_ERROR_ENDED, "kouan-codes has ended", error);
  do
    ready = poll (&answer, 1, KOUAN_CODES_PICTURE_MAX_S * 1000);
  while (ready < 0 && errno == EINTR);
  if (ready == 0)
    return fail (self, KOUAN_CODES_ERROR_LATE, "kouan-codes took too long", error);
  size = recv (self->socket, packet, KOUAN_CODES_REPLY_MAX, MSG_DONTWAIT);
  codes = size > 0 ? kouan_codes_reply_read (packet, (gsize)size, request->serial) : NULL;
  if (codes == NULL)
    return fail (self, KOUAN_CODES_ERROR_ENDED, "kouan-codes ended over a picture", error);
  self->has_answered = TRUE;
  return codes;
}

/**
 * kouan_codes_read:
 * @gray: @height rows of @width bytes, 0 black, 255 white, each row @stride bytes after the last
 * @frame: one of many from a camera: some 20 ms; else all ways of looking are tried
 *
 * Blocks: for worker threads and terminals.
 *
 * Returns: (transfer full) (nullable) (element-type KouanQrCode): each distinct content once; %NULL
 * with a KOUAN_CODES_ERROR, after which the next picture may go well
 */
GPtrArray *
kouan_codes_read (KouanCodes *self,
                  const guint8 *gray,
                  guint width,
                  guint height,
                  guint stride,
                  gboolean frame,
                  GError **error)
{
  KouanCodesRequest request = { ++self->serial, width, height, frame };

  g_return_val_if_fail (gray != NULL && width > 0 && height > 0 && stride >= width, NULL);

  if ((guint64)width * height > KOUAN_CODES_AREA_MAX)
    {
      g_set_error_literal (error, KOUAN_CODES_ERROR, KOUAN_CODES_ERROR_TOO_LARGE,
                           "a picture of too many pixels");
      return NULL;
    }
  if (self->process == NULL && !start_process (self))
    {
      g_set_error_literal (error, KOUAN_CODES_ERROR, KOUAN_CODES_ERROR_NOT_THERE,
                           "kouan-codes cannot be started");
      return NULL;
    }
  for (guint y = 0; y < height; y++)
    memcpy (self->shared + (gsize)y * width, gray + (gsize)y * stride, width);
  return ask (self, &request, error);
}

/* Returns: (nullable): of the process that runs now */
const char *
kouan_codes_get_process_id (KouanCodes *self)
{
  return self->process != NULL ? g_subprocess_get_identifier (self->process) : NULL;
}
