//! A table whose rows or columns are named things, as the statements that prose would make of it.
//!
//! Where the rows have labels, a figure is of its row, or of its column in the scope of its row; where they have none,
//! the columns are the things. The other axis says year, basis, facet and unit. What is a part of what is told by
//! ordinals, by 其中, by headings over headings, and by 合计 where the table is known to be of one thing.

use std::collections::HashMap;

use super::super::labels::Labels;
use super::figure::Common;
use super::heading::{Facet, Measure, Sum};
use super::label::Label;
use super::layout::{Kind, Table};
use super::lines::{Line, lines};
use super::names::{Item, items};
use super::reason::{self, Beside, Called};
use super::title::Name;
use super::words::{Class, Lexicon};
use crate::document::{self, Basis, Breakdown, Decision, Parent, Statement, StatementId};
use crate::fold::fold_label;
use crate::quantity::Unit;

/// Wholes inside each other. There are fewer kinds of ordinals.
const DEPTH: usize = 16;

/// The statements of an item table. Their ids are their positions here.
pub(super) struct Items<'t> {
    common: &'t Common<'t>,
    lexicon: &'t Lexicon,
    labels: &'t Labels,
    department: Option<String>,
    items: Vec<Item>,
    pub(super) statements: Vec<Statement>,
    /// The amounts by row, side and column.
    amounts: HashMap<(usize, usize), StatementId>,
    /// The breakdown of each whole, by row and column.
    breakdowns: HashMap<(usize, usize, bool), Breakdown>,
    next: u32,
    /// How often a column has been stated without a label to its rows.
    unnamed: HashMap<usize, usize>,
}

/// What a figure is of.
struct Named {
    label: String,
    scope: Vec<String>,
    /// Whether it goes by its column's name, and not by its row's.
    is_of_column: bool,
}

impl<'t> Items<'t> {
    pub(super) fn state(
        common: &'t Common<'t>,
        department: Option<&str>,
        breakdowns: u32,
        labels: &'t Labels,
        lexicon: &'t Lexicon,
    ) -> Vec<Statement> {
        let items = items(common.table, common.title, labels, lexicon);
        let department = department.map(fold_label);
        let mut state = Items {
            common,
            lexicon,
            labels,
            department,
            items,
            statements: Vec::new(),
            amounts: HashMap::new(),
            breakdowns: HashMap::new(),
            next: breakdowns,
            unnamed: HashMap::new(),
        };
        let sides = common.table.columns.iter().map(|column| column.side).max().unwrap_or(0);
        for side in 0..=sides {
            state.side(side);
        }
        state.statements
    }

