/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/station/station.h"

G_BEGIN_DECLS

#define KOUAN_TEST_KIOSK 7
#define KOUAN_TEST_HALL 3

/* A complete station in "@folder/station": kiosk 7 of hall 3 ("Test hall", "测试大厅", reads
 * zh-Hans). The identities that open its records lie beside it as hub.key and escrow.key. @trusted:
 * (nullable): may speak for everything */
KouanStation *kouan_test_station_new (const char *folder, KouanSigningKey *trusted);
void kouan_test_station_make (const char *folder, KouanSigningKey *trusted); /* the folder alone */
KouanAgeIdentity *kouan_test_station_hub_identity (const char *folder);

G_END_DECLS
