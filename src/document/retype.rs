//! A document with one of its figures printed otherwise.
//!
//! In: a [`Document`], one of its statements, and the characters to print in its place. Out: the document that a reader
//! would have made of that print: the source has the characters, the statement says what they say, a row has them in
//! its cell, and all that stands behind has moved along. It never changes what another statement says, and refuses what
//! would: a figure that words repeat, or characters that would not be read as a figure where it stands.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Aspect, Context, Document, Ground, PrintedAs, Statement, StatementId, UnitFrom};
use crate::limits;
use crate::quantity::{FigureError, Quantity, Unit};
use crate::source::{Place, SourceId, Span};

/// Why a figure cannot be printed otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotRetyped {
    /// There is no such statement, it is one in words (无, 持平), or its place shows something else, as on a page that
    /// parts it by tags.
    NoFigure,
    /// More than this statement would change: words repeat it (均为), or another statement stands where it does.
    Shared,
    /// The characters are no figure.
    NotAFigure(FigureError),
    /// They are one, but would not be read as the same statement where they stand.
    NotItsForm,
    /// The text would be longer than [`limits::DOCUMENT_BYTES`].
    TooLong,
}

impl Document {
    /// The figures in digits that could be printed otherwise and change nothing else.
    pub(crate) fn retypable(&self) -> Vec<StatementId> {
        let shared = self.shared();
        let all = (0..self.statements.len()).map(StatementId::from_index);
        all.filter(|id| !shared.contains(id) && self.figure_of(*id).is_ok()).collect()
    }

    /// What a statement would say, were its figure printed so.
    pub(crate) fn read_as(&self, id: StatementId, text: &str) -> Result<Quantity, NotRetyped> {
        let figure = self.figure_of(id)?;
        let printed =
            Quantity::parse(text, figure.statement.quantity.unit()).map_err(NotRetyped::NotAFigure)?;
        if !self.fits(&figure, text, &printed) {
            return Err(NotRetyped::NotItsForm);
        }
        Ok(if figure.is_fall { printed.with_sign_of_decrease() } else { printed })
    }

    /// The same document with a figure printed so.
    pub(crate) fn retyped(&self, id: StatementId, text: &str) -> Result<Document, NotRetyped> {
        let quantity = self.read_as(id, text)?;
        let figure = self.figure_of(id)?;
        if self.shared().contains(&id) {
            return Err(NotRetyped::Shared);
        }
        let (source_id, span) = figure.statement.place.in_text();
        let source = self.source(source_id).ok_or(NotRetyped::NoFigure)?;
        if source.text().len().saturating_sub(figure.text.len()).saturating_add(text.len())
            > limits::DOCUMENT_BYTES
        {
            return Err(NotRetyped::TooLong);
        }
        let edited = Arc::new(source.with(span, text));
        let edit = Edit::new(source_id, span, figure.text, text);
        let mut document = self.clone();
        document.print_in_cells(source_id, span, figure.text, text)?;
        if let Some(statement) = document.statements.get_mut(id.index()) {
            statement.say(quantity, names_unit(text));
        }
        document.places_mut().for_each(|place| edit.shift(place));
        if let Some(source) = document.sources.get_mut(source_id.index()) {
            *source = edited;
        }
        Ok(document)
    }

