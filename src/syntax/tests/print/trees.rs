//! Random trees of the whole language.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::quantity::Unit;
use crate::source::Span;
use crate::syntax::ast::{
    Assertion, At, Blank, Comparison, Each, Expect, Expr, ExprKind, Factor, Field, File, Head, Item, Kind,
    Label, Link, Literal, Member, Name, Path, Rule, RuleRef, Section, SectionKind, SeverityWord, Sign,
    Spanned, Table, Test, Title, Use, Waive,
};

fn at<T>(node: T) -> Spanned<T> {
    Spanned { node, span: Span::new(0, 0) }
}

const IDENTS: [&str; 10] = ["a", "基本支出", "total", "x", "section", "test", "prior", "_1", "en", "under"];
const QUOTED: [&str; 6] = ["in", "must", "因公出国(境)费", "a b", "1", "//{"];

fn ident() -> BoxedStrategy<Name> {
    select(&IDENTS[..]).prop_map(|name| at(name.to_owned())).boxed()
}

fn name() -> BoxedStrategy<Name> {
    prop_oneof![4 => select(&IDENTS[..]), 1 => select(&QUOTED[..])]
        .prop_map(|name| at(name.to_owned()))
        .boxed()
}

fn text() -> BoxedStrategy<Spanned<String>> {
    prop_oneof![
        3 => select(&["甲", "会议费", "a", ""][..]).prop_map(str::to_owned),
        1 => "[^\r\n]{0,6}",
        1 => select(&["\"", "\\", "// {", "`", "很长的标题很长的标题很长的标题很长的标题很长的标题"][..]).prop_map(str::to_owned),
    ]
    .prop_map(at).boxed()
}

fn docs() -> BoxedStrategy<Vec<String>> {
    let line = prop_oneof![select(&["", "依据", " /a", "\tb"][..]).prop_map(str::to_owned), "[^\r\n]{0,6}"];
    vec(line.prop_map(|line| line.trim_end().to_owned()), 0..3)
        .prop_flat_map(|docs| prop_oneof![2 => Just(Vec::new()), 1 => Just(docs)])
        .boxed()
}

fn literal() -> BoxedStrategy<Literal> {
    let units = [None, Some(Unit::Percent), Some(Unit::WanYuan), Some(Unit::Yuan), Some(Unit::YiYuan)];
    (0_u32..2_000, 0_usize..3, select(units.to_vec()))
        .prop_map(|(digits, decimals, unit)| {
            let shown = format!("{:0width$}", digits, width = decimals + 1);
            let (whole, rest) = shown.split_at(shown.len() - decimals);
            let point = if decimals > 0 { "." } else { "" };
            Literal { amount: format!("{whole}{point}{rest}").parse().unwrap(), unit }
        })
        .boxed()
}

fn path() -> BoxedStrategy<Path> {
    let year = prop_oneof![(2_000_i32..2_100), Just(7)].prop_map(At::Year);
    let word = ident().prop_map(|name| At::Word(name.node));
    (vec(name(), 1..4), option::of(text()), vec(prop_oneof![year, word].prop_map(at), 0..3))
        .prop_map(|(names, code, at)| {
            let has_code = names.len() > 1;
            Path { names: names.into(), code: code.filter(|_| has_code).map(Box::new), at: at.into() }
        })
        .boxed()
}

fn bound() -> BoxedStrategy<Expr> {
    let positive = prop_oneof![literal().prop_map(ExprKind::Number), path().prop_map(ExprKind::Path)];
    (positive, any::<bool>())
        .prop_map(
            |(kind, negated)| {
                if negated { at(ExprKind::Negated(Box::new(at(kind)))) } else { at(kind) }
            },
        )
        .boxed()
}

fn comparisons() -> BoxedStrategy<Vec<Comparison>> {
    use Comparison::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
    prop_oneof![
        vec(Just(Equal), 1..3),
        vec(select(vec![Less, AtMost]), 1..3),
        vec(select(vec![Greater, AtLeast]), 1..3),
        Just(vec![NotEqual]),
    ]
    .boxed()
}

fn chain(first: Expr, rights: Vec<Expr>, operators: Vec<Comparison>, tolerance: Option<Literal>) -> ExprKind {
    let tolerance = tolerance.filter(|_| !operators.contains(&Comparison::NotEqual)).map(at);
    let links = operators.into_iter().zip(rights).map(|(operator, right)| Link {
        operator: at(operator),
        right,
        tolerance: tolerance.clone().map(Box::new),
    });
    ExprKind::Chain { first: Box::new(first), links: links.collect() }
}

