use num_rational::BigRational;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::super::certificate::{FactId, Proof, falsehoods};
use super::super::linear::{Choice, Variable};
use super::*;

/// Of formulas that are tried with all small figures.
const FIGURES: usize = 3;
/// Of the examples.
const VARIABLES: usize = 4;
const CHOICES: usize = 2;

/// A formula over whole numbers, with its own meaning.
#[derive(Clone, Debug)]
enum Plain {
    Compare([i64; FIGURES], Relation, i64),
    Choice(usize, bool),
    And(Vec<Plain>),
    Or(Vec<Plain>),
}

impl Plain {
    fn formula(&self) -> Formula {
        match self {
            Plain::Compare(factors, relation, bound) => atom(factors, *relation, *bound),
            Plain::Choice(choice, is_made) => {
                Formula::Choice(Choice(u32::try_from(*choice).unwrap()), *is_made)
            }
            Plain::And(parts) => Formula::And(parts.iter().map(Plain::formula).collect()),
            Plain::Or(parts) => Formula::Or(parts.iter().map(Plain::formula).collect()),
        }
    }

    fn holds(&self, figures: &[i64], choices: &[bool]) -> bool {
        match self {
            Plain::Compare(factors, relation, bound) => {
                let sum: i64 = factors.iter().zip(figures).map(|(factor, figure)| factor * figure).sum();
                match relation {
                    Relation::Equal => sum == *bound,
                    Relation::AtMost => sum <= *bound,
                    Relation::Less => sum < *bound,
                }
            }
            Plain::Choice(choice, is_made) => choices[*choice] == *is_made,
            Plain::And(parts) => parts.iter().all(|part| part.holds(figures, choices)),
            Plain::Or(parts) => parts.iter().any(|part| part.holds(figures, choices)),
        }
    }
}

fn form(factors: &[i64]) -> Form {
    let terms = (0..).map(Variable).zip(factors.iter().map(|factor| Rational::whole((*factor).into())));
    Form::new(terms).unwrap()
}

fn atom(factors: &[i64], relation: Relation, bound: i64) -> Formula {
    Formula::Atom(Atom { form: form(factors), relation, bound: Rational::whole(bound.into()) })
}

fn equal(factors: &[i64], bound: i64) -> Formula {
    atom(factors, Relation::Equal, bound)
}

fn at_least(factors: &[i64], bound: i64) -> Formula {
    let opposite: Vec<i64> = factors.iter().map(|factor| -factor).collect();
    atom(&opposite, Relation::AtMost, -bound)
}

fn above(factors: &[i64], bound: i64) -> Formula {
    let opposite: Vec<i64> = factors.iter().map(|factor| -factor).collect();
    atom(&opposite, Relation::Less, -bound)
}

fn comparison() -> impl Strategy<Value = Plain> {
    let relation = prop_oneof![Just(Relation::Equal), Just(Relation::AtMost), Just(Relation::Less)];
    let factor = prop_oneof![2 => Just(0), 1 => -2..=2_i64];
    (proptest::array::uniform3(factor), relation, -4..=4_i64)
        .prop_map(|(factors, relation, bound)| Plain::Compare(factors, relation, bound))
}

fn plain() -> impl Strategy<Value = Plain> {
    let choice = (0..CHOICES, any::<bool>()).prop_map(|(choice, is_made)| Plain::Choice(choice, is_made));
    let leaf = prop_oneof![5 => comparison(), 1 => choice];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let parts = prop::collection::vec(inner, 0..=3);
        prop_oneof![1 => parts.clone().prop_map(Plain::And), 3 => parts.prop_map(Plain::Or)]
    })
}

/// Every document of small whole numbers that makes all true.
fn small_documents(premises: &[Plain]) -> impl Iterator<Item = [i64; FIGURES]> {
    let documents = (-4..=4).flat_map(|a| (-4..=4).flat_map(move |b| (-4..=4).map(move |c| [a, b, c])));
    documents.filter(|figures| {
        [[false, false], [false, true], [true, false], [true, true]]
            .iter()
            .any(|choices| premises.iter().all(|premise| premise.holds(figures, choices)))
    })
}

