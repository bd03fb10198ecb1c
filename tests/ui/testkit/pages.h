/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/ui/testkit/scenes.h"
#include "tests/ui/testkit/visit.h"

G_BEGIN_DECLS

/* A page of the kiosk as it is, in a window as it is. */
typedef struct
{
  KouanTestVisit *visit;
  KouanWindow *window;
  KouanShell *shell;
} KouanTestView;

/* Each page of a visit and each of its faces. */
typedef struct
{
  const char *name;
  KouanFlowState state;
  void (*prepare) (KouanTestVisit *visit); /* (nullable): brings the visit there, instead of walking */
  void (*face) (KouanTestView *view);      /* (nullable): what a visitor does on the page */
} KouanTestPage;

const KouanTestPage *kouan_test_pages (guint *count);

/* Brings a new visit to @page. */
KouanTestVisit *kouan_test_page_visit (const KouanTestPage *page);

/* Shows @page of @visit as @settings say, with its camera's first picture. The language stays set. */
KouanTestView *kouan_test_view_new (const KouanTestPage *page,
                                    KouanTestVisit *visit,
                                    const KouanSceneSettings *settings);
void kouan_test_view_free (KouanTestView *self);

G_END_DECLS
