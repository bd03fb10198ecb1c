/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/page-frame.h"
#include "ui/harden/harden.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/column.h"
#include "ui/widgets/foot.h"
#include "ui/widgets/halves.h"
#include "ui/widgets/header.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/sight.h"
#include "ui/widgets/steps.h"
#include "ui/widgets/text.h"

/* The frame that stays while pages change: who runs this hall and what time it is, language,
 * accessibility and help; the place in the visit; a title with the same in the hall's own language
 * under it; and the foot with Back on the leading side and the one button that moves the visit
 * forward on the trailing side.
 *
 * A page hands in its body, which stands in the column and is scrolled by two buttons in the foot
 * when it is longer than the screen, and, where it needs one, a dock: a keyboard, a status line,
 * that stays in sight above the foot. Low reach leaves the upper part of a tall screen empty. */

#define EDGE_PX 32
#define COMPACT_HEIGHT_PX 900 /* a screen that is lower has smaller headings and edges */
#define DOCKED_HEIGHT_PX 1400 /* a screen that is lower has no room for steps and a keyboard */
#define BESIDE_WIDTH_PX 1800  /* a screen that is wider has the keyboard beside the page */
#define LARGE_SCALE 1.5       /* from here on a keyboard leaves the steps no height */
#define WIDE_COLUMN_PX 1560   /* two columns of text and the gap between them */

struct _KouanPageFrame
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *reach;
  KouanHeader *header;
  KouanColumn *steps_column;
  KouanSteps *steps;
  GtkWidget *middle;
  GtkScrolledWindow *scroller;
  GtkBox *content;
  KouanColumn *page_column;
  KouanColumn *dock_column;
  KouanColumn *foot_column;
  KouanFoot *foot;

  GtkWidget *title;
  GtkWidget *companion;
  GtkWidget *body; /* (nullable): the page's own */
  GtkWidget *dock; /* (nullable) */

  gboolean has_steps;
  gboolean wide; /* the body is in halves */
  gboolean low_reach;
  double text_scale;
  int width; /* of the screen; 0 before it is known */
  int height;
  int page_size;
  int page_length; /* of all that is scrolled */
  guint settle_source;
};

enum
{
  SIGNAL_BACK,
  SIGNAL_PRIMARY,
  SIGNAL_LANGUAGE,
  SIGNAL_ACCESSIBILITY,
  SIGNAL_STAFF,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanPageFrame, kouan_page_frame, GTK_TYPE_WIDGET)

static void
on_back (KouanPageFrame *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
on_primary (KouanPageFrame *self)
{
  g_signal_emit (self, signals[SIGNAL_PRIMARY], 0);
}

static void
on_language (KouanPageFrame *self)
{
  g_signal_emit (self, signals[SIGNAL_LANGUAGE], 0);
}

static void
on_accessibility (KouanPageFrame *self)
{
  g_signal_emit (self, signals[SIGNAL_ACCESSIBILITY], 0);
}

static void
on_staff (KouanPageFrame *self)
{
  g_signal_emit (self, signals[SIGNAL_STAFF], 0);
}

static void
set_class (KouanPageFrame *self, const char *css_class, gboolean present)
{
  if (present)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), css_class);
}

static gboolean
has_two_columns (KouanPageFrame *self)
{
  return self->wide && self->dock == NULL && self->width > self->height
         && self->width - 2 * EDGE_PX >= KOUAN_HALVES_WIDTH;
}

/* The same number of letters in a line whatever their size. */
static int
line_width (KouanPageFrame *self)
{
  return (int)(KOUAN_COLUMN_WIDTH * self->text_scale);
}

/* A dock takes its height from the page. On a wide screen it stands beside the page; on a low one
 * the steps give way to it, and the page has narrower edges. */
