/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/answers.h"
#include "app/catalogue/context.h"

G_BEGIN_DECLS

/* A service of the hall, as its catalogue file tells it. Everything here belongs to the service and
 * lives as long as it; nothing changes once it is loaded. Languages are BCP 47; a text falls back
 * from "zh-Hans-CN" to "zh-Hans" and "zh", then to English, then to any. */
typedef struct _KouanService KouanService;
typedef struct _KouanQuestion KouanQuestion;
typedef struct _KouanChoice KouanChoice;
typedef struct _KouanDocumentItem KouanDocumentItem;
typedef struct _KouanDocumentGroup KouanDocumentGroup; /* either-or: one of its items is enough */
typedef struct _KouanRule KouanRule;
typedef struct _KouanFee KouanFee;
typedef struct _KouanDeadline KouanDeadline;
typedef struct _KouanEligibility KouanEligibility;
typedef struct _KouanAuthentication KouanAuthentication;
typedef struct _KouanPoint KouanPoint;
typedef struct _KouanEstimate KouanEstimate;
typedef struct _KouanOutcome KouanOutcome; /* what a declaration comes to */

typedef enum
{
  KOUAN_QUESTION_TEXT,
  KOUAN_QUESTION_DATE,
  KOUAN_QUESTION_NUMBER,
  KOUAN_QUESTION_CHOICE,
  KOUAN_QUESTION_YES_NO,
  KOUAN_QUESTION_ADDRESS,
  KOUAN_QUESTION_COUNTRY, /* a code of ICAO 9303-3 §5 */
} KouanQuestionKind;

/* How a text is typed: which keyboard, and what is let through. */
typedef enum
{
  KOUAN_PATTERN_ANY,
  KOUAN_PATTERN_NAME, /* letters of any script, space, hyphen, apostrophe, dot */
  KOUAN_PATTERN_DIGITS,
  KOUAN_PATTERN_LETTERS_DIGITS, /* A to Z and 0 to 9 */
  KOUAN_PATTERN_PHONE,          /* +, digits, spaces, hyphens; 5 to 15 digits (ITU-T E.164) */
  KOUAN_PATTERN_EMAIL,
  KOUAN_PATTERN_CREDIT_CODE, /* GB 32100: 18 characters, the last a check character */
} KouanPattern;

typedef enum
{
  KOUAN_GRADE_LAW,         /* the text of a law */
  KOUAN_GRADE_GOVERNMENT,  /* a government's own page */
  KOUAN_GRADE_SECOND_HAND, /* somebody else's account of it */
  KOUAN_GRADE_UNSURE,
} KouanGrade;

KouanService *kouan_service_ref (KouanService *self);
void kouan_service_unref (KouanService *self);
const char *kouan_service_get_id (KouanService *self);
guint kouan_service_get_code (KouanService *self); /* what appointment codes and receipts carry */
const char *kouan_service_get_name (KouanService *self, const char *language);
const char *kouan_service_get_description (KouanService *self, const char *language);
const char *kouan_service_get_audience (KouanService *self,
                                        const char *language); /* who it is for */
const char *kouan_service_get_topic (KouanService *self,
                                     const char *language); /* (nullable) heading of offers */
gboolean kouan_service_is_information (KouanService *self); /* told, not applied for */
gboolean kouan_service_has_profile (KouanService *self, const char *profile);
GPtrArray *
kouan_service_get_questions (KouanService *self); /* of KouanQuestion, in order, shown or not */
GPtrArray *kouan_service_get_documents (KouanService *self); /* of KouanDocumentItem */
GPtrArray *kouan_service_get_rules (KouanService *self);     /* of KouanRule */
KouanQuestion *kouan_service_find_question (KouanService *self, const char *id);
KouanDocumentItem *kouan_service_find_document (KouanService *self, const char *id);
KouanDocumentItem *kouan_service_find_document_by_code (KouanService *self, guint code);
KouanDocumentGroup *kouan_service_find_group_by_code (KouanService *self, guint code);

/* What these answers come to. Containers are the caller's, their elements the service's. */
GPtrArray *kouan_service_visible_questions (KouanService *self,
                                            KouanAnswers *answers,
                                            const KouanContext *context);
GPtrArray *kouan_service_unmet (KouanService *self,
                                KouanAnswers *answers,
                                const KouanContext *context); /* of KouanEligibility */
GPtrArray *kouan_service_fees (KouanService *self,
                               KouanAnswers *answers,
                               const KouanContext *context); /* of KouanFee */
GPtrArray *
kouan_service_desk_rules (KouanService *self,
                          KouanAnswers *answers,
                          const KouanContext *context); /* of KouanRule that apply and are past
                                                           review or below a government's word */
KouanAnswers *kouan_service_shared_answers (KouanService *self, KouanAnswers *answers);
void kouan_service_forget_hidden (KouanService *self,
                                  KouanAnswers *answers,
                                  const KouanContext *context);

