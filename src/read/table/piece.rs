//! Lines of a text, and the cells that they are cut into.

use super::super::lexicon::Words;
use super::heading::{Heading, Role};
use super::words::{Text, lexicon};
use crate::quantity::{Quantity, Unit};
use crate::source::Span;

/// Characters of a caption, and of a line that is a broken piece of a row.
const SHORT: usize = 50;
/// Characters of a heading that stands among others with single blanks between them.
const HEADING: usize = 20;

/// A line, with its cells where it has several.
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) form: Form,
}

/// How the cells of a line are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Empty,
    Bars,
    Tabs,
    Blanks,
    Plain,
}

pub(super) const BARS: [char; 4] = ['|', '｜', '│', '┃'];

/// A cell of a line, before it is in a grid.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) span: Span,
}

/// Whether a line may be a caption, or a piece of a row: short, and no sentence.
pub(super) fn is_short(text: &str) -> bool {
    text.chars().count() <= SHORT && !text.contains(['。', '；', ';', '，'])
}

/// Whether a line may be one cell.
pub(super) fn is_cell(text: &str) -> bool {
    let text = text.trim();
    (1..=30).contains(&text.chars().count()) && !text.contains(['。', '；', '，', '：', ':'])
}

pub(super) fn form(text: &str, labels: &Words<()>) -> Form {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Form::Empty;
    }
    if trimmed.contains(BARS) {
        return Form::Bars;
    }
    // A sentence with an indent or a gap is a sentence.
    if trimmed.contains(['。', '；', '，']) {
        return Form::Plain;
    }
    if trimmed.contains('\t') {
        return Form::Tabs;
    }
    let line = Line { text, start: 0, form: Form::Blanks };
    match blank_parted(&line, labels) {
        Some(pieces) if pieces.len() > 1 => Form::Blanks,
        _ => Form::Plain,
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{3000}' | '\t' | '\u{2002}' | '\u{2003}' | '\u{2009}')
}

/// A line as one piece.
pub(super) fn whole(line: &Line<'_>) -> Piece {
    piece(line, 0, line.text.len())
}

/// The bytes of a line from `from` to `to`, blanks trimmed off.
fn piece(line: &Line<'_>, from: usize, to: usize) -> Piece {
    let text = line.text.get(from..to).unwrap_or("");
    let blanks = text.len().saturating_sub(text.trim_start().len());
    let start = line.start.saturating_add(from).saturating_add(blanks);
    let trimmed = text.trim();
    Piece { text: trimmed.to_owned(), span: Span::new(start, start.saturating_add(trimmed.len())) }
}

/// A line cut at every character of a kind.
pub(super) fn cells_at(line: &Line<'_>, parts: impl Fn(char) -> bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, c) in line.text.char_indices().filter(|(_, c)| parts(*c)) {
        pieces.push(piece(line, from, at));
        from = at.saturating_add(c.len_utf8());
    }
    pieces.push(piece(line, from, line.text.len()));
    pieces
}

/// The cells of a line with bars. What stands behind the last bar is a cell only if it says something.
pub(super) fn pieces_of(line: &Line<'_>, opens: bool) -> Vec<Piece> {
    let mut pieces = cells_at(line, |c| BARS.contains(&c));
    if pieces.last().is_some_and(|last| last.text.is_empty()) {
        pieces.pop();
    }
    if opens && pieces.first().is_some_and(|first| first.text.is_empty()) {
        pieces.remove(0);
    }
    pieces
}

/// The cells of a line parted by blanks: by two at least, or by one between figures and between headings.
pub(super) fn blank_parted(line: &Line<'_>, labels: &Words<()>) -> Option<Vec<Piece>> {
    let words = blocks(line, 1);
    if words.len() < 2 {
        return None;
    }
    let mut pieces = Vec::new();
    for block in blocks(line, 2) {
        let inside: Vec<Piece> = words.iter().filter(|word| within(word, &block)).cloned().collect();
        let figures = inside.iter().rev().take_while(|word| is_number(word)).count();
        let is_heading = |word: &Piece| Heading::read(&Text::new(&word.text), labels, lexicon()).is_known();
        let head = inside.len().saturating_sub(figures);
        if inside.len() > 1 && inside.iter().all(is_heading) {
            pieces.extend(inside);
        } else if let Some(headings) = headings(&inside, labels) {
            pieces.extend(headings);
        } else if figures >= 2 && head > 0 {
            let end = inside.get(head.saturating_sub(1)).map_or(block.span.end(), |word| word.span.end());
            let from = block.span.start().saturating_sub(line.start);
            pieces.push(piece(line, from, end.saturating_sub(line.start)));
            pieces.extend(inside.into_iter().skip(head));
        } else if figures > 1 {
            pieces.extend(inside);
        } else {
            pieces.push(block);
        }
    }
    Some(spaced(pieces, line))
}

