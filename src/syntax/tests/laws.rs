//! What holds of every text.

use pest::Parser as _;
use proptest::prelude::*;

use super::accepted::FULL;
use super::path_text;
use crate::Lang;
use crate::source::{Source, Span};
use crate::syntax::ast::{Expr, ExprKind, File, Item, Literal, Member, Name, Rule as RuleNode, Spanned};
use crate::syntax::grammar::{Grammar, Rule};
use crate::syntax::{SyntaxErrorKind, parse};

/// Pieces that rules are made of, right and wrong.
const PIECES: [&str; 95] = [
    "must",
    "should",
    "section",
    "stock",
    "each",
    "ruleset",
    "when",
    "use",
    "table",
    "test",
    "expect",
    "waive",
    "en",
    "under",
    "unit",
    "元",
    "blank",
    "blank = 0",
    "for",
    "because",
    "violated",
    "prior",
    "prior budget",
    "test \"x\" {",
    "test \"x\" {\"a\": [1, -2.5, true]}",
    "expect holds r",
    "waive r because \"c\"",
    "table t \"表\" {",
    "t[\"201\"].total",
    "[\"201\"]",
    "如果",
    "必须",
    "\"a\": 1e5",
    "\\n",
    "use b",
    "money",
    "count(人)",
    "not",
    "and",
    "or",
    "implies",
    "in",
    "within",
    "a",
    "b",
    "基本支出",
    "`c d`",
    "``",
    "`e",
    "x@prior",
    "s.total",
    "sum(",
    "f",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ";",
    ",",
    ".",
    "@",
    "..",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "=",
    "??",
    "+",
    "-",
    "*",
    "/",
    "|",
    "0",
    "1.5",
    "50%",
    "0.01 万元",
    "2018年",
    "１",
    "\"甲\"",
    "\"乙",
    "“丙”",
    "：",
    "（",
    "且",
    "// c\n",
    "/// d\n",
    "\n",
    "\n",
    "#",
];

fn soup() -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(&PIECES[..]), prop::sample::select(&["", " ", " ", "\n"][..]));
    prop::collection::vec(piece, 0..40)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, blank)| format!("{piece}{blank}")).collect())
}

/// Pieces that the JSON of a test is made of, right and wrong.
fn json_soup() -> impl Strategy<Value = String> {
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"b\"",
        "\"b\": ",
        "\"c",
        "\"\\n\"",
        "\"\\x\"",
        "1",
        "-2.5",
        "01",
        "1e_",
        ".5",
        "+1",
        "50%",
        "true",
        "null",
        "基本",
        "//",
        "/*",
        "，",
        "“丁”",
        "\\",
        "#",
        "\u{a0}",
        " ",
        "\n",
        "[1]",
        "{\"d\": 0}",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..12).prop_map(|pieces| pieces.concat())
}

/// An expression that is right.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(
        &[
            "a",
            "基本支出",
            "`c d`",
            "s.total@prior",
            "x@2018",
            "t[\"201\"].`c d`.e@prior",
            "0",
            "1.50",
            "50%",
            "0.01 万元",
            "\"甲\"",
        ][..],
    );
    leaf.prop_map(str::to_owned).prop_recursive(4, 24, 3, |inner| {
        let operator = prop::sample::select(&["+", "-", "*", "/", "//c\n +"][..]);
        let logical = prop::sample::select(&["and", "or"][..]);
        prop_oneof![
            (inner.clone(), operator, inner.clone())
                .prop_map(|(a, operator, b)| format!("({a}) {operator} ({b} )")),
            (inner.clone(), logical, inner.clone())
                .prop_map(|(a, word, b)| format!("(not ({a}) {word}\n({b}))")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("(({a}) <= ({b}) < ({c}) within 0.01 万元)")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("max( {a}, -({b}) )")),
            inner.clone().prop_map(|a| format!("delta({a}, prior\u{3000}budget , prior)")),
            inner.clone().prop_map(|a| format!("(s.total ?? {a})")),
            inner.prop_map(|a| format!("(x in -1..b.c and ({a}) in [1, \"乙\"])")),
        ]
    })
}

/// A file that is right, with names, paths and numbers in every place they can have.
fn file() -> impl Strategy<Value = String> {
    let rule = (expression(), expression())
        .prop_map(|(guard, body)| format!("must `r 1` \"题\" when {guard}  :  {body}  // c\n"));
    prop::collection::vec(rule, 1..4).prop_map(|rules| {
        let rules = rules.concat();
        let section =
            format!("section s \"节\" en \"S\" {{\n t : count(人) \"甲\" under \"乙\" en \"T\"\n{rules}}}");
        let table = format!("table t \"表\" | \"又\" en \"T\" blank = 0 {{\n c : code\n{rules}}}");
        let test =
            "test \"甲\" {\"a\": {\"b\": [\"1\\n\", -2.5, null]}} expect holds s.r, `r 1` expect violated r";
        let waive = "waive s.`r 1` for `c d`.e because \"乙\"";
        format!("use u\nunit 元\n{rules}{section}\neach money x {{ {rules} }}\n{table}\n{test}\n{waive}\n")
    })
}

