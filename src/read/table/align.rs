//! Which column each cell of a row is in, where blanks were lost.
//!
//! What is left of a page may have dropped the blank cells of a row, or put them at its end. Words belong to columns of
//! words, figures to columns of figures, line numbers grow, and a figure has its label and its line number before it.
//! Where that leaves one way, the cells are placed; where it leaves two, the row is not read. No value is looked at.

use super::cell::{Cell, Said};
use super::layout::Kind;

/// A column, as far as placing cells needs it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) kind: Kind,
    /// Whether its figures are percentages.
    pub(super) is_percent: bool,
    /// Whether its side of the table has a column of labels, and one of line numbers, before it.
    pub(super) has_label: bool,
    pub(super) has_number: bool,
    /// The line number of the row above.
    pub(super) number: Option<u32>,
}

/// What stands before a column on its side of the table.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Before {
    label: bool,
    number: bool,
}

const STATES: usize = 4;

impl Before {
    fn index(self) -> usize {
        usize::from(self.label).saturating_mul(2).saturating_add(usize::from(self.number))
    }

    fn of(index: usize) -> Before {
        Before { label: index >= 2, number: index % 2 == 1 }
    }
}

/// The column of each cell, where there is one way to place them all.
pub(super) fn align(cells: &[&Cell], slots: &[Slot]) -> Option<Vec<usize>> {
    let (rows, columns) = (cells.len(), slots.len());
    // Ways to place the cells from one on into the columns from one on, counted up to two.
    let mut ways = vec![vec![[0_u8; STATES]; columns.saturating_add(1)]; rows.saturating_add(1)];
    let get = |ways: &Vec<Vec<[u8; STATES]>>, cell: usize, column: usize, before: Before| {
        ways.get(cell)
            .and_then(|row| row.get(column))
            .and_then(|states| states.get(before.index()))
            .copied()
            .unwrap_or(0)
    };
    for cell in (0..=rows).rev() {
        for column in (0..=columns).rev() {
            for state in 0..STATES {
                let before = Before::of(state);
                let count = match slots.get(column) {
                    None => u8::from(cell == rows),
                    Some(slot) => {
                        let next = column.saturating_add(1);
                        let skipped = skip(slot, before).map_or(0, |after| get(&ways, cell, next, after));
                        let placed = cells
                            .get(cell)
                            .and_then(|it| place(it, slot, before))
                            .map_or(0, |after| get(&ways, cell.saturating_add(1), next, after));
                        skipped.saturating_add(placed).min(2)
                    }
                };
                let slot =
                    ways.get_mut(cell).and_then(|row| row.get_mut(column)).and_then(|it| it.get_mut(state));
                if let Some(slot) = slot {
                    *slot = count;
                }
            }
        }
    }
    let start = Before { label: false, number: false };
    if get(&ways, 0, 0, start) != 1 {
        return None;
    }
    let (mut placed, mut before, mut cell) = (Vec::with_capacity(rows), start, 0_usize);
    for (column, slot) in slots.iter().enumerate() {
        let next = column.saturating_add(1);
        let here = cells.get(cell).and_then(|it| place(it, slot, before));
        match here.filter(|after| get(&ways, cell.saturating_add(1), next, *after) == 1) {
            Some(after) => {
                placed.push(column);
                (before, cell) = (after, cell.saturating_add(1));
            }
            None => before = skip(slot, before)?,
        }
    }
    (cell == rows).then_some(placed)
}

/// What stands before the next column when this one is blank; `None` where it cannot be.
fn skip(slot: &Slot, before: Before) -> Option<Before> {
    match slot.kind {
        Kind::Label => Some(Before { label: false, number: false }),
        Kind::Number if before.label && slot.has_label => None,
        Kind::Number => Some(Before { number: false, ..before }),
        _ => Some(before),
    }
}

/// What stands before the next column when a cell is in this one; `None` where it cannot be.
fn place(cell: &Cell, slot: &Slot, before: Before) -> Option<Before> {
    if !fits(cell, slot) {
        return None;
    }
    match slot.kind {
        Kind::Label => Some(Before { label: true, number: false }),
        Kind::Number => {
            let count = cell.count()?;
            // A line without words is the next one.
            let follows = |last: u32| last.checked_add(1) == Some(count);
            let grows = slot.number.is_none_or(|last| count > last);
            let is_next = before.label || !slot.has_label || slot.number.is_none_or(follows);
            (grows && is_next).then_some(Before { number: true, ..before })
        }
        Kind::Figures => {
            let is_told = (!slot.has_label || before.label) && (!slot.has_number || before.number);
            is_told.then_some(before)
        }
        Kind::Code | Kind::Note => Some(before),
    }
}

/// Whether a cell can be in a column at all.
pub(super) fn fits(cell: &Cell, slot: &Slot) -> bool {
    match (&cell.said, slot.kind) {
        (Said::Blank, _) => true,
        (Said::Dash, kind) => matches!(kind, Kind::Figures | Kind::Note),
        (Said::Words, kind) => matches!(kind, Kind::Label | Kind::Note | Kind::Code),
        (Said::Figure(_) | Said::Unread, Kind::Number) => cell.count().is_some(),
        (Said::Figure(_) | Said::Unread, Kind::Code) => cell.count().is_some(),
        (Said::Figure(quantity), Kind::Figures) => {
            slot.is_percent || *quantity.unit() != crate::quantity::Unit::Percent
        }
        (Said::Unread, Kind::Figures) => true,
        (Said::Figure(_) | Said::Unread, Kind::Label | Kind::Note) => false,
    }
}
