/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/mrz-entry.h"
#include "app/language/language.h"
#include "ui/widgets/button.h"

#include <math.h>

/* A machine readable zone as a grid of cells in a monospaced face, so that what is on the glass can
 * be compared with what is in the hand, character by character. Over each line stands how far it is
 * ("31 of 44"): a line with one character too few is the commonest mistake. Where the text is large
 * a line is shown in two or three rows rather than made smaller. A range of cells can be marked as
 * wrong; it gets a ground and a heavy line under it.
 *
 * The caret stands between cells; pressing a cell puts it behind that cell, so that "delete" takes
 * away the character that was pressed. */

#define CELL_GAP 2
#define ROW_GAP 8
#define LINE_GAP 24
#define DIGIT_ROOM 1.08 /* of a cell, in widths of a digit */
#define SCALE_MIN 0.84  /* of the type: what lets 44 cells stand in one row of the column */
#define SCALE_MAX 1.25
#define CELL_HEIGHT 1.2 /* of the height of the type */
#define COUNTER_SCALE 0.8125
#define ROWS_MAX 4
#define CARET_WIDTH 4
#define MONOSPACED "Noto Sans Mono" /* tells 0 from O and 1 from I */

typedef struct
{
  guint line;
  guint start;
  guint length;
} Problem;

struct _KouanMrzEntry
{
  GtkWidget parent_instance;

  KouanMrzLines *lines;
  GArray *problems; /* (element-type Problem) */

  int digit_width; /* of the monospaced face, unscaled */
  int digit_height;
  PangoLayout *layout; /* of one character, in the monospaced face */
  PangoLayout *counter;
};

/* Where everything stands at one width. */
typedef struct
{
  guint per_row; /* cells */
  guint rows;    /* per line */
  double cell;   /* width with its gap */
  double scale;  /* of the type */
  int cell_height;
  int counter_height;
  int line_height; /* counter, rows and what is between */
} Geometry;

enum
{
  SIGNAL_CHANGED,
  SIGNAL_COMPLETE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void key_target_iface_init (KouanKeyTargetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanMrzEntry,
                               kouan_mrz_entry,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_KEY_TARGET, key_target_iface_init))

static char *
how_far (KouanMrzEntry *self, guint line)
{
  /* Translators: how far one of the lines at the bottom of a passport is, such as
   * "Line 2: 31 of 44 characters" */
  g_autofree char *text = g_strdup_printf (_ ("Line %u: %u of %u characters"), line + 1,
                                           kouan_mrz_lines_get_length (self->lines, line),
                                           kouan_mrz_lines_get_columns (self->lines));

  return kouan_language_digits (kouan_language_current (), text);
}

static void
say_where (KouanMrzEntry *self)
{
  g_autofree char *text = how_far (self, kouan_mrz_lines_get_current (self->lines));

  kouan_key_target_show_caret (KOUAN_KEY_TARGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  -1);
}

