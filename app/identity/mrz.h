/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define KOUAN_MRZ_LINES_MAX 3
#define KOUAN_MRZ_LENGTH_MAX 44

typedef enum
{
  KOUAN_MRZ_TD1,   /* 3 × 30, cards */
  KOUAN_MRZ_TD2,   /* 2 × 36 */
  KOUAN_MRZ_TD3,   /* 2 × 44, passports */
  KOUAN_MRZ_MRV_A, /* 2 × 44, visas */
  KOUAN_MRZ_MRV_B, /* 2 × 36, visas */
} KouanMrzFormat;
#define KOUAN_MRZ_N_FORMATS 5

typedef enum
{
  KOUAN_MRZ_FIELD_NONE,
  KOUAN_MRZ_FIELD_DOCUMENT_CODE,
  KOUAN_MRZ_FIELD_ISSUER,
  KOUAN_MRZ_FIELD_NAME,
  KOUAN_MRZ_FIELD_DOCUMENT_NUMBER,
  KOUAN_MRZ_FIELD_DOCUMENT_NUMBER_CHECK,
  KOUAN_MRZ_FIELD_NATIONALITY,
  KOUAN_MRZ_FIELD_BIRTH,
  KOUAN_MRZ_FIELD_BIRTH_CHECK,
  KOUAN_MRZ_FIELD_SEX,
  KOUAN_MRZ_FIELD_EXPIRY,
  KOUAN_MRZ_FIELD_EXPIRY_CHECK,
  KOUAN_MRZ_FIELD_OPTIONAL,        /* TD3: the personal number */
  KOUAN_MRZ_FIELD_OPTIONAL_CHECK,  /* TD3 only */
  KOUAN_MRZ_FIELD_OPTIONAL_2,      /* TD1, line 2 */
  KOUAN_MRZ_FIELD_COMPOSITE_CHECK, /* none on visas */
} KouanMrzField;

/* The check digits, in the order of kouan_mrz_get_check. */
typedef enum
{
  KOUAN_MRZ_CHECK_DOCUMENT_NUMBER,
  KOUAN_MRZ_CHECK_BIRTH,
  KOUAN_MRZ_CHECK_EXPIRY,
  KOUAN_MRZ_CHECK_OPTIONAL,
  KOUAN_MRZ_CHECK_COMPOSITE,
} KouanMrzCheckDigit;
#define KOUAN_MRZ_N_CHECKS 5

typedef struct
{
  gboolean present; /* this format has it */
  gboolean fits;
  char printed;  /* as read */
  char computed; /* as it has to be */
} KouanMrzCheck;

typedef enum
{
  KOUAN_SEX_UNSPECIFIED,
  KOUAN_SEX_FEMALE,
  KOUAN_SEX_MALE,
} KouanSex;

/* A day of which parts may be unknown (9303-3 §4.8). */
typedef struct
{
  guint year;  /* with its century; 0: unknown */
  guint month; /* 1 to 12; 0: unknown */
  guint day;   /* 1 to 31; 0: unknown */
} KouanMrzDate;

/* What a machine readable zone says. Read only; strings are without fillers, "" where the zone has
 * none. */
typedef struct
{
  KouanMrzFormat format;
  char lines[KOUAN_MRZ_LINES_MAX][KOUAN_MRZ_LENGTH_MAX + 1]; /* the text as it was read */
  char document_code[3];
  char issuer[4];
  char nationality[4];
  char primary[KOUAN_MRZ_LENGTH_MAX + 1];   /* components with one space between them */
  char secondary[KOUAN_MRZ_LENGTH_MAX + 1]; /* "" when the name is not divided */
  gboolean name_may_be_cut;                 /* the field is full to its last position */
  char document_number[24];                 /* fillers inside as spaces; a long one whole */
  gboolean long_number;                     /* it goes on in the optional data */
  gboolean long_number_counts_filler;       /* its check digit counts the filler between, as
                                         some cards do */
  KouanMrzDate birth;
  KouanMrzDate expiry;
  KouanSex sex;
  char optional[KOUAN_MRZ_LENGTH_MAX
                + 1]; /* fillers inside as spaces; without a number's continuation */
  char optional_2[KOUAN_MRZ_LENGTH_MAX + 1];
  KouanMrzCheck checks[KOUAN_MRZ_N_CHECKS];
} KouanMrz;

