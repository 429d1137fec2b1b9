//! Random documents that keep a rule set, or break one rule of it.
//!
//! In: a [`RuleSet`]. Out: documents, each from a number: a case of the rules is taken for each part, and its figures are moved about
//! as far as the comparisons of the case allow. So every rule of the fragment is kept, or broken, by construction.

use std::sync::Arc;

use super::figure::Decision;
use super::linear::{Choice, Variable};
use super::problem::{Meaning, Problem};
use super::space::{Range, Space, floor};
use super::system::{Layout, Premise, System};
use super::witness::{Print, Witness};
use super::world::{But, Case, Others, World, Worlds, compose};
use crate::RuleSet;
use crate::quantity::Rational;
use crate::ruleset::Kind;

/// Cases kept of each part.
const CASES: usize = 12;

/// Cases of each way in which a rule is broken, or applies, beside the plain one.
const RULE_CASES: usize = 2;

/// Cases of a rule set to make documents of.
pub(crate) struct Pool<'r> {
    problem: Arc<Problem<'r>>,
    layout: Arc<Layout>,
    /// By part.
    cases: Vec<Vec<Movable>>,
}

/// A case, with where its figures may go.
#[derive(Clone)]
struct Movable {
    case: Case,
    space: Space,
}

/// What random documents of a rule set are made of.
pub(crate) struct Pools<'r> {
    rules: &'r RuleSet,
    worlds: Worlds<'r>,
}

impl<'r> Pools<'r> {
    pub(crate) fn new(rules: &'r RuleSet) -> Pools<'r> {
        Pools { rules, worlds: Worlds::new(rules) }
    }

    /// Documents that keep all rules; nothing where rules contradict each other.
    pub(crate) fn keeping(&mut self) -> Vec<Pool<'r>> {
        let mut pools = Vec::new();
        for world in self.worlds.all() {
            let cases: Vec<Vec<Case>> = (0..world.system.parts()).map(|part| kept(world, part)).collect();
            pools.extend(Pool::new(world, cases));
        }
        pools
    }

    /// Documents that break one rule clearly and keep all others; where there are none, all other `must` rules.
    pub(crate) fn breaking(&mut self, rule: &str) -> Vec<Pool<'r>> {
        let Some(rule) = self.rules.rules().iter().position(|known| known.name() == rule) else {
            return Vec::new();
        };
        self.first(rule, |world, instance| {
            let part = world.system.part_of(instance);
            let modest: Vec<Premise> = world.system.modest(part).collect();
            // Too little and too much are both broken, and so is what is nearly right.
            let ways = [
                Premise::ClearlyBroken(instance),
                Premise::BrokenOtherwise(instance),
                Premise::JustBroken(instance),
            ];
            let cases = ways.into_iter().flat_map(|broken| {
                let asked: Vec<Premise> = modest.iter().copied().chain([broken]).collect();
                let premises = world.system.most(part, Some(But::Instance(instance)), &asked);
                premises.map_or(Vec::new(), |premises| various(world, instance, &premises))
            });
            cases.collect()
        })
    }

    /// Documents that keep all rules, and to which one rule applies.
    pub(crate) fn applying(&mut self, rule: &str) -> Vec<Pool<'r>> {
        let Some(rule) = self.rules.rules().iter().position(|known| known.name() == rule) else {
            return Vec::new();
        };
        self.first(rule, |world, instance| {
            let part = world.system.part_of(instance);
            let kept: Vec<Premise> =
                world.system.modest(part).chain(world.system.others(part, None, Others::All)).collect();
            let ways = [Premise::Holds(instance), Premise::JustHolds(instance)];
            let cases = ways.into_iter().flat_map(|holds| {
                let premises: Vec<Premise> = kept.iter().copied().chain([holds]).collect();
                various(world, instance, &premises)
            });
            cases.collect()
        })
    }

    /// Documents of the first world and the first place in which there are cases of a rule; what it has nothing to do with is as
    /// in the world's base.
    fn first(
        &mut self,
        rule: usize,
        mut cases: impl FnMut(&mut World<'r>, usize) -> Vec<Case>,
    ) -> Vec<Pool<'r>> {
        for world in self.worlds.all() {
            for instance in world.system.instances_of(rule) {
                let own = cases(world, instance);
                let mut all: Vec<Vec<Case>> =
                    world.bases.iter().map(|base| base.iter().cloned().collect()).collect();
                let part = world.system.part_of(instance);
                all.get_mut(part).into_iter().for_each(|known| known.clone_from(&own));
                if let Some(pool) = Pool::new(world, all) {
                    return vec![pool];
                }
            }
        }
        Vec::new()
    }
}

