/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/deadline.h"
#include "app/catalogue/expression.h"
#include "app/catalogue/phrase.h"

G_BEGIN_DECLS

/* Inside this folder only: what a service is made of. Written by the loader, read by everything
 * else. */
struct _KouanRule
{
  char *id;
  KouanPhrase *text;
  KouanPhrase *source;
  char *jurisdiction;
  KouanGrade grade;
  GDate as_of;
  GDate review_by;
};

struct _KouanChoice
{
  char *id;
  KouanPhrase *label;
};

struct _KouanQuestion
{
  KouanService *service; /* not a reference: the service owns its questions */
  guint index;           /* in the service; conditions see what stands before */
  char *id;
  char *path; /* of what asks it, in the file */
  KouanQuestionKind kind;
  KouanPattern pattern;
  gboolean required;
  gboolean shared; /* the same for everybody in a group */
  guint min_length;
  guint max_length;
  KouanPhrase *section; /* the service's */
  KouanPhrase *label;
  KouanPhrase *hint;          /* (nullable) */
  KouanExpression *minimum;   /* (nullable) a date or a number */
  KouanExpression *maximum;   /* (nullable) */
  KouanPhrase *range_problem; /* (nullable) what to say when it is neither */
  KouanExpression *shown_if;  /* (nullable) */
  KouanExpression *times;     /* (nullable) of a repeated one: how many there are */
  guint turn;                 /* which of them this is, from 1 */
  GPtrArray *choices;         /* of KouanChoice */
  GPtrArray *choice_ids;      /* (element-type utf8) of @choices */
  GPtrArray *rules;           /* of KouanRule, the service's */
};

struct _KouanDocumentGroup
{
  char *id;
  guint code;
  KouanPhrase *name;
};

typedef enum
{
  KOUAN_DOCUMENT_REQUIRED,
  KOUAN_DOCUMENT_OPTIONAL,
  KOUAN_DOCUMENT_EITHER_OR,
} KouanDocumentNeed;

struct _KouanAuthentication
{
  KouanPhrase *text;
  KouanExpression *when; /* (nullable) */
  GPtrArray *rules;
};

struct _KouanDocumentItem
{
  char *id;
  guint code;
  KouanPhrase *name;
  KouanPhrase *hint; /* (nullable) */
  KouanDocumentNeed need;
  KouanDocumentGroup *group;  /* (nullable) the service's */
  KouanExpression *needed_if; /* (nullable) */
  gboolean may_come_later;
  gboolean colour;
  gboolean zone;
  gboolean translation;
  GPtrArray *in;             /* (element-type utf8) BCP 47: what the desk reads it in; empty: any */
  GPtrArray *in_names;       /* (element-type utf8) what these call themselves */
  GPtrArray *authentication; /* of KouanAuthentication: the first that holds */
  GPtrArray *refuse;         /* (element-type utf8): findings with which the desk takes no page */
  guint max_pages;
  guint max_age_months;
  GPtrArray *rules;
};

struct _KouanFee
{
  char *id;
  KouanPhrase *name;
  gint64 amount;
  char *currency;
  KouanExpression *when; /* (nullable) */
  gboolean additional;   /* it may come beside another */
  GPtrArray *rules;
};

struct _KouanDeadline
{
  char *id;
  KouanPhrase *name;
  KouanPhrase *after;
  KouanExpression *when; /* (nullable) */
  KouanExpression *from;
  KouanExpression *last;
  GPtrArray *rules;
};

struct _KouanEligibility
{
  KouanPhrase *text;
  KouanExpression *when;
  GPtrArray *rules;
};

struct _KouanPoint
{
  KouanPhrase *reason;
  KouanExpression *when; /* (nullable) */
  KouanExpression *points;
  GPtrArray *rules;
};

typedef struct
{
  gint64 from; /* points */
  KouanPhrase *text;
} KouanBand;

struct _KouanEstimate
{
  char *id;
  KouanPhrase *name;
  gint64 max;
  GPtrArray *items; /* of KouanPoint */
  GPtrArray *bands; /* of KouanBand, from the highest */
  GPtrArray *rules;
};

struct _KouanOutcome
{
  char *id;
  guint code; /* what a signed code carries */
  gboolean officer;
  KouanPhrase *name;
  KouanExpression *when; /* (nullable) */
  GPtrArray *rules;
};

