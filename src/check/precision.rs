//! To which place each figure is rounded.
//!
//! Trailing zeros are dropped in print, so the last place of a figure is that of the finest amount of the same unit in
//! the same context. A place counts as shown when two figures show it; averages have places of their own; and no
//! figure is taken to be coarser than it shows itself.

use std::collections::HashMap;

use crate::document::{Context, Document, Facet, PrintedAs, Statement};
use crate::quantity::{Interval, Precision, Unit};

/// The last place of each unit in each context of a document.
#[derive(Debug)]
pub(crate) struct Places {
    decimals: HashMap<(Context, Unit), u32>,
}

impl Places {
    pub(crate) fn new(document: &Document) -> Places {
        let mut shown: HashMap<(Context, Unit), [u32; 2]> = HashMap::new();
        for statement in document.statements() {
            let is_amount = matches!(statement.facet, Facet::Amount | Facet::Delta(_));
            let unit = statement.quantity.unit();
            let is_rounded = unit.is_money() || *unit == Unit::Plain;
            let is_printed =
                statement.printed_as == PrintedAs::Digits && statement.precision == Precision::Context;
            if is_amount && is_rounded && is_printed && !statement.is_average {
                let decimals = statement.quantity.amount().decimals();
                let finest = shown.entry((statement.context, unit.clone())).or_default();
                let [first, second] = *finest;
                *finest = [first.max(decimals), first.min(decimals).max(second)];
            }
        }
        Places { decimals: shown.into_iter().map(|(key, [_, second])| (key, second)).collect() }
    }

    /// The decimals, in its own unit, to which a figure is exact; `None` for one that is not rounded.
    pub(crate) fn decimals(&self, statement: &Statement) -> Option<u32> {
        let own = statement.quantity.amount().decimals();
        let unit = statement.quantity.unit();
        match statement.precision {
            Precision::Exact => None,
            Precision::Decimals(decimals) => Some(decimals),
            Precision::Printed => Some(own),
            Precision::Context if statement.is_average || !(unit.is_money() || *unit == Unit::Plain) => {
                Some(own)
            }
            Precision::Context => {
                let finest = self.decimals.get(&(statement.context, unit.clone()));
                Some(finest.copied().unwrap_or(own).max(own))
            }
        }
    }

    /// What a printed figure may stand for; `None` where that does not fit.
    pub(crate) fn interval(&self, statement: &Statement) -> Option<Interval> {
        match self.decimals(statement) {
            Some(decimals) => Interval::of_figure(&statement.quantity, decimals),
            None => Some(Interval::point(statement.quantity.value())),
        }
    }
}
