//! What a reader sees: underlines, cuts and characters.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use gouji::document::{DocumentBuilder, Statement};
use gouji::quantity::{Quantity, Unit};
use gouji::report::{Diagnostic, Strictness, Style, closing, json, text};
use gouji::{CellName, Checker, Document, Lang, Place, Reader, Report, RuleSet, Source, Span};

const RULES: &str = r#"
section s "固定资产" {
    total : money "固定资产"
    cars  : money "公务车"
    house : money "办公用房"
    must r "固定资产等于各类之和": cars + house == total
}
"#;

fn prose(words: &str) -> Report {
    let rules = RuleSet::builder().file("a.rules", RULES).build().unwrap();
    let document = Reader::new(&rules).text("甲.txt", words.as_bytes()).unwrap();
    Checker::new(&rules).check(&document)
}

fn shown(report: &Report, lang: Lang) -> String {
    let finding = report.findings().next().unwrap_or_else(|| panic!("{report:?}"));
    text(&Diagnostic::of_outcome(finding, lang), Style::Plain, lang)
}

/// For every row of underlines, the text above each run of signs, by display columns.
fn underlined(page: &str) -> Vec<String> {
    let columns = |c: char| if c.is_ascii() || "│┌├─…≠÷·".contains(c) { 1 } else { 2 };
    let mut found = Vec::new();
    let lines: Vec<&str> = page.lines().collect();
    for pair in lines.windows(2) {
        let (above, below) = (pair[0], pair[1]);
        let body = below.split_once('│').map_or("", |(_, body)| body);
        if !body.trim_start().starts_with(['^', '-']) {
            continue;
        }
        let signs: Vec<char> = below.chars().flat_map(|c| std::iter::repeat_n(c, columns(c))).collect();
        let mut column = 0;
        let mut run = String::new();
        for c in above.chars() {
            let is_marked = matches!(signs.get(column), Some('^' | '-'));
            if is_marked {
                run.push(c);
            } else if !run.is_empty() {
                found.push(std::mem::take(&mut run));
            }
            column += columns(c);
        }
        if !run.is_empty() {
            found.push(run);
        }
    }
    found
}

#[test]
fn underlines_stand_under_the_figures_in_chinese_text() {
    let report = prose("2019年固定资产155.17万元，其中公务车54.08万，办公用房42.8万元。");
    let page = shown(&report, Lang::Zh);
    assert_eq!(underlined(&page), ["155.17万元", "54.08万", "42.8万元", "cars + house == total"], "{page}");
}

#[test]
fn a_finding_as_a_clerk_reads_it() {
    let report = prose("2019年固定资产155.17万元，其中公务车54.08万，办公用房42.8万元。");
    assert_eq!(
        shown(&report, Lang::Zh),
        "错误[s.r] 固定资产等于各类之和
  ┌─ 甲.txt:1:10
1 │ 2019年固定资产155.17万元，其中公务车54.08万，办公用房42.8万元。
  │               ^^^^^^^^^^            -------          --------
  │               写的是 155.17
  ├─ a.rules:6:26
6 │     must r \"固定资产等于各类之和\": cars + house == total
  │                                    ---------------------
  = 54.08 + 42.80 = 96.88 ≠ 155.17，差 58.29 万元（四舍五入最多可解释 0.015）
"
    );
}

#[test]
fn the_same_in_english() {
    let report = prose("2019年固定资产155.17万元，其中公务车54.08万，办公用房42.8万元。");
    let page = shown(&report, Lang::En);
    assert!(page.starts_with("error[s.r] "), "{page}");
    assert!(page.contains("stated: 155.17"), "{page}");
    assert!(
        page.contains(
            "= 54.08 + 42.80 = 96.88 ≠ 155.17, difference 58.29 万元 (rounding explains at most 0.015)"
        ),
        "{page}"
    );
}

#[test]
fn a_long_paragraph_is_broken_between_figures() {
    let padding = "用于保障机构正常运转的各项支出。".repeat(20);
    let items = (1..=9).map(|at| format!("，其他用途{at}的说明文字")).collect::<String>();
    let report =
        prose(&format!("{padding}2019年固定资产155.17万元，其中公务车54.08万{items}，办公用房42.8万元。"));
    let page = shown(&report, Lang::Zh);
    assert_eq!(underlined(&page)[..2], ["155.17万元", "54.08万"], "{page}");
    let widest =
        page.lines().filter(|line| line.contains('│')).map(|line| line.chars().count()).max().unwrap();
    assert!(widest < 120, "{page}");
}

#[test]
fn figures_on_several_lines_are_shown_on_theirs() {
    let report = prose("2019年固定资产155.17万元。\n\n公务车54.08万元。\n办公用房42.8万元。");
    assert_eq!(underlined(&shown(&report, Lang::Zh))[..3], ["155.17万元", "54.08万元", "42.8万元"]);
}

