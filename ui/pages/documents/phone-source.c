/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/phone-source.h"

#include "app/language/language.h"
#include "app/phone/protocol.h"
#include "ui/code-view.h"
#include "ui/widgets/button.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/text.h"
#include "ui/window/window.h"
#include "ui/widgets/drawing.h"

/* Two codes to photograph, then the phone does the rest: the first joins the hall's own Wi-Fi,
 * where there is one, the second opens the page. The server lives as long as this widget. What came
 * is looked at only after its owner has said that the number on the phone is the one on the kiosk:
 * the code on a screen can be photographed from behind a shoulder too. */

/* px. As large as it can be without being cut off: in landscape the words stand beside it, and what
 * is not header, title and foot is its height. */
#define CODE_HEIGHT_MAX 560
#define CODE_HEIGHT_MIN 260
#define AROUND_CODE 620
#define AROUND_CODE_COMPACT 460 /* on a screen lower than COMPACT_HEIGHT */
#define COMPACT_HEIGHT 900

typedef enum
{
  STEP_JOIN,
  STEP_OPEN,
  STEP_WAIT, /* the phone has the page */
  STEP_NUMBER,
  STEP_READ,
} Step;

#define DRAWING_HEIGHT 260

struct _KouanPhoneSource
{
  KouanSourcePart parent_instance;

  Step step;
  KouanProgress *progress; /* (nullable): of the file that comes */
  GPtrArray *files;        /* of KouanPhoneFile: those of one go, as they come */
  guint code;
  gboolean thrown_away; /* what was sent last */
  guint next;           /* which of them is read now */
  GPtrArray *pages;     /* of KouanPage: of those that are read */
};

G_DEFINE_FINAL_TYPE (KouanPhoneSource, kouan_phone_source, KOUAN_TYPE_SOURCE_PART)

static void show_open (KouanPhoneSource *self);
static void show_wait (KouanPhoneSource *self);
static void read_next (KouanPhoneSource *self);

static KouanSourcePart *
part_of (KouanPhoneSource *self)
{
  return KOUAN_SOURCE_PART (self);
}

static KouanPhone *
phone_of (KouanPhoneSource *self)
{
  return kouan_kiosk_get_phone (kouan_source_part_get_kiosk (part_of (self)));
}

/* Whoever is busy with the phone is there, though nobody touches the glass. */
static void
note_presence (KouanPhoneSource *self)
{
  kouan_idle_touch (kouan_kiosk_get_idle (kouan_source_part_get_kiosk (part_of (self))));
}

static void
move_to (KouanPhoneSource *self, Step step, const char *title)
{
  self->step = step;
  self->progress = NULL;
  kouan_source_part_clear (part_of (self), title);
}

static void
forget_files (KouanPhoneSource *self)
{
  g_ptr_array_set_size (self->files, 0);
  g_ptr_array_set_size (self->pages, 0);
  self->next = 0;
}

static KouanWindow *
window_of (KouanPhoneSource *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return KOUAN_IS_WINDOW (root) ? KOUAN_WINDOW (root) : NULL;
}

static int
code_height (KouanWindow *window)
{
  int height = gtk_widget_get_height (GTK_WIDGET (window));
  int around = height < COMPACT_HEIGHT ? AROUND_CODE_COMPACT : AROUND_CODE;

  return CLAMP (height - around, CODE_HEIGHT_MIN, CODE_HEIGHT_MAX);
}

/* Returns: where words go that belong to the code */
static GtkBox *
add_code (KouanPhoneSource *self, const char *text, const char *words)
{
  KouanWindow *window = window_of (self);
  gboolean beside = window != NULL && !kouan_window_is_portrait (window);
  int height = beside ? code_height (window) : CODE_HEIGHT_MAX;
  GtkWidget *box = gtk_box_new (beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *code = kouan_code_view_new (text, height);

  gtk_widget_set_valign (code, GTK_ALIGN_START);
  if (beside)
    gtk_widget_set_size_request (code, height, height); /* words would take its place */
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), kouan_text_new (words));
  gtk_box_append (GTK_BOX (box), beside ? code : column);
  gtk_box_append (GTK_BOX (box), beside ? column : code);
  kouan_source_part_add (part_of (self), box);
  return GTK_BOX (column);
}

static void
add_wifi_words (KouanPhoneSource *self, GtkBox *column)
{
  KouanPhone *phone = phone_of (self);
  const char *password = kouan_phone_get_wifi_password (phone);
  g_autofree char *words
    = password != NULL ? g_strdup_printf (_ ("Or join it by hand: Wi-Fi %s, password %s."),
                                          kouan_phone_get_wifi (phone), password)
                       : g_strdup_printf (_ ("Or join it by hand: Wi-Fi %s, without a password."),
                                          kouan_phone_get_wifi (phone));

  gtk_box_append (column, kouan_small_new (words));
}