fn solver(premises: &[Formula]) -> (Solver, Vec<PremiseId>) {
    let mut solver = Solver::new(VARIABLES, CHOICES);
    let ids = premises.iter().map(|premise| solver.premise(premise.clone())).collect();
    (solver, ids)
}

/// The formulas that the proof of a certificate is about.
fn about<'f>(premises: &'f [Formula], certificate: &'f Certificate) -> Vec<&'f Formula> {
    let used = certificate.premises.iter().map(|id| &premises[id.0]);
    used.chain(&certificate.denied).collect()
}

fn satisfies(premises: &[&Formula], model: &Model) -> Result<(), TestCaseError> {
    let value = |Variable(variable): Variable| model.values[usize::try_from(variable).unwrap()];
    for indifferent in [false, true] {
        let made =
            |Choice(choice): Choice| model.choices[usize::try_from(choice).unwrap()].unwrap_or(indifferent);
        for premise in premises {
            prop_assert_eq!(premise.is_true(&value, &made), Some(true), "{:?} of {:?}", premise, model);
        }
    }
    for atom in &model.branch {
        prop_assert_eq!(atom.is_true(value), Some(true), "{:?} of {:?}", atom, model);
    }
    Ok(())
}

/// That the branch alone, with the choices, leaves no way for a premise to fail.
fn suffices(premises: &[Formula], model: &Model) -> Result<(), TestCaseError> {
    let mut assumed: Vec<Formula> = model.branch.iter().cloned().map(Formula::Atom).collect();
    for (choice, known) in (0..).zip(&model.choices) {
        assumed.extend(known.map(|is_made| Formula::Choice(Choice(choice), is_made)));
    }
    for premise in premises {
        let mut all = assumed.clone();
        all.push(premise.not().unwrap());
        let (mut solver, ids) = solver(&all);
        prop_assert!(matches!(solver.solve(&ids), Answer::Impossible(_)), "{:?} of {:?}", premise, model);
    }
    Ok(())
}

fn agrees(plain: &[Plain], goal: &[i64; FIGURES]) -> Result<(), TestCaseError> {
    let premises: Vec<Formula> = plain.iter().map(Plain::formula).collect();
    let (mut solver, ids) = solver(&premises);
    let all: Vec<&Formula> = premises.iter().collect();
    match solver.solve(&ids) {
        Answer::Possible(model) => {
            satisfies(&all, &model)?;
            suffices(&premises, &model)?;
        }
        Answer::Impossible(certificate) => {
            prop_assert_eq!(check(&about(&premises, &certificate), &certificate.proof), Ok(()));
            prop_assert_eq!(small_documents(plain).next(), None);
        }
        Answer::Unknown(limit) => prop_assert!(false, "{:?}", limit),
    }
    // Fewer premises are asked from where the last question ended.
    if let Some((_, fewer)) = ids.split_last() {
        match solver.solve(fewer) {
            Answer::Possible(model) => satisfies(&all[..fewer.len()], &model)?,
            Answer::Impossible(_) => prop_assert_eq!(small_documents(&plain[..fewer.len()]).next(), None),
            Answer::Unknown(limit) => prop_assert!(false, "{:?}", limit),
        }
    }
    let sum = |figures: [i64; FIGURES]| -> i64 {
        figures.iter().zip(goal).map(|(figure, factor)| figure * factor).sum()
    };
    match solver.least(&ids, &form(goal)) {
        Least::Impossible(_) => prop_assert_eq!(small_documents(plain).next(), None),
        Least::Unbounded => {
            let mut lower = premises.clone();
            lower.push(atom(goal, Relation::Less, -1_000_000));
            let (mut solver, ids) = self::solver(&lower);
            prop_assert!(matches!(solver.solve(&ids), Answer::Possible(_)));
        }
        Least::At { value, is_attained, certificate } => {
            prop_assert_eq!(check(&about(&premises, &certificate), &certificate.proof), Ok(()));
            prop_assert!(certificate.denied.is_some());
            for figures in small_documents(plain) {
                let known = Rational::whole(sum(figures).into());
                prop_assert!(if is_attained { value <= known } else { value < known }, "{:?}", figures);
            }
            // It is no lower than need be.
            let mut near = premises.clone();
            near.push(match is_attained {
                true => Formula::Atom(Atom { form: form(goal), relation: Relation::Equal, bound: value }),
                false => Formula::Atom(Atom {
                    form: form(goal),
                    relation: Relation::Less,
                    bound: value.add(Rational::new(1, 1_000).unwrap()).unwrap(),
                }),
            });
            let (mut solver, ids) = self::solver(&near);
            prop_assert!(matches!(solver.solve(&ids), Answer::Possible(_)));
        }
        Least::Unknown(limit) => prop_assert!(false, "{:?}", limit),
    }
    Ok(())
}

