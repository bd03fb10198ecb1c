/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/outline.h"

G_BEGIN_DECLS

/* A small picture without its print: what the search looks at. */
typedef struct
{
  int width;
  int height;
  guint8 *rgb; /* width * height * 3 bytes */
} KouanGround;

/* A straight edge in it: the points where x * cos + y * sin = distance. Along it runs t, from 0. */
typedef struct
{
  double cosine;
  double sine;
  double distance;
  gboolean border; /* of the picture itself: nothing can be seen of what lies behind */
  int first;       /* t of the first sample, which may be negative */
  int count;
  float *inward;  /* sums up to t of how much the side of the normal looks like a page's inside */
  float *outward; /* the same of the other side */
} KouanEdge;

KouanGround *kouan_ground_new (KouanPage *page, guint side_max);
void kouan_ground_free (KouanGround *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanGround, kouan_ground_free)

GPtrArray *kouan_edges_find (const KouanGround *ground);
double kouan_edge_support (const KouanEdge *edge, double from, double to, gboolean inward);
gboolean kouan_edges_meet (const KouanEdge *a, const KouanEdge *b, KouanPoint *point);
double kouan_edge_along (const KouanEdge *edge, const KouanPoint *point);

G_END_DECLS
