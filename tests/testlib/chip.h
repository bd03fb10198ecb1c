/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/files.h"
#include "app/chip/transport.h"
#include "tests/testlib/issuer.h"

G_BEGIN_DECLS

/* A chip of a travel document of Utopia, as a program: command in, answer out (9303-10, 9303-11).
 * It misbehaves on demand. */
typedef struct _KouanTestChip KouanTestChip;

typedef enum
{
  KOUAN_TEST_CHIP_PACE = 1 << 0,
  KOUAN_TEST_CHIP_BAC = 1 << 1,
  KOUAN_TEST_CHIP_OPEN = 1 << 2, /* to anybody */
} KouanTestChipAccess;

typedef enum
{
  KOUAN_TEST_CHIP_AA_NONE,
  KOUAN_TEST_CHIP_AA_RSA_SHA1, /* 1024 bits, as the first generation has it */
  KOUAN_TEST_CHIP_AA_RSA_SHA256,
  KOUAN_TEST_CHIP_AA_ECDSA,
} KouanTestChipActive;

typedef enum
{
  KOUAN_TEST_CHIP_WORKS,
  KOUAN_TEST_CHIP_WRONG_MAC,
  KOUAN_TEST_CHIP_NO_STATUS,        /* a protected answer without DO 99 */
  KOUAN_TEST_CHIP_TRUNCATED_ANSWER, /* its last bytes are missing */
  KOUAN_TEST_CHIP_PLAIN_ANSWER,     /* data without any protection, and 9000 */
  KOUAN_TEST_CHIP_OTHER_STATUS,     /* the outer status is not the protected one */
  KOUAN_TEST_CHIP_SHORT_READER,     /* not the chip's: the reader fails at extended length */
  KOUAN_TEST_CHIP_LIFTED,           /* once; the next wait finds it laid back */
  KOUAN_TEST_CHIP_CLONE,            /* it has a copy of the files and not the keys */
  KOUAN_TEST_CHIP_WRONG_TOKEN,      /* in PACE and BAC: as if it did not know the password */
} KouanTestChipFault;

/* Zeros are a chip with BAC and nothing else; "lines" must be given. */
typedef struct
{
  const char *const *lines;
  const guint8 *portrait; /* NULL: 12,000 bytes that begin like a JPEG */
  gsize portrait_size;
  guint access;
  const char *can;           /* NULL: "123456" */
  const char *pace_protocol; /* NULL: ECDH, generic mapping, AES-128 */
  guint pace_parameters;     /* 0: brainpoolP256r1 */
  const char *chip_protocol; /* NULL: no chip authentication; else id-CA-… with dots */
  const char *chip_group;    /* its curve or RFC 5114 group; NULL: P-256 */
  KouanTestChipActive active;
  gboolean extended; /* it knows extended length */
  guint answer_max;  /* in EF.ATR/INFO; 0: it has no such file */
  gboolean no_short_identifiers;
} KouanTestChipOptions;

KouanTestChip *kouan_test_chip_new (KouanTestIssuer *issuer, const KouanTestChipOptions *options);
void kouan_test_chip_free (KouanTestChip *self);

/* @at: from which command on, counted from 1 since the chip was made */
void kouan_test_chip_set_fault (KouanTestChip *self, KouanTestChipFault fault, guint at);
GBytes *kouan_test_chip_get_file (KouanTestChip *self, KouanChipFile file); /* (transfer none) */
void kouan_test_chip_set_file (KouanTestChip *self,
                               KouanChipFile file,
                               GBytes *content); /* NULL: it has none; signed or not is not asked */
guint kouan_test_chip_get_count (KouanTestChip *self);

void kouan_test_chip_reset (KouanTestChip *self);
/* FALSE if the chip is not in the field */
gboolean
kouan_test_chip_answer (KouanTestChip *self, const guint8 *command, gsize size, GByteArray *answer);

/* In the process, without a reader. The chip stays the caller's. */
KouanChipTransport *kouan_test_chip_transport_new (KouanTestChip *chip);
/* NULL: nothing lies there. From any thread. */
void kouan_test_chip_transport_lay (KouanChipTransport *transport, KouanTestChip *chip);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTestChip, kouan_test_chip_free)

G_END_DECLS
