/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/hostile/hostile-private.h"

#include <string.h>

/* PDFs that are programs, mazes and bombs. Each is one page tree and what hangs on it; there is no
 * table of cross references, so that every reader has to look for the objects by itself. */

static void
begin (GByteArray *out, const char *catalogue, const char *page)
{
  kouan_hostile_printf (out,
                        "%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R %s>>endobj\n"
                        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                        "3 0 obj<</Type/Page/Parent 2 0 R %s>>endobj\n",
                        catalogue, page);
}

static void
end (GByteArray *out)
{
  kouan_hostile_add_text (out, "trailer<</Root 1 0 R/Size 100>>\n%%EOF\n");
}

static void
stream (GByteArray *out, guint number, const char *keys, const void *data, gsize size)
{
  kouan_hostile_printf (out, "%u 0 obj<<%s/Length %" G_GSIZE_FORMAT ">>stream\n", number, keys,
                        size);
  kouan_hostile_add (out, data, size);
  kouan_hostile_add_text (out, "\nendstream endobj\n");
}

/* Everything that a PDF can do beside being looked at. */
static void
scripts (KouanHostile *self G_GNUC_UNUSED,
         GRand *random,
         GByteArray *out,
         KouanHostileFile *file G_GNUC_UNUSED)
{
  static const char *const actions[] = {
    "/OpenAction<</S/JavaScript/JS(while(true){app.alert(1)})>>",
    "/OpenAction<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>>>",
    "/OpenAction<</S/URI/URI(http://192.0.2.1/x)>>",
    "/OpenAction<</S/GoToR/F(/etc/passwd)/D[0/Fit]>>",
    "/OpenAction<</S/SubmitForm/F(http://192.0.2.1/)/Flags 4>>",
    "/AA<</WC<</S/JavaScript/JS(x)>>>>/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>",
    "/AcroForm<</XFA(<xdp:xdp/>)/Fields[]/NeedAppearances true>>",
    "/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)/EF<</F 9 0 R>>>>]>>>>",
  };

  begin (out, actions[kouan_hostile_below (random, G_N_ELEMENTS (actions))],
         "/MediaBox[0 0 200 200]/AA<</O<</S/JavaScript/JS(app.launchURL('file:///etc/passwd'))>>>>"
         "/Annots[<</Type/Annot/Subtype/Movie/Rect[0 0 9 9]/Movie<</F(/dev/zero)>>>>]");
  stream (out, 9, "/Type/EmbeddedFile", "MZ", 2);
  end (out);
}

static void
page_box (KouanHostile *self G_GNUC_UNUSED, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  static const char *const boxes[]
    = { "0 0 200000 200000", "0 0 1e30 1e30",     "0 0 0 0",
        "0 0 -500 -500",     "-1e9 -1e9 1e9 1e9", "0 0 2276 2276",
        "0 0 0.001 100000",  "nan nan inf inf",   "9e999 0 0 9e999" };
  g_autofree char *page = g_strdup_printf (
    "/MediaBox[%s]/UserUnit %u/Rotate %u/Contents 4 0 R",
    boxes[kouan_hostile_below (random, G_N_ELEMENTS (boxes))],
    1 + kouan_hostile_below (random, 3) * 75000, kouan_hostile_below (random, 720));

  file->heavy = TRUE;
  begin (out, "", page);
  stream (out, 4, "", "0 0 m 1e9 1e9 l S", 17);
  end (out);
}

/* Streams that unpack to a quarter of a gigabyte, once, or from a thousand bytes. */
static void
flate_bomb (KouanHostile *self, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  gboolean twice = kouan_hostile_below (random, 2) == 0;
  GBytes *zeros = kouan_hostile_zeros (self, twice);
  const char *filter = twice ? "/Filter[/FlateDecode/FlateDecode]" : "/Filter/FlateDecode";
  gboolean as_image = kouan_hostile_below (random, 2) == 0;
  g_autofree char *image
    = g_strdup_printf ("%s/Type/XObject/Subtype/Image/Width 16000/Height 16000/BitsPerComponent 8"
                       "/ColorSpace/DeviceGray",
                       filter);

  file->heavy = TRUE;
  begin (out, "", "/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>");
  if (as_image)
    stream (out, 4, "", "q 595 0 0 842 0 0 cm /I Do Q", 28);
  else
    stream (out, 4, filter, g_bytes_get_data (zeros, NULL), g_bytes_get_size (zeros));
  stream (out, 5, image, g_bytes_get_data (zeros, NULL), g_bytes_get_size (zeros));
  end (out);
}

