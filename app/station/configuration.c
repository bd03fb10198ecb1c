/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-station"

#include "app/station/configuration.h"

#include "app/station/configuration-private.h"

#include <string.h>

/* One table says everything about kouan.conf: the template that a new station gets is written from
 * it, and a file is checked against it, so that the two cannot drift apart. A key that is not in
 * the table is a spelling mistake until proven otherwise, and refused. Empty means: as if it were
 * not there. */

#define FILE_SIZE_MAX (64 * 1024)

typedef KouanConfigurationRow Row;

static const Row rows[] = {
  { "station", "kiosk", NUMBER, 1, 65535, NULL, TRUE, FALSE,
    "This kiosk's number, 1 to 65535, given at enrolment. It stands in every receipt number." },
  { "station", "hall", NUMBER, 1, 65535, NULL, TRUE, FALSE,
    "The number of the hall it stands in, 1 to 65535. Codes for other halls are refused." },
  { "station", "hall-language", LANGUAGE, 0, 0, "zh-Hans", FALSE, FALSE,
    "The language that the hall's staff read, as BCP 47 writes it: zh-Hans, en." },
  { "station", "profile", PROFILE, 0, 0, "service", FALSE, FALSE,
    "What the hall is for: service (permits), border (declarations), overseas (a station "
    "abroad)." },
  { "station", "name", TEXT, 0, 0, NULL, FALSE, TRUE,
    "The hall's name. name[LANGUAGE] gives it in another language." },
  { "standard", "visit-minutes", NUMBER, 1, 240, NULL, FALSE, FALSE,
    "How many minutes a visit usually takes, as the hall promises on the first page. Without it, "
    "nothing is promised." },
  { "standard", "complaint", TEXT, 0, 0, NULL, FALSE, TRUE,
    "Where visitors who are not content turn to: a desk, a number. complaint[LANGUAGE] gives it in "
    "another language." },
  { "devices", "camera", TEXT, 0, 0, NULL, FALSE, FALSE,
    "Where codes and documents are seen, as \"kind:which\". Without it, visitors type their "
    "code." },
  { "devices", "chip", TEXT, 0, 0, NULL, FALSE, FALSE,
    "Where the chips of documents are read, as \"kind:which\": pcsc:, pcsc:NAME or file:FOLDER. "
    "Without it, no chip is read." },
  { "devices", "test-card", TEXT, 0, 0, NULL, FALSE, FALSE,
    "The lines at the foot of the hall's own test card, a space between them: with them the test "
    "of "
    "the chip reader opens that card. Without it, the test sees only that a chip answers." },
  { "devices", "scanner", TEXT, 0, 0, NULL, FALSE, FALSE,
    "Where paper is scanned, as \"kind:which\". Without it, pages come from the camera or a "
    "stick." },
  { "devices", "printer", TEXT, 0, 0, NULL, FALSE, FALSE,
    "Where receipts are printed, as \"kind:which\". Without it, they are shown on the screen." },
  { "devices", "stick", TEXT, 0, 0, NULL, FALSE, FALSE,
    "Where a USB stick appears, as \"kind:which\". Without it, nothing is read from sticks." },
  { "devices", "document-camera", TEXT, 0, 0, NULL, FALSE, FALSE,
    "The camera above the tray for papers, as \"kind:which\". Without it, there is none." },
  { "devices", "phone", TEXT, 0, 0, NULL, FALSE, FALSE,
    "Where visitors' phones find this kiosk: http://IP-ADDRESS:PORT. Without it, phones are not "
    "offered." },
  { "devices", "phone-wifi", TEXT, 0, 0, NULL, FALSE, FALSE,
    "The name of the hall's own Wi-Fi, which phones join first. Without it, they are in one that "
    "reaches the kiosk." },
  { "devices", "phone-wifi-password", TEXT, 0, 0, NULL, FALSE, FALSE,
    "Its password, 8 to 63 characters; it is shown to every visitor. Without it, it is an open "
    "network." },
  { "devices", "voice", TEXT, 0, 0, NULL, FALSE, FALSE,
    "What speaks: espeak: and where the sound goes, as GStreamer says it (espeak:alsasink), or "
    "file:FILE. Without it, the kiosk is silent." },
  { "devices", "headphone", TEXT, 0, 0, NULL, FALSE, FALSE,
    "Where it is seen whether a headphone is plugged in: jack:/dev/input/… or file:FILE, which is "
    "there as long as it is in. Without it, nothing private is spoken." },
  { "devices", "keypad", TEXT, 0, 0, NULL, FALSE, FALSE,
    "What the five keys of the keypad send, in the order next, previous, choose, back, repeat. "
    "Without it: Down,Up,Return,Escape,KP_Multiply." },
  { "hub", "url", HTTPS_URL, 0, 0, NULL, FALSE, FALSE,
    "Where records are sent at night: https://HOST[:PORT]. Without it, they leave by stick." },
  { "sync", "window", WINDOW, 0, 0, NULL, FALSE, FALSE,
    "When records are sent, by this machine's clock: 22:00-05:30. Without it, at any hour. "
    "kouan-sync --once does not wait for it." },
  { "sync", "spread-minutes", NUMBER, 0, 720, "20", FALSE, FALSE,
    "The first run begins up to so many minutes late, at random, so that a fleet does not "
    "arrive in one second." },
  { "sync", "pause-minutes", NUMBER, 1, 1440, "15", FALSE, FALSE,
    "Minutes between two runs. Each pause is between two and four thirds of it, at random." },
  { "sync", "bandwidth-kbit", NUMBER, 0, 10000000, "0", FALSE, FALSE,
    "How much is sent at most, in kbit/s, so that the hall can work meanwhile. 0 sets no limit; "
    "less than 128 counts as 128." },
  { "machine", "restart", TEXT, 0, 0, NULL, FALSE, FALSE,
    "The command that restarts this machine, for staff mode: systemctl reboot. Without it, the "
    "kiosk's program alone begins anew." },
  { "machine", "shut-down", TEXT, 0, 0, NULL, FALSE, FALSE,
    "The command that shuts this machine down: systemctl poweroff. Without it, the kiosk's program "
    "alone ends." },
  { "store", "full-mib", NUMBER, 1, 1048576, "256", FALSE, FALSE,
    "Below this much free space, in MiB, the kiosk takes no documents." },
  { "store", "low-mib", NUMBER, 1, 1048576, "1024", FALSE, FALSE,
    "Below this much free space, in MiB, staff are told." },
};