static void
show_join (KouanPhoneSource *self)
{
  g_autofree char *text = kouan_phone_get_wifi_text (phone_of (self));

  move_to (self, STEP_JOIN, N_ ("Join our Wi-Fi"));
  add_wifi_words (self,
                  add_code (self, text,
                            _ ("Open your phone's camera, hold it up to the code, and press what "
                               "it offers. It may say that there is no internet: that is right, "
                               "stay in it.")));
  kouan_source_part_set_primary (part_of (self), _ ("My phone has joined"));
}

static void
on_throw_away (KouanPhoneSource *self)
{
  forget_files (self);
  self->thrown_away = TRUE;
  show_open (self);
}

static void
add_thrown_away (KouanPhoneSource *self)
{
  kouan_source_part_add (part_of (self),
                         kouan_notice_new (KOUAN_NOTICE_INFO, _ ("It is thrown away"),
                                           _ ("Nobody has looked at it. This is a new code: "
                                              "the one before does not count any more.")));
}

/* A code of its own each time: the one before is void. */
static void
show_open (KouanPhoneSource *self)
{
  move_to (self, STEP_OPEN, N_ ("Photograph this code"));
  kouan_source_part_add (part_of (self),
                         GTK_WIDGET (kouan_progress_new (_ ("Making a code for your phone"))));
  kouan_phone_start (phone_of (self), kouan_language_current ()->code);
}

static void
on_address (KouanPhone *phone, GParamSpec *pspec G_GNUC_UNUSED, KouanPhoneSource *self)
{
  const char *address = kouan_phone_get_address (phone);

  if (address == NULL || self->step != STEP_OPEN)
    return;
  kouan_source_part_clear (part_of (self), kouan_source_part_get_title (part_of (self)));
  if (self->thrown_away)
    add_thrown_away (self);
  add_code (self, address,
            _ ("Hold your phone's camera up to the code and open the page that it shows. The page "
               "comes from this kiosk, not from the internet."));
}

static void
show_wait (KouanPhoneSource *self)
{
  move_to (self, STEP_WAIT, N_ ("Choose the paper on your phone"));
  kouan_source_part_add (part_of (self),
                         kouan_notice_new (KOUAN_NOTICE_SUCCESS, _ ("Your phone is connected"),
                                           _ ("Take a picture of the paper, or choose a file. It "
                                              "appears here.")));
  kouan_source_part_add (part_of (self), kouan_illustration_new ("phone", DRAWING_HEIGHT));
}

static void
on_here (KouanPhone *phone G_GNUC_UNUSED, KouanPhoneSource *self)
{
  note_presence (self);
  if (self->step == STEP_OPEN)
    show_wait (self);
}

static void
on_progress (KouanPhone *phone G_GNUC_UNUSED, double fraction, KouanPhoneSource *self)
{
  note_presence (self);
  if (self->step != STEP_OPEN && self->step != STEP_WAIT)
    return;
  if (self->progress == NULL)
    {
      self->step = STEP_WAIT;
      self->progress
        = kouan_source_part_show_progress (part_of (self), N_ ("Choose the paper on your phone"),
                                           _ ("The paper is on its way from your phone"));
    }
  kouan_progress_set_done (self->progress, (guint)(fraction * 100), 100);
}

static void
start_reading (KouanPhoneSource *self)
{
  self->step = STEP_READ;
  self->progress
    = kouan_source_part_show_progress (part_of (self), N_ ("One moment"), _ ("Reading your file"));
  read_next (self);
}

static void
show_number (KouanPhoneSource *self)
{
  g_autofree char *number = g_strdup_printf ("%04u", self->code);
  GtkWidget *heading = kouan_heading_new (number);
  GtkWidget *other = kouan_button_new ("delete", _ ("No, throw it away"));

  move_to (self, STEP_NUMBER, N_ ("Does your phone show this number?"));
  gtk_widget_add_css_class (heading, "check-number");
  kouan_source_part_add (part_of (self), heading);
  kouan_source_part_add (
    part_of (self),
    kouan_text_new (_ ("Then the paper is yours. If it shows another one, or none, somebody else "
                       "has photographed the code.")));
  g_signal_connect_swapped (other, "clicked", G_CALLBACK (on_throw_away), self);
  kouan_source_part_add (part_of (self), other);
  kouan_source_part_set_primary (part_of (self), _ ("Yes, the same number"));
}

/* Files of one go come in order; another go takes their place. */
static void
on_file (KouanPhone *phone G_GNUC_UNUSED, KouanPhoneFile *file, KouanPhoneSource *self)
{
  note_presence (self);
  if (self->step == STEP_READ)
    return;
  if (file->index == 0 || file->code != self->code)
    forget_files (self);
  if (file->index != self->files->len)
    return;
  self->code = file->code;
  self->thrown_away = FALSE;
  g_ptr_array_add (self->files,
                   kouan_phone_file_new (file->bytes, file->code, file->index, file->count));
  if (self->files->len == file->count)
    show_number (self);
}

