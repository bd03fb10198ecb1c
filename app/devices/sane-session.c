/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/sane-session.h"

#include <sane/sane.h>
#include <string.h>

#include "app/devices/sane-image.h"
#include "app/devices/sane-options.h"

/* One use of libsane, from sane_init () to sane_exit (), in whatever thread calls. SANE is one
 * library for the whole process and knows nothing of threads, so a lock goes around all of it: who
 * comes second is told that the scanner is busy, rather than made to wait behind a drive that may
 * be stuck. */

#define READ_AT_ONCE 32768

static GMutex in_use;

typedef struct
{
  SANE_Handle handle;
  GMutex guard; /* of handle, between the scan and who cancels it */
} Session;

static const struct
{
  SANE_Status status;
  KouanScannerError code;
} meanings[] = {
  { SANE_STATUS_NO_DOCS, KOUAN_SCANNER_ERROR_NEEDS_PAPER },
  { SANE_STATUS_JAMMED, KOUAN_SCANNER_ERROR_JAMMED },
  { SANE_STATUS_COVER_OPEN, KOUAN_SCANNER_ERROR_COVER_OPEN },
  { SANE_STATUS_DEVICE_BUSY, KOUAN_SCANNER_ERROR_BUSY },
};

static void
set_error (GError **error, const char *what, SANE_Status status, KouanScannerError otherwise)
{
  KouanScannerError code = otherwise;

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].status == status)
      code = meanings[i].code;
  g_set_error (error, KOUAN_SCANNER_ERROR, (int)code, "%s: %s", what, sane_strstatus (status));
}

/* "" is the first scanner that SANE finds. */
static gboolean
open_device (Session *session, const char *name, GError **error)
{
  const SANE_Device **devices = NULL;
  SANE_Status status;

  if (*name == '\0')
    {
      status = sane_get_devices (&devices, SANE_TRUE);
      if (status != SANE_STATUS_GOOD || devices == NULL || devices[0] == NULL)
        {
          set_error (error, "looking for a scanner", SANE_STATUS_INVAL,
                     KOUAN_SCANNER_ERROR_OFFLINE);
          return FALSE;
        }
      name = devices[0]->name;
    }
  status = sane_open (name, &session->handle);
  if (status != SANE_STATUS_GOOD)
    set_error (error, "opening the scanner", status, KOUAN_SCANNER_ERROR_OFFLINE);
  return status == SANE_STATUS_GOOD;
}

static void
close_device (Session *session)
{
  g_mutex_lock (&session->guard);
  if (session->handle != NULL)
    sane_close (session->handle);
  session->handle = NULL;
  g_mutex_unlock (&session->guard);
}

/* In the thread of who cancels: the one call of SANE that may come while another is under way. */
static void
on_cancelled (GCancellable *cancellable G_GNUC_UNUSED, gpointer data)
{
  Session *session = data;

  g_mutex_lock (&session->guard);
  if (session->handle != NULL)
    sane_cancel (session->handle);
  g_mutex_unlock (&session->guard);
}

static SANE_Status
read_all (Session *session,
          KouanSaneImage *image,
          KouanSaneProgress progress,
          gpointer data,
          GCancellable *cancellable)
{
  guint8 buffer[READ_AT_ONCE];
  guint percent = 0;

  for (;;)
    {
      SANE_Int size = 0;
      SANE_Status status = sane_read (session->handle, buffer, sizeof buffer, &size);

      if (status == SANE_STATUS_EOF)
        return SANE_STATUS_GOOD;
      if (status != SANE_STATUS_GOOD)
        return status;
      if (g_cancellable_is_cancelled (cancellable))
        return SANE_STATUS_CANCELLED;
      if (size < 0 || !kouan_sane_image_append (image, buffer, size))
        return SANE_STATUS_INVAL;
      if (kouan_sane_image_percent (image) != percent && progress != NULL)
        progress (percent = kouan_sane_image_percent (image), data);
    }
}

static KouanPage *
read_page (Session *session,
           KouanSaneProgress progress,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  guint dpi = kouan_sane_options_dpi (session->handle);
  SANE_Parameters parameters = { 0 };
  g_autoptr (KouanSaneImage) image = NULL;
  KouanPage *page = NULL;
  SANE_Status status = sane_start (session->handle);

  if (status == SANE_STATUS_GOOD)
    status = sane_get_parameters (session->handle, &parameters);
  if (status == SANE_STATUS_GOOD)
    {
      image = kouan_sane_image_new (&parameters);
      status = image != NULL ? read_all (session, image, progress, data, cancellable)
                             : SANE_STATUS_UNSUPPORTED;
    }
  sane_cancel (session->handle);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (status == SANE_STATUS_GOOD)
    page = kouan_sane_image_to_page (image, dpi);
  if (page == NULL)
    set_error (error, "reading the page", status, KOUAN_SCANNER_ERROR_FAILED);
  return page;
}

static gboolean
begin (Session *session, GError **error)
{
  *session = (Session){ 0 };
  if (!g_mutex_trylock (&in_use))
    {
      g_set_error_literal (error, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_BUSY,
                           "another scan is under way");
      return FALSE;
    }
  if (sane_init (NULL, NULL) != SANE_STATUS_GOOD)
    {
      g_mutex_unlock (&in_use);
      set_error (error, "starting SANE", SANE_STATUS_INVAL, KOUAN_SCANNER_ERROR_OFFLINE);
      return FALSE;
    }
  g_mutex_init (&session->guard);
  return TRUE;
}

static void
end (Session *session)
{
  close_device (session);
  sane_exit ();
  g_mutex_clear (&session->guard);
  g_mutex_unlock (&in_use);
}

static void
split (const char *device, char **name, const char **extra)
{
  const char *mark = strchr (device, '#');

  *name = mark != NULL ? g_strndup (device, mark - device) : g_strdup (device);
  *extra = mark != NULL ? mark + 1 : NULL;
}

/* Returns: whether the scanner can be opened. Blocks, for seconds with some drivers. */
gboolean
kouan_sane_probe (const char *device, GError **error)
{
  g_autofree char *name = NULL;
  const char *extra;
  Session session;
  gboolean there;

  split (device, &name, &extra);
  if (!begin (&session, error))
    return FALSE;
  there = open_device (&session, name, error);
  end (&session);
  return there;
}

/**
 * kouan_sane_scan:
 * @device: SANE's name, "#" and options behind it
 * @progress: (nullable): in this thread, once a percent at most
 *
 * Blocks for as long as the paper moves. Cancelling stops the scanner; how soon is the driver's
 * affair.
 */
KouanPage *
kouan_sane_scan (const char *device,
                 KouanSaneProgress progress,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autofree char *name = NULL;
  KouanPage *page = NULL;
  const char *extra;
  Session session;
  gulong handler;

  split (device, &name, &extra);
  if (!begin (&session, error))
    return NULL;
  if (open_device (&session, name, error))
    {
      kouan_sane_options_set_up (session.handle, extra);
      handler = cancellable != NULL
                  ? g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), &session, NULL)
                  : 0;
      page = read_page (&session, progress, data, cancellable, error);
      g_cancellable_disconnect (cancellable, handler);
    }
  end (&session);
  return page;
}
