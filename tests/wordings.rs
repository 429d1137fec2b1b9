//! Wordings of real counties: what ties gives no finding, what does not gives the one.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use gouji::{Checker, Lang, Reader, RuleSet};

/// `rule: message`, for every finding of a text about 2020.
fn findings(text: &str) -> Vec<String> {
    let rules = RuleSet::builder().bundled("organization").build().unwrap();
    let text = format!("县委组织部2020年部门预算\n{text}\n");
    let document = Reader::new(&rules).text("a.txt", text.as_bytes()).unwrap();
    let report = Checker::new(&rules).check(&document);
    report.findings().map(|finding| format!("{}: {}", finding.rule(), finding.message(Lang::Zh))).collect()
}

/// Each was once misread into a false finding.
const TIES: &[&str] = &[
    // An average is no part, and nothing is a part of it.
    "公务用车购置及运行维护费10万元，其中：公务用车购置费0万元；公务用车运行维护费10万元，公务用车保有量4辆，车均运行维护费2.5万元。",
    "国内公务接待60批次，450人次，人均70元，其中外事接待费0.4万元。",
    // Deeper numbers list what the item before is made of.
    "“三公”经费支出12万元，其中：\n（一）公务用车购置及运行维护费9万元。\n1.公务用车购置费0万元。\n2.公务用车运行维护费9万元。\n（二）公务接待费3万元。",
    "（一）基本支出1800万元。其中：\n1.工资福利支出1500万元。\n（1）基本工资900万元；\n（2）津贴补贴600万元。\n2.商品和服务支出300万元。",
    // One total, split in two ways.
    "支出预算2300万元，其中：农林水支出2000万元；社会保障和就业支出300万元。按支出性质划分：基本支出1800万元，项目支出500万元。",
    "支出预算2300万元，其中：农林水支出2000万元；社会保障和就业支出300万元；其中基本支出1800万元，项目支出500万元。",
    // What a fund has is not what the department has.
    "本年收入合计3500万元，本年支出合计3480万元。\n政府性基金预算财政拨款年初结转和结余0万元，本年收入500万元，本年支出500万元，年末结转和结余0万元。",
    // What is not arranged is not said of the item before.
    "公务接待费5万元，比上年减少1万元，公务用车运行费没有安排，与上年持平。",
    "收入预算9000万元，支出预算9000万元。\n石桥一中2020年收入预算6000万元，支出预算6000万元，其中基本支出5000万元，项目支出1000万元。",
    "政府采购预算100万元，其中：货物60万元，服务40万元，工程0万元，面向中小企业采购80万元，占80%。",
    "项目支出232.24万元，其中：基层党建专项132.24万元，用于村级活动场所建设100万元、党员教育32.24万元；人才工作经费100万元。",
    "“三公”经费11万元，其中：公务接待费4万元（国内接待4万元），公务用车运行维护费7万元，用于燃油费3万元、维修费4万元。",
    "政府采购预算50万元，其中货物30万元，主要为办公设备采购20万元、家具10万元；服务20万元",
    "培训费预算20万元，其中党员培训10万元，干部培训10万元，主要用于场地费5万元、师资费3万元。",
    "基本支出280.12万元，其中人员经费220.12万元，公用经费60万元，公用经费中机关运行经费40万元。",
    "机关运行经费30.00万元，其中：办公费10.00万元、差旅费20.00万元，人均1.50万元。",
    "培训费1.96万元，其中党员培训费1万元、干部培训费0.96万元，培训98人，人均200元。",
    "下属事业单位：\n1.县党员教育中心，全额事业编制9名，实有8名。\n2.县人才中心，全额事业编制5名，实有5名。",
    "县党员教育中心（全额事业编制9名）、县人才中心（全额事业编制5名）",
    "县人才服务中心，全额事业编制5名，实有5人；县干部信息中心，全额事业编制7名",
    "部机关：支出预算300万元，其中基本支出150万元，项目支出150万元。\n党员教育中心：支出预算100万元，其中基本支出60万元，项目支出40万元。\n合计：支出预算400万元，其中基本支出210万元，项目支出190万元。",
    "部机关2020年支出预算300万元，其中基本支出150万元，项目支出150万元。县党员教育中心2020年支出预算100万元，其中基本支出60万元，项目支出40万元。全部门2020年支出预算400万元，其中基本支出210万元，项目支出190万元。",
    "支出总计455.78万元，其中基本支出217.38万元，项目支出238.4万元。\n部机关支出300万元，其中基本支出150万元，项目支出150万元；县党员教育中心支出100万元，其中基本支出60万元，项目支出40万元。",
    "县委老干部局行政编制4名，内设机构2个；县直机关工委行政编制3名，内设机构5个。",
    "（一）基本支出310万元。其中：\n1、工资福利支出230万元；\n2、商品和服务支出80万元。\n（二）项目支出200万元。",
    "会议费0.42万元，培训费1.96万元。上年会议费0.5万元，培训费2万元。",
    "收入预算512.36万元，其中：财政拨款收入500万元（经费拨款450万元、非税收入拨款50万元），上年结转12.36万元。",
    "政府性基金预算支出50万元，较上年增加50万元。",
    "收入预算约400万元，支出预算402万元。",
    "公务用车购置及运行费1.41亿元，包括公务用车购置费0.14亿元和公务用车运行费1.27亿元，同2015年相比，分别减少0.18亿元和0.56亿元。",
    "三公经费预算3万元，其中公务接待费1万元、公务用车运行维护费2万元，分别比上年减少0.5万元、0.3万元。",
    "培训费年初预算10.00万元，调整预算12.00万元，决算11.00万元，完成年初预算的110.00%，完成调整预算的91.67%。",
];

