/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/tree.h"

#include <string.h>

/* The accessibility tree of a program, read afresh each time: a cached one is stale by the time it
 * is used. What goes away while it is read answers with errors; such a node is passed over, and the
 * caller, who looks again until a deadline, finds it or its successor the next time. Pages of a
 * stack that are not shown are in the tree with an extent of nothing, or with the one that they
 * had: they and all below them count as not there. What is no widget, such as a GtkStackPage, has
 * no place at all; what is below it may have. */

#define DEPTH_MAX 64
#define CHILDREN_MAX 500

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiComponent, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)

/* Takes the widget. Answers TRUE to end the walk. */
typedef struct _Walk Walk;
typedef gboolean (*Visitor) (Walk *walk, RobotWidget *widget);

struct _Walk
{
  Visitor visitor;
  AtspiAccessible *window; /* the one that is walked now */
  const RobotWanted *wanted;
  RobotWidget *found;       /* (nullable) (owned) */
  RobotPoint *out_of_sight; /* (nullable): of one that matches and is not on top */
  GPtrArray *list;          /* (nullable) (element-type RobotWidget) */
  gboolean only_looks;      /* what is out of sight is in the list too */
  guint n_checked;
};

void
robot_widget_free (RobotWidget *self)
{
  g_clear_object (&self->node);
  g_free (self->name);
  g_free (self->description);
  g_free (self->id);
  g_free (self);
}

RobotPoint
robot_widget_centre (const RobotWidget *self)
{
  return (RobotPoint){ self->box.x + self->box.width / 2.0, self->box.y + self->box.height / 2.0 };
}

typedef enum
{
  PLACE_GONE,
  PLACE_NONE, /* not a widget */
  PLACE_HIDDEN,
  PLACE_SHOWN,
} Place;

static Place
get_place (AtspiAccessible *node, AtspiRect *box)
{
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (node);
  g_autofree AtspiRect *extents = NULL;

  if (component == NULL)
    return PLACE_NONE;
  extents = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);
  if (extents == NULL)
    return PLACE_GONE;
  *box = *extents;
  return box->width > 0 && box->height > 0 ? PLACE_SHOWN : PLACE_HIDDEN;
}

/* Each question is a message to the program, so one who looks for buttons asks nothing else of what
 * is none.
 *
 * Returns: (transfer full) (nullable): NULL for what has just gone */
static RobotWidget *
describe (AtspiAccessible *node, AtspiRect box, AtspiRole role)
{
  g_autoptr (RobotWidget) widget = g_new0 (RobotWidget, 1);
  g_autoptr (AtspiStateSet) states = NULL;

  widget->node = g_object_ref (node);
  widget->box = box;
  widget->role = role;
  widget->name = atspi_accessible_get_name (node, NULL);
  widget->description = atspi_accessible_get_description (node, NULL);
  widget->id = atspi_accessible_get_accessible_id (node, NULL);
  states = atspi_accessible_get_state_set (node);
  if (widget->name == NULL || states == NULL)
    return NULL;
  widget->focusable = atspi_state_set_contains (states, ATSPI_STATE_FOCUSABLE);
  widget->sensitive = atspi_state_set_contains (states, ATSPI_STATE_SENSITIVE);
  widget->chosen = atspi_state_set_contains (states, ATSPI_STATE_CHECKED)
                   || atspi_state_set_contains (states, ATSPI_STATE_PRESSED)
                   || atspi_state_set_contains (states, ATSPI_STATE_SELECTED);
  return g_steal_pointer (&widget);
}

/* A heading is a text that a reader can leap to: who waits for words waits for it too. */
static gboolean
is_wanted (const Walk *walk, AtspiRole role)
{
  if (walk->wanted == NULL || walk->wanted->role == ATSPI_ROLE_INVALID)
    return TRUE;
  return walk->wanted->role == role
         || (walk->wanted->role == ATSPI_ROLE_LABEL && role == ATSPI_ROLE_HEADING);
}

/* Depth first, in the order of the page. Answers TRUE as soon as the visitor does, who owns what it
 * is shown. */