/// Changes one thing in a proof, so that it is provably broken; `None` where nothing of the kind can be changed.
fn corrupted(premises: &[&Formula], proof: &Proof, kind: u8, pick: usize) -> Option<Proof> {
    let mut known: Vec<Formula> = Vec::new();
    premises.iter().for_each(|premise| flat(premise, &mut known));
    corrupt(&mut known, proof, kind, pick)
}

fn flat(formula: &Formula, known: &mut Vec<Formula>) {
    match formula {
        Formula::And(parts) => parts.iter().for_each(|part| flat(part, known)),
        fact => known.push(fact.clone()),
    }
}

fn corrupt(known: &mut Vec<Formula>, proof: &Proof, kind: u8, pick: usize) -> Option<Proof> {
    let mut proof = proof.clone();
    match &mut proof {
        Proof::Cases { of, branches } => {
            if kind == 5 || branches.is_empty() {
                branches.pop()?;
                return Some(proof);
            }
            if kind == 6 {
                let other = FactId(pick % (known.len() + 1));
                let count = branches.len();
                if matches!(known.get(other.0), Some(Formula::Or(parts)) if parts.len() == count) {
                    return None;
                }
                *of = other;
                return Some(proof);
            }
            let Formula::Or(alternatives) = known[of.0].clone() else { return None };
            let branch = pick % branches.len();
            flat(&alternatives[branch], known);
            branches[branch] = corrupt(known, &branches[branch], kind, pick)?;
            Some(proof)
        }
        Proof::Clash(one, other) => {
            *one = *other;
            Some(proof)
        }
        Proof::Sum(multiples) => {
            let place = pick % multiples.len();
            let (fact, multiple) = multiples[place].clone();
            let Formula::Atom(Atom { form, .. }) = known[fact.0].clone() else { return None };
            let unit = BigRational::from_integer(1.into());
            if form.terms().is_empty() || multiple == BigRational::from_integer(0.into()) {
                return None;
            }
            match kind {
                0 => multiples[place].1 = &multiple + unit,
                1 => drop(multiples.remove(place)),
                2 => {
                    let other = FactId(pick % (known.len() + 1));
                    if matches!(known.get(other.0), Some(Formula::Atom(atom)) if atom.form == form) {
                        return None;
                    }
                    multiples[place].0 = other;
                }
                3 => multiples[place].1 = -multiple,
                // All of it turned around, which only equalities bear; then the bounds come to more than zero.
                4 => multiples.iter_mut().for_each(|(_, multiple)| *multiple = -multiple.clone()),
                _ => return None,
            }
            Some(proof)
        }
    }
}

fn config() -> ProptestConfig {
    let cases = ProptestConfig::default().cases.saturating_mul(8);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn conjunctions_are_decided_as_trying_small_figures_does(
        premises in prop::collection::vec(comparison(), 1..=8),
        goal in proptest::array::uniform3(-2..=2_i64),
    ) {
        agrees(&premises, &goal)?;
    }

    #[test]
    fn formulas_are_decided_as_trying_small_figures_does(
        premises in prop::collection::vec(plain(), 1..=6),
        goal in proptest::array::uniform3(-2..=2_i64),
    ) {
        agrees(&premises, &goal)?;
    }

    #[test]
    fn a_corrupted_certificate_is_refused(
        premises in prop::collection::vec(plain(), 4..=12),
        kind in 0..7_u8,
        pick in 0..1_000_usize,
    ) {
        let premises: Vec<Formula> = premises.iter().map(Plain::formula).collect();
        let (mut solver, ids) = solver(&premises);
        if let Answer::Impossible(certificate) = solver.solve(&ids) {
            let about = about(&premises, &certificate);
            if let Some(broken) = corrupted(&about, &certificate.proof, kind, pick) {
                prop_assert!(check(&about, &broken).is_err(), "{:?} of {:?}", broken, certificate);
            }
        }
    }
}

