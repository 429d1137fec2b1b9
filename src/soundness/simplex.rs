//! Whether bounds on sums of figures can all hold: the general simplex of Dutertre and de Moura (CAV 2006).
//!
//! In: columns (figures, and sums of them) and bounds on them, asserted and retracted in the order of a stack. Out: figures
//! within all bounds; or the bounds that exclude each other, with multipliers that add them up to a falsehood. Retracting costs
//! nothing: tableau and values stay, and are where the next question begins. It knows nothing of cases.
//!
//! Equalities come first: a sum that must be one number is moved out of the basis before anything is searched, for good. So a
//! thousand balance rules are eliminated once, and letting go of one of them and back costs no pivot.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::mem::take;

use super::exact::{Exact, Level};
use super::linear::Form;
use super::table::Table;

mod optimise;
mod values;

pub(super) use optimise::Optimum;

/// Pivots after which one search follows Bland's rule, which always ends.
const FREE_PIVOTS: usize = 200;

/// From which side a bound limits a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// At least.
    Lower,
    /// At most.
    Upper,
}

impl Side {
    fn opposite(self) -> Side {
        match self {
            Side::Lower => Side::Upper,
            Side::Upper => Side::Lower,
        }
    }

    /// Whether a level is beyond a bound of this side.
    fn is_passed(self, level: &Level, bound: &Level) -> bool {
        match self {
            Side::Lower => level < bound,
            Side::Upper => level > bound,
        }
    }
}

/// A limit of a column, and where it comes from.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) level: Level,
    /// The fact that says it.
    pub(super) fact: usize,
    /// The multiple of the fact that says it of the column itself (upper) or of its opposite (lower).
    pub(super) scale: Exact,
}

/// Facts with the multiples that add them up to a falsehood.
pub(super) type Conflict = Vec<(usize, Exact)>;

/// Why a search ended without figures.
#[derive(Clone, Debug)]
pub(super) enum Stop {
    Conflict(Conflict),
    /// No pivots are left.
    Limit,
}

#[derive(Debug, Default)]
struct Entry {
    value: Level,
    lower: Option<Bound>,
    upper: Option<Bound>,
    /// Its own row, when it is basic.
    row: Option<usize>,
    /// When it is not basic: the rows that it stands in.
    rows: Vec<usize>,
}

impl Entry {
    fn bound(&self, side: Side) -> Option<&Bound> {
        match side {
            Side::Lower => self.lower.as_ref(),
            Side::Upper => self.upper.as_ref(),
        }
    }

    fn is_bounded(&self) -> bool {
        self.lower.is_some() || self.upper.is_some()
    }

    fn is_fixed(&self) -> bool {
        matches!((&self.lower, &self.upper), (Some(lower), Some(upper)) if lower.level == upper.level)
    }

    /// Whether its value can still go towards a side.
    fn has_room(&self, side: Side) -> bool {
        self.bound(side).is_none_or(|bound| side.opposite().is_passed(&self.value, &bound.level))
            && !self.is_fixed()
    }

    /// The side on which its value is out of bounds.
    fn violated(&self) -> Option<Side> {
        [Side::Lower, Side::Upper]
            .into_iter()
            .find(|side| self.bound(*side).is_some_and(|bound| side.is_passed(&self.value, &bound.level)))
    }
}

/// A basic column as a sum of multiples of columns that are not.
#[derive(Debug, Default)]
struct Row {
    owner: usize,
    /// In the order of the columns, none with zero.
    terms: Vec<(usize, Exact)>,
}

impl Row {
    fn factor(&self, column: usize) -> Option<&Exact> {
        let place = self.terms.binary_search_by_key(&column, |(known, _)| *known).ok()?;
        self.terms.get(place).map(|(_, factor)| factor)
    }
}

#[derive(Debug)]
pub(super) struct Simplex {
    figures: usize,
    entries: Table<Entry>,
    rows: Table<Row>,
    sums: HashMap<Vec<(usize, Exact)>, usize>,
    /// Bounds as they were before each assertion that changed one.
    trail: Vec<(usize, Side, Option<Bound>)>,
    /// Basic columns that may be out of bounds.
    suspects: BTreeSet<usize>,
    /// Columns fixed since the last search, which may be basic.
    fixed: Vec<usize>,
    /// Pivots that may still be done.
    pub(super) pivots: usize,
}