/// What does not tie, the rule that says so, and its equation.
const DOES_NOT_TIE: &[(&str, &str)] = &[
    (
        "（一）基本支出300万元。其中：\n1、工资福利支出230万元；\n2、商品和服务支出60万元；\n3、对个人和家庭的补助20万元。\n（二）项目支出200万元。",
        "parts_fit: 230 + 60 + 20 = 310 > 300，差 10 万元",
    ),
    (
        "政府采购预算总额65.2万元，其中：政府采购货物预算30.2万元、政府采购服务预算45万元。",
        "parts_fit: 30.2 + 45.0 = 75.2 > 65.2，差 10.0 万元",
    ),
    (
        "三公经费12.0万元，其中公务接待费预算8.0万元、公务用车运行维护费预算6.0万元。",
        "parts_fit: 8.0 + 6.0 = 14.0 > 12.0，差 2.0 万元",
    ),
    (
        "三公经费8.2万元，其中，公务接待费3.5万元，比上年减少0.8万元；公务用车运行维护费5万元，与上年持平；因公出国（境）费0万元。",
        "parts_fit: 3.5 + 5.0 + 0.0 = 8.5 > 8.2，差 0.3 万元",
    ),
    (
        "2020年收入预算512.36万元，较2019年的435.78万元增长27.57%。",
        "change_rate_of_years: (512.36 - 435.78) ÷ 435.78 = 17.5731% ≠ 27.57%，差 9.9969%",
    ),
    ("培训费年初预算5.00万元。\n培训费年初预算6.00万元。", "restated: 5.00 ≠ 6.00，差 1.00 万元"),
    ("2020年主要安排培训费5.00万元。培训费6.00万元。", "restated: 5.00 ≠ 6.00，差 1.00 万元"),
    ("收入预算512.36万元，支出预算521.36万元。", "total_balance: 512.36 ≠ 521.36，差 9.00 万元"),
];

#[test]
fn what_ties_gives_no_finding() {
    for text in TIES {
        assert_eq!(findings(text), [""; 0], "{text}");
    }
}

#[test]
fn what_does_not_tie_gives_the_one_finding() {
    for (text, finding) in DOES_NOT_TIE {
        assert_eq!(findings(text), [*finding], "{text}");
    }
}

#[test]
fn labels_that_no_vocabulary_knows_are_read_and_checked() {
    let rules = RuleSet::parse(
        "each money x { must change_rate when delta(x) != 0: rate(x) == delta(x) / (x@prior ?? x - delta(x)) }",
    )
    .unwrap();
    let text = "甲乙费12.5万元，比上年增加2.5万元，增长20%";
    let document = Reader::new(&rules).text("a.txt", text.as_bytes()).unwrap();
    let stated: Vec<_> =
        document.statements().iter().map(|it| (it.label.as_str(), it.facet.as_str())).collect();
    assert_eq!(stated, [("甲乙费", "amount"), ("甲乙费", "delta"), ("甲乙费", "rate")]);
    let report = Checker::new(&rules).check(&document);
    let finding = report.findings().next().unwrap();
    assert_eq!(finding.message(Lang::Zh), "2.5 ÷ (12.5 - 2.5) = 25% ≠ 20%，差 5%");
    let places: Vec<_> = finding.places().map(gouji::Location::text).collect();
    assert!(places.contains(&"20%"), "{places:?}");
}
