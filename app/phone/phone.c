/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-phone"

#include "app/phone/phone.h"

#include "app/language/language.h"
#include "app/phone/folder-phone.h"
#include "app/phone/phone-address.h"
#include "app/phone/served-phone.h"

#include <string.h>

/* What arrives is a file like any other that a visitor brings: it goes to kouan-pixels, and counts
 * only after the visitor has seen it on the kiosk and kept it there. */

G_DEFINE_QUARK (kouan_phone_error, kouan_phone_error)

typedef struct
{
  char *address;       /* (nullable) */
  char *wifi;          /* (nullable): the hall's own network; its name */
  char *wifi_password; /* (nullable) */
} KouanPhonePrivate;

enum
{
  SIGNAL_HERE,
  SIGNAL_PROGRESS,
  SIGNAL_FILE,
  SIGNAL_TROUBLE,
  N_SIGNALS,
};

enum
{
  PROP_0,
  PROP_ADDRESS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KouanPhone, kouan_phone, G_TYPE_OBJECT)

static const struct
{
  const char *title;
  const char *remedy;
} troubles[] = {
  [KOUAN_PHONE_ERROR_CONFIGURATION]
  = { N_ ("Phones cannot be used here now"), N_ ("Choose another way, or call the staff.") },
  [KOUAN_PHONE_ERROR_OFFLINE]
  = { N_ ("Phones cannot be used here now"), N_ ("Choose another way, or call the staff.") },
  [KOUAN_PHONE_ERROR_TIME_OVER]
  = { N_ ("The code for your phone has run out"),
      N_ ("Choose your phone again: the kiosk shows a new code. Nothing that you kept is lost.") },
  [KOUAN_PHONE_ERROR_CUT]
  = { N_ ("The file broke off on its way"),
      N_ ("Hold the phone close to the kiosk, look whether it is still in the Wi-Fi, and send the "
          "file again.") },
  [KOUAN_PHONE_ERROR_FAILED]
  = { N_ ("Nothing came from your phone"),
      N_ ("Try once more. If it happens again, choose another way or call the staff.") },
};

static guint
trouble_of (const GError *error)
{
  return error->domain == KOUAN_PHONE_ERROR ? (guint)error->code : KOUAN_PHONE_ERROR_FAILED;
}

/* Returns: what happened, in the language of the screen */
const char *
kouan_phone_error_title (const GError *error)
{
  return _ (troubles[trouble_of (error)].title);
}

/* Returns: what to do about it, in the language of the screen */
const char *
kouan_phone_error_remedy (const GError *error)
{
  return _ (troubles[trouble_of (error)].remedy);
}

static KouanPhonePrivate *
private_of (KouanPhone *self)
{
  return kouan_phone_get_instance_private (self);
}

static void
kouan_phone_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ADDRESS)
    g_value_set_string (value, private_of (KOUAN_PHONE (object))->address);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kouan_phone_finalize (GObject *object)
{
  KouanPhonePrivate *private = private_of (KOUAN_PHONE (object));

  g_free (private->address);
  g_free (private->wifi);
  g_free (private->wifi_password);
  G_OBJECT_CLASS (kouan_phone_parent_class)->finalize (object);
}

static guint
signal_new (const char *name, guint count, GType type)
{
  return g_signal_new (name, KOUAN_TYPE_PHONE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       count, type);
}

