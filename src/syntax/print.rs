//! Syntax tree to text, in one layout, with its comments.
//!
//! In: the text of a rule file and the tree that was read from it. Out: the same rules in the layout of the bundled
//! sets. It never reorders, never drops a comment, and [`crate::ruleset::format()`] hands nothing out that does not read
//! back as the same tree with the same comments.
//!
//! # The layout
//!
//! - Four blanks a level, lines of at most [`WIDTH`] columns where that is possible; a wide character is two columns.
//! - Blank lines stay, at most one in a row; none at the start or the end of a block or of the file.
//! - A rule stays on one line if it was written on one line and fits. Otherwise its head ends a line with `:` and the body
//!   has lines of its own, four columns deeper. Where the head with its guard does not fit, the guard too starts a line.
//! - Fields with no blank line and nothing else but comments between them align their `:`, their labels and the comments
//!   behind them.
//! - A long expression breaks behind its operators: at all of them for `and`, `or` and `implies`, at as few as will do for
//!   the rest. What continues a line is four columns deeper than it.
//! - Brackets are those that the binding of the operators needs, for the tree has none; and those around
//!   `a ?? b - c` beside a comparison, which needs none and would be misread.
//! - A name is in backticks only where it must be.
//! - A comment at the end of a line stays at the end of a line, two blanks behind it, and one on a line of its own stays
//!   on one. Within an item it stays where the item breaks around it, as between the operands of an expression; in any
//!   other place of an item, all of the item's comments go to lines above it.
//! - The document of a `test` is printed as written.

mod comments;
mod erase;
mod expression;
mod item;
mod layout;

pub(crate) use comments::Comments;
pub(crate) use erase::without_spans;
use layout::Printer;

use super::ast::{Each, Field, File, Head, Item, Member, Rule, Section, Spanned, Table, Test, Use, Waive};
use crate::quantity::Unit;
use crate::source::Span;

/// Columns of a line, where it can be broken.
pub(crate) const WIDTH: usize = 110;

