/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/documents/sheet.h"
#include "app/documents/work.h"
#include "app/session/application.h"
#include "app/session/session-private.h"

/* Handing in. What is small is put together here; the papers are read from the draft, made into
 * PDFs and sealed one after the other on a worker thread, so that no more than one document is in
 * memory at a time and the screen goes on moving. The worker knows nothing of the session: it posts
 * how far it is, and its answer comes back through a GTask. */

#define PORTRAIT_SIZE_MAX (80 * 1000) /* what every receiver takes */

typedef struct
{
  KouanOutbox *outbox;
  KouanSubmission *submission;
  GWeakRef session;
} Job;

/* One document on its way into the record. */
typedef struct
{
  KouanDraft *draft;
  KouanPixels *pixels;
  GPtrArray *sheets; /* of KouanSheet: the visit may go before the worker does */
} Paper;

static void
paper_free (Paper *paper)
{
  g_clear_object (&paper->draft);
  g_clear_object (&paper->pixels);
  g_ptr_array_unref (paper->sheets);
  g_free (paper);
}

static void
job_free (Job *job)
{
  g_clear_object (&job->outbox);
  kouan_submission_free (job->submission);
  g_weak_ref_clear (&job->session);
  g_free (job);
}

static GPtrArray *
read_sheets (Paper *paper, GError **error)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_sheet_unref);

  for (guint i = 0; i < paper->sheets->len; i++)
    {
      const KouanSheet *kept = g_ptr_array_index (paper->sheets, i);
      g_autoptr (GBytes) bytes = kouan_draft_read_page (paper->draft, kept->file, error);

      if (bytes == NULL)
        return NULL;
      g_ptr_array_add (sheets, kouan_sheet_new_loaded (kept, bytes));
    }
  return g_steal_pointer (&sheets);
}

/* One document, when its turn comes. */
static GBytes *
read_paper (gpointer data, GError **error)
{
  Paper *paper = data;
  g_autoptr (GPtrArray) sheets = read_sheets (paper, error);

  if (sheets == NULL)
    return NULL;
  return kouan_sheets_to_pdf (sheets, paper->pixels, KOUAN_PDF_SIZE_MAX, NULL, NULL, error);
}

static Paper *
paper_new (KouanSession *self, KouanVisitDocument *document)
{
  Paper *paper = g_new0 (Paper, 1);

  paper->draft = g_object_ref (self->draft);
  paper->pixels = g_object_ref (self->pixels);
  paper->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_sheet_unref);
  for (guint i = 0; i < document->sheets->len; i++)
    g_ptr_array_add (paper->sheets, kouan_sheet_ref (g_ptr_array_index (document->sheets, i)));
  return paper;
}

static void
add_papers (KouanSession *self, KouanSubmission *submission, KouanChecklist *checklist)
{
  for (guint i = 0; i < kouan_checklist_get_count (checklist); i++)
    {
      const KouanChecklistItem *item = kouan_checklist_get_nth (checklist, i);
      const char *kind = kouan_document_item_get_id (item->document);
      KouanVisitDocument *document = kouan_visit_find_document (self->visit, kind);
      g_autofree char *name = kouan_application_member_name (i + 1, kind);

      if (document == NULL || document->sheets->len == 0)
        continue;
      kouan_submission_add_later (submission, name, KOUAN_PDF_SIZE_MAX, read_paper,
                                  paper_new (self, document), (GDestroyNotify)paper_free);
    }
}

typedef struct
{
  KouanDraft *draft;
  char *file;
} Portrait;

static void
portrait_free (Portrait *portrait)
{
  g_clear_object (&portrait->draft);
  g_free (portrait->file);
  g_free (portrait);
}

static GBytes *
read_portrait (gpointer data, GError **error)
{
  Portrait *portrait = data;

  return kouan_draft_read_page (portrait->draft, portrait->file, error);
}

static void
add_portrait (KouanSession *self, KouanSubmission *submission)
{
  Portrait *portrait;

  if (self->visit->portrait == NULL)
    return;
  portrait = g_new0 (Portrait, 1);
  portrait->draft = g_object_ref (self->draft);
  portrait->file = g_strdup (self->visit->portrait->file);
  kouan_submission_add_later (submission, KOUAN_APPLICATION_PORTRAIT, PORTRAIT_SIZE_MAX,
                              read_portrait, portrait, (GDestroyNotify)portrait_free);
}

