/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the applicant knows, and how the machine says things in her language. */
typedef struct _RobotWords RobotWords;

typedef struct
{
  const char *facts;     /* the specimens' applicant.ini */
  const char *catalogue; /* the folder of the services */
  const char *messages;  /* the folder of the translations */
} RobotWordsSources;

RobotWords *robot_words_new (const RobotWordsSources *sources,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void robot_words_free (RobotWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RobotWords, robot_words_free)

gboolean robot_words_speak (RobotWords *self,
                            const char *language,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *robot_words_own_name (const char *language);
const char *robot_words_get (RobotWords *self, const char *text);

G_END_DECLS
