//! Figures out of levels: near zero, whole where they are free to be, and without ε.

use super::super::exact::{Exact, Level};
use super::{Entry, Side, Simplex};
use crate::quantity::Rational;

/// Decimals up to which ε is looked for among round numbers.
const DECIMALS: usize = 20;

impl Simplex {
    /// Moves what is free to move to zero, or to the whole number nearest to it, within all bounds.
    pub(in crate::soundness) fn tidy(&mut self) {
        for column in 0..self.entries.len() {
            let entry = self.entries.at(column);
            if entry.row.is_some() {
                continue;
            }
            let Some(aim) = aim(entry) else { continue };
            let by = &aim - &entry.value;
            if !by.is_zero() && self.can_shift(column, &by) {
                self.shift(column, &by);
                self.suspects.clear();
            }
        }
    }

    fn can_shift(&self, column: usize, by: &Level) -> bool {
        self.entries.at(column).rows.iter().all(|row| {
            let row = self.rows.at(*row);
            let owner = self.entries.at(row.owner);
            row.factor(column).is_none_or(|factor| is_within(owner, &(&owner.value + &by.times(factor))))
        })
    }

    /// What the figures are, from levels within all bounds; `None` where one does not fit.
    pub(in crate::soundness) fn figures(&self) -> Option<Vec<Rational>> {
        let epsilon = self.epsilon();
        let figure = |column| {
            let value = &self.entries.at(column).value;
            (&value.real + &(&value.epsilons * &epsilon)).to_rational()
        };
        (0..self.figures).map(figure).collect()
    }

    /// An ε that is small enough for every bound, one if it may be.
    fn epsilon(&self) -> Exact {
        let mut most = Exact::ONE;
        for column in 0..self.entries.len() {
            let entry = self.entries.at(column);
            for side in [Side::Lower, Side::Upper] {
                let Some(bound) = entry.bound(side) else { continue };
                let (low, high) = match side {
                    Side::Lower => (&bound.level, &entry.value),
                    Side::Upper => (&entry.value, &bound.level),
                };
                let closing = &low.epsilons - &high.epsilons;
                if closing.is_positive() {
                    most = most.min(&(&high.real - &low.real) * &closing.inverse());
                }
            }
        }
        let tenth = Exact::from(10).inverse();
        let mut place = Exact::ONE;
        for _ in 0..DECIMALS {
            let half = &place * &Exact::from(2).inverse();
            let fifth = &place * &Exact::from(5).inverse();
            if let Some(round) = [place.clone(), half, fifth].into_iter().find(|round| *round <= most) {
                return round;
            }
            place = &place * &tenth;
        }
        most
    }
}

/// Where a column would best be by itself; `None` where there is nothing better than a bound.
fn aim(entry: &Entry) -> Option<Level> {
    let whole = |real: Exact| Level { real, epsilons: Exact::ZERO };
    let aim = match (&entry.lower, &entry.upper) {
        (Some(lower), _) if lower.level > Level::ZERO => match lower.level.epsilons.is_zero() {
            true => lower.level.clone(),
            false => whole(&lower.level.real.floor() + &Exact::ONE),
        },
        (_, Some(upper)) if upper.level < Level::ZERO => match upper.level.epsilons.is_zero() {
            true => upper.level.clone(),
            false => whole(-&(&(-&upper.level.real).floor() + &Exact::ONE)),
        },
        _ => Level::ZERO,
    };
    is_within(entry, &aim).then_some(aim)
}

fn is_within(entry: &Entry, level: &Level) -> bool {
    [Side::Lower, Side::Upper]
        .into_iter()
        .all(|side| entry.bound(side).is_none_or(|bound| !side.is_passed(level, &bound.level)))
}
