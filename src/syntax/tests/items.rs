//! The items that are no rule and no section, and what English titles, bases and codes read as.

use super::{only, path_text, read, shape};
use crate::source::Source;
use crate::syntax::ast::{Blank, Expect, Item, Member, Name, RuleRef, Spanned, Table, Test, Waive};
use crate::syntax::parse;

fn items(text: &str) -> Vec<Item> {
    read(text).items.into_iter().map(|item| item.node).collect()
}

fn last(text: &str) -> Item {
    items(text).pop().unwrap()
}

fn table(text: &str) -> Table {
    match last(text) {
        Item::Table(table) => *table,
        other => panic!("{text} is no table: {other:?}"),
    }
}

fn waive(text: &str) -> Waive {
    match last(text) {
        Item::Waive(waive) => *waive,
        other => panic!("{text} is no waiver: {other:?}"),
    }
}

fn test(text: &str) -> Test {
    match last(text) {
        Item::Test(test) => *test,
        other => panic!("{text} is no test: {other:?}"),
    }
}

fn dotted(names: &[Name]) -> String {
    names.iter().map(|name| name.node.as_str()).collect::<Vec<_>>().join(".")
}

fn expectation(expect: &Expect) -> String {
    let rules: Vec<String> = expect.rules.iter().map(|RuleRef { names, .. }| dotted(names)).collect();
    format!("{} {}", expect.verdict.node, rules.join(", "))
}

fn texts(strings: &[Spanned<String>]) -> Vec<&str> {
    strings.iter().map(|string| string.node.as_str()).collect()
}

#[test]
fn use_and_unit() {
    let [Item::Use(uses), Item::Unit(unit), Item::Rule(_)] =
        &items("/// 县级部门通用\nuse department\nunit 元\nmust r: a == b")[..]
    else {
        panic!()
    };
    assert_eq!(
        (uses.set.node.as_str(), uses.docs.as_slice()),
        ("department", &["县级部门通用".to_owned()][..])
    );
    assert_eq!(unit.node.as_str(), "元");
    for unit in ["元", "千元", "万元", "亿元"] {
        assert_eq!(items(&format!("unit {unit}; use `a b` // c\n")).len(), 2);
    }
}

#[test]
fn titles_have_an_english_one() {
    let text = "ruleset r \"甲\"\n en \"R\"\nsection s \"节\" en \"S\" {\n a : money \"甲\" under \"乙\"\n | \"丙\"\n en \"A\"\n en : money\n must r \"题\" en \"T\" when a > 0: a == b\n}";
    let [Item::RuleSet(head), Item::Section(section)] = &items(text)[..] else { panic!() };
    let english = |title: &Option<crate::syntax::ast::Title>| title.clone()?.english.map(|text| text.node);
    assert_eq!(english(&head.title).as_deref(), Some("R"));
    assert_eq!(english(&section.head.title).as_deref(), Some("S"));
    let [Member::Field(a), Member::Field(en), Member::Rule(rule)] =
        [0, 1, 2].map(|at| &section.members[at].node)
    else {
        panic!()
    };
    assert_eq!((a.labels.len(), a.english.as_ref().unwrap().node.as_str()), (2, "A"));
    assert_eq!((en.name.node.as_str(), &en.english), ("en", &None));
    assert_eq!(english(&rule.title).as_deref(), Some("T"));
    // A rule named `en` with a Chinese title.
    let Item::Rule(rule) = last("must en \"题\": a == b") else { panic!() };
    assert_eq!((rule.name.unwrap().node.as_str(), english(&rule.title)), ("en", None));
}

#[test]
fn a_table_has_titles_and_may_read_blanks_as_zero() {
    for (text, others, blank, members) in [
        ("table t \"表\" {\n a : money \"合计\"\n must: a == b\n}", vec![], Blank::NotStated, 2),
        ("table t \"表\" | \"又\" | \"再\" en \"T\" blank = 0 { }", vec!["又", "再"], Blank::Zero, 0),
        ("table t\n\"表\"\n| \"又\"\nblank = 0\n{ blank : money }", vec!["又"], Blank::Zero, 1),
        ("table t \"表\" blank=0{}", vec![], Blank::Zero, 0),
        ("table blank \"表\" { }", vec![], Blank::NotStated, 0),
        ("table test \"表\" { a : money }", vec![], Blank::NotStated, 1),
    ] {
        let table = table(text);
        assert_eq!(texts(&table.other_titles), others, "{text}");
        assert_eq!((table.blank, table.members.len()), (blank, members), "{text}");
        assert_eq!(table.head.title.unwrap().text.node, "表");
    }
}

#[test]
fn a_waiver_names_a_rule_and_perhaps_a_figure() {
    for (text, rule, figure) in [
        ("waive split because \"甲\"", "split", None),
        ("waive expenditure.split because \"甲\"", "expenditure.split", None),
        ("waive change_rate for 公务接待费 because \"甲\"", "change_rate", Some("公务接待费")),
        ("waive r for s.`因公出国(境)费` because \"甲\"", "r", Some("s.因公出国(境)费")),
        ("waive for for for because \"甲\"", "for", Some("for")),
        ("waive because because \"甲\"", "because", None),
        ("waive r\n  for x\n  because\n  \"甲\"", "r", Some("x")),
    ] {
        let waive = waive(text);
        assert_eq!(dotted(&waive.rule.names), rule, "{text}");
        assert_eq!(waive.figure.map(|figure| path_text(&figure.node)).as_deref(), figure, "{text}");
        assert_eq!(waive.because.node, "甲");
    }
    assert_eq!(waive("/// 说明\nwaive r because \"甲\"").docs, ["说明"]);
    assert_eq!(items("waive r because \"甲\"\nfor : money\nbecause : money").len(), 3);
}

