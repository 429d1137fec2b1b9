//! Last year's document beside this one.
//!
//! What it states for its own year becomes, in one document with this one, what the prior year is said to be: rules that
//! ask for `x@prior` find it there, and the check of restated figures holds both against each other, with both places.

use crate::document::{
    Basis, Breakdown, Context, Document, DocumentBuilder, Parent, Period, Statement, StatementId,
};
use crate::source::{Place, SourceId};

/// Which statements of a joint document are of the document itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own {
    /// The first so many.
    pub(super) statements: usize,
    /// The basis of a figure of the prior document that names none.
    pub(super) prior_basis: Basis,
}

impl Own {
    /// All of them.
    pub(super) fn all(document: &Document) -> Own {
        Own { statements: document.statements().len(), prior_basis: document.kind().basis() }
    }
}

/// Two documents as one: the statements of this year first.
pub(super) fn join(document: &Document, prior: &Document) -> (Document, Own) {
    let own = Own { statements: document.statements().len(), prior_basis: prior.kind().basis() };
    let mut builder = DocumentBuilder::from(document.clone());
    let sources: Vec<SourceId> =
        prior.sources().iter().map(|source| builder.source(std::sync::Arc::clone(source))).collect();
    // Which statement of the prior document became which of the joint one.
    let mut moved: Vec<Option<StatementId>> = Vec::new();
    for statement in prior.statements() {
        let joined = period(document, prior, statement.period).and_then(|period| {
            let place = relocated(&statement.place, &sources)?;
            let parent = statement.parent.as_ref().map(|parent| Parent {
                statement: parent.statement.and_then(|whole| moved.get(whole.index()).copied().flatten()),
                // Breakdowns of two documents are not one.
                breakdown: Breakdown(parent.breakdown.0.saturating_add(1 << 30)),
                ..parent.clone()
            });
            let context = match statement.context {
                Context::Table(table) => Context::Table(table.saturating_add(1 << 30)),
                Context::Prose => Context::Prose,
            };
            builder.statement(Statement { period, place, parent, context, ..statement.clone() }).ok()
        });
        moved.push(joined);
    }
    (builder.build(), own)
}

/// A period of the prior document as this one sees it; `None` where neither says its year and it cannot be told.
fn period(document: &Document, prior: &Document, period: Period) -> Option<Period> {
    let own = document.year().or_else(|| prior.year()?.checked_add(1));
    let before = prior.year().or_else(|| own?.checked_sub(1));
    match (period, before, document.year()) {
        (Period::Year(year), ..) => Some(Period::Year(year)),
        (Period::Current, _, None) => Some(Period::Prior),
        (Period::Current, Some(year), Some(_)) => Some(Period::Year(year)),
        (Period::Prior, Some(year), _) => year.checked_sub(1).map(Period::Year),
        _ => None,
    }
}

fn relocated(place: &Place, sources: &[SourceId]) -> Option<Place> {
    let (source, _) = place.in_text();
    Some(place.in_source(*sources.get(source.index())?))
}
