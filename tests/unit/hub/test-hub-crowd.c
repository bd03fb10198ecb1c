/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/hub/store-kit.h"

#include <string.h>

/* Many at once on one store: each record is kept once, and what waits for the disk together is
 * judged apart. */

#define THREADS 4
#define EACH 25

typedef struct
{
  StoreFixture *fixture;
  guint8 base;
} Worker;

static gpointer
work (gpointer data)
{
  Worker *worker = data;

  for (guint8 i = 0; i < EACH; i++)
    {
      g_autoptr (KouanHubRecord) record = store_send_whole (
        worker->fixture, (guint8)(worker->base + i), (gint64)(worker->base + i), 0);

      g_assert_nonnull (record);
    }
  return NULL;
}

static void
test_many_threads (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  Worker workers[THREADS];
  GThread *threads[THREADS];
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; i < THREADS; i++)
    {
      workers[i] = (Worker){ fixture, (guint8)(1 + i * EACH) };
      threads[i] = g_thread_new ("store", work, &workers[i]);
    }
  for (guint i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
  records = kouan_hub_store_list_records (fixture->store, 0, 1000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, THREADS * EACH);
  for (guint i = 0; i < records->len; i++)
    g_assert_cmpint (((KouanHubRecord *)records->pdata[i])->hub_sequence, ==, i + 1);
}

typedef struct
{
  StoreFixture *fixture;
  guint8 id;
  int *arrived; /* atomic */
  KouanHubRecord *record;
  GError *error;
} Committer;

/* The first one holds up the others until they stand in line. */
static GBytes *
sign_slowly (const KouanHubRecord *record, gpointer data)
{
  Committer *self = data;

  while (self->id == 1 && g_atomic_int_get (self->arrived) < 3)
    g_thread_yield ();
  return store_sign (record, NULL);
}

static gpointer
commit_one (gpointer data)
{
  Committer *self = data;
  guint8 id[KOUAN_HUB_ID_SIZE];

  memset (id, self->id, sizeof id);
  if (self->id != 1)
    g_atomic_int_inc (self->arrived);
  self->record
    = kouan_hub_store_commit (self->fixture->store, id, NOW_S, sign_slowly, self, &self->error);
  return NULL;
}

/* Records that wait for the disk together share nothing else: the one that is not whole keeps none
 * of the others back, and the one that comes twice is one. */
static void
test_commit_together (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const guint8 ids[] = { 1, 2, 3, 3 };
  const gint64 sizes[] = { 100, 99, 100 };
  int arrived = 0;
  Committer committers[G_N_ELEMENTS (ids)];
  GThread *threads[G_N_ELEMENTS (ids)];

  for (guint8 i = 0; i < 3; i++)
    {
      g_auto (KouanHubOffer) what = { 0 };
      g_autoptr (GError) error = NULL;

      store_fill_offer (fixture, &what, i + 1, i + 1, 0);
      store_offer (fixture, &what);
      g_assert_true (
        kouan_hub_store_advance (fixture->store, what.id, 0, sizes[i], LATER_S, &error));
    }
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      committers[i] = (Committer){ fixture, ids[i], &arrived, NULL, NULL };
      threads[i] = g_thread_new ("commit", commit_one, &committers[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_thread_join (threads[i]);
  g_assert_null (committers[1].record);
  g_assert_error (committers[1].error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (i != 1)
      g_assert_no_error (committers[i].error);
  g_assert_cmpint (committers[0].record->hub_sequence + committers[2].record->hub_sequence, ==, 3);
  g_assert_cmpint (committers[2].record->hub_sequence, ==, committers[3].record->hub_sequence);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_clear_pointer (&committers[i].record, kouan_hub_record_free);
      g_clear_error (&committers[i].error);
    }
}

static const StoreTest tests[] = {
  { "many-threads", test_many_threads },
  { "commit-together", test_commit_together },
};

int
main (int argc, char **argv)
{
  return store_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