static void
changed (KouanMrzEntry *self)
{
  say_where (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (kouan_mrz_lines_is_complete (self->lines))
    g_signal_emit (self, signals[SIGNAL_COMPLETE], 0);
}

static gboolean
kouan_mrz_entry_insert (KouanKeyTarget *target, const char *text)
{
  KouanMrzEntry *self = KOUAN_MRZ_ENTRY (target);
  gboolean taken = kouan_mrz_lines_insert (self->lines, text);

  if (taken)
    changed (self);
  return taken;
}

static gboolean
kouan_mrz_entry_press (KouanKeyTarget *target, KouanKey key)
{
  KouanMrzEntry *self = KOUAN_MRZ_ENTRY (target);
  gboolean text_changed;
  gboolean known = kouan_mrz_lines_press (self->lines, key, &text_changed);

  if (text_changed)
    changed (self);
  else
    say_where (self);
  return known;
}

static void kouan_mrz_entry_caret_area (KouanKeyTarget *target, graphene_rect_t *area);

static char *
kouan_mrz_entry_dup_text (KouanKeyTarget *target)
{
  KouanMrzEntry *self = KOUAN_MRZ_ENTRY (target);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < kouan_mrz_lines_get_count (self->lines); i++)
    g_string_append (text, kouan_mrz_lines_get_line (self->lines, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
key_target_iface_init (KouanKeyTargetInterface *iface)
{
  iface->insert = kouan_mrz_entry_insert;
  iface->press = kouan_mrz_entry_press;
  iface->caret_area = kouan_mrz_entry_caret_area;
  iface->get_text = kouan_mrz_entry_dup_text;
}

/* @family: (nullable): that of the text around */
static void
set_font (KouanMrzEntry *self, PangoLayout *layout, const char *family, double scale)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontDescription *font
    = pango_font_description_copy (pango_context_get_font_description (context));

  if (family != NULL)
    pango_font_description_set_family (font, family);
  pango_font_description_set_absolute_size (font, pango_font_description_get_size (font) * scale);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
}

static double
cell_width (KouanMrzEntry *self, double scale)
{
  return self->digit_width * scale * DIGIT_ROOM + CELL_GAP;
}

/* As few rows as the smallest type allows, then the largest type that these rows allow. */
static Geometry
geometry_for (KouanMrzEntry *self, int width)
{
  guint columns = kouan_mrz_lines_get_columns (self->lines);
  Geometry g = { .rows = 1 };

  while (g.rows < ROWS_MAX
         && cell_width (self, SCALE_MIN) * ceil ((double)columns / g.rows) > width)
    g.rows++;
  g.per_row = (columns + g.rows - 1) / g.rows;
  g.cell = (double)width / g.per_row;
  g.scale = CLAMP ((g.cell - CELL_GAP) / (self->digit_width * DIGIT_ROOM), SCALE_MIN, SCALE_MAX);
  g.cell = MIN (g.cell, cell_width (self, g.scale * 1.1));
  g.cell_height = (int)ceil (self->digit_height * g.scale * CELL_HEIGHT);
  pango_layout_set_text (self->counter, "0", -1);
  pango_layout_get_pixel_size (self->counter, NULL, &g.counter_height);
  g.line_height = g.counter_height + (int)g.rows * (g.cell_height + ROW_GAP);
  return g;
}

static GtkSizeRequestMode
kouan_mrz_entry_get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kouan_mrz_entry_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline G_GNUC_UNUSED,
                         int *natural_baseline G_GNUC_UNUSED)
{
  KouanMrzEntry *self = KOUAN_MRZ_ENTRY (widget);
  guint columns = kouan_mrz_lines_get_columns (self->lines);
  int count = (int)kouan_mrz_lines_get_count (self->lines);
  Geometry g;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = (int)ceil (cell_width (self, SCALE_MIN) * ceil (columns / (double)ROWS_MAX));
      *natural = (int)ceil (cell_width (self, 1) * columns);
      return;
    }
  g = geometry_for (self, for_size > 0 ? for_size : G_MAXINT / 2);
  *minimum = *natural = count * (g.line_height + LINE_GAP) - LINE_GAP;
}

static graphene_rect_t
cell_bounds (const Geometry *g, guint line, guint position)
{
  guint row = position / g->per_row;
  guint column = position % g->per_row;
  double y = line * (g->line_height + LINE_GAP) + g->counter_height
             + row * (g->cell_height + ROW_GAP) + ROW_GAP / 2.0;

  return GRAPHENE_RECT_INIT ((float)(column * g->cell), (float)y, (float)(g->cell - CELL_GAP),
                             (float)g->cell_height);
}

/* The row with the caret; for the first row of a line, with the count above it. */
static void
kouan_mrz_entry_caret_area (KouanKeyTarget *target, graphene_rect_t *area)
{
  KouanMrzEntry *self = KOUAN_MRZ_ENTRY (target);
  Geometry g = geometry_for (self, gtk_widget_get_width (GTK_WIDGET (self)));
  guint caret = kouan_mrz_lines_get_caret (self->lines);
  guint last = kouan_mrz_lines_get_columns (self->lines) - 1;

  *area = cell_bounds (&g, kouan_mrz_lines_get_current (self->lines), MIN (caret, last));
  if (caret < g.per_row)
    {
      area->origin.y -= (float)g.counter_height;
      area->size.height += (float)g.counter_height;
    }
}

static gboolean
is_problem (KouanMrzEntry *self, guint line, guint position)
{
  for (guint i = 0; i < self->problems->len; i++)
    {
      const Problem *problem = &g_array_index (self->problems, Problem, i);

      if (problem->line == line && position >= problem->start
          && position < problem->start + problem->length)
        return TRUE;
    }
  return FALSE;
}

