//! The figures that satisfy the comparisons of one case: some may move freely, the rest follow.
//!
//! In: comparisons, and figures that satisfy them. Out: other figures that satisfy them too, as decimals that a document can print.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::linear::{Atom, Relation, Variable};
use super::sums::Linear;
use crate::limits;
use crate::quantity::Rational;

/// The figures of one case, and where they may go.
#[derive(Clone, Debug)]
pub(super) struct Space {
    /// The value of every variable, by position.
    values: Vec<Rational>,
    room: Arc<Room>,
}

/// Where the figures of a case may go.
#[derive(Clone, Debug, Default)]
struct Room {
    /// The variables that may move.
    free: Vec<Variable>,
    /// Those that follow, and what of.
    following: Vec<(Variable, Linear)>,
    /// What free variables have to stay within.
    limits: Vec<Limit>,
    /// Which of them a variable is in, by position.
    limits_of: Vec<Vec<usize>>,
    /// Of what number a variable is to be a multiple, so that everything that follows is a decimal, by position.
    steps: Vec<i128>,
}

/// A sum that is not above zero.
#[derive(Clone, Debug)]
struct Limit {
    sum: Linear,
    /// Nor zero.
    is_strict: bool,
}

/// Where a variable may go while the others stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    /// The end, and whether it is left out itself.
    pub(super) low: Option<(Rational, bool)>,
    pub(super) high: Option<(Rational, bool)>,
}

impl Range {
    pub(super) fn holds(&self, value: Rational) -> bool {
        let is_above = |(low, is_out): (Rational, bool)| if is_out { value > low } else { value >= low };
        let is_below = |(high, is_out): (Rational, bool)| if is_out { value < high } else { value <= high };
        self.low.is_none_or(is_above) && self.high.is_none_or(is_below)
    }
}

impl Space {
    /// The space of some comparisons around figures that satisfy them; `None` where numbers do not fit.
    ///
    /// Of two that could follow the other, the one that `follows` says more of does.
    pub(super) fn new(
        atoms: &[Atom],
        values: Vec<Rational>,
        follows: impl Fn(Variable) -> u8,
    ) -> Option<Space> {
        let mut solved: BTreeMap<Variable, Linear> = BTreeMap::new();
        for atom in atoms.iter().filter(|atom| atom.relation == Relation::Equal) {
            let sum = left_of(atom)?.substituted(&solved)?;
            let is_whole = |factor: &Rational| factor.abs() == Some(Rational::ONE);
            let terms = sum.form.terms().iter();
            let pivot = terms.max_by_key(|(variable, factor)| (is_whole(factor), follows(*variable)));
            let Some((pivot, factor)) = pivot.copied() else { continue };
            let own = sum.scale(Rational::whole(-1).div(factor)?).ok()?.add(&Linear::of(pivot)).ok()?;
            let own = BTreeMap::from([(pivot, own)]);
            for known in solved.values_mut().filter(|known| known.form.factor(pivot).is_some()) {
                *known = known.substituted(&own)?;
            }
            solved.extend(own);
        }
        let mut room = Room {
            limits_of: vec![Vec::new(); values.len()],
            steps: vec![1; values.len()],
            ..Room::default()
        };
        for atom in atoms.iter().filter(|atom| atom.relation != Relation::Equal) {
            let sum = left_of(atom)?.substituted(&solved)?;
            room.limit(Limit { sum, is_strict: atom.relation == Relation::Less });
        }
        let variables = (0..values.len()).map(Variable::at);
        room.free = variables.filter(|variable| !solved.contains_key(variable)).collect();
        room.following = solved.into_iter().collect();
        room.find_steps()?;
        let mut space = Space { values, room: Arc::new(room) };
        space.follow()?;
        Some(space)
    }

    pub(super) fn value(&self, variable: Variable) -> Rational {
        self.values.get(variable.index()).copied().unwrap_or(Rational::ZERO)
    }

    pub(super) fn into_values(self) -> Vec<Rational> {
        self.values
    }

    #[cfg(feature = "testing")]
    pub(super) fn free(&self) -> &[Variable] {
        &self.room.free
    }

    /// Also keeps a variable at or above zero, where it is there now.
    #[cfg(feature = "testing")]
    pub(super) fn keep_above_zero(&mut self, variable: Variable) -> Option<()> {
        if self.value(variable).signum() < 0 {
            return Some(());
        }
        let following = self.room.following.iter().find(|(known, _)| *known == variable);
        let sum = following.map_or_else(|| Linear::of(variable), |(_, sum)| sum.clone());
        let sum = sum.scale(Rational::whole(-1)).ok()?;
        Arc::make_mut(&mut self.room).limit(Limit { sum, is_strict: false });
        Some(())
    }