const char *kouan_question_get_id (KouanQuestion *self);
KouanQuestionKind kouan_question_get_kind (KouanQuestion *self);
KouanPattern kouan_question_get_pattern (KouanQuestion *self);
gboolean kouan_question_is_required (KouanQuestion *self);
gboolean kouan_question_is_shared (KouanQuestion *self);   /* the same for everybody in a group */
guint kouan_question_get_max_length (KouanQuestion *self); /* characters */
const char *kouan_question_get_section (KouanQuestion *self,
                                        const char *language); /* heading it stands under */
const char *kouan_question_get_label (KouanQuestion *self, const char *language);
const char *kouan_question_get_hint (KouanQuestion *self, const char *language); /* (nullable) */
GPtrArray *
kouan_question_get_choices (KouanQuestion *self); /* of KouanChoice; empty unless a choice */
GPtrArray *kouan_question_get_rules (KouanQuestion *self); /* of KouanRule: why it is asked */
gboolean kouan_question_validate (KouanQuestion *self,
                                  const char *value, /* (nullable) */
                                  KouanAnswers *answers,
                                  const KouanContext *context,
                                  char **problem); /* (out) (optional) translated: what to do */
char *kouan_question_format_answer (KouanQuestion *self,
                                    const char *value,
                                    const char *language); /* for people */

const char *kouan_choice_get_id (KouanChoice *self);
const char *kouan_choice_get_label (KouanChoice *self, const char *language);

const char *kouan_document_item_get_id (KouanDocumentItem *self);
guint kouan_document_item_get_code (KouanDocumentItem *self); /* what receipts carry */
const char *kouan_document_item_get_name (KouanDocumentItem *self, const char *language);
const char *kouan_document_item_get_hint (
  KouanDocumentItem *self, const char *language); /* (nullable) how to get it, what it must show */
KouanDocumentGroup *kouan_document_item_get_group (KouanDocumentItem *self); /* (nullable) */
gboolean kouan_document_item_may_come_later (KouanDocumentItem *self);
gboolean kouan_document_item_needs_colour (KouanDocumentItem *self);
gboolean kouan_document_item_has_zone (KouanDocumentItem *self);
gboolean kouan_document_item_needs_translation (KouanDocumentItem *self);
gboolean kouan_document_item_refuses (KouanDocumentItem *self,
                                      const char *finding); /* a page with it is of no use */
GPtrArray *kouan_document_item_get_languages (
  KouanDocumentItem *self); /* (element-type utf8) what the desk reads it in; empty: any */
guint kouan_document_item_get_max_pages (KouanDocumentItem *self);
guint kouan_document_item_get_max_age_months (KouanDocumentItem *self); /* 0: any age */
GPtrArray *kouan_document_item_get_rules (KouanDocumentItem *self);     /* of KouanRule */

const char *kouan_document_group_get_id (KouanDocumentGroup *self);
guint
kouan_document_group_get_code (KouanDocumentGroup *self); /* from the same numbers as documents */
const char *kouan_document_group_get_name (KouanDocumentGroup *self, const char *language);

const char *kouan_rule_get_id (KouanRule *self);
const char *kouan_rule_get_text (KouanRule *self, const char *language);
const char *kouan_rule_get_source (KouanRule *self, const char *language);
const char *kouan_rule_get_jurisdiction (KouanRule *self);
KouanGrade kouan_rule_get_grade (KouanRule *self);
void kouan_rule_get_as_of (KouanRule *self, GDate *date);
void kouan_rule_get_review_by (KouanRule *self, GDate *date);
gboolean kouan_rule_is_due (KouanRule *self, const GDate *today); /* past its review date */
gboolean
kouan_rule_is_certain (KouanRule *self,
                       const GDate *today); /* a law's or a government's word, and not due */
char *
kouan_rule_format (KouanRule *self,
                   const GDate *today,
                   const char *language); /* text, source, date; says so where it is not certain */

const char *kouan_fee_get_id (KouanFee *self);
const char *kouan_fee_get_name (KouanFee *self, const char *language);
gint64 kouan_fee_get_amount (KouanFee *self);        /* in the currency's smallest unit */
const char *kouan_fee_get_currency (KouanFee *self); /* ISO 4217 */
char *kouan_fee_format_amount (KouanFee *self);      /* "CNY 400" */
gboolean kouan_fee_is_certain (KouanFee *self, const GDate *today);
GPtrArray *kouan_fee_get_rules (KouanFee *self); /* of KouanRule */

const char *kouan_eligibility_get_text (KouanEligibility *self,
                                        const char *language); /* what is not met, what to do */
GPtrArray *kouan_eligibility_get_rules (KouanEligibility *self);
gboolean kouan_eligibility_is_certain (KouanEligibility *self, const GDate *today);

const char *kouan_authentication_get_text (KouanAuthentication *self, const char *language);
GPtrArray *kouan_authentication_get_rules (KouanAuthentication *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanService, kouan_service_unref)

G_END_DECLS
