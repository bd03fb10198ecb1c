/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/signature-pad.h"
#include "app/language/language.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/field.h"
#include "ui/widgets/strokes.h"
#include "ui/widgets/text.h"

/* A line to sign on, like the one on paper. A person who cannot draw on the glass types the name
 * instead, which is a signature of the same standing and is marked as typed in what is kept. */

#define PEN 0.006       /* of the width */
#define LENGTH_MIN 0.15 /* of the width; less is a touch by mistake */
#define NAME_MAX_CHARS 80

struct _KouanSignaturePad
{
  GtkWidget parent_instance;

  GtkWidget *glass;
  GtkWidget *prompt;
  GtkWidget *field;
  GtkWidget *buttons;
  GtkWidget *undo;
  GtkWidget *clear;
  GtkWidget *other;
  KouanStrokes *strokes;
  gboolean typing;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_TYPING,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanSignaturePad, kouan_signature_pad, GTK_TYPE_WIDGET)

static GtkWidget *
area_of (KouanSignaturePad *self)
{
  return gtk_overlay_get_child (GTK_OVERLAY (self->glass));
}

static void
update (KouanSignaturePad *self)
{
  gboolean drawn = kouan_strokes_get_count (self->strokes) > 0;

  gtk_widget_set_visible (self->glass, !self->typing);
  gtk_widget_set_visible (self->field, self->typing);
  gtk_widget_set_visible (self->buttons, !self->typing);
  gtk_widget_set_visible (self->prompt, !drawn);
  gtk_widget_set_sensitive (self->undo, drawn);
  gtk_widget_set_sensitive (self->clear, drawn);
  kouan_button_set_label (GTK_BUTTON (self->other), self->typing
                                                      ? _ ("Sign with a finger")
                                                      : _ ("I cannot sign on the glass"));
  kouan_button_set_icon (GTK_BUTTON (self->other), self->typing ? "signature" : "keyboard");
  gtk_widget_queue_draw (area_of (self));
}

static void
changed (KouanSignaturePad *self)
{
  update (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_undo_clicked (GtkButton *button G_GNUC_UNUSED, KouanSignaturePad *self)
{
  kouan_strokes_undo (self->strokes);
  changed (self);
}

static void
on_clear_clicked (GtkButton *button G_GNUC_UNUSED, KouanSignaturePad *self)
{
  kouan_strokes_clear (self->strokes);
  changed (self);
}

static void
on_other_clicked (GtkButton *button G_GNUC_UNUSED, KouanSignaturePad *self)
{
  self->typing = !self->typing;
  changed (self);
  g_signal_emit (self, signals[SIGNAL_TYPING], 0, self->typing);
  if (self->typing)
    gtk_widget_grab_focus (self->field);
}

static void
on_name_changed (KouanField *field G_GNUC_UNUSED, KouanSignaturePad *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
add_point (KouanSignaturePad *self, gboolean begins, double x, double y)
{
  double width = gtk_widget_get_width (area_of (self));

  if (width <= 0)
    return;
  x = CLAMP (x / width, 0, 1);
  y = CLAMP (y / width, 0, gtk_widget_get_height (area_of (self)) / width);
  if (begins)
    kouan_strokes_begin (self->strokes, x, y);
  else
    kouan_strokes_add (self->strokes, x, y);
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, KouanSignaturePad *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  add_point (self, TRUE, x, y);
  update (self);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, KouanSignaturePad *self)
{
  double x;
  double y;

  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  add_point (self, FALSE, x + dx, y + dy);
  gtk_widget_queue_draw (area_of (self));
}

static void
on_drag_end (GtkGestureDrag *gesture G_GNUC_UNUSED,
             double dx G_GNUC_UNUSED,
             double dy G_GNUC_UNUSED,
             KouanSignaturePad *self)
{
  changed (self);
}

static void
draw_strokes (GtkDrawingArea *area, cairo_t *cr, int width, int height G_GNUC_UNUSED, gpointer data)
{
  KouanSignaturePad *self = KOUAN_SIGNATURE_PAD (data);
  GdkRGBA ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &ink);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_scale (cr, width, width);
  cairo_set_line_width (cr, PEN);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < kouan_strokes_get_count (self->strokes); i++)
    {
      guint n_points;
      const KouanPoint *points = kouan_strokes_get (self->strokes, i, &n_points);

      cairo_move_to (cr, (double)points[0].x, (double)points[0].y);
      for (guint j = 0; j < n_points; j++)
        cairo_line_to (cr, (double)points[j].x, (double)points[j].y);
    }
  cairo_stroke (cr);
}

static void
kouan_signature_pad_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kouan_signature_pad_parent_class)->dispose (object);
}

