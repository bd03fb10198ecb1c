/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/trouble.h"

#include "app/crypto/primitives.h"
#include "app/language/language.h"
#include "app/record/outbox.h"
#include "db/database.h"

#include <gio/gio.h>

/* From an error to a sentence. A GError says what failed, in the words of the module that failed; a
 * visitor needs what happened, what to do, and the other way. One table does it, and a test walks
 * every code. */

struct _KouanTrouble
{
  grefcount references;
  const char *id;
  const char *title;
  const char *body;
  char *hall;    /* for {hall} in the body */
  gint64 time_s; /* for {time} in the body */
  KouanRemedy remedy;
};

typedef struct
{
  GQuark (*domain) (void);
  int code;
  const char *id;
  const char *title;
  const char *body;
  KouanRemedy remedy;
} Row;

/* clang-format off */
static const Row rows[] = {
  { kouan_database_error_quark, KOUAN_DATABASE_ERROR_FULL, "disk-full",
    N_("This kiosk has no room left"),
    N_("What you entered so far is kept here. Call staff, or begin at another kiosk with the same code."),
    KOUAN_REMEDY_STAFF },
  { g_file_error_quark, G_FILE_ERROR_NOSPC, "disk-full",
    N_("This kiosk has no room left"),
    N_("What you entered so far is kept here. Call staff, or begin at another kiosk with the same code."),
    KOUAN_REMEDY_STAFF },
  { g_io_error_quark, G_IO_ERROR_NO_SPACE, "disk-full",
    N_("This kiosk has no room left"),
    N_("What you entered so far is kept here. Call staff, or begin at another kiosk with the same code."),
    KOUAN_REMEDY_STAFF },
  { kouan_database_error_quark, KOUAN_DATABASE_ERROR_IO, "disk",
    N_("This kiosk cannot save at the moment"),
    N_("Your last step was not kept. Try it once more. If it happens again, call staff."),
    KOUAN_REMEDY_RETRY },
  { kouan_database_error_quark, KOUAN_DATABASE_ERROR_BUSY, "busy",
    N_("The kiosk is busy for a moment"),
    N_("Nothing is lost. Wait a few seconds and try again."),
    KOUAN_REMEDY_RETRY },
  { kouan_database_error_quark, KOUAN_DATABASE_ERROR_CORRUPT, "damaged",
    N_("This kiosk's storage is damaged"),
    N_("Staff have to look at this kiosk. Begin at another one with the same code."),
    KOUAN_REMEDY_STAFF },
  { kouan_database_error_quark, KOUAN_DATABASE_ERROR_TOO_NEW, "damaged",
    N_("This kiosk's storage is from a newer version"),
    N_("Staff have to update this kiosk. Begin at another one with the same code."),
    KOUAN_REMEDY_STAFF },
  { kouan_database_error_quark, KOUAN_DATABASE_ERROR_CONFLICT, "used",
    N_("This application is already handed in"),
    N_("You do not have to do it again. If something is missing, staff can add it."),
    KOUAN_REMEDY_STAFF },
  { kouan_database_error_quark, KOUAN_DATABASE_ERROR_NOT_FOUND, "no-draft",
    N_("There is nothing kept under this code"),
    N_("It may be more than 14 days old. Start a new application with the same code."),
    KOUAN_REMEDY_START_AGAIN },
  { kouan_outbox_error_quark, KOUAN_OUTBOX_ERROR_FULL, "disk-full",
    N_("This kiosk has no room left"),
    N_("What you entered so far is kept here. Call staff, or begin at another kiosk with the same code."),
    KOUAN_REMEDY_STAFF },
  { kouan_outbox_error_quark, KOUAN_OUTBOX_ERROR_IO, "submit",
    N_("Your application is not handed in yet"),
    N_("This kiosk could not store it. Everything you entered is kept. Try once more, or call staff."),
    KOUAN_REMEDY_RETRY },
  { kouan_outbox_error_quark, KOUAN_OUTBOX_ERROR_BUSY, "busy",
    N_("The kiosk is busy for a moment"),
    N_("Nothing is lost. Wait a few seconds and try again."),
    KOUAN_REMEDY_RETRY },
  { kouan_outbox_error_quark, KOUAN_OUTBOX_ERROR_USED, "used",
    N_("This application is already handed in"),
    N_("You do not have to do it again. If something is missing, staff can add it."),
    KOUAN_REMEDY_STAFF },
  { kouan_outbox_error_quark, KOUAN_OUTBOX_ERROR_MEMBER, "page-damaged",
    N_("One of your pages cannot be read any more"),
    N_("Go back to your papers, delete the page that shows no picture, and scan it again."),
    KOUAN_REMEDY_OTHER_WAY },
  { kouan_outbox_error_quark, KOUAN_OUTBOX_ERROR_CANCELLED, "submit",
    N_("Your application is not handed in yet"),
    N_("Handing in was stopped. Everything you entered is kept. Try once more."),
    KOUAN_REMEDY_RETRY },
  { kouan_outbox_error_quark, KOUAN_OUTBOX_ERROR_NUMBERS, "numbers",
    N_("This kiosk cannot give out receipts any more"),
    N_("What you entered so far is kept here. Call staff, or begin at another kiosk with the same code."),
    KOUAN_REMEDY_STAFF },
  { kouan_crypto_error_quark, KOUAN_CRYPTO_ERROR_MALFORMED, "draft-damaged",
    N_("What was kept under this code cannot be opened"),
    N_("Start again with the same code, or ask staff."),
    KOUAN_REMEDY_START_AGAIN },
  { kouan_crypto_error_quark, KOUAN_CRYPTO_ERROR_FORGED, "draft-damaged",
    N_("What was kept under this code cannot be opened"),
    N_("Start again with the same code, or ask staff."),
    KOUAN_REMEDY_START_AGAIN },
  { kouan_crypto_error_quark, KOUAN_CRYPTO_ERROR_UNKNOWN_KEY, "keys",
    N_("This kiosk is not set up correctly"),
    N_("Its keys do not fit. Staff have to look at this kiosk. Your answers are kept."),
    KOUAN_REMEDY_STAFF },
  { kouan_crypto_error_quark, KOUAN_CRYPTO_ERROR_WRONG_KEY, "keys",
    N_("This kiosk is not set up correctly"),
    N_("Its keys do not fit. Staff have to look at this kiosk. Your answers are kept."),
    KOUAN_REMEDY_STAFF },
  { kouan_crypto_error_quark, KOUAN_CRYPTO_ERROR_IO, "disk",
    N_("This kiosk cannot save at the moment"),
    N_("Your last step was not kept. Try it once more. If it happens again, call staff."),
    KOUAN_REMEDY_RETRY },
};
/* clang-format on */

