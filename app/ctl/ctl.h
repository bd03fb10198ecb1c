/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a verb's process ends with. Scripts rely on these. */
typedef enum
{
  KOUAN_EXIT_OK = 0,          /* done, and the answer is yes */
  KOUAN_EXIT_NO = 1,          /* done, and the answer is no: refused, does not verify, not found */
  KOUAN_EXIT_USAGE = 2,       /* the words of the call are off */
  KOUAN_EXIT_FAILED = 3,      /* could not be done: a file, a disk, a device; stderr says which */
  KOUAN_EXIT_UNAVAILABLE = 4, /* this machine lacks what the verb needs */
} KouanExit;

/* A verb gets the words after its own name, argv[0] being the verb. One file a verb in this folder.
 */
typedef KouanExit (*KouanVerb) (int argc, char **argv);

/* One JSON object, one line, stdout. Takes the builder's root; the builder stays the caller's. */
void kouan_ctl_print (JsonBuilder *builder);

/* "kouanctl: …" on stderr, and USAGE back, so that a verb may return it. */
KouanExit kouan_ctl_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);
KouanExit kouan_ctl_failed (const GError *error);

/* The verbs, by name. */
KouanExit kouan_ctl_appointment (int argc, char **argv);
KouanExit kouan_ctl_qr (int argc, char **argv);
KouanExit kouan_ctl_station (int argc, char **argv);
KouanExit kouan_ctl_audit (int argc, char **argv);
KouanExit kouan_ctl_config (int argc, char **argv);
KouanExit kouan_ctl_doctor (int argc, char **argv);
KouanExit kouan_ctl_setup (int argc, char **argv);
KouanExit kouan_ctl_lists (int argc, char **argv);
KouanExit kouan_ctl_queue (int argc, char **argv);
KouanExit kouan_ctl_report (int argc, char **argv);
KouanExit kouan_ctl_receipt (int argc, char **argv);
KouanExit kouan_ctl_record (int argc, char **argv);
KouanExit kouan_ctl_catalogue (int argc, char **argv);
KouanExit kouan_ctl_declaration (int argc, char **argv);
KouanExit kouan_ctl_chip (int argc, char **argv);
KouanExit kouan_ctl_mrz (int argc, char **argv);
KouanExit kouan_ctl_document (int argc, char **argv);
KouanExit kouan_ctl_face (int argc, char **argv);
KouanExit kouan_ctl_portrait (int argc, char **argv);
KouanExit kouan_ctl_trust (int argc, char **argv);
KouanExit kouan_ctl_phone (int argc, char **argv);
KouanExit kouan_ctl_speech (int argc, char **argv);
KouanExit kouan_ctl_staff (int argc, char **argv);

G_END_DECLS
