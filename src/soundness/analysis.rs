//! The questions that an analysis asks, and how their answers are told apart.
//!
//! What is said of all documents (contradictory, implied, vacuous, bounds) rests on certificates over the linear rules. What is
//! said to be possible rests on a document, which was checked. Where a rule is outside the linear fragment, factors of its products
//! are set to numbers to find such a document: that can show what is possible, never what is not.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::answer::{Analysis, Answer, Consistency, End, FigureBounds, RuleAnswer, Unknown};
use super::linear::Variable;
use super::problem::{Meaning, Outside, Problem};
use super::proof::Certificate;
use super::shape::Shape;
use super::system::{Asked, Lowest, Premise, System};
use super::witness::Witness;
use super::world::{But, Others, Worlds};
use crate::quantity::Rational;
use crate::ruleset::{Rule, Severity};
use crate::{Outcome, Report, RuleSet, Verdict};

/// Analyses a rule set: whether its `must` rules can all be kept, and whether each rule says something that the others do not.
///
/// Rules are read as exact: a rounding allowance is not transitive, so nothing could be implied with it. A document is taken to
/// state every figure that the rules speak of, except those of which a rule asks whether they are stated (`stated(x)`, `x ?? 0`).
/// Breakdowns have up to three parts; a table has the rows that rules pick and two more, with two below the first where rules
/// speak of order. What rests on a rule about a list is not said of all documents.
///
/// ```
/// use gouji::RuleSet;
/// use gouji::soundness::{Answer, Consistency, analyse};
///
/// let rules = RuleSet::parse("a == b + c\nb == d + e\na == c + d + e")?;
/// let analysis = analyse(&rules);
/// let Answer::Implied(certificates) = analysis.rules()[2].answer() else { panic!("the first two say it") };
/// assert_eq!(certificates[0].rules(), ["#1", "#2"]);
/// assert!(certificates[0].verify());
///
/// let Consistency::Contradictory(sets) = analyse(&RuleSet::parse("x > 0\ny > 0\nx + y == 0 - 1")?).consistency().clone() else {
///     panic!("they contradict each other")
/// };
/// assert_eq!(sets[0].rules(), ["#1", "#2", "#3"]);
/// # Ok::<(), gouji::RuleSetError>(())
/// ```
pub fn analyse(rules: &RuleSet) -> Analysis {
    let mut analyst =
        Analyst { rules, worlds: Worlds::new(rules), contradictory: BTreeSet::new(), unkept: None };
    let contradictions = analyst.contradictions();
    let answers = (0..rules.rules().len()).map(|rule| analyst.rule(rule)).collect::<Vec<_>>();
    let consistency = match contradictions.is_empty() {
        false => Consistency::Contradictory(contradictions),
        true => analyst.consistency(),
    };
    let rules = rules.rules().iter().zip(answers).map(|(rule, answer)| RuleAnswer {
        rule: rule.name().to_owned(),
        severity: rule.severity(),
        location: rule.location(),
        title: rule.title.clone(),
        answer,
    });
    Analysis { consistency, rules: rules.collect(), bounds: analyst.bounds() }
}

/// The sets of `must` rules that cannot hold together, one for each that has no figure in common with another: of an analysis only
/// this, which is quick.
///
/// ```
/// use gouji::RuleSet;
/// use gouji::soundness::contradictions;
///
/// let sets = contradictions(&RuleSet::parse("x > 0\ny > 0\nx + y == 0 - 1")?);
/// assert_eq!(sets[0].rules(), ["#1", "#2", "#3"]);
/// assert!(contradictions(&RuleSet::parse("x > 0\ny > 0")?).is_empty());
/// # Ok::<(), gouji::RuleSetError>(())
/// ```
pub fn contradictions(rules: &RuleSet) -> Vec<Certificate> {
    let shape = Arc::new(Shape::new(rules));
    let problem = Problem::exact(&shape);
    let mut system = System::new(problem);
    (0..system.parts()).filter_map(|part| system.contradiction(part).ok()).collect()
}

