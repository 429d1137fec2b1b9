//! The tables inside a text.
//!
//! In: the lines of a text. Out: the regions that may be tables, each as a [`Grid`] with the lines above it as its
//! captions. Whether a region is one is decided by its headings (see [`super::layout`]); one that is not stays prose.
//! Four forms are known: cells parted by `|`, by tabs, by several blanks, and one cell on each line.

use super::super::lexicon::Words;
use super::grid::{Grid, GridCell, Merge};
use super::heading::Heading;
use super::mend::{LONGEST, by_headings, by_width, mended};
use super::piece::{
    BARS, Form, Line, Piece, append, blank_parted, cells_at, form, is_cell, is_cut_short, is_number,
    is_short, joined, pieces_of, row_parted, whole,
};
use super::words::{Lexicon, Text, lexicon};
use crate::source::{Place, Source, SourceId, Span};

/// Lines above a table that are its captions.
const CAPTIONS: usize = 4;

/// A region that may be a table.
#[derive(Debug)]
pub(in crate::read) struct Found {
    pub(in crate::read) grid: Grid,
    /// Its lines, from the first byte to the last, line ends between them included.
    pub(in crate::read) span: Span,
    /// How the cells are parted: what is parted by blanks has to be surer than what is parted by bars.
    pub(in crate::read) is_ruled: bool,
}

/// Every region of a text that may be a table, in the order of the text.
pub(in crate::read) fn find(source: &Source, id: SourceId, labels: &Words<()>) -> Vec<Found> {
    let lines: Vec<Line<'_>> = (1..=source.lines())
        .map(|number| {
            let span = source.line_span(number);
            let text = source.text().get(span.start()..span.end()).unwrap_or("");
            Line { text, start: span.start(), form: form(text, labels) }
        })
        .collect();
    let finder = Finder { lines, id, labels };
    finder.regions()
}

struct Finder<'t> {
    lines: Vec<Line<'t>>,
    id: SourceId,
    labels: &'t Words<()>,
}

