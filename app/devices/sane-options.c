/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/sane-options.h"

#include <math.h>
#include <sane/saneopts.h>
#include <string.h>

/* What every scanner is asked for: a sheet of A4 in colour, 8 bits a sample, 200 dots an inch.
 * Every scanner names its colours and counts its dots in its own way, and each may refuse; what it
 * then does anyway is read back from its parameters, and a page in gray is still a page. */

#define A4_WIDTH_MM 210.0
#define A4_HEIGHT_MM 297.0
#define MM_PER_INCH 25.4
#define DPI_WANTED 200
#define DPI_FALLBACK 200
#define VALUE_SIZE_MAX 65536

static const SANE_Option_Descriptor *
find_option (SANE_Handle handle, const char *name, SANE_Int *index)
{
  const SANE_Option_Descriptor *option;

  for (*index = 1; (option = sane_get_option_descriptor (handle, *index)) != NULL; (*index)++)
    if (option->name != NULL && g_str_equal (option->name, name))
      return option;
  return NULL;
}

static gboolean
can_be_set (const SANE_Option_Descriptor *option)
{
  return option != NULL && SANE_OPTION_IS_ACTIVE (option->cap)
         && SANE_OPTION_IS_SETTABLE (option->cap);
}

/* Some drivers write their remarks without looking whether anybody wants them. */
static gboolean
set_value (SANE_Handle handle, SANE_Int index, void *value)
{
  SANE_Int remarks = 0;

  return sane_control_option (handle, index, SANE_ACTION_SET_VALUE, value, &remarks)
         == SANE_STATUS_GOOD;
}

static gboolean
set_string (SANE_Handle handle, const char *name, const char *value)
{
  g_autofree char *buffer = NULL;
  SANE_Int index;
  const SANE_Option_Descriptor *option = find_option (handle, name, &index);

  if (!can_be_set (option) || option->type != SANE_TYPE_STRING || option->size <= 0
      || option->size > VALUE_SIZE_MAX)
    return FALSE;
  buffer = g_malloc0 (option->size);
  g_strlcpy (buffer, value, option->size);
  return set_value (handle, index, buffer);
}

/* One word, in the option's own way of counting. */
static gboolean
set_number (SANE_Handle handle, const char *name, double value)
{
  SANE_Int index;
  const SANE_Option_Descriptor *option = find_option (handle, name, &index);
  SANE_Word word;

  if (!can_be_set (option) || option->size != sizeof (SANE_Word)
      || (option->type != SANE_TYPE_INT && option->type != SANE_TYPE_FIXED
          && option->type != SANE_TYPE_BOOL))
    return FALSE;
  word = option->type == SANE_TYPE_FIXED ? SANE_FIX (value) : (SANE_Word)lround (value);
  return set_value (handle, index, &word);
}

static double
word_to_number (const SANE_Option_Descriptor *option, SANE_Word word)
{
  return option->type == SANE_TYPE_FIXED ? SANE_UNFIX (word) : word;
}

/* "Color", "24bit Color", "Color - 8 bits", "color": whatever has the word in it, the plain one
 * first. */
static void
choose_colour (SANE_Handle handle)
{
  SANE_Int index;
  const SANE_Option_Descriptor *option = find_option (handle, SANE_NAME_SCAN_MODE, &index);
  const char *best = NULL;

  if (option == NULL || option->type != SANE_TYPE_STRING
      || option->constraint_type != SANE_CONSTRAINT_STRING_LIST)
    return;
  for (guint i = 0; option->constraint.string_list[i] != NULL; i++)
    {
      const char *mode = option->constraint.string_list[i];
      g_autofree char *lower = g_ascii_strdown (mode, -1);

      if (strstr (lower, "color") != NULL && (best == NULL || strlen (mode) < strlen (best)))
        best = mode;
    }
  if (best != NULL && !set_string (handle, SANE_NAME_SCAN_MODE, best))
    g_message ("the scanner does not take its own colour mode");
}