static gboolean
walk_node (Walk *walk, AtspiAccessible *node, int depth)
{
  AtspiRect box = { 0 };
  Place place = get_place (node, &box);
  int n_children;

  if (place == PLACE_GONE || place == PLACE_HIDDEN || depth > DEPTH_MAX)
    return FALSE;
  if (place == PLACE_SHOWN)
    {
      AtspiRole role = atspi_accessible_get_role (node, NULL);
      RobotWidget *widget = is_wanted (walk, role) ? describe (node, box, role) : NULL;

      if (widget == NULL && is_wanted (walk, role))
        return FALSE;
      if (widget != NULL && walk->visitor (walk, widget))
        return TRUE;
    }
  n_children = MIN (atspi_accessible_get_child_count (node, NULL), CHILDREN_MAX);
  for (int i = 0; i < n_children; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);

      if (child != NULL && walk_node (walk, child, depth + 1))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_same (AtspiAccessible *a, AtspiAccessible *b)
{
  const AtspiObject *object_a = (const AtspiObject *)a, *object_b = (const AtspiObject *)b;

  return object_a->app == object_b->app && g_strcmp0 (object_a->path, object_b->path) == 0;
}

static gboolean
is_inside (AtspiAccessible *node, AtspiAccessible *ancestor)
{
  g_autoptr (AtspiAccessible) at = g_object_ref (node);

  for (int depth = 0; at != NULL && depth < DEPTH_MAX; depth++)
    {
      AtspiAccessible *parent;

      if (is_same (at, ancestor))
        return TRUE;
      parent = atspi_accessible_get_parent (at, NULL);
      g_object_unref (at);
      at = parent;
    }
  return FALSE;
}

/* GTK makes a node known to the bus when its parent is asked for it; before, it has no parent to be
 * asked for. */
static void
make_known (AtspiAccessible *node, int depth)
{
  int n_children = MIN (atspi_accessible_get_child_count (node, NULL), CHILDREN_MAX);

  for (int i = 0; i < n_children && depth < DEPTH_MAX; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);

      if (child != NULL)
        make_known (child, depth + 1);
    }
}

/* Whether a press on the middle of it would reach it: it is not on a page that is hidden, nor below
 * another widget. One that cannot be pressed lets the press through to what it stands on. All below
 * the node has to be known. */
static gboolean
is_on_top (AtspiAccessible *window, const RobotWidget *widget)
{
  RobotPoint centre = robot_widget_centre (widget);
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (window);
  g_autoptr (AtspiAccessible) hit = NULL;

  if (component == NULL)
    return FALSE;
  hit = atspi_component_get_accessible_at_point (component, (int)centre.x, (int)centre.y,
                                                 ATSPI_COORD_TYPE_WINDOW, NULL);
  if (hit == NULL)
    return FALSE;
  return is_inside (hit, widget->node) || (!widget->sensitive && is_inside (widget->node, hit));
}

/* Of what this window added to the list, drops what is not on top: by now all of it is known. */
static void
keep_on_top (Walk *walk, guint first)
{
  for (guint i = walk->list->len; i > first; i--)
    {
      RobotWidget *widget = walk->list->pdata[i - 1];

      if (!is_on_top (walk->window, widget))
        g_ptr_array_remove_index (walk->list, i - 1);
    }
}

static gboolean
walk_program (Walk *walk, AtspiAccessible *program)
{
  int n_windows;

  atspi_accessible_set_cache_mask (program, ATSPI_CACHE_NONE);
  n_windows = atspi_accessible_get_child_count (program, NULL);
  for (int i = 0; i < n_windows; i++)
    {
      g_autoptr (AtspiAccessible) window = atspi_accessible_get_child_at_index (program, i, NULL);

      guint n_listed = walk->list != NULL ? walk->list->len : 0;

      walk->window = window;
      if (window != NULL && walk_node (walk, window, 0))
        return TRUE;
      if (window != NULL && walk->list != NULL && !walk->only_looks)
        keep_on_top (walk, n_listed);
    }
  return FALSE;
}

static void
walk_application (Walk *walk, const char *application)
{
  g_autoptr (AtspiAccessible) desktop = atspi_get_desktop (0);
  int n_programs;

  atspi_accessible_clear_cache (desktop);
  n_programs = atspi_accessible_get_child_count (desktop, NULL);
  for (int i = 0; i < n_programs; i++)
    {
      g_autoptr (AtspiAccessible) program = atspi_accessible_get_child_at_index (desktop, i, NULL);
      g_autofree char *name = program != NULL ? atspi_accessible_get_name (program, NULL) : NULL;

      if (g_strcmp0 (name, application) == 0 && walk_program (walk, program))
        return;
    }
}