impl Simplex {
    pub(super) fn new(figures: usize) -> Simplex {
        let mut entries = Table::default();
        for _ in 0..figures {
            entries.push(Entry::default());
        }
        Simplex {
            figures,
            entries,
            rows: Table::default(),
            sums: HashMap::new(),
            trail: Vec::new(),
            suspects: BTreeSet::new(),
            fixed: Vec::new(),
            pivots: usize::MAX,
        }
    }

    /// The column that a form is a multiple of, with the multiple; forms that are multiples of each other share one.
    /// `None` for the form without figures.
    pub(super) fn column(&mut self, form: &Form) -> Option<(usize, Exact)> {
        let mut terms: Vec<(usize, Exact)> = Vec::with_capacity(form.terms().len());
        for (variable, factor) in form.terms() {
            terms.push((variable.index(), Exact::from(*factor)));
        }
        // The first of the smallest factors becomes one: whole factors mostly stay whole.
        let scale = terms.iter().map(|(_, factor)| factor).min_by_key(|factor| factor.abs())?.clone();
        if let [(column, _)] = terms.as_slice() {
            return Some((*column, scale));
        }
        let inverse = scale.inverse();
        for (_, factor) in &mut terms {
            *factor = &*factor * &inverse;
        }
        let column = match self.sums.get(&terms) {
            Some(known) => *known,
            None => self.add(terms),
        };
        Some((column, scale))
    }

    fn add(&mut self, terms: Vec<(usize, Exact)>) -> usize {
        let (mut sum, mut value) = (BTreeMap::<usize, Exact>::new(), Level::ZERO);
        let mut take_in = |column: usize, factor: Exact| {
            let known = sum.entry(column).or_insert(Exact::ZERO);
            *known = &*known + &factor;
        };
        for (column, factor) in &terms {
            let entry = self.entries.at(*column);
            value = &value + &entry.value.times(factor);
            match entry.row {
                None => take_in(*column, factor.clone()),
                Some(row) => {
                    self.rows.at(row).terms.iter().for_each(|(inner, known)| take_in(*inner, known * factor));
                }
            }
        }
        let inner: Vec<(usize, Exact)> = sum.into_iter().filter(|(_, factor)| !factor.is_zero()).collect();
        let columns: Vec<usize> = inner.iter().map(|(column, _)| *column).collect();
        let row = self.rows.push(Row { owner: self.entries.len(), terms: inner });
        for column in columns {
            self.entries.at_mut(column).rows.push(row);
        }
        let column = self.entries.push(Entry { value, row: Some(row), ..Entry::default() });
        self.sums.insert(terms, column);
        column
    }

    /// Adds a bound. One that an earlier bound says already changes nothing; one that an earlier bound excludes is a conflict.
    pub(super) fn assert(&mut self, column: usize, side: Side, bound: Bound) -> Result<(), Conflict> {
        let entry = self.entries.at_mut(column);
        if entry.bound(side).is_some_and(|known| !side.opposite().is_passed(&bound.level, &known.level)) {
            return Ok(());
        }
        if let Some(opposite) = entry.bound(side.opposite())
            && side.is_passed(&opposite.level, &bound.level)
        {
            return Err(vec![(bound.fact, bound.scale), (opposite.fact, opposite.scale.clone())]);
        }
        let level = bound.level.clone();
        let known = match side {
            Side::Lower => entry.lower.replace(bound),
            Side::Upper => entry.upper.replace(bound),
        };
        self.trail.push((column, side, known));
        if entry.is_fixed() {
            self.fixed.push(column);
        }
        if entry.row.is_some() {
            self.suspects.insert(column);
        } else if side.is_passed(&entry.value, &level) {
            let by = &level - &entry.value;
            self.shift(column, &by);
        }
        Ok(())
    }

    /// Where the stack of bounds stands.
    pub(super) fn mark(&self) -> usize {
        self.trail.len()
    }

    /// Takes back what was asserted since a mark.
    pub(super) fn retract(&mut self, mark: usize) {
        while self.trail.len() > mark {
            let Some((column, side, known)) = self.trail.pop() else { break };
            let entry = self.entries.at_mut(column);
            match side {
                Side::Lower => entry.lower = known,
                Side::Upper => entry.upper = known,
            }
        }
    }

