/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/text-box.h"
#include "ui/widgets/line-buffer.h"

#include <string.h>

/* Draws what is typed and where the caret is. A long answer wraps and the box grows, so that all of
 * it can be read without scrolling. A press puts the caret where the finger was. A masked box shows
 * a dot for each character and tells nobody what it holds. */

#define CARET_WIDTH 4
#define QUESTION_HEIGHT 72 /* shown with the box where there is room for little */
#define FRAME_HEIGHT 24    /* around the box, above and below */
#define DOT "●"

struct _KouanTextBox
{
  GtkWidget parent_instance;

  KouanLineBuffer *buffer;
  KouanTextKind kind;
  gboolean masked;
  PangoLayout *layout;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_FOCUSED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void key_target_iface_init (KouanKeyTargetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanTextBox,
                               kouan_text_box,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_KEY_TARGET, key_target_iface_init))

static gboolean
is_one_of (gunichar character, const char *set)
{
  return g_utf8_strchr (set, -1, character) != NULL;
}

static gboolean
is_allowed (KouanTextKind kind, gunichar character)
{
  gboolean ascii_digit = character >= '0' && character <= '9';

  switch (kind)
    {
    case KOUAN_TEXT_NAME:
      return g_unichar_isalpha (character) || g_unichar_ismark (character)
             || is_one_of (character, " -'.·");
    case KOUAN_TEXT_ADDRESS:
      return g_unichar_isalnum (character) || g_unichar_ismark (character)
             || is_one_of (character, " -'.,/#()&:;·");
    case KOUAN_TEXT_NUMBER:
      return ascii_digit || (character >= 'A' && character <= 'Z');
    case KOUAN_TEXT_DIGITS:
      return ascii_digit;
    case KOUAN_TEXT_PHONE:
      return ascii_digit || is_one_of (character, "+ ");
    case KOUAN_TEXT_EMAIL:
      return character < 128 && (g_unichar_isalnum (character) || is_one_of (character, "@.-_+"));
    case KOUAN_TEXT_ANY:
    default:
      return g_unichar_isprint (character) || g_unichar_ismark (character);
    }
}

static void
update_layout (KouanTextBox *self)
{
  if (self->masked)
    {
      g_autoptr (GString) dots = g_string_new (NULL);

      for (guint i = 0; i < kouan_line_buffer_get_length (self->buffer); i++)
        g_string_append (dots, DOT);
      pango_layout_set_text (self->layout, dots->str, -1);
      return;
    }
  pango_layout_set_text (self->layout, kouan_line_buffer_get_text (self->buffer), -1);
}

