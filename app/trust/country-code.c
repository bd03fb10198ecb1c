/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-trust"

#include "app/trust/country-code.h"

#include <string.h>

/* Certificates name a country with two letters (ISO 3166-1 alpha-2), zones name who issued the
 * document with up to three (Doc 9303-3 section 5). Most pairs are ISO's; some issuers have codes
 * of their own in zones, and some have signers under a code that is not the issuer's: a passport of
 * Hong Kong or Macao is China's in its zone. */

static const struct
{
  const char *signer;
  const char *issuer;
} others[] = {
  { "DE", "D" },   { "GB", "GBD" }, { "GB", "GBN" }, { "GB", "GBO" }, { "GB", "GBP" },
  { "GB", "GBS" }, { "KS", "RKS" }, { "XK", "RKS" }, { "EU", "EUE" }, { "UN", "UNO" },
  { "UN", "UNA" }, { "UN", "UNK" }, { "UT", "UTO" }, { "ZZ", "UNO" }, { "HK", "CHN" },
  { "MO", "CHN" }, { "XO", "XOM" }, { "XP", "XPO" }, { "NL", "ABW" }, { "NL", "CUW" },
  { "NL", "SXM" },
};

#define CELL 6 /* two letters, three letters, a space */

static const char iso[]
  = "ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW "
    "AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN "
    "BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG "
    "CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE "
    "DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN "
    "FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL "
    "GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV "
    "HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM "
    "JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO "
    "LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE "
    "MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS "
    "MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL "
    "NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI "
    "PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN "
    "SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV "
    "SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON "
    "TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN "
    "VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE ";

static const char *
find_iso (const char *signer)
{
  for (const char *cell = iso; *cell != '\0'; cell += CELL)
    if (strncmp (cell, signer, 2) == 0)
      return cell + 2;
  return NULL;
}

static gboolean
is_other (const char *signer, const char *issuer, gboolean *known)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      *known = *known || g_str_equal (others[i].signer, signer);
      if (g_str_equal (others[i].signer, signer) && g_str_equal (others[i].issuer, issuer))
        return TRUE;
    }
  return FALSE;
}

/**
 * kouan_country_signs_for:
 * @signer: two capital letters, or "" for a certificate that names no country
 * @issuer: as in the zone, without fillers
 */
KouanIssuerFit
kouan_country_signs_for (const char *signer, const char *issuer)
{
  const char *own;
  gboolean known = FALSE;

  g_return_val_if_fail (signer != NULL && issuer != NULL, KOUAN_ISSUER_UNKNOWN);

  if (strlen (signer) != 2)
    return KOUAN_ISSUER_UNKNOWN;
  own = find_iso (signer);
  if (is_other (signer, issuer, &known)
      || (own != NULL && strlen (issuer) == 3 && strncmp (own, issuer, 3) == 0))
    return KOUAN_ISSUER_FITS;
  return own != NULL || known ? KOUAN_ISSUER_OTHER : KOUAN_ISSUER_UNKNOWN;
}