#[test]
fn nothing_of_the_input_reaches_the_terminal_as_a_command() {
    let words = "2019年固定\u{1b}[31m资产\u{202e}。固定资产155.17万元\u{7}，其中公务车54.08万，办公用房42.8万元\u{200f}。";
    let report = prose(words);
    for page in [shown(&report, Lang::Zh), json([&report], Lang::Zh)] {
        let bad: Vec<char> = page
            .chars()
            .filter(|c| *c != '\n' && (c.is_control() || matches!(c, '\u{202e}' | '\u{200f}')))
            .collect();
        assert_eq!(bad, [], "{page:?}");
    }
    let parsed: serde_json::Value = serde_json::from_str(&json([&report], Lang::Zh)).unwrap();
    assert_eq!(parsed["documents"][0]["statements"][0]["text"], "155.17万元");
}

#[test]
fn colour_is_asked_for() {
    let report = prose("2019年固定资产155.17万元，其中公务车54.08万，办公用房42.8万元。");
    let finding = Diagnostic::of_outcome(report.findings().next().unwrap(), Lang::Zh);
    assert!(text(&finding, Style::Ansi, Lang::Zh).contains("\u{1b}[1;31m错误[s.r]\u{1b}[0m"));
    assert!(!text(&finding, Style::Plain, Lang::Zh).contains('\u{1b}'));
}

#[test]
fn the_closing_sentence_counts_everything() {
    let report = prose("2019年固定资产155.17万元，其中公务车54.08万，办公用房42.8万元，其他3万元。");
    assert_eq!(
        closing([&report], Strictness::Usual, Lang::Zh),
        "发现 1 个错误、0 个提示：1 份文件，0 条成立，0 条在四舍五入范围内成立，0 条不适用，0 条无法判断；4 个数字中有 1 个没有规则涉及。"
    );
}

#[test]
fn json_says_what_the_design_says() {
    let rules = RuleSet::builder().file("a.rules", RULES).build().unwrap();
    let text = r#"{"year": 2019, "unit": "万元", "s": {"total": {"value": "3", "rate": "-33.3%"}, "cars": "1", "house": "1.5"}}"#;
    let report = Checker::new(&rules).check(&Document::from_json("a.json", text).unwrap());
    insta::assert_snapshot!(json([&report], Lang::Zh));
}

#[test]
fn the_closing_sentence_never_calls_it_a_pass_when_nothing_was_decided() {
    let rules = |text: &str| RuleSet::parse(text).unwrap();
    let closed = |text: &str, document: &str, strictness| {
        let report = Checker::new(&rules(text)).check(&Document::from_json("a.json", document).unwrap());
        closing([&report], strictness, Lang::Zh).split('：').next().unwrap().to_owned()
    };
    assert_eq!(
        closed("a / b == 1", r#"{"a": "1", "b": "0"}"#, Strictness::Usual),
        "没有发现不一致，但有规则无法判断"
    );
    assert_eq!(closed("a == b", r#"{"a": "1"}"#, Strictness::Usual), "没有检查到任何内容");
    let rounded = r#"{"a": "1.5", "b": "1.5", "c": "3.1"}"#;
    assert_eq!(closed("a + b == c", rounded, Strictness::Usual), "没有发现不一致");
    assert_eq!(
        closed("a + b == c", rounded, Strictness::Strict),
        "发现 0 个错误、0 个提示、1 处四舍五入差异"
    );
}

#[test]
fn a_figure_of_a_sheet_is_shown_by_its_cell() {
    let listing = "表1!2: 固定资产 | 155.17\n表1!3: 公务车 | 54.08\n表1!4: 办公用房 | 42.8\n";
    let mut builder = DocumentBuilder::new();
    let source = builder.source(Source::new("甲.xlsx", listing));
    for (label, value, row) in [("固定资产", "155.17", 2), ("公务车", "54.08", 3), ("办公用房", "42.8", 4)]
    {
        let start = listing.find(value).unwrap();
        let place = Place::Cell {
            sheet: "表1".into(),
            cell: CellName::new(row, 2),
            source,
            span: Span::new(start, start + value.len()),
        };
        let quantity = Quantity::parse(value, &Unit::WanYuan).unwrap();
        builder.statement(Statement::new(label, quantity, place)).unwrap();
    }
    let rules = RuleSet::builder().file("a.rules", RULES).build().unwrap();
    let report = Checker::new(&rules).check(&builder.build());
    let page = shown(&report, Lang::Zh);
    assert!(page.contains("┌─ 甲.xlsx:表1!B2\n"), "{page}");
    assert_eq!(underlined(&page)[..3], ["155.17", "54.08", "42.8"], "{page}");
    let finding = report.findings().next().unwrap();
    assert_eq!(finding.places().next().unwrap().to_string(), "甲.xlsx:表1!B3");

    let json: serde_json::Value = serde_json::from_str(&json([&report], Lang::Zh)).unwrap();
    let statement = &json["documents"][0]["statements"][0];
    assert_eq!(statement["cell"], serde_json::json!({"sheet": "表1", "cell": "B2"}));
    assert_eq!(statement["span"], serde_json::json!({"source": "甲.xlsx"}));
    let verdicts = json["documents"][0]["verdicts"].as_array().unwrap();
    let violated = verdicts.iter().find(|verdict| verdict["verdict"] == "violated").unwrap();
    assert_eq!(violated["evidence"][0]["cell"]["cell"], "B3");
}
