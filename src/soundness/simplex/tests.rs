use super::super::linear::Variable;
use super::*;
use crate::quantity::Rational;

fn form(factors: &[i128]) -> Form {
    Form::new((0..).map(Variable).zip(factors.iter().copied().map(Rational::whole))).unwrap()
}

fn level(real: i64) -> Level {
    Level { real: Exact::from(real), epsilons: Exact::ZERO }
}

/// Bounds a column; what it rests on are the facts `fact` (at most) and `fact + 1` (at least).
fn within(
    simplex: &mut Simplex,
    column: usize,
    low: Option<i64>,
    high: Option<i64>,
    fact: usize,
) -> Result<(), Conflict> {
    if let Some(high) = high {
        simplex.assert(column, Side::Upper, Bound { level: level(high), fact, scale: Exact::ONE })?;
    }
    if let Some(low) = low {
        simplex.assert(
            column,
            Side::Lower,
            Bound { level: level(low), fact: fact + 1, scale: Exact::ONE },
        )?;
    }
    Ok(())
}

#[test]
fn multiples_of_a_form_share_a_column() {
    let mut simplex = Simplex::new(2);
    let (column, _) = simplex.column(&form(&[1, -2])).unwrap();
    assert_eq!(simplex.column(&form(&[-3, 6])), Some((column, Exact::from(-3))));
    assert_eq!(simplex.column(&form(&[0, 5])), Some((1, Exact::from(5))));
    assert_eq!(simplex.column(&form(&[])), None);
}

#[test]
fn a_conflict_says_which_bounds_and_how_often() {
    let mut simplex = Simplex::new(2);
    // x + 3y at most 2, x at least 0, y at least 1.
    let (sum, _) = simplex.column(&form(&[1, 3])).unwrap();
    within(&mut simplex, sum, None, Some(2), 0).unwrap();
    within(&mut simplex, 0, Some(0), None, 2).unwrap();
    within(&mut simplex, 1, Some(1), None, 4).unwrap();
    let Err(Stop::Conflict(mut conflict)) = simplex.search() else { panic!("{simplex:?}") };
    conflict.sort_by_key(|(fact, _)| *fact);
    assert_eq!(conflict, [(0, Exact::ONE), (3, Exact::ONE), (5, Exact::from(3))]);
}

#[test]
fn letting_go_of_an_equality_and_back_costs_no_pivot() {
    let mut simplex = Simplex::new(6);
    let sums = [[1, -1, -1, 0, 0, 0], [0, 1, 0, -1, -1, 0], [0, 0, 1, 0, -1, -1]];
    let columns = sums.map(|sum| simplex.column(&form(&sum)).unwrap().0);
    for column in columns {
        within(&mut simplex, column, Some(0), Some(0), 0).unwrap();
    }
    simplex.search().unwrap();
    let pivots = simplex.pivots;
    assert_eq!(usize::MAX - pivots, 3);
    for free in columns {
        simplex.retract(0);
        for column in columns.into_iter().filter(|column| *column != free) {
            within(&mut simplex, column, Some(0), Some(0), 0).unwrap();
        }
        within(&mut simplex, free, Some(7), None, 2).unwrap();
        simplex.search().unwrap();
    }
    assert_eq!(simplex.pivots, pivots);
}

#[test]
fn an_equality_that_others_say_stays_and_one_that_they_exclude_is_a_conflict() {
    let mut simplex = Simplex::new(3);
    let sums = [[1, -1, 0], [0, 1, -1], [1, 0, -1]];
    let [one, two, both] = sums.map(|sum| simplex.column(&form(&sum)).unwrap().0);
    within(&mut simplex, one, Some(1), Some(1), 0).unwrap();
    within(&mut simplex, two, Some(2), Some(2), 2).unwrap();
    within(&mut simplex, both, Some(3), Some(3), 4).unwrap();
    simplex.search().unwrap();
    simplex.retract(4);
    within(&mut simplex, both, Some(4), Some(4), 6).unwrap();
    assert!(matches!(simplex.search(), Err(Stop::Conflict(conflict)) if conflict.len() == 3));
}

#[test]
fn the_end_of_a_column_is_where_bounds_stop_it() {
    let mut simplex = Simplex::new(2);
    let (sum, _) = simplex.column(&form(&[1, 1])).unwrap();
    within(&mut simplex, sum, None, Some(10), 0).unwrap();
    within(&mut simplex, 0, Some(1), None, 2).unwrap();
    within(&mut simplex, 1, Some(6), None, 4).unwrap();
    simplex.search().unwrap();
    assert_eq!(simplex.optimise(0, Side::Upper), Optimum::At(level(4)));
    assert_eq!(simplex.optimise(sum, Side::Lower), Optimum::At(level(7)));
    assert_eq!(simplex.optimise(1, Side::Upper), Optimum::At(level(9)));
    simplex.retract(1);
    assert_eq!(simplex.optimise(1, Side::Lower), Optimum::Unbounded);
}

#[test]
fn without_pivots_there_is_no_answer() {
    let mut simplex = Simplex::new(2);
    let (sum, _) = simplex.column(&form(&[1, 1])).unwrap();
    simplex.pivots = 0;
    within(&mut simplex, sum, Some(1), None, 0).unwrap();
    assert!(matches!(simplex.search(), Err(Stop::Limit)));
}