/* The least that it can do from 200 upwards; where it can do none of them, the most. */
static double
best_resolution (const SANE_Option_Descriptor *option)
{
  const SANE_Word *list = option->constraint.word_list;
  double best = 0;

  if (option->constraint_type == SANE_CONSTRAINT_RANGE)
    return CLAMP (DPI_WANTED, word_to_number (option, option->constraint.range->min),
                  word_to_number (option, option->constraint.range->max));
  if (option->constraint_type != SANE_CONSTRAINT_WORD_LIST)
    return DPI_WANTED;
  for (SANE_Int i = 1; i <= list[0]; i++)
    {
      double value = word_to_number (option, list[i]);

      if (best < DPI_WANTED ? value > best : value >= DPI_WANTED && value < best)
        best = value;
    }
  return best;
}

static void
choose_resolution (SANE_Handle handle)
{
  SANE_Int index;
  const SANE_Option_Descriptor *option = find_option (handle, SANE_NAME_SCAN_RESOLUTION, &index);

  if (option != NULL)
    set_number (handle, SANE_NAME_SCAN_RESOLUTION, best_resolution (option));
}

/* As much of A4 as the glass has; a side may be counted in millimetres or in dots. */
static void
choose_end (SANE_Handle handle, const char *name, double mm)
{
  SANE_Int index;
  const SANE_Option_Descriptor *option = find_option (handle, name, &index);
  double value = mm;

  if (option == NULL)
    return;
  if (option->unit == SANE_UNIT_PIXEL)
    value = mm / MM_PER_INCH * kouan_sane_options_dpi (handle);
  if (option->constraint_type == SANE_CONSTRAINT_RANGE)
    value = MIN (value, word_to_number (option, option->constraint.range->max));
  set_number (handle, name, value);
}

static void
choose_paper (SANE_Handle handle)
{
  set_number (handle, SANE_NAME_SCAN_TL_X, 0);
  set_number (handle, SANE_NAME_SCAN_TL_Y, 0);
  choose_end (handle, SANE_NAME_SCAN_BR_X, A4_WIDTH_MM);
  choose_end (handle, SANE_NAME_SCAN_BR_Y, A4_HEIGHT_MM);
}

/* "name=value" from the configuration: the technician's word comes last and is law. */
static void
set_extra (SANE_Handle handle, const char *assignment)
{
  g_auto (GStrv) parts = g_strsplit (assignment, "=", 2);
  SANE_Int index;
  const SANE_Option_Descriptor *option;
  gboolean set;

  if (parts[0] == NULL || parts[1] == NULL)
    return;
  option = find_option (handle, parts[0], &index);
  if (option != NULL && option->type == SANE_TYPE_STRING)
    set = set_string (handle, parts[0], parts[1]);
  else
    set = set_number (handle, parts[0], g_ascii_strtod (parts[1], NULL));
  if (!set)
    g_message ("the scanner does not take the option \"%s\"", parts[0]);
}

/**
 * kouan_sane_options_set_up:
 * @extra: (nullable): "option=value;option=value"
 */
void
kouan_sane_options_set_up (SANE_Handle handle, const char *extra)
{
  g_auto (GStrv) assignments = g_strsplit (extra != NULL ? extra : "", ";", -1);

  choose_colour (handle);
  set_number (handle, SANE_NAME_BIT_DEPTH, 8);
  choose_resolution (handle);
  choose_paper (handle);
  for (guint i = 0; assignments[i] != NULL; i++)
    set_extra (handle, assignments[i]);
}

/* Returns: the dots an inch that it will really read; 200 where it does not say */
guint
kouan_sane_options_dpi (SANE_Handle handle)
{
  SANE_Int index;
  const SANE_Option_Descriptor *option = find_option (handle, SANE_NAME_SCAN_RESOLUTION, &index);
  SANE_Int remarks = 0;
  SANE_Word word;
  double value;

  if (option == NULL || option->size != sizeof word
      || sane_control_option (handle, index, SANE_ACTION_GET_VALUE, &word, &remarks)
           != SANE_STATUS_GOOD)
    return DPI_FALLBACK;
  value = word_to_number (option, word);
  return value >= 1 && value <= 10000 ? (guint)lround (value) : DPI_FALLBACK;
}
