//! To which place each figure is rounded.
//!
//! Trailing zeros are dropped in print, so the last place of an amount is that of the finest amount of the same unit in
//! the same context. A place counts as shown when two figures show it; averages and percentages have places of their
//! own; and no figure is taken to be coarser than it shows itself.

use std::collections::HashMap;

use super::bind::Binding;
use crate::document::{Context, Facet, PrintedAs, Statement, StatementId};
use crate::quantity::{Interval, Precision, Quantity, Unit};
use crate::ruleset::Kind;

/// The last place of each figure of a document; `None` for one that is not rounded.
#[derive(Debug)]
pub(crate) struct Places {
    decimals: Vec<Option<u32>>,
}

impl Places {
    pub(crate) fn new(binding: &Binding<'_>) -> Places {
        let figures = || {
            let statements = binding.document.statements().iter().enumerate();
            statements.filter_map(|(position, statement)| {
                let id = StatementId::from_index(position);
                let kind = binding.field_of(id).and_then(|field| field.kind());
                Some(Figure { statement, quantity: binding.quantity(id)?, kind, is_own: binding.is_own(id) })
            })
        };
        // The two finest of each unit in each context.
        let mut finest: HashMap<(bool, Context, &Unit), [u32; 2]> = HashMap::new();
        for figure in figures().filter(Figure::shows_a_place) {
            let decimals = figure.quantity.amount().decimals();
            let shown = finest.entry(figure.around()).or_default();
            let [first, second] = *shown;
            *shown = [first.max(decimals), first.min(decimals).max(second)];
        }
        let shared = |figure: &Figure<'_>| {
            let [_, second] = finest.get(&figure.around())?;
            Some(*second)
        };
        Places { decimals: figures().map(|figure| figure.decimals(shared(&figure))).collect() }
    }

    /// The decimals, in its own unit, to which a figure is exact; `None` for one that is not rounded.
    pub(crate) fn decimals(&self, id: StatementId) -> Option<u32> {
        self.decimals.get(id.index()).copied().flatten()
    }

    /// What a printed figure may stand for; `None` where that does not fit.
    pub(crate) fn interval(&self, id: StatementId, quantity: &Quantity) -> Option<Interval> {
        match self.decimals(id) {
            Some(decimals) => Interval::of_figure(quantity, decimals),
            None => Some(Interval::point(quantity.value())),
        }
    }
}

/// A statement with what it says.
struct Figure<'a> {
    statement: &'a Statement,
    quantity: &'a Quantity,
    kind: Option<&'a Kind>,
    /// Of the document itself, and not of last year's beside it.
    is_own: bool,
}

impl<'a> Figure<'a> {
    /// The figures it shares its last place with.
    fn around(&self) -> (bool, Context, &'a Unit) {
        (self.is_own, self.statement.context, self.quantity.unit())
    }

    /// Whether it is an amount whose last place is that of the amounts around it.
    fn is_amount(&self) -> bool {
        let unit = self.quantity.unit();
        matches!(self.statement.facet, Facet::Amount | Facet::Delta(_))
            && (unit.is_money() || *unit == Unit::Plain)
            && matches!(self.kind, None | Some(Kind::Money | Kind::Number))
            && !self.statement.is_average
    }

    fn shows_a_place(&self) -> bool {
        let is_printed =
            self.statement.printed_as == PrintedAs::Digits && self.statement.precision == Precision::Context;
        is_printed && self.is_amount()
    }

    /// Its last place, given the one that figures of its unit share in its context.
    fn decimals(&self, shared: Option<u32>) -> Option<u32> {
        let own = self.quantity.amount().decimals();
        let is_own = matches!(self.statement.facet, Facet::Amount | Facet::Delta(_));
        if is_own && self.kind.is_some_and(|kind| !kind.is_rounded()) {
            return None;
        }
        match self.statement.precision {
            Precision::Exact => None,
            Precision::Decimals(decimals) => Some(decimals),
            Precision::Printed => Some(own),
            Precision::Context if self.is_amount() => Some(shared.unwrap_or(own).max(own)),
            Precision::Context => Some(own),
        }
    }
}
