//! Items of a file, from what pest read.

use super::ast::{
    Assertion, Blank, Each, Expect, Expr, Field, Head, Kind, Label, Path, Rule as RuleNode, RuleRef,
    SectionKind, SeverityWord, Spanned, Table, Test, Title, Use, Waive,
};
use super::cursor::{Cursor, Node};
use super::error::SyntaxError;
use super::expression::expression;
use super::grammar::Rule;
use crate::quantity::Unit;

pub(super) fn ruleset(node: Node<'_>, docs: Vec<String>) -> Result<Head, SyntaxError> {
    let mut inside = node.inside();
    inside.expect(Rule::ruleset_word)?;
    let head = head(&mut inside, docs)?;
    inside.finish()?;
    Ok(head)
}

pub(super) fn section_head(node: Node<'_>, docs: Vec<String>) -> Result<(SectionKind, Head), SyntaxError> {
    let mut inside = node.inside();
    let kind = match inside.take(Rule::stock_word) {
        Some(_) => SectionKind::Stock,
        None => SectionKind::Flow,
    };
    inside.expect(Rule::section_word)?;
    let head = head(&mut inside, docs)?;
    inside.expect(Rule::open_brace)?;
    inside.finish()?;
    Ok((kind, head))
}

pub(super) fn uses(node: Node<'_>, docs: Vec<String>) -> Result<Use, SyntaxError> {
    let mut inside = node.inside();
    inside.expect(Rule::use_word)?;
    let set = inside.name()?;
    inside.finish()?;
    Ok(Use { set, docs })
}

pub(super) fn money_unit(node: Node<'_>) -> Result<Spanned<Unit>, SyntaxError> {
    let mut inside = node.inside();
    inside.expect(Rule::unit_word)?;
    let node = inside.expect(Rule::unit)?;
    inside.finish()?;
    Ok(Spanned { node: Unit::named(node.text()).ok_or_else(|| node.surprise())?, span: node.span() })
}

/// A table without its members.
pub(super) fn table_head(node: Node<'_>, docs: Vec<String>) -> Result<Table, SyntaxError> {
    let mut inside = node.inside();
    inside.expect(Rule::table_word)?;
    let name = inside.name()?;
    let mut titles = Vec::new();
    while let Some(node) = inside.take(Rule::string) {
        titles.push(node.string()?);
        inside.take(Rule::bar);
    }
    let english = english(&mut inside)?;
    let blank = if inside.take(Rule::blank_zero).is_some() { Blank::Zero } else { Blank::NotStated };
    inside.expect(Rule::open_brace)?;
    inside.finish()?;
    let mut titles = titles.into_iter();
    let title = titles.next().map(|text| Title { text, english });
    let head = Head { name, title, docs };
    Ok(Table { head, other_titles: titles.collect(), blank, members: Vec::new() })
}

/// An `each` without its members.
pub(super) fn each_head(node: Node<'_>, docs: Vec<String>) -> Result<Each, SyntaxError> {
    let mut inside = node.inside();
    inside.expect(Rule::each_word)?;
    let kind = kind(inside.expect(Rule::kind)?)?;
    let subject = inside.name()?;
    let guard = guard(&mut inside)?;
    inside.expect(Rule::open_brace)?;
    inside.finish()?;
    Ok(Each { kind, subject, guard, members: Vec::new(), docs })
}

pub(super) fn rule(node: Node<'_>, docs: Vec<String>) -> Result<RuleNode, SyntaxError> {
    let mut inside = node.inside();
    let word = inside.expect(Rule::severity)?;
    let severity = if word.text() == "must" { SeverityWord::Must } else { SeverityWord::Should };
    let name = match inside.peek() {
        Some(Rule::ident | Rule::quoted) => Some(inside.name()?),
        _ => None,
    };
    let title = title(&mut inside)?;
    let guard = guard(&mut inside)?;
    inside.expect(Rule::colon)?;
    let body = expression(inside.expect(Rule::expr)?)?;
    inside.finish()?;
    let guard = guard.map(Box::new);
    Ok(RuleNode { severity, name, title, guard, body: body.expr, docs, span: word.span().to(body.extent) })
}

pub(super) fn field(node: Node<'_>, docs: Vec<String>) -> Result<Field, SyntaxError> {
    let mut inside = node.inside();
    let name = inside.name()?;
    inside.expect(Rule::colon)?;
    let kind = kind(inside.expect(Rule::kind)?)?;
    let mut labels = Vec::with_capacity(1);
    while let Some(node) = inside.take(Rule::label) {
        labels.push(label(node)?);
        inside.take(Rule::bar);
    }
    let english = english(&mut inside)?;
    inside.finish()?;
    Ok(Field { name, kind, labels, english, docs })
}