static void
add_missing (KouanSession *self, KouanSubmission *submission, KouanChecklist *checklist)
{
  g_auto (GStrv) kept = kouan_application_kept_ids (self->visit);
  g_autoptr (GArray) missing = kouan_checklist_missing (checklist, (const char *const *)kept);

  for (guint i = 0; i < missing->len; i++)
    kouan_submission_add_missing (submission, g_array_index (missing, KouanMissing, i).code);
}

static void
add_texts (KouanSession *self, KouanSubmission *submission, const KouanContext *context)
{
  g_autoptr (KouanMrz) mrz = kouan_session_get_mrz (self);
  g_autoptr (GBytes) application = kouan_application_json (
    self->visit, self->service, kouan_catalogue_get_version (self->catalogue), context, mrz,
    kouan_clock_wall_s (self->clock));
  g_autoptr (GBytes) identity = kouan_identity_json (self->visit, mrz);
  g_autoptr (GBytes) consents = kouan_consents_json (self->visit);
  g_autoptr (GBytes) signature = kouan_signature_svg (self->visit);

  kouan_submission_add (submission, "application.json", application);
  kouan_submission_add (submission, "identity.json", identity);
  kouan_submission_add (submission, "consents.json", consents);
  kouan_submission_add (submission, "signature.svg", signature);
}

static KouanSubmission *
submission_for (KouanSession *self)
{
  KouanSubmission *submission = kouan_submission_new (self->visit->service);
  g_autoptr (KouanChecklist) checklist = kouan_session_checklist (self);
  KouanContext context;

  kouan_session_get_context (self, &context);
  kouan_submission_set_code (submission, self->visit->code_id);
  kouan_submission_set_draft (submission, kouan_draft_get_name (self->draft));
  add_texts (self, submission, &context);
  add_portrait (self, submission);
  add_papers (self, submission, checklist);
  add_missing (self, submission, checklist);
  return submission;
}

typedef struct
{
  KouanSession *session;
  double fraction;
} Progress;

static gboolean
on_progress_posted (gpointer data)
{
  Progress *progress = data;

  if (progress->session->state == KOUAN_STATE_SUBMIT)
    kouan_session_set_progress (progress->session, progress->fraction);
  return G_SOURCE_REMOVE;
}

static void
progress_free (Progress *progress)
{
  g_clear_object (&progress->session);
  g_free (progress);
}

/* On the worker. The reference that it takes is given back in the main context. */
static void
on_outbox_progress (double fraction, gpointer data)
{
  Job *job = data;
  Progress *progress = g_new0 (Progress, 1);

  progress->session = g_weak_ref_get (&job->session);
  progress->fraction = fraction;
  if (progress->session == NULL)
    {
      g_free (progress);
      return;
    }
  g_idle_add_full (G_PRIORITY_DEFAULT, on_progress_posted, progress, (GDestroyNotify)progress_free);
}

static gpointer
work (gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (KouanDatabase) db = kouan_outbox_open_database (job->outbox, error);

  if (db == NULL)
    return NULL;
  return kouan_outbox_submit (job->outbox, db, job->submission, on_outbox_progress, job,
                              cancellable, error);
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer data G_GNUC_UNUSED)
{
  KouanSession *self = KOUAN_SESSION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanSubmitted) submitted = g_task_propagate_pointer (G_TASK (result), &error);

  if (submitted == NULL)
    {
      kouan_session_audit (self, "record.not-submitted", "failed");
      kouan_session_send (self, KOUAN_EVENT_SUBMIT_FAILED);
      kouan_session_set_trouble (self, kouan_trouble_from_error (error));
      return;
    }
  self->receipt_number = g_strdup (submitted->number);
  self->receipt_code = g_strdup (submitted->slip);
  self->receipt_time_s = submitted->time_s;
  self->declaration_code = kouan_session_declare (self);
  kouan_session_forget_draft (self);
  kouan_session_send (self, KOUAN_EVENT_SUBMITTED);
}

/* Begins; ends by itself with SUBMITTED or SUBMIT_FAILED. Leaving the state does not stop it: there
 * is no other way out of it. */
void
kouan_session_submit (KouanSession *self)
{
  Job *job = g_new0 (Job, 1);
  GTask *task = g_task_new (self, NULL, on_submitted, NULL);

  job->outbox = g_object_ref (self->outbox);
  job->submission = submission_for (self);
  g_weak_ref_init (&job->session, self);
  kouan_session_set_progress (self, 0);
  kouan_work_start (task, work, job, (GDestroyNotify)job_free,
                    (GDestroyNotify)kouan_submitted_free);
}