    /// Whether a bound says nothing that an earlier one of its column does not say.
    pub(super) fn is_known(&self, column: usize, side: Side, level: &Level) -> bool {
        let known = self.entries.at(column).bound(side);
        known.is_some_and(|known| !side.opposite().is_passed(level, &known.level))
    }

    /// Why a bound that is not asserted cannot hold, where that takes no search.
    pub(super) fn excluded(&self, column: usize, side: Side, bound: &Bound) -> Option<Conflict> {
        let entry = self.entries.at(column);
        if let Some(opposite) = entry.bound(side.opposite())
            && side.is_passed(&opposite.level, &bound.level)
        {
            return Some(vec![(bound.fact, bound.scale.clone()), (opposite.fact, opposite.scale.clone())]);
        }
        let mut end = Level::ZERO;
        for (inner, factor) in &self.rows.at(entry.row?).terms {
            let limit = self.entries.at(*inner).bound(towards(side.opposite(), factor))?;
            end = &end + &limit.level.times(factor);
        }
        side.is_passed(&end, &bound.level).then(|| self.explain(column, side, bound))
    }

    /// Looks for figures within all bounds.
    pub(super) fn search(&mut self) -> Result<(), Stop> {
        self.eliminate()?;
        let mut done = 0_usize;
        while let Some(column) = self.suspects.pop_first() {
            let entry = self.entries.at(column);
            let (Some(row), Some(side)) = (entry.row, entry.violated()) else { continue };
            let Some(bound) = entry.bound(side).cloned() else { continue };
            let candidates = self.rows.at(row).terms.iter().filter_map(|(inner, factor)| {
                let candidate = self.entries.at(*inner);
                // Factors of one keep numbers small, short columns keep the tableau sparse.
                let weight = (!factor.is_unit(), candidate.rows.len());
                let weight = if done < FREE_PIVOTS { weight } else { (false, 0) };
                candidate.has_room(towards(side.opposite(), factor)).then_some((weight, *inner))
            });
            let best = candidates.min();
            let Some((_, entering)) = best else {
                self.suspects.insert(column);
                return Err(Stop::Conflict(self.explain(column, side, &bound)));
            };
            done = done.saturating_add(1);
            if let Err(stop) = self.enter(row, entering, &bound.level) {
                self.suspects.insert(column);
                return Err(stop);
            }
        }
        Ok(())
    }

    /// Moves fixed columns out of the basis, the easiest first: a figure that few other sums need costs little to replace.
    fn eliminate(&mut self) -> Result<(), Stop> {
        let mut open: BTreeSet<usize> = take(&mut self.fixed).into_iter().collect();
        let mut most = 1_usize;
        while !open.is_empty() {
            let (mut fewest, mut is_stuck) = (usize::MAX, true);
            for column in Vec::from_iter(open.iter().copied()) {
                let entry = self.entries.at(column);
                let (Some(row), Some(bound), true) = (entry.row, entry.lower.clone(), entry.is_fixed())
                else {
                    open.remove(&column);
                    continue;
                };
                let stopped = match self.replacement(row) {
                    Some((cost, _)) if cost > most => {
                        fewest = fewest.min(cost);
                        continue;
                    }
                    Some((_, entering)) => {
                        is_stuck = false;
                        self.enter(row, entering, &bound.level).err()
                    }
                    // Only fixed columns: what it comes to is known.
                    None => entry.violated().and_then(|side| {
                        let bound = entry.bound(side)?;
                        Some(Stop::Conflict(self.explain(column, side, bound)))
                    }),
                };
                if let Some(stop) = stopped {
                    self.fixed.extend(open);
                    return Err(stop);
                }
                open.remove(&column);
            }
            most = if is_stuck { fewest } else { 1 };
        }
        Ok(())
    }

    /// The best column to stand in the basis for a fixed one, and in how many sums it stands.
    fn replacement(&self, row: usize) -> Option<(usize, usize)> {
        let candidates = self.rows.at(row).terms.iter().filter_map(|(column, factor)| {
            let entry = self.entries.at(*column);
            let sums = || entry.rows.iter().filter(|row| self.rows.at(**row).owner >= self.figures).count();
            (!entry.is_fixed())
                .then(|| (!factor.is_unit(), entry.is_bounded(), sums(), entry.rows.len(), *column))
        });
        candidates.min().map(|(.., sums, _, column)| (sums, column))
    }

