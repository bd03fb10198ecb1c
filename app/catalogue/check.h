/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_FAULT_SYNTAX,      /* not JSON */
  KOUAN_FAULT_SHAPE,       /* a member is missing, unknown, or of another type */
  KOUAN_FAULT_VALUE,       /* a value that is not allowed */
  KOUAN_FAULT_DUPLICATE,   /* an id or a code twice */
  KOUAN_FAULT_REFERENCE,   /* something that is not there */
  KOUAN_FAULT_LANGUAGE,    /* a text lacks a language */
  KOUAN_FAULT_EXPRESSION,  /* a condition that does not read */
  KOUAN_FAULT_RULE,        /* a rule without a source, or something that no rule stands behind */
  KOUAN_FAULT_UNREACHABLE, /* a question that no answer ever shows */
  KOUAN_FAULT_NEVER_ASKED, /* a document that no answer ever asks for */
  KOUAN_FAULT_OVERLAP,     /* two fees for one thing */
  KOUAN_FAULT_TRANSLATION, /* a warning: a language of the hall that the file does not have yet */
  KOUAN_FAULT_REVIEW,      /* a warning: past its review date, the desk is asked instead */
} KouanFaultKind;

typedef struct
{
  KouanFaultKind kind;
  gboolean warning;
  char *file;   /* its name in the folder */
  char *path;   /* JSONPath: "$.documents[3].needed_if" */
  char *what;   /* what is wrong */
  char *remedy; /* what to do */
} KouanFault;

GPtrArray *kouan_catalogue_check (const char *folder,
                                  const GDate *today,
                                  const char *const *languages,
                                  guint *n_services,
                                  GError **error); /* of KouanFault */
const char *kouan_fault_id (KouanFaultKind kind);
void kouan_fault_free (KouanFault *self);

G_END_DECLS