static void
kouan_signature_pad_finalize (GObject *object)
{
  g_clear_pointer (&KOUAN_SIGNATURE_PAD (object)->strokes, kouan_strokes_free);
  G_OBJECT_CLASS (kouan_signature_pad_parent_class)->finalize (object);
}

static void
kouan_signature_pad_class_init (KouanSignaturePadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kouan_signature_pad_dispose;
  object_class->finalize = kouan_signature_pad_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TYPING] = g_signal_new ("typing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_css_name (widget_class, "signaturepad");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
glass_new (KouanSignaturePad *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *area = gtk_drawing_area_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_strokes, self, NULL);
  gtk_widget_add_css_class (area, "signature-glass");
  kouan_accessible_set_name (area, _ ("Sign here with a finger"));
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (drag));

  self->prompt = kouan_text_new (_ ("Sign here with a finger"));
  gtk_widget_add_css_class (self->prompt, "soft");
  gtk_widget_set_can_target (self->prompt, FALSE);
  gtk_widget_set_halign (self->prompt, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->prompt, GTK_ALIGN_CENTER);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), area);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->prompt);
  return overlay;
}

static GtkWidget *
add_button (KouanSignaturePad *self, const char *icon, const char *label, GCallback callback)
{
  GtkWidget *button = kouan_button_new (icon, label);

  gtk_box_append (GTK_BOX (self->buttons), button);
  g_signal_connect (button, "clicked", callback, self);
  return button;
}

static void
kouan_signature_pad_init (KouanSignaturePad *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), KOUAN_TOUCH_GAP);
  self->strokes = kouan_strokes_new ();
  self->glass = glass_new (self);
  gtk_widget_set_parent (self->glass, GTK_WIDGET (self));

  self->field = kouan_field_new (_ ("Type your full name as your signature"), KOUAN_TEXT_NAME,
                                 NAME_MAX_CHARS);
  g_signal_connect (self->field, "changed", G_CALLBACK (on_name_changed), self);
  gtk_widget_set_parent (self->field, GTK_WIDGET (self));

  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, KOUAN_TOUCH_GAP);
  self->undo = add_button (self, "undo", _ ("Undo"), G_CALLBACK (on_undo_clicked));
  self->clear = add_button (self, "delete", _ ("Clear"), G_CALLBACK (on_clear_clicked));
  gtk_widget_set_parent (self->buttons, GTK_WIDGET (self));
  self->other = kouan_button_new ("keyboard", "");
  gtk_widget_set_halign (self->other, GTK_ALIGN_START);
  g_signal_connect (self->other, "clicked", G_CALLBACK (on_other_clicked), self);
  gtk_widget_set_parent (self->other, GTK_WIDGET (self));
  kouan_accessible_set_name (GTK_WIDGET (self), _ ("Your signature"));
  update (self);
}

GtkWidget *
kouan_signature_pad_new (void)
{
  return g_object_new (KOUAN_TYPE_SIGNATURE_PAD, NULL);
}

/* Returns: what there is; a touch by mistake is no signature, nor is a name of one letter */
KouanSignatureKind
kouan_signature_pad_get_kind (KouanSignaturePad *self)
{
  g_return_val_if_fail (KOUAN_IS_SIGNATURE_PAD (self), KOUAN_SIGNATURE_NONE);

  if (self->typing)
    {
      g_autofree char *name
        = g_strstrip (g_strdup (kouan_field_get_text (KOUAN_FIELD (self->field))));

      return g_utf8_strlen (name, -1) >= 2 ? KOUAN_SIGNATURE_TYPED : KOUAN_SIGNATURE_NONE;
    }
  return kouan_strokes_get_length (self->strokes) >= LENGTH_MIN ? KOUAN_SIGNATURE_DRAWN
                                                                : KOUAN_SIGNATURE_NONE;
}

void
kouan_signature_pad_clear (KouanSignaturePad *self)
{
  g_return_if_fail (KOUAN_IS_SIGNATURE_PAD (self));

  kouan_strokes_clear (self->strokes);
  kouan_field_set_text (KOUAN_FIELD (self->field), "");
  changed (self);
}