static void
fit (KouanPageFrame *self)
{
  gboolean docked = self->dock != NULL;
  gboolean beside = self->width >= BESIDE_WIDTH_PX && self->width > self->height;
  gboolean low = self->height > 0 && self->height < COMPACT_HEIGHT_PX;
  gboolean tight = docked && !beside && self->height > 0 && self->height < DOCKED_HEIGHT_PX;

  int column = has_two_columns (self) ? WIDE_COLUMN_PX : line_width (self);

  set_class (self, "compact", low);
  set_class (self, "beside", beside);
  set_class (self, "docked", tight);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->middle),
                                  beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->dock_column), !beside);
  kouan_column_set_width (self->steps_column, docked && beside ? self->width : column);
  kouan_column_set_width (self->page_column, column);
  kouan_column_set_width (self->foot_column, column);
  if (self->width > 0)
    kouan_foot_set_room (self->foot, MIN (self->width - 2 * EDGE_PX, column));
  gtk_widget_set_visible (GTK_WIDGET (self->steps_column),
                          self->has_steps && !tight && !(docked && self->text_scale > LARGE_SCALE));
  if (docked && KOUAN_IS_KEYBOARD (self->dock))
    kouan_keyboard_set_compact (KOUAN_KEYBOARD (self->dock), low);
}

static gboolean
on_page_size_settled (gpointer data)
{
  KouanPageFrame *self = KOUAN_PAGE_FRAME (data);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->settle_source = 0;
  kouan_column_set_room (self->page_column, self->page_size);
  if (focus != NULL && KOUAN_IS_KEY_TARGET (focus)
      && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->content)))
    kouan_key_target_show_caret (KOUAN_KEY_TARGET (focus));
  return G_SOURCE_REMOVE;
}

/* When a keyboard takes a part of the page, the field that it is for must not be the part; nor may
 * what grows above it push it there. Not at once: this is in the middle of giving out room, where
 * nobody can ask for other room. */
static void
on_page_size_changed (GtkAdjustment *adjustment, KouanPageFrame *self)
{
  int size = (int)gtk_adjustment_get_page_size (adjustment);
  int length = (int)gtk_adjustment_get_upper (adjustment);

  if (size == self->page_size && length == self->page_length)
    return;
  self->page_size = size;
  self->page_length = length;
  if (self->settle_source == 0)
    self->settle_source = g_idle_add (on_page_size_settled, self);
}

static void
kouan_page_frame_dispose (GObject *object)
{
  KouanPageFrame *self = KOUAN_PAGE_FRAME (object);
  GtkWidget *child;

  g_clear_handle_id (&self->settle_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kouan_page_frame_parent_class)->dispose (object);
}

static guint
add_signal (GObjectClass *object_class, const char *name)
{
  return g_signal_new (name, G_OBJECT_CLASS_TYPE (object_class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                       NULL, G_TYPE_NONE, 0);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kouan/widgets/page-frame.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, reach);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, header);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, steps_column);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, steps);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, middle);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, scroller);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, content);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, page_column);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, dock_column);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, foot_column);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, foot);
}

static void
kouan_page_frame_class_init (KouanPageFrameClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kouan_page_frame_dispose;

  signals[SIGNAL_BACK] = add_signal (object_class, "back");
  signals[SIGNAL_PRIMARY] = add_signal (object_class, "primary");
  signals[SIGNAL_LANGUAGE] = add_signal (object_class, "language");
  signals[SIGNAL_ACCESSIBILITY] = add_signal (object_class, "accessibility");
  signals[SIGNAL_STAFF] = add_signal (object_class, "staff");

  gtk_widget_class_set_css_name (widget_class, "pageframe");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  bind_children (widget_class);
}

static void
add_titles (KouanPageFrame *self)
{
  self->title = kouan_heading_new (NULL);
  gtk_box_append (self->content, self->title);
  self->companion = kouan_small_new (NULL);
  gtk_widget_add_css_class (self->companion, "companion");
  gtk_widget_set_visible (self->companion, FALSE);
  gtk_box_append (self->content, self->companion);
}

