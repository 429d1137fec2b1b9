//! Why facts on the path to a case cannot all be true, while the search is still on its way.
//!
//! In: positions of facts on the path. Out: a [`Proof`] with the numbers that the checker gives to facts. A refutation may
//! outlive the cases it was found in: what it does not use is left out of the proof.

use std::ops::Range;
use std::rc::Rc;

use super::super::certificate::{DEPTH, FactId, PremiseId, Proof};
use super::super::simplex::Conflict;

/// Why some facts cannot all be true.
#[derive(Debug)]
pub(super) struct Refutation {
    step: Step,
    /// The facts it uses, in order, those that its own cases assume left out.
    uses: Vec<usize>,
    depth: usize,
}

#[derive(Debug)]
enum Step {
    Sum(Conflict),
    Clash(usize, usize),
    Cases { of: usize, branches: Vec<Branch> },
}

/// An alternative that is refuted.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    /// Where the facts of the alternative stood on the path.
    pub(super) facts: Range<usize>,
    pub(super) refutation: Rc<Refutation>,
}

impl Refutation {
    pub(super) fn sum(conflict: Conflict) -> Rc<Refutation> {
        let uses = sorted(conflict.iter().map(|(fact, _)| *fact).collect());
        Rc::new(Refutation { step: Step::Sum(conflict), uses, depth: 0 })
    }

    pub(super) fn clash(one: usize, other: usize) -> Rc<Refutation> {
        Rc::new(Refutation { step: Step::Clash(one, other), uses: sorted(vec![one, other]), depth: 0 })
    }

    pub(super) fn cases(of: usize, branches: Vec<Branch>) -> Rc<Refutation> {
        let mut uses = vec![of];
        let mut depth = 0;
        for branch in &branches {
            let outside = branch.refutation.uses.iter().filter(|fact| **fact < branch.facts.start);
            uses.extend(outside);
            depth = depth.max(branch.refutation.depth);
        }
        let depth = depth.saturating_add(1);
        Rc::new(Refutation { step: Step::Cases { of, branches }, uses: sorted(uses), depth })
    }

    /// Whether it uses a fact from some position on.
    pub(super) fn is_after(&self, position: usize) -> bool {
        self.uses.last().is_some_and(|last| *last >= position)
    }

    pub(super) fn is_too_deep(&self) -> bool {
        self.depth > DEPTH
    }

    /// The premises it uses and the proof from them, then from some facts beside them. Comes in: how many facts each premise is.
    pub(super) fn proof(
        &self,
        premises: impl Iterator<Item = (PremiseId, usize)>,
        beside: usize,
    ) -> Option<(Vec<PremiseId>, Proof)> {
        let (mut used, mut scopes) = (Vec::new(), Scopes::default());
        let mut start = 0_usize;
        for (premise, count) in premises {
            let facts = start..start.saturating_add(count);
            start = facts.end;
            if self
                .uses
                .get(self.uses.partition_point(|fact| *fact < facts.start))
                .is_some_and(|fact| *fact < facts.end)
            {
                used.push(premise);
                scopes.open(facts);
            }
        }
        scopes.open(start..start.saturating_add(beside));
        Some((used, self.numbered(&mut scopes)?))
    }

    /// Recursion is as deep as the proof: [`Refutation::is_too_deep`] ones are not asked for.
    fn numbered(&self, scopes: &mut Scopes) -> Option<Proof> {
        if self.is_too_deep() {
            return None;
        }
        Some(match &self.step {
            Step::Sum(conflict) => {
                let mut multiples = Vec::with_capacity(conflict.len());
                for (fact, multiple) in conflict {
                    multiples.push((scopes.number(*fact)?, multiple.to_big()));
                }
                multiples.sort_by_key(|(fact, _)| *fact);
                Proof::Sum(multiples)
            }
            Step::Clash(one, other) => Proof::Clash(scopes.number(*one)?, scopes.number(*other)?),
            Step::Cases { of, branches } => {
                let of = scopes.number(*of)?;
                let mut proofs = Vec::with_capacity(branches.len());
                for branch in branches {
                    scopes.open(branch.facts.clone());
                    proofs.push(branch.refutation.numbered(scopes)?);
                    scopes.close();
                }
                Proof::Cases { of, branches: proofs }
            }
        })
    }
}

/// Where the facts stood on the path, and which number the first of them has in the proof; inner ones hide outer ones.
#[derive(Default)]
struct Scopes {
    open: Vec<(Range<usize>, usize)>,
}

impl Scopes {
    fn open(&mut self, facts: Range<usize>) {
        let next = self.open.last().map_or(0, |(known, first)| first.saturating_add(known.len()));
        self.open.push((facts, next));
    }

    fn close(&mut self) {
        self.open.pop();
    }

    fn number(&self, fact: usize) -> Option<FactId> {
        let (facts, first) = self.open.iter().rev().find(|(facts, _)| facts.contains(&fact))?;
        Some(FactId(first.checked_add(fact.checked_sub(facts.start)?)?))
    }
}

fn sorted(mut facts: Vec<usize>) -> Vec<usize> {
    facts.sort_unstable();
    facts.dedup();
    facts
}