#[test]
fn a_test_has_a_document_and_what_is_expected_of_it() {
    for (text, document, expects) in [
        ("test \"甲\" {} expect violated split", "{}", vec!["violated split"]),
        (
            "test \"甲\" {\"a\":1} expect violated split, s.b expect holds c",
            "{\"a\":1}",
            vec!["violated split, s.b", "holds c"],
        ),
        (
            "test \"甲\"\n{ \"a}\": [\"\\\"{\\u4e00\\n\", -0.5, true, false, null, {}, []] }\nexpect\nholds\na,\nb\nexpect violated expect",
            "{ \"a}\": [\"\\\"{\\u4e00\\n\", -0.5, true, false, null, {}, []] }",
            vec!["holds a, b", "violated expect"],
        ),
        (
            "test \"must\" {\n\"expect\" : 1,\n\"must\": 2\n}\nexpect holds a",
            "{\n\"expect\" : 1,\n\"must\": 2\n}",
            vec!["holds a"],
        ),
        ("test \"甲\" {\"a\": \"// 一\"} // 二\nexpect holds a // 三", "{\"a\": \"// 一\"}", vec!["holds a"]),
    ] {
        let source = Source::new("a.rules", text);
        let test = test(text);
        assert_eq!(test.document.node, document, "{text}");
        assert_eq!(source.slice(test.document.span), document, "{text}");
        assert_eq!(test.expects.iter().map(expectation).collect::<Vec<_>>(), expects, "{text}");
    }
    assert_eq!(test("/// 说明\ntest \"甲\" {} expect holds a").docs, ["说明"]);
}

#[test]
fn what_follows_a_test_is_an_item_of_its_own() {
    let tests = "test \"甲\" {} expect holds a\ntest \"乙\" {} expect holds b\n";
    assert_eq!(items(tests).len(), 2);
    assert_eq!(items(&format!("{tests}expect : money\ntest : money")).len(), 4);
    assert_eq!(items(&format!("{tests}must r: test == expect\n{tests}")).len(), 5);
    assert_eq!(items("section s { a : money } test \"甲\" {} expect holds a; use b").len(), 3);
}

#[test]
fn a_test_is_told_from_what_is_named_test() {
    for text in [
        "section test \"节\" { a : money }",
        "stock section test { a : money }",
        "table test \"表\" { a : money }",
        "each money test { must: test == test }",
        "must r: a == test\nsection s { a : money }",
    ] {
        assert!(!items(text).iter().any(|item| matches!(item, Item::Test(_))), "{text}");
    }
    assert_eq!(shape(&only("test == sum(test)")), "(test == (sum test))");
}

#[test]
fn a_basis_of_the_year_before_is_an_argument() {
    for (text, expected) in [
        ("delta(x, budget) == 0", "((delta x budget) == 0)"),
        ("delta(x, prior budget) == 0", "((delta x (prior budget)) == 0)"),
        ("rate(x, prior\n actual) == rate(prior, prior)", "((rate x (prior actual)) == (rate prior prior))"),
        ("f(x, prior budget, y, prior actual) == 0", "((f x (prior budget) y (prior actual)) == 0)"),
        ("f(x, prior + 1, prior in 1..2) == 0", "((f x (+prior +1) (prior in 1..2)) == 0)"),
        ("delta(x, prior prior) == prior.prior@prior", "((delta x (prior prior)) == prior.prior@prior)"),
    ] {
        assert_eq!(shape(&only(text)), expected, "{text}");
    }
    let source = Source::new("a.rules", "a == delta(x, prior  budget )");
    let shown = format!("{:?}", parse(&source).file);
    let span = "a == delta(x, ".len().."a == delta(x, prior  budget".len();
    assert_eq!(source.text().get(span.clone()), Some("prior  budget"));
    assert!(shown.contains("PriorBasis"));
}

#[test]
fn a_code_picks_a_row() {
    for (text, expected) in [
        ("t[\"2013201\"].total@prior == 0", "(t[\"2013201\"].total@prior == 0)"),
        ("a == `表 一`[\"201\"].基本.b@2018", "(a == 表 一[\"201\"].基本.b@2018)"),
        ("x in t[\"1\"].a..t[\"2\"].b", "(x in t[\"1\"].a..t[\"2\"].b)"),
        ("t[\"1\"].a ?? 0 == b", "((?? t[\"1\"].a 0) == b)"),
        ("a in[\"1\"]", "(a in (list \"1\"))"),
        ("sum(t[\"1\"].a) == b\n[\"1\"] == c", ""),
    ] {
        if expected.is_empty() {
            assert!(!parse(&Source::new("a.rules", text)).errors.is_empty(), "{text}");
        } else {
            assert_eq!(shape(&only(text)), expected, "{text}");
        }
    }
}
