//! From rows of headings to columns: which headings stand over which column.
//!
//! Where the rows are whole, a heading stands over the columns below it. In what is left of a page, merged cells have
//! collapsed: a row has only the headings that are printed in it, from the left, and its blanks behind them. There the
//! headings are a forest, and the number of columns, with what can stand under what, says which. What two forests fit
//! equally well is not read.

use super::cell::Cell;
use super::grid::Merge;
use super::heading::{Heading, Measure, Role};
use super::words::{Class, Lexicon, Text};
use crate::source::Place;

/// Headings of a row that collapsed. More is not a table that anyone printed.
const COLLAPSED: usize = 20;

/// One heading.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) text: Text,
    pub(super) heading: Heading,
    /// Where it stands; `None` where it is not printed.
    pub(super) place: Option<Place>,
}

/// The headings of a table, and for each column those that stand over it, the outermost first.
#[derive(Clone, Debug, Default)]
pub(super) struct Heads {
    pub(super) all: Vec<Head>,
    pub(super) columns: Vec<Vec<usize>>,
}

/// A row of headings: the position of each among all, by column; `None` where nothing is printed.
type HeadRow = Vec<Option<usize>>;

/// The columns under some rows of headings, where there are `width` of them.
pub(super) fn columns(
    all: Vec<Head>,
    rows: &[HeadRow],
    merges: &[Vec<Merge>],
    width: usize,
    lexicon: &Lexicon,
) -> Option<Heads> {
    let is_merged = merges.iter().flatten().any(|merge| *merge != Merge::Alone);
    // Blanks between headings mean something: such rows have not collapsed.
    let has_gap = |row: &HeadRow| {
        row.iter().rposition(Option::is_some).is_some_and(|last| row.iter().take(last).any(Option::is_none))
    };
    let is_full = |row: &HeadRow| row.iter().flatten().count() == width;
    let columns = if is_merged || rows.iter().any(has_gap) || rows.iter().all(is_full) {
        in_place(rows, merges, width)?
    } else {
        collapsed(&all, rows, width, lexicon)?
    };
    let heads = Heads { all, columns };
    heads.are_distinct().then_some(heads)
}

impl Heads {
    /// Whether no two columns have the same headings, remarks and codes apart.
    fn are_distinct(&self) -> bool {
        let path = |column: &Vec<usize>| -> Vec<String> {
            column.iter().filter_map(|at| self.all.get(*at)).map(|head| head.text.folded()).collect()
        };
        let mut paths: Vec<Vec<String>> = self.columns.iter().map(path).collect();
        // 项目 行次 金额 stand on both sides of a table.
        let is_side = paths.iter().all(|path| !path.is_empty());
        paths.sort();
        let before = paths.len();
        paths.dedup();
        is_side && before.saturating_sub(paths.len()) <= before / 2
    }

    pub(super) fn path(&self, column: usize) -> impl DoubleEndedIterator<Item = &Head> {
        self.columns.get(column).into_iter().flatten().filter_map(|at| self.all.get(*at))
    }
}

/// A row of headings of cells, with the headings added to those known.
pub(super) fn row(cells: &[Cell], all: &mut Vec<Head>, read: impl Fn(&Text) -> Heading) -> HeadRow {
    let mut row = Vec::with_capacity(cells.len());
    for cell in cells {
        if cell.is_words() || cell.is_figure() {
            row.push(Some(all.len()));
            all.push(Head {
                heading: read(&cell.text),
                text: cell.text.clone(),
                place: Some(cell.place.clone()),
            });
        } else {
            row.push(None);
        }
    }
    row
}

/// Gives the first column the heading of a label, where it has none and its rows have words.
pub(super) fn crown(rows: &mut [HeadRow], all: &mut Vec<Head>, has_words: bool) {
    let is_bare = rows.iter().all(|row| row.first().is_some_and(Option::is_none));
    if let Some(first) = rows.first_mut().and_then(|row| row.first_mut()).filter(|_| is_bare && has_words) {
        *first = Some(all.len());
        let heading = Heading { role: Some(Role::Label), ..Heading::default() };
        all.push(Head { text: Text::default(), heading, place: None });
    }
}

fn at(rows: &[HeadRow], row: usize, column: usize) -> Option<usize> {
    rows.get(row)?.get(column).copied().flatten()
}