struct Analyst<'r> {
    rules: &'r RuleSet,
    worlds: Worlds<'r>,
    /// The parts of the exact system whose `must` rules contradict each other.
    contradictory: BTreeSet<usize>,
    /// Why it is not known of some part whether its `must` rules can be kept.
    unkept: Option<Unknown>,
}

impl Analyst<'_> {
    /// The smallest sets of `must` rules that cannot hold together, one for each part.
    fn contradictions(&mut self) -> Vec<Certificate> {
        let mut found = Vec::new();
        for part in 0..self.worlds.exact.system.parts() {
            if self.worlds.exact.bases.get(part).is_some_and(Option::is_some) {
                continue;
            }
            match self.worlds.exact.system.contradiction(part) {
                Ok(contradiction) => {
                    self.contradictory.insert(part);
                    found.push(contradiction);
                }
                Err(reason) => self.unkept = self.unkept.or(Some(reason)),
            }
        }
        found
    }

    fn consistency(&mut self) -> Consistency {
        let keeps = |report: &Report| !report.outcomes().iter().any(is_broken_must);
        let witness = self.worlds.all().find_map(|world| world.document(None, &self.contradictory, &keeps));
        match witness {
            Some(witness) => Consistency::Consistent(Box::new(witness)),
            None => {
                let outside = self.outside().map(Unknown::Outside);
                Consistency::Unknown(self.unkept.or(outside).unwrap_or(Unknown::NoWitness))
            }
        }
    }

    /// Why the first rule that is outside the fragment is.
    fn outside(&self) -> Option<Outside> {
        self.worlds.exact.system.problem.outside.iter().find_map(|outside| *outside)
    }

    fn rule(&mut self, rule: usize) -> Answer {
        let outside = self.worlds.exact.system.problem.outside.get(rule).copied().flatten();
        let instances = self.worlds.exact.system.instances_of(rule);
        if instances
            .iter()
            .any(|instance| self.contradictory.contains(&self.worlds.exact.system.part_of(*instance)))
        {
            return Answer::Unknown(Unknown::Contradiction);
        }
        let vacuous = if outside.is_none() { self.vacuous(&instances) } else { Ok(None) };
        if let Ok(Some(certificates)) = vacuous {
            return Answer::Vacuous(certificates);
        }
        if let Some(witness) = self.falsified(rule, true) {
            return Answer::Falsifiable(Box::new(witness));
        }
        let implied = match outside {
            Some(outside) => Err(Unknown::Outside(outside)),
            None => {
                let certificates = instances.iter().map(|instance| self.implied(rule, *instance));
                certificates.collect::<Result<Vec<_>, _>>()
            }
        };
        match (implied, vacuous) {
            (Ok(certificates), _) if !certificates.is_empty() => Answer::Implied(certificates),
            (implied, vacuous) => match self.falsified(rule, false) {
                Some(witness) => Answer::Falsifiable(Box::new(witness)),
                None => {
                    let reason = implied.err().filter(|reason| *reason != Unknown::NoWitness);
                    Answer::Unknown(reason.or(vacuous.err()).unwrap_or(Unknown::NoWitness))
                }
            },
        }
    }

    /// That a rule never applies and holds beside the `must` rules, for each place where it runs; the reason, where only that is
    /// not known.
    fn vacuous(&mut self, instances: &[usize]) -> Result<Option<Vec<Certificate>>, Unknown> {
        let system = &mut self.worlds.exact.system;
        let mut certificates = Vec::new();
        for instance in instances {
            let part = system.part_of(*instance);
            let base = self.worlds.exact.bases.get(part).and_then(Option::as_ref);
            if base.is_some_and(|base| system.is_true(base, |problem| problem.holds(*instance))) {
                return Ok(None);
            }
            let mut premises = system.others(part, None, Others::Musts);
            premises.push(Premise::Holds(*instance));
            match system.ask(part, &premises) {
                Asked::Impossible(refuted) => {
                    let refuted = system.least(part, &[Premise::Holds(*instance)], refuted);
                    certificates.push(system.proved(part, &refuted)?);
                }
                Asked::Possible(_) => return Ok(None),
                Asked::Unknown => return Err(Unknown::Limit),
            }
        }
        Ok((!certificates.is_empty()).then_some(certificates))
    }

    /// A document that breaks a rule and no other; clearly, so that no rounding explains it.
    fn falsified(&mut self, rule: usize, is_clear: bool) -> Option<Witness> {
        let all = self.rules.rules();
        let own = all.get(rule)?;
        let breaks = |report: &Report| {
            let outcomes = report.outcomes();
            let is_own = |outcome: &&Outcome| outcome.rule() == own.name();
            outcomes.iter().filter(is_own).any(|outcome| outcome.verdict() == Verdict::Violated)
                && !outcomes.iter().filter(|outcome| !is_own(outcome)).any(is_broken_must)
        };
        for world in self.worlds.all() {
            for instance in world.system.instances_of(rule) {
                let part = world.system.part_of(instance);
                let ways: &[(But, Premise)] = match is_clear {
                    true => &[(But::Instance(instance), Premise::ClearlyBroken(instance))],
                    false => &[
                        (But::Rule(rule), Premise::ClearlyBroken(instance)),
                        (But::Rule(rule), Premise::Broken(instance)),
                    ],
                };
                for (but, broken) in ways {
                    let Some(premises) = world.system.most(part, Some(*but), &[*broken]) else { continue };
                    let Some(case) = world.system.case(part, &premises) else { continue };
                    if let Some(witness) = world.document(Some((part, &case)), &self.contradictory, &breaks) {
                        return Some(witness);
                    }
                }
            }
        }
        None
    }

    /// That a rule cannot fail in one place where the others hold.
    fn implied(&mut self, rule: usize, instance: usize) -> Result<Certificate, Unknown> {
        let others = match self.rules.rules().get(rule).map(Rule::severity) {
            Some(Severity::Error) => Others::Musts,
            _ => Others::All,
        };
        let system = &mut self.worlds.exact.system;
        let part = system.part_of(instance);
        let mut premises = system.others(part, Some(But::Rule(rule)), others);
        premises.push(Premise::Broken(instance));
        match system.ask(part, &premises) {
            Asked::Impossible(refuted) => {
                let refuted = system.least(part, &[Premise::Broken(instance)], refuted);
                system.proved(part, &refuted)
            }
            Asked::Possible(_) => Err(Unknown::NoWitness),
            Asked::Unknown => Err(Unknown::Limit),
        }
    }

    /// What the `must` rules say of each figure.
    fn bounds(&mut self) -> Vec<FigureBounds> {
        let problem = Arc::clone(&self.worlds.exact.system.problem);
        let mut bounds = Vec::new();
        for (position, meaning) in problem.meanings.iter().enumerate() {
            let Meaning::Figure(figure) = meaning else { continue };
            let variable = Variable::at(position);
            let Some((part, _)) = self.worlds.exact.system.layout.place(variable) else { continue };
            if self.contradictory.contains(&part) {
                continue;
            }
            let mut premises = self.worlds.exact.system.others(part, None, Others::Musts);
            premises.push(Premise::Stated(variable));
            let mut end = |sign: Rational| {
                let Lowest::At { value, is_attained, refuted } =
                    self.worlds.exact.system.lowest(part, &premises, variable, sign)
                else {
                    return None;
                };
                let certificate = self.worlds.exact.system.proved(part, &refuted).ok()?;
                Some(End { value: value.mul(sign)?, is_attained, certificate })
            };
            let (low, high) = (end(Rational::ONE), end(Rational::whole(-1)));
            if low.is_some() || high.is_some() {
                bounds.push(FigureBounds { figure: problem.shape.name(figure), low, high });
            }
        }
        bounds
    }
}

fn is_broken_must(outcome: &Outcome) -> bool {
    outcome.severity() == Severity::Error && outcome.verdict() == Verdict::Violated
}
