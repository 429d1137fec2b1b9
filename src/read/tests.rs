//! Whole texts, as the statements they make.

mod laws;
mod scope;
mod spelling;
mod why;
mod wordings;

use super::Reader;
use crate::document::{Base, Basis, Document, Facet, Period, PrintedAs, Statement};
use crate::ruleset::vocabulary::Vocabulary;
use crate::source::Source;

const LABELS: &str = "收入预算 支出预算 经费拨款 财政预算拨款收入 基本支出 项目支出 一般公共预算拨款收入 \
    一般公共服务支出 机关运行经费 办公费 印刷费 水费 会议费 培训费 公务接待费 其他交通费用 三公经费 \
    因公出国（境）费 公务用车购置及运行维护费 公务用车购置费 公务用车运行维护费 公务用车运行费 人数 固定资产 \
    公务用车 公务车 办公用房 其他固定资产 整体支出绩效目标的金额 行政编制 后勤编制 内设机构 全额事业编制 \
    政府采购 政府性基金 政府性基金安排的支出";

fn read(text: &str) -> Document {
    Reader::of(&Vocabulary::of(LABELS.split_whitespace())).prose(Source::new("a.txt", text)).unwrap()
}

/// A text's statements, one line each: what is not said is not shown.
fn stated(text: &str) -> Vec<String> {
    let document = read(text);
    document.statements().iter().map(|statement| shown(&document, statement)).collect()
}

/// `value of label`, facet with base, period, basis, parent, scope, how it is printed.
fn shown(document: &Document, statement: &Statement) -> String {
    let mut line = format!("{} {}", statement.label, statement.quantity);
    let base = |base: Base| match (base.period, base.basis) {
        (Period::Prior, basis) => format!("prior{}", basis.map_or("", said)),
        (period, basis) => format!("{period:?}{}", basis.map_or("", said)),
    };
    line += &match statement.facet {
        Facet::Amount => String::new(),
        Facet::Delta(against) => format!(" delta against {}", base(against)),
        Facet::Rate(against) => format!(" rate against {}", base(against)),
        Facet::Share => " share".to_owned(),
        Facet::Completion => " completion".to_owned(),
    };
    match statement.period {
        Period::Current => {}
        Period::Prior => line += " of last year",
        Period::Year(year) => line += &format!(" of {year}"),
    }
    line += statement.basis.map_or("", said);
    if let Some(parent) = &statement.parent {
        let whole = parent.statement.and_then(|id| document.statement(id));
        let amount = whole.map_or("not stated".to_owned(), |whole| whole.quantity.to_string());
        line += &format!(" < {} {amount} #{}", parent.label, parent.breakdown.0);
    }
    for scope in &statement.scope {
        line += &format!(" @{scope}");
    }
    if statement.is_average {
        line += " average";
    }
    if statement.printed_as != PrintedAs::Digits {
        line += &format!(" {:?} {}", statement.printed_as, document.text_of(&statement.place));
    }
    line
}

fn said(basis: Basis) -> &'static str {
    match basis {
        Basis::Budget => " budget",
        Basis::Actual => " actual",
    }
}

#[test]
fn a_departments_budget_is_read_whole() {
    let document = read(include_str!("tests/budget.txt"));
    assert_eq!(document.year(), Some(2021));
    let lines: Vec<String> =
        document.statements().iter().map(|statement| shown(&document, statement)).collect();
    assert_eq!(
        lines,
        [
            "行政编制 16个",
            "后勤编制 2个",
            "内设机构 6个",
            "全额事业编制 7个 @青山县档案信息中心",
            "全额事业编制 4名 @青山县地方志编研中心",
            "收入预算 312.46万元 budget",
            "财政预算拨款收入 312.46万元 budget < 收入预算 312.46万元 #1 All 均为财政预算拨款收入",
            "收入预算 40.15万元 delta against prior",
            "经费拨款 40.15万元 delta against prior < 收入预算 312.46万元 #2",
            "支出预算 312.46万元 budget",
            "一般公共服务支出 312.46万元 budget < 支出预算 312.46万元 #3 All 均为一般公共服务支出",
            "支出预算 40.15万元 delta against prior budget",
            "基本支出 12.3万元 delta against prior budget < 支出预算 312.46万元 #4",
            "一般公共预算拨款收入 312.46万元",
            "基本支出 180.06万元 budget < 一般公共预算拨款收入 312.46万元 #5",
            "项目支出 132.4万元 budget < 一般公共预算拨款收入 312.46万元 #5",
            "机关运行经费 10.5万元",
            "办公费 0.85万元 < 机关运行经费 10.5万元 #7",
            "水费 0.2万元 < 机关运行经费 10.5万元 #7",
            "公务接待费 0.4万元 < 机关运行经费 10.5万元 #7",
            "其他交通费用 1.1万元 < 机关运行经费 10.5万元 #7",
            "机关运行经费 -2.1万元 delta against prior",
            "机关运行经费 -16.7% rate against prior",
            "“三公”经费 0.4万元 budget",
            "公务接待费 0.4万元 budget < “三公”经费 0.4万元 #9",
            "“三公”经费 -1.25万元 delta against prior budget",
            "会议费 0.36万元 budget",
            "人数 52人",
            "培训费 1.28万元 budget",
            "人数 75人",
            "政府采购 0万元 NotArranged 未有政府采购项目",
            "固定资产 98.35万元 of last year",
            "公务车 21.1万元 of last year < 固定资产 98.35万元 #11",
            "办公用房 60万元 of last year < 固定资产 98.35万元 #11",
            "其他固定资产 17.25万元 of last year < 固定资产 98.35万元 #11",
            "整体支出绩效目标的金额 312.46万元",
            "基本支出 180.06万元 < 整体支出绩效目标的金额 312.46万元 #12",
            "项目支出 132.4万元 < 整体支出绩效目标的金额 312.46万元 #12",
            "政府性基金安排的支出 0万元 Nothing 无政府性基金安排的支出",
        ]
    );
}

#[test]
fn a_figure_stands_under_the_labels_and_headings_before_it() {
    let document = read(include_str!("tests/budget.txt"));
    let under = |label: &str, figure: &str| {
        let found = document
            .statements()
            .iter()
            .find(|statement| statement.label == label && document.text_of(&statement.place) == figure);
        found.map(|statement| statement.under.join(" < ")).unwrap()
    };
    assert_eq!(under("人数", "52人"), "会议费 < 一般性支出 < 其他事项");
    assert_eq!(under("人数", "75人"), "培训费 < 一般性支出 < 其他事项");
    assert_eq!(under("水费", "0.2万元"), "办公费 < 机关运行经费 < 其他事项");
    assert_eq!(under("项目支出", "132.4万元"), "一般公共预算拨款收入 < 一般公共预算拨款支出预算");
    assert_eq!(under("全额事业编制", "4名"), "单位概况");
}
