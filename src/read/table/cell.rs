//! What one cell of a grid says, before its column is known.

use super::grid::{GridCell, Merge};
use super::words::Text;
use crate::quantity::{Quantity, Unit};
use crate::source::Place;

/// Characters of a cell that may be a figure. The longest one within the limits is far shorter.
const LONGEST: usize = 64;

/// A cell, read by itself.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) text: Text,
    pub(super) said: Said,
    pub(super) place: Place,
    pub(super) merge: Merge,
}

/// What a cell says. Nothing, a dash and a zero are three different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Blank,
    Dash,
    /// A number, in the unit that it names itself.
    Figure(Quantity),
    /// Digits and signs that are no figure within the limits.
    Unread,
    Words,
}

impl Cell {
    pub(super) fn new(cell: &GridCell) -> Cell {
        let text = Text::new(&cell.text);
        Cell { said: said(&cell.text, &text), text, place: cell.place.clone(), merge: cell.merge }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.said == Said::Blank
    }

    pub(super) fn is_words(&self) -> bool {
        self.said == Said::Words
    }

    pub(super) fn figure(&self) -> Option<&Quantity> {
        match &self.said {
            Said::Figure(quantity) => Some(quantity),
            _ => None,
        }
    }

    /// Whether it is a number, or was meant for one.
    pub(super) fn is_figure(&self) -> bool {
        matches!(self.said, Said::Figure(_) | Said::Unread)
    }

    /// The whole number it is, printed in digits only.
    pub(super) fn count(&self) -> Option<u32> {
        let digits: String = self.text.chars.iter().collect();
        let is_plain = digits.chars().all(|c| c.is_ascii_digit()) && !digits.is_empty();
        digits.parse().ok().filter(|_| is_plain)
    }
}

fn said(printed: &str, text: &Text) -> Said {
    if text.chars.is_empty() {
        return Said::Blank;
    }
    if text.chars.iter().all(|c| matches!(c, '-' | '—' | '–' | '─' | '/' | '\\')) {
        return Said::Dash;
    }
    let has_digit = text.chars.iter().any(char::is_ascii_digit);
    if !has_digit || text.chars.len() > LONGEST {
        return Said::Words;
    }
    let of_figures = |c: &char| {
        c.is_ascii_digit()
            || matches!(c, '.' | ',' | '+' | '-' | '▲' | '△' | '(' | ')' | '%' | '万' | '亿' | '千' | '元')
    };
    match Quantity::parse(printed, &Unit::Plain) {
        Ok(quantity) => match quantity.unit() {
            Unit::Counter(counter) if counter.chars().count() > 2 || counter.starts_with('年') => {
                Said::Words
            }
            _ => Said::Figure(quantity),
        },
        // 1.2.3 is a number of a paragraph; 1,23 and a figure past the limits are not read.
        Err(_) if text.chars.iter().all(of_figures) => Said::Unread,
        Err(_) => Said::Words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceId, Span};

    fn read(text: &str) -> String {
        let place = Place::Text { source: SourceId::from_index(0), span: Span::new(0, text.len()) };
        let cell = GridCell { text: text.to_owned(), place, merge: Merge::Alone };
        match Cell::new(&cell).said {
            Said::Figure(quantity) => quantity.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn nothing_a_dash_and_a_zero_are_three_things() {
        assert_eq!([read(""), read("—"), read("0"), read("0.00")], ["Blank", "Dash", "0", "0.00"]);
    }

    #[test]
    fn signs_and_separators_are_read() {
        let read_all = ["-204.61", "▲3.4", "（1.2）", "36,341.62", "-7.03%", "5人", "12万元"].map(read);
        assert_eq!(read_all, ["-204.61", "-3.4", "-1.2", "36341.62", "-7.03%", "5人", "12万元"]);
    }

    #[test]
    fn words_are_no_figures() {
        assert_eq!(
            ["2017年", "一、收入", "1.因公出国（境）费", "1,23"].map(read),
            ["Words", "Words", "Words", "Unread"]
        );
    }
}
