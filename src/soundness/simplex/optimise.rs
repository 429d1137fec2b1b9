//! How far a column goes within the bounds.

use super::super::exact::{Exact, Level};
use super::{FREE_PIVOTS, Side, Simplex, Stop, towards};

/// The end of what a column can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::soundness) enum Optimum {
    Unbounded,
    At(Level),
    /// No pivots are left.
    Limit,
}

/// What stops a column that moves, after how far.
struct Block {
    length: Level,
    /// The column that comes to its bound.
    column: usize,
    /// That of the column, when it is another one than moves.
    row: Option<usize>,
    bound: Level,
}

impl Simplex {
    /// The lowest or the highest value of a column, from figures within all bounds, to figures within all bounds.
    pub(in crate::soundness) fn optimise(&mut self, column: usize, side: Side) -> Optimum {
        for done in 0_usize.. {
            let Some((entering, way)) = self.way(column, side, done) else { break };
            let Some(block) = self.block(entering, way) else { return Optimum::Unbounded };
            match block.row {
                None => {
                    let Some(pivots) = self.pivots.checked_sub(1) else { return Optimum::Limit };
                    self.pivots = pivots;
                    let by = &block.bound - &self.entries.at(entering).value;
                    self.shift(entering, &by);
                }
                Some(row) => {
                    if let Err(Stop::Limit | Stop::Conflict(_)) = self.enter(row, entering, &block.bound) {
                        return Optimum::Limit;
                    }
                }
            }
        }
        Optimum::At(self.entries.at(column).value.clone())
    }

    /// A column that is not basic and moves the given one to a side, and where it has to go for that.
    fn way(&self, column: usize, side: Side, done: usize) -> Option<(usize, Side)> {
        let entry = self.entries.at(column);
        let Some(row) = entry.row else { return entry.has_room(side).then_some((column, side)) };
        let ways = self.rows.at(row).terms.iter().filter_map(|(inner, factor)| {
            let way = towards(side, factor);
            let candidate = self.entries.at(*inner);
            let weight = if done < FREE_PIVOTS { candidate.rows.len() } else { 0 };
            candidate.has_room(way).then_some((weight, *inner, way))
        });
        ways.min_by_key(|(weight, inner, _)| (*weight, *inner)).map(|(_, inner, way)| (inner, way))
    }

    /// What stops a column first; of several the first, as Bland's rule asks.
    fn block(&self, moving: usize, way: Side) -> Option<Block> {
        let entry = self.entries.at(moving);
        let own = entry.bound(way).map(|bound| Block {
            length: distance(&entry.value, &bound.level, &Exact::ONE),
            column: moving,
            row: None,
            bound: bound.level.clone(),
        });
        let others = entry.rows.iter().filter_map(|row| {
            let held = self.rows.at(*row);
            let factor = held.factor(moving)?;
            let owner = self.entries.at(held.owner);
            let bound = owner.bound(towards(way, factor))?;
            Some(Block {
                length: distance(&owner.value, &bound.level, factor),
                column: held.owner,
                row: Some(*row),
                bound: bound.level.clone(),
            })
        });
        own.into_iter()
            .chain(others)
            .min_by(|one, other| one.length.cmp(&other.length).then(one.column.cmp(&other.column)))
    }
}

/// How far a column goes for its multiple to go from a level to another.
fn distance(from: &Level, to: &Level, factor: &Exact) -> Level {
    let way = (to - from).times(&factor.inverse());
    if way < Level::ZERO { way.times(&-&Exact::ONE) } else { way }
}
