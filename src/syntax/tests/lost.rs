//! What a mistake may have cost: whether a name that is not found may still have been declared.

use crate::source::Source;
use crate::syntax::ast::Item;
use crate::syntax::parse;

fn loses(text: &str) -> bool {
    let parsed = parse(&Source::new("a.rules", text));
    assert!(!parsed.errors.is_empty(), "{text}\nis accepted");
    parsed.lost_declarations
}

#[test]
fn a_mistake_in_a_rule_loses_no_declaration() {
    for text in [
        "a : money\nmust r: a = b",
        "section s {\n a : money\n must r: a ==\n must s: a == (b\n must t: a == b\n}",
        "section s {\n a : money\n must r:\n  a = b\n}",
        "a : money\ncheck r: a == b",
        "a : money\n必须 r: a == b",
        "a : money\nr: a == b",
        "a : money\neach money x when x = 0 {\n must: x == x\n}",
        "a : money\nwaive r",
        "a : money\ntest \"x\" {\"a\": 1e5} expect holds r\nmust r: a == b",
        "a : money\ntest \"x\" {\"a\": {} expect holds r\nmust r: a == b",
        "a : money\nexpect holds r",
        "a : money\nmust r: a == b\nb == c",
        "ruleset a b\na : money",
        "table t \"表\" {\n blank = 0\n a : money\n}",
        "a : money\n/// end",
        "must r: a == b /// x\na : money",
        // A file of assertions declares nothing.
        "a == b\nc = d",
        "a == b\nc d",
    ] {
        assert!(!loses(text), "{text}");
    }
}

#[test]
fn what_may_have_been_a_declaration_is_lost() {
    for text in [
        "a : money “甲”",
        "section s {\n basic money\n}",
        "section s {\n basic\n}",
        "section s \"节 {\n a : money\n}",
        "secton s {\n a : money\n}",
        "table t \"表\" blank = 1 {\n a : money\n}",
        "use rules/department",
        "unit 美元",
        "each money x {\n a : money\n}",
        "section s {\n use a\n}",
        "section s {\n section t {\n a : money\n }\n}",
        "section s {\n a : money\n",
        "a : money\n}\nmust r: a == b",
        "must r: a == b { a : money }",
        // A field with a mistake below a rule that never ends, or that is passed over with it.
        "a : money\nmust r: a == (b\n basic money",
        "a : money\nmust r: a = b\nbasic money",
        "a : money\nmust r\nbasic money \"基本\"",
        // Nothing tells what kind of file this is.
        "c d",
    ] {
        assert!(loses(text), "{text}");
    }
    let text = format!("a : money\n{}", "must r: a = b\n".repeat(crate::limits::RULE_ERRORS * 2));
    assert!(loses(&text));
}

#[test]
fn the_rest_of_a_file_with_mistakes_is_there() {
    let text = "section s {\n a : money\n must r: a = b\n b : money\n}\nmust t: a == b\nmust u: a b\nuse c\n";
    let parsed = parse(&Source::new("a.rules", text));
    assert_eq!((parsed.errors.len(), parsed.lost_declarations), (2, false));
    let [Item::Section(section), Item::Rule(_), Item::Use(_)] =
        &parsed.file.items.iter().map(|item| item.node.clone()).collect::<Vec<_>>()[..]
    else {
        panic!("{:#?}", parsed.file)
    };
    assert_eq!(section.members.len(), 2);
}
