//! A tree without its places: what a rule file means, to be compared with what its print means.

use super::item::line_feeds;
use crate::source::Span;
use crate::syntax::ast::{
    Each, Expect, Expr, ExprKind, Field, File, Head, Item, Kind, Label, Member, Path, Rule, RuleRef, Section,
    Spanned, Table, Test, Title, Use, Waive,
};

/// The same tree, with every span empty and every line of a test's document ended by a line feed.
pub(crate) fn without_spans(mut file: File) -> File {
    for item in &mut file.items {
        clear(item);
        match &mut item.node {
            Item::RuleSet(node) => head(node),
            Item::Use(Use { set, docs: _ }) => clear(set),
            Item::Unit(unit) => clear(unit),
            Item::Section(item) => {
                let Section { kind: _, head: node, members: list } = item.as_mut();
                head(node);
                members(list);
            }
            Item::Table(item) => {
                let Table { head: node, other_titles, blank: _, members: list } = item.as_mut();
                head(node);
                other_titles.iter_mut().for_each(clear);
                members(list);
            }
            Item::Each(item) => {
                let Each { kind: of, subject, guard, members: list, docs: _ } = item.as_mut();
                kind(of);
                clear(subject);
                guard.iter_mut().for_each(expr);
                members(list);
            }
            Item::Rule(node) => rule(node),
            Item::Field(node) => field(node),
            Item::Waive(item) => {
                let Waive { rule, figure, because, docs: _ } = item.as_mut();
                rule_ref(rule);
                if let Some(figure) = figure {
                    clear(figure);
                    path(&mut figure.node);
                }
                clear(because);
            }
            Item::Test(node) => test(node),
            Item::Assertion(node) => expr(&mut node.body),
        }
    }
    file
}

fn clear<T>(node: &mut Spanned<T>) {
    node.span = Span::new(0, 0);
}

fn members(list: &mut [Spanned<Member>]) {
    for member in list {
        clear(member);
        match &mut member.node {
            Member::Rule(node) => rule(node),
            Member::Field(node) => field(node),
        }
    }
}

fn head(Head { name, title: node, docs: _ }: &mut Head) {
    clear(name);
    node.iter_mut().for_each(title);
}

fn title(Title { text, english }: &mut Title) {
    clear(text);
    english.iter_mut().for_each(|english| clear(english));
}

fn kind(Kind { name, counter }: &mut Kind) {
    clear(name);
    counter.iter_mut().for_each(clear);
}

fn rule(Rule { severity: _, name, title: node, guard, body, docs: _, span }: &mut Rule) {
    *span = Span::new(0, 0);
    name.iter_mut().for_each(clear);
    node.iter_mut().for_each(title);
    guard.iter_mut().for_each(|guard| expr(guard));
    expr(body);
}

fn field(Field { name, kind: of, labels, english, docs: _ }: &mut Field) {
    clear(name);
    kind(of);
    for Label { text, under } in labels {
        clear(text);
        under.iter_mut().for_each(clear);
    }
    english.iter_mut().for_each(|english| clear(english));
}

fn test(Test { title, document, expects, docs: _ }: &mut Test) {
    clear(title);
    clear(document);
    document.node = line_feeds(&document.node);
    for Expect { verdict, rules } in expects {
        clear(verdict);
        rules.iter_mut().for_each(rule_ref);
    }
}

fn rule_ref(RuleRef { names, span }: &mut RuleRef) {
    *span = Span::new(0, 0);
    names.iter_mut().for_each(clear);
}

fn path(Path { names, code, at }: &mut Path) {
    names.iter_mut().for_each(clear);
    code.iter_mut().for_each(|code| clear(code));
    at.iter_mut().for_each(clear);
}

fn expr(node: &mut Expr) {
    clear(node);
    match &mut node.node {
        ExprKind::Number(_) | ExprKind::Text(_) => {}
        ExprKind::Path(node) => path(node),
        ExprKind::PriorBasis { prior, basis } => {
            clear(prior);
            clear(basis);
        }
        ExprKind::Call { callee, arguments } => {
            clear(callee);
            arguments.iter_mut().for_each(expr);
        }
        ExprKind::Negated(inner) | ExprKind::Not(inner) => expr(inner),
        ExprKind::Sum(terms) => terms.iter_mut().for_each(|(_, term)| expr(term)),
        ExprKind::Product(factors) => factors.iter_mut().for_each(|(_, factor)| expr(factor)),
        ExprKind::Coalesce(parts) | ExprKind::And(parts) | ExprKind::Or(parts) => {
            parts.iter_mut().for_each(expr);
        }
        ExprKind::Chain { first, links } => {
            expr(first);
            for link in links {
                clear(&mut link.operator);
                expr(&mut link.right);
                link.tolerance.iter_mut().for_each(|tolerance| clear(tolerance));
            }
        }
        ExprKind::InRange { value, low, high } => [value, low, high].into_iter().for_each(|part| expr(part)),
        ExprKind::InList { value, members } => {
            expr(value);
            members.iter_mut().for_each(expr);
        }
        ExprKind::Implies(left, right) => [left, right].into_iter().for_each(|part| expr(part)),
    }
}