static gboolean
read_time (const char *text, guint *minute)
{
  guint64 hour, minutes;
  g_autofree char *head = g_strndup (text, 2);
  g_autofree char *tail = strlen (text) == 5 ? g_strdup (text + 3) : NULL;

  if (tail == NULL || text[2] != ':' || !g_ascii_string_to_unsigned (head, 10, 0, 23, &hour, NULL)
      || !g_ascii_string_to_unsigned (tail, 10, 0, 59, &minutes, NULL))
    return FALSE;
  *minute = (guint)(hour * 60 + minutes);
  return TRUE;
}

/**
 * kouan_station_parse_window:
 * @from: (out): minutes since midnight
 * @to: (out): the same; smaller than @from if the window goes over midnight
 */
gboolean
kouan_station_parse_window (const char *text, guint *from, guint *to)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", -1);

  return g_strv_length (parts) == 2 && read_time (parts[0], from) && read_time (parts[1], to)
         && *from != *to;
}

/* Returns: the whole table */
const KouanConfigurationRow *
kouan_configuration_rows (gsize *count)
{
  *count = G_N_ELEMENTS (rows);
  return rows;
}

static const Row *
find_row (const char *group, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].group, group) && g_str_equal (rows[i].key, key))
      return &rows[i];
  return NULL;
}

static gboolean
group_exists (const char *group)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].group, group))
      return TRUE;
  return FALSE;
}

/* RFC 5646, as far as shape goes: a primary subtag of letters, then subtags of letters and digits.
 */
static gboolean
is_language_tag (const char *text)
{
  g_auto (GStrv) subtags = g_strsplit (text, "-", -1);
  gsize length = subtags[0] != NULL ? strlen (subtags[0]) : 0;

  if (length < 2 || length > 3)
    return FALSE;
  for (guint i = 0; subtags[i] != NULL; i++)
    {
      if (subtags[i][0] == '\0' || strlen (subtags[i]) > 8)
        return FALSE;
      for (const char *c = subtags[i]; *c != '\0'; c++)
        if (!(i == 0 ? g_ascii_isalpha (*c) : g_ascii_isalnum (*c)))
          return FALSE;
    }
  return TRUE;
}

static gboolean
is_window (const char *text)
{
  guint from, to;

  return kouan_station_parse_window (text, &from, &to);
}

