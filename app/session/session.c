/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/session.h"

#include "app/appointment/draft-key.h"
#include "app/crypto/primitives.h"
#include "app/session/session-private.h"
#include "db/kiosk/audit.h"
#include "db/kiosk/ratings.h"

/* The interpreter of the flow. An event is looked up in the table, its effect is carried out, and
 * only when that worked does the state change and the next page show: a person never sees "kept"
 * before it is on the disk. Where it did not work the state stays, and the trouble says why.
 *
 * Each state has its own GCancellable, cancelled on leaving it, so that what a device answers late
 * cannot reach the next page, or the next person. */

enum
{
  PROP_0,
  PROP_PROGRESS,
  N_PROPS,
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_TROUBLE,
  SIGNAL_FORGET,
  SIGNAL_NEXT_PERSON,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanSession, kouan_session, G_TYPE_OBJECT)

void
kouan_session_audit (KouanSession *self, const char *action, const char *result)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *object = kouan_uuid_to_string (self->visit->code_id);

  if (!kouan_audit_append (self->db, kouan_clock_wall_s (self->clock), "visitor", "", action,
                           object, result, &error))
    g_message ("Not in the audit: %s", error->message);
}

void
kouan_session_set_trouble (KouanSession *self, KouanTrouble *trouble)
{
  g_clear_pointer (&self->trouble, kouan_trouble_unref);
  self->trouble = trouble;
  if (trouble != NULL)
    g_signal_emit (self, signals[SIGNAL_TROUBLE], 0);
}

void
kouan_session_set_progress (KouanSession *self, double progress)
{
  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
}

/* Everything of the person that this object can reach. Names that toolkits copied stay in the heap,
 * which is why the process image is replaced afterwards. */
void
kouan_session_wipe (KouanSession *self)
{
  g_clear_pointer (&self->visit, kouan_visit_free);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->appointment, kouan_appointment_unref);
  g_clear_pointer (&self->unkept, g_ptr_array_unref);
  g_clear_pointer (&self->chip_portrait, g_bytes_unref);
  kouan_session_set_unconfirmed (self, NULL);
  g_clear_pointer (&self->receipt_number, g_free);
  g_clear_pointer (&self->receipt_code, g_free);
  g_clear_pointer (&self->declaration_code, g_free);
  g_clear_pointer (&self->trouble, kouan_trouble_unref);
  self->service = NULL;
  self->changing = FALSE;
  self->visit = kouan_visit_new ();
}

/* Returns: (transfer full): the draft that this secret names and opens, whether it exists or not */
KouanDraft *
kouan_session_draft_for (KouanSession *self, KouanSecret *code_secret)
{
  guint8 name[KOUAN_DRAFT_NAME_SIZE];
  g_autoptr (KouanSecret) key = NULL;
  g_autofree char *folder = kouan_station_path (self->station, KOUAN_STATION_DRAFTS);

  kouan_draft_name (code_secret, name);
  key = kouan_draft_key (code_secret);
  return kouan_draft_new (self->db, folder, self->clock, name, key);
}

static gboolean
save (KouanSession *self, GError **error)
{
  g_autoptr (GBytes) state = NULL;

  if (self->draft == NULL)
    return TRUE;
  state = kouan_visit_serialize (self->visit);
  return kouan_draft_save (self->draft, state, error);
}

/* The record counts and its transaction has removed the draft's rows: its files can go, and its key
 * must. */
void
kouan_session_forget_draft (KouanSession *self)
{
  for (guint i = 0; i < self->visit->documents->len; i++)
    {
      KouanVisitDocument *document = g_ptr_array_index (self->visit->documents, i);

      for (guint k = 0; k < document->sheets->len; k++)
        kouan_draft_remove_file (self->draft,
                                 ((KouanSheet *)g_ptr_array_index (document->sheets, k))->file);
    }
  if (self->visit->portrait != NULL)
    kouan_draft_remove_file (self->draft, self->visit->portrait->file);
  g_clear_object (&self->draft);
}

static gboolean
discard (KouanSession *self, GError **error)
{
  if (self->draft != NULL && !kouan_draft_discard (self->draft, error))
    return FALSE;
  kouan_session_audit (self, "draft.discarded", "ok");
  return TRUE;
}