static void
kouan_phone_class_init (KouanPhoneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kouan_phone_get_property;
  object_class->finalize = kouan_phone_finalize;
  g_object_class_install_property (
    object_class, PROP_ADDRESS,
    g_param_spec_string ("address", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  signals[SIGNAL_HERE] = signal_new ("here", 0, G_TYPE_NONE);
  signals[SIGNAL_PROGRESS] = signal_new ("progress", 1, G_TYPE_DOUBLE);
  signals[SIGNAL_FILE] = signal_new ("file", 1, G_TYPE_POINTER);
  signals[SIGNAL_TROUBLE] = signal_new ("trouble", 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
kouan_phone_init (KouanPhone *self G_GNUC_UNUSED)
{
}

/**
 * kouan_phone_new_for_source:
 * @source: "http://ADDRESS:PORT", where this kiosk is found by phones, or "file:PATH", a file or a
 *   folder whose files a phone that is not there sends
 * @program: the whole path of kouan-phone
 * @messages: the folder of translations
 *
 * Returns: (transfer full): or NULL with %KOUAN_PHONE_ERROR_CONFIGURATION
 */
KouanPhone *
kouan_phone_new_for_source (const char *source,
                            const char *program,
                            const char *messages,
                            GError **error)
{
  g_autofree char *host = NULL;
  guint port;

  if (g_str_has_prefix (source, "file:") && source[5] != '\0')
    return kouan_folder_phone_new (source + 5);
  if (kouan_phone_parse_source (source, &host, &port))
    return kouan_served_phone_new (host, port, program, messages);
  g_set_error (error, KOUAN_PHONE_ERROR, KOUAN_PHONE_ERROR_CONFIGURATION,
               "phone \"%s\": it must be \"http://IP-ADDRESS:PORT\" or \"file:PATH\"", source);
  return NULL;
}

/* @name: (nullable): of a Wi-Fi that phones have to join first; @password: (nullable): it is open
 */
void
kouan_phone_set_wifi (KouanPhone *self, const char *name, const char *password)
{
  g_return_if_fail (KOUAN_IS_PHONE (self));

  g_free (private_of (self)->wifi);
  g_free (private_of (self)->wifi_password);
  private_of (self)->wifi = g_strdup (name);
  private_of (self)->wifi_password = g_strdup (password);
}

/* Returns: (nullable): the name of the Wi-Fi that phones have to join first */
const char *
kouan_phone_get_wifi (KouanPhone *self)
{
  g_return_val_if_fail (KOUAN_IS_PHONE (self), NULL);

  return private_of (self)->wifi;
}

/* Returns: (nullable) */
const char *
kouan_phone_get_wifi_password (KouanPhone *self)
{
  g_return_val_if_fail (KOUAN_IS_PHONE (self), NULL);

  return private_of (self)->wifi_password;
}

/* Returns: (transfer full) (nullable): what a phone photographs to join it */
char *
kouan_phone_get_wifi_text (KouanPhone *self)
{
  g_return_val_if_fail (KOUAN_IS_PHONE (self), NULL);

  if (private_of (self)->wifi == NULL)
    return NULL;
  return kouan_phone_wifi_text (private_of (self)->wifi, private_of (self)->wifi_password);
}

/* @language: BCP 47: what the page speaks first. Starting what is started begins anew. */
void
kouan_phone_start (KouanPhone *self, const char *language)
{
  g_return_if_fail (KOUAN_IS_PHONE (self));

  kouan_phone_stop (self);
  KOUAN_PHONE_GET_CLASS (self)->start (self, language);
}

/* Nothing is emitted after this returns, until it is started again. */
void
kouan_phone_stop (KouanPhone *self)
{
  g_return_if_fail (KOUAN_IS_PHONE (self));

  KOUAN_PHONE_GET_CLASS (self)->stop (self);
  kouan_phone_set_address (self, NULL);
}

/* Returns: (nullable) */
const char *
kouan_phone_get_address (KouanPhone *self)
{
  g_return_val_if_fail (KOUAN_IS_PHONE (self), NULL);

  return private_of (self)->address;
}

void
kouan_phone_set_address (KouanPhone *self, const char *address)
{
  KouanPhonePrivate *private = private_of (self);

  if (g_strcmp0 (private->address, address) == 0)
    return;
  if (private->address != NULL) /* the key is in it */
    kouan_wipe (private->address, strlen (private->address));
  g_free (private->address);
  private->address = g_strdup (address);
  g_object_notify (G_OBJECT (self), "address");
}

void
kouan_phone_emit_here (KouanPhone *self)
{
  g_signal_emit (self, signals[SIGNAL_HERE], 0);
}

void
kouan_phone_emit_progress (KouanPhone *self, double fraction)
{
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, fraction);
}

void
kouan_phone_emit_file (KouanPhone *self, KouanPhoneFile *file)
{
  g_signal_emit (self, signals[SIGNAL_FILE], 0, file);
}

void
kouan_phone_emit_trouble (KouanPhone *self, KouanPhoneError code, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (KOUAN_PHONE_ERROR, (int)code, message);

  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, error);
}