static gboolean
is_https_url (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_strcmp0 (g_uri_get_scheme (uri), "https") == 0
         && g_uri_get_host (uri) != NULL && g_uri_get_host (uri)[0] != '\0'
         && g_uri_get_userinfo (uri) == NULL && g_uri_get_query (uri) == NULL
         && g_uri_get_fragment (uri) == NULL;
}

/* Returns: (transfer full): what a value of this kind looks like */
char *
kouan_configuration_describe (const KouanConfigurationRow *row)
{
  switch (row->kind)
    {
    case NUMBER:
      return g_strdup_printf ("a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                              row->min, row->max);
    case LANGUAGE:
      return g_strdup ("a language such as zh-Hans or en");
    case PROFILE:
      return g_strdup ("service, border or overseas");
    case HTTPS_URL:
      return g_strdup ("an address such as https://hub.example:8443");
    case WINDOW:
      return g_strdup ("two times of the day such as 22:00-05:30");
    case TEXT:
    default:
      return g_strdup ("text");
    }
}

static gboolean
is_right (const Row *row, const char *text)
{
  switch (row->kind)
    {
    case NUMBER:
      return g_ascii_string_to_signed (text, 10, row->min, row->max, NULL, NULL);
    case LANGUAGE:
      return is_language_tag (text);
    case PROFILE:
      return g_str_equal (text, "service") || g_str_equal (text, "border")
             || g_str_equal (text, "overseas");
    case HTTPS_URL:
      return is_https_url (text);
    case WINDOW:
      return is_window (text);
    case TEXT:
    default:
      return TRUE;
    }
}

/* Returns: (transfer full) (nullable): what would be right, or NULL if the text is */
static char *
find_fault (const Row *row, const char *text)
{
  return is_right (row, text) ? NULL : kouan_configuration_describe (row);
}

static char *
list_keys (const char *group)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].group, group))
      g_ptr_array_add (names, (char *)rows[i].key);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **)names->pdata);
}

/* Splits "name[zh-Hans]". Returns: FALSE if what is in the brackets is no language */
static gboolean
split_key (const char *text, char **key, char **language)
{
  const char *bracket = strchr (text, '[');

  *language = NULL;
  *key = bracket != NULL ? g_strndup (text, bracket - text) : g_strdup (text);
  if (bracket == NULL)
    return TRUE;
  if (!g_str_has_suffix (bracket, "]"))
    return FALSE;
  *language = g_strndup (bracket + 1, strlen (bracket) - 2);
  return is_language_tag (*language);
}

/* Where a file says something, for messages: "kouan.conf:12", or without a number for what it does
 * not say. */
typedef struct
{
  const char *path;
  const char *contents;
} Source;

static char *
place_of (const Source *source, const char *group, const char *key)
{
  guint line = kouan_configuration_find_line (source->contents, group, key);

  return line > 0 ? g_strdup_printf ("%s:%u", source->path, line) : g_strdup (source->path);
}

static gboolean
refuse_key (const Source *source, const char *group, const char *key, GError **error)
{
  g_autofree char *known = list_keys (group);
  g_autofree char *place = place_of (source, group, key);

  g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED,
               "%s: [%s] %s: there is no such key; there are %s", place, group, key, known);
  return FALSE;
}

static gboolean
take_value (KouanConfiguration *self,
            GKeyFile *file,
            const Source *source,
            const char *group,
            const char *text,
            GError **error)
{
  g_autofree char *key = NULL;
  g_autofree char *language = NULL;
  g_autofree char *fault = NULL;
  g_autofree char *value = NULL;
  g_autofree char *place = NULL;
  gboolean split = split_key (text, &key, &language);
  const Row *row = find_row (group, key);

  if (!split || row == NULL || (language != NULL && !row->translated))
    return refuse_key (source, group, text, error);
  value = g_key_file_get_string (file, group, text, NULL);
  if (value == NULL)
    fault = g_strdup ("text in UTF-8, with \\\\ for a backslash");
  else if (*value == '\0')
    return TRUE;
  else
    fault = find_fault (row, value);
  if (fault == NULL)
    {
      g_hash_table_insert (self->values, g_strdup_printf ("%s/%s", group, text),
                           g_steal_pointer (&value));
      return TRUE;
    }
  place = place_of (source, group, text);
  g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED,
               "%s: [%s] %s: found \"%s\"; must be %s", place, group, text,
               value != NULL ? value : "", fault);
  return FALSE;
}