typedef struct
{
  GdkRGBA ink;
  GdkRGBA soft;
  GdkRGBA cell;
  GdkRGBA line;
  GdkRGBA problem;
  GdkRGBA problem_tint;
  GdkRGBA accent;
} Colours;

static void
look_up (GtkStyleContext *context, const char *name, GdkRGBA *colour)
{
  if (!gtk_style_context_lookup_color (context, name, colour))
    gtk_style_context_get_color (context, colour);
}

static Colours
colours_of (GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  Colours colours;

  gtk_style_context_get_color (context, &colours.ink);
  look_up (context, "ink_soft", &colours.soft);
  look_up (context, "surface", &colours.cell);
  look_up (context, "line", &colours.line);
  look_up (context, "problem", &colours.problem);
  look_up (context, "problem_tint", &colours.problem_tint);
  look_up (context, "accent", &colours.accent);
  return colours;
}

static void
snapshot_character (KouanMrzEntry *self,
                    GtkSnapshot *snapshot,
                    const graphene_rect_t *cell,
                    char character,
                    const GdkRGBA *colour)
{
  char text[2] = { character, 0 };
  int width;
  int height;

  pango_layout_set_text (self->layout, text, 1);
  pango_layout_get_pixel_size (self->layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
    snapshot, &GRAPHENE_POINT_INIT (cell->origin.x + (cell->size.width - (float)width) / 2,
                                    cell->origin.y + (cell->size.height - (float)height) / 2));
  gtk_snapshot_append_layout (snapshot, self->layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_cell (KouanMrzEntry *self,
               GtkSnapshot *snapshot,
               const Geometry *g,
               const Colours *colours,
               guint line,
               guint position)
{
  const char *text = kouan_mrz_lines_get_line (self->lines, line);
  guint length = kouan_mrz_lines_get_length (self->lines, line);
  graphene_rect_t cell = cell_bounds (g, line, position);
  gboolean problem = is_problem (self, line, position);
  float edge = problem ? 6 : 2;
  graphene_rect_t underline = GRAPHENE_RECT_INIT (
    cell.origin.x, cell.origin.y + cell.size.height - edge, cell.size.width, edge);

  gtk_snapshot_append_color (snapshot, problem ? &colours->problem_tint : &colours->cell, &cell);
  gtk_snapshot_append_color (snapshot, problem ? &colours->problem : &colours->line, &underline);
  if (position < length)
    snapshot_character (self, snapshot, &cell, text[position],
                        problem ? &colours->problem : &colours->ink);
}

static void
snapshot_caret (KouanMrzEntry *self,
                GtkSnapshot *snapshot,
                const Geometry *g,
                const Colours *colours)
{
  guint caret = kouan_mrz_lines_get_caret (self->lines);
  gboolean at_end = caret == kouan_mrz_lines_get_columns (self->lines);
  graphene_rect_t cell
    = cell_bounds (g, kouan_mrz_lines_get_current (self->lines), at_end ? caret - 1 : caret);
  float x = at_end ? cell.origin.x + cell.size.width - CARET_WIDTH : cell.origin.x - CELL_GAP;

  gtk_snapshot_append_color (
    snapshot, &colours->accent,
    &GRAPHENE_RECT_INIT (MAX (0, x), cell.origin.y, CARET_WIDTH, cell.size.height));
}

static void
snapshot_counter (
  KouanMrzEntry *self, GtkSnapshot *snapshot, const Geometry *g, const Colours *colours, guint line)
{
  g_autofree char *text = how_far (self, line);
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  pango_layout_set_text (self->counter, text, -1);
  pango_layout_set_width (self->counter, width * PANGO_SCALE);
  pango_layout_set_alignment (self->counter, PANGO_ALIGN_LEFT);
  pango_layout_set_ellipsize (self->counter, PANGO_ELLIPSIZE_END);
  pango_layout_set_auto_dir (self->counter, !rtl);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
    snapshot, &GRAPHENE_POINT_INIT (0, (float)(line * (guint)(g->line_height + LINE_GAP))));
  gtk_snapshot_append_layout (snapshot, self->counter,
                              line == kouan_mrz_lines_get_current (self->lines) ? &colours->ink
                                                                                : &colours->soft);
  gtk_snapshot_restore (snapshot);
}

static void
kouan_mrz_entry_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KouanMrzEntry *self = KOUAN_MRZ_ENTRY (widget);
  Geometry g = geometry_for (self, gtk_widget_get_width (widget));
  Colours colours = colours_of (widget);
  guint columns = kouan_mrz_lines_get_columns (self->lines);

  set_font (self, self->layout, MONOSPACED, g.scale);
  for (guint line = 0; line < kouan_mrz_lines_get_count (self->lines); line++)
    {
      snapshot_counter (self, snapshot, &g, &colours, line);
      for (guint position = 0; position < columns; position++)
        snapshot_cell (self, snapshot, &g, &colours, line, position);
    }
  snapshot_caret (self, snapshot, &g, &colours);
}

