/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/ipp-client.h"

#include "app/devices/ipp-state.h"

#include <cups/cups.h>

/* Talks IPP (RFC 8011) to a printer itself, with libcups as the library for it and no cupsd in
 * between: a spooler would keep a receipt on its disk. A job that does not come out is cancelled in
 * the printer. */

#define CONNECT_MS 5000
#define ANSWER_S 10.0
#define JOB_MS 30000
#define POLL_MS 250
#define RESOURCE_LENGTH 256
#define ROLL_WIDTH_MM 80
#define HUNDREDTHS 100

typedef struct
{
  cups_dest_t *dest;
  http_t *http;
  cups_dinfo_t *info;
  const char *uri;
  char resource[RESOURCE_LENGTH];
} Connection;

static int
on_answer_late (http_t *http G_GNUC_UNUSED, void *data G_GNUC_UNUSED)
{
  return 0;
}

static void
connection_clear (Connection *self)
{
  g_clear_pointer (&self->info, cupsFreeDestInfo);
  g_clear_pointer (&self->http, httpClose);
  if (self->dest != NULL)
    cupsFreeDests (1, self->dest);
  self->dest = NULL;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Connection, connection_clear)

static gboolean
connection_open (Connection *self, const char *uri)
{
  self->uri = uri;
  self->dest = cupsGetDestWithURI ("kouan", uri);
  if (self->dest == NULL)
    return FALSE;
  self->http = cupsConnectDest (self->dest, CUPS_DEST_FLAGS_DEVICE, CONNECT_MS, NULL,
                                self->resource, sizeof self->resource, NULL, NULL);
  if (self->http == NULL)
    return FALSE;
  httpSetTimeout (self->http, ANSWER_S, on_answer_late, NULL);
  return TRUE;
}

static ipp_t *
request_new (Connection *self, ipp_op_t operation)
{
  ipp_t *request = ippNewRequest (operation);

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, self->uri);
  return request;
}

static KouanDeviceState
state_of_answer (ipp_t *answer)
{
  ipp_attribute_t *state = ippFindAttribute (answer, "printer-state", IPP_TAG_ENUM);
  ipp_attribute_t *reasons = ippFindAttribute (answer, "printer-state-reasons", IPP_TAG_KEYWORD);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  if (state == NULL)
    return KOUAN_DEVICE_OFFLINE;
  for (int i = 0; reasons != NULL && i < ippGetCount (reasons); i++)
    g_ptr_array_add (words, (gpointer)ippGetString (reasons, i, NULL));
  g_ptr_array_add (words, NULL);
  return kouan_ipp_state_of_reasons ((const char *const *)words->pdata,
                                     ippGetInteger (state, 0) == IPP_PSTATE_STOPPED);
}

static KouanDeviceState
ask_state (Connection *self)
{
  static const char *const wanted[] = { "printer-state", "printer-state-reasons" };
  ipp_t *request = request_new (self, IPP_OP_GET_PRINTER_ATTRIBUTES);
  ipp_t *answer;
  KouanDeviceState state;

  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (wanted), NULL, wanted);
  answer = cupsDoRequest (self->http, request, self->resource);
  state = answer != NULL ? state_of_answer (answer) : KOUAN_DEVICE_OFFLINE;
  ippDelete (answer);
  return state;
}

/* Returns: READY, or what is wrong; OFFLINE when it does not answer within five seconds */
KouanDeviceState
kouan_ipp_ask_state (const char *uri)
{
  g_auto (Connection) connection = { 0 };

  return connection_open (&connection, uri) ? ask_state (&connection) : KOUAN_DEVICE_OFFLINE;
}

static gboolean
fail (GError **error, KouanDeviceState state, const char *what)
{
  g_set_error (error, KOUAN_PRINTER_ERROR, (int)kouan_printer_error_of_state (state), "%s: %s (%s)",
               what, kouan_device_state_to_string (state), cupsLastErrorString ());
  return FALSE;
}

static gboolean
has_dimension (ipp_t *size, const char *name, int length)
{
  ipp_attribute_t *dimension = ippFindAttribute (size, name, IPP_TAG_ZERO);
  int upper;
  int lower;

  if (dimension == NULL)
    return FALSE;
  if (ippGetValueTag (dimension) == IPP_TAG_INTEGER)
    return ippGetInteger (dimension, 0) == length;
  if (ippGetValueTag (dimension) != IPP_TAG_RANGE)
    return FALSE;
  lower = ippGetRange (dimension, 0, &upper);
  return lower <= length && length <= upper;
}

/* Lengths are hundredths of a millimetre (PWG 5100.3). */
static gboolean
takes_size (Connection *self, int width, int height)
{
  ipp_attribute_t *sizes = cupsFindDestSupported (self->http, self->dest, self->info, "media-size");

  if (sizes == NULL || ippGetValueTag (sizes) != IPP_TAG_BEGIN_COLLECTION)
    return FALSE;
  for (int i = 0; i < ippGetCount (sizes); i++)
    if (has_dimension (ippGetCollection (sizes, i), "x-dimension", width)
        && has_dimension (ippGetCollection (sizes, i), "y-dimension", height))
      return TRUE;
  return FALSE;
}

