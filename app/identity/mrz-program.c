/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/mrz-decode.h"
#include "app/identity/mrz-zone.h"

/* Which cells the check digits count, in which order: parts 4 to 7 of Doc 9303, §4.2.2 each. */

static void
add_step (KouanMrzProgram *program, KouanMrzStepKind kind, guint line, guint position)
{
  g_assert (program->count < KOUAN_MRZ_STEPS_MAX);

  program->steps[program->count++] = (KouanMrzStep){ kind, (guint8)line, (guint8)position };
}

/* The cells of @slot from @first to before @last, counted inside the slot. */
static void
add_cells (KouanMrzProgram *program,
           KouanMrzStepKind kind,
           const KouanMrzSlot *slot,
           guint first,
           guint last)
{
  for (guint i = first; i < last; i++)
    add_step (program, kind, slot->line, slot->start + i);
}

static void
add_field (KouanMrzProgram *program, KouanMrzFormat format, KouanMrzField field)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (format, field);
  const KouanMrzSlot *check = kouan_mrz_slot (format, field + 1);

  add_cells (program, KOUAN_MRZ_STEP_FIELD, slot, 0, slot->length);
  add_step (program,
            field == KOUAN_MRZ_FIELD_OPTIONAL ? KOUAN_MRZ_STEP_CHECK_OR_FILLER
                                              : KOUAN_MRZ_STEP_CHECK,
            check->line, check->start);
}

/* A number that goes on for @more cells of the optional data, its check digit among them (part 5
 * §4.2.2, note j); @counts: its check digit counts the filler between. */
static void
add_long_number (KouanMrzProgram *program, guint more, gboolean counts)
{
  const KouanMrzSlot *number = kouan_mrz_slot (KOUAN_MRZ_TD1, KOUAN_MRZ_FIELD_DOCUMENT_NUMBER);
  const KouanMrzSlot *optional = kouan_mrz_slot (KOUAN_MRZ_TD1, KOUAN_MRZ_FIELD_OPTIONAL);

  add_cells (program, KOUAN_MRZ_STEP_FIELD, number, 0, number->length);
  add_step (program, counts ? KOUAN_MRZ_STEP_FILLER_IN : KOUAN_MRZ_STEP_FILLER, number->line,
            number->start + number->length);
  add_cells (program, KOUAN_MRZ_STEP_FIELD, optional, 0, more - 1);
  add_cells (program, KOUAN_MRZ_STEP_CHECK, optional, more - 1, more);
  if (more < optional->length)
    add_cells (program, KOUAN_MRZ_STEP_FILLER, optional, more, more + 1);
  if (more + 1 < optional->length)
    add_cells (program, KOUAN_MRZ_STEP_BESIDE, optional, more + 1, optional->length);
}

static void
add_rest (KouanMrzProgram *program, KouanMrzFormat format)
{
  const KouanMrzSlot *optional = kouan_mrz_slot (format, KOUAN_MRZ_FIELD_OPTIONAL);
  const KouanMrzSlot *second = kouan_mrz_slot (format, KOUAN_MRZ_FIELD_OPTIONAL_2);
  const KouanMrzSlot *composite = kouan_mrz_slot (format, KOUAN_MRZ_FIELD_COMPOSITE_CHECK);

  add_field (program, format, KOUAN_MRZ_FIELD_BIRTH);
  add_field (program, format, KOUAN_MRZ_FIELD_EXPIRY);
  if (composite == NULL)
    return;
  if (format == KOUAN_MRZ_TD3)
    add_field (program, format, KOUAN_MRZ_FIELD_OPTIONAL);
  else if (format == KOUAN_MRZ_TD2)
    add_cells (program, KOUAN_MRZ_STEP_BESIDE, optional, 0, optional->length);
  else
    add_cells (program, KOUAN_MRZ_STEP_BESIDE, second, 0, second->length);
  add_step (program, KOUAN_MRZ_STEP_COMPOSITE, composite->line, composite->start);
}

/**
 * kouan_mrz_programs:
 * @programs: (out): room for KOUAN_MRZ_PROGRAMS_MAX
 *
 * Returns: how many ways there are for a zone of this format to be right as a whole. The long
 * numbers of two-line cards are not among them: their parts stand in the wrong order.
 */
guint
kouan_mrz_programs (KouanMrzFormat format, KouanMrzProgram *programs)
{
  const KouanMrzSlot *optional = kouan_mrz_slot (format, KOUAN_MRZ_FIELD_OPTIONAL);
  guint count = 1;

  programs[0].count = 0;
  add_field (&programs[0], format, KOUAN_MRZ_FIELD_DOCUMENT_NUMBER);
  if (format == KOUAN_MRZ_TD1)
    add_cells (&programs[0], KOUAN_MRZ_STEP_BESIDE, optional, 0, optional->length);
  add_rest (&programs[0], format);
  for (guint more = 2; format == KOUAN_MRZ_TD1 && more <= optional->length; more++)
    for (guint counts = 0; counts < 2; counts++)
      {
        programs[count].count = 0;
        add_long_number (&programs[count], more, counts == 1);
        add_rest (&programs[count], format);
        count++;
      }
  return count;
}

/* Returns: whether the format has this check digit over one field of its own */
gboolean
kouan_mrz_field_program (KouanMrzFormat format, KouanMrzCheckDigit check, KouanMrzProgram *program)
{
  static const KouanMrzField fields[] = { KOUAN_MRZ_FIELD_DOCUMENT_NUMBER, KOUAN_MRZ_FIELD_BIRTH,
                                          KOUAN_MRZ_FIELD_EXPIRY, KOUAN_MRZ_FIELD_OPTIONAL };

  program->count = 0;
  if (check >= G_N_ELEMENTS (fields) || kouan_mrz_slot (format, fields[check] + 1) == NULL
      || (check == KOUAN_MRZ_CHECK_OPTIONAL && format != KOUAN_MRZ_TD3))
    return FALSE;
  add_field (program, format, fields[check]);
  return TRUE;
}
