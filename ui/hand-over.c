/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/hand-over.h"

#include <sys/mman.h>
#include <unistd.h>

/* What the next person's process image begins with: what their group shares, and how the people who
 * stand here want to see the kiosk. It is in a file that has no name and is on no disk; the new
 * image is given its descriptor, reads it once and overwrites it. */

#define TYPE "(uubbbbuuay)" /* the preferences, then the session's text */
#define SIZE_MAX_ (1024 * 1024)

static GVariant *
pack (KouanPreferences *preferences, GBytes *text)
{
  return g_variant_new ("(uubbbbuu@ay)", (guint32)kouan_preferences_get_text_size (preferences),
                        (guint32)kouan_preferences_get_theme (preferences),
                        kouan_preferences_get_low_reach (preferences),
                        kouan_preferences_get_reduced_motion (preferences),
                        kouan_preferences_get_more_time (preferences),
                        kouan_preferences_get_voice (preferences),
                        (guint32)kouan_preferences_get_pace (preferences),
                        (guint32)kouan_preferences_get_loudness (preferences),
                        g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, text, TRUE));
}

/**
 * kouan_hand_over_write:
 *
 * Returns: a descriptor that outlives the process image, or -1 where nobody of a group is waiting
 */
int
kouan_hand_over_write (KouanSession *session, KouanPreferences *preferences)
{
  g_autoptr (GBytes) text = kouan_session_hand_over (session);
  g_autoptr (GVariant) packed = NULL;
  int fd;

  if (text == NULL)
    return -1;
  packed = g_variant_ref_sink (pack (preferences, text));
  fd = memfd_create ("kouan-group", MFD_CLOEXEC);
  if (fd >= 0
      && write (fd, g_variant_get_data (packed), g_variant_get_size (packed))
           == (gssize)g_variant_get_size (packed))
    return fd;
  g_message ("The next person of the group begins alone: %s", g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

/* (transfer full) (nullable): all of it; the file is overwritten and closed */
static GBytes *
take_all (int fd)
{
  off_t size = lseek (fd, 0, SEEK_END);
  g_autofree guint8 *data = NULL;
  g_autofree guint8 *nothing = NULL;
  gboolean whole = FALSE;

  if (size > 0 && size <= SIZE_MAX_)
    {
      data = g_malloc ((gsize)size);
      nothing = g_malloc0 ((gsize)size);
      whole = pread (fd, data, (gsize)size, 0) == size;
      if (pwrite (fd, nothing, (gsize)size, 0) != size)
        g_message ("What the group shares could not be overwritten");
    }
  close (fd);
  return whole ? g_bytes_new_take (g_steal_pointer (&data), (gsize)size) : NULL;
}

static void
apply (KouanPreferences *preferences, GVariant *packed)
{
  guint32 text_size, theme, pace, loudness;
  gboolean low_reach, reduced_motion, more_time, voice;

  g_variant_get (packed, "(uubbbbuu@ay)", &text_size, &theme, &low_reach, &reduced_motion,
                 &more_time, &voice, &pace, &loudness, NULL);
  kouan_preferences_set_text_size (preferences, text_size);
  kouan_preferences_set_theme (preferences, theme);
  kouan_preferences_set_low_reach (preferences, low_reach);
  kouan_preferences_set_reduced_motion (preferences, reduced_motion);
  kouan_preferences_set_more_time (preferences, more_time);
  kouan_preferences_set_voice (preferences, voice);
  kouan_preferences_set_pace (preferences, pace);
  kouan_preferences_set_loudness (preferences, loudness);
}

/**
 * kouan_hand_over_read:
 * @fd: (transfer full): of the process image before
 * @session: of nobody yet
 *
 * Returns: whether the session stands at the next person of a group now; if not, neither it nor
 * @preferences is changed
 */
gboolean
kouan_hand_over_read (int fd, KouanSession *session, KouanPreferences *preferences)
{
  g_autoptr (GBytes) all = take_all (fd);
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GVariant) packed = NULL;
  g_autoptr (GVariant) last = NULL;

  if (all == NULL)
    return FALSE;
  packed = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (TYPE), all, FALSE));
  if (!g_variant_is_normal_form (packed))
    return FALSE;
  last = g_variant_get_child_value (packed, 8);
  text = g_variant_get_data_as_bytes (last);
  if (!kouan_session_take_over (session, text))
    return FALSE;
  apply (preferences, packed);
  return TRUE;
}