/// The headings of a line parted by single blanks: the first is one of labels, and one more is known.
fn headings(words: &[Piece], labels: &Words<()>) -> Option<Vec<Piece>> {
    let read = |word: &Piece| {
        let text = Text::new(&word.text);
        (Heading::read(&text, labels, lexicon()), labels.is_word(&text.chars))
    };
    let (first, others) = words.split_first()?;
    let is_short = |word: &Piece| word.text.chars().count() <= HEADING && !word.text.contains(['：', ':']);
    let is_known = |word: &&Piece| {
        let (heading, is_label) = read(word);
        heading.is_known() || is_label
    };
    let are_some = read(first).0.role == Some(Role::Label)
        && others.iter().any(|word| is_known(&word))
        && words.iter().all(|word| is_short(word) && !is_number(word));
    if !are_some {
        return None;
    }
    let mut headings: Vec<Piece> = Vec::with_capacity(words.len());
    for word in words {
        // 因公出国 （境）费 is one.
        match headings.last_mut().filter(|_| word.text.starts_with(['(', '（'])) {
            Some(last) => *last = joined(last, word),
            None => headings.push(word.clone()),
        }
    }
    (headings.len() > 1).then_some(headings)
}

/// A row whose cells are parted by single blanks: words, and figures behind them.
pub(super) fn row_parted(line: &Line<'_>) -> Option<Vec<Piece>> {
    if line.text.contains(['。', '；', ';', '，']) || line.text.trim().chars().count() > SHORT {
        return None;
    }
    let words = blocks(line, 1);
    let figures = words.iter().rev().take_while(|word| is_number(word)).count();
    let head = words.len().checked_sub(figures).filter(|head| *head > 0 && figures > 0)?;
    let (first, last) = (words.first()?, words.get(head.checked_sub(1)?)?);
    let from = first.span.start().checked_sub(line.start)?;
    let label = piece(line, from, last.span.end().checked_sub(line.start)?);
    Some([label].into_iter().chain(words.into_iter().skip(head)).collect())
}

/// Whether nothing but single blanks part the cells of a line, and blanks stand behind the last: its last columns are
/// blank.
pub(super) fn is_cut_short(line: &Line<'_>) -> bool {
    line.text.ends_with(is_blank) && blocks(line, 2).len() == 1
}

fn within(inner: &Piece, outer: &Piece) -> bool {
    outer.span.start() <= inner.span.start() && inner.span.end() <= outer.span.end()
}

/// The stretches of a line that are parted by so many blanks at least.
fn blocks(line: &Line<'_>, gap: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut from, mut end, mut blanks) = (None, 0, 0_usize);
    for (at, c) in line.text.char_indices() {
        if is_blank(c) {
            blanks = blanks.saturating_add(1);
            continue;
        }
        if let Some(start) = from.filter(|_| blanks >= gap) {
            pieces.push(piece(line, start, end));
            from = Some(at);
        }
        (from, blanks) = (from.or(Some(at)), 0);
        end = at.saturating_add(c.len_utf8());
    }
    if let Some(start) = from {
        pieces.push(piece(line, start, end));
    }
    pieces
}

/// 合　　计 is one word: single characters in a row are spaced out.
fn spaced(pieces: Vec<Piece>, line: &Line<'_>) -> Vec<Piece> {
    let is_single = |piece: &Piece| {
        let mut chars = piece.text.chars();
        chars.next().is_some_and(|c| !c.is_ascii()) && chars.next().is_none()
    };
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut was_single = false;
    for next in pieces {
        let single = is_single(&next);
        match out.last_mut().filter(|_| single && was_single) {
            Some(last) => {
                let from = last.span.start().saturating_sub(line.start);
                *last = piece(line, from, next.span.end().saturating_sub(line.start));
            }
            None => out.push(next),
        }
        was_single = single;
    }
    out
}

pub(super) fn is_number(piece: &Piece) -> bool {
    let text = piece.text.as_str();
    text.starts_with(|c: char| {
        c.is_ascii_digit() || matches!(c, '-' | '(' | '（' | '▲' | '+' | '０'..='９' | '－' | '−')
    }) && Quantity::parse(text, &Unit::Plain).is_ok_and(|it| matches!(it.unit(), Unit::Plain | Unit::Percent))
}

/// One piece out of two that were broken apart.
pub(super) fn joined(first: &Piece, second: &Piece) -> Piece {
    let span = if second.text.is_empty() { first.span } else { first.span.to(second.span) };
    Piece { text: format!("{}{}", first.text, second.text), span }
}

pub(super) fn append(row: &mut Vec<Piece>, piece: Piece) {
    match row.pop() {
        Some(last) => row.push(joined(&last, &piece)),
        None => row.push(piece),
    }
}