impl Finder<'_> {
    fn form(&self, at: usize) -> Form {
        self.lines.get(at).map_or(Form::Empty, |line| line.form)
    }

    fn regions(&self) -> Vec<Found> {
        let mut found = Vec::new();
        let (mut at, mut last) = (0, 0);
        while at < self.lines.len() {
            let form = self.form(at);
            let (rows, end) = match form {
                Form::Bars => {
                    let end = self.bars(at);
                    (self.ruled_rows(at, end), end)
                }
                Form::Tabs | Form::Blanks => {
                    let end = self.run(at, form);
                    let rows = self.parted_rows(at, end);
                    (Some(rows).filter(|rows| rows.len() >= 2), end)
                }
                Form::Plain => self.lone(at),
                Form::Empty => (None, at.saturating_add(1)),
            };
            if let Some(rows) = rows {
                let grid = Grid { captions: self.captions(at, last), rows: self.cells(&rows) };
                found.push(Found { grid, span: self.span(at, end), is_ruled: form == Form::Bars });
                last = end;
            }
            at = end.max(at.saturating_add(1));
        }
        found
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let start = self.lines.get(from).map_or(0, |line| line.start);
        let last = to.checked_sub(1).and_then(|last| self.lines.get(last));
        Span::new(start, last.map_or(start, |line| line.start.saturating_add(line.text.len())))
    }

    fn cells(&self, rows: &[Vec<Piece>]) -> Vec<Vec<GridCell>> {
        let cell = |piece: &Piece| GridCell {
            text: piece.text.clone(),
            place: Place::Text { source: self.id, span: piece.span },
            merge: Merge::Alone,
        };
        rows.iter().map(|row| row.iter().map(cell).collect()).collect()
    }

    /// The short lines directly above, from the outermost inwards; none from before another table.
    fn captions(&self, at: usize, last: usize) -> Vec<String> {
        let mut captions: Vec<String> = Vec::new();
        for line in (last..at).rev().filter_map(|at| self.lines.get(at)) {
            let text = line.text.trim();
            if text.is_empty() {
                continue;
            }
            if captions.len() >= CAPTIONS || !is_short(text) {
                break;
            }
            captions.push(text.to_owned());
        }
        captions.reverse();
        captions
    }

    /// Where lines with bars end. A short line between them is a piece of a broken row, and so may an empty line be.
    fn bars(&self, from: usize) -> usize {
        let mut end = from;
        let mut at = from;
        while at < self.lines.len() {
            match self.form(at) {
                Form::Bars => end = at.saturating_add(1),
                Form::Empty | Form::Plain | Form::Blanks | Form::Tabs => {
                    let text = self.lines.get(at).map_or("", |line| line.text.trim());
                    if at.saturating_sub(end) >= 2 || !is_short(text) {
                        break;
                    }
                }
            }
            at = at.saturating_add(1);
        }
        end
    }

    /// Where lines of one form end. Empty lines may stand between them.
    fn run(&self, from: usize, form: Form) -> usize {
        let mut end = from;
        let mut at = from;
        while at < self.lines.len() {
            let own = self.form(at);
            let is_row = own == Form::Plain && form == Form::Blanks && at > from && self.is_row(at);
            if own == form || is_row || (own == Form::Blanks && form == Form::Tabs) {
                end = at.saturating_add(1);
            } else if own == Form::Plain && form == Form::Blanks && at == end && self.heads_row(at) {
                // What heads the rows below belongs to them.
            } else if own != Form::Empty || at > end {
                break;
            }
            at = at.saturating_add(1);
        }
        end
    }

    /// Whether a line is a row whose cells are parted by single blanks.
    fn is_row(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| row_parted(line).is_some())
    }

    /// Whether a line is one cell of words right above such a row.
    fn heads_row(&self, at: usize) -> bool {
        let is_one = |line: &Line<'_>| is_cell(line.text) && !line.text.trim().contains([' ', '\u{3000}']);
        self.lines.get(at).is_some_and(is_one) && self.is_row(at.saturating_add(1))
    }

    /// The rows of lines parted by tabs or by blanks.
    fn parted_rows(&self, from: usize, to: usize) -> Vec<Vec<Piece>> {
        let mut rows: Vec<(Vec<Piece>, bool)> = Vec::new();
        for at in from..to {
            let Some(row) = self.pieces(at).filter(|row| !row.is_empty()) else { continue };
            let is_short =
                self.lines.get(at).is_some_and(|line| line.form != Form::Tabs && is_cut_short(line));
            rows.push((row, is_short));
        }
        let width = rows.iter().map(|(row, _)| row.len()).max().unwrap_or(0);
        // Blanks behind a whole row say nothing, and then they do not behind any.
        let says = rows.iter().all(|(row, is_short)| row.len() < width || !is_short);
        for (row, _) in rows.iter_mut().filter(|(row, is_short)| says && *is_short && row.len() > 1) {
            let end = row.last().map_or(0, |last| last.span.end());
            row.resize(width, Piece { text: String::new(), span: Span::new(end, end) });
        }
        rows.into_iter().map(|(row, _)| row).collect()
    }

    /// The rows of lines with bars.
    fn ruled_rows(&self, from: usize, to: usize) -> Option<Vec<Vec<Piece>>> {
        let lines: Vec<usize> = (from..to).filter(|at| self.form(*at) != Form::Empty).collect();
        let texts = || lines.iter().filter_map(|at| self.lines.get(*at));
        let several = |line: &&Line<'_>| {
            pieces_of(line, false).iter().filter(|piece| !piece.text.is_empty()).count() > 1
        };
        if texts().filter(|line| line.form == Form::Bars).count() < 2 {
            return None;
        }
        if !texts().any(|line| several(&line)) {
            return self.stream(&lines);
        }
        // | a | b |: the bar at the start of every row opens it.
        let opens = texts()
            .filter(|line| line.form == Form::Bars && several(line))
            .all(|line| line.text.trim_start().starts_with(BARS));
        let mut rows: Vec<(Vec<Piece>, bool)> = Vec::new();
        // A piece of a row without a bar goes before the next line, or behind one that is not closed.
        let mut broken: Vec<Piece> = Vec::new();
        for line in texts() {
            if line.form != Form::Bars {
                broken.push(whole(line));
                continue;
            }
            let mut row = pieces_of(line, opens);
            let is_rule =
                row.iter().all(|piece| piece.text.chars().all(|c| matches!(c, '-' | ':' | '=' | '+')));
            if is_rule && row.iter().any(|piece| piece.text.contains("--")) {
                continue;
            }
            let is_closed = line.text.trim_end().ends_with(BARS);
            if !broken.is_empty() {
                let is_open = rows.last().is_some_and(|(_, is_closed)| !is_closed);
                if let Some((before, _)) =
                    rows.last_mut().filter(|_| is_open && row.first().is_some_and(is_number))
                {
                    broken.drain(..).for_each(|piece| append(before, piece));
                } else if let Some(first) = row.first_mut() {
                    for piece in broken.drain(..).rev() {
                        *first = joined(&piece, first);
                    }
                }
            }
            rows.push((row, is_closed));
        }
        Some(mended(rows))
    }

    /// The rows of a table of one cell a line, with bars behind the cells.
    fn stream(&self, lines: &[usize]) -> Option<Vec<Vec<Piece>>> {
        let texts = || lines.iter().filter_map(|at| self.lines.get(*at));
        let closed = texts().filter(|line| line.form == Form::Bars).count();
        let are_closed = closed.saturating_mul(3) >= lines.len().saturating_mul(2);
        let mut cells: Vec<Piece> = Vec::new();
        let mut ends: Vec<usize> = Vec::new();
        let mut open: Option<Piece> = None;
        for line in texts() {
            if line.form != Form::Bars && are_closed {
                open = Some(open.map_or_else(|| whole(line), |open| joined(&open, &whole(line))));
                continue;
            }
            let pieces = pieces_of(line, false);
            let is_filled = pieces.iter().any(|piece| !piece.text.is_empty());
            let blanks = pieces.len();
            for piece in pieces {
                cells.push(match open.take() {
                    Some(open) => joined(&open, &piece),
                    None => piece,
                });
            }
            // Several bars alone fill a row up to its end.
            if !is_filled && blanks > 1 {
                ends.push(cells.len());
            }
        }
        cells.extend(open);
        self.streamed(&cells, &ends)
    }

    /// The rows of a stream of cells: by its headings where those say it, else by what its columns have in common.
    fn streamed(&self, cells: &[Piece], ends: &[usize]) -> Option<Vec<Vec<Piece>>> {
        let by_headings = || by_headings(cells, self.labels, lexicon());
        Some(ends)
            .filter(|ends| ends.is_empty())
            .and_then(|_| by_headings())
            .or_else(|| by_width(cells, ends))
    }

    /// A table of one cell a line without bars, and where what was looked at ends.
    fn lone(&self, from: usize) -> (Option<Vec<Vec<Piece>>>, usize) {
        let is_heading = |at: usize| {
            let line = self.lines.get(at)?;
            let heading = Heading::read(&Text::new(line.text), self.labels, lexicon());
            (self.form(at) == Form::Plain && is_cell(line.text)).then_some(heading.is_known())
        };
        // It starts with two headings that are surely some.
        if is_heading(from) != Some(true) || is_heading(from.saturating_add(1)) != Some(true) {
            return (None, from.saturating_add(1));
        }
        let mut end = from;
        while end < self.lines.len() && end.saturating_sub(from) < LONGEST {
            let Some(line) = self.lines.get(end) else { break };
            if line.form != Form::Plain || !is_cell(line.text) {
                break;
            }
            end = end.saturating_add(1);
        }
        // What follows is prose: the longest part of whole rows is the table.
        let cells: Vec<Piece> = (from..end).filter_map(|at| self.lines.get(at)).map(whole).collect();
        let last = cells.iter().rposition(is_number).map_or(0, |last| last.saturating_add(1));
        match self.streamed(cells.get(..last).unwrap_or(&[]), &[]) {
            Some(rows) => (Some(rows), from.saturating_add(last)),
            // Every line is looked at once: no other start inside is tried.
            None => (None, end),
        }
    }

    fn pieces(&self, at: usize) -> Option<Vec<Piece>> {
        let line = self.lines.get(at)?;
        match line.form {
            Form::Tabs => Some(cells_at(line, |c| c == '\t')),
            Form::Blanks => blank_parted(line, self.labels),
            Form::Plain => row_parted(line).or_else(|| Some(vec![whole(line)])),
            _ => None,
        }
    }
}

/// Whether the headings of what blanks part are surely some: two known words among them.
pub(in crate::read) fn is_sure(grid: &Grid, labels: &Words<()>) -> bool {
    let lexicon: &Lexicon = lexicon();
    let is_known = |cell: &&GridCell| Heading::read(&Text::new(&cell.text), labels, lexicon).is_known();
    let known = |row: &Vec<GridCell>| row.iter().filter(is_known).count();
    grid.rows.iter().take(4).map(known).sum::<usize>() >= 2
}
