//! Which field each statement belongs to, and where the figures of a field are.
//!
//! Which field claims a statement is decided in [`super::claim`]; here the answers are kept and looked up, each in time
//! that does not grow with the document.

use std::collections::HashMap;

use super::claim::Claims;
use super::outcome::locate;
use super::prior::Own;
use super::table::Tables;
use crate::RuleSet;
use crate::document::{Basis, Cell, Document, Facet, Period, Row, RowId, Statement, StatementId, UnitFrom};
use crate::fold::fold_label;
use crate::quantity::Quantity;
use crate::ruleset::field::{Blank, FacetRef, Field, FieldId, FigureRef, Kind, SectionId, SectionKind};
use crate::source::Location;

/// Whose figure a statement is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Owner {
    Field(FieldId),
    /// Words that no field claims, with what they stand under: the same words elsewhere may mean another thing.
    Words {
        label: String,
        parent: Option<String>,
        under: Option<String>,
    },
}

/// A figure's owner and the unit, fund or row it speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Subject {
    pub(crate) owner: Owner,
    pub(crate) scope: Vec<String>,
}

/// What makes two statements the same figure, stated again.
///
/// The basis is the one printed: beside `年初预算为2.95万元` a bare `支出2.05万元` may well be the outturn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Identity {
    /// Among [`Binding::subjects`].
    pub(crate) subject: usize,
    pub(crate) period: Period,
    pub(crate) basis: Option<Basis>,
    pub(crate) facet: Facet,
    /// The whole it is a part of, where that is not of its field's own section: a part of the department's training
    /// is not the training.
    pub(crate) elsewhere: Option<String>,
}

/// A document's statements, by what they state.
#[derive(Debug)]
pub(crate) struct Binding<'a> {
    pub(crate) rules: &'a RuleSet,
    pub(crate) document: &'a Document,
    own: Own,
    subjects: Vec<Subject>,
    /// The subject of each statement, by position.
    subject_of: Vec<usize>,
    /// What each statement says, by position, in a unit that its field can have.
    quantities: Vec<Quantity>,
    statements_of: HashMap<Subject, Vec<StatementId>>,
    parts_of: HashMap<StatementId, Vec<StatementId>>,
    /// The scopes in which a field is stated, in the order of the text.
    scopes_of: HashMap<FieldId, Vec<Vec<String>>>,
    /// The latest period for which a stock section states an amount.
    latest: HashMap<(SectionId, Vec<String>), Period>,
    pub(crate) tables: Tables,
}