/* The cell under a point; a point between lines belongs to the line above. */
static void
on_pressed (GtkGestureClick *gesture G_GNUC_UNUSED,
            int n_press G_GNUC_UNUSED,
            double x,
            double y,
            KouanMrzEntry *self)
{
  Geometry g = geometry_for (self, gtk_widget_get_width (GTK_WIDGET (self)));
  guint line = MIN ((guint)(MAX (0, y) / (g.line_height + LINE_GAP)),
                    kouan_mrz_lines_get_count (self->lines) - 1);
  double inside = y - line * (double)(g.line_height + LINE_GAP) - g.counter_height;
  guint row = MIN ((guint)(MAX (0, inside) / (g.cell_height + ROW_GAP)), g.rows - 1);
  guint column = MIN ((guint)(MAX (0, x) / g.cell), g.per_row - 1);

  kouan_mrz_lines_go_to (self->lines, line, row * g.per_row + column + 1);
  say_where (self);
}

static void
update_fonts (KouanMrzEntry *self)
{
  set_font (self, self->layout, MONOSPACED, 1);
  set_font (self, self->counter, NULL, COUNTER_SCALE);
  pango_layout_set_text (self->layout, "W", -1);
  pango_layout_get_pixel_size (self->layout, &self->digit_width, &self->digit_height);
}

static void
kouan_mrz_entry_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (kouan_mrz_entry_parent_class)->css_changed (widget, change);
  update_fonts (KOUAN_MRZ_ENTRY (widget));
  gtk_widget_queue_resize (widget);
}

static void
kouan_mrz_entry_finalize (GObject *object)
{
  KouanMrzEntry *self = KOUAN_MRZ_ENTRY (object);

  g_clear_pointer (&self->lines, kouan_mrz_lines_free);
  g_clear_pointer (&self->problems, g_array_unref);
  g_clear_object (&self->layout);
  g_clear_object (&self->counter);
  G_OBJECT_CLASS (kouan_mrz_entry_parent_class)->finalize (object);
}

static void
kouan_mrz_entry_class_init (KouanMrzEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kouan_mrz_entry_finalize;
  widget_class->get_request_mode = kouan_mrz_entry_get_request_mode;
  widget_class->measure = kouan_mrz_entry_measure;
  widget_class->snapshot = kouan_mrz_entry_snapshot;
  widget_class->css_changed = kouan_mrz_entry_css_changed;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_COMPLETE] = g_signal_new ("complete", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "mrzentry");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
}

/* In a page from right to left a filler that stands alone would be mirrored, and "<" is ">" then.
 * The widget's own context turns with the page, so this is another. */
static PangoLayout *
left_to_right_layout_new (KouanMrzEntry *self)
{
  PangoContext *context = gtk_widget_create_pango_context (GTK_WIDGET (self));
  PangoLayout *layout = pango_layout_new (context);

  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  pango_layout_set_auto_dir (layout, FALSE);
  g_object_unref (context);
  return layout;
}