static void
changed (KouanTextBox *self)
{
  update_layout (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  pango_layout_get_text (self->layout), -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
kouan_text_box_insert (KouanKeyTarget *target, const char *text)
{
  KouanTextBox *self = KOUAN_TEXT_BOX (target);
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  gboolean taken = FALSE;

  for (const char *at = normal; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (self->kind == KOUAN_TEXT_NUMBER)
        character = g_unichar_toupper (character);
      if (is_allowed (self->kind, character))
        taken |= kouan_line_buffer_insert (self->buffer, character);
    }
  if (taken)
    changed (self);
  return taken;
}

static gboolean
move_caret (KouanTextBox *self, guint position)
{
  kouan_line_buffer_set_caret (self->buffer, position);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

static gboolean
kouan_text_box_press (KouanKeyTarget *target, KouanKey key)
{
  KouanTextBox *self = KOUAN_TEXT_BOX (target);
  guint caret = kouan_line_buffer_get_caret (self->buffer);

  switch (key)
    {
    case KOUAN_KEY_ERASE:
      if (kouan_line_buffer_erase_before (self->buffer))
        changed (self);
      return TRUE;
    case KOUAN_KEY_ERASE_AFTER:
      if (kouan_line_buffer_erase_after (self->buffer))
        changed (self);
      return TRUE;
    case KOUAN_KEY_LEFT:
      return move_caret (self, caret > 0 ? caret - 1 : 0);
    case KOUAN_KEY_RIGHT:
      return move_caret (self, caret + 1);
    case KOUAN_KEY_HOME:
      return move_caret (self, 0);
    case KOUAN_KEY_END:
      return move_caret (self, G_MAXUINT);
    case KOUAN_KEY_FILL:
    default:
      return FALSE;
    }
}

/* The whole box, and the question over it. */
static void
kouan_text_box_caret_area (KouanKeyTarget *target, graphene_rect_t *area)
{
  int height = gtk_widget_get_height (GTK_WIDGET (target));

  *area
    = GRAPHENE_RECT_INIT (0, -QUESTION_HEIGHT, 1, (float)(height + QUESTION_HEIGHT + FRAME_HEIGHT));
}

static char *
kouan_text_box_dup_before (KouanKeyTarget *target)
{
  KouanLineBuffer *buffer = KOUAN_TEXT_BOX (target)->buffer;

  return g_strndup (kouan_line_buffer_get_text (buffer), kouan_line_buffer_get_caret_byte (buffer));
}

static char *
kouan_text_box_dup_text (KouanKeyTarget *target)
{
  return g_strdup (kouan_line_buffer_get_text (KOUAN_TEXT_BOX (target)->buffer));
}

static void
key_target_iface_init (KouanKeyTargetInterface *iface)
{
  iface->insert = kouan_text_box_insert;
  iface->press = kouan_text_box_press;
  iface->caret_area = kouan_text_box_caret_area;
  iface->get_text = kouan_text_box_dup_text;
  iface->get_before = kouan_text_box_dup_before;
}

static void
on_pressed (GtkGestureClick *gesture G_GNUC_UNUSED,
            int n_press G_GNUC_UNUSED,
            double x,
            double y,
            KouanTextBox *self)
{
  const char *shown = pango_layout_get_text (self->layout);
  int index;
  int trailing;

  pango_layout_xy_to_index (self->layout, (int)(x * PANGO_SCALE), (int)(y * PANGO_SCALE), &index,
                            &trailing);
  move_caret (self, (guint)(g_utf8_pointer_to_offset (shown, shown + index) + trailing));
}

static void
on_focus_entered (GtkEventControllerFocus *controller G_GNUC_UNUSED, KouanTextBox *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  kouan_key_target_show_caret (KOUAN_KEY_TARGET (self));
  g_signal_emit (self, signals[SIGNAL_FOCUSED], 0);
}

static void
on_focus_left (GtkEventControllerFocus *controller G_GNUC_UNUSED, KouanTextBox *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GtkSizeRequestMode
kouan_text_box_get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
digit_width (KouanTextBox *self)
{
  PangoContext *context = pango_layout_get_context (self->layout);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_digit_width (metrics));

  pango_font_metrics_unref (metrics);
  return width;
}

static void
kouan_text_box_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline G_GNUC_UNUSED,
                        int *natural_baseline G_GNUC_UNUSED)
{
  KouanTextBox *self = KOUAN_TEXT_BOX (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      guint shown = MIN (kouan_line_buffer_get_chars_max (self->buffer) + 1, 30);

      *minimum = digit_width (self);
      *natural = digit_width (self) * (int)shown;
      return;
    }
  pango_layout_set_width (self->layout, for_size > 0 ? for_size * PANGO_SCALE : -1);
  pango_layout_get_pixel_size (self->layout, NULL, minimum);
  *natural = *minimum;
}

static void
kouan_text_box_size_allocate (GtkWidget *widget,
                              int width,
                              int height G_GNUC_UNUSED,
                              int baseline G_GNUC_UNUSED)
{
  pango_layout_set_width (KOUAN_TEXT_BOX (widget)->layout, width * PANGO_SCALE);
}

static gsize
caret_index (KouanTextBox *self)
{
  if (self->masked)
    return kouan_line_buffer_get_caret (self->buffer) * strlen (DOT);
  return kouan_line_buffer_get_caret_byte (self->buffer);
}

static void
snapshot_caret (KouanTextBox *self, GtkSnapshot *snapshot, const GdkRGBA *colour)
{
  PangoRectangle caret;
  int x;

  pango_layout_get_cursor_pos (self->layout, (int)caret_index (self), &caret, NULL);
  x = CLAMP (PANGO_PIXELS (caret.x) - CARET_WIDTH / 2, 0,
             MAX (0, gtk_widget_get_width (GTK_WIDGET (self)) - CARET_WIDTH));
  gtk_snapshot_append_color (snapshot, colour,
                             &GRAPHENE_RECT_INIT ((float)x, (float)PANGO_PIXELS (caret.y),
                                                  CARET_WIDTH, (float)PANGO_PIXELS (caret.height)));
}

static void
kouan_text_box_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KouanTextBox *self = KOUAN_TEXT_BOX (widget);
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  gtk_snapshot_append_layout (snapshot, self->layout, &colour);
  if (gtk_widget_has_focus (widget))
    snapshot_caret (self, snapshot, &colour);
}

static void
kouan_text_box_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (kouan_text_box_parent_class)->css_changed (widget, change);
  pango_layout_context_changed (KOUAN_TEXT_BOX (widget)->layout);
}

