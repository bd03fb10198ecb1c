/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/hub/hub-store.h"

/* A hub's store with one hall and kiosk 7, for tests that run on SQLite and on PostgreSQL alike. */

#define NOW_S 1800000000
#define LATER_S (NOW_S + 1000)

typedef struct
{
  char *folder;
  char *address;
  KouanHubStore *store;
  gint64 enrolment;
} StoreFixture;

typedef struct
{
  const char *name;
  void (*function) (StoreFixture *fixture, gconstpointer data);
} StoreTest;

int store_run (int argc, char **argv, const StoreTest *tests, gsize n_tests);

void store_put_hall (KouanHubStore *store, const char *name);
void store_enrol (StoreFixture *fixture, guint kiosk_id, guint8 certificate);
void store_fill_offer (
  StoreFixture *fixture, KouanHubOffer *offer, guint8 id, gint64 sequence, guint8 code);
KouanHubOfferAnswer store_offer (StoreFixture *fixture, const KouanHubOffer *what);
GBytes *store_sign (const KouanHubRecord *record, gpointer data);
KouanHubRecord *store_send_whole (StoreFixture *fixture, guint8 id, gint64 sequence, guint8 code);