static void
kouan_mrz_entry_init (KouanMrzEntry *self)
{
  GtkGesture *press = gtk_gesture_click_new ();

  self->lines = kouan_mrz_lines_new (2, KOUAN_MRZ_COLUMNS_MAX);
  self->problems = g_array_new (FALSE, FALSE, sizeof (Problem));
  self->layout = left_to_right_layout_new (self);
  self->counter = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  update_fonts (self);
  kouan_key_target_listen (KOUAN_KEY_TARGET (self), GTK_WIDGET (self));
  g_signal_connect (press, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
  kouan_accessible_set_name (GTK_WIDGET (self), _ ("The lines at the bottom of the document"));
}

/* Returns: (transfer floating): @lines (1 to 3) empty lines of @columns (1 to 44) characters */
GtkWidget *
kouan_mrz_entry_new (guint lines, guint columns)
{
  KouanMrzEntry *self = g_object_new (KOUAN_TYPE_MRZ_ENTRY, NULL);

  kouan_mrz_entry_set_format (self, lines, columns);
  return GTK_WIDGET (self);
}

/* Changes the shape and keeps what is typed, as far as it fits: a person may begin before saying
 * what kind of document it is. */
void
kouan_mrz_entry_set_format (KouanMrzEntry *self, guint lines, guint columns)
{
  g_return_if_fail (KOUAN_IS_MRZ_ENTRY (self));
  g_return_if_fail (lines >= 1 && lines <= KOUAN_MRZ_LINES_MAX);
  g_return_if_fail (columns >= 1 && columns <= KOUAN_MRZ_COLUMNS_MAX);

  kouan_mrz_lines_set_format (self->lines, lines, columns);
  g_array_set_size (self->problems, 0);
  say_where (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

guint
kouan_mrz_entry_get_line_count (KouanMrzEntry *self)
{
  g_return_val_if_fail (KOUAN_IS_MRZ_ENTRY (self), 0);

  return kouan_mrz_lines_get_count (self->lines);
}

/* Returns: (transfer none): what is typed of @line, from 0; valid until the next change */
const char *
kouan_mrz_entry_get_line (KouanMrzEntry *self, guint line)
{
  g_return_val_if_fail (KOUAN_IS_MRZ_ENTRY (self), NULL);
  g_return_val_if_fail (line < kouan_mrz_lines_get_count (self->lines), NULL);

  return kouan_mrz_lines_get_line (self->lines, line);
}

/* @text: characters of a machine readable zone; what does not fit is left out */
void
kouan_mrz_entry_set_line (KouanMrzEntry *self, guint line, const char *text)
{
  g_return_if_fail (KOUAN_IS_MRZ_ENTRY (self));
  g_return_if_fail (line < kouan_mrz_lines_get_count (self->lines));
  g_return_if_fail (text != NULL && g_str_is_ascii (text));

  kouan_mrz_lines_set_line (self->lines, line, text);
  changed (self);
}

gboolean
kouan_mrz_entry_is_complete (KouanMrzEntry *self)
{
  g_return_val_if_fail (KOUAN_IS_MRZ_ENTRY (self), FALSE);

  return kouan_mrz_lines_is_complete (self->lines);
}

void
kouan_mrz_entry_clear_problems (KouanMrzEntry *self)
{
  g_return_if_fail (KOUAN_IS_MRZ_ENTRY (self));

  g_array_set_size (self->problems, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Marks @length cells of @line from @start, each counted from 0. */
void
kouan_mrz_entry_add_problem (KouanMrzEntry *self, guint line, guint start, guint length)
{
  Problem problem = { line, start, length };

  g_return_if_fail (KOUAN_IS_MRZ_ENTRY (self));
  g_return_if_fail (line < kouan_mrz_lines_get_count (self->lines));
  g_return_if_fail (start + length <= kouan_mrz_lines_get_columns (self->lines));

  g_array_append_val (self->problems, problem);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Puts the caret before the character at @position of @line, to show where to begin. */
void
kouan_mrz_entry_set_caret (KouanMrzEntry *self, guint line, guint position)
{
  g_return_if_fail (KOUAN_IS_MRZ_ENTRY (self));

  kouan_mrz_lines_go_to (self->lines, line, position);
  say_where (self);
}

/* @fill (nullable): knows where a line goes on after its fillers; else they go to its end */
void
kouan_mrz_entry_set_fill (KouanMrzEntry *self, KouanMrzFill fill, gpointer data)
{
  g_return_if_fail (KOUAN_IS_MRZ_ENTRY (self));

  kouan_mrz_lines_set_fill (self->lines, fill, data);
}
