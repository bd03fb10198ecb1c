/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/age-private.h"

#include <sodium.h>
#include <string.h>

/* The header of age v1 by its ABNF: a version line, stanzas of an argument line and a body in
 * base64 lines of 64 columns whose last one is shorter, and a MAC line. Stanzas of other recipient
 * types are read over; their shape is checked all the same, since the MAC covers them. */

#define VERSION_LINE "age-encryption.org/v1"
#define STANZA_MARK "-> "
#define MAC_MARK "---"
#define COLUMNS 64
#define LINE_BYTES 48 /* what a full line holds */
#define MAC_COLUMNS 43
#define BASE64 sodium_base64_VARIANT_ORIGINAL_NO_PADDING

typedef struct
{
  const char *text;
  gsize size;
  gsize offset;
} Cursor;

typedef struct
{
  const char *text;
  gsize length;
} Span;

/* The next line without its line feed; FALSE if no line feed comes. */
static gboolean
next_line (Cursor *cursor, Span *line)
{
  const char *start = cursor->text + cursor->offset;
  const char *stop = memchr (start, '\n', cursor->size - cursor->offset);

  if (stop == NULL)
    return FALSE;
  *line = (Span){ start, (gsize)(stop - start) };
  cursor->offset += line->length + 1;
  return TRUE;
}

static gboolean
has_prefix (const Span *span, const char *prefix)
{
  gsize length = strlen (prefix);

  return span->length >= length && memcmp (span->text, prefix, length) == 0;
}

static gboolean
equals (const Span *span, const char *text)
{
  return span->length == strlen (text) && has_prefix (span, text);
}

/* Canonical base64 without padding: libsodium refuses bits that are left over. But 1.0.18 takes "+"
 * and "/" with their eighth bit set for themselves, which would be a second spelling of a MAC. */
static gboolean
decode (const Span *span, guint8 *data, gsize size_max, gsize *size)
{
  for (gsize i = 0; i < span->length; i++)
    if (!g_ascii_isgraph (span->text[i]))
      return FALSE;
  return sodium_base642bin (data, size_max, span->text, span->length, NULL, size, NULL, BASE64)
         == 0;
}

static gboolean
decode_exactly (const Span *span, guint8 *data, gsize size)
{
  gsize decoded = 0;

  return decode (span, data, size, &decoded) && decoded == size;
}

/* Arguments are separated by one space each and consist of visible ASCII. @first two are kept. */
static gboolean
split_arguments (const Span *line, Span first[static 2], guint *count)
{
  gsize start = strlen (STANZA_MARK);

  *count = 0;
  for (gsize i = start; i <= line->length; i++)
    {
      if (i < line->length && line->text[i] != ' ')
        {
          if (!g_ascii_isgraph (line->text[i]))
            return FALSE;
          continue;
        }
      if (i == start) /* an empty argument, or none */
        return FALSE;
      if (*count < 2)
        first[*count] = (Span){ line->text + start, i - start };
      (*count)++;
      start = i + 1;
    }
  return TRUE;
}

/* Lines until one is shorter than 64 columns. @body gets the first line's bytes, @size counts all.
 */
static gboolean
read_body (Cursor *cursor, guint8 body[static LINE_BYTES], gsize *size)
{
  Span line = { NULL, COLUMNS };

  *size = 0;
  while (line.length == COLUMNS)
    {
      guint8 bytes[LINE_BYTES];
      gsize decoded = 0;

      if (!next_line (cursor, &line) || line.length > COLUMNS
          || !decode (&line, bytes, sizeof bytes, &decoded))
        return FALSE;
      if (*size == 0)
        memcpy (body, bytes, decoded);
      *size += decoded;
    }
  return TRUE;
}

typedef enum
{
  STANZA_BROKEN,
  STANZA_X25519,
  STANZA_SCRYPT,
  STANZA_OTHER,
} StanzaKind;

static StanzaKind
parse_stanza (Cursor *cursor, const Span *line, KouanAgeStanza *stanza)
{
  Span arguments[2] = { { NULL, 0 }, { NULL, 0 } };
  guint8 body[LINE_BYTES];
  gsize body_size = 0;
  guint count = 0;

  if (!has_prefix (line, STANZA_MARK) || !split_arguments (line, arguments, &count)
      || !read_body (cursor, body, &body_size))
    return STANZA_BROKEN;
  if (equals (&arguments[0], "scrypt"))
    return STANZA_SCRYPT;
  if (!equals (&arguments[0], "X25519"))
    return STANZA_OTHER;
  if (count != 2 || body_size != sizeof stanza->body
      || !decode_exactly (&arguments[1], stanza->share, sizeof stanza->share))
    return STANZA_BROKEN;
  memcpy (stanza->body, body, sizeof stanza->body);
  return STANZA_X25519;
}