static void
kouan_text_box_finalize (GObject *object)
{
  KouanTextBox *self = KOUAN_TEXT_BOX (object);

  g_clear_pointer (&self->buffer, kouan_line_buffer_free);
  g_clear_object (&self->layout);
  G_OBJECT_CLASS (kouan_text_box_parent_class)->finalize (object);
}

static void
kouan_text_box_class_init (KouanTextBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kouan_text_box_finalize;
  widget_class->get_request_mode = kouan_text_box_get_request_mode;
  widget_class->measure = kouan_text_box_measure;
  widget_class->size_allocate = kouan_text_box_size_allocate;
  widget_class->snapshot = kouan_text_box_snapshot;
  widget_class->css_changed = kouan_text_box_css_changed;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FOCUSED] = g_signal_new ("focused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "textbox");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
}

static void
kouan_text_box_init (KouanTextBox *self)
{
  GtkGesture *press = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "");
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  kouan_key_target_listen (KOUAN_KEY_TARGET (self), GTK_WIDGET (self));

  g_signal_connect (press, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
  g_signal_connect (focus, "enter", G_CALLBACK (on_focus_entered), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/* Numbers and addresses on the net are written from left to right everywhere. On a page that is
 * written the other way they stand where its writing begins. */
static void
keep_direction (KouanTextBox *self)
{
  gboolean mirrored = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;

  if (self->kind != KOUAN_TEXT_NUMBER && self->kind != KOUAN_TEXT_DIGITS
      && self->kind != KOUAN_TEXT_PHONE && self->kind != KOUAN_TEXT_EMAIL)
    return;
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  pango_layout_set_auto_dir (self->layout, FALSE);
  pango_layout_set_alignment (self->layout, mirrored ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

/* Returns: (transfer floating): an empty box for at most @chars_max characters of @kind */
GtkWidget *
kouan_text_box_new (KouanTextKind kind, guint chars_max)
{
  KouanTextBox *self = g_object_new (KOUAN_TYPE_TEXT_BOX, NULL);

  self->kind = kind;
  self->buffer = kouan_line_buffer_new (chars_max);
  keep_direction (self);
  return GTK_WIDGET (self);
}

/* Returns: (transfer none): valid until the next change */
const char *
kouan_text_box_get_text (KouanTextBox *self)
{
  g_return_val_if_fail (KOUAN_IS_TEXT_BOX (self), NULL);

  return kouan_line_buffer_get_text (self->buffer);
}

/* @text: UTF-8; characters that may not be typed here are left out */
void
kouan_text_box_set_text (KouanTextBox *self, const char *text)
{
  g_return_if_fail (KOUAN_IS_TEXT_BOX (self));
  g_return_if_fail (text != NULL && g_utf8_validate (text, -1, NULL));

  kouan_line_buffer_clear (self->buffer);
  if (!kouan_text_box_insert (KOUAN_KEY_TARGET (self), text))
    changed (self);
}

guint
kouan_text_box_get_length (KouanTextBox *self)
{
  g_return_val_if_fail (KOUAN_IS_TEXT_BOX (self), 0);

  return kouan_line_buffer_get_length (self->buffer);
}

guint
kouan_text_box_get_chars_max (KouanTextBox *self)
{
  g_return_val_if_fail (KOUAN_IS_TEXT_BOX (self), 0);

  return kouan_line_buffer_get_chars_max (self->buffer);
}

void
kouan_text_box_set_masked (KouanTextBox *self, gboolean masked)
{
  g_return_if_fail (KOUAN_IS_TEXT_BOX (self));

  self->masked = masked;
  update_layout (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
