//! Items of a file, from what pest read.

use super::ast::{
    Assertion, Each, Expr, Field, Head, Kind, Label, Rule as RuleNode, SectionKind, SeverityWord, Spanned,
};
use super::cursor::{Cursor, Node};
use super::error::SyntaxError;
use super::expression::expression;
use super::grammar::Rule;

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
    Ok(RuleNode { severity, name, title, guard, body: body.expr, docs, span: word.span().to(body.extent) })
}

pub(super) fn field(node: Node<'_>, docs: Vec<String>) -> Result<Field, SyntaxError> {
    let mut inside = node.inside();
    let name = inside.name()?;
    inside.expect(Rule::colon)?;
    let kind = kind(inside.expect(Rule::kind)?)?;
    let mut labels = Vec::new();
    while let Some(node) = inside.take(Rule::label) {
        labels.push(label(node)?);
        inside.take(Rule::bar);
    }
    inside.finish()?;
    Ok(Field { name, kind, labels, docs })
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

fn title(inside: &mut Cursor<'_>) -> Result<Option<Spanned<String>>, SyntaxError> {
    inside.take(Rule::title).map(|node| node.inside().string()).transpose()
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