/* A printer that takes pages of any length is told this page's; any other uses what it has. */
static int
add_options (Connection *self, double height_mm, cups_option_t **options)
{
  int height = (int)(height_mm + 1) * HUNDREDTHS;
  g_autofree char *media = g_strdup_printf ("{media-size={x-dimension=%d y-dimension=%d}}",
                                            ROLL_WIDTH_MM * HUNDREDTHS, height);
  int count = 0;

  if (takes_size (self, ROLL_WIDTH_MM * HUNDREDTHS, height))
    count = cupsAddOption ("media-col", media, count, options);
  if (cupsCheckDestSupported (self->http, self->dest, self->info, "print-scaling", "none"))
    count = cupsAddOption ("print-scaling", "none", count, options);
  return count;
}

static gboolean
send_document (Connection *self, int job, GBytes *pdf, int count, cups_option_t *options)
{
  gsize length;
  const char *bytes = g_bytes_get_data (pdf, &length);

  return cupsStartDestDocument (self->http, self->dest, self->info, job, "receipt", CUPS_FORMAT_PDF,
                                count, options, 1)
           == HTTP_STATUS_CONTINUE
         && cupsWriteRequestData (self->http, bytes, length) == HTTP_STATUS_CONTINUE
         && cupsFinishDestDocument (self->http, self->dest, self->info)
              <= IPP_STATUS_OK_CONFLICTING;
}

static ipp_jstate_t
ask_job_state (Connection *self, int job)
{
  ipp_t *request = request_new (self, IPP_OP_GET_JOB_ATTRIBUTES);
  ipp_t *answer;
  ipp_attribute_t *state;
  ipp_jstate_t answered;

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
  answer = cupsDoRequest (self->http, request, self->resource);
  state = ippFindAttribute (answer, "job-state", IPP_TAG_ENUM);
  answered = state != NULL ? (ipp_jstate_t)ippGetInteger (state, 0) : IPP_JSTATE_ABORTED;
  ippDelete (answer);
  return answered;
}

/* Returns: READY once the page is out; else why it will not come */
static KouanDeviceState
wait_for_job (Connection *self, int job, GCancellable *cancellable)
{
  gint64 deadline_us = g_get_monotonic_time () + JOB_MS * G_TIME_SPAN_MILLISECOND;

  while (!g_cancellable_is_cancelled (cancellable) && g_get_monotonic_time () < deadline_us)
    {
      ipp_jstate_t state = ask_job_state (self, job);
      KouanDeviceState printer;

      if (state == IPP_JSTATE_COMPLETED)
        return KOUAN_DEVICE_READY;
      printer = ask_state (self);
      if (printer != KOUAN_DEVICE_READY)
        return printer;
      if (state >= IPP_JSTATE_CANCELED)
        break;
      g_usleep (POLL_MS * G_TIME_SPAN_MILLISECOND);
    }
  return KOUAN_DEVICE_FAILED;
}

static gboolean
print_job (Connection *self,
           GBytes *pdf,
           double height_mm,
           const char *number,
           GCancellable *cancellable,
           GError **error)
{
  cups_option_t *options = NULL;
  int count = add_options (self, height_mm, &options);
  KouanDeviceState state = KOUAN_DEVICE_FAILED;
  int job = 0;

  if (cupsCreateDestJob (self->http, self->dest, self->info, &job, number, count, options)
        <= IPP_STATUS_OK_CONFLICTING
      && send_document (self, job, pdf, count, options))
    state = wait_for_job (self, job, cancellable);
  cupsFreeOptions (count, options);
  if (state == KOUAN_DEVICE_READY)
    return TRUE;
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    fail (error, state, "The receipt did not come out");
  if (job > 0)
    cupsCancelDestJob (self->http, self->dest, job);
  return FALSE;
}

/**
 * kouan_ipp_print:
 * @pdf: one page, 80 mm wide, @height_mm high
 * @number: names the job in the printer
 *
 * Returns: TRUE once the printer says that the job is done, which takes at most half a minute; or
 * FALSE with a %KOUAN_PRINTER_ERROR, and the job cancelled
 */
gboolean
kouan_ipp_print (const char *uri,
                 GBytes *pdf,
                 double height_mm,
                 const char *number,
                 GCancellable *cancellable,
                 GError **error)
{
  g_auto (Connection) connection = { 0 };
  KouanDeviceState state;

  if (!connection_open (&connection, uri))
    return fail (error, KOUAN_DEVICE_OFFLINE, "The printer cannot be reached");
  state = ask_state (&connection);
  if (state != KOUAN_DEVICE_READY)
    return fail (error, state, "The printer is not ready");
  connection.info = cupsCopyDestInfo (connection.http, connection.dest);
  if (connection.info == NULL)
    return fail (error, KOUAN_DEVICE_FAILED, "The printer does not say what it can do");
  return print_job (&connection, pdf, height_mm, number, cancellable, error);
}