    /// A statement as its place prints it.
    fn figure_of(&self, id: StatementId) -> Result<Figure<'_>, NotRetyped> {
        let statement = self.statement(id).filter(|statement| statement.printed_as == PrintedAs::Digits);
        let statement = statement.ok_or(NotRetyped::NoFigure)?;
        let text = self.text_of(&statement.place);
        let printed = Quantity::parse(text, statement.quantity.unit()).map_err(|_| NotRetyped::NoFigure)?;
        // 减少13.4万元 is printed above zero and says -13.4.
        let is_fall = printed != statement.quantity;
        if is_fall && printed.with_sign_of_decrease() != statement.quantity {
            return Err(NotRetyped::NoFigure);
        }
        Ok(Figure { statement, text, printed, is_fall })
    }

    /// The statements that words repeat, or that stand where another does.
    fn shared(&self) -> HashSet<StatementId> {
        let repeated = self.statements.iter().filter(|statement| statement.printed_as == PrintedAs::All);
        let mut shared: HashSet<_> =
            repeated.filter_map(|statement| statement.parent.as_ref()?.statement).collect();
        let mut places: Vec<(SourceId, Span, StatementId)> = self
            .statements
            .iter()
            .enumerate()
            .map(|(position, statement)| {
                let (source, span) = statement.place.in_text();
                (source, span, StatementId::from_index(position))
            })
            .collect();
        places.sort_unstable();
        // The one so far that reaches farthest.
        let mut farthest: Option<(SourceId, Span, StatementId)> = None;
        for place in places {
            let (source, span, id) = place;
            match farthest {
                Some((before, reach, other)) if before == source && span.start() < reach.end() => {
                    shared.extend([id, other]);
                    if span.end() > reach.end() {
                        farthest = Some(place);
                    }
                }
                _ => farthest = Some(place),
            }
        }
        shared
    }

    /// Whether characters are read as a figure of the same kind where it stands.
    fn fits(&self, figure: &Figure<'_>, text: &str, printed: &Quantity) -> bool {
        let (id, span) = figure.statement.place.in_text();
        let Some(source) = self.source(id) else { return false };
        // What folding drops, or what would end the literal or the cell.
        if text.contains(|c: char| c.is_control() || c.is_whitespace() || "\"'\\“”‘’「」|".contains(c))
        {
            return false;
        }
        // Which unit it would have without its own is not told by the statement.
        if names_unit(figure.text) && !names_unit(text) {
            return false;
        }
        let kinds = (printed.unit(), figure.statement.quantity.unit());
        if printed.unit() != figure.statement.quantity.unit() && !(kinds.0.is_money() && kinds.1.is_money()) {
            return false;
        }
        if matches!(figure.statement.place, Place::Path { .. }) {
            return true;
        }
        let before = source.text().get(..span.start()).unwrap_or("");
        if source.text().trim_start_matches('\u{feff}').trim_start().starts_with('{') {
            return before.ends_with('"') || is_json_number(text);
        }
        if figure.statement.context != Context::Prose {
            return true;
        }
        // In running text only decimals tell a figure without a unit from a code; a sign behind a digit is a dash; and
        // whether 减少-5万元 says that it fell is not told by the statement.
        let is_signed = |text: &str| !text.starts_with(|c: char| c.is_numeric());
        let is_dash = is_signed(text) && before.ends_with(|c: char| c.is_ascii_alphanumeric());
        let loses_sign = figure.printed.amount().is_negative() && !printed.amount().is_negative();
        (names_unit(text) || printed.amount().decimals() > 0) && !is_dash && !loses_sign
    }

    /// Prints a figure in the cells that hold it.
    fn print_in_cells(
        &mut self,
        source: SourceId,
        span: Span,
        old: &str,
        text: &str,
    ) -> Result<(), NotRetyped> {
        let cells = self.rows.iter_mut().flat_map(|row| row.cells.iter_mut());
        // A cell that is not printed has the place of its row.
        for cell in cells.filter(|cell| !cell.text.is_empty()) {
            let (own, around) = cell.place.in_text();
            if own == source && around.start() <= span.start() && span.end() <= around.end() {
                if !cell.text.contains(old) {
                    return Err(NotRetyped::NotItsForm);
                }
                cell.text = cell.text.replacen(old, text, 1);
            }
        }
        Ok(())
    }
}

impl Statement {
    /// Says another quantity, which may have brought its unit along.
    fn say(&mut self, quantity: Quantity, brings_unit: bool) {
        for decision in self.decisions.iter_mut().filter(|decision| decision.about == Aspect::Unit) {
            decision.is = quantity.unit().to_string();
            if brings_unit {
                (decision.by, decision.words) = (Ground::Beside, None);
            }
        }
        if brings_unit {
            self.unit_from = UnitFrom::Figure;
        }
        self.is_unsigned &= !quantity.amount().is_negative();
        self.quantity = quantity;
    }
}

/// A statement beside what is printed of it.
struct Figure<'d> {
    statement: &'d Statement,
    text: &'d str,
    printed: Quantity,
    /// Whether words beside it say that it is below zero.
    is_fall: bool,
}

fn names_unit(text: &str) -> bool {
    Quantity::parse(text, &Unit::Plain).is_ok_and(|quantity| *quantity.unit() != Unit::Plain)
}

fn is_json_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_digits = |run: &str| !run.is_empty() && run.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(decimals) && (whole == "0" || !whole.starts_with('0'))
}

/// Characters that others have taken the place of.
struct Edit {
    source: SourceId,
    figure: Span,
    /// What of the figure is no longer the same.
    changed: Span,
    /// Where that ends now.
    end: usize,
}

impl Edit {
    fn new(source: SourceId, figure: Span, old: &str, new: &str) -> Edit {
        let same = |(one, other): &(char, char)| one == other;
        let length = |pairs: &mut dyn Iterator<Item = (char, char)>| {
            pairs.take_while(same).map(|(c, _)| c.len_utf8()).sum::<usize>()
        };
        let head = length(&mut old.chars().zip(new.chars()));
        let (old, new) = (old.get(head..).unwrap_or(""), new.get(head..).unwrap_or(""));
        let tail = length(&mut old.chars().rev().zip(new.chars().rev()));
        let start = figure.start().saturating_add(head);
        let end = |text: &str| start.saturating_add(text.len().saturating_sub(tail));
        Edit { source, figure, changed: Span::new(start, end(old)), end: end(new) }
    }

    fn shift(&self, place: &mut Place) {
        match place {
            Place::Text { source, span }
            | Place::Path { source, span, .. }
            | Place::Cell { source, span, .. } => {
                if *source == self.source {
                    *span = Span::new(self.start(span.start()), self.end(span.end()));
                }
            }
        }
    }

    /// Where a place starts now. What starts where the figure ends stands behind it.
    fn start(&self, at: usize) -> usize {
        if at < self.figure.end() && at <= self.changed.start() {
            at
        } else {
            self.behind(at).unwrap_or(self.changed.start())
        }
    }

    /// Where a place ends now. What ends where the figure starts stands before it.
    fn end(&self, at: usize) -> usize {
        if at <= self.figure.start() || at < self.changed.start() {
            at
        } else {
            self.behind(at).unwrap_or(self.end)
        }
    }

    /// An offset that is not before the end of what changed.
    fn behind(&self, at: usize) -> Option<usize> {
        at.checked_sub(self.changed.end()).map(|past| self.end.saturating_add(past))
    }
}

#[cfg(test)]
mod tests;