static void
kouan_page_frame_init (KouanPageFrame *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  g_type_ensure (KOUAN_TYPE_COLUMN);
  g_type_ensure (KOUAN_TYPE_FOOT);
  g_type_ensure (KOUAN_TYPE_HEADER);
  g_type_ensure (KOUAN_TYPE_STEPS);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->text_scale = 1;
  add_titles (self);
  gtk_widget_set_focusable (GTK_WIDGET (self->scroller), FALSE); /* two buttons scroll it */
  kouan_foot_set_scroller (self->foot, self->scroller);

  g_signal_connect (gtk_scrolled_window_get_vadjustment (self->scroller), "changed",
                    G_CALLBACK (on_page_size_changed), self);
  g_signal_connect_swapped (self->foot, "back", G_CALLBACK (on_back), self);
  g_signal_connect_swapped (self->foot, "primary", G_CALLBACK (on_primary), self);
  g_signal_connect_swapped (self->header, "language", G_CALLBACK (on_language), self);
  g_signal_connect_swapped (self->header, "accessibility", G_CALLBACK (on_accessibility), self);
  g_signal_connect_swapped (self->header, "staff", G_CALLBACK (on_staff), self);
}

GtkWidget *
kouan_page_frame_new (void)
{
  return g_object_new (KOUAN_TYPE_PAGE_FRAME, NULL);
}

void
kouan_page_frame_set_hall (KouanPageFrame *self, const char *hall_name)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  kouan_header_set_hall (self->header, hall_name);
}

/* @date_time: from kouan_language_date_time(); @short_time: (nullable): "09:05", for where there is
 * no room for the date */
void
kouan_page_frame_set_time (KouanPageFrame *self, const char *date_time, const char *short_time)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  kouan_header_set_time (self->header, date_time, short_time);
}

/* @called: staff was called and has not come yet */
void
kouan_page_frame_set_called (KouanPageFrame *self, gboolean called)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  kouan_header_set_called (self->header, called);
}

void
kouan_page_frame_set_steps (KouanPageFrame *self, guint step, guint count, const char *name)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  kouan_steps_set (self->steps, step, count, name);
  self->has_steps = TRUE;
  fit (self);
}

void
kouan_page_frame_hide_steps (KouanPageFrame *self)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  self->has_steps = FALSE;
  fit (self);
}

/* @title (nullable): the question of the page; it is also what a screen reader calls the page.
 * Another question is another page, which begins at its top. */
void
kouan_page_frame_set_title (KouanPageFrame *self, const char *title)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  if (g_strcmp0 (title, kouan_page_frame_get_title (self)) != 0)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_label_set_label (GTK_LABEL (self->title), title != NULL ? title : "");
  gtk_widget_set_visible (self->title, title != NULL);
  kouan_accessible_set_name (GTK_WIDGET (self), title != NULL ? title : "");
}

const char *
kouan_page_frame_get_title (KouanPageFrame *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_FRAME (self), NULL);

  return gtk_label_get_label (GTK_LABEL (self->title));
}

/* @companion (nullable): the title in the hall's own language, for the attendant. NULL, or the same
 * text as the title, shows no line. */
void
kouan_page_frame_set_companion (KouanPageFrame *self, const char *companion)
{
  gboolean needed;

  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  needed = companion != NULL && *companion != '\0'
           && g_strcmp0 (companion, kouan_page_frame_get_title (self)) != 0;
  gtk_label_set_label (GTK_LABEL (self->companion), needed ? companion : "");
  gtk_widget_set_visible (self->companion, needed);
}

/* @wide: the body is a KouanHalves, which may have two columns' width where the screen has it */
void
kouan_page_frame_set_wide (KouanPageFrame *self, gboolean wide)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  self->wide = wide;
  fit (self);
}

/* @body (nullable): stands under the title; the one before is dropped. A body that expands
 * vertically fills the page. The page begins at its top again. */
void
kouan_page_frame_set_body (KouanPageFrame *self, GtkWidget *body)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));
  g_return_if_fail (body == NULL || GTK_IS_WIDGET (body));

  if (self->body != NULL)
    gtk_box_remove (self->content, self->body);
  self->body = body;
  if (body != NULL)
    {
      kouan_harden_widgets (body);
      gtk_widget_add_css_class (body, "page-body");
      gtk_box_append (self->content, body);
    }
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/* @dock (nullable): stays in sight between the page and the foot, or beside the page on a wide
 * screen */