pub(super) fn waive(node: Node<'_>, docs: Vec<String>) -> Result<Waive, SyntaxError> {
    let mut inside = node.inside();
    inside.expect(Rule::waive_word)?;
    let rule = rule_ref(&mut inside)?;
    let figure = match inside.take(Rule::for_word) {
        Some(_) => {
            let Spanned { node: names, span } = inside.expect(Rule::dotted)?.dotted()?;
            Some(Spanned { node: Path { names: names.into(), code: None, at: Box::default() }, span })
        }
        None => None,
    };
    inside.expect(Rule::because_word)?;
    let because = inside.string()?;
    inside.finish()?;
    Ok(Waive { rule, figure, because, docs })
}

pub(super) fn test(node: Node<'_>, docs: Vec<String>) -> Result<Test, SyntaxError> {
    let mut inside = node.inside();
    inside.expect(Rule::test_word)?;
    let title = inside.string()?;
    // What is in it is read where documents are; here it is only known to be JSON.
    let document = inside.expect(Rule::json_object)?;
    let document = Spanned { node: document.text().to_owned(), span: document.span() };
    let mut expects = Vec::new();
    while let Some(node) = inside.take(Rule::expect) {
        expects.push(expect(node)?);
    }
    inside.finish()?;
    Ok(Test { title, document, expects, docs })
}

fn expect(node: Node<'_>) -> Result<Expect, SyntaxError> {
    let mut inside = node.inside();
    inside.expect(Rule::expect_word)?;
    let verdict = inside.name()?;
    let mut rules = vec![rule_ref(&mut inside)?];
    while inside.take(Rule::comma).is_some() {
        rules.push(rule_ref(&mut inside)?);
    }
    inside.finish()?;
    Ok(Expect { verdict, rules })
}

fn rule_ref(inside: &mut Cursor<'_>) -> Result<RuleRef, SyntaxError> {
    let Spanned { node: names, span } = inside.expect(Rule::dotted)?.dotted()?;
    Ok(RuleRef { names, span })
}

pub(super) fn assertion(node: Node<'_>, docs: Vec<String>) -> Result<Assertion, SyntaxError> {
    let mut inside = node.inside();
    let body = expression(inside.expect(Rule::expr)?)?.expr;
    inside.finish()?;
    Ok(Assertion { body, docs })
}

fn head(inside: &mut Cursor<'_>, docs: Vec<String>) -> Result<Head, SyntaxError> {
    Ok(Head { name: inside.name()?, title: title(inside)?, docs })
}

fn title(inside: &mut Cursor<'_>) -> Result<Option<Title>, SyntaxError> {
    let Some(node) = inside.take(Rule::title) else { return Ok(None) };
    let mut inside = node.inside();
    let title = Title { text: inside.string()?, english: english(&mut inside)? };
    inside.finish()?;
    Ok(Some(title))
}

fn english(inside: &mut Cursor<'_>) -> Result<Option<Box<Spanned<String>>>, SyntaxError> {
    let Some(node) = inside.take(Rule::english) else { return Ok(None) };
    let mut inside = node.inside();
    inside.expect(Rule::en_word)?;
    let text = inside.string()?;
    inside.finish()?;
    Ok(Some(Box::new(text)))
}

fn guard(inside: &mut Cursor<'_>) -> Result<Option<Expr>, SyntaxError> {
    let Some(node) = inside.take(Rule::guard) else { return Ok(None) };
    let mut inside = node.inside();
    inside.expect(Rule::when_word)?;
    let guard = expression(inside.expect(Rule::expr)?)?.expr;
    inside.finish()?;
    Ok(Some(guard))
}

fn kind(node: Node<'_>) -> Result<Kind, SyntaxError> {
    let mut inside = node.inside();
    let name = inside.name()?;
    let counter = if inside.peek().is_some() {
        let counter = inside.name()?;
        inside.expect(Rule::close)?;
        Some(counter)
    } else {
        None
    };
    inside.finish()?;
    Ok(Kind { name, counter })
}

fn label(node: Node<'_>) -> Result<Label, SyntaxError> {
    let mut inside = node.inside();
    let text = inside.string()?;
    let under = inside.take(Rule::under_word).map(|_| inside.string()).transpose()?;
    inside.finish()?;
    Ok(Label { text, under })
}