    /// A basic column goes to a level and leaves the basis; another takes its row.
    fn enter(&mut self, row: usize, entering: usize, level: &Level) -> Result<(), Stop> {
        let Some(pivots) = self.pivots.checked_sub(1) else { return Err(Stop::Limit) };
        let held = self.rows.at(row);
        let Some(factor) = held.factor(entering) else { return Err(Stop::Limit) };
        let by = (level - &self.entries.at(held.owner).value).times(&factor.inverse());
        self.pivots = pivots;
        self.shift(entering, &by);
        self.pivot(row, entering);
        if self.entries.at(entering).is_bounded() {
            self.suspects.insert(entering);
        }
        Ok(())
    }

    /// Moves a column that is not basic, and every basic one with it.
    fn shift(&mut self, column: usize, by: &Level) {
        if by.is_zero() {
            return;
        }
        let entry = self.entries.at_mut(column);
        entry.value = &entry.value + by;
        let rows = take(&mut entry.rows);
        for row in &rows {
            let row = self.rows.at(*row);
            let Some(factor) = row.factor(column) else { continue };
            let owner = self.entries.at_mut(row.owner);
            owner.value = &owner.value + &by.times(factor);
            if owner.is_bounded() {
                self.suspects.insert(row.owner);
            }
        }
        self.entries.at_mut(column).rows = rows;
    }

    fn pivot(&mut self, row: usize, entering: usize) {
        let held = self.rows.at_mut(row);
        let leaving = held.owner;
        let Some(inverse) = held.factor(entering).map(Exact::inverse) else { return };
        let opposite = -&inverse;
        held.owner = entering;
        held.terms.retain_mut(|(column, factor)| {
            *factor = &*factor * &opposite;
            *column != entering
        });
        let place = held.terms.partition_point(|(column, _)| *column < leaving);
        held.terms.insert(place, (leaving, inverse));
        let rows = take(&mut self.entries.at_mut(entering).rows);
        self.entries.at_mut(entering).row = Some(row);
        let left = self.entries.at_mut(leaving);
        left.row = None;
        left.rows = vec![row];
        for other in rows {
            if other != row {
                self.substitute(other, entering, row);
            }
        }
    }

    /// Replaces a column that became basic, in another row, by its own row.
    fn substitute(&mut self, into: usize, column: usize, by: usize) {
        let target = take(&mut self.rows.at_mut(into).terms);
        let mut multiple = Exact::ZERO;
        let mut old = target
            .into_iter()
            .filter(|(known, factor)| {
                if *known == column {
                    multiple = factor.clone();
                }
                *known != column
            })
            .collect::<Vec<_>>()
            .into_iter()
            .peekable();
        let source = &self.rows.at(by).terms;
        let mut merged = Vec::with_capacity(old.len().saturating_add(source.len()));
        for (inner, factor) in source {
            while let Some(term) = old.next_if(|(known, _)| known < inner) {
                merged.push(term);
            }
            let added = factor * &multiple;
            match old.next_if(|(known, _)| known == inner) {
                None => {
                    self.entries.at_mut(*inner).rows.push(into);
                    merged.push((*inner, added));
                }
                Some((_, known)) => {
                    let sum = &known + &added;
                    if sum.is_zero() {
                        let rows = &mut self.entries.at_mut(*inner).rows;
                        if let Some(place) = rows.iter().position(|known| *known == into) {
                            rows.swap_remove(place);
                        }
                    } else {
                        merged.push((*inner, sum));
                    }
                }
            }
        }
        merged.extend(old);
        self.rows.at_mut(into).terms = merged;
    }

    /// A bound that a basic column cannot keep, and the bounds of the others in its row that keep it from there.
    fn explain(&self, column: usize, side: Side, bound: &Bound) -> Conflict {
        let mut conflict = vec![(bound.fact, bound.scale.clone())];
        let Some(row) = self.entries.at(column).row else { return conflict };
        for (inner, factor) in &self.rows.at(row).terms {
            if let Some(limit) = self.entries.at(*inner).bound(towards(side.opposite(), factor)) {
                conflict.push((limit.fact, &limit.scale * &factor.abs()));
            }
        }
        conflict
    }
}

/// Where a column has to go for its multiple to go to a side.
fn towards(side: Side, factor: &Exact) -> Side {
    if factor.sign() == Ordering::Less { side.opposite() } else { side }
}

#[cfg(test)]
mod tests;
