/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-phone"

#include "app/phone/page.h"

#include "app/language/language.h"
#include "app/phone/kouan-phone-resources.h"
#include "app/phone/protocol.h"

#include <gio/gio.h>
#include <string.h>

/* One HTML file: style, script and the sentences of every language are in it, because behind this
 * kiosk there is no second place to fetch from. The browser is told the digests of the one style
 * and the one script that it may use (CSP level 2), so that nothing that came in on the way runs.
 */

#define RESOURCES "/org/kouan/phone/"

/* Where page.html wants something put in. */
#define MARK_LANGUAGE "@LANGUAGE@"
#define MARK_STYLE "@STYLE@"
#define MARK_SCRIPT "@SCRIPT@"
#define MARK_WORDS "@WORDS@"

static const struct
{
  const char *id; /* what page.js calls it */
  const char *text;
} texts[] = {
  { "title", N_ ("Send a paper to the kiosk") },
  { "lead", N_ ("Take a picture of your paper, or choose a file that you have. It goes only to the "
                "kiosk in front of you.") },
  { "language", N_ ("Language") },
  { "camera", N_ ("Take a picture") },
  { "file", N_ ("Choose a file") },
  { "kinds", N_ ("A PDF or a picture (JPEG, PNG, TIFF, WebP, HEIC), at most 25 MB each, at most 10 "
                 "at once.") },
  { "stay", N_ ("Your phone may say that this Wi-Fi has no internet. That is right: stay in it "
                "until you are done.") },
  { "preparing", N_ ("Getting it ready") },
  { "sending", N_ ("Sending") },
  { "of", N_ ("{part} of {whole}") },
  { "stop", N_ ("Stop sending") },
  { "done", N_ ("Look at the kiosk now") },
  { "done-text", N_ ("Your paper is there. The kiosk shows a number. Go on only if it is this "
                     "one:") },
  { "more", N_ ("Send another paper") },
  { "again", N_ ("Send it again") },
  { "other", N_ ("Choose something else") },
  { "too-large", N_ ("This file is too large") },
  { "too-large-text",
    N_ ("“{name}” has {size} MB. At most 25 MB can be sent. Take a picture of the paper "
        "instead, or save the file smaller.") },
  { "too-many", N_ ("These are more than 10 files") },
  { "too-many-text", N_ ("Choose at most 10 at once. Send the others afterwards.") },
  { "wrong-kind", N_ ("This kind of file cannot be read") },
  { "wrong-kind-text",
    N_ ("“{name}” is neither a PDF nor a picture. Save it as PDF, or take a picture "
        "of the paper.") },
  { "empty", N_ ("This file is empty") },
  { "empty-text", N_ ("“{name}” has nothing in it. Choose another file, or take a picture of the "
                      "paper.") },
  { "unreadable", N_ ("The phone could not open this file") },
  { "unreadable-text", N_ ("If it lies in a cloud, load it onto the phone first: there is no "
                           "internet here. Or take a picture of the paper.") },
  { "lost", N_ ("The phone has lost the kiosk") },
  { "lost-text", N_ ("Nothing arrived. Look whether your phone is still in the kiosk's Wi-Fi, stay "
                     "close, and send it again.") },
  { "stopped", N_ ("You stopped it") },
  { "stopped-text", N_ ("Nothing arrived at the kiosk.") },
  { "over", N_ ("This code has run out") },
  { "over-text", N_ ("Choose your phone on the kiosk again, and photograph the new code.") },
  { "full", N_ ("The kiosk takes no more files with this code") },
  { "no-key", N_ ("Photograph the code on the kiosk") },
  { "no-key-text", N_ ("The address alone is not enough: a part of it is only in the code on the "
                       "screen.") },
  { "left", N_ ("Time left: {time}") },
};

/* A JSON string that can stand inside <script>: "<" closes nothing when it is written as an escape.
 */
static void
append_json_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const guchar *c = (const guchar *)text; *c != '\0'; c++)
    if (*c < 0x20 || *c == '"' || *c == '\\' || *c == '<' || *c == '&' || *c == '>')
      g_string_append_printf (out, "\\u%04x", *c);
    else
      g_string_append_c (out, (char)*c);
  g_string_append_c (out, '"');
}

static void
append_language (GString *out, const KouanLanguage *language)
{
  append_json_string (out, language->code);
  g_string_append (out, ":{\"name\":");
  append_json_string (out, language->own_name);
  g_string_append_printf (out, ",\"rtl\":%s,\"texts\":{",
                          language->right_to_left ? "true" : "false");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = kouan_language_text_in (language, texts[i].text);

      if (i > 0)
        g_string_append_c (out, ',');
      append_json_string (out, texts[i].id);
      g_string_append_c (out, ':');
      append_json_string (out, text);
    }
  g_string_append (out, "}}");
}

/* {"languages":{"en":{"name":"English","rtl":false,"texts":{…}},…},"max":…,"batch":…} */
static char *
make_words (void)
{
  GString *out = g_string_new ("{\"languages\":{");
  guint count;
  const KouanLanguage *const *languages = kouan_language_all (&count);

  for (guint i = 0; i < count; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_language (out, languages[i]);
    }
  g_string_append_printf (out, "},\"max\":%u,\"batch\":%u}", KOUAN_PIXELS_INPUT_MAX,
                          KOUAN_PHONE_BATCH_MAX);
  return g_string_free (out, FALSE);
}

static char *
load (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (kouan_phone_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes != NULL); /* it is linked in */
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static char *
digest (const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *base64 = NULL;
  guint8 bytes[32];
  gsize size = sizeof bytes;

  g_checksum_update (checksum, (const guchar *)text, -1);
  g_checksum_get_digest (checksum, bytes, &size);
  base64 = g_base64_encode (bytes, size);
  return g_strdup_printf ("'sha256-%s'", base64);
}

static void
put_in (GString *html, const char *mark, const char *text)
{
  guint replaced = g_string_replace (html, mark, text, 0);

  g_assert (replaced > 0);
}

/**
 * kouan_phone_page_new:
 * @language: BCP 47: what it speaks until somebody chooses; any that is not offered becomes English
 */
KouanPhonePage *
kouan_phone_page_new (const char *language)
{
  KouanPhonePage *self = g_new0 (KouanPhonePage, 1);
  g_autofree char *template = load ("page.html");
  g_autofree char *style = load ("page.css");
  g_autofree char *seal = load ("seal.js");
  g_autofree char *page = load ("page.js");
  g_autofree char *script = g_strconcat (seal, page, NULL);
  g_autofree char *words = make_words ();
  g_autofree char *style_digest = digest (style);
  g_autofree char *script_digest = digest (script);
  GString *html = g_string_new (template);

  put_in (html, MARK_LANGUAGE, kouan_language_find (language) != NULL ? language : "en");
  put_in (html, MARK_STYLE, style);
  put_in (html, MARK_SCRIPT, script);
  put_in (html, MARK_WORDS, words);
  self->html = g_string_free (html, FALSE);
  self->policy = g_strdup_printf (
    "default-src 'none'; img-src data:; style-src %s; script-src %s; connect-src "
    "'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    style_digest, script_digest);
  return self;
}

void
kouan_phone_page_free (KouanPhonePage *self)
{
  g_free (self->html);
  g_free (self->policy);
  g_free (self);
}
