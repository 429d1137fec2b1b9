//! What a rule set's figures are: fields, their kinds and their sections.

use std::fmt;

use crate::document::{Basis, Facet, Period};

/// A field of its rule set, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FieldId(u32);

impl FieldId {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }

    pub(crate) fn from_index(index: usize) -> FieldId {
        FieldId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A section of its rule set, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SectionId(u32);

impl SectionId {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }

    pub(crate) fn from_index(index: usize) -> SectionId {
        SectionId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// What a field's figures are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// An amount of money.
    Money,
    /// A percentage; a plain number in arithmetic (46.5% is 0.465).
    Rate,
    /// A number of things, with what is counted: `count(人)`.
    Count(String),
    /// A plain number.
    Number,
    /// A calendar year.
    Year,
    /// Words.
    Text,
    /// A classification code.
    Code,
}

impl Kind {
    /// The words of the language that name a kind.
    pub(crate) const WORDS: [&'static str; 7] = ["money", "rate", "count", "number", "year", "text", "code"];

    pub(crate) fn named(word: &str, counter: Option<&str>) -> Option<Kind> {
        Some(match word {
            "money" => Kind::Money,
            "rate" => Kind::Rate,
            "count" => Kind::Count(counter.unwrap_or("").to_owned()),
            "number" => Kind::Number,
            "year" => Kind::Year,
            "text" => Kind::Text,
            "code" => Kind::Code,
            _ => return None,
        })
    }

    /// Whether figures of this kind are rounded in print.
    pub(crate) fn is_rounded(&self) -> bool {
        matches!(self, Kind::Money | Kind::Rate | Kind::Number)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Money => f.write_str("money"),
            Kind::Rate => f.write_str("rate"),
            Kind::Count(counter) if counter.is_empty() => f.write_str("count"),
            Kind::Count(counter) => write!(f, "count({counter})"),
            Kind::Number => f.write_str("number"),
            Kind::Year => f.write_str("year"),
            Kind::Text => f.write_str("text"),
            Kind::Code => f.write_str("code"),
        }
    }
}

/// Something a document states, under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub(crate) path: String,
    pub(crate) section: Option<SectionId>,
    pub(crate) kind: Option<Kind>,
    pub(crate) labels: Vec<String>,
}

impl Field {
    /// The qualified name: `expenditure.total`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The kind; `None` in a rule set that declares no field.
    pub fn kind(&self) -> Option<&Kind> {
        self.kind.as_ref()
    }

    /// The labels it goes by, the standard one first.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// What a reader calls it: its first label, or its name.
    pub fn label(&self) -> &str {
        self.labels.first().map_or(&self.path, String::as_str)
    }

    /// The name without its section.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit_once('.').map_or(&self.path, |(_, name)| name)
    }
}

/// A group of fields with a name and a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) title: Option<String>,
    /// Figures as at a date: a plain name means the latest date stated.
    pub(crate) is_stock: bool,
}

/// What an expression asks the document for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FigureRef {
    pub(crate) target: Target,
    pub(crate) facet: FacetRef,
    /// `None`: the document's own, or in a stock section the latest stated.
    pub(crate) period: Option<Period>,
    /// `None`: the document's own.
    pub(crate) basis: Option<Basis>,
}

/// Whose figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    Field(FieldId),
    /// The `x` of `each money x`.
    Subject,
}

/// Which facet of the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FacetRef {
    Amount,
    /// Against the prior year, in whichever basis the document says.
    Delta,
    Rate,
}

impl FacetRef {
    /// Whether a statement's facet is the one asked for.
    pub(crate) fn matches(self, facet: Facet) -> bool {
        match (self, facet) {
            (FacetRef::Amount, Facet::Amount) => true,
            (FacetRef::Delta, Facet::Delta(base)) | (FacetRef::Rate, Facet::Rate(base)) => {
                base.period == Period::Prior
            }
            _ => false,
        }
    }
}