fn impossible(premises: &[Formula]) -> Certificate {
    let (mut solver, ids) = solver(premises);
    match solver.solve(&ids) {
        Answer::Impossible(certificate) => certificate,
        other => panic!("{other:?}"),
    }
}

fn possible(premises: &[Formula]) -> Model {
    let (mut solver, ids) = solver(premises);
    match solver.solve(&ids) {
        Answer::Possible(model) => model,
        other => panic!("{other:?}"),
    }
}

fn least(premises: &[Formula], goal: &[i64]) -> Option<(Rational, bool)> {
    let (mut solver, ids) = solver(premises);
    match solver.least(&ids, &form(goal)) {
        Least::At { value, is_attained, .. } => Some((value, is_attained)),
        Least::Unbounded => None,
        other => panic!("{other:?}"),
    }
}

fn whole(numbers: &[i128]) -> Vec<Rational> {
    numbers.iter().copied().map(Rational::whole).collect()
}

#[test]
fn three_rules_that_exclude_each_other_are_all_named_and_add_up() {
    let premises = [above(&[1], 0), above(&[0, 1], 0), equal(&[0, 0, 1], 7), equal(&[1, 1], -1)];
    let certificate = impossible(&premises);
    assert_eq!(certificate.premises, [PremiseId(0), PremiseId(1), PremiseId(3)]);
    let about = about(&premises, &certificate);
    let sums = falsehoods(&about, &certificate.proof);
    let [only] = sums.as_slice() else { panic!("{sums:?}") };
    let origins: Vec<_> =
        only.multiples.iter().map(|(origin, _, multiple)| (*origin, multiple.to_string())).collect();
    assert_eq!(origins, [(Some(0), "1".to_owned()), (Some(1), "1".to_owned()), (Some(2), "1".to_owned())]);
    assert_eq!(only.bound.to_string(), "-1");
}

#[test]
fn bounds_follow_through_sums() {
    let premises = [at_least(&[1], 1), atom(&[1, 1], Relation::AtMost, 10), at_least(&[0, 1], 6)];
    assert_eq!(least(&premises, &[1]), Some((Rational::whole(1), true)));
    assert_eq!(least(&premises, &[-1]), Some((Rational::whole(-4), true)));
    assert_eq!(least(&premises, &[0, 1]), Some((Rational::whole(6), true)));
    assert_eq!(least(&premises, &[0, -1]), Some((Rational::whole(-9), true)));
    assert_eq!(least(&premises, &[0, 0, 1]), None);
}

#[test]
fn an_implied_equality_has_no_violation() {
    let premises =
        [equal(&[1, -1, -1], 0), equal(&[0, 1, 0, -1], 0), equal(&[-1, 0, 1, 1], 0).not().unwrap()];
    let certificate = impossible(&premises);
    assert_eq!(certificate.premises, [PremiseId(0), PremiseId(1), PremiseId(2)]);
    assert!(matches!(certificate.proof, Proof::Cases { .. }));
}

#[test]
fn strict_bounds_are_kept_and_come_near() {
    assert_eq!(possible(&[above(&[1], 0)]).values, whole(&[1, 0, 0, 0]));
    let between = possible(&[above(&[1], 0), atom(&[1], Relation::Less, 1)]);
    assert_eq!(between.values.first(), Rational::new(1, 2).as_ref());
    assert_eq!(least(&[above(&[2], 3)], &[2]), Some((Rational::whole(3), false)));
    assert_eq!(impossible(&[above(&[1], 0), atom(&[1], Relation::AtMost, 0)]).premises.len(), 2);
}

#[test]
fn a_lower_case_is_found_after_a_higher_one() {
    let either =
        Formula::Or(vec![at_least(&[1], 5), Formula::And(vec![at_least(&[1], -3), equal(&[0, 1], 2)])]);
    assert_eq!(least(&[either], &[1]), Some((Rational::whole(-3), true)));
}

