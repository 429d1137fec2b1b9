//! Which field each statement belongs to, and where the figures of a field are.
//!
//! Which field claims a statement is decided in [`super::claim`]; here the answers are kept and looked up, each in time
//! that does not grow with the document.

use std::collections::HashMap;

use super::claim::Claims;
use crate::RuleSet;
use crate::document::{Basis, Document, Facet, Period, Statement, StatementId, UnitFrom};
use crate::fold::fold_label;
use crate::quantity::Quantity;
use crate::ruleset::field::{Field, FieldId, Kind, SectionId};

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
}

impl<'a> Binding<'a> {
    pub(crate) fn new(rules: &'a RuleSet, document: &'a Document) -> Binding<'a> {
        let mut binding = Binding {
            rules,
            document,
            subjects: Vec::new(),
            subject_of: Vec::new(),
            quantities: Vec::new(),
            statements_of: HashMap::new(),
            parts_of: HashMap::new(),
            scopes_of: HashMap::new(),
            latest: HashMap::new(),
        };
        let claims = Claims::new(rules);
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
            if statement.facet == Facet::Amount {
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
            basis: statement.basis,
            facet: statement.facet,
            elsewhere: elsewhere.map(|parent| fold_label(&parent.label)),
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
        self.rules.section(section).filter(|known| known.is_stock).map(|_| section)
    }

    /// The scopes in which a field is stated, in the order of the text.
    pub(crate) fn scopes_of(&self, field: FieldId) -> &[Vec<String>] {
        self.scopes_of.get(&field).map_or(&[], Vec::as_slice)
    }

    /// Budget or actual: as the statement says, else as its document is. What is held at a date is actual.
    pub(crate) fn basis(&self, id: StatementId) -> Basis {
        let Some(statement) = self.document.statement(id) else { return self.document.kind().basis() };
        let owner = self.subjects.get(self.subject_position(id)).map(|subject| &subject.owner);
        statement.basis.unwrap_or_else(|| self.own_basis(owner))
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
