//! A table as cells, before anything is known of what they mean.
//!
//! Every form a table comes in (lines of a text, CSV, a sheet, a page) makes [`Grid`]s; what they state is read in one
//! place, whatever they came from.

use crate::source::Place;

/// A table as it stands in its source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    /// The lines above it, outermost first: its title, `单位：万元`, the name of the sheet or of the page's section.
    pub(crate) captions: Vec<String>,
    /// Its rows from top to bottom. Rows may differ in length: what a row lacks at its end is not printed.
    pub(crate) rows: Vec<Vec<GridCell>>,
}

/// One cell of a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GridCell {
    /// What it says, blanks trimmed off both ends; empty where it says nothing.
    pub(crate) text: String,
    /// Where what it says stands.
    pub(crate) place: Place,
    /// What the source says of merging. A text says nothing: there a cell is always [`Merge::Alone`].
    pub(crate) merge: Merge,
}

/// Whether a cell is merged with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Merge {
    /// It covers its own place only.
    #[default]
    Alone,
    #[allow(dead_code, reason = "a text has none; sheets and pages do")]
    /// It is the first of those it covers: this many rows and columns, itself counted.
    First { rows: usize, columns: usize },
    /// It is covered by a cell above or to the left, whose text it shares. Its own text is empty.
    Covered,
}
