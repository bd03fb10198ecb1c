/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/typing/compose.h"

G_BEGIN_DECLS

#define KOUAN_LAYOUT_UNITS 20 /* of a row: half keys, ten keys side by side */
#define KOUAN_LAYOUT_ROWS_MAX 6

typedef enum
{
  KOUAN_LAYOUT_TYPE,
  KOUAN_LAYOUT_ERASE,
  KOUAN_LAYOUT_SHIFT,
  KOUAN_LAYOUT_SIGNS,
  KOUAN_LAYOUT_LETTERS,
  KOUAN_LAYOUT_OTHER, /* the letters of the other writing */
  KOUAN_LAYOUT_FILL,
  KOUAN_LAYOUT_GAP,
} KouanLayoutAction;

typedef struct
{
  KouanLayoutAction action;
  guint units;      /* width in half keys */
  char *text;       /* what is typed */
  const char *face; /* what is on the key: @text, or it with a circle to carry a mark */
  char *face_owned;
} KouanLayoutKey;

typedef enum
{
  KOUAN_LAYER_LETTERS,
  KOUAN_LAYER_SHIFT,
  KOUAN_LAYER_SIGNS,
  KOUAN_N_LAYERS,
} KouanLayer;

typedef struct
{
  char *id;
  char *label;    /* of the key that leads to it */
  char *language; /* BCP 47: what its letters are spoken in; "" for that of the page */
  KouanCompose compose;
  gboolean optional_first; /* the first row may be left out on a low screen */
  GPtrArray *rows[KOUAN_N_LAYERS]; /* (element-type GPtrArray of KouanLayoutKey); NULL: none */
} KouanLayout;

typedef struct _KouanLayouts KouanLayouts;

KouanLayouts *kouan_layouts_new (const char *data, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanLayouts *kouan_layouts_ref (KouanLayouts *self);
void kouan_layouts_unref (KouanLayouts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanLayouts, kouan_layouts_unref)

const KouanLayout *kouan_layouts_find (KouanLayouts *self, const char *id);
guint kouan_layouts_get_count (KouanLayouts *self);
const KouanLayout *kouan_layouts_get (KouanLayouts *self, guint index);

G_END_DECLS