gboolean
kouan_signature_pad_is_typing (KouanSignaturePad *self)
{
  g_return_val_if_fail (KOUAN_IS_SIGNATURE_PAD (self), FALSE);

  return self->typing;
}

KouanKeyTarget *
kouan_signature_pad_get_target (KouanSignaturePad *self)
{
  g_return_val_if_fail (KOUAN_IS_SIGNATURE_PAD (self), NULL);

  return kouan_field_get_target (KOUAN_FIELD (self->field));
}

static char *
typed_svg (const char *name)
{
  return g_markup_printf_escaped (
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 400\">"
    "<desc>typed</desc>"
    "<text x=\"500\" y=\"220\" font-size=\"64\" text-anchor=\"middle\">%s</text>"
    "</svg>\n",
    name);
}

/* Returns: (transfer full) (nullable): the signature as an SVG document 1000 units wide; NULL if
 * there is none */
char *
kouan_signature_pad_to_svg (KouanSignaturePad *self)
{
  double width;

  g_return_val_if_fail (KOUAN_IS_SIGNATURE_PAD (self), NULL);

  switch (kouan_signature_pad_get_kind (self))
    {
    case KOUAN_SIGNATURE_TYPED:
      return typed_svg (kouan_field_get_text (KOUAN_FIELD (self->field)));
    case KOUAN_SIGNATURE_DRAWN:
      width = MAX (1, gtk_widget_get_width (area_of (self)));
      return kouan_strokes_to_svg (self->strokes, gtk_widget_get_height (area_of (self)) / width);
    case KOUAN_SIGNATURE_NONE:
    default:
      return NULL;
    }
}

/**
 * kouan_signature_pad_draw:
 * @points: pairs of x and y, in parts of the width
 * @n_points: how many pairs
 */
void
kouan_signature_pad_draw (KouanSignaturePad *self, const double *points, guint n_points)
{
  g_return_if_fail (KOUAN_IS_SIGNATURE_PAD (self));
  g_return_if_fail (n_points > 0);

  kouan_strokes_begin (self->strokes, points[0], points[1]);
  for (guint i = 1; i < n_points; i++)
    kouan_strokes_add (self->strokes, points[2 * i], points[2 * i + 1]);
  changed (self);
}

/* Returns: (transfer floating) */
GVariant *
kouan_signature_pad_stash (KouanSignaturePad *self)
{
  GVariantBuilder strokes;

  g_return_val_if_fail (KOUAN_IS_SIGNATURE_PAD (self), NULL);

  g_variant_builder_init (&strokes, G_VARIANT_TYPE ("aa(dd)"));
  for (guint i = 0; i < kouan_strokes_get_count (self->strokes); i++)
    {
      guint n_points;
      const KouanPoint *points = kouan_strokes_get (self->strokes, i, &n_points);

      g_variant_builder_open (&strokes, G_VARIANT_TYPE ("a(dd)"));
      for (guint k = 0; k < n_points; k++)
        g_variant_builder_add (&strokes, "(dd)", (double)points[k].x, (double)points[k].y);
      g_variant_builder_close (&strokes);
    }
  return g_variant_new ("(bsaa(dd))", self->typing,
                        kouan_field_get_text (KOUAN_FIELD (self->field)), &strokes);
}

static void
unstash_stroke (KouanSignaturePad *self, GVariantIter *points)
{
  double x, y;

  for (guint k = 0; g_variant_iter_next (points, "(dd)", &x, &y); k++)
    if (k == 0)
      kouan_strokes_begin (self->strokes, x, y);
    else
      kouan_strokes_add (self->strokes, x, y);
}

void
kouan_signature_pad_unstash (KouanSignaturePad *self, GVariant *stash)
{
  g_autoptr (GVariantIter) strokes = NULL;
  g_autofree char *name = NULL;
  GVariantIter *points;
  gboolean typing;

  g_return_if_fail (KOUAN_IS_SIGNATURE_PAD (self));

  g_variant_get (stash, "(bsaa(dd))", &typing, &name, &strokes);
  kouan_strokes_clear (self->strokes);
  while (g_variant_iter_next (strokes, "a(dd)", &points))
    {
      unstash_stroke (self, points);
      g_variant_iter_free (points);
    }
  kouan_field_set_text (KOUAN_FIELD (self->field), name);
  if (typing != self->typing)
    on_other_clicked (NULL, self);
  changed (self);
}
