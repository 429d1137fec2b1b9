//! Which words decided what a figure states, for who asks ([`crate::document::Decision`]).

use super::Walker;
use super::facet::Stated;
use super::focus::Subject;
use crate::document::{Aspect, Decision, Facet, Ground, Period, Statement, StatementId, UnitFrom};
use crate::read::phrase::Phrase;

/// Characters from and to.
pub(super) type At = (usize, usize);

impl Walker<'_> {
    /// What was decided about a statement that is being made.
    fn reasons(
        &self,
        phrase: &Phrase<'_>,
        stated: &Stated,
        subject: Option<(&Subject, Ground)>,
        statement: &Statement,
    ) -> Vec<Decision> {
        let of = subject.map(|(subject, _)| subject);
        let mut reasons = Vec::new();
        let mut decide = |about, is: String, by, at: Option<At>| {
            let words = at.map(|(start, end)| self.place(start, end));
            reasons.push(Decision { about, is, by, words });
        };
        let by = subject.map_or(Ground::Nothing, |(_, by)| by);
        decide(Aspect::Label, statement.label.clone(), by, of.map(|subject| subject.at));
        let change = phrase.change.map(|(_, start, end)| (start, end));
        let (by, at) = match (stated.facet, change.or(phrase.at.measure)) {
            (Facet::Amount, None) => (Ground::Nothing, None),
            (_, Some(at)) => (Ground::Beside, Some(at)),
            (_, None) => (Ground::Carried, None),
        };
        decide(Aspect::Facet, stated.facet.as_str().to_owned(), by, at);
        if let Facet::Delta(base) | Facet::Rate(base) = stated.facet {
            let (by, at) = match (phrase.at.against, self.focus.base_at) {
                (Some(at), _) => (Ground::Beside, Some(at)),
                (None, Some(at)) => (Ground::Carried, Some(at)),
                (None, None) => (Ground::Nothing, None),
            };
            decide(Aspect::Base, base.words().to_owned(), by, at);
        }
        let year = match statement.period {
            Period::Current => self.year.map(|year| year.to_string()),
            Period::Prior => self.year.and_then(|year| year.checked_sub(1)).map(|year| year.to_string()),
            Period::Year(year) => Some(year.to_string()),
        };
        let own = phrase.at.period.or(phrase.at.against.filter(|_| stated.aside.is_some()));
        let (by, at) = match (own, self.focus.period) {
            (Some(at), _) => (Ground::Beside, Some(at)),
            (None, Some(told)) => (told.by, Some(told.at)),
            (None, None) => (Ground::Document, None),
        };
        decide(Aspect::Period, year.unwrap_or_default(), by, at);
        let basis = statement.basis.unwrap_or_else(|| self.kind.basis());
        let carried = of.and_then(|subject| subject.basis_at);
        let (by, at) = match (statement.basis, phrase.at.basis, carried, self.heading_basis()) {
            (None, ..) => (Ground::Document, None),
            (Some(_), Some(at), ..) => (Ground::Beside, Some(at)),
            (Some(_), None, Some(at), _) => (Ground::Carried, Some(at)),
            (Some(_), None, None, Some(told)) => (told.by, Some(told.at)),
            (Some(_), None, None, None) => (Ground::Carried, None),
        };
        decide(Aspect::Basis, basis.as_str().to_owned(), by, at);
        let by = if statement.unit_from == UnitFrom::Head { Ground::Carried } else { Ground::Beside };
        decide(Aspect::Unit, statement.quantity.unit().to_string(), by, None);
        if let Some(parent) = &statement.parent {
            let opened = self.focus.list.as_ref().map(|list| list.at);
            let by = match (opened, phrase.whole) {
                (_, Some(_)) => Ground::Beside,
                (Some(_), None) => Ground::List,
                (None, None) if of.is_some_and(|subject| subject.is_summed) => Ground::Rules,
                (None, None) => Ground::List,
            };
            let whole = phrase.whole.map(|whole| (whole.start, whole.end));
            decide(Aspect::Parent, parent.label.clone(), by, whole.or(opened));
        }
        if !statement.scope.is_empty() {
            decide(Aspect::Scope, statement.scope.join(" "), Ground::Carried, None);
        }
        reasons
    }

    /// Adds a statement, and what was decided about it for who asks.
    pub(super) fn push_for(
        &mut self,
        phrase: &Phrase<'_>,
        stated: &Stated,
        subject: Option<(&Subject, Ground)>,
        statement: Statement,
    ) -> StatementId {
        let decisions = match self.is_asked {
            true => self.reasons(phrase, stated, subject, &statement),
            false => Vec::new(),
        };
        self.push(Statement { decisions, ..statement })
    }
}
