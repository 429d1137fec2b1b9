//! Laws that hold of all documents and rules.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use gouji::quantity::{Quantity, Unit};
use gouji::{Checker, Document, Reader, RuleSet, Verdict, report};
use proptest::prelude::*;

/// Cents to the figure a document prints: trailing zeros dropped.
fn print(cents: i64) -> String {
    let text = format!("{}.{:02}", cents / 100, cents % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn document(parts: &[i64], total: i64) -> Document {
    let mut text = String::from("{");
    for (position, part) in parts.iter().enumerate() {
        let _ = write!(text, "\"p{position}\": \"{}\", ", print(*part));
    }
    let _ = write!(text, "\"total\": \"{}\"}}", print(total));
    Document::from_json("a.json", text).unwrap()
}

fn balance(parts: usize) -> RuleSet {
    let terms: Vec<String> = (0..parts).map(|position| format!("p{position}")).collect();
    RuleSet::parse(&format!("{} == total", terms.join(" + "))).unwrap()
}

fn verdict(rules: &RuleSet, document: &Document) -> Verdict {
    Checker::new(rules).check(document).outcomes()[0].verdict()
}

proptest! {
    #[test]
    fn a_document_made_to_satisfy_a_balance_never_violates_it(parts in prop::collection::vec(0_i64..10_000_000, 1..12)) {
        let total = parts.iter().sum();
        prop_assert_eq!(verdict(&balance(parts.len()), &document(&parts, total)), Verdict::Holds);
    }

    #[test]
    fn a_figure_of_a_balance_moved_beyond_rounding_always_violates_it(
        // Every part shows its cents: with fewer than two figures that do, the document would be read to tenths.
        parts in prop::collection::vec((0_i64..1_000_000, 1_i64..10).prop_map(|(tens, cents)| tens * 10 + cents), 3..12),
        moved in any::<prop::sample::Index>(),
        beyond in 0_i64..1_000_000,
        down in any::<bool>(),
    ) {
        // Each of n + 1 figures explains at most half a cent, ends left out.
        let allowed = (i64::try_from(parts.len()).unwrap() + 1) / 2 + 1;
        let total: i64 = parts.iter().sum();
        let mut wrong: Vec<i64> = parts.clone();
        wrong.push(total);
        let at = moved.index(wrong.len());
        let off = allowed + beyond;
        wrong[at] += if down && wrong[at] >= off { -off } else { off };
        let (total, parts) = wrong.split_last().unwrap();
        prop_assert_eq!(verdict(&balance(parts.len()), &document(parts, *total)), Verdict::Violated);
    }

    #[test]
    fn every_json_span_slices_to_its_literal(literals in prop::collection::vec("-?(0|[1-9][0-9]{0,5})(\\.[0-9]{1,4})?", 1..20)) {
        let members: Vec<String> = literals.iter().enumerate().map(|(at, literal)| {
            if at % 2 == 0 { format!("\"字段{at}\": \"{literal}\"") } else { format!("\"字段{at}\":{literal}") }
        }).collect();
        let document = Document::from_json("a.json", format!("{{{}}}", members.join(", "))).unwrap();
        let spans: Vec<&str> = document.statements().iter().map(|statement| document.text_of(&statement.place)).collect();
        prop_assert_eq!(spans, literals);
    }

    #[test]
    fn every_figure_read_from_prose_slices_to_the_literal_that_says_it(
        amounts in prop::collection::vec((1_i64..10_000_000, "(万元|元|亿元)"), 1..8),
    ) {
        let mut text = String::from("2019年部门预算情况：");
        for (position, (cents, unit)) in amounts.iter().enumerate() {
            let _ = write!(text, "项目{}支出{}{unit}；", ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"][position], print(*cents));
        }
        let rules = RuleSet::builder().bundled("organization").build().unwrap();
        let document = Reader::new(&rules).text("a.txt", text.as_bytes()).unwrap();
        let read: Vec<String> = document.statements().iter().map(|statement| document.text_of(&statement.place).to_owned()).collect();
        let printed: Vec<String> = amounts.iter().map(|(cents, unit)| format!("{}{unit}", print(*cents))).collect();
        prop_assert_eq!(&read, &printed);
        for (statement, literal) in document.statements().iter().zip(printed) {
            prop_assert_eq!(&statement.quantity, &Quantity::parse(&literal, &Unit::Plain).unwrap());
        }
    }

    #[test]
    fn any_bytes_give_an_error_or_a_report(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let rules = RuleSet::builder().bundled("organization").build().unwrap();
        let _ = RuleSet::builder().bytes("a.rules", &bytes).build();
        let read = [Document::from_json_bytes("a.json", &bytes), Reader::new(&rules).text("a.txt", &bytes)];
        for document in read.into_iter().flatten() {
            let _ = Checker::new(&rules).check(&document);
        }
    }

    #[test]
    fn any_words_of_the_trade_give_a_report_twice_the_same(
        words in prop::collection::vec(prop::sample::select(vec![
            "2019年", "2018年", "支出预算", "收入预算", "基本支出", "机关运行经费", "435.78万元", "61.64", "46.5%", "3元", "38万", "，", "。", "；",
            "（", "）", "其中", "：", "、", "较上年", "增加", "减少", "下降", "主要是", "均为", "无", "未安排", "持平", "占", "完成预算的", "\n", "一、", "（二）",
            "会议费", "人数48人", "公务接待费", "中心", "核定", "为", "约", " ", "“三公”经费", "亿元", "1,234.5元", "固定资产",
        ]), 0..60),
    ) {
        let rules = RuleSet::builder().bundled("organization").build().unwrap();
        let text = words.concat();
        let once = || {
            let document = Reader::new(&rules).text("a.txt", text.as_bytes()).unwrap();
            for statement in document.statements() {
                assert!(!document.text_of(&statement.place).is_empty(), "{statement:?}");
            }
            report::json([&Checker::new(&rules).check(&document)], gouji::Lang::Zh)
        };
        prop_assert_eq!(once(), once());
    }

    #[test]
    fn any_rule_text_gives_an_error_or_a_rule_set(text in "[a-d0-9 ()+*/=<>.@?:;{}\"`,%\n-]{0,80}|(must|should|section|each|when|within|not|and|a|b| |:|==|\\{|\\}|\n|\"x\"|1|万元){0,40}") {
        if let Err(error) = RuleSet::parse(&text) {
            for error in error.errors() {
                prop_assert!(error.location().is_some_and(|place| place.span().end() <= text.len()), "{error}");
            }
        }
    }
}

/// An amount to hundredths, halves away from zero, from one in ten-thousandths.
fn rounded(value: i64) -> i64 {
    (value + 50) / 100
}

proptest! {
    /// The idea behind the intervals, tried without them: print the unrounded figures of a document that ties.
    #[test]
    fn figures_printed_from_values_that_tie_never_violate_the_rule(
        parts in prop::collection::vec(100_i64..10_000_000, 2..8),
        other in 100_i64..10_000_000,
    ) {
        let sum: i64 = parts.iter().sum();
        let names: Vec<String> = (0..parts.len()).map(|at| format!("p{at}")).collect();
        let mut figures: Vec<String> =
            parts.iter().enumerate().map(|(at, part)| format!("\"p{at}\": \"{}.{:02}\"", rounded(*part) / 100, rounded(*part) % 100)).collect();
        for (name, value) in [("total", sum), ("other", other), ("rest", sum - other), ("top", sum.max(other)), ("gap", (sum - other).abs())] {
            let (sign, cents) = (if value < 0 { "-" } else { "" }, rounded(value.abs()));
            figures.push(format!("\"{name}\": \"{sign}{}.{:02}\"", cents / 100, cents % 100));
        }
        let document = Document::from_json("a.json", format!("{{{}}}", figures.join(", "))).unwrap();
        for rule in [
            format!("{} == total", names.join(" + ")),
            format!("total - other == rest and {} - rest == other", names.join(" + ")),
            "max(total, other) == top".to_owned(),
            "abs(total - other) == gap".to_owned(),
            "rest + other <= total and total <= top".to_owned(),
        ] {
            let verdict = verdict(&RuleSet::parse(&rule).unwrap(), &document);
            prop_assert!(matches!(verdict, Verdict::Holds | Verdict::WithinRounding), "{verdict:?} {rule}");
        }
    }

    #[test]
    fn a_rate_rounded_or_cut_off_never_violates_its_rule(
        change in 1_i64..1_000_000, prior in 1_000_i64..1_000_000, cut in any::<bool>(), down in any::<bool>(),
    ) {
        // Nothing falls by more than all of it.
        let change = if down { change.min(prior) } else { change };
        // In tenths of a percent.
        let exact = change * 1_000;
        let rate = if cut { exact / prior } else { (exact * 2 + prior) / (prior * 2) };
        // A printed zero is exact: a rate below its last place cannot be told from one that is not there.
        prop_assume!(rate > 0);
        let sign = if down { "-" } else { "" };
        let document = Document::from_json(
            "a.json",
            format!(
                r#"{{"delta": "{sign}{}.{:02}", "prior": "{}.{:02}", "rate": "{sign}{}.{}%"}}"#,
                change / 100, change % 100, prior / 100, prior % 100, rate / 10, rate % 10,
            ),
        ).unwrap();
        let verdict = verdict(&RuleSet::parse("rate == delta / prior").unwrap(), &document);
        prop_assert!(matches!(verdict, Verdict::Holds | Verdict::WithinRounding), "{verdict:?}");
    }

    /// Figures are told apart by year, basis, facet, scope and whole: one more of another kind is another figure.
    #[test]
    fn a_figure_of_another_year_basis_facet_or_scope_changes_no_verdict(
        extra in prop::sample::select(vec![
            ("a", r#""prior": "77.5""#), ("a", r#""2015": "77.5""#), ("a", r#""actual": "77.5""#), ("a", r#""delta": "77.5""#),
            ("a", r#""rate": "77.5%""#), ("a", r#""share": "77.5%""#), ("a", r#""completion": "77.5%""#),
            ("b", r#""prior": "77.5""#), ("b", r#""actual": "77.5""#), ("b", r#""share": "77.5%""#),
        ]),
        total in 1_i64..900,
    ) {
        let rules = RuleSet::parse(
            "section s \"甲\" { a : money \"甲\"\n b : money \"乙\"\n c : money \"丙\"\n must r: b + c == a\n must p: sum(parts(a)) <= a }\n\
             each money x { should q: sum(parts(x)) == x }",
        ).unwrap();
        let check = |extra: Option<(&str, &str)>| {
            let more = |name: &str| extra.filter(|(of, _)| *of == name).map_or(String::new(), |(_, member)| format!(", {member}"));
            let whole = format!(
                r#"{{"value": "{}"{}, "parts": {{"乙": {{"value": "2.5"{}}}, "丙": "1.5"}}}}"#,
                print(total), more("a"), more("b"),
            );
            let other = r#"{"甲": {"value": "1", "scope": "一小"}}"#;
            let text = format!(r#"{{"year": 2019, "unit": "万元", "s": {{"a": {whole}}}, "远": {other}}}"#);
            let document = Document::from_json("a.json", text.clone()).unwrap_or_else(|error| panic!("{error}\n{text}"));
            let report = Checker::new(&rules).check(&document);
            let of = |outcome: &gouji::Outcome| (outcome.rule().to_owned(), outcome.subject().map(str::to_owned), outcome.scope().to_vec());
            report.outcomes().iter().map(|outcome| (of(outcome), outcome.verdict())).collect::<std::collections::BTreeMap<_, _>>()
        };
        let (without, with) = (check(None), check(Some(extra)));
        for (outcome, verdict) in &without {
            prop_assert_eq!(with.get(outcome), Some(verdict), "{:?} with {:?}", outcome, extra);
        }
    }
}