/* Parking must not fail: what could not be saved now was saved at the last step. */
static void
park (KouanSession *self)
{
  g_autoptr (GError) error = NULL;

  if (!save (self, &error))
    g_message ("Parked as of the last save: %s", error->message);
  kouan_session_audit (self, "draft.parked", error == NULL ? "ok" : "last-save");
  kouan_session_wipe (self);
}

static gboolean
carry_out (KouanSession *self, KouanFlowEffect effect, GError **error)
{
  switch (effect)
    {
    case KOUAN_EFFECT_OPEN:
      kouan_session_audit (self, "visit.opened", self->visit->walk_in ? "walk-in" : "appointment");
      return save (self, error);
    case KOUAN_EFFECT_RESTORE:
      kouan_session_audit (self, "visit.resumed", "ok");
      return TRUE;
    case KOUAN_EFFECT_SAVE:
    case KOUAN_EFFECT_SUBMIT:
      return save (self, error);
    case KOUAN_EFFECT_PARK:
      park (self);
      return TRUE;
    case KOUAN_EFFECT_NEXT_PERSON:
      kouan_session_next_person (self);
      return TRUE;
    case KOUAN_EFFECT_DISCARD:
      return discard (self, error);
    case KOUAN_EFFECT_FORGET:
    case KOUAN_EFFECT_NONE:
      return TRUE;
    }
  g_assert_not_reached ();
}

static void
enter (KouanSession *self, KouanFlowState state, KouanFlowEffect effect)
{
  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  self->state = state;
  kouan_session_set_unkept (self, NULL);
  kouan_session_set_unconfirmed (self, NULL);
  g_clear_pointer (&self->chip_portrait, g_bytes_unref);
  if (state == KOUAN_STATE_REVIEW)
    self->changing = FALSE;
  if (effect == KOUAN_EFFECT_FORGET || effect == KOUAN_EFFECT_DISCARD)
    {
      kouan_session_wipe (self);
      kouan_session_forget_group (self);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (effect == KOUAN_EFFECT_SUBMIT)
    kouan_session_submit (self);
  if (state == KOUAN_STATE_FORGET)
    g_signal_emit (self, signals[SIGNAL_FORGET], 0);
  if (effect == KOUAN_EFFECT_NEXT_PERSON)
    {
      kouan_timing_begin (self->timing);
      g_signal_emit (self, signals[SIGNAL_NEXT_PERSON], 0);
    }
}

/* A declaration is made without a paper, and so is what these answers need none for: then the page
 * that asks for papers would be empty, and is passed by on the way to the review and back. */
static KouanFlowEvent
around_papers (KouanSession *self, KouanFlowEvent event)
{
  g_autoptr (KouanChecklist) checklist = NULL;

  if (!(self->state == KOUAN_STATE_DETAILS && event == KOUAN_EVENT_NEXT)
      && !(self->state == KOUAN_STATE_REVIEW && event == KOUAN_EVENT_BACK))
    return event;
  checklist = kouan_session_checklist (self);
  for (guint i = 0; i < kouan_checklist_get_count (checklist); i++)
    if (kouan_checklist_get_nth (checklist, i)->need != KOUAN_NEED_NOT_NEEDED)
      return event;
  return KOUAN_EVENT_NO_PAPERS;
}

/**
 * kouan_session_send:
 *
 * Returns: whether the event was followed. FALSE with a trouble: it should have been, and could not
 * be. FALSE without: it has no meaning in this state.
 */
gboolean
kouan_session_send (KouanSession *self, KouanFlowEvent event)
{
  KouanFlowState before;
  KouanFlowStep step;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);

  if (self->db == NULL)
    return FALSE;
  event = around_papers (self, event);
  before = self->visit->state;
  step = kouan_flow_step (self->state, event, self->visit->state);
  if (!step.accepted)
    {
      g_debug ("%s has no edge for %s", kouan_flow_state_to_string (self->state),
               kouan_flow_event_to_string (event));
      return FALSE;
    }
  kouan_session_set_trouble (self, NULL);
  if (kouan_flow_state_is_resumable (step.next))
    self->visit->state = step.next;
  kouan_timing_note (self->timing, self->visit);
  if (!carry_out (self, step.effect, &error))
    {
      self->visit->state = before;
      kouan_session_set_trouble (self, kouan_trouble_from_error (error));
      return FALSE;
    }
  /* Nobody answered: whoever stands here next is of no group. */
  if (event == KOUAN_EVENT_IDLE)
    kouan_session_forget_group (self);
  if (event == KOUAN_EVENT_CHANGE_IDENTITY || event == KOUAN_EVENT_CHANGE_DETAILS
      || event == KOUAN_EVENT_CHANGE_DOCUMENTS)
    self->changing = TRUE;
  kouan_timing_follow (self->timing, self->db, self->state, event, &step);
  if (step.effect == KOUAN_EFFECT_OPEN && self->appointment != NULL)
    kouan_timing_set_appointment (self->timing,
                                  kouan_appointment_get_not_before_s (self->appointment));
  enter (self, step.next, step.effect);
  return TRUE;
}