/// The headings over each column, where they are printed over it.
fn in_place(rows: &[HeadRow], merges: &[Vec<Merge>], width: usize) -> Option<Vec<Vec<usize>>> {
    let mut filled: Vec<Vec<Option<usize>>> = Vec::new();
    let is_merged = merges.iter().flatten().any(|merge| *merge != Merge::Alone);
    for (y, _) in rows.iter().enumerate() {
        let mut line: Vec<Option<usize>> = Vec::with_capacity(width);
        for x in 0..width {
            let own = at(rows, y, x);
            let is_covered = merges.get(y).and_then(|row| row.get(x)) == Some(&Merge::Covered);
            let left = x.checked_sub(1).and_then(|left| line.get(left).copied().flatten());
            let below = |x: usize| (y.saturating_add(1)..rows.len()).any(|row| at(rows, row, x).is_some());
            let spans_left = || x.checked_sub(1).is_some_and(below) && below(x);
            line.push(match own {
                Some(own) => Some(own),
                // Covered from the left or from above: the first row or column of the merge has the text.
                None if is_covered => match filled.last().and_then(|above| above.get(x).copied().flatten()) {
                    Some(above) if covers(merges, y, x) == Some(Side::Above) => Some(above),
                    _ => left,
                },
                None if !is_merged && spans_left() => left,
                None => None,
            });
        }
        filled.push(line);
    }
    let mut columns = Vec::with_capacity(width);
    for x in 0..width {
        // A column without a heading of its own is where another was before the row collapsed.
        let owns = |row: usize| at(rows, row, x).is_some();
        let is_covered = |row: usize| merges.get(row).and_then(|row| row.get(x)) == Some(&Merge::Covered);
        if !(0..rows.len()).any(|row| owns(row) || is_covered(row)) {
            return None;
        }
        let mut path: Vec<usize> = filled.iter().filter_map(|line| line.get(x).copied().flatten()).collect();
        path.dedup();
        columns.push(path);
    }
    // A row longer than the table is of another one.
    rows.iter().all(|row| row.iter().skip(width).all(Option::is_none)).then_some(columns)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Left,
}

/// From which side a covered cell is covered.
fn covers(merges: &[Vec<Merge>], y: usize, x: usize) -> Option<Side> {
    // The nearest first cell in the same row that reaches here covers it from the left.
    let row = merges.get(y)?;
    let reaches = |left: usize| match row.get(left) {
        Some(Merge::First { columns, .. }) => left.saturating_add(*columns) > x,
        _ => false,
    };
    let is_left = (0..x).rev().find(|left| row.get(*left) != Some(&Merge::Covered)).is_some_and(reaches);
    Some(if is_left { Side::Left } else { Side::Above })
}

/// The headings over each column, where each row has only what is printed in it.
fn collapsed(all: &[Head], rows: &[HeadRow], width: usize, lexicon: &Lexicon) -> Option<Vec<Vec<usize>>> {
    let mut lists: Vec<Vec<usize>> = rows.iter().map(|row| row.iter().flatten().copied().collect()).collect();
    lists.retain(|list| !list.is_empty());
    if lists.len() < 2 || lists.iter().any(|list| list.len() > COLLAPSED) {
        return None;
    }
    fit(all, &lists, width, lexicon).map(|(_, columns)| columns)
}

/// How well rows of headings fit so many columns, and the headings over each.
fn fit(
    all: &[Head],
    lists: &[Vec<usize>],
    width: usize,
    lexicon: &Lexicon,
) -> Option<(i32, Vec<Vec<usize>>)> {
    repeated(all, lists, width, lexicon).or_else(|| {
        let (score, parents) = forest(all, lists, width, lexicon)?;
        Some((score, leaves(lists, &parents)))
    })
}

/// The rows of a header of which only the cells are left, one after another, over so many columns: where each row
/// starts. The cut that fits best is taken, and none where two fit as well.
pub(super) fn cuts(all: &[Head], width: usize, lexicon: &Lexicon) -> Option<Vec<usize>> {
    let count = all.len();
    if count == width {
        return Some(vec![0]);
    }
    if count < width || count > COLLAPSED {
        return None;
    }
    let mut best: Option<(i32, bool, Vec<usize>)> = None;
    for second in 1..count {
        for third in second.saturating_add(1)..=count {
            // A third row only where there is something for it.
            let starts: Vec<usize> = [0, second, third].into_iter().filter(|start| *start < count).collect();
            let ends = starts.iter().skip(1).copied().chain([count]);
            let lists: Vec<Vec<usize>> =
                starts.iter().zip(ends).map(|(from, to)| (*from..to).collect()).collect();
            let Some((score, _)) = fit(all, &lists, width, lexicon).filter(|(score, _)| *score > 0) else {
                continue;
            };
            match &mut best {
                Some((known, _, _)) if *known > score => {}
                Some((known, is_only, _)) if *known == score => *is_only = false,
                _ => best = Some((score, true, starts)),
            }
        }
    }
    best.filter(|(_, is_only, _)| *is_only).map(|(_, _, starts)| starts)
}

