/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/commands.h"
#include "app/hub/stranger.h"
#include "app/sync/enrolment.h"

#include <string.h>

/* kouan-hub requests: who asks over the network to be enrolled. */

static const char *
state_of (const KouanHubStranger *stranger)
{
  static const char *const words[] = { "waits", "answered", "refused" };

  return words[MIN ((guint)stranger->state, G_N_ELEMENTS (words) - 1)];
}

static void
print_stranger (const KouanHubStranger *stranger, gboolean whole)
{
  JsonBuilder *line = kouan_hub_line_begin ();
  g_autofree char *head = kouan_hub_stranger_head (stranger);

  kouan_hub_line_add_text (line, "state", state_of (stranger));
  kouan_hub_line_add_number (line, "kiosk", stranger->kiosk_id);
  kouan_hub_line_add_text (line, "from", stranger->peer);
  kouan_hub_line_add_time (line, "asked", stranger->asked_s);
  kouan_hub_line_add_time (line, "decided", stranger->decided_s);
  kouan_hub_line_add_text (line, "request_fingerprint", whole ? stranger->fingerprint : head);
  if (whole)
    kouan_hub_line_add_number (line, "size", (gint64)g_bytes_get_size (stranger->request));
  kouan_hub_line_end (line);
}

static KouanHubExit
list (KouanHub *hub)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) strangers
    = kouan_hub_store_list_strangers (kouan_hub_get_store (hub), &error);

  if (strangers == NULL)
    return kouan_hub_failed (error);
  for (guint i = 0; i < strangers->len; i++)
    print_stranger (strangers->pdata[i], FALSE);
  return KOUAN_HUB_EXIT_OK;
}

static KouanHubExit
show (KouanHub *hub, const char *fingerprint)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubStranger) stranger
    = kouan_hub_store_find_stranger (kouan_hub_get_store (hub), fingerprint, &error);

  if (stranger == NULL)
    return kouan_hub_failed (error);
  print_stranger (stranger, TRUE);
  return KOUAN_HUB_EXIT_OK;
}

static KouanHubExit
refuse (KouanHub *hub, const char *fingerprint)
{
  g_autoptr (GError) error = NULL;

  if (!kouan_hub_store_refuse_stranger (kouan_hub_get_store (hub), fingerprint,
                                        kouan_clock_wall_s (kouan_hub_get_clock (hub)), &error))
    return kouan_hub_failed (error);
  return show (hub, fingerprint);
}

/* @fingerprint: (nullable): NULL: all */
static KouanHubExit
forget (KouanHub *hub, const char *fingerprint)
{
  g_autoptr (GError) error = NULL;
  gint64 count = 0;
  JsonBuilder *line;

  if (!kouan_hub_store_forget_strangers (kouan_hub_get_store (hub), fingerprint, &count, &error))
    return kouan_hub_failed (error);
  line = kouan_hub_line_begin ();
  kouan_hub_line_add_number (line, "forgotten", count);
  kouan_hub_line_end (line);
  return count > 0 || fingerprint == NULL ? KOUAN_HUB_EXIT_OK : KOUAN_HUB_EXIT_NO;
}

KouanHubExit
kouan_hub_command_requests (int argc, char **argv)
{
  const char *verb = argc > 1 ? argv[1] : "";
  gboolean one = argc == 4;
  g_autofree char *fingerprint = one ? kouan_enrolment_fingerprint_read (argv[3]) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;

  if (argc != 3 && argc != 4)
    verb = "";
  else if ((hub = kouan_hub_open_folder (argv[2], &error)) == NULL)
    return kouan_hub_failed (error);
  if (g_str_equal (verb, "list") && !one)
    return list (hub);
  if (g_str_equal (verb, "show") && one)
    return show (hub, fingerprint);
  if (g_str_equal (verb, "refuse") && one)
    return refuse (hub, fingerprint);
  if (g_str_equal (verb, "forget"))
    return forget (hub, fingerprint);
  g_printerr ("usage: kouan-hub requests list DIR\n"
              "       kouan-hub requests show|refuse DIR FINGERPRINT\n"
              "       kouan-hub requests forget DIR [FINGERPRINT]\n");
  return KOUAN_HUB_EXIT_USAGE;
}