/* "This page has what it needs": on to the next step, or back to the review that it was opened
 * from. */
gboolean
kouan_session_advance (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);

  return kouan_session_send (self, self->changing ? KOUAN_EVENT_CHANGED : KOUAN_EVENT_NEXT);
}

/* What has been entered since the last step, durable. */
gboolean
kouan_session_save (KouanSession *self, KouanTrouble **trouble)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);

  if (save (self, &error))
    return TRUE;
  *trouble = kouan_trouble_from_error (error);
  return FALSE;
}

void
kouan_session_set_language (KouanSession *self, const char *language)
{
  g_return_if_fail (KOUAN_IS_SESSION (self));

  g_free (self->visit->language);
  self->visit->language = g_strdup (language);
}

/**
 * kouan_session_consent:
 * @text: all of what was on the screen, in the language that it was read in
 *
 * The record keeps when, in which language, and the digest of exactly these words.
 */
void
kouan_session_consent (KouanSession *self, const char *text)
{
  guint8 digest[KOUAN_SHA256_SIZE];

  g_return_if_fail (KOUAN_IS_SESSION (self));

  kouan_sha256 ((const guint8 *)text, strlen (text), digest);
  g_free (self->visit->consent_sha256);
  self->visit->consent_sha256 = kouan_hex (digest, sizeof digest);
  self->visit->consented_s = kouan_clock_wall_s (self->clock);
}

/**
 * kouan_session_sign:
 * @svg: the signature as a drawing
 * @typed: it is a name that was typed, because the glass could not be used
 */
void
kouan_session_sign (KouanSession *self, const char *svg, gboolean typed)
{
  g_return_if_fail (KOUAN_IS_SESSION (self));

  g_free (self->visit->signature);
  self->visit->signature = g_strdup (svg);
  self->visit->signature_typed = typed;
}

/* Counted by day, service and language; tied to nobody. @stars: 1 to 5 */
void
kouan_session_rate (KouanSession *self, int stars)
{
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *day = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KOUAN_IS_SESSION (self));
  g_return_if_fail (stars >= 1 && stars <= 5);

  now = g_date_time_new_from_unix_local (kouan_clock_wall_s (self->clock));
  day = g_date_time_format (now, "%Y-%m-%d");
  if (!kouan_ratings_add (self->db, day, self->visit->service, self->visit->language, stars,
                          &error))
    g_message ("Rating not counted: %s", error->message);
}

KouanFlowState
kouan_session_get_state (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), KOUAN_STATE_FORGET);

  return self->state;
}

/* Returns: (transfer none): never NULL; empty when nobody is there */
KouanVisit *
kouan_session_get_visit (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  return self->visit;
}

/* Returns: (transfer none) (nullable): what the visit is for, once that is known */
KouanService *
kouan_session_get_service (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  return self->service;
}

KouanStation *
kouan_session_get_station (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  return self->station;
}

/* Returns: (transfer none) (nullable): %NULL only before the first picture */
KouanCatalogue *
kouan_session_get_catalogue (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  return self->catalogue;
}

KouanClock *
kouan_session_get_clock (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  return self->clock;
}

