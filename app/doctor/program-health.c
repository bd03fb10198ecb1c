/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-doctor"

#include "app/doctor/doctor-private.h"
#include "app/documents/pixels.h"
#include "app/language/language.h"

/* That a program is there says little: the one that everything a visitor brings goes through is
 * given a file, so that its locks, which a kernel may refuse, are tried too. */

/* The smallest file that it takes: a gray PNG of one dot. */
static const guint8 dot[] = {
  0x89, 'P',  'N',  'G',  '\r', '\n', 0x1a, '\n', 0x00, 0x00, 0x00, 0x0d, 'I',  'H',
  'D',  'R',  0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00,
  0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00, 0x00, 0x00, 0x0a, 'I',  'D',  'A',  'T',  0x78,
  0x9c, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0x00,
  0x00, 0x00, 0x00, 'I',  'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82,
};

static gboolean
on_page (KouanPage *page G_GNUC_UNUSED, gpointer data)
{
  guint *pages = data;

  (*pages)++;
  return TRUE;
}

static void
examine_pixels (KouanExamination *self)
{
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (self->programs->pixels);
  g_autoptr (GBytes) file = g_bytes_new_static (dot, sizeof dot);
  g_autoptr (GError) error = NULL;
  guint pages = 0;

  if (kouan_pixels_read (pixels, file, on_page, &pages, NULL, &error) && pages == 1)
    kouan_examination_add (self, "program:kouan-pixels", KOUAN_HEALTH_GOOD,
                           N_ ("It read a file, locked in."), NULL);
  else
    kouan_examination_add_detail (
      self, "program:kouan-pixels", KOUAN_HEALTH_BAD, N_ ("It cannot read a file. {detail}"),
      N_ ("Install Kouan again; the kernel must have Landlock and seccomp."),
      error != NULL ? error->message : "");
}

static gboolean
is_there (KouanExamination *self, const char *id, const char *path)
{
  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return TRUE;
  kouan_examination_add_detail (self, id, KOUAN_HEALTH_BAD, N_ ("It is not installed."),
                                N_ ("Install Kouan again."), NULL);
  return FALSE;
}

void
kouan_examine_programs (KouanExamination *self)
{
  const KouanDoctorPrograms *programs = self->programs;
  const struct
  {
    const char *id;
    const char *path;
  } others[] = { { "program:kouan-codes", programs->codes },
                 { "program:kouan-scan", programs->scan },
                 { "program:kouan-phone", programs->phone },
                 { "program:kouan-voice", programs->voice },
                 { "program:kouan-sync", programs->sync } };

  if (is_there (self, "program:kouan-pixels", programs->pixels))
    examine_pixels (self);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (is_there (self, others[i].id, others[i].path))
      kouan_examination_add (self, others[i].id, KOUAN_HEALTH_GOOD, N_ ("It is installed."), NULL);
}
