/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/specimen.h"

#include <math.h>
#include <string.h>

#include <cairo-ft.h>

/* Draws a data page at 300 dots to the inch: a portrait, headings and entries in an ordinary font
 * with lines that look a little like a zone, security print under everything, and the zone itself
 * where Doc 9303 wants it. */

#define DPI 300
#define PER_MM (DPI / 25.4)
#define PITCH (DPI / 10.0)
#define LINE_DISTANCE (DPI / 4.0) /* 6.35 mm */
#define ZONE_MM 23.2
#define FONT "/usr/share/fonts/opentype/ocr-b/OCRB.otf"
#define FONT_SHARP "/usr/share/fonts/opentype/ocr-b/OCRBS.otf"

/* How a page is printed: all 0 is as most are. */
typedef struct
{
  double weight;    /* by which strokes are thicker, in hundredths of an inch */
  double security;  /* how much darker and thicker security print is, 1: a lot */
  gboolean in_book; /* the page above is there too */
} Print;

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const char marks[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345678901234567890123456789";

gboolean
kouan_specimen_can_draw (void)
{
  return g_file_test (FONT, G_FILE_TEST_EXISTS) && g_file_test (FONT_SHARP, G_FILE_TEST_EXISTS);
}

void
kouan_specimen_free (KouanSpecimen *self)
{
  g_free (self->pixels);
  g_free (self);
}

static KouanSpecimen *
specimen_new (guint width, guint height)
{
  KouanSpecimen *self = g_new (KouanSpecimen, 1);

  self->width = width;
  self->height = height;
  self->pixels = g_malloc0 ((gsize)width * height);
  memset (self->zone, 0, sizeof self->zone);
  return self;
}

static char *
random_text (GRand *rand, const char *alphabet, guint least, guint most)
{
  guint count = (guint)g_rand_int_range (rand, (gint32)least, (gint32)most + 1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < count; i++)
    g_string_append_c (text, alphabet[g_rand_int_range (rand, 0, (gint32)strlen (alphabet))]);
  return g_string_free (text, FALSE);
}

static char *
random_name (GRand *rand)
{
  g_autofree char *first = random_text (rand, letters, 2, 9);
  g_autofree char *second = random_text (rand, letters, 2, 8);

  return g_rand_boolean (rand) ? g_strconcat (first, " ", second, NULL) : g_strdup (first);
}

static KouanMrzDate
random_date (GRand *rand, gint32 first, gint32 last)
{
  return (KouanMrzDate){ (guint)g_rand_int_range (rand, first, last),
                         (guint)g_rand_int_range (rand, 1, 13),
                         (guint)g_rand_int_range (rand, 1, 29) };
}

/* Returns: (transfer full): the lines of somebody who does not exist */
GStrv
kouan_specimen_zone (GRand *rand, KouanMrzFormat format)
{
  static const char *const codes[] = { "I", "I", "P", "V", "V" };
  static const char *const states[]
    = { "UTO", "CHN", "D", "USA", "GBR", "FRA", "KOR", "JPN", "MYS", "VNM", "RUS", "NGA", "IND" };
  g_autofree char *primary = random_name (rand);
  g_autofree char *secondary = random_name (rand);
  g_autofree char *number = random_text (rand, marks, 8, 9);
  g_autofree char *optional
    = g_rand_boolean (rand) ? random_text (rand, "0123456789", 1, 7) : g_strdup ("");
  const KouanMrzContent content
    = { .format = format,
        .document_code = codes[format],
        .issuer = states[g_rand_int_range (rand, 0, G_N_ELEMENTS (states))],
        .nationality = states[g_rand_int_range (rand, 0, G_N_ELEMENTS (states))],
        .primary = primary,
        .secondary = secondary,
        .document_number = number,
        .birth = random_date (rand, 1930, 2020),
        .expiry = random_date (rand, 2010, 2040),
        .sex = (KouanSex)g_rand_int_range (rand, 0, 3),
        .optional = optional };
  g_autoptr (GError) error = NULL;
  GStrv lines = kouan_mrz_make (&content, &error);

  g_assert_no_error (error);
  return lines;
}

static Print
choose_print (GRand *rand, KouanSpecimenSight sight)
{
  Print print = { 0 };

  switch (sight)
    {
    case KOUAN_SPECIMEN_THIN:
      print.weight = g_rand_double_range (rand, -0.5, -0.3);
      break;
    case KOUAN_SPECIMEN_BOLD:
      print.weight = g_rand_double_range (rand, 0.35, 0.8);
      break;
    case KOUAN_SPECIMEN_SECURITY:
      print.security = g_rand_double_range (rand, 0.5, 1);
      break;
    case KOUAN_SPECIMEN_DESK:
      print.in_book = TRUE;
      break;
    default:
      break;
    }
  return print;
}

static void
draw_security_print (cairo_t *cairo, GRand *rand, double width, double height, double strength)
{
  double shade = 0.6 - 0.1 * strength;

  cairo_set_line_width (cairo, g_rand_double_range (rand, 1, 3) + 2 * strength);
  cairo_set_source_rgb (cairo, shade, shade, shade);
  for (double y = -height; y < 2 * height; y += g_rand_double_range (rand, 22, 40))
    {
      double phase = g_rand_double_range (rand, 0, 6), depth = g_rand_double_range (rand, 5, 60);

      for (double x = 0; x <= width; x += 12)
        cairo_line_to (cairo, x, y + depth * sin (x / 170 + phase) + x * 0.1);
      cairo_stroke (cairo);
    }
}

/* Rosettes and letters that shine, lighter and darker than the paper, over the lines' left half. */
static void
draw_hologram (cairo_t *cairo, GRand *rand, double width, double height)
{
  double middle_x = g_rand_double_range (rand, 0.2, 0.6) * width;
  double middle_y = height - ZONE_MM * PER_MM * g_rand_double_range (rand, 0.4, 1);

  for (guint ring = 0; ring < 9; ring++)
    {
      double radius = (ring + 1) * 28, shade = ring % 2 == 0 ? 1 : 0.68;

      cairo_set_source_rgba (cairo, shade, shade, shade, 0.7);
      cairo_set_line_width (cairo, g_rand_double_range (rand, 4, 12));
      for (guint i = 0; i <= 180; i++)
        {
          double angle = i * G_PI / 90, reach = radius * (1 + 0.15 * sin (angle * (5 + ring)));

          cairo_line_to (cairo, middle_x + reach * cos (angle), middle_y + reach * sin (angle));
        }
      cairo_stroke (cairo);
    }
}

static void
draw_page (cairo_t *cairo, GRand *rand, const Print *print, double width, double height)
{
  static const char *const entries[] = { "UTOPIA",
                                         "Passport No / Passeport",
                                         "Surname / Nom",
                                         "Given names",
                                         "Nationality",
                                         "Date of birth / Date de naissance",
                                         "12 AUG / AOU 74",
                                         "ZENITH",
                                         "AUTHORITY<UTOPIA<1" };
  double top = height - ZONE_MM * PER_MM;
  double paper = g_rand_double_range (rand, 0.8, 1);

  cairo_set_source_rgb (cairo, paper, paper, paper);
  cairo_rectangle (cairo, 0, 0, width, height);
  cairo_fill (cairo);
  draw_security_print (cairo, rand, width, height, print->security);
  if (print->security > 0)
    draw_hologram (cairo, rand, width, height);
  cairo_set_source_rgb (cairo, 0.45, 0.45, 0.45);
  cairo_rectangle (cairo, 0.05 * width, 0.12 * top, 0.28 * width, 0.8 * top);
  cairo_fill (cairo);
  cairo_set_source_rgb (cairo, 0.75, 0.75, 0.75);
  cairo_arc (cairo, 0.19 * width, 0.45 * top, 0.08 * width, 0, 2 * G_PI);
  cairo_fill (cairo);
  cairo_set_source_rgb (cairo, 0.2, 0.2, 0.2);
  cairo_select_font_face (cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      cairo_set_font_size (cairo, i % 2 == 0 ? 34 : 24);
      cairo_move_to (cairo, 0.38 * width, (i + 1) * top / (G_N_ELEMENTS (entries) + 1));
      cairo_show_text (cairo, entries[i]);
    }
}

/* Thicker with a stroke of ink, thinner with one of paper. */
static void
draw_character (cairo_t *cairo, const char *text, const Print *print, double ink)
{
  if (print->weight == 0)
    {
      cairo_show_text (cairo, text);
      return;
    }
  cairo_text_path (cairo, text);
  cairo_fill_preserve (cairo);
  if (print->weight < 0)
    cairo_set_source_rgb (cairo, 0.85, 0.85, 0.85);
  cairo_set_line_width (cairo, fabs (print->weight) * DPI / 100);
  cairo_stroke (cairo);
  cairo_set_source_rgb (cairo, ink, ink, ink);
}

static void
draw_lines (cairo_t *cairo,
            FT_Face face,
            GRand *rand,
            const Print *print,
            const char *const *lines,
            double width,
            double height)
{
  cairo_font_face_t *font = cairo_ft_font_face_create_for_ft_face (face, FT_LOAD_NO_HINTING);
  guint n_lines = g_strv_length ((char **)lines), length = strlen (lines[0]);
  double left = (width - length * PITCH) / 2;
  double ink = g_rand_double_range (rand, 0.05, 0.3);
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_text_extents_t extents;

  /* Debian's OCR-B has no hints that a rasteriser would understand. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options (cairo, options);
  cairo_font_options_destroy (options);
  cairo_set_font_face (cairo, font);
  cairo_set_font_size (cairo, 100);
  cairo_text_extents (cairo, "0", &extents);
  cairo_set_font_size (cairo, 100 * PITCH / extents.x_advance * 0.97);
  cairo_set_source_rgb (cairo, ink, ink, ink);
  for (guint line = 0; line < n_lines; line++)
    for (guint i = 0; i < length; i++)
      {
        char text[] = { lines[line][i], '\0' };

        cairo_move_to (cairo, left + i * PITCH,
                       height - 8 * PER_MM - (n_lines - 1 - line) * LINE_DISTANCE);
        draw_character (cairo, text, print, ink);
      }
  cairo_set_font_face (cairo, NULL);
  cairo_font_face_destroy (font);
}

static KouanSpecimen *
take_pixels (cairo_surface_t *surface)
{
  KouanSpecimen *self = specimen_new ((guint)cairo_image_surface_get_width (surface),
                                      (guint)cairo_image_surface_get_height (surface));
  const guint8 *data;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      self->pixels[(gsize)y * self->width + x]
        = data[(gsize)y * (gsize)cairo_image_surface_get_stride (surface) + x * 4 + 1];
  return self;
}

/* The page above in a book: print of another kind, and the fold. */
static void
draw_page_above (cairo_t *cairo, GRand *rand, double width, double height)
{
  static const char *const notices[]
    = { "The Minister for the Exterior of Utopia requests all those whom it may concern",
        "to allow the bearer to pass freely without let or hindrance and to afford him",
        "or her every assistance and protection of which he or she may stand in need.",
        "OBSERVATIONS / MENTIONS SPECIALES",
        "THIS PASSPORT CONTAINS 48 PAGES<<",
        "SIGNATURE OF BEARER / SIGNATURE DU TITULAIRE" };
  double paper = g_rand_double_range (rand, 0.75, 0.95);

  cairo_set_source_rgb (cairo, paper, paper, paper);
  cairo_rectangle (cairo, 0, 0, width, height);
  cairo_fill (cairo);
  cairo_set_source_rgb (cairo, 0.25, 0.25, 0.25);
  cairo_select_font_face (cairo, "DejaVu Sans Mono", CAIRO_FONT_SLANT_NORMAL,
                          CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cairo, width / 52);
  for (guint i = 0; i < G_N_ELEMENTS (notices); i++)
    {
      cairo_move_to (cairo, 0.07 * width, (i + 1) * height / (G_N_ELEMENTS (notices) + 1));
      cairo_show_text (cairo, notices[i]);
    }
  cairo_set_source_rgb (cairo, 0.3, 0.3, 0.3);
  cairo_rectangle (cairo, 0, height - 5, width, 5);
  cairo_fill (cairo);
}

static void
remember_zone (KouanSpecimen *self, const char *const *lines, double width, double bottom)
{
  guint n_lines = g_strv_length ((char **)lines), length = strlen (lines[0]);
  double base = bottom - 8 * PER_MM;

  self->zone[0] = (width - length * PITCH) / 2;
  self->zone[1] = base - (n_lines - 1) * LINE_DISTANCE - PITCH;
  self->zone[2] = (width + length * PITCH) / 2;
  self->zone[3] = base;
}

/* Returns: (transfer full): the page and nothing around it */
KouanSpecimen *
kouan_specimen_draw (GRand *rand, const char *const *lines)
{
  return kouan_specimen_draw_for (rand, lines, KOUAN_SPECIMEN_CLEAN);
}

/* Returns: (transfer full): a page as it is printed where it is to be seen like this */
KouanSpecimen *
kouan_specimen_draw_for (GRand *rand, const char *const *lines, KouanSpecimenSight sight)
{
  Print print = choose_print (rand, sight);
  gsize length = strlen (lines[0]);
  double width = (length == 44 ? 125 : length == 36 ? 105 : 85.6) * PER_MM;
  double height = (length == 44 ? 88 : length == 36 ? 74 : 54) * PER_MM;
  double above = print.in_book ? height : 0;
  cairo_surface_t *surface
    = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)width, (int)(height + above));
  cairo_t *cairo = cairo_create (surface);
  FT_Library library;
  FT_Face face;
  KouanSpecimen *self;

  g_assert (FT_Init_FreeType (&library) == 0);
  g_assert (FT_New_Face (library, g_rand_boolean (rand) ? FONT : FONT_SHARP, 0, &face) == 0);
  if (print.in_book)
    draw_page_above (cairo, rand, width, above);
  cairo_translate (cairo, 0, above);
  draw_page (cairo, rand, &print, width, height);
  draw_lines (cairo, face, rand, &print, lines, width, height);
  self = take_pixels (surface);
  remember_zone (self, lines, width, above + height);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  FT_Done_Face (face);
  FT_Done_FreeType (library);
  return self;
}

void
kouan_specimen_save (const KouanSpecimen *self, const char *path)
{
  cairo_surface_t *surface
    = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)self->width, (int)self->height);
  gsize stride = (gsize)cairo_image_surface_get_stride (surface);
  guint8 *data;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      memset (data + y * stride + x * 4, self->pixels[(gsize)y * self->width + x], 4);
  cairo_surface_mark_dirty (surface);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}
