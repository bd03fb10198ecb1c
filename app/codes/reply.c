/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-codes"

#include "app/codes/reply.h"

#include "app/codes/protocol.h"

#include <string.h>

/* What kouan-codes answers. The reading side trusts nothing: the other process has looked at a
 * stranger's picture. */

/**
 * kouan_codes_reply_write:
 * @codes: (element-type KouanQrCode)
 *
 * Returns: (transfer full): the packet, with as many codes as it holds
 */
GByteArray *
kouan_codes_reply_write (guint32 serial, GPtrArray *codes)
{
  GByteArray *packet = g_byte_array_new ();
  KouanCodesReply reply = { serial, 0 };

  g_byte_array_append (packet, (const guint8 *)&reply, sizeof reply);
  for (guint i = 0; i < codes->len; i++)
    {
      const KouanQrCode *code = codes->pdata[i];
      gsize size;
      const guint8 *bytes = g_bytes_get_data (code->bytes, &size);
      KouanCodesCode head = { code->x, code->y, (guint32)size };

      if (size > KOUAN_CODES_CONTENT_MAX
          || packet->len + sizeof head + size > KOUAN_CODES_REPLY_MAX)
        continue;
      g_byte_array_append (packet, (const guint8 *)&head, sizeof head);
      g_byte_array_append (packet, bytes, (guint)size);
      reply.count++;
    }
  memcpy (packet->data, &reply, sizeof reply);
  return packet;
}

static gboolean
take (const guint8 **data, gsize *size, void *out, gsize count)
{
  if (*size < count)
    return FALSE;
  memcpy (out, *data, count);
  *data += count;
  *size -= count;
  return TRUE;
}

/**
 * kouan_codes_reply_read:
 * @serial: of the request
 *
 * Returns: (transfer full) (nullable) (element-type KouanQrCode): %NULL if this is no answer to it
 */
GPtrArray *
kouan_codes_reply_read (const guint8 *data, gsize size, guint32 serial)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_qr_code_free);
  KouanCodesReply reply;

  if (!take (&data, &size, &reply, sizeof reply) || reply.serial != serial)
    return NULL;
  for (guint32 i = 0; i < reply.count; i++)
    {
      KouanCodesCode head;

      if (!take (&data, &size, &head, sizeof head) || head.size > KOUAN_CODES_CONTENT_MAX
          || head.size > size)
        return NULL;
      kouan_qr_code_add (codes, kouan_qr_code_new (data, head.size, head.x, head.y));
      data += head.size;
      size -= head.size;
    }
  return size == 0 ? g_steal_pointer (&codes) : NULL;
}
