/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-specimens"

#include "assets/demo/papers.h"

/* The applicant's papers. The city of Yungang, its offices and firms are invented. */

#define EMPLOYER "云港星图精密仪器有限公司\nYungang Startrail Instruments Co., Ltd."
#define ADDRESS                                                                                    \
  "云港市滨江区书院路18号3幢602室\nRoom 602, Building 3, 18 Shuyuan Road, Binjiang, Yungang"
#define POST "光学工程师 Optical engineer"
#define ARRIVED_DAYS_AGO 12

static void
add_person (KouanPaper *paper, const KouanApplicant *applicant)
{
  g_autofree char *name = kouan_applicant_full_name (applicant);
  g_autofree char *birth = kouan_demo_date_iso (&applicant->birth);
  g_autofree char *birth_and_sex = g_strdup_printf ("%s · 女 F", birth);

  kouan_paper_add_row (paper, "姓名", "Name", name);
  kouan_paper_add_row (paper, "国籍", "Nationality", "乌托邦 Utopia (UTO)");
  kouan_paper_add_row (paper, "护照号码", "Passport number", applicant->passport_number);
  kouan_paper_add_row (paper, "出生日期 · 性别", "Date of birth · sex", birth_and_sex);
}

/* Returns: (transfer full): "2026年5月3日 · 3 May 2026" */
static char *
date_in_both (const KouanApplicant *applicant, int days_later)
{
  GDate day = kouan_demo_day (&applicant->today, days_later);
  g_autofree char *zh = kouan_demo_date_zh (&day);
  g_autofree char *en = kouan_demo_date_en (&day);

  return g_strdup_printf ("%s\n%s", zh, en);
}

/* Returns: (transfer full): "2026-05-03 至 to 2027-05-02" */
static char *
period (const KouanApplicant *applicant, int from_days, int to_days)
{
  GDate from = kouan_demo_day (&applicant->today, from_days);
  GDate to = kouan_demo_day (&applicant->today, to_days);
  g_autofree char *from_text = kouan_demo_date_iso (&from);
  g_autofree char *to_text = kouan_demo_date_iso (&to);

  return g_strdup_printf ("%s 至 to %s", from_text, to_text);
}

KouanPaper *
kouan_demo_work_permit_notice (const KouanApplicant *applicant)
{
  KouanPaper *paper
    = kouan_paper_new ("云港市外国专家服务中心", "Yungang Service Centre for Foreign Experts",
                       "外国人工作许可通知", "Notification Letter of Foreigner's Work Permit");
  g_autofree char *term = period (applicant, -20, 710);

  paper->reference = g_strdup ("编号 No. YG-WP-0004127-SPECIMEN");
  add_person (paper, applicant);
  kouan_paper_add_row (paper, "用人单位", "Employer", EMPLOYER);
  kouan_paper_add_row (paper, "岗位", "Post", POST);
  kouan_paper_add_row (paper, "人才类别", "Category", "B 类 Category B");
  kouan_paper_add_row (paper, "许可期限", "Period of work", term);
  kouan_paper_add_words (
    paper, "经审查，准予上述人员在华工作。请在入境后30日内申请工作类居留证件。\n"
           "The person named above may work for the employer named above. Apply for a work-type "
           "residence permit within 30 days of entry.");
  paper->date = date_in_both (applicant, -35);
  paper->seal = "云港市外国专家服务中心";
  return paper;
}

KouanPaper *
kouan_demo_accommodation_registration (const KouanApplicant *applicant)
{
  KouanPaper *paper
    = kouan_paper_new ("云港市公安局滨江派出所", "Binjiang Police Station, Yungang",
                       "境外人员住宿登记表", "Registration Form of Temporary Residence");
  g_autofree char *stay = period (applicant, -ARRIVED_DAYS_AGO, 353);
  g_autofree char *registered = date_in_both (applicant, -ARRIVED_DAYS_AGO + 1);

  paper->reference = g_strdup ("编号 No. BJ-0091764-SPECIMEN");
  add_person (paper, applicant);
  kouan_paper_add_row (paper, "住宿地址", "Address", ADDRESS);
  kouan_paper_add_row (paper, "住房种类", "Kind of housing", "租赁住宅 Rented flat");
  kouan_paper_add_row (paper, "房主", "Landlord", "林若水 LIN RUOSHUI");
  kouan_paper_add_row (paper, "拟住期限", "Period of stay", stay);
  kouan_paper_add_row (paper, "登记日期", "Registered on", registered);
  kouan_paper_add_words (paper, "住址变更的，请在24小时内重新登记。\n"
                                "If you move, register again within 24 hours.");
  paper->seal = "云港市公安局滨江派出所";
  return paper;
}

