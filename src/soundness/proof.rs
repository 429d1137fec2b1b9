//! A certificate as its reader sees it: the rules it rests on, and the sums that come to a falsehood.
//!
//! In: formulas with what they are of, and a proof that the checker has accepted. Out: names, and sums. It never decides whether a
//! proof is one: that is [`super::certificate`]'s.

use std::fmt;

use super::certificate::{self, Proof};
use super::linear::{Formula, Relation};

/// A proof that some rules cannot be as they are asked to be, all at once.
///
/// It was verified before it was given: [`Certificate::verify`] does so again, with code that shares nothing with the search.
#[derive(Clone)]
pub struct Certificate {
    /// The names of the rules it rests on, in the order of the set.
    pub(super) rules: Vec<String>,
    pub(super) steps: Vec<Step>,
    pub(super) proof: Proof,
}

/// One thing that a certificate rests on.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) given: Given,
    pub(super) formula: Formula,
}

/// What a comparison in a sum is taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Given {
    /// The rule of a name, which is kept.
    Rule(String),
    /// The rule of a name, which is supposed to fail.
    Denied(String),
    /// What is true of any document: a figure that is not stated adds nothing, a size is not below zero.
    Document,
    /// What one case of several supposes.
    Case,
    /// A bound, which is supposed not to be one.
    Bound,
}

/// As English texts have it.
impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Given::Rule(rule) => f.write_str(rule),
            Given::Denied(rule) => write!(f, "not {rule}"),
            Given::Document => f.write_str("what is true of any document"),
            Given::Case => f.write_str("what the case assumes"),
            Given::Bound => f.write_str("the bound denied"),
        }
    }
}

/// Comparisons that add up to a falsehood: `1 × a + 1 × b: 0 < -1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    addends: Vec<(String, Given)>,
    is_strict: bool,
    bound: String,
}

impl Sum {
    /// The multiples, as fractions, and what each is a multiple of.
    pub fn addends(&self) -> impl Iterator<Item = (&str, &Given)> {
        self.addends.iter().map(|(multiple, given)| (multiple.as_str(), given))
    }

    /// What they come to: `0 < -1`.
    pub fn falsehood(&self) -> String {
        let relation = if self.is_strict { "<" } else { "<=" };
        format!("0 {relation} {}", self.bound)
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, (multiple, given)) in self.addends.iter().enumerate() {
            let sign = if position > 0 { " + " } else { "" };
            write!(f, "{sign}{multiple} × {given}")?;
        }
        write!(f, ": {}", self.falsehood())
    }
}

impl Certificate {
    /// The names of the rules that it rests on, in the order of the set; without the rule that it is about.
    pub fn rules(&self) -> &[String] {
        &self.rules
    }

    /// Verifies it again.
    pub fn verify(&self) -> bool {
        certificate::check(&self.premises(), &self.proof).is_ok()
    }

    /// The sums that are false, one for each case.
    pub fn sums(&self) -> Vec<Sum> {
        let given = |premise: Option<usize>| match premise {
            Some(premise) => self.steps.get(premise).map_or(Given::Document, |step| step.given.clone()),
            None => Given::Case,
        };
        let falsehoods = certificate::falsehoods(&self.premises(), &self.proof).into_iter();
        falsehoods
            .map(|falsehood| Sum {
                is_strict: falsehood.multiples.iter().any(|(_, atom, _)| atom.relation == Relation::Less),
                bound: falsehood.bound.to_string(),
                addends: falsehood
                    .multiples
                    .into_iter()
                    .map(|(premise, _, multiple)| (multiple.to_string(), given(premise)))
                    .collect(),
            })
            .collect()
    }

    fn premises(&self) -> Vec<&Formula> {
        self.steps.iter().map(|step| &step.formula).collect()
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sums: Vec<String> = self.sums().iter().map(Sum::to_string).collect();
        f.debug_struct("Certificate").field("rules", &self.rules).field("sums", &sums).finish()
    }
}