/* By its name; the walk shows only those of the role. */
static gboolean
is_named (const RobotWidget *widget, const RobotWanted *wanted)
{
  if (wanted->name[0] == '#')
    return g_strcmp0 (widget->id, wanted->name + 1) == 0;
  if (strchr (wanted->name, '*') != NULL)
    return g_pattern_match_simple (wanted->name, widget->name);
  return strcmp (wanted->name, widget->name) == 0;
}

static gboolean
on_search (Walk *walk, RobotWidget *widget)
{
  if (is_named (widget, walk->wanted))
    {
      make_known (widget->node, 0);
      if (is_on_top (walk->window, widget))
        {
          walk->found = widget;
          return TRUE;
        }
      if (walk->out_of_sight != NULL)
        *walk->out_of_sight = robot_widget_centre (widget);
    }
  robot_widget_free (widget);
  return FALSE;
}

/**
 * robot_tree_find:
 * @application: the program's name on the accessibility bus
 * @out_of_sight: (out) (nullable): left alone, or set to where one is that matches and cannot be
 * reached now, because the page has to be scrolled first
 *
 * Returns: (transfer full) (nullable): the first that is shown and matches
 */
RobotWidget *
robot_tree_find (const char *application, const RobotWanted *wanted, RobotPoint *out_of_sight)
{
  Walk walk = { .visitor = on_search, .wanted = wanted, .out_of_sight = out_of_sight };

  walk_application (&walk, application);
  return walk.found;
}

static gboolean
on_list (Walk *walk, RobotWidget *widget)
{
  g_ptr_array_add (walk->list, widget);
  return FALSE;
}

/**
 * robot_tree_list:
 *
 * Returns: (transfer full) (element-type RobotWidget): all whose middle is to be seen
 */
GPtrArray *
robot_tree_list (const char *application)
{
  Walk walk = { .visitor = on_list };

  walk.list = g_ptr_array_new_with_free_func ((GDestroyNotify)robot_widget_free);
  walk_application (&walk, application);
  return walk.list;
}

/**
 * robot_tree_read:
 *
 * Returns: (transfer full) (element-type RobotWidget): all, in sight or scrolled out of it
 */
GPtrArray *
robot_tree_read (const char *application)
{
  Walk walk = { .visitor = on_list, .only_looks = TRUE };

  walk.list = g_ptr_array_new_with_free_func ((GDestroyNotify)robot_widget_free);
  walk_application (&walk, application);
  return walk.list;
}

static gboolean
has_role (AtspiRole role)
{
  return role != ATSPI_ROLE_INVALID && role != ATSPI_ROLE_UNKNOWN && role != ATSPI_ROLE_FILLER
         && role != ATSPI_ROLE_PANEL && role != ATSPI_ROLE_EXTENDED;
}

/* Returns: (transfer full) (nullable): what a screen reader that stops there does not get to know
 */
char *
robot_widget_dup_fault (const RobotWidget *self)
{
  g_autofree char *role = atspi_role_get_name (self->role);
  const char *fault = NULL;

  if (self->focusable && *self->name == '\0')
    fault = "has no name";
  else if (self->focusable && !has_role (self->role))
    fault = "has no role";
  return fault == NULL
           ? NULL
           : g_strdup_printf ("%s \"%s\" at %d,%d %dx%d %s", role, self->name, self->box.x,
                              self->box.y, self->box.width, self->box.height, fault);
}

static gboolean
on_check (Walk *walk, RobotWidget *widget)
{
  char *fault = robot_widget_dup_fault (widget);

  if (fault != NULL)
    g_ptr_array_add (walk->list, fault);
  walk->n_checked += widget->focusable;
  robot_widget_free (widget);
  return FALSE;
}

/**
 * robot_tree_check:
 *
 * Everything that can have the focus, in sight or scrolled out of it, is called something and is
 * something.
 *
 * Returns: (transfer full) (element-type utf8): what is not
 */
GPtrArray *
robot_tree_check (const char *application)
{
  Walk walk = { .visitor = on_check };

  walk.list = g_ptr_array_new_with_free_func (g_free);
  walk.only_looks = TRUE;
  walk_application (&walk, application);
  if (walk.n_checked == 0)
    g_ptr_array_add (walk.list, g_strdup ("nothing at all can have the focus"));
  return walk.list;
}