static void
add_times (GByteArray *out, const char *text, guint times)
{
  gsize size = strlen (text);

  for (guint i = 0; i < times; i++)
    kouan_hostile_add (out, text, size);
}

/* Brackets in brackets, states in states. */
static void
nesting (KouanHostile *self G_GNUC_UNUSED, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  static const char *const pieces[] = { "[", "<<", "(", "q ", "BT ", "/X BMC ", "<</A[", "{" };
  const char *piece = pieces[kouan_hostile_below (random, G_N_ELEMENTS (pieces))];
  guint depth = 1000 + kouan_hostile_below (random, 400000);
  GByteArray *contents = g_byte_array_new ();

  file->heavy = TRUE;
  begin (out, kouan_hostile_below (random, 2) == 0 ? "/Outlines 6 0 R" : "/Names 6 0 R",
         "/MediaBox[0 0 200 200]/Contents 4 0 R");
  add_times (contents, piece, depth);
  stream (out, 4, "", contents->data, contents->len);
  kouan_hostile_add_text (out, "6 0 obj");
  add_times (out, piece, depth / 4);
  kouan_hostile_add_text (out, " endobj\n");
  end (out);
  g_byte_array_unref (contents);
}

/* Trees and forms that lead back to themselves. */
static void
loops (KouanHostile *self G_GNUC_UNUSED, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  static const char *const trees[] = {
    "2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n",
    "2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R 3 0 R]/Count 4>>endobj\n",
    "2 0 obj 2 0 R endobj\n",
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 2147483647>>endobj\n",
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count -1>>endobj\n",
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>endobj\n",
  };
  static const char *const forms[] = {
    "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>",
    "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 1e-9/YStep 1e-9"
    "/Resources<</Pattern<</F 5 0 R>>/XObject<</F 5 0 R>>>>",
  };

  file->heavy = TRUE;
  kouan_hostile_add_text (out, "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
  kouan_hostile_add_text (out, trees[kouan_hostile_below (random, G_N_ELEMENTS (trees))]);
  kouan_hostile_add_text (out,
                          "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
                          "/Resources<</XObject<</F 5 0 R>>/Pattern<</F 5 0 R>>>>>>endobj\n");
  stream (out, 4, "", "/Pattern cs /F scn 0 0 595 842 re f /F Do", 41);
  stream (out, 5, forms[kouan_hostile_below (random, G_N_ELEMENTS (forms))],
          "/F Do /F Do /Pattern cs /F scn 0 0 9 9 re f", 43);
  end (out);
}

static void
many_pages (KouanHostile *self G_GNUC_UNUSED,
            GRand *random,
            GByteArray *out,
            KouanHostileFile *file G_GNUC_UNUSED)
{
  guint pages = 15 + kouan_hostile_below (random, 3000);

  kouan_hostile_add_text (
    out, "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[");
  for (guint i = 0; i < pages; i++)
    kouan_hostile_printf (out, "%u 0 R ", 3 + i);
  kouan_hostile_printf (out, "]/Count %u>>endobj\n", pages);
  for (guint i = 0; i < pages; i++)
    kouan_hostile_printf (out, "%u 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 50 50]>>endobj\n",
                          3 + i);
  end (out);
}

/* Drawing that never ends: lines of dots, shadings, clips, glyphs. */
static void
slow_drawing (KouanHostile *self G_GNUC_UNUSED,
              GRand *random,
              GByteArray *out,
              KouanHostileFile *file)
{
  static const char *const pieces[] = {
    "[0.0001 0.0001] 0 d 0 0 m 595 842 l S\n",
    "0 0 595 842 re W n 0 0 m 1 842 300 0 595 842 c S\n",
    "/S sh\n",
    "0 0 m 595 842 l 0 842 l 595 0 l f*\n",
    "100 w 1 J 1 j 0 0 m 595 842 300 -800 9 9 c S\n",
    "BT /F1 5000 Tf (AAAAAAAAAAAAAAAA) Tj ET\n",
  };
  const char *piece = pieces[kouan_hostile_below (random, G_N_ELEMENTS (pieces))];
  GByteArray *contents = g_byte_array_new ();

  file->heavy = TRUE;
  begin (
    out, "",
    "/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Shading<</S<</ShadingType 1/ColorSpace"
    "/DeviceRGB/Domain[0 1e6 0 1e6]/Function<</FunctionType 4/Domain[0 1e6 0 1e6]/Range[0 1 0 1 "
    "0 1]>>>>>>/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>");
  add_times (contents, piece, 100 + kouan_hostile_below (random, 20000));
  stream (out, 4, "", contents->data, contents->len);
  end (out);
  g_byte_array_unref (contents);
}

/* Pictures and fonts inside, of every filter, full of noise. */
static void
noisy_parts (KouanHostile *self,
             GRand *random,
             GByteArray *out,
             KouanHostileFile *file G_GNUC_UNUSED)
{
  static const char *const filters[]
    = { "DCTDecode", "JPXDecode",       "JBIG2Decode",   "CCITTFaxDecode",
        "LZWDecode", "RunLengthDecode", "ASCII85Decode", "FlateDecode" };
  const char *filter = filters[kouan_hostile_below (random, G_N_ELEMENTS (filters))];
  g_autofree char *keys = g_strdup_printf (
    "/Type/XObject/Subtype/Image/Width %u/Height %u/BitsPerComponent %u"
    "/ColorSpace/%s/Filter/%s/DecodeParms<</K %d/Columns %u/Predictor %u/Colors %u>>",
    kouan_hostile_below (random, 70000), kouan_hostile_below (random, 70000),
    1u << kouan_hostile_below (random, 5),
    kouan_hostile_below (random, 2) == 0 ? "DeviceCMYK" : "DeviceGray", filter,
    (int)kouan_hostile_below (random, 3) - 1, kouan_hostile_below (random, 100000),
    kouan_hostile_below (random, 20), kouan_hostile_below (random, 64));
  GByteArray *noise = g_byte_array_new ();
  GBytes *jpeg = kouan_hostile_base (self, BASE_JPEG);

  begin (
    out, "",
    "/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>"
    "/Font<</F1<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor<</FontFile2 6 0 R>>>>>>>>");
  stream (out, 4, "", "q 595 0 0 842 0 0 cm /I Do Q BT /F1 9 Tf (AB) Tj ET", 51);
  if (kouan_hostile_below (random, 2) == 0)
    kouan_hostile_add (noise, g_bytes_get_data (jpeg, NULL),
                       kouan_hostile_below (random, (guint)g_bytes_get_size (jpeg)));
  kouan_hostile_add_random (noise, random, kouan_hostile_below (random, 8000));
  stream (out, 5, keys, noise->data, noise->len);
  stream (out, 6, "", noise->data, noise->len);
  end (out);
  g_byte_array_unref (noise);
}

static void
references (KouanHostile *self G_GNUC_UNUSED,
            GRand *random,
            GByteArray *out,
            KouanHostileFile *file G_GNUC_UNUSED)
{
  static const char *const tails[] = {
    "xref\n0 4294967295\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size "
    "4294967295>>\nstartxref\n9\n%%EOF\n",
    "trailer<</Root 1 0 R/Prev 0/XRefStm 0>>\nstartxref\n0\n%%EOF\n",
    "xref\n-5 3\ntrailer<</Root 99999999 0 R>>\nstartxref\n-1\n%%EOF\n",
    "trailer<</Root 1 0 R/Encrypt<</Filter/Standard/V 5/R 6/Length 99999/O()/U()/P "
    "-1>>/ID[()()]>>\n%%EOF\n",
    "7 0 obj<</Type/XRef/Size 99999999/W[9 9 9]/Index[0 99999999]/Length 0>>stream\n\nendstream "
    "endobj\n"
    "startxref\n300\n%%EOF\n",
    "8 0 obj<</Type/ObjStm/N 1000000/First 99/Length 9/Extends 8 0 R>>stream\n1 0 2 0 3\nendstream "
    "endobj\n"
    "trailer<</Root 8 0 R>>\n%%EOF\n",
  };

  begin (out, "", "/MediaBox[0 0 200 200]");
  kouan_hostile_add_text (out, tails[kouan_hostile_below (random, G_N_ELEMENTS (tails))]);
  kouan_hostile_add_random (out, random, kouan_hostile_below (random, 50));
}

const KouanHostileFamily kouan_hostile_pdfs[] = {
  { "pdf-scripts", 30, scripts },
  { "pdf-page-box", 24, page_box },
  { "pdf-flate-bomb", 4, flate_bomb },
  { "pdf-nesting", 12, nesting },
  { "pdf-loops", 16, loops },
  { "pdf-many-pages", 8, many_pages },
  { "pdf-slow-drawing", 4, slow_drawing },
  { "pdf-noisy-parts", 60, noisy_parts },
  { "pdf-references", 20, references },
  { NULL, 0, NULL },
};