impl<'a> Binding<'a> {
    /// Some statements are of the document itself, the rest of last year's beside it.
    pub(crate) fn new(rules: &'a RuleSet, document: &'a Document, own: Own) -> Binding<'a> {
        let mut binding = Binding {
            rules,
            document,
            own,
            subjects: Vec::new(),
            subject_of: Vec::new(),
            quantities: Vec::new(),
            statements_of: HashMap::new(),
            parts_of: HashMap::new(),
            scopes_of: HashMap::new(),
            latest: HashMap::new(),
            tables: Tables::default(),
        };
        let claims = Claims::new(rules);
        binding.tables = Tables::new(rules, document, &claims);
        let mut positions: HashMap<Subject, usize> = HashMap::new();
        for (position, statement) in document.statements().iter().enumerate() {
            let id = StatementId::from_index(position);
            let whole = statement.parent.as_ref().and_then(|parent| parent.statement);
            let owner = match claims.field(statement, whole.and_then(|whole| binding.field_of(whole))) {
                Some(field) => Owner::Field(field),
                None => Owner::Words {
                    label: fold_label(&statement.label),
                    parent: statement.parent.as_ref().map(|parent| fold_label(&parent.label)),
                    under: statement.under.first().map(|under| fold_label(under)),
                },
            };
            let subject = Subject { owner, scope: statement.scope.clone() };
            let next = binding.subjects.len();
            let at = *positions.entry(subject.clone()).or_insert(next);
            if at == next {
                binding.subjects.push(subject.clone());
                if let Owner::Field(field) = subject.owner {
                    binding.scopes_of.entry(field).or_default().push(subject.scope.clone());
                }
            }
            // The dates of last year's document are not this one's.
            if statement.facet == Facet::Amount && binding.is_own(id) {
                binding.date(&subject, statement.period);
            }
            binding.subject_of.push(at);
            binding.quantities.push(binding.fitting(&subject.owner, statement));
            binding.statements_of.entry(subject).or_default().push(id);
            if let Some(whole) = whole {
                binding.parts_of.entry(whole).or_default().push(id);
            }
        }
        binding
    }

    /// A statement's quantity, without a unit that was said for the money around it and not for the figure itself.
    fn fitting(&self, owner: &Owner, statement: &Statement) -> Quantity {
        let kind = self.field(owner).and_then(Field::kind);
        let is_own = matches!(statement.facet, Facet::Amount | Facet::Delta(_));
        let is_other = is_own && kind.is_some_and(|kind| *kind != Kind::Money);
        if statement.unit_from == UnitFrom::Head && is_other {
            return statement.quantity.without_unit();
        }
        statement.quantity.clone()
    }

    /// Whether a statement is of the document itself, and not of last year's beside it.
    pub(crate) fn is_own(&self, id: StatementId) -> bool {
        id.index() < self.own.statements
    }

    /// What a statement says, in a unit that its field can have.
    pub(crate) fn quantity(&self, id: StatementId) -> Option<&Quantity> {
        self.quantities.get(id.index())
    }

    /// What makes a statement the figure that it is.
    pub(crate) fn identity(&self, id: StatementId) -> Option<Identity> {
        let statement = self.document.statement(id)?;
        let section = self.field_of(id).and_then(|field| field.section);
        let elsewhere = statement.parent.as_ref().filter(|parent| {
            let whole = parent.statement.and_then(|whole| self.field_of(whole));
            // What one word for a field is a part of, under another word for it, is not it stated again.
            let is_of_itself = whole.is_some() && whole == self.field_of(id);
            is_of_itself || section.is_none() || section != whole.and_then(|field| field.section)
        });
        Some(Identity {
            subject: self.subject_position(id),
            period: statement.period,
            // What last year's final accounts state is not what this year's budget calls the prior year's.
            basis: statement.basis.or_else(|| {
                let basis = self.basis(id);
                let owner = self.subjects.get(self.subject_position(id)).map(|subject| &subject.owner);
                (!self.is_own(id) && basis != self.own_basis(owner)).then_some(basis)
            }),
            facet: statement.facet,
            elsewhere: elsewhere.map(|parent| fold_label(&parent.label)),
        })
    }

    pub(crate) fn row(&self, id: RowId) -> Option<&'a Row> {
        self.document.rows().get(id.index())
    }

    /// The code and the name of a row; without them what its scope says.
    pub(crate) fn row_label(&self, id: RowId) -> String {
        let Some(row) = self.row(id) else { return String::new() };
        let words = self.tables.row_words(self.document, id);
        if words.is_empty() { row.scope.last().cloned().unwrap_or_default() } else { words.join(" ") }
    }

    /// The cells of columns of figures that say something which is no figure.
    pub(crate) fn unread_cells(&self) -> impl Iterator<Item = &Cell> {
        self.tables.unread(self.rules, self.document, |column, row| {
            let subject = Subject { owner: Owner::Field(column), scope: row.scope.clone() };
            !self.statements_of(&subject).is_empty()
        })
    }

    /// Where a cell stands; its row, where the row has no such cell.
    pub(crate) fn cell_location(&self, row: RowId, column: FieldId) -> Option<Location> {
        let cell = self.tables.cell(self.document, column, row).map(|cell| &cell.place);
        locate(self.document, cell.or_else(|| self.row(row).map(|row| &row.place))?)
    }

    /// Whether a cell is blank, in a table whose blank cells are zero, and the figure asked for is its amount.
    pub(crate) fn is_blank_zero(&self, figure: &FigureRef, column: FieldId, row: RowId) -> bool {
        let table = self.rules.table_of(column).and_then(|table| self.rules.section(table));
        let reads_zero = table.is_some_and(|table| table.kind == SectionKind::Table(Blank::Zero));
        reads_zero
            && figure.facet == FacetRef::Amount
            && self.tables.cell(self.document, column, row).is_none_or(Cell::is_blank)
            && self.row(row).is_some_and(|line| {
                let subject = Subject { owner: Owner::Field(column), scope: line.scope.clone() };
                let (period, basis) = (self.own_period(&subject), self.own_basis(Some(&subject.owner)));
                // A blank cell says nothing of another year or in the other basis.
                let is_own = figure.period.is_none_or(|asked| self.document.canonical(asked) == period)
                    && figure.basis.is_none_or(|asked| asked == basis);
                is_own
                    && !self.statements_of(&subject).iter().any(|id| {
                        self.document.statement(*id).is_some_and(|statement| {
                            statement.facet == Facet::Amount
                                && statement.period == period
                                && self.basis(*id) == basis
                        })
                    })
            })
    }

    /// Notes for which period a stock section states an amount.
    fn date(&mut self, subject: &Subject, period: Period) {
        let Some(section) = self.stock_section(&subject.owner) else { return };
        let key = (section, subject.scope.clone());
        let is_later = self.latest.get(&key).is_none_or(|known| self.order(*known) < self.order(period));
        if is_later {
            self.latest.insert(key, period);
        }
    }

    /// Everything the document speaks of, in the order of the text.
    pub(crate) fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// The position of a statement's subject among [`Binding::subjects`].
    pub(crate) fn subject_position(&self, id: StatementId) -> usize {
        self.subject_of.get(id.index()).copied().unwrap_or(usize::MAX)
    }

    pub(crate) fn statements_of(&self, subject: &Subject) -> &[StatementId] {
        self.statements_of.get(subject).map_or(&[], Vec::as_slice)
    }

    /// What is stated as a part of a statement, in any breakdown.
    pub(crate) fn parts_of(&self, id: StatementId) -> &[StatementId] {
        self.parts_of.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The field that claims a statement.
    pub(crate) fn field_of(&self, id: StatementId) -> Option<&'a Field> {
        let subject = self.subjects.get(self.subject_position(id))?;
        self.field(&subject.owner)
    }

    pub(crate) fn field(&self, owner: &Owner) -> Option<&'a Field> {
        match owner {
            Owner::Field(field) => self.rules.field(*field),
            Owner::Words { .. } => None,
        }
    }

    /// The section of an owner whose figures are as at a date.
    fn stock_section(&self, owner: &Owner) -> Option<SectionId> {
        let section = self.field(owner).and_then(|field| field.section)?;
        self.rules.section(section).filter(|known| known.kind == SectionKind::Stock).map(|_| section)
    }

    /// The scopes in which a field is stated, in the order of the text.
    pub(crate) fn scopes_of(&self, field: FieldId) -> &[Vec<String>] {
        self.scopes_of.get(&field).map_or(&[], Vec::as_slice)
    }

    /// Budget or actual: as the statement says, else as its document is. What is held at a date is actual.
    pub(crate) fn basis(&self, id: StatementId) -> Basis {
        let Some(statement) = self.document.statement(id) else { return self.document.kind().basis() };
        let owner = self.subjects.get(self.subject_position(id)).map(|subject| &subject.owner);
        let is_stock = || owner.is_some_and(|owner| self.stock_section(owner).is_some());
        statement.basis.unwrap_or_else(|| {
            if self.is_own(id) || is_stock() { self.own_basis(owner) } else { self.own.prior_basis }
        })
    }

    /// The basis that a plain name means.
    pub(crate) fn own_basis(&self, owner: Option<&Owner>) -> Basis {
        match owner.and_then(|owner| self.stock_section(owner)) {
            Some(_) => Basis::Actual,
            None => self.document.kind().basis(),
        }
    }

    /// The period that a plain name means: the document's own, or in a stock section the latest date stated there.
    pub(crate) fn own_period(&self, subject: &Subject) -> Period {
        let stated = self
            .stock_section(&subject.owner)
            .and_then(|section| self.latest.get(&(section, subject.scope.clone())));
        stated.copied().unwrap_or_default()
    }

    /// The period before the one that a plain name means.
    pub(crate) fn prior_period(&self, subject: &Subject) -> Period {
        let own = self.own_period(subject);
        let before = self.document.calendar_year(own).and_then(|year| year.checked_sub(1)).map(Period::Year);
        before.map_or(Period::Prior, |period| self.document.canonical(period))
    }

    /// A number that grows with time. Without a year of its own a document knows only its own and the prior year.
    fn order(&self, period: Period) -> i64 {
        match (self.document.calendar_year(period), period) {
            (Some(year), _) => i64::from(year),
            (None, Period::Current) => i64::from(i32::MAX),
            (None, _) => i64::from(i32::MAX).saturating_sub(1),
        }
    }
}