#define KOUAN_TYPE_MRZ (kouan_mrz_get_type ())
GType kouan_mrz_get_type (void);

typedef enum
{
  KOUAN_MRZ_PROBLEM_LINE_COUNT,  /* neither two nor three lines */
  KOUAN_MRZ_PROBLEM_LINE_LENGTH, /* @expected: how long the line should be, as a number; 0: like
                                    line 1 */
  KOUAN_MRZ_PROBLEM_CHARACTER,   /* a character that no zone has */
  KOUAN_MRZ_PROBLEM_LETTER,      /* a digit where only letters stand */
  KOUAN_MRZ_PROBLEM_DIGIT,       /* a letter where only digits stand */
  KOUAN_MRZ_PROBLEM_DOCUMENT_CODE,
  KOUAN_MRZ_PROBLEM_COUNTRY, /* a code that 9303-3 §5 does not have */
  KOUAN_MRZ_PROBLEM_NAME,    /* begins with a filler, or is empty */
  KOUAN_MRZ_PROBLEM_DATE,    /* a day that no calendar has */
  KOUAN_MRZ_PROBLEM_SEX,
  KOUAN_MRZ_PROBLEM_EMPTY, /* a field that may not be empty */
  KOUAN_MRZ_PROBLEM_CHECK_DIGIT,
} KouanMrzProblemCode;

typedef struct
{
  KouanMrzProblemCode code;
  KouanMrzField field;
  guint line;     /* 0 is the first */
  guint start;    /* 0 is the first character */
  guint length;   /* the cells to mark */
  guint expected; /* see the codes; for a check digit the character that would fit */
} KouanMrzProblem;

/* Both directions. @lines end with NULL. */
KouanMrz *kouan_mrz_parse (const char *const *lines, const GDate *today, GArray **problems);
KouanMrz *kouan_mrz_ref (KouanMrz *self);
void kouan_mrz_unref (KouanMrz *self);
gboolean kouan_mrz_checks_fit (const KouanMrz *self);
gboolean kouan_mrz_date_to_gdate (const KouanMrzDate *date,
                                  GDate *day); /* FALSE if a part is unknown */
char *
kouan_mrz_date_to_string (const KouanMrzDate *date); /* "1974-08-12", "1974-XX-XX", "XXXX-XX-XX" */
char *kouan_mrz_date_to_zone (const KouanMrzDate *date);   /* "740812", "74<<<<" */
/* Rare but possible: let the person confirm. */
gboolean kouan_mrz_problem_may_pass (const KouanMrzProblem *problem);
char *kouan_mrz_problem_sentence (const KouanMrzProblem *problem);
const char *kouan_mrz_problem_id (KouanMrzProblemCode code);
const char *kouan_mrz_field_id (KouanMrzField field);
const char *kouan_mrz_format_id (KouanMrzFormat format);
const char *kouan_mrz_check_id (KouanMrzCheckDigit check);

/* What goes into a zone that is to be made; any text may be UTF-8 and is transliterated. */
typedef struct
{
  KouanMrzFormat format;
  const char *document_code;
  const char *issuer;
  const char *nationality;
  const char *primary;
  const char *secondary;
  const char *document_number;
  KouanMrzDate birth;
  KouanMrzDate expiry;
  KouanSex sex;
  const char *optional;   /* (nullable) */
  const char *optional_2; /* (nullable) TD1 */
} KouanMrzContent;

typedef enum
{
  KOUAN_MRZ_ERROR_UNFIT, /* a field that the format cannot hold; the message names it */
} KouanMrzError;
#define KOUAN_MRZ_ERROR (kouan_mrz_error_quark ())
GQuark kouan_mrz_error_quark (void);

GStrv kouan_mrz_make (const KouanMrzContent *content, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char kouan_mrz_check_digit (const char *text, gsize size); /* 7-3-1, 9303-3 §4.9 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanMrz, kouan_mrz_unref)

G_END_DECLS
