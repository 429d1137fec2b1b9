//! Limits of whole sets and documents, each at its number and one past; the rest are tested where they are enforced.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use gouji::check::Reason;
use gouji::document::{DocumentBuilder, DocumentErrorKind, Statement};
use gouji::quantity::{Quantity, Unit};
use gouji::ruleset::RuleErrorKind;
use gouji::{Checker, Document, Place, Reader, RuleSet, Source, Span, Verdict, limits};

#[test]
fn a_set_has_so_many_rules() {
    // Two files: one alone would be past the bytes of a rule file before its rules are counted.
    let half = "a==b;".repeat(limits::RULES / 2);
    let set = |more: &str| {
        RuleSet::builder().file("a.rules", half.clone()).file("b.rules", half.clone() + more).build()
    };
    assert_eq!(set("").unwrap().rules().len(), limits::RULES);
    let error = set("a==b").unwrap_err();
    assert_eq!(
        error.errors().iter().map(|error| error.kind().clone()).collect::<Vec<_>>(),
        [RuleErrorKind::TooManyRules]
    );
}

#[test]
fn a_document_has_so_many_statements() {
    let mut builder = DocumentBuilder::new();
    let place = Place::Text { source: builder.source(Source::new("a", "1")), span: Span::new(0, 1) };
    let statement = Statement::new("甲", Quantity::parse("1", &Unit::Plain).unwrap(), place);
    for _ in 0..limits::STATEMENTS {
        builder.statement(statement.clone()).unwrap();
    }
    assert_eq!(*builder.statement(statement).unwrap_err().kind(), DocumentErrorKind::TooManyStatements);
    assert_eq!(builder.build().statements().len(), limits::STATEMENTS);
}

#[test]
fn a_rule_has_so_many_readings() {
    // Each of two figures is stated in so many ways: rows of a document that states them again and again.
    let verdict = |ways: usize| {
        let rules =
            RuleSet::parse("section s \"甲\" { a : money \"甲\"\n b : money \"乙\"\n must r: a == b }")
                .unwrap();
        let mut builder = DocumentBuilder::new();
        let source = builder.source(Source::new("a", "1"));
        let mut state = |label: &str, value: String| {
            let place = Place::Text { source, span: Span::new(0, 1) };
            builder
                .statement(Statement::new(label, Quantity::parse(&value, &Unit::WanYuan).unwrap(), place))
                .unwrap();
        };
        (0..ways).for_each(|way| state("甲", format!("{}.5", way + 1)));
        state("乙", "0.5".to_owned());
        let report = Checker::new(&rules).check(&builder.build());
        let outcome = report.outcomes().iter().find(|outcome| outcome.rule() == "s.r").unwrap();
        (outcome.verdict(), outcome.reason())
    };
    assert_eq!(verdict(limits::READINGS), (Verdict::Violated, None));
    assert_eq!(verdict(limits::READINGS + 1), (Verdict::Undecidable, Some(Reason::TooManyReadings)));
}

#[test]
fn a_long_line_is_cut_where_it_is_echoed() {
    use gouji::report::{Diagnostic, Style, text};
    let mut json = String::from("{");
    for at in 0..50_000 {
        let _ = write!(json, "\"字段{at}\": \"1\", ");
    }
    json.push_str("\"a\": \"1.5\", \"b\": \"2.5\"}");
    let rules = RuleSet::parse("a == b").unwrap();
    let report = Checker::new(&rules).check(&Document::from_json("a.json", json).unwrap());
    let shown =
        text(&Diagnostic::of_outcome(&report.outcomes()[0], gouji::Lang::Zh), Style::Plain, gouji::Lang::Zh);
    assert!(shown.len() < 2_000, "{}", shown.len());
    assert!(shown.contains("写的是 2.5"), "{shown}");
}

#[test]
fn a_set_has_so_many_files() {
    let set = |files: usize| {
        let chain = (0..files).map(|at| (format!("f{at}.rules"), format!("use f{}\n", at + 1)));
        let builder = chain.fold(RuleSet::builder(), |builder, (name, text)| builder.file(name, text));
        builder.file(format!("f{files}.rules"), "must r: a == b").build()
    };
    assert_eq!(set(limits::RULE_FILES - 1).unwrap().rules().len(), 1);
    let error = set(limits::RULE_FILES).unwrap_err();
    let kinds: Vec<_> = error.errors().iter().map(|error| error.kind().clone()).collect();
    assert!(!kinds.is_empty() && kinds.iter().all(|kind| *kind == RuleErrorKind::TooManyFiles), "{kinds:?}");
}

#[test]
fn a_document_has_so_many_cells() {
    let mut builder = DocumentBuilder::new();
    let place = Place::Text { source: builder.source(Source::new("a", "1")), span: Span::new(0, 1) };
    let mut row = gouji::document::Row::new(vec!["1".to_owned()], place.clone());
    row.cells = vec![gouji::document::Cell::new("甲", "", place); limits::STATEMENTS / 100];
    for _ in 0..100 {
        builder.row(row.clone()).unwrap();
    }
    row.cells.truncate(1);
    assert_eq!(*builder.row(row).unwrap_err().kind(), DocumentErrorKind::TooManyStatements);
}

#[test]
fn a_figure_is_rounded_to_so_many_decimals() {
    let round = |decimals: i32| RuleSet::parse(&format!("round(a, {decimals}) == b"));
    assert!(round(limits::ROUND_DECIMALS).is_ok());
    let error = round(limits::ROUND_DECIMALS + 1).unwrap_err();
    assert!(matches!(error.errors()[0].kind(), RuleErrorKind::WrongArguments { .. }));
}

#[test]
fn a_label_has_so_many_bytes() {
    let rules = RuleSet::builder().bundled("department").build().unwrap();
    let stated = |name: &str, text: &str| {
        let document = Reader::new(&rules).read(name, text.as_bytes()).unwrap();
        let lengths = document.statements().iter().flat_map(|statement| {
            let words = statement.scope.iter().chain(&statement.under).chain([&statement.label]);
            words.map(String::len).collect::<Vec<_>>()
        });
        lengths.max().unwrap()
    };
    // Padding that recognition drops, a qualifying column, a heading, a caption.
    let padded = |marks: usize| format!("甲{}乙费5万元", "\u{200b}".repeat(marks));
    let whole = (limits::LABEL_BYTES - "甲乙费".len()) / 3;
    assert_eq!(stated("a.txt", &padded(whole)), "甲乙费".len() + 3 * whole);
    assert!(stated("a.txt", &padded(whole + 1)) <= limits::LABEL_BYTES);
    let long = "甲".repeat(limits::LABEL_BYTES);
    for table in [
        format!("部门,项目,预算数\n{long},差旅费,5\n,会议费,1\n"),
        format!("科目编码,科目名称,{long}\n201,一般公共服务支出,5\n202,外交支出,6\n"),
        format!("科目编码,科目名称,合计\n201,{long},5\n202,外交支出,6\n"),
        format!("{long}\n单位：万元\n项目,预算数\n会议费,5\n培训费,6\n"),
    ] {
        assert!(
            stated("a.csv", &table) <= limits::LABEL_BYTES,
            "{}",
            table.chars().take(20).collect::<String>()
        );
    }
}
