/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/devices/fake-ipp.h"

#include <arpa/inet.h>
#include <cups/cups.h>
#include <poll.h>
#include <unistd.h>

/* The server's half of libcups, in a thread: enough of RFC 8011 for one receipt. */

#define JOB 7
#define POLL_MS 20

struct _KouanFakeIpp
{
  char *uri;
  int listener;
  GThread *thread;
  gint is_over;

  GMutex lock; /* guards what follows */
  const char *idle_reasons;
  const char *printing_reasons;
  int job_state;
  guint questions; /* about the job */
  GByteArray *document;
  int height;
  int height_max;
  guint cancelled;
};

static ipp_t *
answer_new (ipp_t *request)
{
  return ippNewResponse (request);
}

static void
add_printer (KouanFakeIpp *self, ipp_t *answer)
{
  static const char *const scaling[] = { "auto", "none" };
  static const char *const creation[] = { "media-col", "print-scaling" };
  ipp_t *size = ippNew ();
  const char *reasons = self->document->len > 0 ? self->printing_reasons : self->idle_reasons;

  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", 8000);
  ippAddRange (size, IPP_TAG_ZERO, "y-dimension", 5000, self->height_max);
  ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", IPP_PSTATE_IDLE);
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "printer-state-reasons", NULL, reasons);
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_MIMETYPE, "document-format-supported", NULL,
                CUPS_FORMAT_PDF);
  ippAddStrings (answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "print-scaling-supported",
                 G_N_ELEMENTS (scaling), NULL, scaling);
  ippAddCollection (answer, IPP_TAG_PRINTER, "media-size-supported", size);
  ippAddStrings (answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "job-creation-attributes-supported",
                 G_N_ELEMENTS (creation), NULL, creation);
  ippDelete (size);
}