    /// Where a free variable may go while the others stay; `None` where numbers do not fit.
    pub(super) fn range(&self, variable: Variable) -> Option<Range> {
        let mut range = Range { low: None, high: None };
        let limits = self.room.limits_of.get(variable.index()).into_iter().flatten();
        for Limit { sum, is_strict } in limits.filter_map(|limit| self.room.limits.get(*limit)) {
            let Some(own) = sum.form.factor(variable) else { continue };
            // Where it is zero, as things stand.
            let away = sum.value(|of| self.value(of))?.div(own)?;
            let end = (self.value(variable).sub(away)?, *is_strict);
            if own.signum() > 0 {
                let is_nearer = |known: (Rational, bool)| end.0 < known.0 || (end.0 == known.0 && end.1);
                if range.high.is_none_or(is_nearer) {
                    range.high = Some(end);
                }
            } else {
                let is_nearer = |known: (Rational, bool)| end.0 > known.0 || (end.0 == known.0 && end.1);
                if range.low.is_none_or(is_nearer) {
                    range.low = Some(end);
                }
            }
        }
        Some(range)
    }

    /// Moves a free variable. The others that are free stay; what follows, follows once all are moved.
    pub(super) fn set(&mut self, variable: Variable, value: Rational) {
        if let Some(own) = self.values.get_mut(variable.index()) {
            *own = value;
        }
    }

    /// Brings what follows up to date.
    pub(super) fn follow(&mut self) -> Option<()> {
        let room = Arc::clone(&self.room);
        for (variable, sum) in &room.following {
            let value = sum.value(|of| self.value(of))?;
            self.set(*variable, value);
        }
        Some(())
    }

    /// The smallest number whose multiples of `unit` keep everything that follows a decimal.
    pub(super) fn step(&self, variable: Variable, unit: Rational) -> Option<Rational> {
        let step = self.room.steps.get(variable.index()).copied()?;
        unit.mul(Rational::whole(step))
    }

    /// Moves what is no decimal to the nearest that is one; `None` where this way finds none.
    pub(super) fn make_decimal(&mut self) -> Option<()> {
        let room = Arc::clone(&self.room);
        for variable in room.free.iter().copied() {
            let value = self.value(variable);
            let range = self.range(variable)?;
            let places = [0, 2, 4, 6].into_iter();
            let mut near = places.filter_map(|places| {
                let step = self.step(variable, Rational::power_of_ten(-places)?)?;
                let below = floor(value.div(step)?).mul(step)?;
                [below, below.add(step)?].into_iter().find(|value| range.holds(*value))
            });
            if is_multiple(value, self.step(variable, Rational::new(1, 100)?)?) {
                continue;
            }
            let near = near.next()?;
            self.set(variable, near);
        }
        self.follow()?;
        self.values.iter().all(|value| places(*value).is_some()).then_some(())
    }
}

impl Room {
    fn limit(&mut self, limit: Limit) {
        let next = self.limits.len();
        for (variable, _) in limit.sum.form.terms() {
            let of = self.limits_of.get_mut(variable.index());
            of.into_iter().for_each(|of| of.push(next));
        }
        self.limits.push(limit);
    }

    fn find_steps(&mut self) -> Option<()> {
        for (of, factor) in self.following.iter().flat_map(|(_, sum)| sum.form.terms()) {
            let Some(step) = self.steps.get_mut(of.index()) else { continue };
            let other = without_tens(factor.denominator());
            *step = step.checked_mul(other.checked_div(gcd(*step, other))?)?;
        }
        Some(())
    }
}

/// `form - bound`.
fn left_of(atom: &Atom) -> Option<Linear> {
    Some(Linear { form: atom.form.clone(), constant: atom.bound.neg()? })
}

/// How many decimals a number has; `None` where it has none that end, or more than a figure may have.
pub(super) fn places(value: Rational) -> Option<u32> {
    let most = u32::try_from(limits::FIGURE_DECIMALS).ok()?;
    (0..=most).find(|places| {
        let scaled =
            i32::try_from(*places).ok().and_then(Rational::power_of_ten).and_then(|ten| value.mul(ten));
        scaled.is_some_and(|scaled| scaled.denominator() == 1)
    })
}

/// The greatest whole number that is no greater.
pub(super) fn floor(value: Rational) -> Rational {
    Rational::whole(value.numerator().checked_div_euclid(value.denominator()).unwrap_or(0))
}

fn is_multiple(value: Rational, step: Rational) -> bool {
    value.div(step).is_some_and(|times| times.denominator() == 1)
}

/// A number without its factors of two and five.
fn without_tens(mut number: i128) -> i128 {
    for factor in [2, 5] {
        while let (Some(0), Some(rest)) = (number.checked_rem(factor), number.checked_div(factor)) {
            number = rest;
        }
    }
    number
}

fn gcd(one: i128, other: i128) -> i128 {
    let (mut one, mut other) = (one, other);
    while let Some(rest) = one.checked_rem(other) {
        (one, other) = (other, rest);
    }
    one.max(1)
}