/// 预算数 决算数 预算数 决算数: the last row has the same headings under every name above.
fn repeated(
    all: &[Head],
    lists: &[Vec<usize>],
    width: usize,
    lexicon: &Lexicon,
) -> Option<(i32, Vec<Vec<usize>>)> {
    let (last, lists) = lists.split_last()?;
    let each = period(all, last).filter(|period| *period < last.len())?;
    let groups = last.len().checked_div(each)?;
    let alone = width.checked_sub(last.len())?;
    let (score, parents) = forest(all, lists, groups.checked_add(alone)?, lexicon)?;
    let names = leaves(lists, &parents);
    let is_alone = |path: &Vec<usize>| {
        let last = path.last().and_then(|at| all.get(*at)).map(|head| &head.heading);
        last.is_some_and(|heading| heading.role.is_some() || heading.measure.is_some())
    };
    if names.iter().filter(|path| is_alone(path)).count() != alone {
        return None;
    }
    let mut chunks = last.chunks(each.max(1));
    let mut columns = Vec::with_capacity(width);
    for path in names {
        if is_alone(&path) {
            columns.push(path);
            continue;
        }
        for measure in chunks.next()? {
            columns.push(path.iter().copied().chain([*measure]).collect());
        }
    }
    let measures = i32::try_from(last.len()).unwrap_or(i32::MAX);
    Some((score.saturating_add(measures), columns))
}

/// How many headings a row repeats.
fn period(all: &[Head], row: &[usize]) -> Option<usize> {
    let word = |at: &usize| all.get(*at).map(|head| head.text.folded());
    let words: Vec<String> = row.iter().map(word).collect::<Option<_>>()?;
    (1..=words.len()).find(|period| {
        words.len().checked_rem(*period) == Some(0)
            && words.iter().zip(words.iter().skip(*period)).all(|(one, other)| one == other)
    })
}

/// For each row below the first, the heading of the row above that each of its headings stands under.
type Parents = Vec<Vec<usize>>;

/// The one forest of so many leaves that fits best.
fn forest(all: &[Head], lists: &[Vec<usize>], width: usize, lexicon: &Lexicon) -> Option<(i32, Parents)> {
    let total: usize = lists.iter().map(Vec::len).sum();
    let inner = total.checked_sub(width)?;
    // For each pair of rows, the best way to have so many parents in the upper one.
    let mut ways: Vec<Vec<Option<Way>>> = Vec::new();
    for pair in lists.windows(2) {
        if let [upper, lower] = pair {
            ways.push(pairings(all, upper, lower, lexicon));
        }
    }
    // Then the best way to have as many parents in all.
    let mut sums: Vec<Option<(i32, bool, Parents)>> = vec![Some((0, true, Vec::new()))];
    for pair in &ways {
        let mut next: Vec<Option<(i32, bool, Parents)>> = vec![None; inner.saturating_add(1)];
        for (had, sum) in sums.iter().enumerate() {
            let Some((score, is_only, parents)) = sum else { continue };
            for (more, way) in pair.iter().enumerate() {
                let Some(way) = way else { continue };
                let Some(slot) = next.get_mut(had.saturating_add(more)) else { continue };
                let score = score.saturating_add(way.score);
                match slot {
                    Some((best, _, _)) if *best > score => {}
                    Some((best, is_only, _)) if *best == score => *is_only = false,
                    _ => {
                        let mut parents = parents.clone();
                        parents.push(way.parents.clone());
                        *slot = Some((score, *is_only && way.is_only, parents));
                    }
                }
            }
        }
        sums = next;
    }
    let (score, _, parents) =
        sums.get(inner)?.clone().filter(|(score, is_only, _)| *is_only && *score >= 0)?;
    Some((score, parents))
}

/// A way to put a row of headings under the one above.
#[derive(Clone)]
struct Way {
    score: i32,
    is_only: bool,
    parents: Vec<usize>,
}