fn call(callee: Name, mut arguments: Vec<Expr>, prior: Option<Name>) -> ExprKind {
    if let Some(basis) = prior.filter(|_| !arguments.is_empty()) {
        arguments.push(at(ExprKind::PriorBasis {
            prior: Box::new(at("prior".to_owned())),
            basis: Box::new(basis),
        }));
    }
    ExprKind::Call { callee, arguments: arguments.into() }
}

pub(super) fn expr() -> BoxedStrategy<Expr> {
    let leaf = prop_oneof![
        2 => literal().prop_map(ExprKind::Number),
        1 => text().prop_map(|text| ExprKind::Text(text.node)),
        4 => path().prop_map(ExprKind::Path),
    ]
    .prop_map(at);
    leaf.prop_recursive(5, 32, 4, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        let some = || vec(inner.clone(), 2..4);
        let sign = select(vec![Sign::Plus, Sign::Minus]);
        let factor = select(vec![Factor::Times, Factor::Over]);
        let left = prop_oneof![
            path().prop_map(ExprKind::Path),
            (ident(), vec(inner.clone(), 0..3)).prop_map(|(callee, arguments)| call(callee, arguments, None)),
        ];
        prop_oneof![
            boxed.clone().prop_map(ExprKind::Negated),
            boxed.clone().prop_map(ExprKind::Not),
            (ident(), vec(inner.clone(), 0..4), option::of(ident()))
                .prop_map(|(callee, arguments, prior)| call(callee, arguments, prior)),
            vec((sign, inner.clone()), 2..4).prop_map(|mut terms| {
                terms[0].0 = Sign::Plus;
                ExprKind::Sum(terms)
            }),
            vec((factor, inner.clone()), 2..4).prop_map(|mut factors| {
                factors[0].0 = Factor::Times;
                ExprKind::Product(factors)
            }),
            (vec(left.prop_map(at), 1..3), inner.clone()).prop_map(|(mut parts, last)| {
                parts.push(last);
                ExprKind::Coalesce(parts)
            }),
            (inner.clone(), some(), comparisons(), option::of(literal()))
                .prop_map(|(first, rights, operators, tolerance)| chain(first, rights, operators, tolerance)),
            (boxed.clone(), bound(), bound()).prop_map(|(value, low, high)| {
                ExprKind::InRange { value, low: Box::new(low), high: Box::new(high) }
            }),
            (boxed.clone(), vec(inner.clone(), 1..4))
                .prop_map(|(value, members)| ExprKind::InList { value, members }),
            some().prop_map(ExprKind::And),
            some().prop_map(ExprKind::Or),
            (boxed.clone(), boxed).prop_map(|(left, right)| ExprKind::Implies(left, right)),
        ]
        .prop_map(at)
    })
    .boxed()
}

fn english() -> BoxedStrategy<Option<Spanned<String>>> {
    option::of(text()).boxed()
}

fn title() -> BoxedStrategy<Option<Title>> {
    option::of((text(), english()).prop_map(|(text, english)| Title { text, english: english.map(Box::new) }))
        .boxed()
}

fn head() -> BoxedStrategy<Head> {
    (name(), title(), docs()).prop_map(|(name, title, docs)| Head { name, title, docs }).boxed()
}

fn kind() -> BoxedStrategy<Kind> {
    (ident(), option::of(name())).prop_map(|(name, counter)| Kind { name, counter }).boxed()
}

fn rule() -> BoxedStrategy<Rule> {
    let severity = select(vec![SeverityWord::Must, SeverityWord::Should]);
    let guard = option::of(expr());
    (severity, option::of(name()), title(), guard, expr(), docs())
        .prop_map(|(severity, name, title, guard, body, docs)| Rule {
            severity,
            name,
            title,
            guard: guard.map(Box::new),
            body,
            docs,
            span: Span::new(0, 0),
        })
        .boxed()
}

fn field() -> BoxedStrategy<Field> {
    let label = (text(), option::of(text())).prop_map(|(text, under)| Label { text, under });
    (name(), kind(), vec(label, 0..4), english(), docs())
        .prop_map(|(name, kind, labels, english, docs)| {
            let english = english.filter(|_| !labels.is_empty()).map(Box::new);
            Field { name, kind, labels, english, docs }
        })
        .boxed()
}

