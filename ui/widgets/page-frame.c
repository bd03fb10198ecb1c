/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/page-frame.h"
#include "app/language/language.h"
#include "ui/widgets/button.h"
#include "ui/widgets/column.h"
#include "ui/widgets/scroll-buttons.h"
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

#define REACH_PX                                                                                   \
  1120 /* how much of a tall screen is used in low reach: 700 to 1200 mm on a 27 inch panel */
#define EDGE_PX 32
#define COMPACT_HEIGHT_PX 900

struct _KouanPageFrame
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *reach;
  GtkWidget *header;
  GtkLabel *hall;
  GtkLabel *time;
  GtkWidget *header_buttons;
  GtkWidget *steps_column;
  GtkScrolledWindow *scroller;
  GtkBox *content;
  GtkWidget *dock_column;
  GtkWidget *foot;
  GtkBox *foot_row;

  /* built here */
  GtkWidget *language_button;
  GtkWidget *accessibility_button;
  GtkWidget *staff_button;
  GtkWidget *steps;
  GtkWidget *title;
  GtkWidget *companion;
  GtkWidget *back_button;
  GtkWidget *scroll_buttons;
  GtkWidget *primary_button;

  GtkWidget *body; /* (nullable): the page's own */
  gboolean low_reach;
  int width;
  int height;
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
on_back_clicked (GtkButton *button G_GNUC_UNUSED, KouanPageFrame *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
on_primary_clicked (GtkButton *button G_GNUC_UNUSED, KouanPageFrame *self)
{
  g_signal_emit (self, signals[SIGNAL_PRIMARY], 0);
}

static void
on_language_clicked (GtkButton *button G_GNUC_UNUSED, KouanPageFrame *self)
{
  g_signal_emit (self, signals[SIGNAL_LANGUAGE], 0);
}

static void
on_accessibility_clicked (GtkButton *button G_GNUC_UNUSED, KouanPageFrame *self)
{
  g_signal_emit (self, signals[SIGNAL_ACCESSIBILITY], 0);
}

static void
on_staff_clicked (GtkButton *button G_GNUC_UNUSED, KouanPageFrame *self)
{
  g_signal_emit (self, signals[SIGNAL_STAFF], 0);
}

static GtkWidget *
add_button (
  KouanPageFrame *self, GtkBox *box, GtkWidget *button, const char *css_class, GCallback callback)
{
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  gtk_box_append (box, button);
  g_signal_connect (button, "clicked", callback, self);
  return button;
}

static void
add_header_buttons (KouanPageFrame *self)
{
  GtkBox *box = GTK_BOX (self->header_buttons);

  self->language_button = add_button (self, box, kouan_button_new ("language", ""), "quiet",
                                      G_CALLBACK (on_language_clicked));
  self->accessibility_button = add_button (self, box, kouan_button_new ("accessibility", ""),
                                           "quiet", G_CALLBACK (on_accessibility_clicked));
  self->staff_button = add_button (self, box, kouan_button_new ("staff", ""), "quiet",
                                   G_CALLBACK (on_staff_clicked));
}

static void
add_foot_buttons (KouanPageFrame *self)
{
  GtkWidget *gap = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->back_button = add_button (self, self->foot_row, kouan_button_new ("arrow-back", ""), NULL,
                                  G_CALLBACK (on_back_clicked));
  gtk_widget_set_hexpand (gap, TRUE);
  gtk_box_append (self->foot_row, gap);
  self->scroll_buttons = kouan_scroll_buttons_new (self->scroller);
  gtk_box_append (self->foot_row, self->scroll_buttons);
  self->primary_button = add_button (self, self->foot_row, kouan_button_new_primary (NULL, NULL),
                                     NULL, G_CALLBACK (on_primary_clicked));
  gtk_widget_set_visible (self->back_button, FALSE);
  gtk_widget_set_visible (self->primary_button, FALSE);
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
kouan_page_frame_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
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
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, hall);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, time);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, header_buttons);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, steps_column);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, scroller);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, content);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, dock_column);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, foot);
  gtk_widget_class_bind_template_child (widget_class, KouanPageFrame, foot_row);
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
kouan_page_frame_init (KouanPageFrame *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  g_type_ensure (KOUAN_TYPE_COLUMN);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);

  self->steps = kouan_steps_new ();
  kouan_column_set_child (KOUAN_COLUMN (self->steps_column), self->steps);
  add_header_buttons (self);
  add_titles (self);
  add_foot_buttons (self);

  kouan_page_frame_retranslate (self);
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

  gtk_label_set_label (self->hall, hall_name);
}

/* @time: "09:05", from kouan_language_time() */
void
kouan_page_frame_set_time (KouanPageFrame *self, const char *time)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  gtk_label_set_label (self->time, time);
}

void
kouan_page_frame_set_steps (KouanPageFrame *self, guint step, guint count, const char *name)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  kouan_steps_set (KOUAN_STEPS (self->steps), step, count, name);
  gtk_widget_set_visible (self->steps_column, TRUE);
}

