//! Findings as text, underlined in the document and in the rule.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar;

use super::diagnostic::{Diagnostic, Frame, Level, Mark};
use super::visible::{is_hidden, visible};
use crate::source::{Source, Span};
use crate::{Lang, limits};

/// Whether to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Style {
    /// Characters only: for files and pipes.
    #[default]
    Plain,
    /// ANSI colours: for terminals.
    Ansi,
}

/// Columns of one row; a longer line is broken into rows.
const ROW_COLUMNS: usize = 100;

/// Columns shown before the first mark of a long line.
const LEAD_COLUMNS: usize = 24;

/// Renders a diagnostic. Each line ends in a line feed.
pub fn text(diagnostic: &Diagnostic, style: Style, lang: Lang) -> String {
    let paint = Paint { style, level: diagnostic.level };
    let mut out = String::new();
    let code =
        if diagnostic.code.is_empty() { String::new() } else { format!("[{}]", visible(&diagnostic.code)) };
    let _ = writeln!(
        out,
        "{} {}",
        paint.level(&format!("{}{code}", word(diagnostic.level, lang))),
        visible(&diagnostic.title)
    );
    let lines = diagnostic
        .frames
        .iter()
        .flat_map(|frame| frame.marks.iter().map(|mark| frame.source.line_column(mark.span.start()).line));
    let gutter = lines.max().unwrap_or(0).to_string().len();
    for (position, current) in diagnostic.frames.iter().enumerate() {
        let corner = if position == 0 { "┌─" } else { "├─" };
        frame(&mut out, current, gutter, corner, paint);
    }
    for note in &diagnostic.notes {
        let _ = writeln!(out, "{:gutter$} {} {}", "", paint.frame("="), visible(note));
    }
    out
}

fn word(level: Level, lang: Lang) -> &'static str {
    match (lang, level) {
        (Lang::Zh, Level::Error) => "错误",
        (Lang::Zh, Level::Warning) => "提示",
        (Lang::Zh, Level::Note) => "说明",
        (Lang::En, Level::Error) => "error",
        (Lang::En, Level::Warning) => "warning",
        (Lang::En, Level::Note) => "note",
    }
}

fn frame(out: &mut String, frame: &Frame, gutter: usize, corner: &str, paint: Paint) {
    let primary = frame.marks.iter().find(|mark| mark.is_primary).or(frame.marks.first());
    let Some(primary) = primary else { return };
    let at = frame.source.line_column(primary.span.start());
    let name = visible(frame.source.name());
    let _ = writeln!(out, "{:gutter$} {} {name}:{}:{}", "", paint.frame(corner), at.line, at.column);
    let mut lines: Vec<usize> = Vec::new();
    for mark in &frame.marks {
        let first = frame.source.line_column(mark.span.start()).line;
        let last = frame.source.line_column(mark.span.end().saturating_sub(1).max(mark.span.start())).line;
        lines.extend(first..=last.min(first.saturating_add(9)));
    }
    lines.sort_unstable();
    lines.dedup();
    for line in lines {
        for (position, row) in rows(&frame.source, line, &frame.marks).into_iter().enumerate() {
            let number = if position == 0 { line.to_string() } else { String::new() };
            let _ = writeln!(out, "{} {}", paint.frame(&format!("{number:>gutter$} │")), row.text);
            for under in row.under(paint) {
                let _ = writeln!(out, "{} {under}", paint.frame(&format!("{:gutter$} │", "")));
            }
        }
    }
}

/// A part of a line, as shown, and what is marked in it.
struct Row {
    text: String,
    /// First column, one past the last, and the mark.
    marks: Vec<(usize, usize, Mark)>,
}

/// A line as rows, from a little before its first mark; past the limit an ellipsis stands for the rest.
fn rows(source: &Source, line: usize, marks: &[Mark]) -> Vec<Row> {
    let whole = source.line_span(line);
    let here: Vec<&Mark> = marks
        .iter()
        .filter(|mark| mark.span.start() <= whole.end() && mark.span.end() >= whole.start())
        .collect();
    let from = window_start(source, whole, &here);
    let mut rows = Vec::new();
    let mut row = Row { text: String::new(), marks: Vec::new() };
    let mut columns = 0_usize;
    if from > whole.start() {
        row.text.push('…');
        columns = 1;
    }
    let (mut shown, mut at) = (columns, from);
    let mut open: Vec<(usize, &Mark)> = Vec::new();
    for c in source.slice(Span::new(from, whole.end())).chars() {
        let c = if is_hidden(c) { '·' } else { c };
        let width = c.width().unwrap_or(1);
        if columns.saturating_add(width) > ROW_COLUMNS || shown.saturating_add(width) > limits::ECHO_COLUMNS {
            close(&mut row, &mut open, columns, |_| true);
            rows.push(std::mem::replace(&mut row, Row { text: String::new(), marks: Vec::new() }));
            columns = 0;
            if shown.saturating_add(width) > limits::ECHO_COLUMNS {
                break;
            }
            open = here
                .iter()
                .filter(|mark| mark.span.start() < at && mark.span.end() > at)
                .map(|mark| (0, *mark))
                .collect();
        }
        open.extend(here.iter().filter(|mark| mark.span.start() == at).map(|mark| (columns, *mark)));
        row.text.push(c);
        columns = columns.saturating_add(width);
        shown = shown.saturating_add(width);
        at = at.saturating_add(c_len(source, at));
        close(&mut row, &mut open, columns, |mark| mark.span.end() <= at);
    }
    let is_cut = at < whole.end();
    // An empty mark, or one at the end of the line, still shows as one column.
    open.extend(here.iter().filter(|mark| mark.span.start() == at && !is_cut).map(|mark| (columns, *mark)));
    close(&mut row, &mut open, columns, |_| true);
    if !row.text.is_empty() || !row.marks.is_empty() || rows.is_empty() {
        rows.push(row);
    }
    if is_cut && let Some(last) = rows.last_mut() {
        last.text.push('…');
    }
    rows
}

