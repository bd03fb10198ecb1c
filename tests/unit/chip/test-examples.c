/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/chip/bac.h"
#include "app/chip/files.h"
#include "app/chip/pace.h"
#include "tests/testlib/hex.h"
#include "tests/unit/chip/script.h"

#include <string.h>

/* The worked examples of ICAO Doc 9303-11: appendix D for Basic Access Control and secure
 * messaging, appendix G for PACE. */

#define D_INFORMATION "L898902C<369080619406236"
#define G_INFORMATION "T22000129364081251010318"

static void
take_hex (guint8 *out, gsize size, const char *hex)
{
  g_autoptr (GBytes) bytes = kouan_test_bytes (hex);

  g_assert_cmpuint (g_bytes_get_size (bytes), ==, size);
  memcpy (out, g_bytes_get_data (bytes, NULL), size);
}

static void
set_up_bac (KouanBac *bac)
{
  g_autoptr (KouanChipPassword) password = kouan_chip_password_new_information (D_INFORMATION);

  kouan_bac_init (bac, password);
  take_hex (bac->chip_nonce, 8, "4608F91988702212");
  take_hex (bac->own_nonce, 8, "781723860C06C226");
  take_hex (bac->own_keying, 16, "0B795240CB7049B01C19B33E32804F0B");
}

static void
test_bac_keys (void)
{
  g_autoptr (KouanChipPassword) password = kouan_chip_password_new_information (D_INFORMATION);
  guint8 seed[KOUAN_CHIP_SEED_SIZE];
  KouanBac bac;

  kouan_chip_password_get_seed (password, seed);
  kouan_test_assert_bytes (seed, sizeof seed, "239AB9CB282DAF66231DC5A4DF6BFBAE");
  kouan_bac_init (&bac, password);
  kouan_test_assert_bytes (bac.encryption_key, 16, "AB94FDECF2674FDFB9B391F85D7F76F2");
  kouan_test_assert_bytes (bac.mac_key, 16, "7962D9ECE03D1ACD4C76089DCE131543");
}

/* The zone itself, with a number of eight characters and with one of twelve (9303-11 D.2). */
static void
test_information (void)
{
  static const char *const short_lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                             "L898902C<3UTO6908061F9406236ZE184226B<<<<<14", NULL };
  static const char *const long_lines[]
    = { "I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2",
        "STEVENSON<<PETER<JOHN<<<<<<<<<", NULL };
  g_autoptr (KouanChipPassword) short_expected
    = kouan_chip_password_new_information (D_INFORMATION);
  g_autoptr (KouanChipPassword) long_expected
    = kouan_chip_password_new_information ("D23145890734934071279507122");
  g_autoptr (KouanMrz) short_mrz = NULL;
  g_autoptr (KouanMrz) long_mrz = NULL;
  g_autoptr (KouanChipPassword) short_number = NULL;
  g_autoptr (KouanChipPassword) long_number = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 1, 1, 1994);
  short_mrz = kouan_mrz_parse (short_lines, &today, NULL);
  long_mrz = kouan_mrz_parse (long_lines, &today, NULL);
  short_number = kouan_chip_password_new_mrz (short_mrz);
  long_number = kouan_chip_password_new_mrz (long_mrz);
  g_assert_true (kouan_chip_password_equal (short_number, short_expected));
  g_assert_true (kouan_chip_password_equal (long_number, long_expected));
}

static void
test_bac_token (void)
{
  guint8 token[KOUAN_BAC_TOKEN_SIZE];
  KouanBac bac;

  set_up_bac (&bac);
  kouan_bac_make_token (&bac, token);
  kouan_test_assert_bytes (token, sizeof token,
                           "72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2"
                           "5F1448EEA8AD90A7");
}

#define CHIP_TOKEN                                                                                 \
  "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F"                               \
  "2F2D235D074D7449"