void
kouan_page_frame_hide_steps (KouanPageFrame *self)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  gtk_widget_set_visible (self->steps_column, FALSE);
}

/* @title (nullable): the question of the page; it is also what a screen reader calls the page */
void
kouan_page_frame_set_title (KouanPageFrame *self, const char *title)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

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
      gtk_widget_add_css_class (body, "page-body");
      gtk_box_append (self->content, body);
    }
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/* @dock (nullable): stays in sight between the page and the foot, as wide as the screen allows */
void
kouan_page_frame_set_dock (KouanPageFrame *self, GtkWidget *dock)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));
  g_return_if_fail (dock == NULL || GTK_IS_WIDGET (dock));

  kouan_column_set_child (KOUAN_COLUMN (self->dock_column), dock);
  gtk_widget_set_visible (self->dock_column, dock != NULL);
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
  gtk_adjustment_clamp_page (adjustment, bounds.origin.y - EDGE_PX,
                             bounds.origin.y + bounds.size.height + EDGE_PX);
}

void
kouan_page_frame_set_back (KouanPageFrame *self, gboolean visible, gboolean sensitive)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  gtk_widget_set_visible (self->back_button, visible);
  gtk_widget_set_sensitive (self->back_button, sensitive);
}

/* @label (nullable): a verb; NULL takes the button away */
void
kouan_page_frame_set_primary (KouanPageFrame *self, const char *label)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  kouan_button_set_label (GTK_BUTTON (self->primary_button), label);
  gtk_widget_set_visible (self->primary_button, label != NULL);
}

void
kouan_page_frame_set_primary_sensitive (KouanPageFrame *self, gboolean sensitive)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  gtk_widget_set_sensitive (self->primary_button, sensitive);
}

static void
update_reach (KouanPageFrame *self)
{
  int empty = self->low_reach ? MAX (0, self->height - REACH_PX) : 0;

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

static void
set_header_labels_visible (KouanPageFrame *self, gboolean visible)
{
  kouan_button_set_icon_only (GTK_BUTTON (self->language_button), !visible);
  kouan_button_set_icon_only (GTK_BUTTON (self->accessibility_button), !visible);
  kouan_button_set_icon_only (GTK_BUTTON (self->staff_button), !visible);
}

static gboolean
wider_than (GtkWidget *widget, int width)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural > width;
}

/* Fits the frame to a screen of @width by @height: what has no room gives way in the order of what
 * is missed least, first the words beside the header's icons, then the word beside the arrow of
 * Back. To be called when the screen, the language or the text size has changed. */
void
kouan_page_frame_fit (KouanPageFrame *self, int width, int height)
{
  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));
  g_return_if_fail (width > 0 && height > 0);

  self->width = width;
  self->height = height;
  if (height < COMPACT_HEIGHT_PX)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
  update_reach (self);

  set_header_labels_visible (self, TRUE);
  if (wider_than (self->header, width))
    set_header_labels_visible (self, FALSE);
  kouan_button_set_icon_only (GTK_BUTTON (self->back_button), FALSE);
  if (wider_than (self->back_button, MIN (width, KOUAN_COLUMN_WIDTH) / 4))
    kouan_button_set_icon_only (GTK_BUTTON (self->back_button), TRUE);
}

/* Puts the frame's own words into the current language; the page's words are the page's. */
void
kouan_page_frame_retranslate (KouanPageFrame *self)
{
  const KouanLanguage *language = kouan_language_current ();
  g_autofree char *language_name = NULL;

  g_return_if_fail (KOUAN_IS_PAGE_FRAME (self));

  /* Translators: what a screen reader says for the button that changes the language, such as
   * "Language: English" */
  language_name = g_strdup_printf (_ ("Language: %s"), language->own_name);
  kouan_button_set_label (GTK_BUTTON (self->language_button), language->own_name);
  kouan_accessible_set_name (self->language_button, language_name);
  kouan_button_set_label (GTK_BUTTON (self->accessibility_button), _ ("Accessibility"));
  kouan_button_set_label (GTK_BUTTON (self->staff_button), _ ("Call staff"));
  kouan_button_set_label (GTK_BUTTON (self->back_button), _ ("Back"));
  kouan_scroll_buttons_retranslate (KOUAN_SCROLL_BUTTONS (self->scroll_buttons));
  if (self->width > 0)
    kouan_page_frame_fit (self, self->width, self->height);
}

GtkWidget *
kouan_page_frame_get_back_button (KouanPageFrame *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_FRAME (self), NULL);

  return self->back_button;
}

GtkWidget *
kouan_page_frame_get_primary_button (KouanPageFrame *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_FRAME (self), NULL);

  return self->primary_button;
}

GtkWidget *
kouan_page_frame_get_language_button (KouanPageFrame *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_FRAME (self), NULL);

  return self->language_button;
}

GtkWidget *
kouan_page_frame_get_accessibility_button (KouanPageFrame *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_FRAME (self), NULL);

  return self->accessibility_button;
}

GtkWidget *
kouan_page_frame_get_staff_button (KouanPageFrame *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_FRAME (self), NULL);

  return self->staff_button;
}