/// Numbers that look random, from a seed: splitmix64 (Steele, Lea, Flood 2014).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut next = self.0;
        next = (next ^ (next >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        next = (next ^ (next >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        next ^ (next >> 31)
    }

    /// A number below another, which is above zero.
    fn below(&mut self, end: u64) -> u64 {
        self.roll().checked_rem(end).unwrap_or(0)
    }

    fn is_one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let position = self.below(u64::try_from(from.len()).ok()?);
        from.get(usize::try_from(position).ok()?)
    }
}

impl<'r> Pool<'r> {
    fn new(world: &World<'r>, cases: Vec<Vec<Case>>) -> Option<Pool<'r>> {
        let System { problem, layout, .. } = &world.system;
        let mut movable = Vec::new();
        for (part, cases) in cases.into_iter().enumerate() {
            let amounts: Vec<Variable> = own(layout, part)
                .filter(|(_, variable)| problem.is_amount(*variable))
                .map(|(own, _)| own)
                .collect();
            let of_part = cases.into_iter().filter_map(|case| {
                let mut space = world.system.space(part, &case)?;
                // What is an amount, and not below zero, stays so.
                amounts.iter().try_for_each(|own| space.keep_above_zero(*own))?;
                Some(Movable { case, space })
            });
            let of_part: Vec<Movable> = of_part.collect();
            if of_part.is_empty() {
                return None;
            }
            movable.push(of_part);
        }
        Some(Pool { problem: Arc::clone(problem), layout: Arc::clone(layout), cases: movable })
    }

    /// How many figures may be moved at most.
    pub(crate) fn moves(&self) -> usize {
        let most = |cases: &Vec<Movable>| cases.iter().map(|case| case.space.free().len()).max().unwrap_or(0);
        self.cases.iter().map(most).sum()
    }

    /// A document of a seed, with so many figures moved; none where a figure cannot be printed.
    pub(crate) fn draw(&self, seed: u64, moves: usize) -> Option<Witness> {
        let mut dice = Dice::new(seed);
        let mut left = moves;
        let mut drawn: Vec<Case> = Vec::new();
        for (part, cases) in self.cases.iter().enumerate() {
            let Movable { mut case, mut space } = dice.pick(cases)?.clone();
            let variables = self.layout.variables(part);
            let mut order = space.free().to_vec();
            shuffle(&mut order, &mut dice);
            for own in order.into_iter().take(left) {
                left = left.saturating_sub(1);
                let Some(variable) = variables.get(own.index()) else { continue };
                self.shift(&mut space, own, *variable, &mut dice);
            }
            space.follow()?;
            case.values = space.into_values();
            drawn.push(case);
        }
        compose(&self.problem, &self.layout, &|part| drawn.get(part), Print::Plain)
    }

    /// Moves a figure to another value that its case allows.
    fn shift(&self, space: &mut Space, own: Variable, variable: Variable, dice: &mut Dice) -> Option<()> {
        let range = space.range(own)?;
        let kind = match self.problem.meaning(variable)? {
            Meaning::Figure(figure) => self.problem.shape.kind(figure),
            Meaning::Derived(_) => return None,
        };
        let unit = match kind {
            Some(Kind::Money) | None => Rational::new(1, 100)?,
            Some(Kind::Rate) => Rational::new(1, 10_000)?,
            _ => Rational::ONE,
        };
        let step = space.step(own, unit)?;
        let target = likely(kind.as_ref(), dice)?;
        let target =
            if self.problem.is_amount(variable) || dice.is_one_in(2) { target } else { target.neg()? };
        let value = within(&range, target, step, dice)?;
        space.set(own, value);
        Some(())
    }
}

/// Cases of a part that keep all its rules: each with other figures that count, and other things left out. Each rule applies in
/// one of them, where it can.
fn kept(world: &mut World<'_>, part: usize) -> Vec<Case> {
    let system = &mut world.system;
    let premises: Vec<Premise> = system.modest(part).chain(system.others(part, None, Others::All)).collect();
    let mut cases: Vec<Case> = system.case(part, &premises).into_iter().collect();
    if cases.is_empty() {
        return cases;
    }
    let mut dice = Dice::new(u64::try_from(part).unwrap_or(0));
    for _ in 0..CASES {
        let wishes = wishes(system, part, &[], &mut dice);
        cases.extend(wished(system, part, &premises, &wishes));
    }
    let mut seen: Vec<usize> = Vec::new();
    for instance in system.instances(part).to_vec() {
        let rule = system.problem.instances.get(instance).map_or(usize::MAX, |instance| instance.rule);
        let holds = |case: &Case| system.is_true(case, |problem| problem.holds(instance));
        if !seen.contains(&rule) && !cases.iter().any(holds) {
            let asked: Vec<Premise> = premises.iter().copied().chain([Premise::Holds(instance)]).collect();
            let wishes = wishes(system, part, &[], &mut dice);
            cases.extend(wished(system, part, &asked, &wishes));
        }
        seen.push(rule);
    }
    cases
}

/// Cases of premises about an instance that are unlike; in the later ones its own figures are not zero, where that can be.
fn various(world: &mut World<'_>, instance: usize, premises: &[Premise]) -> Vec<Case> {
    let system = &mut world.system;
    let part = system.part_of(instance);
    let mut cases: Vec<Case> = system.case(part, premises).into_iter().collect();
    if cases.is_empty() {
        return cases;
    }
    // Those of the condition come after those of the guards, and count for more.
    let figures =
        system.problem.instances.get(instance).map_or(&[][..], |instance| instance.figures.as_slice());
    let own: Vec<Variable> = figures.iter().rev().copied().collect();
    let mut dice = Dice::new(u64::try_from(instance).unwrap_or(0));
    for _ in 0..RULE_CASES {
        let wishes = wishes(system, part, &own, &mut dice);
        cases.extend(wished(system, part, premises, &wishes));
    }
    cases
}

/// A case of premises with as many wishes as can be had: half of them, until they can.
fn wished(system: &mut System<'_>, part: usize, premises: &[Premise], wishes: &[Premise]) -> Option<Case> {
    let mut taken = wishes.len();
    loop {
        let asked: Vec<Premise> =
            premises.iter().copied().chain(wishes.iter().take(taken).copied()).collect();
        match system.case(part, &asked) {
            None if taken > 0 => taken = taken.checked_div(2)?,
            case => return case,
        }
    }
}

/// Figures that are not to be zero, things to state and to leave out; some figures first.
fn wishes(system: &System<'_>, part: usize, first: &[Variable], dice: &mut Dice) -> Vec<Premise> {
    let System { problem, layout, .. } = system;
    let mut wishes = Vec::new();
    for (_, variable) in own(layout, part) {
        if matches!(problem.meaning(variable), Some(Meaning::Figure(_))) && dice.is_one_in(2) {
            wishes.push(Premise::Counts(variable, problem.is_amount(variable) || dice.is_one_in(2)));
        }
    }
    let is_settled = |choice: &&Choice| problem.modesty.iter().any(|(known, _)| known == *choice);
    for choice in layout.choices(part).iter().filter(|choice| !is_settled(choice)) {
        let is_made = match problem.decisions.get(choice.index()) {
            Some(Decision::Is(_)) => dice.is_one_in(8).then_some(true),
            // Now and then, one amount has parts.
            Some(Decision::Lists(_, 0)) => Some(dice.is_one_in(12)),
            Some(_) => dice.is_one_in(2).then(|| !dice.is_one_in(3)),
            None => None,
        };
        wishes.extend(is_made.map(|is_made| Premise::Does(*choice, is_made)));
    }
    shuffle(&mut wishes, dice);
    // Each of them makes a difference.
    let is_rate = |variable: &&Variable| match problem.meaning(**variable) {
        Some(Meaning::Figure(figure)) => problem.shape.kind(figure) == Some(Kind::Rate),
        _ => true,
    };
    let first = first.iter().filter(|variable| !is_rate(variable));
    first.map(|variable| Premise::IsLarge(*variable)).chain(wishes).collect()
}

/// The variables of a part: its own number of each, and the problem's.
fn own(layout: &Layout, part: usize) -> impl Iterator<Item = (Variable, Variable)> {
    let variables = layout.variables(part).iter().enumerate();
    variables.map(|(own, variable)| (Variable::at(own), *variable))
}

/// A value as documents have it: nothing, a little, a lot; in money with two decimals, one or none.
fn likely(kind: Option<&Kind>, dice: &mut Dice) -> Option<Rational> {
    if dice.is_one_in(8) {
        return Some(Rational::ZERO);
    }
    let digits = dice.below(5);
    let most = 10_u64.checked_pow(u32::try_from(digits).ok()?)?;
    let number = i128::from(dice.below(most.checked_mul(10)?));
    Some(match kind {
        Some(Kind::Money | Kind::Number) | None => match dice.below(4) {
            0 => Rational::whole(number),
            1 => Rational::new(number, 10)?,
            _ => Rational::new(number, 100)?,
        },
        Some(Kind::Rate) => Rational::new(i128::from(dice.below(10_000)), 10_000)?,
        Some(Kind::Year) => Rational::whole(i128::from(dice.below(20)).checked_add(2010)?),
        _ => Rational::whole(i128::from(dice.below(200))),
    })
}

/// The multiple of a step nearest to a target that a range allows; where the target is outside, one somewhere inside.
fn within(range: &Range, target: Rational, step: Rational, dice: &mut Dice) -> Option<Rational> {
    let multiple = |value: Rational| floor(value.div(step)?).mul(step);
    let target = multiple(target)?;
    if range.holds(target) {
        return Some(target);
    }
    let (low, high) = (range.low.map(|(low, _)| low), range.high.map(|(high, _)| high));
    let inside = match (low, high) {
        (Some(low), Some(high)) => {
            let share = Rational::new(i128::from(dice.below(101)), 100)?;
            low.add(high.sub(low)?.mul(share)?)?
        }
        (Some(low), None) => low.add(target.abs()?)?,
        (None, Some(high)) => high.sub(target.abs()?)?,
        (None, None) => target,
    };
    let below = multiple(inside)?;
    [below, below.add(step)?].into_iter().find(|value| range.holds(*value))
}

fn shuffle<T>(items: &mut [T], dice: &mut Dice) {
    for position in (1..items.len()).rev() {
        let other = dice.below(u64::try_from(position).unwrap_or(0).saturating_add(1));
        items.swap(position, usize::try_from(other).unwrap_or(0));
    }
}
