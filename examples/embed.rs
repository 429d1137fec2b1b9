//! A department's budget, held in the structs of another program, is checked as it stands: no file, no JSON. What does
//! not tie is printed with the way to each figure.
#![allow(clippy::print_stdout, reason = "an example speaks through it")]

use gouji::quantity::Amount;
use gouji::report::{Diagnostic, Strictness, Style, closing, text};
use gouji::{Checker, Document, Lang, RuleSet};
use serde::Serialize;

const RULES: &str = r#"
section expenditure "支出预算" {
    total : money "支出合计"    basic : money "基本支出"    project : money "项目支出"
    must split "支出等于基本支出与项目支出之和": basic + project == total
}
section three_public "三公经费" {
    total     : money "三公经费"      abroad : money "因公出国(境)费"
    reception : money "公务接待费"    cars   : money "公务用车购置及运行费"
    must adds_up "三公经费等于三项之和": (abroad ?? 0) + reception + cars == total
}
table functions "功能科目" {
    code : code "科目编码"    total : money "合计"    basic : money "基本支出"    project : money "项目支出"
    must row "科目等于基本支出与项目支出之和": basic + project == total
}
must table "各科目之和等于支出预算": sum(functions.total) == expenditure.total
"#;

#[derive(Serialize)]
struct Budget {
    year: u16,
    unit: &'static str,
    expenditure: Spending,
    three_public: ThreePublic,
    functions: Vec<Function>,
}

#[derive(Serialize)]
struct Spending {
    total: &'static str, // texts, integers, Amount or Decimal, as they come; a float is refused
    basic: &'static str,
    project: &'static str,
}

#[derive(Serialize)]
struct ThreePublic {
    total: Amount,
    abroad: Option<Amount>, // None states nothing, which is not the same as zero
    #[serde(rename = "公务接待费")] // a field goes by its label as well as by its name
    reception: Amount,
    cars: Amount,
}

#[derive(Serialize)]
struct Function {
    code: u32,
    #[serde(flatten)]
    spending: Spending,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (total, reception, cars) = ("12.5".parse()?, "5.35".parse()?, "7.00".parse()?);
    let spending = |total, basic, project| Spending { total, basic, project };
    let budget = Budget {
        year: 2019,
        unit: "万元",
        expenditure: spending("435.78", "217.38", "218.40"),
        three_public: ThreePublic { total, abroad: None, reception, cars },
        functions: vec![
            Function { code: 2013201, spending: spending("400.60", "217.38", "183.22") },
            Function { code: 2013299, spending: spending("35.18", "0.00", "35.81") },
        ],
    };
    let rules = RuleSet::builder().file("budget.rules", RULES).build()?;
    let report = Checker::new(&rules).check(&Document::from_serialize("县委组织部", &budget)?);
    for finding in report.findings() {
        println!("{}", text(&Diagnostic::of_outcome(finding, Lang::Zh), Style::Plain, Lang::Zh));
    }
    println!("{}", closing([&report], Strictness::Usual, Lang::Zh));
    Ok(())
}
