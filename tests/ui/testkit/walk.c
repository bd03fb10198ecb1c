/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/testkit/walk.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/key-target.h"

#include <math.h>

#define KEY_GAP 8 /* the keys of a keyboard stand closer than other targets */

/* A text box is pressed on its frame. */
static GtkWidget *
pressed_part (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget))
    return widget;
  if (gtk_widget_has_css_class (widget, "field-frame"))
    return widget;
  return NULL;
}

static void
collect (GtkWidget *widget, GPtrArray *targets)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_can_target (widget))
    return;
  if (pressed_part (widget) != NULL)
    g_ptr_array_add (targets, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, targets);
}

GPtrArray *
kouan_test_targets (GtkWidget *root)
{
  GPtrArray *targets = g_ptr_array_new ();

  collect (root, targets);
  return targets;
}

static char *
describe (GtkWidget *widget)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
  g_autofree char *joined = g_strjoinv (".", classes);
  GtkWidget *label = widget;

  while (label != NULL && !GTK_IS_LABEL (label))
    {
      GtkWidget *last = gtk_widget_get_last_child (label);

      label = last;
    }
  return g_strdup_printf ("%s.%s \"%s\"", G_OBJECT_TYPE_NAME (widget), joined,
                          label != NULL ? gtk_label_get_label (GTK_LABEL (label)) : "");
}

static graphene_rect_t
bounds_of (GtkWidget *widget, GtkWidget *root)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, root, &bounds));
  return bounds;
}

/* The distance between two rectangles along the axis on which they are apart; negative if they
 * overlap. */
static float
gap_between (const graphene_rect_t *a, const graphene_rect_t *b)
{
  float across = MAX (a->origin.x, b->origin.x)
                 - MIN (a->origin.x + a->size.width, b->origin.x + b->size.width);
  float down = MAX (a->origin.y, b->origin.y)
               - MIN (a->origin.y + a->size.height, b->origin.y + b->size.height);

  return MAX (across, down);
}

static gboolean
are_keys (GtkWidget *a, GtkWidget *b)
{
  return gtk_widget_has_css_class (a, "key") && gtk_widget_has_css_class (b, "key");
}

/* A page that is scrolled runs under the dock and the foot; what stands in different layers is not
 * compared. */
static GtkWidget *
layer_of (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
}

static void
check_gap (GtkWidget *root, GtkWidget *a, GtkWidget *b)
{
  graphene_rect_t first = bounds_of (a, root);
  graphene_rect_t second = bounds_of (b, root);
  float gap = gap_between (&first, &second);
  float least = are_keys (a, b) ? KEY_GAP : KOUAN_TOUCH_GAP;

  if (layer_of (a) == layer_of (b) && gap < least - 0.5f)
    {
      g_autofree char *one = describe (a);
      g_autofree char *other = describe (b);

      g_test_message ("%s and %s are %.0f px apart", one, other, (double)gap);
      g_test_fail ();
    }
}

/* What is beyond the edge of the screen is not pressed by anybody. Up and down a page scrolls. */
static void
check_inside (GtkWidget *root, GtkWidget *target)
{
  graphene_rect_t bounds = bounds_of (target, root);
  float right = bounds.origin.x + bounds.size.width;

  if (bounds.origin.x < -0.5f || right > (float)gtk_widget_get_width (root) + 0.5f)
    {
      g_autofree char *name = describe (target);

      g_test_message ("%s is at %.0f to %.0f of %d px", name, (double)bounds.origin.x,
                      (double)right, gtk_widget_get_width (root));
      g_test_fail ();
    }
}

/* Keys are lower where the lines of the screen are few, and larger for that. */
static float
least_height (GtkWidget *target)
{
  GtkWidget *compact = target;

  while (compact != NULL && !gtk_widget_has_css_class (compact, "compact"))
    compact = gtk_widget_get_parent (compact);
  return compact != NULL && gtk_widget_has_css_class (target, "key") ? KOUAN_KEY_HEIGHT_LOW
                                                                     : KOUAN_TOUCH_MIN;
}

void
kouan_test_check_touch (GtkWidget *root)
{
  g_autoptr (GPtrArray) targets = kouan_test_targets (root);

  for (guint i = 0; i < targets->len; i++)
    {
      GtkWidget *target = g_ptr_array_index (targets, i);
      graphene_rect_t bounds = bounds_of (target, root);

      if (bounds.size.width < KOUAN_TOUCH_MIN - 0.5f
          || bounds.size.height < least_height (target) - 0.5f)
        {
          g_autofree char *name = describe (target);

          g_test_message ("%s is %.0f × %.0f px", name, (double)bounds.size.width,
                          (double)bounds.size.height);
          g_test_fail ();
        }
      check_inside (root, target);
      for (guint j = 0; j < i; j++)
        check_gap (root, target, g_ptr_array_index (targets, j));
    }
}

static gboolean
needs_name (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || KOUAN_IS_KEY_TARGET (widget);
}

void
kouan_test_check_names (GtkWidget *root)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (root);

  if (!gtk_widget_get_mapped (root))
    return;
  if (needs_name (root))
    {
      g_autofree char *empty
        = gtk_test_accessible_check_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "");

      if (!gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
          || empty == NULL)
        {
          g_autofree char *name = describe (root);

          g_test_message ("%s has no name for a screen reader", name);
          g_test_fail ();
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    kouan_test_check_names (child);
}

/* Which widget it is that makes the window so wide. */
static void
blame_width (GtkWidget *widget, int width)
{
  g_autofree char *name = describe (widget);
  int least;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      if (gtk_widget_get_visible (child) && least > width - 200)
        {
          blame_width (child, least);
          return;
        }
    }
  g_test_message ("  because of %s, %d px wide", name, width);
}

void
kouan_test_check_fits (GtkWindow *window, int width, int height)
{
  int least_width;
  int least_height;

  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL,
                      NULL);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_VERTICAL, width, &least_height, NULL,
                      NULL, NULL);
  if (least_width > width || least_height > height)
    {
      g_test_message ("needs %d × %d on a screen of %d × %d", least_width, least_height, width,
                      height);
      g_test_fail ();
      if (least_width > width)
        blame_width (GTK_WIDGET (window), least_width);
    }
}
