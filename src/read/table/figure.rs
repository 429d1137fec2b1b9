//! What a figure states by its column and its row: which year, which basis, which facet, in which unit.

use super::cell::Cell;
use super::heading::{Facet, Measure, When};
use super::layout::{Kind, Table};
use super::reason::{Asked, Beside, Called};
use super::title::Title;
use crate::document::{self, Base, Basis, Context, Period, Statement, UnitFrom};
use crate::quantity::{Quantity, Unit};

/// What all figures of a table have in common.
pub(super) struct Common<'t> {
    pub(super) table: &'t Table,
    pub(super) title: &'t Title,
    /// The document's own year.
    pub(super) year: Option<i32>,
    pub(super) context: Context,
    /// What the rows measure that are years and bases.
    rows: Vec<Measure>,
    /// The basis of the document, where what decides a figure is to be kept.
    pub(super) asked: Asked,
    /// By column: whether a printed figure of it has a percent sign.
    percents: Vec<bool>,
}

/// What a figure states beside its label.
pub(super) struct Stated {
    pub(super) statement: Statement,
    /// Whether it is not sure what it states: it must not go by a name.
    pub(super) is_doubtful: bool,
}

impl<'t> Common<'t> {
    pub(super) fn new(
        table: &'t Table,
        title: &'t Title,
        year: Option<i32>,
        context: Context,
        rows: Vec<Measure>,
    ) -> Common<'t> {
        let is_percent = |column: usize| {
            table.rows.iter().any(|row| {
                let cell = row.get(column).and_then(Option::as_ref);
                cell.and_then(Cell::figure).is_some_and(|figure| *figure.unit() == Unit::Percent)
            })
        };
        let percents = (0..table.columns.len()).map(is_percent).collect();
        Common { table, title, year, context, rows, asked: None, percents }
    }

    /// The year that the table speaks of.
    pub(super) fn own(&self) -> Option<i32> {
        self.title.year.or(self.year)
    }

    fn period(&self, when: Option<When>) -> Period {
        match (when, self.title.year) {
            (Some(When::Year(year)), _) => Period::Year(year),
            (None | Some(When::Current), Some(year)) => Period::Year(year),
            (None | Some(When::Current), None) => Period::Current,
            (Some(When::Prior), Some(year)) => year.checked_sub(1).map_or(Period::Prior, Period::Year),
            (Some(When::Prior), None) => Period::Prior,
        }
    }

    /// Whether a column is of the year before.
    pub(super) fn is_prior(&self, when: Option<When>) -> bool {
        match when {
            Some(When::Prior) => true,
            Some(When::Year(year)) => self.own().is_some_and(|own| year < own),
            _ => false,
        }
    }

    /// The columns of amounts, with what they measure.
    pub(super) fn amounts(&self) -> impl Iterator<Item = (usize, Measure)> {
        let columns = self.table.columns.iter().enumerate();
        columns
            .filter(|(_, column)| {
                column.kind == Kind::Figures && matches!(column.measure.facet, None | Some(Facet::Amount))
            })
            .map(|(at, column)| (at, column.measure))
    }

    /// What a change is against; `None` where that is not told.
    fn base(&self, measure: Measure) -> Option<Base> {
        let is_amount = |it: &Measure| matches!(it.facet, None | Some(Facet::Amount));
        let rows = self.rows.iter().copied().filter(is_amount);
        let amounts: Vec<Measure> = self.amounts().map(|(_, it)| it).chain(rows).collect();
        let has = |basis: Basis| amounts.iter().any(|it| it.basis == Some(basis) && !self.is_prior(it.when));
        let mut prior = amounts.iter().filter(|it| self.is_prior(it.when));
        let has_prior = prior.clone().next().is_some();
        let own = match measure.when {
            Some(When::Year(year)) => Some(year),
            _ => self.own(),
        };
        match measure.against {
            Some((Some(When::Year(year)), basis)) => {
                let own = own?;
                if year == own {
                    Some(Base { period: Period::Current, basis })
                } else {
                    (own.checked_sub(1) == Some(year)).then_some(Base { period: Period::Prior, basis })
                }
            }
            Some((Some(When::Prior), basis)) => Some(Base { period: Period::Prior, basis }),
            Some((Some(When::Current), basis)) => Some(Base { period: Period::Current, basis }),
            // 较年初预算
            Some((None, Some(basis))) => Some(Base { period: Period::Current, basis: Some(basis) }),
            // 决算对比, where the final accounts of the year before stand in the same table.
            Some((None, None)) if measure.basis.is_some() && prior.any(|it| it.basis == measure.basis) => {
                Some(Base { period: Period::Prior, basis: measure.basis })
            }
            Some((None, None)) | None => match (has_prior, has(Basis::Budget) && has(Basis::Actual)) {
                (true, true) => None,
                (false, true) => Some(Base { period: Period::Current, basis: Some(Basis::Budget) }),
                (_, false) => Some(Base::PRIOR),
            },
        }
    }

    /// The basis that a figure of the own year has where its column does not say: the only one of the table, else that
    /// of its title.
    fn basis(&self, measure: Measure) -> Option<Basis> {
        measure.basis.or_else(|| {
            let mut stated: Vec<Option<Basis>> =
                self.amounts().filter(|(_, it)| !self.is_prior(it.when)).map(|(_, it)| it.basis).collect();
            stated.dedup();
            match stated.as_slice() {
                [Some(only)] => Some(*only),
                [None] | [] => self.title.basis,
                _ => None,
            }
        })
    }

    /// What a cell states in its column, and in its row where that says a year or a basis. `unit` is the row's own.
    pub(super) fn stated(
        &self,
        column: usize,
        row: Option<Measure>,
        unit: Option<&Unit>,
        is_count: bool,
        cell: &Cell,
    ) -> Option<Stated> {
        let (printed, column_of) = (cell.figure()?, self.table.columns.get(column)?);
        let measure = column_of.measure.below(row.unwrap_or_default());
        let mut is_doubtful = false;
        let facet = match measure.facet.unwrap_or(Facet::Amount) {
            Facet::Amount => document::Facet::Amount,
            Facet::Share => document::Facet::Share,
            Facet::Completion => document::Facet::Completion,
            facet => match self.base(measure) {
                Some(base) if facet == Facet::Delta => document::Facet::Delta(base),
                Some(base) => document::Facet::Rate(base),
                None => {
                    is_doubtful = true;
                    document::Facet::Amount
                }
            },
        };
        let is_percentage =
            matches!(facet, document::Facet::Rate(_) | document::Facet::Share | document::Facet::Completion);
        let names_percent = *printed.unit() == Unit::Percent;
        let mut scope = Vec::new();
        let (quantity, unit_from) = if *printed.unit() != Unit::Plain {
            is_doubtful |= names_percent != is_percentage && !is_doubtful;
            (printed.clone(), UnitFrom::Figure)
        } else if is_percentage {
            let says = column_of.unit == Some(Unit::Percent)
                || unit == Some(&Unit::Percent)
                || self.percents.get(column) == Some(&true);
            // -7.03 may be per cent, and may be seven times.
            is_doubtful |= !says;
            (self.in_unit(printed, if says { Unit::Percent } else { Unit::Plain })?, UnitFrom::Figure)
        } else {
            let head = column_of.unit.as_ref().or(self.table.unit.as_ref());
            match (unit, head) {
                (Some(unit), _) => (self.in_unit(printed, unit.clone())?, UnitFrom::Figure),
                (None, _) if is_count => (printed.clone(), UnitFrom::Figure),
                (None, Some(head)) => (self.in_unit(printed, head.clone())?, UnitFrom::Head),
                (None, None) => {
                    // In which unit is not told: it is compared with nothing outside the table.
                    scope.extend(self.title.texts.first().cloned().or_else(|| Some(String::new())));
                    (printed.clone(), UnitFrom::Figure)
                }
            }
        };
        if self.is_second_budget(column) {
            scope.push(self.heading(column));
        }
        let statement = Statement {
            facet,
            unit_from,
            scope,
            period: self.period(measure.when),
            basis: if self.is_prior(measure.when) { measure.basis } else { self.basis(measure) },
            context: self.context,
            ..Statement::new("", quantity, cell.place.clone())
        };
        let statement = match facet {
            // 完成预算的96.1% is of the outturn; a share is of what its row says.
            document::Facet::Completion => Statement { basis: None, ..statement },
            _ => statement,
        };
        Some(Stated { statement, is_doubtful })
    }

    /// A figure of which nothing is known but its unit.
    pub(super) fn unbound(&self, cell: &Cell) -> Option<Statement> {
        let printed = cell.figure()?;
        let (quantity, unit_from) = match self.table.unit.as_ref() {
            Some(unit) if *printed.unit() == Unit::Plain => {
                (self.in_unit(printed, unit.clone())?, UnitFrom::Head)
            }
            _ => (printed.clone(), UnitFrom::Figure),
        };
        let statement = Statement {
            unit_from,
            under: self.title.texts.clone(),
            context: self.context,
            ..Statement::new("", quantity, cell.place.clone())
        };
        let beside = Beside { called: Called::Nothing, ..Beside::default() };
        // No column is that far to the right: no heading says anything of it.
        let decisions = self.reasons(self.table.columns.len(), &beside, &statement);
        Some(Statement { decisions, ..statement })
    }

    /// Whether a column has a budget that was changed, in a table that has the one that was approved too.
    pub(super) fn is_second_budget(&self, column: usize) -> bool {
        let is_plain = |it: Measure| it.basis == Some(Basis::Budget) && !it.is_adjusted;
        self.table.columns.get(column).is_some_and(|column| column.measure.is_adjusted)
            && self.amounts().any(|(_, it)| is_plain(it))
    }

    /// A bare number in a unit; `None` where that is past the limits.
    fn in_unit(&self, printed: &Quantity, unit: Unit) -> Option<Quantity> {
        Quantity::new(printed.amount(), unit).ok()
    }

    /// The innermost heading of a column, as printed.
    pub(super) fn heading(&self, column: usize) -> String {
        self.table.heads.path(column).next_back().map_or_else(String::new, |head| head.text.name().to_owned())
    }
}