/* One that broke off may be sent again; any other trouble is the end of this way. */
static void
on_trouble (KouanPhone *phone G_GNUC_UNUSED, const GError *error, KouanPhoneSource *self)
{
  gboolean goes_on = g_error_matches (error, KOUAN_PHONE_ERROR, KOUAN_PHONE_ERROR_CUT);

  if (self->step == STEP_NUMBER || self->step == STEP_READ) /* what is here is here */
    return;
  if (goes_on)
    show_wait (self);
  kouan_source_part_fail (part_of (self), error, !goes_on);
}

/* The phone still has its page: the visitor can choose another file there. */
static void
fail_file (KouanPhoneSource *self, const GError *error)
{
  gboolean is_served = kouan_phone_get_address (phone_of (self)) != NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  forget_files (self);
  if (is_served)
    show_wait (self);
  kouan_source_part_fail (part_of (self), error, !is_served);
}

static void
on_pixels_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanPhoneSource) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = kouan_pixels_read_finish (KOUAN_PIXELS (source), result, &error);

  if (pages == NULL)
    {
      fail_file (self, error);
      return;
    }
  for (guint i = 0; i < pages->len; i++)
    g_ptr_array_add (self->pages, kouan_page_ref (g_ptr_array_index (pages, i)));
  self->next++;
  if (self->pages->len > KOUAN_PIXELS_PAGES_MAX)
    {
      error = kouan_pixels_error_new (KOUAN_PIXELS_ERROR_TOO_MANY_PAGES, KOUAN_FILE_KIND_UNKNOWN,
                                      "too many pages in one go");
      fail_file (self, error);
    }
  else
    read_next (self);
}

static void
read_next (KouanPhoneSource *self)
{
  g_autoptr (GPtrArray) pages = NULL;
  const KouanPhoneFile *file;

  if (self->next == self->files->len)
    {
      kouan_phone_stop (phone_of (self));
      pages = g_ptr_array_ref (self->pages);
      kouan_source_part_take_pages (part_of (self), pages);
      return;
    }
  file = g_ptr_array_index (self->files, self->next);
  kouan_progress_set_done (self->progress, self->next, self->files->len);
  kouan_pixels_read_async (kouan_kiosk_get_pixels (kouan_source_part_get_kiosk (part_of (self))),
                           file->bytes, kouan_source_part_get_cancellable (part_of (self)),
                           on_pixels_ready, g_object_ref (self));
}

static void
kouan_phone_source_begin (KouanSourcePart *part)
{
  KouanPhoneSource *self = KOUAN_PHONE_SOURCE (part);
  KouanPhone *phone = phone_of (self);

  g_signal_connect_object (phone, "notify::address", G_CALLBACK (on_address), self, 0);
  g_signal_connect_object (phone, "here", G_CALLBACK (on_here), self, 0);
  g_signal_connect_object (phone, "progress", G_CALLBACK (on_progress), self, 0);
  g_signal_connect_object (phone, "file", G_CALLBACK (on_file), self, 0);
  g_signal_connect_object (phone, "trouble", G_CALLBACK (on_trouble), self, 0);
  if (kouan_phone_get_wifi (phone) != NULL)
    show_join (self);
  else
    show_open (self);
}

static gboolean
kouan_phone_source_back (KouanSourcePart *part)
{
  KouanPhoneSource *self = KOUAN_PHONE_SOURCE (part);

  if (self->step != STEP_OPEN || kouan_phone_get_wifi (phone_of (self)) == NULL)
    return FALSE;
  kouan_phone_stop (phone_of (self));
  show_join (self);
  return TRUE;
}

static void
kouan_phone_source_primary (KouanSourcePart *part)
{
  KouanPhoneSource *self = KOUAN_PHONE_SOURCE (part);

  if (self->step == STEP_JOIN)
    show_open (self);
  else if (self->step == STEP_NUMBER)
    start_reading (self);
}

static void
kouan_phone_source_dispose (GObject *object)
{
  KouanPhoneSource *self = KOUAN_PHONE_SOURCE (object);

  self->progress = NULL;
  if (kouan_source_part_get_kiosk (part_of (self)) != NULL)
    kouan_phone_stop (phone_of (self));
  G_OBJECT_CLASS (kouan_phone_source_parent_class)->dispose (object);
}

static void
kouan_phone_source_finalize (GObject *object)
{
  KouanPhoneSource *self = KOUAN_PHONE_SOURCE (object);

  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->pages);
  G_OBJECT_CLASS (kouan_phone_source_parent_class)->finalize (object);
}

static void
kouan_phone_source_class_init (KouanPhoneSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_phone_source_dispose;
  G_OBJECT_CLASS (klass)->finalize = kouan_phone_source_finalize;
  KOUAN_SOURCE_PART_CLASS (klass)->begin = kouan_phone_source_begin;
  KOUAN_SOURCE_PART_CLASS (klass)->back = kouan_phone_source_back;
  KOUAN_SOURCE_PART_CLASS (klass)->primary = kouan_phone_source_primary;
}

static void
kouan_phone_source_init (KouanPhoneSource *self)
{
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_phone_file_free);
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_page_unref);
}
