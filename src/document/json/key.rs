//! What the keys and the literals of the JSON form say.

use crate::document::value::Value;
use crate::document::{Base, Basis, Facet, Period, Statement};
use crate::quantity::{Precision, Quantity, Unit};

/// The two facets that have a base.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Delta,
    Rate,
}

impl Change {
    pub(super) fn by(key: &str) -> Option<Change> {
        match key {
            "delta" => Some(Change::Delta),
            "rate" => Some(Change::Rate),
            _ => None,
        }
    }
}

/// Which number of a figure a key gives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    Value,
    Delta(Base),
    Rate(Base),
    Share,
    Completion,
    Of(Period),
    In(Basis),
}

impl Stated {
    pub(super) fn by(key: &str) -> Option<Stated> {
        Some(match key {
            "value" => Stated::Value,
            "delta" => Stated::Delta(Base::PRIOR),
            "rate" => Stated::Rate(Base::PRIOR),
            "share" => Stated::Share,
            "completion" => Stated::Completion,
            "prior" => Stated::Of(Period::Prior),
            "budget" => Stated::In(Basis::Budget),
            "actual" => Stated::In(Basis::Actual),
            year => Stated::Of(Period::Year(calendar_year(year)?)),
        })
    }

    /// Whether it is a percentage; without its sign it is a plain number, whatever the unit of the amounts.
    pub(super) fn is_percentage(self) -> bool {
        matches!(self, Stated::Rate(_) | Stated::Share | Stated::Completion)
    }

    pub(super) fn of(self, mut statement: Statement) -> Statement {
        match self {
            Stated::Value => {}
            Stated::Delta(base) => statement.facet = Facet::Delta(base),
            Stated::Rate(base) => statement.facet = Facet::Rate(base),
            Stated::Share => statement.facet = Facet::Share,
            Stated::Completion => statement.facet = Facet::Completion,
            Stated::Of(period) => statement.period = period,
            Stated::In(basis) => statement.basis = Some(basis),
        }
        statement
    }
}

pub(super) fn precision(text: &str) -> Option<Precision> {
    match text {
        "exact" => Some(Precision::Exact),
        digits => digits.parse().ok().filter(|places| *places <= 8).map(Precision::Decimals),
    }
}

/// Whether the text of a cell is meant for a figure, and not for words: nothing but digits, signs and units, or a
/// number of things (`5人`).
pub(super) fn may_be_figure(text: &str) -> bool {
    let counted = Quantity::parse(text, &Unit::Plain).ok().map(|quantity| quantity.unit().clone());
    if matches!(counted, Some(Unit::Counter(counter)) if counter.chars().count() <= 2) {
        return true;
    }
    let is_of_figures = |c: char| {
        c.is_ascii_digit()
            || matches!(
                c,
                '０'
                    ..='９'
                        | '.'
                        | ','
                        | '，'
                        | '．'
                        | '+'
                        | '-'
                        | '−'
                        | '－'
                        | '▲'
                        | '('
                        | ')'
                        | '（'
                        | '）'
            )
            || matches!(c, '%' | '％' | '万' | '亿' | '千' | '元' | ' ')
    };
    let text = text.trim();
    text.chars().any(|c| c.is_ascii_digit() || matches!(c, '０'..='９')) && text.chars().all(is_of_figures)
}

/// The text of a literal, quoted or not.
pub(super) fn words<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    match value {
        Value::Text(literal) | Value::Number(literal) => Some(literal.value.as_ref()),
        _ => None,
    }
}

pub(super) fn calendar_year(text: &str) -> Option<i32> {
    let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_year { text.parse().ok() } else { None }
}