static gboolean
take_group (
  KouanConfiguration *self, GKeyFile *file, const Source *source, const char *group, GError **error)
{
  g_auto (GStrv) keys = NULL;

  if (!group_exists (group))
    {
      g_autofree char *place = place_of (source, group, NULL);

      g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED,
                   "%s: [%s]: there is no such group; there are station, standard, devices, hub, "
                   "sync, machine, store",
                   place, group);
      return FALSE;
    }
  keys = g_key_file_get_keys (file, group, NULL, NULL);
  for (guint i = 0; keys[i] != NULL; i++)
    if (!take_value (self, file, source, group, keys[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_complete (KouanConfiguration *self, const char *path, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].required && kouan_configuration_get (self, rows[i].group, rows[i].key) == NULL)
      {
        g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED,
                     "%s: [%s] %s: not there. %s", path, rows[i].group, rows[i].key, rows[i].what);
        return FALSE;
      }
  if (kouan_configuration_get_translated (
        self, "station", "name", kouan_configuration_get (self, "station", "hall-language"))
      != NULL)
    return TRUE;
  g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED,
               "%s: [station] name: not there. The hall needs a name in its own language", path);
  return FALSE;
}

/**
 * kouan_configuration_parse:
 * @path: what messages call it
 * @contents: of the file
 *
 * Returns: (transfer full): every value checked; MALFORMED otherwise, saying at which line and what
 * would be right
 */
KouanConfiguration *
kouan_configuration_parse (const char *path, const char *contents, GError **error)
{
  const Source source = { path, contents };
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (KouanConfiguration) self = NULL;
  g_autoptr (GError) local = NULL;
  g_auto (GStrv) groups = NULL;

  if (!kouan_configuration_check_lines (path, contents, error))
    return NULL;
  /* Translations are kept because GKeyFile would drop those that are not for its own locale. */
  if (!g_key_file_load_from_data (file, contents, strlen (contents), G_KEY_FILE_KEEP_TRANSLATIONS,
                                  &local))
    {
      g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED, "%s: %s", path,
                   local->message);
      return NULL;
    }
  self = g_new0 (KouanConfiguration, 1);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (!take_group (self, file, &source, groups[i], error))
      return NULL;
  return check_complete (self, path, error) ? g_steal_pointer (&self) : NULL;
}

/* Returns: (transfer full): the text of a file; MISSING, or MALFORMED for what is none */
char *
kouan_configuration_read (const char *path, GError **error)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) local = NULL;
  gsize size;

  if (!g_file_get_contents (path, &contents, &size, &local))
    g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MISSING, "%s: %s", path,
                 local->message);
  else if (size > FILE_SIZE_MAX)
    g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED,
                 "%s: larger than any configuration", path);
  else if (strlen (contents) < size)
    g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED,
                 "%s: no text, but bytes that are none", path);
  else
    return g_steal_pointer (&contents);
  return NULL;
}

/**
 * kouan_configuration_load:
 *
 * Returns: (transfer full): every value checked; MISSING or MALFORMED otherwise
 */
KouanConfiguration *
kouan_configuration_load (const char *path, GError **error)
{
  g_autofree char *contents = kouan_configuration_read (path, error);

  return contents != NULL ? kouan_configuration_parse (path, contents, error) : NULL;
}

void
kouan_configuration_free (KouanConfiguration *self)
{
  g_hash_table_unref (self->values);
  g_free (self);
}

/* Returns: (nullable): the value, or the default that the template names */
const char *
kouan_configuration_get (KouanConfiguration *self, const char *group, const char *key)
{
  const Row *row = find_row (group, key);
  g_autofree char *name = g_strdup_printf ("%s/%s", group, key);
  const char *value = g_hash_table_lookup (self->values, name);

  g_return_val_if_fail (row != NULL, NULL); /* our own spelling mistake */

  return value != NULL ? value : row->fallback;
}

/* Returns: (nullable): key[language], or else the plain key */
const char *
kouan_configuration_get_translated (KouanConfiguration *self,
                                    const char *group,
                                    const char *key,
                                    const char *language)
{
  g_autofree char *name = g_strdup_printf ("%s/%s[%s]", group, key, language);
  const char *value = g_hash_table_lookup (self->values, name);

  return value != NULL ? value : kouan_configuration_get (self, group, key);
}
