//! The words of real disclosures, and the fields they are of.

use gouji::{Checker, Document, Reader, Verdict};

use crate::bundled;

/// A text about 2019, and the field of each of its figures in turn; `-` is none.
const WORDINGS: &[(&str, &str)] = &[
    (
        "“三公”经费合计支出20.12万元，其中：公务接待12.39万元，公务用车运行费用7.73万元。",
        "three_public.total three_public.reception three_public.operation",
    ),
    (
        "三公经费支出合计3万元，其中：因公出国费1万元、公车运行维护费2万元。",
        "three_public.total three_public.abroad three_public.operation",
    ),
    (
        "公车购置及运行维护费130万元，其中：购置费10万元，运行维护费120万元。",
        "three_public.vehicles three_public.purchase three_public.operation",
    ),
    (
        "公务用车购置及运行费150万元，其中：公务车购置经费30万元、运行费120万元。",
        "three_public.vehicles three_public.purchase three_public.operation",
    ),
    // The whole in one county and a part in another: neither.
    ("公务用车及运行维护费61.8万元。", "-"),
    // Words that only stand for a part where the whole is named.
    ("设备购置费10万元，购置费5万元，运行费3万元。", "- - -"),
    ("因公出国（境）团组0个，人数0人。", "three_public.abroad_groups three_public.abroad_people"),
    ("公务用车购置100辆，公务用车保有量345辆。", "three_public.vehicles_bought three_public.vehicles_kept"),
    ("购置车辆1辆。年末公务用车保有7辆。", "three_public.vehicles_bought three_public.vehicles_kept"),
    ("公务用车购置18万元，购置公务用车1辆。", "three_public.purchase three_public.vehicles_bought"),
    (
        "国内公务接待批次3978个，接待人次28598人；国（境）外公务接待批次23个，接待人次142人。",
        "three_public.reception_batches three_public.reception_people three_public.beyond_batches three_public.beyond_people",
    ),
    (
        "公务接待费4.95万元。其中：国内接待费4.95万元（其中：外事接待费0万元）。",
        "three_public.reception three_public.domestic three_public.foreign",
    ),
    (
        "国内公务接待124批次（其中：外事接待1批次），接待人次620人。",
        "three_public.reception_batches three_public.foreign_batches three_public.reception_people",
    ),
    ("公务接待0.58万元，减少4.68%。", "three_public.reception three_public.reception"),
    (
        "一般公共预算财政拨款支出30万元，其中：卫生健康支出10万元，住房保障支出20万元。",
        "general_budget.expenditure functions.health functions.housing",
    ),
    // Of all spending, it is another figure.
    ("本年支出合计40万元，其中：卫生健康支出15万元，住房保障支出25万元。", "expenditure.current - -"),
    (
        "人员经费20万元，其中：基本工资12万元、津贴补贴8万元；公用经费5万元，其中：办公费3万元、公务接待费2万元。",
        "basic_expenditure.personnel economy.basic_wage economy.allowances basic_expenditure.operating \
         economy.office economy.reception",
    ),
    (
        "机关运行经费5万元，其中：办公费3万元、公务接待费2万元。",
        "running_cost.total running_cost.office running_cost.reception",
    ),
    (
        "政府采购支出总额12.5万元，其中：政府采购货物支出10万元、政府采购工程支出0万元、政府采购服务支出2.5万元。\
         授予中小企业合同金额10万元，其中：授予小微企业合同金额8万元。",
        "procurement.total procurement.goods procurement.works procurement.services procurement.to_small \
         procurement.to_micro",
    ),
    (
        "单价50万元以上通用设备3台（套），单价100万元以上专用设备1台（套）。",
        "fixed_assets.general_equipment fixed_assets.special_equipment",
    ),
    ("开展绩效自评的项目12个。", "performance.reviewed"),
];

#[test]
fn words_as_printed_are_of_their_fields() {
    let rules = bundled("department");
    let mut wrong = Vec::new();
    for (text, fields) in WORDINGS {
        let document = Reader::new(&rules).text("a.txt", format!("2019年\n{text}").as_bytes()).unwrap();
        let report = Checker::new(&rules).check(&document);
        let claims: Vec<_> =
            report.figures().iter().map(|figure| figure.field.as_deref().unwrap_or("-")).collect();
        if claims.join(" ") != *fields {
            wrong.push(format!("{text} {claims:?}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// A table of three public expenses beside the running cost, as 上海 prints it, with the columns of other places.
#[test]
fn columns_as_printed_are_of_their_table() {
    let rules = bundled("tables");
    let row = r#"{"year": 2017, "document": "actual", "2017年度“三公”经费及机关运行经费支出决算表": [{
        "“三公”经费合计": "8.77", "因公出国（境）经费": "0", "公务用车购置和运行费": "8.47", "购置费": "0",
        "运行维护费": "8.47", "公务接待费用": "0.30", "机关运行经费": "325.88"}]}"#;
    let document = Document::from_json("a.json", row).unwrap();
    let report = Checker::new(&rules).check(&document);
    let columns: Vec<_> = report.figures().iter().filter_map(|figure| figure.field.as_deref()).collect();
    let known = ["total", "abroad", "vehicles", "purchase", "operation", "reception", "running_cost"];
    assert_eq!(columns, known.map(|column| format!("three_public_table.{column}")));
    let held: Vec<_> =
        report.outcomes().iter().filter(|outcome| outcome.verdict() == Verdict::Holds).collect();
    assert!(held.iter().any(|outcome| outcome.rule() == "three_public_table.row"));
    assert!(held.iter().any(|outcome| outcome.rule() == "three_public_table.vehicles_split"));
}