static gboolean
parse_mac (KouanAgeHeader *self, const Span *line)
{
  Span mac = { line->text + strlen (MAC_MARK) + 1, MAC_COLUMNS };

  return line->length == strlen (MAC_MARK) + 1 + MAC_COLUMNS && has_prefix (line, MAC_MARK " ")
         && decode_exactly (&mac, self->mac, sizeof self->mac);
}

static gboolean
parse (KouanAgeHeader *self, Cursor *cursor)
{
  guint count = 0;
  gboolean scrypt = FALSE;
  Span line;

  if (!next_line (cursor, &line) || !equals (&line, VERSION_LINE) || !next_line (cursor, &line))
    return FALSE;
  for (; !has_prefix (&line, MAC_MARK); count++)
    {
      KouanAgeStanza stanza;
      StanzaKind kind = parse_stanza (cursor, &line, &stanza);

      if (kind == STANZA_BROKEN || !next_line (cursor, &line))
        return FALSE;
      if (kind == STANZA_X25519)
        g_array_append_val (self->stanzas, stanza);
      scrypt |= kind == STANZA_SCRYPT;
    }
  /* A passphrase says who wrote the file only if nobody else's key opens it. */
  if (count == 0 || (scrypt && count > 1) || !parse_mac (self, &line))
    return FALSE;
  self->size = cursor->offset;
  self->covered = (gsize)(line.text - cursor->text) + strlen (MAC_MARK);
  return TRUE;
}

/**
 * kouan_age_header_parse:
 * @data: (array length=size): a file's beginning, as much as there is of it or more than the header
 *
 * Errors: %KOUAN_CRYPTO_ERROR_MALFORMED.
 *
 * Returns: (transfer full) (nullable): what it says; nothing of it is authentic before
 * kouan_age_header_verify()
 */
KouanAgeHeader *
kouan_age_header_parse (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (KouanAgeHeader) self = g_new0 (KouanAgeHeader, 1);
  Cursor cursor = { (const char *)data, MIN (size, KOUAN_AGE_HEADER_SIZE_MAX), 0 };

  self->stanzas = g_array_new (FALSE, FALSE, sizeof (KouanAgeStanza));
  if (size == 0 || !parse (self, &cursor))
    {
      g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                           "no age v1 header of our kind");
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
kouan_age_header_free (KouanAgeHeader *self)
{
  g_array_unref (self->stanzas);
  g_free (self);
}

static void
compute_mac (KouanSecret *file_key,
             const guint8 *data,
             gsize size,
             guint8 mac[static KOUAN_SHA256_SIZE])
{
  g_autoptr (KouanSecret) key = kouan_hkdf_sha256 (file_key, "header", KOUAN_KEY_SIZE);

  kouan_hmac_sha256 (key, data, size, mac);
}

/**
 * kouan_age_header_verify:
 * @data: what it was parsed from
 */
gboolean
kouan_age_header_verify (KouanAgeHeader *self, const guint8 *data, KouanSecret *file_key)
{
  guint8 mac[KOUAN_SHA256_SIZE];

  compute_mac (file_key, data, self->covered, mac);
  return kouan_equal_in_constant_time (mac, self->mac, sizeof mac);
}

static void
append_text (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *)text, (guint)strlen (text));
}

static void
append_base64 (GByteArray *out, const guint8 data[static 32])
{
  char text[sodium_base64_ENCODED_LEN (32, BASE64)];

  append_text (out, sodium_bin2base64 (text, sizeof text, data, 32, BASE64));
}

/**
 * kouan_age_header_write:
 * @stanzas: (element-type KouanAgeStanza): at least one
 *
 * Returns: (transfer full): the whole header
 */
GByteArray *
kouan_age_header_write (GArray *stanzas, KouanSecret *file_key)
{
  GByteArray *out = g_byte_array_new ();
  guint8 mac[KOUAN_SHA256_SIZE];

  G_STATIC_ASSERT (sizeof (((KouanAgeStanza *)NULL)->body) == 32);
  g_assert (stanzas->len > 0);

  append_text (out, VERSION_LINE "\n");
  for (guint i = 0; i < stanzas->len; i++)
    {
      const KouanAgeStanza *stanza = &g_array_index (stanzas, KouanAgeStanza, i);

      append_text (out, STANZA_MARK "X25519 ");
      append_base64 (out, stanza->share);
      append_text (out, "\n");
      append_base64 (out, stanza->body);
      append_text (out, "\n");
    }
  append_text (out, MAC_MARK);
  compute_mac (file_key, out->data, out->len, mac);
  append_text (out, " ");
  append_base64 (out, mac);
  append_text (out, "\n");
  return out;
}
