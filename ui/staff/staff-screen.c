/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/staff-screen.h"

#include "app/language/language.h"
#include "ui/widgets/button.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/text.h"

/* A page of staff mode is a column of parts that is built in C: what stands on it depends on who
 * looks. Errors of app/staff have their own sentences and stand at the top of the column. */

#define GAP_PX 24

typedef struct
{
  KouanStaffMode *mode;
  GtkBox *column;
  GtkBox *said;  /* at its top */
  GtkBox *parts; /* below */
} KouanStaffScreenPrivate;

enum
{
  PROP_0,
  PROP_MODE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KouanStaffScreen, kouan_staff_screen, KOUAN_TYPE_SCREEN)

static KouanStaffScreenPrivate *
priv_of (KouanStaffScreen *self)
{
  return kouan_staff_screen_get_instance_private (self);
}

KouanStaffMode *
kouan_staff_screen_get_mode (KouanStaffScreen *self)
{
  return priv_of (self)->mode;
}

KouanDatabase *
kouan_staff_screen_get_database (KouanStaffScreen *self)
{
  return kouan_staff_gate_get_database (kouan_staff_mode_get_gate (priv_of (self)->mode));
}

/* @title: translated: staff choose their language once, and need no second line */
void
kouan_staff_screen_set_title (KouanStaffScreen *self, const char *title)
{
  kouan_screen_set_title_text (KOUAN_SCREEN (self), title, NULL);
}

void
kouan_staff_screen_add (KouanStaffScreen *self, GtkWidget *part)
{
  gtk_box_append (priv_of (self)->parts, part);
}

static void
empty (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* Takes the parts away; what was said stays. */
void
kouan_staff_screen_clear (KouanStaffScreen *self)
{
  empty (priv_of (self)->parts);
}

/* @on_clicked: (GtkButton *, self) */
GtkWidget *
kouan_staff_screen_add_button (KouanStaffScreen *self,
                               const char *icon,
                               const char *label,
                               GCallback on_clicked)
{
  GtkWidget *button = kouan_button_new (icon, label);

  g_signal_connect (button, "clicked", on_clicked, self);
  kouan_staff_screen_add (self, button);
  return button;
}

/* @title: (nullable): NULL takes what was said away */
void
kouan_staff_screen_say (KouanStaffScreen *self,
                        KouanNoticeKind kind,
                        const char *title,
                        const char *text)
{
  KouanStaffScreenPrivate *priv = priv_of (self);

  empty (priv->said);
  gtk_widget_set_visible (GTK_WIDGET (priv->said), title != NULL);
  if (title != NULL)
    gtk_box_append (priv->said, kouan_notice_new (kind, title, text));
}

void
kouan_staff_screen_say_error (KouanStaffScreen *self, const GError *error)
{
  g_message ("Staff: %s", error->message);
  kouan_staff_screen_say (self, KOUAN_NOTICE_PROBLEM, kouan_staff_error_title (error),
                          kouan_staff_error_remedy (error));
}

/* Returns: (transfer floating) */
GtkWidget *
kouan_staff_table_new (const char *title)
{
  GtkWidget *table = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *heading = kouan_subheading_new (title);

  gtk_widget_set_margin_bottom (heading, 8);
  gtk_box_append (GTK_BOX (table), heading);
  return table;
}

void
kouan_staff_table_add (GtkWidget *table, const char *label, const char *value, KouanNoticeKind kind)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP_PX);
  GtkWidget *name = kouan_text_new (label);
  GtkWidget *text = kouan_text_new (value);

  gtk_widget_add_css_class (row, "table-row");
  gtk_widget_add_css_class (row, kouan_notice_kind_class (kind));
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (text, "table-value");
  gtk_widget_add_css_class (text, "numerals");
  gtk_label_set_xalign (GTK_LABEL (text), 1);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (row), name);
  if (kind != KOUAN_NOTICE_INFO)
    {
      GtkWidget *icon = kouan_icon_new (kouan_notice_kind_icon (kind));

      gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (row), icon);
    }
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (table), row);
}

static void
kouan_staff_screen_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_MODE:
      priv_of (KOUAN_STAFF_SCREEN (object))->mode = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kouan_staff_screen_dispose (GObject *object)
{
  g_clear_object (&priv_of (KOUAN_STAFF_SCREEN (object))->mode);
  G_OBJECT_CLASS (kouan_staff_screen_parent_class)->dispose (object);
}

static void
kouan_staff_screen_class_init (KouanStaffScreenClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = kouan_staff_screen_set_property;
  object_class->dispose = kouan_staff_screen_dispose;
  props[PROP_MODE]
    = g_param_spec_object ("mode", NULL, NULL, KOUAN_TYPE_STAFF_MODE,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kouan_staff_screen_init (KouanStaffScreen *self)
{
  KouanStaffScreenPrivate *priv = priv_of (self);

  priv->column = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX));
  priv->said = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  priv->parts = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX));
  gtk_widget_set_visible (GTK_WIDGET (priv->said), FALSE);
  gtk_box_append (priv->column, GTK_WIDGET (priv->said));
  gtk_box_append (priv->column, GTK_WIDGET (priv->parts));
  gtk_widget_set_parent (GTK_WIDGET (priv->column), GTK_WIDGET (self));
}
