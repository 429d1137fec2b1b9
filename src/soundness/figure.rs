//! The figures that a rule set can ask a document for, told apart as a check tells them apart.

use std::fmt;

use crate::document::{Basis, DocumentKind, Period};
use crate::ruleset::field::{FacetRef, FieldId, SectionId};

/// One figure of a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Figure {
    pub(super) of: Of,
    pub(super) facet: FacetRef,
    /// `None`: the document's own.
    pub(super) period: Option<Period>,
    /// `None`: the document's own.
    pub(super) basis: Option<Basis>,
}

/// What a figure is of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Of {
    Field(FieldId),
    /// An amount that no field claims, which stands for all that an `each` runs over; by the position of the `each`'s kind.
    Unclaimed(u8),
    Part {
        whole: Box<Figure>,
        position: u8,
    },
    Cell {
        column: FieldId,
        line: Line,
    },
    /// The year of the document.
    Year,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Line {
    /// 合计.
    Total,
    Code(String),
    /// A row without a code.
    Plain(u8),
}

/// What a document does or does not do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Decision {
    /// States a figure.
    States(Figure),
    /// Has a row in a table.
    HasLine(SectionId, Line),
    /// Lists so many parts of a whole at least, counted from none.
    Lists(Figure, u8),
    /// States a facet of the parts of a whole.
    StatesOfParts(Figure, FacetRef),
    /// Is of a kind.
    Is(DocumentKind),
}

impl Figure {
    /// The amount of something, of the document's own year and basis.
    pub(super) fn amount(of: Of) -> Figure {
        Figure { of, facet: FacetRef::Amount, period: None, basis: None }
    }

    /// The figure whichever basis it is in.
    pub(super) fn in_any_basis(&self) -> Figure {
        Figure { basis: None, ..self.clone() }
    }

    /// Another facet of what it is of.
    pub(super) fn facet(&self, facet: FacetRef) -> Figure {
        Figure { facet, ..self.clone() }
    }

    /// One part of it.
    pub(super) fn part(&self, position: u8, facet: FacetRef) -> Figure {
        let of = Of::Part { whole: Box::new(self.clone()), position };
        Figure { of, facet, period: None, basis: None }
    }

    pub(super) fn is_own_amount(&self) -> bool {
        self.facet == FacetRef::Amount && self.period.is_none() && self.basis.is_none()
    }
}

impl Figure {
    /// As rules write it, given what it is of: `delta(total)`, `total@prior`.
    pub(super) fn describe(&self, of: &str) -> String {
        let period = match self.period {
            Some(Period::Prior) => "@prior".to_owned(),
            Some(Period::Year(year)) => format!("@{year}"),
            _ => String::new(),
        };
        let basis = self.basis.map_or(String::new(), |basis| format!("@{}", basis.as_str()));
        self.facet.describe(&format!("{of}{period}{basis}"))
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Line::Total => f.write_str("total_row"),
            Line::Code(code) => f.write_str(code),
            Line::Plain(position) => write!(f, "#{}", position.saturating_add(1)),
        }
    }
}