/* Returns: (transfer none): for every wait of this state; cancelled when the state is left */
GCancellable *
kouan_session_get_cancellable (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  return self->cancellable;
}

gint64
kouan_session_get_receipt_time_s (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), 0);

  return self->receipt_time_s;
}

gboolean
kouan_session_is_changing (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);

  return self->changing;
}

/* Returns: (transfer none) (nullable): why the last event could not be followed */
KouanTrouble *
kouan_session_get_trouble (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  return self->trouble;
}

/* Returns: (nullable): as a person reads it out; only after the record is committed */
const char *
kouan_session_get_receipt_number (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  return self->receipt_number;
}

/* Returns: (nullable): the KR1: text of the receipt's QR code */
const char *
kouan_session_get_receipt_code (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  return self->receipt_code;
}

static void
kouan_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PROGRESS:
      g_value_set_double (value, KOUAN_SESSION (object)->progress);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kouan_session_dispose (GObject *object)
{
  KouanSession *self = KOUAN_SESSION (object);

  g_cancellable_cancel (self->cancellable);
  kouan_session_wipe (self);
  kouan_session_forget_group (self);
  G_OBJECT_CLASS (kouan_session_parent_class)->dispose (object);
}

static void
kouan_session_finalize (GObject *object)
{
  KouanSession *self = KOUAN_SESSION (object);

  g_clear_pointer (&self->visit, kouan_visit_free);
  g_clear_pointer (&self->timing, kouan_timing_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->station);
  g_clear_object (&self->clock);
  g_clear_object (&self->outbox);
  g_clear_object (&self->db);
  g_clear_pointer (&self->catalogue, kouan_catalogue_unref);
  g_clear_object (&self->pixels);
  G_OBJECT_CLASS (kouan_session_parent_class)->finalize (object);
}

static void
kouan_session_class_init (KouanSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kouan_session_get_property;
  object_class->dispose = kouan_session_dispose;
  object_class->finalize = kouan_session_finalize;

  props[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KOUAN_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TROUBLE] = g_signal_new ("trouble", KOUAN_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FORGET] = g_signal_new ("forget", KOUAN_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NEXT_PERSON] = g_signal_new ("next-person", KOUAN_TYPE_SESSION, G_SIGNAL_RUN_LAST,
                                              0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kouan_session_init (KouanSession *self)
{
  self->state = KOUAN_STATE_ATTRACT;
  self->cancellable = g_cancellable_new ();
  self->visit = kouan_visit_new ();
}

/**
 * kouan_session_new:
 *
 * @catalogue: (nullable): it can be given later, once
 *
 * The session shows the attract page and follows no event until it has a store: a kiosk draws its
 * first picture before it opens its disk and reads its services.
 */
KouanSession *
kouan_session_new (KouanStation *station,
                   KouanClock *clock,
                   KouanCatalogue *catalogue,
                   KouanPixels *pixels)
{
  KouanSession *self;

  g_return_val_if_fail (KOUAN_IS_STATION (station), NULL);
  g_return_val_if_fail (KOUAN_IS_CLOCK (clock), NULL);

  self = g_object_new (KOUAN_TYPE_SESSION, NULL);
  self->station = g_object_ref (station);
  self->clock = g_object_ref (clock);
  if (catalogue != NULL)
    self->catalogue = kouan_catalogue_ref (catalogue);
  self->pixels = g_object_ref (pixels);
  self->outbox = kouan_outbox_new (station, clock);
  self->timing = kouan_timing_new (clock);
  return self;
}

/* Before the store: events are followed as soon as that is there. */
void
kouan_session_set_catalogue (KouanSession *self, KouanCatalogue *catalogue)
{
  g_return_if_fail (KOUAN_IS_SESSION (self));
  g_return_if_fail (self->catalogue == NULL && self->db == NULL);

  self->catalogue = kouan_catalogue_ref (catalogue);
}

/* @db: the kiosk's store, opened by this thread */
void
kouan_session_set_store (KouanSession *self, KouanDatabase *db)
{
  g_return_if_fail (KOUAN_IS_SESSION (self));
  g_return_if_fail (KOUAN_IS_DATABASE (db));
  g_return_if_fail (self->catalogue != NULL);

  g_set_object (&self->db, db);
}
