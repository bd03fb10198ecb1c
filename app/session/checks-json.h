/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/result.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* [{"id": "mrz.birth", "source": "optical", "result": "successful"}, …], in drafts and in records
 */
JsonNode *kouan_checks_to_json (KouanChecks *checks);
KouanChecks *kouan_checks_from_json (JsonNode *node);

G_END_DECLS