/// The best ways to put a row under the one above it, in the order of both, by the number of parents.
fn pairings(all: &[Head], upper: &[usize], lower: &[usize], lexicon: &Lexicon) -> Vec<Option<Way>> {
    let none: Vec<Option<Way>> = vec![None; upper.len().saturating_add(1)];
    // By how many of the lower row are placed, and how many parents they have; the upper row is gone through once.
    let mut states: Vec<Vec<Option<Way>>> = vec![none.clone(); lower.len().saturating_add(1)];
    if let Some(first) = states.first_mut().and_then(|state| state.first_mut()) {
        *first = Some(Way { score: 0, is_only: true, parents: Vec::new() });
    }
    for (position, parent) in upper.iter().enumerate() {
        let mut next = states.clone();
        for (placed, state) in states.iter().enumerate() {
            for (count, way) in state.iter().enumerate() {
                let Some(way) = way else { continue };
                let mut way = way.clone();
                for (more, child) in lower.iter().enumerate().skip(placed) {
                    way.score = way.score.saturating_add(affinity(all, *parent, *child, lexicon));
                    // 小计 opens its group: behind others it is no sign that it belongs there.
                    let is_sum = all.get(*child).is_some_and(|head| head.heading.sum.is_some());
                    if is_sum && more > placed {
                        way.score = way.score.saturating_sub(1);
                    }
                    way.parents.push(position);
                    let slot = next
                        .get_mut(more.saturating_add(1))
                        .and_then(|state| state.get_mut(count.saturating_add(1)));
                    let Some(slot) = slot else { continue };
                    match slot {
                        Some(best) if best.score > way.score => {}
                        Some(best) if best.score == way.score => best.is_only = false,
                        _ => *slot = Some(way.clone()),
                    }
                }
            }
        }
        states = next;
    }
    states.pop().unwrap_or(none)
}

/// Never under.
const NEVER: i32 = -100;

/// How well a heading stands under another.
fn affinity(all: &[Head], parent: usize, child: usize, lexicon: &Lexicon) -> i32 {
    let (Some(parent), Some(child)) = (all.get(parent), all.get(child)) else { return NEVER };
    let (over, under) = (&parent.heading, &child.heading);
    // 收入 over 项目, 行次, 金额.
    let is_side = [Class::Income, Class::Spending].iter().any(|side| lexicon.is(*side, &parent.text.chars));
    if is_side {
        return 1;
    }
    if over.role.is_some() || over.sum.is_some() || under.role.is_some() {
        return NEVER;
    }
    // 机关运行经费决算数 says all of its column.
    let is_complete = |measure: Measure| measure.basis.is_some() || measure.facet.is_some();
    if over.name.is_some() && over.measure.is_some_and(is_complete) {
        return NEVER;
    }
    let is_change =
        |heading: &Heading| heading.is_measure() && heading.measure.is_some_and(Measure::is_change);
    match (over.is_measure(), under.is_measure()) {
        (true, true) if is_change(over) && is_change(under) => 4,
        (true, true) if is_change(over) || is_change(under) => NEVER,
        (true, true) => 1,
        (true, false) if is_change(over) => NEVER,
        (true, false) => 1,
        (false, true) => 0,
        (false, false) if under.sum.is_some() => 1,
        (false, false) => kinship(&parent.text.chars, &child.text.chars, lexicon),
    }
}

/// How much a name looks like one of a part of another: 公务用车购置费 of 公务用车购置及运行费.
pub(super) fn kinship(whole: &[char], part: &[char], lexicon: &Lexicon) -> i32 {
    let common = whole.iter().zip(part).take_while(|(a, b)| a == b).count();
    let is_joint = lexicon.mentions(Class::Joint, whole);
    // 购置费 under 公务用车购置及运行费
    let head = part.get(..2).unwrap_or(&[]);
    let is_inside = part.len() >= 3 && common < 2 && whole.windows(2).any(|window| window == head);
    match common {
        4.. if is_joint => 6,
        _ if is_inside && is_joint => 4,
        _ => 0,
    }
}

/// The headings over each leaf, from left to right.
fn leaves(lists: &[Vec<usize>], parents: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut columns = Vec::new();
    let top = lists.first().map_or(0, Vec::len);
    for position in 0..top {
        descend(lists, parents, 0, position, &mut Vec::new(), &mut columns);
    }
    columns
}

/// Header rows are few: the descent is as deep as they are.
fn descend(
    lists: &[Vec<usize>],
    parents: &[Vec<usize>],
    row: usize,
    position: usize,
    path: &mut Vec<usize>,
    columns: &mut Vec<Vec<usize>>,
) {
    let Some(head) = lists.get(row).and_then(|list| list.get(position)) else { return };
    path.push(*head);
    let children: Vec<usize> = parents
        .get(row)
        .into_iter()
        .flatten()
        .enumerate()
        .filter_map(|(child, parent)| (*parent == position).then_some(child))
        .collect();
    if children.is_empty() {
        columns.push(path.clone());
    }
    for child in children {
        descend(lists, parents, row.saturating_add(1), child, path, columns);
    }
    path.pop();
}

/// Whether some headings are those of a table: one of them is surely a heading.
pub(super) fn are_known(all: &[Head]) -> bool {
    all.iter().any(|head| head.heading.is_known())
}
