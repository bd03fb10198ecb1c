/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-phone"

#include "app/phone/phone-address.h"

#include <gio/gio.h>
#include <string.h>

static void
append_escaped (GString *out, const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    {
      if (strchr ("\\;,:\"", *c) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *c);
    }
}

/**
 * kouan_phone_wifi_text:
 * @password: (nullable): without, the network is open
 *
 * Returns: (transfer full): the text that phones know as "join this Wi-Fi" ("Wi-Fi Network config"
 *   of ZXing's barcode contents)
 */
char *
kouan_phone_wifi_text (const char *name, const char *password)
{
  GString *out = g_string_new (password != NULL ? "WIFI:T:WPA;S:" : "WIFI:T:nopass;S:");

  append_escaped (out, name);
  if (password != NULL)
    {
      g_string_append (out, ";P:");
      append_escaped (out, password);
    }
  g_string_append (out, ";;");
  return g_string_free (out, FALSE);
}

/* base64url without padding (RFC 4648, 5) */
static char *
encode_key (KouanSecret *key)
{
  char *text = g_base64_encode (kouan_secret_data (key), kouan_secret_size (key));

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  *strchrnul (text, '=') = '\0';
  return text;
}

/* Returns: (transfer full): behind the "#" the key, which no browser sends on */
char *
kouan_phone_page_address (const char *host, guint port, const char *token, KouanSecret *key)
{
  g_autofree char *fragment = encode_key (key);
  gboolean bare_ipv6 = strchr (host, ':') != NULL;

  return g_strdup_printf (bare_ipv6 ? "http://[%s]:%u/%s#%s" : "http://%s:%u/%s#%s", host, port,
                          token, fragment);
}

/**
 * kouan_phone_parse_source:
 * @source: "http://ADDRESS:PORT"; an IP address, because there is nobody to ask about names
 * @host: (out) (transfer full)
 * @port: (out): 0 for any that is free
 */
gboolean
kouan_phone_parse_source (const char *source, char **host, guint *port)
{
  g_autoptr (GUri) uri = g_uri_parse (source, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "http") != 0 || g_uri_get_host (uri) == NULL
      || !g_hostname_is_ip_address (g_uri_get_host (uri)) || g_uri_get_port (uri) < 0
      || g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL
      || g_uri_get_fragment (uri) != NULL || *g_uri_get_path (uri) != '\0')
    return FALSE;
  *host = g_strdup (g_uri_get_host (uri));
  *port = (guint)g_uri_get_port (uri);
  return TRUE;
}