/// The length in bytes of the character at an offset.
fn c_len(source: &Source, at: usize) -> usize {
    source.text().get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
}

fn close(row: &mut Row, open: &mut Vec<(usize, &Mark)>, columns: usize, is_done: impl Fn(&Mark) -> bool) {
    let (done, rest): (Vec<_>, Vec<_>) = open.drain(..).partition(|(_, mark)| is_done(mark));
    *open = rest;
    row.marks.extend(
        done.into_iter().map(|(start, mark)| (start, columns.max(start.saturating_add(1)), mark.clone())),
    );
}

/// Where to start showing a line: at its start if it is short or marked early, otherwise a little before the first
/// mark, or before the primary one where both do not fit.
fn window_start(source: &Source, whole: Span, marks: &[&Mark]) -> usize {
    let width = |span: Span| {
        source.slice(span).chars().map(|c| c.width().unwrap_or(1)).fold(0, usize::saturating_add)
    };
    if width(whole) <= limits::ECHO_COLUMNS {
        return whole.start();
    }
    let first = marks.iter().map(|mark| mark.span.start()).min().unwrap_or(whole.start()).max(whole.start());
    let primary = marks.iter().find(|mark| mark.is_primary).map(|mark| mark.span);
    let wanted = match primary {
        Some(primary)
            if width(Span::new(first, primary.end())) > limits::ECHO_COLUMNS.saturating_sub(LEAD_COLUMNS) =>
        {
            primary.start()
        }
        _ => first,
    };
    let mut before = source.slice(Span::new(whole.start(), wanted)).char_indices().rev();
    let (mut start, mut columns) = (wanted, 0_usize);
    while let Some((at, c)) = before.next() {
        columns = columns.saturating_add(c.width().unwrap_or(1));
        if columns > LEAD_COLUMNS {
            return start;
        }
        start = whole.start().saturating_add(at);
    }
    whole.start()
}

impl Row {
    /// The underlines, with the text of the primary mark beside it or, where there is no room, below.
    fn under(&self, paint: Paint) -> Vec<String> {
        let mut marks: Vec<_> = self.marks.iter().collect();
        if marks.is_empty() {
            return Vec::new();
        }
        marks.sort_by_key(|(start, end, _)| (*start, *end));
        let (mut line, mut below, mut column) = (String::new(), Vec::new(), 0_usize);
        for (position, (start, end, mark)) in marks.iter().enumerate() {
            if *start < column {
                continue;
            }
            line.push_str(&" ".repeat(start.saturating_sub(column)));
            let sign = if mark.is_primary { "^" } else { "-" };
            line.push_str(&paint.mark(&sign.repeat(end.saturating_sub(*start)), mark.is_primary));
            column = *end;
            if mark.text.is_empty() {
                continue;
            }
            let text = visible(&mark.text);
            let width = text.chars().map(|c| c.width().unwrap_or(1)).fold(2, usize::saturating_add);
            let room = marks
                .get(position.saturating_add(1))
                .map_or(usize::MAX, |(next, ..)| next.saturating_sub(column));
            if width <= room {
                line.push_str(&paint.mark(&format!(" {text}"), mark.is_primary));
                column = column.saturating_add(width).saturating_sub(1);
            } else {
                below.push(format!("{}{}", " ".repeat(*start), paint.mark(&text, mark.is_primary)));
            }
        }
        std::iter::once(line).chain(below).collect()
    }
}

#[derive(Clone, Copy)]
struct Paint {
    style: Style,
    level: Level,
}

impl Paint {
    fn level(self, text: &str) -> String {
        let code = match self.level {
            Level::Error => "1;31",
            Level::Warning => "1;33",
            Level::Note => "1;36",
        };
        self.wrap(code, text)
    }

    fn mark(self, text: &str, is_primary: bool) -> String {
        if is_primary { self.level(text) } else { self.wrap("34", text) }
    }

    fn frame(self, text: &str) -> String {
        self.wrap("34", text)
    }

    fn wrap(self, code: &str, text: &str) -> String {
        match self.style {
            Style::Plain => text.to_owned(),
            Style::Ansi => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}