fn members() -> BoxedStrategy<Vec<Spanned<Member>>> {
    let member = prop_oneof![
        rule().prop_map(|rule| Member::Rule(Box::new(rule))),
        field().prop_map(|field| Member::Field(Box::new(field))),
        field().prop_map(|field| Member::Field(Box::new(field))),
    ];
    vec(member.prop_map(at), 0..5).boxed()
}

fn section() -> BoxedStrategy<Section> {
    let kind = select(vec![SectionKind::Flow, SectionKind::Stock]);
    (kind, head(), members()).prop_map(|(kind, head, members)| Section { kind, head, members }).boxed()
}

fn each() -> BoxedStrategy<Each> {
    let rules = vec(rule().prop_map(|rule| at(Member::Rule(Box::new(rule)))), 0..3);
    (kind(), name(), option::of(expr()), rules, docs())
        .prop_map(|(kind, subject, guard, members, docs)| Each { kind, subject, guard, members, docs })
        .boxed()
}

fn table() -> BoxedStrategy<Table> {
    let blank = select(vec![Blank::NotStated, Blank::Zero]);
    (head(), vec(text(), 0..3), blank, members())
        .prop_map(|(head, mut other_titles, blank, members)| {
            if head.title.is_none() {
                other_titles.clear();
            }
            Table { head, other_titles, blank, members }
        })
        .boxed()
}

fn rule_ref() -> BoxedStrategy<RuleRef> {
    vec(name(), 1..3).prop_map(|names| RuleRef { names, span: Span::new(0, 0) }).boxed()
}

fn waive() -> BoxedStrategy<Waive> {
    let figure =
        vec(name(), 1..3).prop_map(|names| at(Path { names: names.into(), code: None, at: Box::default() }));
    (rule_ref(), option::of(figure), text(), docs())
        .prop_map(|(rule, figure, because, docs)| Waive { rule, figure, because, docs })
        .boxed()
}

fn test() -> BoxedStrategy<Test> {
    const DOCUMENTS: [&str; 3] =
        ["{}", "{\"a\": \"1.5\", \"b\": [{\"c\": -2.50}, null]}", "{\n  \"{ // \\\" `\" : 0\n}"];
    let document = select(&DOCUMENTS[..]).prop_map(|text| at(text.to_owned()));
    let expect = (select(&["holds", "violated"][..]), vec(rule_ref(), 1..3))
        .prop_map(|(verdict, rules)| Expect { verdict: at(verdict.to_owned()), rules });
    (text(), document, vec(expect, 1..3), docs())
        .prop_map(|(title, document, expects, docs)| Test { title, document, expects, docs })
        .boxed()
}

fn bare() -> BoxedStrategy<Vec<Item>> {
    vec((expr(), docs()), 1..4)
        .prop_map(|assertions| {
            assertions
                .into_iter()
                .map(|(body, docs)| Item::Assertion(Box::new(Assertion { body, docs })))
                .collect()
        })
        .boxed()
}

fn declared() -> BoxedStrategy<Vec<Item>> {
    let known = prop_oneof![
        section().prop_map(|section| Item::Section(Box::new(section))),
        each().prop_map(|each| Item::Each(Box::new(each))),
        rule().prop_map(|rule| Item::Rule(Box::new(rule))),
        field().prop_map(|field| Item::Field(Box::new(field))),
    ];
    let later = prop_oneof![
        (name(), docs()).prop_map(|(set, docs)| Item::Use(Use { set, docs })),
        table().prop_map(|table| Item::Table(Box::new(table))),
        waive().prop_map(|waive| Item::Waive(Box::new(waive))),
        test().prop_map(|test| Item::Test(Box::new(test))),
    ];
    let item = prop_oneof![known, later];
    let unit = select(vec![Unit::Yuan, Unit::WanYuan, Unit::ThousandYuan, Unit::YiYuan]);
    (option::of(head()), option::of(unit), vec(item, 0..5))
        .prop_map(|(ruleset, unit, items)| {
            let first = ruleset.into_iter().map(|head| Item::RuleSet(Box::new(head)));
            first.chain(unit.into_iter().map(|unit| Item::Unit(at(unit)))).chain(items).collect()
        })
        .boxed()
}

/// A file, all of whose spans are empty.
pub(super) fn file() -> BoxedStrategy<File> {
    prop_oneof![bare(), declared()]
        .prop_map(|items| File { items: items.into_iter().map(at).collect() })
        .boxed()
}