static const Row anything = {
  NULL,
  0,
  "unknown",
  N_ ("Something went wrong at this kiosk"),
  N_ ("What you entered so far is kept. Try again. If it happens again, call staff."),
  KOUAN_REMEDY_RETRY,
};

/**
 * kouan_trouble_new:
 * @id: stable, for logs and tests
 * @title: msgid: what happened
 * @body: msgid: what to do, and the other way
 */
KouanTrouble *
kouan_trouble_new (const char *id, const char *title, const char *body, KouanRemedy remedy)
{
  KouanTrouble *self = g_new0 (KouanTrouble, 1);

  g_ref_count_init (&self->references);
  self->id = g_intern_string (id);
  self->title = g_intern_string (title);
  self->body = g_intern_string (body);
  self->remedy = remedy;
  return self;
}

/**
 * kouan_trouble_new_for_verdict:
 * @verdict: any but VALID
 * @hall: (nullable): the name of the hall that the code is for
 * @time_s: when the code begins or ended to count; 0 where the verdict is not about time
 */
KouanTrouble *
kouan_trouble_new_for_verdict (KouanVerdict verdict, const char *hall, gint64 time_s)
{
  const KouanVerdictWords *words = kouan_verdict_words (verdict);
  KouanTrouble *self
    = kouan_trouble_new (words->name, words->title, words->remedy, KOUAN_REMEDY_OTHER_WAY);

  self->hall = g_strdup (hall);
  self->time_s = time_s;
  return self;
}

/* Returns: (transfer full): never NULL; what the table does not know becomes "unknown" */
KouanTrouble *
kouan_trouble_from_error (const GError *error)
{
  const Row *row = &anything;

  g_return_val_if_fail (error != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (error->domain == rows[i].domain () && error->code == rows[i].code)
      row = &rows[i];
  g_message ("%s: %s", row->id, error->message);
  return kouan_trouble_new (row->id, row->title, row->body, row->remedy);
}

KouanTrouble *
kouan_trouble_ref (KouanTrouble *self)
{
  g_ref_count_inc (&self->references);
  return self;
}

void
kouan_trouble_unref (KouanTrouble *self)
{
  if (!g_ref_count_dec (&self->references))
    return;
  g_free (self->hall);
  g_free (self);
}

const char *
kouan_trouble_get_id (KouanTrouble *self)
{
  return self->id;
}

static char *
fill (KouanTrouble *self, const char *msgid)
{
  g_autofree char *time = kouan_language_date_time (kouan_language_current (), self->time_s);

  return kouan_verdict_fill (_ (msgid), self->hall != NULL ? self->hall : "", time);
}

/* Returns: (transfer full): what happened, in the language of now */
char *
kouan_trouble_dup_title (KouanTrouble *self)
{
  return fill (self, self->title);
}

/* Returns: (transfer full): what to do, in the language of now */
char *
kouan_trouble_dup_body (KouanTrouble *self)
{
  return fill (self, self->body);
}

KouanRemedy
kouan_trouble_get_remedy (KouanTrouble *self)
{
  return self->remedy;
}