/// Every name, path, number and expression of a file, with the text it was written as.
struct Walk<'s> {
    source: &'s Source,
}

impl Walk<'_> {
    fn file(&self, file: &File) {
        for item in &file.items {
            match &item.node {
                Item::RuleSet(head) => self.name(&head.name),
                Item::Section(section) => {
                    self.name(&section.head.name);
                    self.members(&section.members);
                }
                Item::Each(each) => {
                    self.name(&each.subject);
                    each.guard.iter().for_each(|guard| self.expr(guard));
                    self.members(&each.members);
                }
                Item::Rule(rule) => self.rule(rule),
                Item::Field(field) => self.name(&field.name),
                Item::Assertion(assertion) => self.expr(&assertion.body),
                Item::Use(uses) => self.name(&uses.set),
                Item::Unit(unit) => assert_eq!(self.text(unit.span), unit.node.as_str()),
                Item::Table(table) => {
                    self.name(&table.head.name);
                    let titles = table.head.title.iter().map(|title| &title.text);
                    titles.chain(&table.other_titles).for_each(|title| self.string(title));
                    self.members(&table.members);
                }
                Item::Waive(waive) => {
                    waive.rule.names.iter().for_each(|name| self.name(name));
                    waive
                        .figure
                        .iter()
                        .flat_map(|figure| &figure.node.names)
                        .for_each(|name| self.name(name));
                    self.string(&waive.because);
                }
                Item::Test(test) => {
                    self.string(&test.title);
                    assert_eq!(self.text(test.document.span), test.document.node);
                    for expect in &test.expects {
                        self.name(&expect.verdict);
                        expect.rules.iter().flat_map(|rule| &rule.names).for_each(|name| self.name(name));
                    }
                }
            }
        }
    }

    fn members(&self, members: &[Spanned<Member>]) {
        for member in members {
            match &member.node {
                Member::Rule(rule) => self.rule(rule),
                Member::Field(field) => {
                    self.name(&field.name);
                    self.name(&field.kind.name);
                    field.kind.counter.iter().for_each(|counter| self.name(counter));
                    for label in &field.labels {
                        self.string(&label.text);
                    }
                    field.english.iter().for_each(|english| self.string(english));
                }
            }
        }
    }

    fn rule(&self, rule: &RuleNode) {
        assert!(self.text(rule.span).starts_with(['m', 's']));
        rule.name.iter().for_each(|name| self.name(name));
        rule.guard.iter().for_each(|guard| self.expr(guard));
        self.expr(&rule.body);
        assert!(rule.body.span.end() <= rule.span.end());
    }

    fn name(&self, name: &Name) {
        let bare = self.text(name.span).trim_matches('`').to_owned();
        assert_eq!(bare, name.node);
    }

    fn string(&self, string: &Spanned<String>) {
        assert_eq!(self.text(string.span).replace("\\\"", "\""), format!("\"{}\"", string.node));
    }

    fn literal(&self, literal: &Spanned<Literal>) {
        let Literal { amount, unit } = &literal.node;
        let text = self.text(literal.span).replace(' ', "");
        let shown = format!("{amount}{}", unit.as_ref().map_or("", |unit| unit.as_str()));
        assert_eq!(text.trim_start_matches('0'), shown.trim_start_matches('0'));
    }

    fn expr(&self, expr: &Expr) {
        let text = self.text(expr.span);
        assert_eq!(text, text.trim());
        match &expr.node {
            ExprKind::PriorBasis { prior, basis } => {
                self.name(prior);
                self.name(basis);
            }
            ExprKind::Number(literal) => self.literal(&Spanned { node: literal.clone(), span: expr.span }),
            ExprKind::Text(text) => assert_eq!(self.text(expr.span), format!("\"{text}\"")),
            ExprKind::Path(path) => {
                assert_eq!(self.text(expr.span).replace('`', ""), path_text(path));
                path.names.iter().for_each(|name| self.name(name));
            }
            ExprKind::Call { callee, arguments } => {
                self.name(callee);
                arguments.iter().for_each(|argument| self.expr(argument));
            }
            ExprKind::Negated(inner) | ExprKind::Not(inner) => self.expr(inner),
            ExprKind::Sum(terms) => terms.iter().for_each(|(_, term)| self.expr(term)),
            ExprKind::Product(factors) => factors.iter().for_each(|(_, factor)| self.expr(factor)),
            ExprKind::Coalesce(parts) | ExprKind::And(parts) | ExprKind::Or(parts) => {
                parts.iter().for_each(|part| self.expr(part));
            }
            ExprKind::Chain { first, links } => {
                self.expr(first);
                for link in links {
                    self.expr(&link.right);
                    link.tolerance.iter().for_each(|literal| self.literal(literal));
                }
            }
            ExprKind::InRange { value, low, high } => {
                [value, low, high].into_iter().for_each(|part| self.expr(part));
            }
            ExprKind::InList { value, members } => {
                self.expr(value);
                members.iter().for_each(|member| self.expr(member));
            }
            ExprKind::Implies(left, right) => [left, right].into_iter().for_each(|part| self.expr(part)),
        }
    }

    /// The text of a span, which must be within the source and cut no character.
    fn text(&self, span: Span) -> String {
        self.source.text().get(span.start()..span.end()).expect("a span of whole characters").to_owned()
    }
}

