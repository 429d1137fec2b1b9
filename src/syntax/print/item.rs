//! Items: rules, fields, tests and the heads of blocks.

use super::expression::{Place, breaks_for_comments, dotted, expression, flat, name, path, string};
use super::layout::{Broken, Printer, STEP, width};
use crate::syntax::ast::{
    Assertion, Blank, Each, Field, Head, Kind, Label, Rule, Section, SectionKind, SeverityWord, Spanned,
    Table, Test, Title, Use, Waive,
};

pub(super) fn ruleset(head: &Head) -> String {
    format!("ruleset {}", named(head))
}

pub(super) fn use_set(node: &Use) -> String {
    format!("use {}", name(&node.set.node))
}

pub(super) fn section_head(section: &Section) -> String {
    let word = match section.kind {
        SectionKind::Flow => "section",
        SectionKind::Stock => "stock section",
    };
    format!("{word} {}", named(&section.head))
}

pub(super) fn table_head(table: &Table) -> String {
    let mut out = format!("table {}", name(&table.head.name.node));
    if let Some(title) = &table.head.title {
        out.extend([" ", &string(&title.text.node)]);
        for other in &table.other_titles {
            out.extend([" | ", &string(&other.node)]);
        }
        out.push_str(&english(title.english.as_deref()));
    }
    if table.blank == Blank::Zero {
        out.push_str(" blank = 0");
    }
    out
}

pub(super) fn waive(waive: &Waive) -> String {
    let figure = waive.figure.as_ref().map(|figure| format!(" for {}", path(&figure.node)));
    let rule = dotted(&waive.rule.names);
    format!("waive {rule}{} because {}", figure.unwrap_or_default(), string(&waive.because.node))
}

pub(super) fn each_head(printer: &mut Printer<'_>, each: &Each, indent: usize) {
    printer.push(&format!("each {} {}", kind(&each.kind), name(&each.subject.node)));
    if let Some(guard) = &each.guard {
        printer.push(" when ");
        expression(printer, guard, Place::ANY, deeper(indent), width(" {"));
    }
}

/// Where the head of a rule ends, before its guard and its colon. Comments before it go above the rule.
pub(super) fn head_end(rule: &Rule) -> usize {
    let name = rule.name.as_ref().map(|name| name.span);
    let title = rule.title.as_ref().map(|title| title.english.as_ref().map_or(title.text.span, |en| en.span));
    title.or(name).map_or(rule.span.start(), crate::Span::end)
}

pub(super) fn rule(printer: &mut Printer<'_>, rule: &Rule, indent: usize) {
    let mut head = match rule.severity {
        SeverityWord::Must => "must".to_owned(),
        SeverityWord::Should => "should".to_owned(),
    };
    head.extend(rule.name.iter().flat_map(|rule| [" ".to_owned(), name(&rule.node)]));
    head.push_str(&titled(rule.title.as_ref()));
    let guard = rule.guard.as_ref().map(|guard| format!(" when {}", flat(guard, Place::ANY)));
    let with_guard = format!("{head}{}:", guard.as_deref().unwrap_or(""));
    let has_comments = printer.comments.any_before(rule.span.end());
    if !has_comments && printer.comments.is_one_line(rule.span) {
        let whole = format!("{with_guard} {}", flat(&rule.body, Place::ANY));
        if printer.fits(&whole, 0) {
            return printer.push(&whole);
        }
    }
    match &rule.guard {
        Some(guard)
            if printer.comments.any_before(guard.span.start())
                || breaks_for_comments(printer, guard, Place::ANY)
                || !printer.fits(&with_guard, 0) =>
        {
            printer.push(&head);
            if printer.break_for_comments(guard.span.start(), deeper(indent)) == Broken::No {
                printer.break_line(deeper(indent));
            }
            printer.push("when ");
            expression(printer, guard, Place::ANY, deeper(deeper(indent)), 1);
            printer.push(":");
        }
        _ => printer.push(&with_guard),
    }
    if printer.break_for_comments(rule.body.span.start(), deeper(indent)) == Broken::No {
        printer.break_line(deeper(indent));
    }
    expression(printer, &rule.body, Place::ANY, deeper(deeper(indent)), 0);
}

pub(super) fn assertion(printer: &mut Printer<'_>, assertion: &Assertion, indent: usize) {
    expression(printer, &assertion.body, Place::ASSERTION, deeper(indent), 0);
}

/// The widths that fields of a group share.
pub(super) struct Columns {
    name: usize,
    kind: usize,
}

impl Columns {
    pub(super) fn of<'a>(fields: impl Iterator<Item = &'a Field>) -> Columns {
        fields.fold(Columns { name: 0, kind: 0 }, |widest, field| Columns {
            name: widest.name.max(width(&name(&field.name.node))),
            kind: widest.kind.max(width(&kind(&field.kind))),
        })
    }
}

pub(super) fn field(printer: &mut Printer<'_>, field: &Field, columns: &Columns, indent: usize) {
    printer.push(&name(&field.name.node));
    printer.pad_to(indent.saturating_add(columns.name));
    printer.push(" : ");
    let start = printer.column();
    printer.push(&kind(&field.kind));
    if field.labels.is_empty() {
        return;
    }
    printer.pad_to(start.saturating_add(columns.kind).saturating_add(1));
    let start = printer.column();
    let last = field.labels.len().saturating_sub(1);
    for (position, label) in field.labels.iter().enumerate() {
        let text = label_text(label);
        let behind = if position == last { width(&english(field.english.as_deref())) } else { width(" |") };
        if position > 0 {
            printer.push(" |");
            if printer.break_for_comments(label.text.span.start(), start) == Broken::No {
                if printer.fits(&text, behind.saturating_add(1)) {
                    printer.push(" ");
                } else {
                    printer.break_line(start);
                }
            }
        }
        printer.push(&text);
    }
    printer.push(&english(field.english.as_deref()));
}

pub(super) fn test(printer: &mut Printer<'_>, test: &Test, indent: usize) {
    printer.push(&format!("test {} ", string(&test.title.node)));
    printer.push_lines(&line_feeds(&test.document.node));
    for expect in &test.expects {
        if printer.break_for_comments(expect.verdict.span.start(), deeper(indent)) == Broken::No {
            printer.break_line(deeper(indent));
        }
        let rules: Vec<String> = expect.rules.iter().map(|rule| dotted(&rule.names)).collect();
        printer.push(&format!("expect {} {}", name(&expect.verdict.node), rules.join(", ")));
    }
}

/// A text whose lines all end in a line feed.
pub(super) fn line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn named(head: &Head) -> String {
    name(&head.name.node) + &titled(head.title.as_ref())
}

fn titled(title: Option<&Title>) -> String {
    title
        .map(|title| format!(" {}{}", string(&title.text.node), english(title.english.as_deref())))
        .unwrap_or_default()
}

fn english(text: Option<&Spanned<String>>) -> String {
    text.map(|text| format!(" en {}", string(&text.node))).unwrap_or_default()
}

fn label_text(label: &Label) -> String {
    let under = label.under.as_ref().map(|under| format!(" under {}", string(&under.node)));
    string(&label.text.node) + &under.unwrap_or_default()
}

fn kind(kind: &Kind) -> String {
    let counter = kind.counter.as_ref().map(|counter| format!("({})", name(&counter.node)));
    kind.name.node.clone() + &counter.unwrap_or_default()
}

fn deeper(indent: usize) -> usize {
    indent.saturating_add(STEP)
}
