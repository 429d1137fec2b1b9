//! What the author of a wrong rule file is told: the exact text, what is wrong with it, and where plain, the fix.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use gouji::report::{Diagnostic, Style, text};
use gouji::ruleset::{RuleError, RuleErrorKind};
use gouji::{Lang, RuleSet};

/// Fields that the rules under test speak of.
const FIELDS: &str = r#"
section expenditure "支出预算" {
    total   : money "支出预算"
    basic   : money "基本支出"
    project : money "项目支出"
    growth  : rate  "增幅"
}
section staff "人员" {
    people  : count(人) "人数"
    cars    : count(辆) "车辆"
    basic   : money     "基本支出"
}
"#;

fn errors(rule: &str) -> Vec<RuleError> {
    let text = format!("{FIELDS}must r: {rule}\n");
    match RuleSet::builder().file("a.rules", text).build() {
        Ok(_) => panic!("resolved: {rule}"),
        Err(error) => error.errors().to_vec(),
    }
}

/// The text that an error underlines.
fn underlined(error: &RuleError) -> String {
    error.location().map(|place| place.text().to_owned()).unwrap_or_default()
}

#[test]
fn an_error_underlines_the_text_that_is_wrong() {
    for (rule, wrong) in [
        ("expenditure.totl == 0", "expenditure.totl"),
        ("totals@prior == 0", "totals"),
        ("基本支出 == 0", "基本支出"),
        ("expenditure.total + expenditure.growth == 0", "expenditure.growth"),
        ("expenditure.total == 46.5%", "46.5%"),
        ("staff.people + staff.cars == 3", "staff.cars"),
        ("expenditure.total * expenditure.basic > 0", "expenditure.basic"),
        ("staff.people / expenditure.total > 0", "expenditure.total"),
        ("expenditure.total + expenditure.basic", "expenditure.total + expenditure.basic"),
        ("(expenditure.total == expenditure.basic) + 1 == 2", "expenditure.total == expenditure.basic"),
        ("parts(expenditure.total) <= expenditure.total", "parts(expenditure.total)"),
        ("total(expenditure.total) == 0", "total"),
        ("delta(1) == 0", "delta(1)"),
        ("abs(expenditure.total, expenditure.basic) == 0", "abs(expenditure.total, expenditure.basic)"),
        ("expenditure.total@last == 0", "last"),
        ("expenditure.total == \"合计\"", "\"合计\""),
        ("\"a\" < \"b\"", "\"b\""),
        ("staff.people == 3 within 1万元", "1万元"),
        ("expenditure.total and expenditure.basic == 0", "expenditure.total"),
        ("expenditure == 0", "expenditure"),
        ("year > 2018", "year"),
        ("\"a\" == 5", "5"),
    ] {
        let errors = errors(rule);
        assert_eq!(errors.iter().map(underlined).collect::<Vec<_>>(), [wrong], "{rule}");
    }
}

#[test]
fn an_unknown_name_suggests_the_nearest() {
    let nearest = |rule: &str| match errors(rule)[0].kind() {
        RuleErrorKind::UnknownName { nearest, .. } => nearest.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(nearest("expenditure.totla == 0").as_deref(), Some("expenditure.total"));
    assert_eq!(nearest("项目支山 == 0").as_deref(), Some("项目支出"));
    assert_eq!(nearest("会议费 == 0"), None);
}

#[test]
fn every_error_of_a_rule_is_told_in_one_run() {
    let errors = errors("expenditure.a1 + expenditure.b2 == expenditure.c3");
    assert_eq!(
        errors.iter().map(underlined).collect::<Vec<_>>(),
        ["expenditure.a1", "expenditure.b2", "expenditure.c3"]
    );
}

#[test]
fn a_second_declaration_shows_the_first() {
    let text = "section s { a : money \"甲\"\n a : rate \"乙\" }\nmust r: s.a == 0\nmust r: s.a > 0";
    let error = RuleSet::builder().file("a.rules", text).build().unwrap_err();
    let places: Vec<_> = error
        .errors()
        .iter()
        .map(|error| (error.location().unwrap().to_string(), error.related().unwrap().to_string()))
        .collect();
    let expected = [("a.rules:2:2", "a.rules:1:13"), ("a.rules:4:6", "a.rules:3:6")];
    assert_eq!(places, expected.map(|(place, first)| (place.to_owned(), first.to_owned())));
}

#[test]
fn a_section_is_opened_again_in_a_later_file() {
    let rules = RuleSet::builder()
        .file("a.rules", "section s \"甲\" { a : money \"甲\" }")
        .file("b.rules", "section s { b : money \"乙\"\n must r: a == b }")
        .build()
        .unwrap();
    assert_eq!(rules.fields().iter().map(gouji::ruleset::Field::path).collect::<Vec<_>>(), ["s.a", "s.b"]);
}

#[test]
fn an_unknown_bundled_set_names_those_there_are() {
    let error = RuleSet::builder().bundled("water").build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "no bundled rule set is named water; there are: classification, department, organization, education, government, tables"
    );
}

