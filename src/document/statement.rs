//! One printed figure, and what it says.

use super::decision::Decision;
use crate::quantity::{Precision, Quantity};
use crate::source::Place;

/// A statement of its document, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(pub(crate) u32);

impl StatementId {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }

    pub(crate) fn from_index(index: usize) -> StatementId {
        StatementId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// Which year a figure is of, seen from its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Period {
    /// The document's own year.
    #[default]
    Current,
    /// The year before.
    Prior,
    /// A year by its number.
    Year(i32),
}

/// Whether a figure is planned or happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Basis {
    /// 预算数.
    Budget,
    /// 决算数, 执行数.
    Actual,
}

impl Basis {
    /// `budget` or `actual`.
    pub fn as_str(self) -> &'static str {
        match self {
            Basis::Budget => "budget",
            Basis::Actual => "actual",
        }
    }
}

/// What a change is against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Base {
    /// Whose year: the prior one, or the document's own (较年初预算).
    pub period: Period,
    /// In which basis, where the document says.
    pub basis: Option<Basis>,
}

impl Base {
    /// The prior year, in whichever basis.
    pub const PRIOR: Base = Base { period: Period::Prior, basis: None };

    /// The base that a word of the JSON form names: `budget`, `prior`, `prior budget`, `prior actual`.
    pub fn by_words(words: &str) -> Option<Base> {
        let known = [
            Base::PRIOR,
            Base { period: Period::Prior, basis: Some(Basis::Budget) },
            Base { period: Period::Prior, basis: Some(Basis::Actual) },
            Base { period: Period::Current, basis: Some(Basis::Budget) },
            Base { period: Period::Current, basis: Some(Basis::Actual) },
        ];
        known.into_iter().find(|base| base.words() == words)
    }

    /// The words that name it in the JSON form and in rules.
    pub fn words(self) -> &'static str {
        match (self.period, self.basis) {
            (Period::Current, Some(Basis::Budget) | None) => "budget",
            (Period::Current, Some(Basis::Actual)) => "actual",
            (_, None) => "prior",
            (_, Some(Basis::Budget)) => "prior budget",
            (_, Some(Basis::Actual)) => "prior actual",
        }
    }

    /// With its basis said: what a figure of the own year is held against is the budget, unless it says otherwise.
    pub(crate) fn named(self) -> Base {
        match self.period {
            Period::Current => Base { basis: self.basis.or(Some(Basis::Budget)), ..self },
            _ => self,
        }
    }
}

/// What of a field a figure states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Facet {
    /// The amount (or number) itself.
    Amount,
    /// A change in amount, signed: a decrease is below zero.
    Delta(Base),
    /// A change in percent, signed.
    Rate(Base),
    /// A percentage of the figure it is a part of.
    Share,
    /// A percentage of its budget (完成预算的96.1%).
    Completion,
}

impl Facet {
    /// `amount`, `delta`, `rate`, `share` or `completion`.
    pub fn as_str(self) -> &'static str {
        match self {
            Facet::Amount => "amount",
            Facet::Delta(_) => "delta",
            Facet::Rate(_) => "rate",
            Facet::Share => "share",
            Facet::Completion => "completion",
        }
    }

    /// Whether it is a change, as an amount or in percent.
    pub(crate) fn is_change(self) -> bool {
        matches!(self, Facet::Delta(_) | Facet::Rate(_))
    }
}

/// How a value is printed. A zero in digits and a zero in words are different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum PrintedAs {
    /// In digits, or capital numerals.
    #[default]
    Digits,
    /// 无, 没有: there is none.
    Nothing,
    /// 未安排, 未有: none was arranged.
    NotArranged,
    /// 持平, 无增减: no change.
    Unchanged,
    /// 均为…: all of the figure before it.
    All,
}

/// Where a figure's unit was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum UnitFrom {
    /// It stands beside the figure.
    #[default]
    Figure,
    /// It is said once for many figures: the head of a table, the `unit` of a JSON document. Counts and codes among
    /// them are not in that unit.
    Head,
}

/// One list of parts: 其中 may split one figure in several ways, and each way is its own breakdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Breakdown(pub u32);

/// What a figure is a part of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Parent {
    /// The label of the whole, as printed.
    pub label: String,
    /// The statement of the whole's amount, where it is stated.
    pub statement: Option<StatementId>,
    /// In which breakdown of the whole.
    pub breakdown: Breakdown,
}

/// Which figures are rounded alike: the prose, or one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Context {
    /// Outside tables.
    #[default]
    Prose,
    /// One table, by position.
    Table(u32),
}

/// One printed figure: what it is called, what it says, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// The words it goes by, as printed. Empty where there are none.
    pub label: String,
    /// Its name, where the document gives names (`expenditure.total` in JSON).
    pub path: Option<String>,
    /// The labels and headings it stands under, innermost first.
    pub under: Vec<String>,
    /// Value and unit; a decrease is below zero.
    pub quantity: Quantity,
    /// Where the unit was taken from.
    pub unit_from: UnitFrom,
    /// To which place the value is exact.
    pub precision: Precision,
    /// Whether it is an average (人均, 车均), which has places of its own.
    pub is_average: bool,
    /// How the value is printed.
    pub printed_as: PrintedAs,
    /// Whether its words leave open if it rose or fell (差值0.9万元): a change of this size, either way.
    pub is_unsigned: bool,
    /// Which year it is of.
    pub period: Period,
    /// Budget or actual, where the document says.
    pub basis: Option<Basis>,
    /// Amount, change, rate, share or completion.
    pub facet: Facet,
    /// What it is a part of.
    pub parent: Option<Parent>,
    /// Which unit, fund or row it speaks of, where not of the department as a whole. A qualifier the reader does not
    /// know is kept here.
    pub scope: Vec<String>,
    /// Where it is rounded.
    pub context: Context,
    /// Where it stands.
    pub place: Place,
    /// What was decided about it and by which words, where the reader was asked to keep that.
    pub decisions: Vec<Decision>,
}

impl Statement {
    /// An amount with a label and a place, and nothing else known of it.
    pub fn new(label: impl Into<String>, quantity: Quantity, place: Place) -> Statement {
        Statement {
            label: label.into(),
            path: None,
            under: Vec::new(),
            quantity,
            unit_from: UnitFrom::Figure,
            precision: Precision::Context,
            is_average: false,
            printed_as: PrintedAs::Digits,
            is_unsigned: false,
            period: Period::Current,
            basis: None,
            facet: Facet::Amount,
            parent: None,
            scope: Vec::new(),
            context: Context::Prose,
            place,
            decisions: Vec::new(),
        }
    }
}