struct _KouanService
{
  gatomicrefcount refs;
  char *file; /* its name in the folder */
  char *id;
  guint code;
  KouanPhrase *name;
  KouanPhrase *description;
  KouanPhrase *audience;
  GPtrArray *languages;       /* (element-type utf8) */
  GHashTable *language_names; /* BCP 47 → its own name, of those that the kiosk has no name for */
  GPtrArray *profiles;        /* (element-type utf8) */
  KouanPhrase *topic;         /* (nullable) the heading that it is offered under */
  gboolean information;       /* it is told, and not applied for */
  GHashTable *sections;       /* id → KouanPhrase */
  GHashTable *lists;          /* id → GHashTable, a set of texts */
  GPtrArray *rules;
  GPtrArray *questions;
  GHashTable *questions_by_id; /* borrows from @questions */
  GPtrArray *groups;
  GPtrArray *documents;
  GPtrArray *fees;
  GPtrArray *deadlines;
  GPtrArray *eligibility;
  GPtrArray *estimates;   /* of KouanEstimate */
  GPtrArray *outcomes;    /* of KouanOutcome: empty unless it is a declaration */
  GPtrArray *declared;    /* of KouanQuestion: what the signed code carries of the answers */
  char *travellers;       /* (nullable) the repeated question that the others are in */
  guint declaration_days; /* how long a signed code counts */
};

KouanService *kouan_service_new (const char *file);

KouanRule *kouan_model_rule_new (void);
KouanChoice *kouan_model_choice_new (void);
KouanQuestion *kouan_model_question_new (void);
KouanDocumentGroup *kouan_model_document_group_new (void);
KouanDocumentItem *kouan_model_document_item_new (void);
KouanFee *kouan_model_fee_new (void);
KouanDeadline *kouan_model_deadline_new (void);
KouanEligibility *kouan_model_eligibility_new (void);
KouanAuthentication *kouan_model_authentication_new (void);
KouanPoint *kouan_model_point_new (void);
KouanEstimate *kouan_model_estimate_new (void);
KouanOutcome *kouan_model_outcome_new (void);

void kouan_model_rule_free (KouanRule *self);
void kouan_model_choice_free (KouanChoice *self);
void kouan_model_question_free (KouanQuestion *self);
void kouan_model_document_group_free (KouanDocumentGroup *self);
void kouan_model_document_item_free (KouanDocumentItem *self);
void kouan_model_fee_free (KouanFee *self);
void kouan_model_deadline_free (KouanDeadline *self);
void kouan_model_eligibility_free (KouanEligibility *self);
void kouan_model_authentication_free (KouanAuthentication *self);
void kouan_model_point_free (KouanPoint *self);
void kouan_model_estimate_free (KouanEstimate *self);
void kouan_model_outcome_free (KouanOutcome *self);

/* What a name in an expression stands for: "today", "age" …, or a question that stands before. */
gboolean kouan_context_symbol (const char *name, KouanSymbol *symbol);
gboolean
kouan_question_symbol (KouanService *service, const char *name, guint before, KouanSymbol *symbol);

/* Whether a question is asked, by how @run takes an expression. */
typedef KouanValue (*KouanRunFunc) (KouanExpression *expression, gpointer data);
KouanValue kouan_question_shown (KouanQuestion *self, KouanRunFunc run, gpointer data);

/* The answers of one visit, with what they show: kept while several expressions are evaluated. */
typedef struct
{
  KouanService *service;
  KouanAnswers *answers;
  const KouanContext *context;
  guint8 *visible; /* one a question */
} KouanEvaluation;

void kouan_evaluation_init (KouanEvaluation *self,
                            KouanService *service,
                            KouanAnswers *answers,
                            const KouanContext *context);
void kouan_evaluation_clear (KouanEvaluation *self);
KouanValue kouan_evaluation_run (KouanEvaluation *self, KouanExpression *expression);
gboolean kouan_evaluation_holds (KouanEvaluation *self, KouanExpression *when);
gboolean kouan_number_parse (const char *text, gint64 *number);
KouanValue kouan_answer_value (KouanQuestion *question, const char *answer);
gboolean kouan_rules_are_certain (GPtrArray *rules, const GDate *today);
gboolean kouan_rules_are_all_certain (GPtrArray *rules, const GDate *today);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanEvaluation, kouan_evaluation_clear)

G_END_DECLS
