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
    let numbered = |frame: &Frame| frame.marks.iter().all(|mark| mark.path.is_none());
    let lines =
        diagnostic.frames.iter().filter(|frame| numbered(frame)).flat_map(|frame| {
            frame.marks.iter().map(|mark| frame.source.line_column(mark.span.start()).line)
        });
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
    let at = match &primary.path {
        Some(path) => visible(path),
        None => format!("{}:{}", at.line, at.column),
    };
    let _ = writeln!(out, "{:gutter$} {} {name}:{at}", "", paint.frame(corner));
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
            let is_numbered = position == 0 && primary.path.is_none();
            let number = if is_numbered { line.to_string() } else { String::new() };
            let _ = writeln!(out, "{} {}", paint.frame(&format!("{number:>gutter$} │")), row.text);
            for under in row.under(paint) {
                let _ = writeln!(out, "{} {under}", paint.frame(&format!("{:gutter$} │", "")));
            }
        }
    }
}

/// A part of a line, as shown, and what is marked in it.
#[derive(Default)]
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
    // No character is longer than four bytes: what starts further on is not shown.
    let shown_to = from.saturating_add(limits::ECHO_COLUMNS.saturating_mul(4));
    let here: Vec<&Mark> =
        here.into_iter().filter(|mark| mark.span.start() <= shown_to && mark.span.end() >= from).collect();
    let mut rows = vec![Row::default()];
    let (mut columns, mut shown) = (0_usize, 0_usize);
    if from > whole.start() {
        rows = vec![Row { text: "…".to_owned(), marks: Vec::new() }];
        (columns, shown) = (1, 1);
    }
    let mut is_cut = false;
    // What is cut off is not looked at: the document may be one line.
    for piece in pieces(source, Span::new(from, whole.end().min(shown_to)), &here) {
        let width = columns_of(source.slice(piece));
        if shown.saturating_add(width) > limits::ECHO_COLUMNS {
            is_cut = true;
            break;
        }
        if columns > 0 && columns.saturating_add(width) > ROW_COLUMNS {
            rows.push(Row::default());
            columns = 0;
        }
        if let Some(row) = rows.last_mut() {
            row.place(source, piece, columns, &here);
        }
        (columns, shown) = (columns.saturating_add(width), shown.saturating_add(width));
    }
    is_cut |= shown_to < whole.end();
    if let Some(last) = rows.last_mut() {
        if is_cut {
            last.text.push('…');
        } else {
            // What is wrong at the very end of a line, such as a missing word, still shows.
            let at_end = here.iter().filter(|mark| mark.span.start() == whole.end());
            last.marks.extend(at_end.map(|mark| (columns, columns.saturating_add(1), Mark::clone(mark))));
        }
    }
    rows
}

/// A stretch of a line in pieces that are not broken over rows: a marked figure, or one character.
///
/// A marked stretch wider than a row is broken all the same.
fn pieces(source: &Source, stretch: Span, marks: &[&Mark]) -> Vec<Span> {
    let mut pieces: Vec<Span> = Vec::new();
    let mut at = stretch.start();
    while at < stretch.end() {
        let starting =
            marks.iter().filter(|mark| mark.span.start() == at && mark.span.end() <= stretch.end());
        let marked = starting
            .map(|mark| mark.span.end())
            .max()
            .filter(|end| *end > at && columns_of(source.slice(Span::new(at, *end))) <= ROW_COLUMNS);
        let next = source.text().get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        let end = marked.unwrap_or_else(|| at.saturating_add(next));
        pieces.push(Span::new(at, end));
        at = end;
    }
    pieces
}

/// How many columns a text takes as it is shown.
fn columns_of(text: &str) -> usize {
    let width = |c: char| if is_hidden(c) { 1 } else { c.width().unwrap_or(1) };
    text.chars().map(width).fold(0, usize::saturating_add)
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
    let before = source.slice(Span::new(whole.start(), wanted)).char_indices().rev();
    let (mut start, mut columns) = (wanted, 0_usize);
    for (at, c) in before {
        columns = columns.saturating_add(c.width().unwrap_or(1));
        if columns > LEAD_COLUMNS {
            return start;
        }
        start = whole.start().saturating_add(at);
    }
    whole.start()
}

impl Row {
    /// Adds a piece at a column, with the marks that touch it.
    fn place(&mut self, source: &Source, piece: Span, column: usize, marks: &[&Mark]) {
        self.text.push_str(&visible(source.slice(piece)));
        for mark in marks {
            let start = mark.span.start().max(piece.start());
            // An empty mark shows as one column.
            let end = mark.span.end().max(mark.span.start().saturating_add(1)).min(piece.end());
            if start >= end || mark.span.start() >= piece.end() {
                continue;
            }
            let first = column.saturating_add(columns_of(source.slice(Span::new(piece.start(), start))));
            let last = first.saturating_add(columns_of(source.slice(Span::new(start, end))).max(1));
            match self.marks.iter_mut().find(|(_, end, known)| *end == first && known.span == mark.span) {
                Some((_, end, _)) => *end = last,
                None => self.marks.push((first, last, Mark::clone(mark))),
            }
        }
    }

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
            let width = columns_of(&text).saturating_add(2);
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
