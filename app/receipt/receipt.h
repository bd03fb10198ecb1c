/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/language/language.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The paper of a receipt printer; the height is whatever the content needs. */
#define KOUAN_RECEIPT_WIDTH_MM 80.0

/* A text for the person and for the hall; printed once where the languages are the same. */
typedef struct
{
  const char *visitor;
  const char *hall; /* (nullable): not there in that language */
} KouanReceiptText;

typedef struct
{
  KouanReceiptText what; /* "Accommodation registration" */
  KouanReceiptText how;  /* "Get it at the police station of where you live, within 24 hours." */
} KouanReceiptMissing;

typedef struct
{
  const KouanLanguage *visitor_language;
  const KouanLanguage *hall_language;
  KouanReceiptText hall_name;
  KouanReceiptText service;
  KouanReceiptText handed_in;         /* date and time, as the languages write them */
  const char *number;                 /* with its check character, as it is read out */
  const char *code;                   /* the signed receipt: "KR1:…" */
  const char *missing_text;           /* (nullable): the list as plain text, for any telephone */
  const char *created;                /* ISO 8601, for the PDF's own record */
  const KouanReceiptMissing *missing; /* all of it */
  guint n_missing;
  const KouanReceiptText *next; /* steps, in their order */
  guint n_next;
  gboolean is_copy;
  const char *const *group; /* (nullable): the numbers of a group, in place of what is missing */
} KouanReceiptContent;

GBytes *kouan_receipt_render_pdf (const KouanReceiptContent *content,
                                  double *height_mm) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
