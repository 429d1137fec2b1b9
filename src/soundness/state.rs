//! What a document states: which figures, which rows, and what follows from the one for the other.
//!
//! In: figures as rules ask for them. Out: formulas that say that the document states them, and axioms that hold of any document.

use super::figure::{Decision, Figure, Line, Of};
use super::linear::{Choice, Formula, Relation, Variable};
use super::problem::Problem;
use super::sums::Linear;
use crate::document::{Basis, DocumentKind};
use crate::ruleset::field::{FacetRef, SectionId};

impl Problem<'_> {
    /// What a document that does one thing has to do besides.
    pub(super) fn conditions(&mut self, choice: Choice, decision: &Decision) {
        // A document that lists a second part lists a first.
        if let Decision::Lists(whole, position) = decision {
            if let Some(before) = position.checked_sub(1) {
                let before = self.choice(Decision::Lists(whole.clone(), before));
                self.axioms
                    .push(Formula::or([Formula::Choice(choice, false), Formula::Choice(before, true)]));
            }
            let stated = self.is_stated(whole);
            if stated != Formula::TRUE {
                self.axioms.push(Formula::or([Formula::Choice(choice, false), stated]));
            }
        }
        if let Decision::StatesOfParts(whole, _) = decision {
            let first = self.choice(Decision::Lists(whole.clone(), 0));
            self.axioms.push(Formula::or([Formula::Choice(choice, false), Formula::Choice(first, true)]));
        }
    }

    /// That the document has a row.
    pub(super) fn has_line(&mut self, table: SectionId, line: &Line) -> Formula {
        let decision = Decision::HasLine(table, line.clone());
        if self.shape.is_optional(&decision) {
            Formula::Choice(self.choice(decision), true)
        } else {
            Formula::TRUE
        }
    }

    /// That the document states a figure.
    pub(super) fn is_stated(&mut self, figure: &Figure) -> Formula {
        match &figure.of {
            Of::Part { whole, position } => {
                let listed =
                    Formula::Choice(self.choice(Decision::Lists((**whole).clone(), *position)), true);
                if figure.facet == FacetRef::Amount {
                    return listed;
                }
                let states = self.choice(Decision::StatesOfParts((**whole).clone(), figure.facet));
                Formula::and([listed, Formula::Choice(states, true)])
            }
            Of::Cell { column, line } => {
                let has_line = match self.shape.rules.table_of(*column) {
                    Some(table) => self.has_line(table, line),
                    None => Formula::TRUE,
                };
                Formula::and([has_line, self.states(figure)])
            }
            Of::Field(_) | Of::Unclaimed(_) | Of::Year => self.states(figure),
        }
    }

    fn states(&mut self, figure: &Figure) -> Formula {
        let decision = Decision::States(figure.clone());
        if self.shape.is_optional(&decision) {
            Formula::Choice(self.choice(decision), true)
        } else {
            Formula::TRUE
        }
    }

    /// That a figure has a value: it is stated, or a blank cell that counts as zero.
    pub(super) fn has_value(&mut self, figure: &Figure) -> Formula {
        match &figure.of {
            Of::Cell { column, line }
                if figure.is_own_amount() && self.shape.reads_blank_as_zero(*column) =>
            {
                match self.shape.rules.table_of(*column) {
                    Some(table) => self.has_line(table, line),
                    None => Formula::TRUE,
                }
            }
            _ => self.is_stated(figure),
        }
    }

    /// A document is of one kind.
    pub(super) fn tell_kinds(&mut self) {
        let kinds = [DocumentKind::Budget, DocumentKind::Actual, DocumentKind::Execution];
        let is = kinds.map(|kind| self.choice(Decision::Is(kind)));
        self.axioms.push(Formula::or(is.map(|choice| Formula::Choice(choice, true))));
        for (position, one) in is.iter().enumerate() {
            for other in is.iter().skip(position.saturating_add(1)) {
                let not_both = [Formula::Choice(*one, false), Formula::Choice(*other, false)];
                self.axioms.push(Formula::or(not_both));
            }
        }
    }

    pub(super) fn is_of_kind(&mut self, kind: DocumentKind) -> Formula {
        if self.shape.tells_kinds {
            return Formula::Choice(self.choice(Decision::Is(kind)), true);
        }
        if kind == DocumentKind::Budget { Formula::TRUE } else { Formula::FALSE }
    }

    /// In a budget the plain figure is the budgeted one, in final accounts the actual one.
    pub(super) fn link_bases(&mut self, figure: &Figure, variable: Variable) {
        if !self.shape.tells_kinds {
            return;
        }
        let is_stock = match figure.of {
            Of::Field(field) => self.shape.is_stock(field),
            _ => false,
        };
        for basis in [Basis::Budget, Basis::Actual] {
            let other = match figure.basis {
                None => Figure { basis: Some(basis), ..figure.clone() },
                Some(own) if own == basis => Figure { basis: None, ..figure.clone() },
                Some(_) => continue,
            };
            let Some(known) = self.known(&other) else { continue };
            let is_budget = self.is_of_kind(DocumentKind::Budget);
            let is_of_other_basis = match (is_stock, basis) {
                (true, Basis::Actual) => Formula::FALSE,
                (true, Basis::Budget) => continue,
                (false, Basis::Actual) => is_budget,
                (false, Basis::Budget) => is_budget.not().unwrap_or(Formula::TRUE),
            };
            let Ok(difference) = Linear::of(variable).sub(&Linear::of(known)) else { continue };
            let Ok(same) = difference.atom(Relation::Equal) else { continue };
            self.axioms.push(Formula::or([is_of_other_basis.clone(), same]));
            // One of them stated is the other stated.
            let (one, two) = (self.is_stated(figure), self.is_stated(&other));
            if let Some((not_one, not_two)) = one.not().zip(two.not())
                && one != two
            {
                let alike = Formula::or([Formula::and([one, two]), Formula::and([not_one, not_two])]);
                self.axioms.push(Formula::or([is_of_other_basis, alike]));
            }
        }
    }
}