    fn table(&self) -> &'t Table {
        self.common.table
    }

    fn side(&mut self, side: usize) {
        let lines = lines(self.table(), self.common.title, side, self.labels, self.lexicon);
        // A whole comes before its parts, wherever it is printed.
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by_key(|at| depth(&lines, *at));
        let mut columns: Vec<usize> = (0..self.table().columns.len()).collect();
        columns.sort_by_key(|column| self.items.get(*column).map_or(0, |item| item.depth));
        for at in order {
            for column in &columns {
                let is_here = self
                    .table()
                    .columns
                    .get(*column)
                    .is_some_and(|column| column.side == side && column.kind == Kind::Figures);
                if is_here {
                    self.cell(&lines, at, *column);
                }
            }
        }
    }

    fn cell(&mut self, lines: &[Line], at: usize, column: usize) {
        let Some(line) = lines.get(at) else { return };
        let cells = self.table().rows.get(line.row);
        let Some(cell) = cells.and_then(|row| row.get(column)).and_then(Option::as_ref) else { return };
        let label = line.label.as_ref();
        let row_measure = label.and_then(|label| label.measure);
        let unit = label.and_then(|label| label.unit.as_ref());
        let is_count = label.is_some_and(|label| label.is_count && label.measure.is_none());
        let Some(stated) = self.common.stated(column, row_measure, unit, is_count, cell) else { return };
        let named = self.name(line, column);
        let mut statement = stated.statement;
        statement.scope.splice(0..0, named.scope);
        if stated.is_doubtful {
            statement.label = self.common.heading(column);
            statement.under = self.under(lines, at, column, &statement.label);
            statement.decisions = self.reasons(line, column, Called::Column, &statement);
            self.statements.push(statement);
            return;
        }
        let is_amount = statement.facet == document::Facet::Amount;
        statement.under = self.under(lines, at, column, &named.label);
        // Numbers of things are no parts of an amount.
        if !is_count && !matches!(statement.quantity.unit(), Unit::Counter(_)) {
            statement.parent = if let Some(total) = self.total_of(column) {
                self.parent_of_fund(line.row, total, &named.label)
            } else if named.is_of_column {
                self.parent_of_column(lines, line, column)
            } else {
                self.parent_of_row(lines, line, column)
            };
        }
        statement.label = named.label;
        let called = if named.is_of_column { Called::Column } else { Called::Row };
        statement.decisions = self.reasons(line, column, called, &statement);
        let id = StatementId::from_index(self.statements.len());
        self.statements.push(statement);
        if is_amount {
            self.amounts.insert((line.row, column), id);
        }
    }

    /// Which cells decided about a figure.
    fn reasons(&self, line: &Line, column: usize, called: Called, statement: &Statement) -> Vec<Decision> {
        let label = line.label.as_ref();
        let cell = match called {
            Called::Row => label.map(|label| label.name.printed.clone()).unwrap_or_default(),
            _ => self.common.heading(column),
        };
        let whole =
            statement.parent.as_ref().and_then(|parent| self.statements.get(parent.statement?.index()));
        let beside = Beside {
            place: line.place.clone(),
            measure: label.and_then(|label| label.measure),
            has_unit: label.is_some_and(|label| label.unit.is_some()),
            called: if self.common.is_titled(&statement.label, &cell) { Called::Title } else { called },
            whole: whole.and_then(reason::label_of),
        };
        self.common.reasons(column, &beside, statement)
    }

    /// What a figure in a line and a column is of.
    fn name(&mut self, line: &Line, column: usize) -> Named {
        let item = self.items.get(column);
        // A fund's part of a total is of what the row is of, in the scope of the fund.
        let fund = item.filter(|_| self.total_of(column).is_some()).and_then(|item| item.name.clone());
        let bare = item.is_some_and(|item| item.is_bare) || fund.is_some();
        let own = item.and_then(|item| item.name.clone()).filter(|_| !bare);
        let limits = || self.common.title.limits.iter().cloned().collect::<Vec<_>>();
        let mut scope: Vec<String> = fund.map(|name| name.printed).into_iter().collect();
        scope.extend(line.qualifiers.iter().cloned());
        let of_row = |label: String, scope: Vec<String>| Named { label, scope, is_of_column: false };
        let of_column = |label: String, scope: Vec<String>| Named { label, scope, is_of_column: true };
        let subject = self.common.title.subject.as_ref().map(|name| name.printed.clone());
        match &line.label {
            // Rows that have no labels, or say nothing but a year.
            None => {
                let seen = self.unnamed.entry(column).or_default();
                *seen = seen.saturating_add(1);
                if *seen > 1 {
                    scope.push(format!("#{seen}"));
                }
                scope.extend(limits());
                let name = own.map(|name| name.printed).or(subject.filter(|_| bare));
                of_column(name.unwrap_or_else(|| self.common.heading(column)), scope)
            }
            Some(label) if label.measure.is_some() => {
                scope.extend(limits());
                let name = own.map(|name| name.printed).or(subject);
                of_column(name.unwrap_or_else(|| self.common.heading(column)), scope)
            }
            Some(label) if label.sum == Some(Sum::Total) => {
                scope.extend(limits());
                match own {
                    Some(name) => of_column(name.printed, scope),
                    None => {
                        let name = subject.unwrap_or_else(|| self.total(line, label));
                        of_row(name, scope)
                    }
                }
            }
            Some(label) => match own {
                Some(name) => {
                    if !self.is_department(label) {
                        scope.push(label.name.printed.clone());
                    }
                    of_column(name.printed, scope)
                }
                // 合计 of a unit, in a table of one thing.
                None if bare && !label.is_known && subject.is_some() && self.has_names() => {
                    if !self.is_department(label) {
                        scope.push(label.name.printed.clone());
                    }
                    of_column(subject.unwrap_or_default(), scope)
                }
                None => {
                    if !label.is_known || self.common.title.limits.is_some() {
                        scope.extend(limits());
                    }
                    of_row(label.name.printed.clone(), scope)
                }
            },
        }
    }

    /// Whether some columns have names that are neither sums nor funds.
    fn has_names(&self) -> bool {
        let mut items = self.items.iter().enumerate();
        items.any(|(at, item)| item.name.is_some() && !item.is_bare && self.total_of(at).is_none())
    }

    /// Whether a row is the document's own department.
    fn is_department(&self, label: &Label) -> bool {
        let name: String = label.name.key.iter().collect();
        self.department.as_ref().is_some_and(|own| *own == name)
    }

    /// 总计 on a side of income is 收入总计.
    fn total(&self, line: &Line, label: &Label) -> String {
        match &line.side {
            Some(side) if self.lexicon.is(Class::Grand, &label.name.key) => {
                side.chars().chain(label.name.key.iter().copied()).collect()
            }
            _ => label.name.printed.clone(),
        }
    }

    /// The column of the amount that a figure of this measure is said of, among some.
    fn amount_column(&self, column: usize, among: &[usize]) -> Option<usize> {
        let measure = |column: usize| self.table().columns.get(column).map(|column| column.measure);
        let own = measure(column)?;
        let is_amount = |it: &Measure| matches!(it.facet, None | Some(Facet::Amount));
        let same = |it: Measure| {
            is_amount(&it) && (it.when, it.basis, it.is_adjusted) == (own.when, own.basis, own.is_adjusted)
        };
        let mut exact = among.iter().copied().filter(|other| measure(*other).is_some_and(same));
        match (exact.next(), exact.next()) {
            (Some(only), None) => return Some(only),
            (Some(_), Some(_)) => return None,
            _ if is_amount(&own) => return None,
            _ => {}
        }
        let amounts = self.common.amounts().filter(|(other, _)| among.contains(other));
        let current = amounts.filter(|(_, it)| !self.common.is_prior(it.when));
        let current: Vec<(usize, Measure)> = current.collect();
        let actual = current.iter().filter(|(_, it)| it.basis == Some(Basis::Actual));
        match (current.as_slice(), actual.clone().count()) {
            ([only], _) => Some(only.0),
            (_, 1) => actual.map(|(at, _)| *at).next(),
            _ => None,
        }
    }

    fn breakdown(&mut self, row: usize, column: usize, is_of_column: bool) -> Breakdown {
        let next = &mut self.next;
        *self.breakdowns.entry((row, column, is_of_column)).or_insert_with(|| {
            *next = next.saturating_add(1);
            Breakdown(*next)
        })
    }

    /// The column of the total that a column is one fund's part of.
    fn total_of(&self, column: usize) -> Option<usize> {
        self.table().columns.get(column)?.total
    }

    fn parent_of_fund(&mut self, row: usize, total: usize, label: &str) -> Option<Parent> {
        let statement = self.amounts.get(&(row, total)).copied();
        let whole = statement.and_then(|id| self.statements.get(id.index()));
        let label = whole.map_or_else(|| label.to_owned(), |whole| whole.label.clone());
        Some(Parent { label, statement, breakdown: self.breakdown(row, total, true) })
    }

    fn parent_of_row(&mut self, lines: &[Line], line: &Line, column: usize) -> Option<Parent> {
        let whole = lines.get(line.parent?)?;
        let unnamed: Vec<usize> = (0..self.table().columns.len())
            .filter(|at| self.items.get(*at).is_some_and(|item| item.name.is_none() || item.is_bare))
            .filter(|at| {
                let side = |column: usize| self.table().columns.get(column).map(|column| column.side);
                let is_figures = self.table().columns.get(*at).is_some_and(|it| it.kind == Kind::Figures);
                is_figures && side(*at) == side(column)
            })
            .collect();
        let amount = self.amount_column(column, &unnamed)?;
        let statement = self.amounts.get(&(whole.row, amount)).copied();
        let label = match statement.and_then(|id| self.statements.get(id.index())) {
            Some(statement) => statement.label.clone(),
            None => whole.label.as_ref()?.name.printed.clone(),
        };
        let breakdown = self.breakdown(whole.row, amount, false);
        Some(Parent { label, statement, breakdown })
    }

    /// The row with the amounts that a line's figures are said of: itself, or where it is one of changes the only row
    /// of the own year in its basis.
    fn amount_row(&self, lines: &[Line], line: &Line) -> usize {
        let measure = |line: &Line| line.label.as_ref().and_then(|label| label.measure);
        let Some(own) = measure(line).filter(|own| own.is_change()) else { return line.row };
        let is_amount =
            |it: &Measure| matches!(it.facet, None | Some(Facet::Amount)) && !self.common.is_prior(it.when);
        let is_said = |it: &Measure| is_amount(it) && (own.basis.is_none() || it.basis == own.basis);
        let mut rows = lines.iter().filter(|line| measure(line).is_some_and(|it| is_said(&it)));
        match (rows.next(), rows.next()) {
            (Some(only), None) => only.row,
            _ => line.row,
        }
    }

    fn parent_of_column(&mut self, lines: &[Line], line: &Line, column: usize) -> Option<Parent> {
        let row = self.amount_row(lines, line);
        let item = self.items.get(column)?;
        let wholes = item.wholes.clone();
        let name = item.whole.clone()?;
        let amount = self.amount_column(column, &wholes);
        let statement = amount.and_then(|amount| self.amounts.get(&(row, amount)).copied());
        let breakdown = self.breakdown(row, amount.unwrap_or(column), true);
        let label = match statement.and_then(|id| self.statements.get(id.index())) {
            Some(statement) => statement.label.clone(),
            None => name.printed,
        };
        Some(Parent { label, statement, breakdown })
    }

    /// What a figure stands under: the rows above it, the headings, the captions.
    fn under(&self, lines: &[Line], at: usize, column: usize, label: &str) -> Vec<String> {
        let mut under: Vec<String> = Vec::new();
        let mut push = |words: &str| {
            if !words.is_empty() && words != label && !under.iter().any(|known| known == words) {
                under.push(words.to_owned());
            }
        };
        let mut next = lines.get(at);
        // A row has fewer rows above it than there are levels, and never itself.
        let mut left = lines.len();
        while let Some(line) = next.filter(|_| left > 0) {
            left = left.saturating_sub(1);
            if let Some(label) = line.label.as_ref().filter(|label| label.measure.is_none()) {
                push(&label.name.printed);
            }
            next = line.above.and_then(|above| lines.get(above)).filter(|above| above.row < line.row);
        }
        if let Some(item) = self.items.get(column) {
            item.chain.iter().rev().for_each(|name: &Name| push(&name.printed));
        }
        if let Some(side) = lines.get(at).and_then(|line| line.side.as_ref()) {
            push(side);
        }
        self.common.title.texts.iter().for_each(|text| push(text));
        under
    }
}

/// How many wholes a line is inside of.
fn depth(lines: &[Line], at: usize) -> usize {
    let mut depth = 0_usize;
    let mut line = lines.get(at);
    while let Some(parent) = line.and_then(|line| line.parent).filter(|_| depth < DEPTH) {
        (line, depth) = (lines.get(parent), depth.saturating_add(1));
    }
    depth
}