static void
add_job (KouanFakeIpp *self, ipp_t *answer)
{
  int state = self->questions++ == 0 ? IPP_JSTATE_PROCESSING : self->job_state;

  ippAddInteger (answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", JOB);
  ippAddInteger (answer, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", state);
}

static void
note_height (KouanFakeIpp *self, ipp_t *request)
{
  ipp_attribute_t *height
    = ippFindAttribute (request, "media-col/media-size/y-dimension", IPP_TAG_INTEGER);

  self->height = height != NULL ? ippGetInteger (height, 0) : 0;
}

static void
read_document (KouanFakeIpp *self, http_t *http)
{
  char buffer[4096];
  ssize_t length;

  while ((length = httpRead2 (http, buffer, sizeof buffer)) > 0)
    g_byte_array_append (self->document, (const guint8 *)buffer, (guint)length);
}

static ipp_t *
answer_request (KouanFakeIpp *self, http_t *http, ipp_t *request)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  ipp_t *answer = answer_new (request);

  switch (ippGetOperation (request))
    {
    case IPP_OP_GET_PRINTER_ATTRIBUTES:
      add_printer (self, answer);
      break;
    case IPP_OP_CREATE_JOB:
      note_height (self, request);
      add_job (self, answer);
      self->questions = 0;
      break;
    case IPP_OP_SEND_DOCUMENT:
      read_document (self, http);
      break;
    case IPP_OP_GET_JOB_ATTRIBUTES:
      add_job (self, answer);
      break;
    case IPP_OP_CANCEL_JOB:
      self->cancelled++;
      break;
    default:
      ippSetStatusCode (answer, IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED);
    }
  return answer;
}

static gboolean
serve_one (KouanFakeIpp *self, http_t *http)
{
  char resource[256];
  http_state_t state;
  ipp_t *request;
  ipp_t *answer;

  while ((state = httpReadRequest (http, resource, sizeof resource)) == HTTP_STATE_WAITING)
    if (g_atomic_int_get (&self->is_over))
      return FALSE;
  if (state != HTTP_STATE_POST)
    return FALSE;
  while (httpUpdate (http) == HTTP_STATUS_CONTINUE)
    ;
  if (httpGetExpect (http) == HTTP_STATUS_CONTINUE
      && httpWriteResponse (http, HTTP_STATUS_CONTINUE) != 0)
    return FALSE;
  request = ippNew ();
  while (ippRead (http, request) != IPP_STATE_DATA)
    if (ippGetState (request) == IPP_STATE_ERROR)
      break;
  answer = answer_request (self, http, request);
  httpClearFields (http);
  httpSetField (http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
  httpSetLength (http, ippLength (answer));
  httpWriteResponse (http, HTTP_STATUS_OK);
  ippSetState (answer, IPP_STATE_IDLE);
  while (ippWrite (http, answer) != IPP_STATE_DATA)
    ;
  httpFlushWrite (http);
  ippDelete (answer);
  ippDelete (request);
  return TRUE;
}

static gpointer
serve_connection (gpointer data)
{
  KouanFakeIpp *self = ((gpointer *)data)[0];
  http_t *http = ((gpointer *)data)[1];

  g_free (data);
  while (!g_atomic_int_get (&self->is_over))
    if (httpWait (http, POLL_MS) && !serve_one (self, http))
      break;
  httpClose (http);
  return NULL;
}

static gpointer
serve (gpointer data)
{
  KouanFakeIpp *self = data;
  struct pollfd waiting = { .fd = self->listener, .events = POLLIN };
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  while (!g_atomic_int_get (&self->is_over))
    if (poll (&waiting, 1, POLL_MS) > 0)
      {
        gpointer *connection = g_new (gpointer, 2);

        connection[0] = self;
        connection[1] = httpAcceptConnection (self->listener, 1);
        g_ptr_array_add (threads, g_thread_new ("connection", serve_connection, connection));
      }
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
  return NULL;
}

KouanFakeIpp *
kouan_fake_ipp_new (void)
{
  KouanFakeIpp *self = g_new0 (KouanFakeIpp, 1);
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl (INADDR_LOOPBACK) } };
  socklen_t length = sizeof address;

  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint (listen (self->listener, 8), ==, 0);
  g_assert_cmpint (getsockname (self->listener, (struct sockaddr *)&address, &length), ==, 0);
  self->uri = g_strdup_printf ("ipp://127.0.0.1:%d/ipp/print", ntohs (address.sin_port));
  self->idle_reasons = self->printing_reasons = "none";
  self->job_state = IPP_JSTATE_COMPLETED;
  self->height_max = 100000;
  self->document = g_byte_array_new ();
  g_mutex_init (&self->lock);
  self->thread = g_thread_new ("fake-ipp", serve, self);
  return self;
}

void
kouan_fake_ipp_free (KouanFakeIpp *self)
{
  g_atomic_int_set (&self->is_over, 1);
  g_thread_join (self->thread);
  close (self->listener);
  g_byte_array_unref (self->document);
  g_mutex_clear (&self->lock);
  g_free (self->uri);
  g_free (self);
}

const char *
kouan_fake_ipp_get_uri (KouanFakeIpp *self)
{
  return self->uri;
}

void
kouan_fake_ipp_set_reasons (KouanFakeIpp *self, const char *idle, const char *printing)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->idle_reasons = idle;
  self->printing_reasons = printing;
}

void
kouan_fake_ipp_set_job_state (KouanFakeIpp *self, int job_state)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->job_state = job_state;
}

GBytes *
kouan_fake_ipp_take_document (KouanFakeIpp *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GBytes *document = NULL;

  if (self->document->len > 0)
    document = g_bytes_new (self->document->data, self->document->len);
  g_byte_array_set_size (self->document, 0);
  return document;
}

int
kouan_fake_ipp_get_height (KouanFakeIpp *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->height;
}

void
kouan_fake_ipp_set_height_max (KouanFakeIpp *self, int height_max)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->height_max = height_max;
}

guint
kouan_fake_ipp_get_cancelled (KouanFakeIpp *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->cancelled;
}