#[test]
fn alternatives_are_tried_in_the_order_written() {
    let or = |first: Formula, second: Formula| Formula::Or(vec![first, second]);
    assert_eq!(possible(&[or(equal(&[1], 3), equal(&[1], 0))]).values.first(), Some(&Rational::whole(3)));
    assert_eq!(possible(&[or(equal(&[1], 0), equal(&[1], 3))]).values.first(), Some(&Rational::ZERO));
}

#[test]
fn choices_are_made_once() {
    let made = |choice, is_made| Formula::Choice(Choice(choice), is_made);
    let premises = [made(0, true), Formula::Or(vec![made(0, false), made(1, true)]), made(1, false)];
    assert_eq!(impossible(&premises).premises.len(), 3);
    assert_eq!(possible(&premises[..2]).choices, [Some(true), Some(true)]);
    assert_eq!(possible(&[Formula::TRUE]).choices, [None, None]);
}

#[test]
fn a_refutation_that_uses_no_case_is_not_repeated_in_each() {
    let or = |bound: i64| Formula::Or((0..4).map(|more| equal(&[0, 0, 0, 1], bound + more)).collect());
    let hidden = Formula::Or(vec![
        Formula::And(vec![above(&[1], 0), above(&[0, 1], 0), equal(&[1, 1], -1)]),
        Formula::And(vec![above(&[1], 0), above(&[0, 1], 0), equal(&[1, 1], -2)]),
        Formula::FALSE,
        Formula::Or(Vec::new()),
    ]);
    let certificate = impossible(&[or(0), or(1), or(2), hidden]);
    assert_eq!(certificate.premises, [PremiseId(3)]);
}

#[test]
fn what_is_false_by_itself_needs_no_other() {
    assert_eq!(impossible(&[Formula::TRUE, equal(&[], 1)]).premises, [PremiseId(1)]);
    assert_eq!(impossible(&[equal(&[], -1)]).premises, [PremiseId(0)]);
    assert_eq!(impossible(&[atom(&[], Relation::Less, 0)]).premises, [PremiseId(0)]);
    assert_eq!(impossible(&[Formula::FALSE]).proof, Proof::Cases { of: FactId(0), branches: Vec::new() });
    possible(&[equal(&[], 0), atom(&[], Relation::AtMost, 0)]);
}

#[test]
fn too_many_cases_are_unknown() {
    // Nine figures, each one of eight: no two equal. Pigeons and holes have no short proof by cases.
    let figure = |position: usize| {
        let mut factors = vec![0; 9];
        factors[position] = 1;
        factors
    };
    let mut premises = Vec::new();
    for one in 0..9 {
        premises.push(Formula::Or((0..8).map(|hole| equal(&figure(one), hole)).collect()));
        for other in 0..one {
            let mut apart = figure(one);
            apart[other] = -1;
            premises.push(equal(&apart, 0).not().unwrap());
        }
    }
    let mut solver = Solver::new(9, 0);
    let ids: Vec<PremiseId> = premises.into_iter().map(|premise| solver.premise(premise)).collect();
    assert!(matches!(solver.solve(&ids), Answer::Unknown(Limit::Cases)));
}

#[test]
fn a_value_that_does_not_fit_is_unknown() {
    let large = Rational::whole(i128::MAX / 3);
    let bound = Formula::Atom(Atom { form: form(&[1]), relation: Relation::Equal, bound: large });
    let premises = [bound, equal(&[-100, 1], 0)];
    let (mut solver, ids) = solver(&premises);
    assert!(matches!(solver.solve(&ids), Answer::Unknown(Limit::Size)));
}

#[test]
fn many_ors_take_no_stack() {
    let made = |choice, is_made| Formula::Choice(Choice(choice), is_made);
    let count = 3_000;
    let mut solver = Solver::new(1, 3_000);
    let mut ids: Vec<PremiseId> = (1..count)
        .map(|next| solver.premise(Formula::Or(vec![made(next - 1, false), made(next, true)])))
        .collect();
    ids.push(solver.premise(made(0, true)));
    assert!(matches!(solver.solve(&ids), Answer::Possible(_)));
    ids.push(solver.premise(made(count - 1, false)));
    assert!(matches!(solver.solve(&ids), Answer::Unknown(Limit::Depth) | Answer::Impossible(_)));
}
