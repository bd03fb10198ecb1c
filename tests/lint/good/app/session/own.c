/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/session/own.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <sys/stat.h>

/* A comment may say goto, getenv, SELECT a service FROM the list, or that XXX is a country code,
 * and the todo of a visit is not ours. */

static const struct
{
  const char *text;
} sentences[] = {
  { "Select your service from the list" }, { "Begin again" },
  { "Update set: goto the desk" },         { "XXX" },
  { "https://example.org/tmp/work" },
};

int
kouan_answer (void)
{
  return G_N_ELEMENTS (sentences); /* "goto" */
}