/// Prints a tree with the comments of the text that it was read from.
pub(crate) fn print(file: &File, comments: Comments<'_>) -> String {
    let mut printer = Printer::new(comments);
    let parts: Vec<(Part<'_>, Span)> =
        file.items.iter().map(|item| (Part::of_item(&item.node), item.span)).collect();
    sequence(&mut printer, &parts, 0);
    printer.finish()
}

/// What stands on lines of its own, at the top of a file or in a block.
#[derive(Clone, Copy)]
enum Part<'a> {
    RuleSet(&'a Head),
    Use(&'a Use),
    Unit(&'a Unit),
    Section(&'a Section),
    Table(&'a Table),
    Each(&'a Each),
    Rule(&'a Rule),
    Field(&'a Field),
    Waive(&'a Waive),
    Test(&'a Test),
    Assertion(&'a super::ast::Assertion),
}

impl<'a> Part<'a> {
    fn of_item(item: &'a Item) -> Part<'a> {
        match item {
            Item::RuleSet(head) => Part::RuleSet(head),
            Item::Use(node) => Part::Use(node),
            Item::Unit(unit) => Part::Unit(&unit.node),
            Item::Section(section) => Part::Section(section),
            Item::Table(table) => Part::Table(table),
            Item::Each(each) => Part::Each(each),
            Item::Rule(rule) => Part::Rule(rule),
            Item::Field(field) => Part::Field(field),
            Item::Waive(waive) => Part::Waive(waive),
            Item::Test(test) => Part::Test(test),
            Item::Assertion(assertion) => Part::Assertion(assertion),
        }
    }

    fn of_member(member: &'a Member) -> Part<'a> {
        match member {
            Member::Rule(rule) => Part::Rule(rule),
            Member::Field(field) => Part::Field(field),
        }
    }

    fn docs(self) -> &'a [String] {
        match self {
            Part::RuleSet(head) => &head.docs,
            Part::Use(node) => &node.docs,
            Part::Unit(_) => &[],
            Part::Section(section) => &section.head.docs,
            Part::Table(table) => &table.head.docs,
            Part::Each(each) => &each.docs,
            Part::Rule(rule) => &rule.docs,
            Part::Field(field) => &field.docs,
            Part::Waive(waive) => &waive.docs,
            Part::Test(test) => &test.docs,
            Part::Assertion(assertion) => &assertion.docs,
        }
    }
}

/// Prints parts one below the other, and what comments stand among them.
fn sequence(printer: &mut Printer<'_>, parts: &[(Part<'_>, Span)], indent: usize) {
    let mut rest = parts;
    while let Some(((part, span), after)) = rest.split_first() {
        if let Part::Field(_) = part {
            let (group, others) = rest.split_at(group_length(printer, rest));
            fields(printer, group, indent);
            rest = others;
        } else {
            printer.lead(*span, part.docs(), indent);
            single(printer, *part, *span, indent);
            printer.end_line(span.end());
            rest = after;
        }
    }
}

/// How many fields at the start stand together.
fn group_length(printer: &Printer<'_>, parts: &[(Part<'_>, Span)]) -> usize {
    let together = |pair: &[(Part<'_>, Span)]| match pair {
        [(_, before), (Part::Field(_), after)] => {
            !printer.comments.blank_line_between(before.end(), after.start())
        }
        _ => false,
    };
    parts.windows(2).take_while(|pair| together(pair)).count().saturating_add(1)
}

fn fields(printer: &mut Printer<'_>, group: &[(Part<'_>, Span)], indent: usize) {
    let only_fields = || {
        group.iter().filter_map(|(part, span)| match part {
            Part::Field(field) => Some((*field, *span)),
            _ => None,
        })
    };
    let columns = item::Columns::of(only_fields().map(|(field, _)| field));
    printer.start_aligned();
    for (field, span) in only_fields() {
        printer.lead(span, &field.docs, indent);
        printer.keep_or_hoist(span.end(), indent, |printer| item::field(printer, field, &columns, indent));
        printer.end_line(span.end());
    }
    printer.finish_aligned();
}

fn single(printer: &mut Printer<'_>, part: Part<'_>, span: Span, indent: usize) {
    match part {
        Part::Section(section) => {
            block(printer, &item::section_head(section), &section.members, span, indent);
        }
        Part::Table(table) => block(printer, &item::table_head(table), &table.members, span, indent),
        Part::Each(each) => each_block(printer, each, span, indent),
        Part::RuleSet(head) => word_item(printer, &item::ruleset(head), span, indent),
        Part::Use(node) => word_item(printer, &item::use_set(node), span, indent),
        Part::Unit(unit) => word_item(printer, &format!("unit {unit}"), span, indent),
        Part::Waive(waive) => word_item(printer, &item::waive(waive), span, indent),
        Part::Rule(rule) => {
            printer.hoist(item::head_end(rule), indent);
            printer.keep_or_hoist(span.end(), indent, |printer| item::rule(printer, rule, indent));
        }
        Part::Assertion(assertion) => {
            printer.hoist(assertion.body.span.start(), indent);
            printer.keep_or_hoist(span.end(), indent, |printer| item::assertion(printer, assertion, indent));
        }
        Part::Test(test) => {
            printer.hoist(test.document.span.start(), indent);
            printer.keep_or_hoist(span.end(), indent, |printer| item::test(printer, test, indent));
        }
        // Fields are printed in groups.
        Part::Field(_) => {}
    }
}

/// An item of one line.
fn word_item(printer: &mut Printer<'_>, text: &str, span: Span, indent: usize) {
    printer.hoist(span.end(), indent);
    printer.start_line(indent);
    printer.push(text);
}

fn each_block(printer: &mut Printer<'_>, each: &Each, span: Span, indent: usize) {
    let open = printer.comments.brace_after(span.start());
    printer.hoist(open.unwrap_or(span.start()), indent);
    printer.start_line(indent);
    item::each_head(printer, each, indent);
    members(printer, &each.members, open, span, indent);
}

fn block(printer: &mut Printer<'_>, head: &str, list: &[Spanned<Member>], span: Span, indent: usize) {
    let open = printer.comments.brace_after(span.start());
    printer.hoist(open.unwrap_or(span.start()), indent);
    printer.start_line(indent);
    printer.push(head);
    members(printer, list, open, span, indent);
}

/// The braces of a block and what is between them.
fn members(
    printer: &mut Printer<'_>,
    list: &[Spanned<Member>],
    open: Option<usize>,
    span: Span,
    indent: usize,
) {
    printer.push(" {");
    let close = span.end().saturating_sub(1);
    if list.is_empty() && !printer.comments.any_before(close) {
        printer.push("}");
        return;
    }
    let inside = open.map_or(span.start(), |open| open.saturating_add(1));
    printer.end_line(inside);
    printer.open_block();
    let parts: Vec<(Part<'_>, Span)> =
        list.iter().map(|member| (Part::of_member(&member.node), member.span)).collect();
    let deeper = indent.saturating_add(layout::STEP);
    sequence(printer, &parts, deeper);
    printer.comments_before(close, deeper);
    printer.start_line(indent);
    printer.push("}");
}