/// Reads a text and checks all that must hold of what comes out. Whether it was accepted.
fn check(text: &str) -> bool {
    let source = Source::new("a.rules", text);
    match parse(&source).into_result() {
        Ok(file) => {
            Walk { source: &source }.file(&file);
            assert!(Grammar::parse(Rule::file, text).is_ok(), "the grammar refuses {text:?}");
            true
        }
        Err(errors) => {
            assert!(!errors.is_empty() && errors.len() <= crate::limits::RULE_ERRORS);
            assert!(errors.is_sorted_by_key(|error| error.span().start()), "{errors:?}");
            for error in &errors {
                let underlined = text.get(error.span().start()..error.span().end());
                assert!(underlined.is_some_and(|text| !text.is_empty()), "{error:?} in {text:?}");
                assert_ne!(*error.kind(), SyntaxErrorKind::Internal, "{text:?}");
                assert!(!error.message(Lang::Zh).is_empty());
            }
            false
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_with_places(text in "\\PC*|(?s:.*)") {
        check(&text);
    }

    #[test]
    fn any_soup_of_pieces_is_read_or_refused_with_places(text in soup()) {
        check(&text);
    }

    #[test]
    fn any_assertion_of_pieces_is_read_or_refused_with_places(text in soup()) {
        check(&format!("a == {}", text.replace('\n', " ")));
    }

    #[test]
    fn any_document_of_pieces_is_read_as_json_or_refused_once(text in json_soup()) {
        let test = format!("test \"x\" {{\"a\": {text}}} expect holds r");
        let json = format!("{{\"a\": {text}}}");
        // More braces than belong to it end it sooner; what follows is then no longer JSON.
        let is_whole = !text.contains(['}', '"']);
        let is_json = serde_json::from_str::<serde_json::Value>(&json).is_ok();
        let is_read = check(&test);
        if is_whole || is_json {
            prop_assert_eq!(is_read, is_json, "{}", test);
        }
        if is_whole && !is_json {
            prop_assert_eq!(parse(&Source::new("a.rules", test)).errors.len(), 1);
        }
    }

    #[test]
    fn any_block_of_pieces_is_read_or_refused_with_places(text in soup()) {
        check(&format!("section s {{\n{text}\n}}"));
        check(&format!("table t \"表\" {{ a : money {text}\n}}"));
        check(&format!("must r \"题\" en \"T\": a == b\n{text}"));
    }

    #[test]
    fn what_is_right_is_accepted_and_its_spans_slice_to_its_text(text in file()) {
        prop_assert!(check(&text), "{}", text);
    }

    #[test]
    fn each_wrong_rule_among_right_ones_is_one_error(wrong in prop::collection::vec(any::<bool>(), 1..20)) {
        let lines = wrong.iter().map(|wrong| if *wrong { "must r: a = b\n" } else { "must r: a == b\n" });
        let source = Source::new("a.rules", lines.collect::<String>());
        let errors = parse(&source).errors;
        prop_assert_eq!(errors.len(), wrong.iter().filter(|wrong| **wrong).count());
    }
}

#[test]
fn a_file_cut_anywhere_is_read_or_refused_with_places() {
    for (at, _) in FULL.char_indices() {
        check(FULL.split_at(at).0);
    }
}

#[test]
fn a_file_without_any_one_run_of_a_character_is_read_or_refused_with_places() {
    for (at, c) in FULL.char_indices() {
        let (before, after) = FULL.split_at(at);
        check(&format!("{before}{}", after.trim_start_matches(c)));
    }
}