KouanPaper *
kouan_demo_employer_consent (const KouanApplicant *applicant)
{
  KouanPaper *paper
    = kouan_paper_new ("云港星图精密仪器有限公司", "Yungang Startrail Instruments Co., Ltd.",
                       "单位同意函", "Employer's Letter of Consent");

  paper->reference = g_strdup ("编号 No. ST-HR-118-SPECIMEN");
  add_person (paper, applicant);
  kouan_paper_add_row (paper, "岗位", "Post", POST);
  kouan_paper_add_words (
    paper, "云港市公安局出入境管理支队：\n"
           "上述人员系我公司员工，我公司同意其申请工作类居留证件，期限一年，并对其在华期间的"
           "工作情况负责。");
  kouan_paper_add_words (
    paper, "To the Exit-Entry Administration of Yungang:\n"
           "The person named above works for us. We agree to the application for a work-type "
           "residence permit of one year, and answer for the work that is done here.");
  kouan_paper_add_words (paper, "联系人 Contact: 周敏 ZHOU Min · 电话 Tel.: 0000-5550118");
  paper->date = date_in_both (applicant, -6);
  paper->seal = "云港星图精密仪器有限公司";
  paper->is_signed = TRUE;
  return paper;
}

KouanPaper *
kouan_demo_health_certificate (const KouanApplicant *applicant)
{
  KouanPaper *paper = kouan_paper_new (
    "云港国际旅行卫生保健中心", "Yungang International Travel Healthcare Center",
    "境外人员体格检查记录验证证明", "Certificate of Verification of Physical Examination");
  g_autofree char *examined = date_in_both (applicant, -9);
  GDate until = kouan_demo_day (&applicant->today, 170);
  g_autofree char *valid = kouan_demo_date_iso (&until);

  paper->reference = g_strdup ("编号 No. YGHC-220385-SPECIMEN");
  add_person (paper, applicant);
  kouan_paper_add_row (paper, "检查日期", "Date of examination", examined);
  kouan_paper_add_row (paper, "有效期至", "Valid until", valid);
  kouan_paper_add_words (paper, "经检查，未发现须限制入境的传染病。\n"
                                "No infectious disease that restricts entry was found.");
  paper->date = date_in_both (applicant, -7);
  paper->seal = "云港国际旅行卫生保健中心";
  paper->is_signed = TRUE;
  return paper;
}

KouanPaper *
kouan_demo_lease (const KouanApplicant *applicant)
{
  KouanPaper *paper = kouan_paper_new ("甲乙双方自愿订立", "Made between the parties below",
                                       "房屋租赁合同", "Lease of a Flat");
  g_autofree char *name = kouan_applicant_full_name (applicant);
  g_autofree char *term = period (applicant, -ARRIVED_DAYS_AGO, 353);

  paper->reference = g_strdup ("第1页 共2页 · Page 1 of 2");
  kouan_paper_add_row (paper, "出租方（甲方）", "Landlord", "林若水 LIN RUOSHUI");
  kouan_paper_add_row (paper, "承租方（乙方）", "Tenant", name);
  kouan_paper_add_row (paper, "乙方护照号码", "Tenant's passport", applicant->passport_number);
  kouan_paper_add_row (paper, "房屋坐落", "Address of the flat", ADDRESS);
  kouan_paper_add_row (paper, "建筑面积", "Floor area", "62 m²");
  kouan_paper_add_row (paper, "租赁期限", "Term of the lease", term);
  kouan_paper_add_row (paper, "月租金", "Monthly rent", "CNY 4,200");
  kouan_paper_add_words (paper, "一、甲方将上述房屋出租给乙方居住使用。\n"
                                "1. The landlord lets the flat above to the tenant to live in.");
  kouan_paper_add_words (
    paper, "二、乙方入住后24小时内，双方到派出所办理住宿登记。\n"
           "2. Within 24 hours of moving in, both register the stay at the police station.");
  return paper;
}

KouanPaper *
kouan_demo_lease_terms (const KouanApplicant *applicant)
{
  KouanPaper *paper = kouan_paper_new ("甲乙双方自愿订立", "Made between the parties below",
                                       "房屋租赁合同", "Lease of a Flat");

  paper->reference = g_strdup ("第2页 共2页 · Page 2 of 2");
  kouan_paper_add_words (paper, "三、租金按月支付，于每月5日前付清。\n"
                                "3. The rent is paid each month before the 5th.");
  kouan_paper_add_words (paper,
                         "四、押金为一个月租金，租赁期满结清后退还。\n"
                         "4. The deposit is one month's rent, returned when the lease has ended.");
  kouan_paper_add_words (
    paper, "五、未经甲方同意，乙方不得转租。\n"
           "5. The tenant does not let the flat to others without the landlord's consent.");
  kouan_paper_add_words (
    paper, "六、任何一方提前解除合同，应提前三十日书面通知对方。\n"
           "6. Either party may end the lease early with 30 days' notice in writing.");
  kouan_paper_add_words (
    paper, "七、本合同一式两份，双方各执一份，签字后生效。\n"
           "7. There are two copies, one for each party. It takes effect when both have signed.");
  kouan_paper_add_words (paper, "\n甲方 Landlord: 林若水\n\n乙方 Tenant:");
  paper->date = date_in_both (applicant, -ARRIVED_DAYS_AGO - 3);
  paper->is_signed = TRUE;
  return paper;
}