/* From the chip's token to EF.COM in plain: every byte of D.3 and D.4. */
static void
test_bac_session (void)
{
  static const char *const pairs[][2] = {
    { "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800",
      "990290008E08FA855A5D4C50A8ED9000" },
    { "0CB000000D9701048E08ED6705417E96BA5500",
      "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000" },
    { "0CB000040D9701128E082EA28A70F3C7B53500",
      "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000" },
    { NULL, NULL },
  };
  g_autoptr (KouanChipTransport) transport = test_script_new (pairs);
  g_autoptr (KouanChipChannel) channel = kouan_chip_channel_new (transport);
  g_autoptr (GBytes) token = kouan_test_bytes (CHIP_TOKEN);
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  KouanApdu command = { .ins = KOUAN_INS_READ_BINARY, .expected = 4 };
  KouanBac bac;

  set_up_bac (&bac);
  kouan_chip_channel_secure (channel, kouan_bac_finish (&bac, g_bytes_get_data (token, NULL),
                                                        g_bytes_get_size (token), &error));
  g_assert_no_error (error);
  g_assert_true (kouan_chip_file_select (channel, KOUAN_CHIP_FILE_COM, &error));
  g_assert_true (kouan_chip_channel_demand (channel, &command, answer, "READ BINARY", &error));
  kouan_test_assert_bytes (answer->data, answer->len, "60145F01");
  command.p2 = 4;
  command.expected = 0x12;
  g_assert_true (kouan_chip_channel_demand (channel, &command, answer, "READ BINARY", &error));
  kouan_test_assert_bytes (answer->data, answer->len, "04303130365F36063034303030305C026175");
  test_script_assert_finished (transport);
}

/* Each byte of the chip's token counts. */
static void
test_bac_refuses_other_tokens (void)
{
  g_autoptr (GBytes) token = kouan_test_bytes (CHIP_TOKEN);
  guint8 bytes[KOUAN_BAC_TOKEN_SIZE];
  KouanBac bac;

  set_up_bac (&bac);
  for (guint i = 0; i < sizeof bytes; i++)
    {
      g_autoptr (GError) error = NULL;

      memcpy (bytes, g_bytes_get_data (token, NULL), sizeof bytes);
      bytes[i] ^= 1;
      g_assert_null (kouan_bac_finish (&bac, bytes, sizeof bytes, &error));
      g_assert_error (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_TAMPERED);
    }
}

static KouanGroupKey *
next_key (KouanGroup *group, gpointer data)
{
  const char *const **secrets = data;
  g_autoptr (GBytes) secret = kouan_test_bytes (*(*secrets)++);

  return kouan_group_key_new (group, g_bytes_get_data (secret, NULL), g_bytes_get_size (secret));
}

static void
run_pace (const KouanPaceOffer *offer, const char *const (*pairs)[2], const char *const *secrets)
{
  g_autoptr (KouanChipTransport) transport = test_script_new (pairs);
  g_autoptr (KouanChipChannel) channel = kouan_chip_channel_new (transport);
  g_autoptr (KouanChipPassword) password = kouan_chip_password_new_information (G_INFORMATION);
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_pace_open_with_keys (channel, offer, password, next_key, &secrets, &error));
  g_assert_no_error (error);
  g_assert_true (kouan_chip_channel_is_secure (channel));
  test_script_assert_finished (transport);
}

/* G.1: ECDH over brainpoolP256r1, AES-128. */
static void
test_pace_curve (void)
{
  static const char *const pairs[][2] = {
    { "0022C1A412800A04007F0007020204020283010184010D", "9000" },
    { "10860000027C0000", "7C12801095A3A016522EE98D01E76CB6B98B42C39000" },
    { "10860000457C438141047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
      "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00",
      "7C43824104824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
      "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C549000" },
    { "10860000457C438341042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C"
      "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB3646200",
      "7C438441049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB"
      "7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F0949000" },
    { "008600000C7C0A8508C2B0BD78D94BA86600", "7C0A86083ABB9674BCE93C089000" },
    { NULL, NULL },
  };
  static const char *const secrets[] = {
    "7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99",
    "A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595",
  };
  const KouanPaceOffer offer = { "0.4.0.127.0.7.2.2.4.2.2", 13, TRUE };

  run_pace (&offer, pairs, secrets);
}

