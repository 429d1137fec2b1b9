//! Which cells decided what a figure of a table states, for who asks ([`crate::document::Decision`]).

use super::figure::Common;
use super::head::Head;
use super::heading::{Facet, Measure};
use super::title::Name;
use crate::document::{self, Aspect, Basis, Decision, Ground, Period, Statement, UnitFrom};
use crate::quantity::Unit;
use crate::source::Place;

/// What is known of a figure's row when it is asked what decided it.
#[derive(Clone, Debug, Default)]
pub(super) struct Beside {
    /// The cell with the row's label.
    pub(super) place: Option<Place>,
    /// What it measures, where it is a year or a basis and no thing.
    pub(super) measure: Option<Measure>,
    /// Whether it names a unit.
    pub(super) has_unit: bool,
    /// What the figure goes by.
    pub(super) called: Called,
    /// The cell that names the whole it is a part of.
    pub(super) whole: Option<Place>,
}

/// Whose words a figure goes by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Called {
    /// Those over its column; the row is its scope.
    #[default]
    Column,
    /// Those of its row.
    Row,
    /// Those of the title: the cell says 合计.
    Title,
    /// None.
    Nothing,
}

/// By what something is decided, and the words.
type By = (Ground, Option<Place>);

impl Common<'_> {
    /// The place of the innermost heading over a column of which something is so.
    fn head(&self, column: usize, is: impl Fn(&Head) -> bool) -> Option<Place> {
        self.table.heads.path(column).rev().find(|head| is(head))?.place.clone()
    }

    /// What the row says, else what a heading over the column says.
    fn said(&self, column: usize, beside: &Beside, is: impl Fn(Measure) -> bool) -> Option<By> {
        let of_row = beside.measure.is_some_and(&is);
        let words = match of_row {
            true => beside.place.clone(),
            false => {
                // What the total of some funds says holds for each.
                let total = self.table.columns.get(column).and_then(|column| column.total);
                let says = |head: &Head| head.heading.measure.is_some_and(&is);
                self.head(column, says).or_else(|| self.head(total?, says))
            }
        };
        (of_row || words.is_some()).then_some((Ground::Table, words))
    }

    fn year(&self, statement: &Statement) -> Option<i32> {
        match statement.period {
            Period::Current => self.own(),
            Period::Prior => self.own().and_then(|own| own.checked_sub(1)),
            Period::Year(year) => Some(year),
        }
    }

    /// What was decided about a figure in a column, where the reader was asked to keep that.
    pub(super) fn reasons(&self, column: usize, beside: &Beside, statement: &Statement) -> Vec<Decision> {
        let Some(kind) = self.asked else { return Vec::new() };
        let mut reasons = Vec::new();
        let mut decide = |about, is: &str, (by, words): By| {
            reasons.push(Decision { about, is: is.to_owned(), by, words });
        };
        // 小计 goes by the name above it.
        let is_name = |head: &Head| head.heading.name.is_some() && head.heading.sum.is_none();
        let named = || self.head(column, is_name).or_else(|| self.head(column, |_| true));
        let by = match beside.called {
            Called::Column => (Ground::Table, named()),
            Called::Row => (Ground::Table, beside.place.clone()),
            Called::Title => (Ground::Heading, None),
            Called::Nothing => (Ground::Nothing, None),
        };
        decide(Aspect::Label, &statement.label, by);
        let nothing: By = (Ground::Nothing, None);
        let is_facet = |it: Measure| it.facet.is_some_and(|facet| facet != Facet::Amount);
        let by = self.said(column, beside, is_facet).unwrap_or_else(|| nothing.clone());
        decide(Aspect::Facet, statement.facet.as_str(), by);
        if let document::Facet::Delta(base) | document::Facet::Rate(base) = statement.facet {
            let is_against = |it: Measure| it.against.is_some_and(|against| against != (None, None));
            let by = self.said(column, beside, is_against).unwrap_or_else(|| nothing.clone());
            decide(Aspect::Base, base.words(), by);
        }
        let year = self.year(statement).map(|year| year.to_string()).unwrap_or_default();
        let of_title = |is_said: bool| (if is_said { Ground::Heading } else { Ground::Document }, None);
        let by = self.said(column, beside, |it| it.when.is_some());
        decide(Aspect::Period, &year, by.unwrap_or_else(|| of_title(self.title.year.is_some())));
        let by = match (statement.basis, self.said(column, beside, |it| it.basis.is_some())) {
            (Some(_), Some(by)) => by,
            // The other columns are all of one basis.
            (Some(basis), None) if self.title.basis != Some(basis) => (Ground::Table, None),
            (is_said, _) => of_title(is_said.is_some()),
        };
        decide(Aspect::Basis, statement.basis.unwrap_or(kind).as_str(), by);
        decide(Aspect::Unit, &statement.quantity.unit().to_string(), self.of_unit(column, beside, statement));
        if let Some(parent) = &statement.parent {
            decide(Aspect::Parent, &parent.label, (Ground::Table, beside.whole.clone()));
        }
        if !statement.scope.is_empty() {
            let words = if beside.called == Called::Row { named() } else { beside.place.clone() };
            decide(Aspect::Scope, &statement.scope.join(" "), (Ground::Table, words));
        }
        reasons
    }

    /// What gives a figure its unit.
    fn of_unit(&self, column: usize, beside: &Beside, statement: &Statement) -> By {
        let of_column = self.head(column, |head| head.heading.unit.is_some());
        match statement.unit_from {
            _ if beside.has_unit => (Ground::Table, beside.place.clone()),
            _ if of_column.is_some() => (Ground::Table, of_column),
            // 单位：万元 above the table.
            UnitFrom::Head => (Ground::Heading, None),
            UnitFrom::Figure if *statement.quantity.unit() == Unit::Plain => (Ground::Nothing, None),
            UnitFrom::Figure => (Ground::Beside, None),
        }
    }

    /// Whether a figure goes by the title where the cell that it could go by is another word.
    pub(super) fn is_titled(&self, label: &str, cell: &str) -> bool {
        let subject: Option<&Name> = self.title.subject.as_ref();
        subject.is_some_and(|subject| subject.printed == label) && !cell.contains(label)
    }
}

/// The cell that a statement's label was taken from.
pub(super) fn label_of(statement: &Statement) -> Option<Place> {
    let label = statement.decisions.iter().find(|decision| decision.about == Aspect::Label)?;
    label.words.clone()
}

/// The basis of a document, for tables that are asked what decides.
pub(super) type Asked = Option<Basis>;