void
kouan_page_frame_set_dock (KouanPageFrame *self, GtkWidget *dock)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));
  g_return_if_fail (dock == NULL || GTK_IS_WIDGET (dock));

  if (dock != NULL)
    kouan_harden_widgets (dock);
  self->dock = dock;
  kouan_column_set_child (self->dock_column, dock);
  gtk_widget_set_visible (GTK_WIDGET (self->dock_column), dock != NULL);
  fit (self);
}

/* Brings @widget, a part of the body, into sight: the field that has the focus, the first problem.
 */
void
kouan_page_frame_scroll_to (KouanPageFrame *self, GtkWidget *widget)
{
  graphene_rect_t bounds;
  GtkAdjustment *adjustment;

  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (!gtk_widget_compute_bounds (widget, GTK_WIDGET (self->content), &bounds))
    return;

  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  kouan_bring_into_sight (adjustment, bounds.origin.y - EDGE_PX,
                          bounds.origin.y + bounds.size.height + EDGE_PX);
}

void
kouan_page_frame_set_back (KouanPageFrame *self, gboolean visible, gboolean sensitive)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  kouan_foot_set_back (self->foot, visible, sensitive);
}

/* @label (nullable): a verb; NULL takes the button away */
void
kouan_page_frame_set_primary (KouanPageFrame *self, const char *label)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  kouan_foot_set_primary (self->foot, label);
}

void
kouan_page_frame_set_primary_sensitive (KouanPageFrame *self, gboolean sensitive)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  gtk_widget_set_sensitive (kouan_foot_get_primary_button (self->foot), sensitive);
}

static void
update_reach (KouanPageFrame *self)
{
  int empty = self->low_reach ? MAX (0, self->height - KOUAN_REACH) : 0;

  gtk_widget_set_size_request (self->reach, -1, empty);
  gtk_widget_set_visible (self->reach, empty > 0);
}

void
kouan_page_frame_set_low_reach (KouanPageFrame *self, gboolean low_reach)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  self->low_reach = low_reach;
  update_reach (self);
}

/* @scale: of the text, 1 or more */
void
kouan_page_frame_set_text_scale (KouanPageFrame *self, double scale)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));
  g_return_if_fail (scale >= 1);

  self->text_scale = scale;
  fit (self);
}

/* Fits the frame to a screen of @width by @height. */
void
kouan_page_frame_fit (KouanPageFrame *self, int width, int height)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));
  g_return_if_fail (width > 0 && height > 0);

  self->width = width;
  self->height = height;
  update_reach (self);
  kouan_header_set_room (self->header, width, height < COMPACT_HEIGHT_PX);
  fit (self);
}

/* Puts the frame's own words into the current language; the page's words are the page's. */
void
kouan_page_frame_retranslate (KouanPageFrame *self)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  kouan_header_retranslate (self->header);
  kouan_foot_retranslate (self->foot);
}

GtkWidget *
kouan_page_frame_get_back_button (KouanPageFrame *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_FRAME (self), NULL);

  return kouan_foot_get_back_button (self->foot);
}

GtkWidget *
kouan_page_frame_get_primary_button (KouanPageFrame *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_FRAME (self), NULL);

  return kouan_foot_get_primary_button (self->foot);
}

GtkWidget *
kouan_page_frame_get_header (KouanPageFrame *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_FRAME (self), NULL);

  return GTK_WIDGET (self->header);
}

GtkWidget *
kouan_page_frame_get_language_button (KouanPageFrame *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_FRAME (self), NULL);

  return kouan_header_get_language_button (self->header);
}

GtkWidget *
kouan_page_frame_get_accessibility_button (KouanPageFrame *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_FRAME (self), NULL);

  return kouan_header_get_accessibility_button (self->header);
}

GtkWidget *
kouan_page_frame_get_staff_button (KouanPageFrame *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_FRAME (self), NULL);

  return kouan_header_get_staff_button (self->header);
}
