/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-pixels"

#include <errno.h>
#include <malloc.h>
#include <unistd.h>

#include "app/pixels/decode.h"
#include "app/pixels/room.h"
#include "app/pixels/sniff.h"

/* kouan-pixels: one file that a stranger brought on standard input, its pages as raw pixels on
 * standard output (protocol.h). The only program of the project that parses such a file. It locks
 * itself in before it reads the first byte, and refuses to work where it cannot. */

#define READ_AT_ONCE 65536

typedef KouanPixelsStatus (*Decoder) (const guint8 *data,
                                      gsize size,
                                      const KouanPixelsOptions *options);

static const Decoder decoders[] = {
  [KOUAN_FILE_KIND_PDF] = kouan_decode_pdf,   [KOUAN_FILE_KIND_JPEG] = kouan_decode_jpeg,
  [KOUAN_FILE_KIND_PNG] = kouan_decode_png,   [KOUAN_FILE_KIND_TIFF] = kouan_decode_tiff,
  [KOUAN_FILE_KIND_WEBP] = kouan_decode_webp, [KOUAN_FILE_KIND_HEIC] = kouan_decode_heic,
  [KOUAN_FILE_KIND_JPEG_2000] = kouan_decode_jp2,
};

/* Returns: %FALSE where the file is longer than is taken, or cannot be read */
static gboolean
read_input (GByteArray *input)
{
  guint8 buffer[READ_AT_ONCE];

  for (;;)
    {
      ssize_t count = read (STDIN_FILENO, buffer, sizeof buffer);

      if (count < 0 && errno == EINTR)
        continue;
      if (count <= 0)
        return count == 0;
      if (input->len + count > KOUAN_PIXELS_INPUT_MAX)
        return FALSE;
      g_byte_array_append (input, buffer, count);
    }
}

static gboolean
parse_number (const char *text, guint64 min, guint64 max, guint64 *value)
{
  return text != NULL && g_ascii_string_to_unsigned (text, 10, min, max, value, NULL);
}

static gboolean
parse_options (int argc, char **argv, KouanPixelsOptions *options)
{
  guint64 dpi = KOUAN_PIXELS_DPI;

  for (int i = 1; i < argc; i += 2)
    {
      const char *value = i + 1 < argc ? argv[i + 1] : NULL;
      gboolean understood = FALSE;

      if (g_str_equal (argv[i], "--dpi"))
        understood = parse_number (value, KOUAN_PIXELS_DPI_MIN, KOUAN_PIXELS_DPI_MAX, &dpi);
      else if (g_str_equal (argv[i], "--max-pixels"))
        understood = parse_number (value, 1, KOUAN_PIXELS_AREA_MAX, &options->area_max);
      else if (g_str_equal (argv[i], "--fit-pixels"))
        understood = parse_number (value, 1, KOUAN_PIXELS_AREA_MAX, &options->area_fit);
      if (!understood)
        return FALSE;
    }
  options->dpi = dpi;
  return TRUE;
}

static KouanPixelsStatus
decode (const GByteArray *input, const KouanPixelsOptions *options, KouanFileKind *kind)
{
  *kind = kouan_sniff (input->data, input->len);
  if (*kind >= G_N_ELEMENTS (decoders) || decoders[*kind] == NULL)
    return KOUAN_PIXELS_STATUS_NOT_SUPPORTED;
  return decoders[*kind](input->data, input->len, options);
}

int
main (int argc, char **argv)
{
  KouanPixelsOptions options = { 0, KOUAN_PIXELS_AREA_MAX, KOUAN_PIXELS_AREA_MAX };
  GByteArray *input = g_byte_array_new ();
  KouanFileKind kind = KOUAN_FILE_KIND_UNKNOWN;
  KouanPixelsStatus status = KOUAN_PIXELS_STATUS_TOO_LARGE;

  if (!parse_options (argc, argv, &options))
    {
      g_printerr (
        "usage: kouan-pixels [--dpi N] [--max-pixels N] [--fit-pixels N] < FILE > PIXELS\n");
      return KOUAN_PIXELS_EXIT_USAGE;
    }
  g_log_writer_default_set_use_stderr (TRUE); /* standard output belongs to the frames */
  mallopt (M_ARENA_MAX, 1); /* an arena for a decoder's thread would be taken for a bomb */
  if (!kouan_lock_down (&kouan_pixels_room))
    {
      g_printerr ("kouan-pixels: this machine cannot lock it in (Landlock and seccomp are needed): "
                  "it will not read\n");
      return KOUAN_PIXELS_EXIT_NOT_LOCKED;
    }
  if (read_input (input))
    status = decode (input, &options, &kind);
  kouan_output_end (status, kind);
  _exit (0); /* what a decoder left behind is not worth the time to tear down */
}
