/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/bench/codes/engines.h"

#include "app/qr/reader.h"
#include "app/qr/zbar-scan.h"
#include "tests/bench/codes/peer.h"

#include <time.h>

/* Readers of codes, asked alike. Raw ZBar is asked to look for light on dark too, as ours does. */

struct _KouanEngines
{
  KouanQrReader *reader;
  KouanZbarScan *zbar;
  KouanPeer *peer;
};

KouanEngines *
kouan_engines_new (void)
{
  KouanEngines *self = g_new0 (KouanEngines, 1);

  self->reader = kouan_qr_reader_new ();
  self->zbar = kouan_zbar_scan_new (TRUE);
  self->peer = kouan_peer_new ();
  return self;
}

void
kouan_engines_free (KouanEngines *self)
{
  if (self == NULL)
    return;
  kouan_qr_reader_free (self->reader);
  kouan_zbar_scan_free (self->zbar);
  kouan_peer_free (self->peer);
  g_free (self);
}

gboolean
kouan_engines_has_peer (const KouanEngines *self)
{
  return kouan_peer_is_there (self->peer);
}

static double
processor_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static GPtrArray *
read_with (KouanEngines *self, KouanEngine engine, const KouanSceneView *view, gboolean frame)
{
  KouanQrPicture picture = { view->gray, view->width, view->height };
  guint width = (guint)view->width, height = (guint)view->height;

  if (engine == KOUAN_ENGINE_ZBAR)
    return kouan_zbar_scan_picture (self->zbar, &picture);
  return frame ? kouan_qr_reader_read_frame (self->reader, view->gray, width, height, width)
               : kouan_qr_reader_read (self->reader, view->gray, width, height, width);
}

static void
count (KouanEngineAnswer *answer, GPtrArray *codes, GPtrArray *texts)
{
  for (guint i = 0; i < codes->len; i++)
    {
      const char *text = ((KouanQrCode *)codes->pdata[i])->text;

      if (text != NULL && g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
        answer->right++;
      else
        {
          answer->wrong++;
          g_printerr ("a text that was not there: %s\n", text != NULL ? text : "(bytes)");
        }
    }
}

/* @frame: as one of a camera's, within its budget; the peers know no difference */
KouanEngineAnswer
kouan_engines_ask (KouanEngines *self,
                   KouanEngine engine,
                   const KouanSceneView *view,
                   gboolean frame)
{
  KouanEngineAnswer answer = { 0, 0, 0 };
  g_autoptr (GPtrArray) codes = NULL;
  double before = processor_ms ();

  if (engine == KOUAN_ENGINE_ZXING)
    answer.right = kouan_peer_count (self->peer, view);
  else
    {
      codes = read_with (self, engine, view, frame);
      answer.ms = processor_ms () - before;
      count (&answer, codes, view->texts);
    }
  return answer;
}

static int
by_value (gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a, second = *(const double *)b;

  return (first > second) - (first < second);
}

/* @values: (element-type double): gets sorted; @share: 0.5 for the median */
double
kouan_engines_quantile (GArray *values, double share)
{
  if (values->len == 0)
    return 0;
  g_array_sort (values, by_value);
  return g_array_index (values, double, (guint)(share * (values->len - 1)));
}