/* G.2: DH in the 1024-bit group of RFC 5114, AES-128. */
static void
test_pace_prime (void)
{
  static const char *const pairs[][2] = {
    { "0022C1A40F800A04007F00070202040102830101", "9000" },
    { "10860000027C0000", "7C128010854D8DF5827FA6852D1A4FA701CDDDCA9000" },
    { "10860000867C818381818023FB3749EA030D2A25B278D2A562047ADE3F01B74F17A15402CB7352CA7D2B3E"
      "B71C343DB13D1DEBCE9A3666DBCFC920B49174A602CB47965CAA73DC702489A44D41DB914DE9613DC5E98C94"
      "160551C0DF86274B9359BC0490D01B03AD54022DCB4F57FAD6322497D7A1E28D46710F461AFE710FBBBC5F8B"
      "A166F4311975EC6C00",
      "7C818382818078879F57225AA8080D52ED0FC890A4B25336F699AA89A2D3A189654AF70729E623EA5738B263"
      "81E4DA19E004706FACE7B235C2DBF2F38748312F3C98C2DD4882A41947B324AA1259AC22579DB93F7085655A"
      "F30889DBB845D9E6783FE42C9F2449400306254C8AE8EE9DD812A804C0B66E8CAFC14F84D8258950A91B4412"
      "6EE69000" },
    { "10860000867C8183838180907D89E2D425A178AA81AF4A7774EC8E388C115CAE67031E85EECE520BD91155"
      "1B9AE4D04369F29A02626C86FBC6747CC7BC352645B6161A2A42D44EDA80A08FA8D61B76D3A154AD8A5A5178"
      "6B0BC07147057871A922212C5F67F43173172236B7747D1671E6D692A3C7D40A0C3C5CE397545D015C175EB5"
      "130551EDBC2EE5D400",
      "7C8183848180075693D9AE941877573E634B6E644F8E60AF17A0076B8B123D9201074D36152BD8B3A213F538"
      "20C42ADC79AB5D0AEEC3AEFB91394DA476BD97B9B14D0A65C1FC71A0E019CB08AF55E1F729005FBA7E3FA5DC"
      "41899238A250767A6D46DB974064386CD456743585F8E5D90CC8B4004B1F6D866C79CE0584E49687FF61BC29"
      "AEA19000" },
    { "008600000C7C0A8508B46DD9BD4D98381F00", "7C0A8608917F37B5C0E6D8D19000" },
    { NULL, NULL },
  };
  static const char *const secrets[] = {
    "5265030F751F4AD18B08AC565FC7AC952E41618D",
    "89CCD99B0E8D3B1F11E1296DCA68EC53411CF2CA",
  };
  const KouanPaceOffer offer = { "0.4.0.127.0.7.2.2.4.1.2", 0, FALSE };

  run_pace (&offer, pairs, secrets);
}

/* The password's key and the mapped generator of G.1, on their own. */
static void
test_pace_parts (void)
{
  g_autoptr (KouanChipPassword) password = kouan_chip_password_new_information (G_INFORMATION);
  g_autoptr (KouanGroup) group = kouan_group_new_standard (13);
  g_autoptr (GBytes) secret
    = kouan_test_bytes ("7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99");
  g_autoptr (GBytes) peer
    = kouan_test_bytes ("04824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
                        "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C54");
  g_autoptr (GBytes) nonce = kouan_test_bytes ("3F00C4D39D153F2B2A214A078D899B22");
  static const guint8 one[] = { 1 };
  g_autoptr (KouanGroupKey) key = NULL;
  g_autoptr (KouanGroupKey) unit = NULL;
  g_autoptr (KouanGroup) mapped = NULL;
  guint8 derived[KOUAN_BLOCK_KEY_SIZE_MAX];
  GBytes *generator;

  kouan_chip_password_derive (password, KOUAN_BLOCK_CIPHER_AES_128, derived);
  kouan_test_assert_bytes (derived, 16, "89DED1B26624EC1E634C1989302849DD");
  key = kouan_group_key_new (group, g_bytes_get_data (secret, NULL), g_bytes_get_size (secret));
  mapped = kouan_group_map (key, peer, g_bytes_get_data (nonce, NULL), 16, NULL);
  unit = kouan_group_key_new (mapped, one, sizeof one);
  generator = kouan_group_key_get_public (unit);
  kouan_test_assert_bytes (g_bytes_get_data (generator, NULL), g_bytes_get_size (generator),
                           "048CED63C91426D4F0EB1435E7CB1D74A46723A0AF21C89634F65A9AE87A9265E2"
                           "8C879506743F8611AC33645C5B985C80B5F09A0B83407C1B6A4D857AE76FE522");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chip/examples/bac/keys", test_bac_keys);
  g_test_add_func ("/chip/examples/bac/information", test_information);
  g_test_add_func ("/chip/examples/bac/token", test_bac_token);
  g_test_add_func ("/chip/examples/bac/session", test_bac_session);
  g_test_add_func ("/chip/examples/bac/other-tokens", test_bac_refuses_other_tokens);
  g_test_add_func ("/chip/examples/pace/curve", test_pace_curve);
  g_test_add_func ("/chip/examples/pace/prime", test_pace_prime);
  g_test_add_func ("/chip/examples/pace/parts", test_pace_parts);
  return g_test_run ();
}