#[test]
fn what_the_author_reads() {
    let wrong = [
        "must r: expenditure.totla == expenditure.basic",
        "must r: expenditure.total == expenditure.growth",
        "must r: 基本支出 == 0",
        "must r: expenditure.total = expenditure.basic",
        "must r: expenditure.total ＝＝ （expenditure.basic",
        "must r expenditure.total == 0",
        "must r: 0 <= expenditure.basic >= expenditure.project",
        "must r: expenditure.basic expenditure.project == 1",
        "must r: expenditure.total == 1e5",
    ];
    let mut page = String::new();
    for rule in wrong {
        let error = RuleSet::builder().file("a.rules", format!("{FIELDS}{rule}\n")).build().unwrap_err();
        for error in error.errors() {
            page.push_str(&text(&Diagnostic::of_rule_error(error, Lang::Zh), Style::Plain, Lang::Zh));
        }
        page.push('\n');
    }
    insta::assert_snapshot!(page);
}

#[test]
fn a_section_opened_again_adds_labels_and_a_changed_kind_is_an_error() {
    let set = |again: &str| {
        let first = "section s \"甲\" { a : money \"甲\" }";
        RuleSet::builder()
            .file("a.rules", first)
            .file("b.rules", format!("section s {{ a : {again} }}"))
            .build()
    };
    assert_eq!(set("money \"另甲\"").unwrap().fields()[0].labels(), ["甲", "另甲"]);
    let error = set("rate \"另甲\"").unwrap_err();
    assert_eq!(error.errors().len(), 1);
    assert_eq!(error.errors()[0].related().unwrap().to_string(), "a.rules:1:17");
}

#[test]
fn the_name_of_the_built_in_check_is_reserved() {
    let error = RuleSet::parse("must restated: a == b").unwrap_err();
    assert_eq!(*error.errors()[0].kind(), RuleErrorKind::ReservedRule("restated".to_owned()));
}

#[test]
fn fields_of_words_are_refused_until_there_are_tables() {
    let error = RuleSet::parse("section s { n : text \"名称\" }").unwrap_err();
    assert_eq!(underlined(&error.errors()[0]), "text");
}

#[test]
fn a_bare_number_beside_a_rate_is_warned_of() {
    let rules = RuleSet::parse(
        "section s { r : rate \"增幅\"\n must a: r == 46.5\n must b: r == 46.5%\n must c: r <= 1 }",
    )
    .unwrap();
    let warned: Vec<_> = rules.warnings().iter().map(underlined).collect();
    assert_eq!(warned, ["46.5"]);
}

#[test]
fn braces_that_open_nothing_are_one_error() {
    let error = RuleSet::parse(&"{".repeat(100_000)).unwrap_err();
    assert!(error.errors().len() <= 2, "{}", error.errors().len());
}

#[test]
fn a_figure_is_of_one_year_and_in_one_basis() {
    for (figure, wrong) in
        [("total@budget@actual", "actual"), ("total@prior@2018", "2018"), ("total@2018@2018", "2018")]
    {
        let errors = errors(&format!("expenditure.{figure} == 0"));
        assert_eq!(errors.iter().map(underlined).collect::<Vec<_>>(), [wrong], "{figure}");
    }
    assert!(RuleSet::parse("total@prior@budget == total@actual@2018").is_ok());
}

#[test]
fn two_files_of_one_name_are_two_files() {
    let rules = RuleSet::builder()
        .file("a.rules", "must r: a == b")
        .file("a.rules", "must q: a == b")
        .build()
        .unwrap();
    assert_eq!(rules.rules().len(), 2);
}

#[test]
fn what_stands_above_a_section_is_the_basis_of_its_rules() {
    let text = "/// 甲法\nsection s { a : money \"甲\"\n must r: a == 0\n /// 乙法\n must q: a == 1 }";
    let rules = RuleSet::parse(text).unwrap();
    let bases: Vec<_> = rules.rules().iter().map(|rule| rule.legal_basis().join("")).collect();
    assert_eq!(bases, ["甲法", "乙法"]);
}

#[test]
fn a_set_that_is_given_gives_its_name_though_another_uses_it_first() {
    let rules = RuleSet::builder()
        .file("mine.rules", "use base\nmust q: a == b")
        .file("base.rules", "ruleset base \"基础\"\nmust r: a == b")
        .build()
        .unwrap();
    assert_eq!(rules.name(), Some("base"));
    assert_eq!(rules.rules().iter().map(gouji::ruleset::Rule::name).collect::<Vec<_>>(), ["r", "q"]);
}
