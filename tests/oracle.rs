//! The verdicts against their definition, in big rationals, by code that shares nothing with the evaluator.
//!
//! The definition: true of the figures as printed: holds. Else true of some unrounded figures that print as these do:
//! within rounding. Else violated. Missing and undecidable follow Kleene. Rules here are linear, or have a quotient, and
//! are joined by `and`, `or` and `not`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use gouji::{Checker, Document, RuleSet, Verdict};
use num_bigint::BigInt;
use num_rational::Ratio;
use proptest::prelude::*;

type Big = Ratio<BigInt>;

/// A printed figure: `mantissa` with its last `decimals` digits behind the point. `None`: not stated.
#[derive(Clone, Debug)]
struct Figure {
    printed: Option<(i64, u32)>,
}

#[derive(Clone, Copy, Debug)]
enum Operator {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

#[derive(Clone, Debug)]
enum Side {
    /// Multiples of figures, and a constant in hundredths.
    Linear(Vec<(i64, usize)>, i64),
    Quotient(usize, usize),
}

#[derive(Clone, Debug)]
enum Condition {
    /// With a tolerance in hundredths, perhaps.
    Compare(Side, Operator, Side, Option<u32>),
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
}

// ---- what is written

fn digits(mantissa: i64, decimals: u32) -> String {
    let places = usize::try_from(decimals).unwrap();
    let size = format!("{:0>width$}", mantissa.abs(), width = places + 1);
    let (whole, rest) = size.split_at(size.len() - places);
    let sign = if mantissa < 0 { "-" } else { "" };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

fn document(figures: &[Figure]) -> String {
    let stated = figures.iter().enumerate().filter_map(|(at, figure)| {
        figure.printed.map(|(mantissa, decimals)| format!("\"f{at}\": \"{}\"", digits(mantissa, decimals)))
    });
    format!("{{{}}}", stated.collect::<Vec<_>>().join(", "))
}

fn side(side: &Side) -> String {
    match side {
        Side::Linear(terms, constant) => {
            let mut text = String::from("(0");
            for (times, figure) in terms {
                let sign = if *times < 0 { '-' } else { '+' };
                let _ = write!(text, " {sign} {} * f{figure}", times.abs());
            }
            let sign = if *constant < 0 { '-' } else { '+' };
            let _ = write!(text, " {sign} {})", digits(constant.abs(), 2));
            text
        }
        Side::Quotient(over, under) => format!("(f{over} / f{under})"),
    }
}

fn rule(condition: &Condition) -> String {
    match condition {
        Condition::Compare(left, operator, right, tolerance) => {
            let sign = match operator {
                Operator::Equal => "==",
                Operator::NotEqual => "!=",
                Operator::Less => "<",
                Operator::AtMost => "<=",
                Operator::Greater => ">",
                Operator::AtLeast => ">=",
            };
            let tolerance = tolerance
                .map_or(String::new(), |hundredths| format!(" within {}", digits(i64::from(hundredths), 2)));
            format!("({} {sign} {}{tolerance})", side(left), side(right))
        }
        Condition::Not(inner) => format!("(not {})", rule(inner)),
        Condition::And(left, right) => format!("({} and {})", rule(left), rule(right)),
        Condition::Or(left, right) => format!("({} or {})", rule(left), rule(right)),
    }
}

// ---- what it means

#[derive(Clone, Debug, PartialEq, Eq)]
enum Known<T> {
    Yes(T),
    Missing,
    Undecidable,
}

/// An end of an interval, and whether it is left out.
type End = (Big, bool);

fn big(mantissa: i64, decimals: u32) -> Big {
    Big::new(BigInt::from(mantissa), BigInt::from(10).pow(decimals))
}

fn zero() -> Big {
    big(0, 0)
}

/// The places that two figures show, or those of the figure itself if it shows more.
fn places(figures: &[Figure], own: u32) -> u32 {
    let mut shown: Vec<u32> =
        figures.iter().filter_map(|figure| figure.printed).map(|(_, decimals)| decimals).collect();
    shown.sort_unstable();
    shown.iter().rev().nth(1).copied().unwrap_or(0).max(own)
}

fn interval(figures: &[Figure], at: usize) -> Option<(Big, End, End)> {
    let (mantissa, decimals) = figures[at].printed?;
    let value = big(mantissa, decimals);
    if mantissa == 0 {
        return Some((value.clone(), (value.clone(), false), (value, false)));
    }
    let half = big(5, places(figures, decimals) + 1);
    Some((value.clone(), (value.clone() - half.clone(), true), (value + half, true)))
}

/// The multiples of each figure, a constant, and the quotients: the difference of two sides.
fn judge(
    figures: &[Figure],
    left: &Side,
    operator: Operator,
    right: &Side,
    tolerance: Option<u32>,
) -> Known<[bool; 3]> {
    let mut times = vec![zero(); figures.len()];
    let (mut point, mut low, mut high) = (zero(), (zero(), false), (zero(), false));
    let mut missing = false;
    let mut undecidable = false;
    let mut shift = |value: &Big, a: End, b: End| {
        point = point.clone() + value;
        low = (low.0.clone() + a.0, low.1 || a.1);
        high = (high.0.clone() + b.0, high.1 || b.1);
    };
    for (side, sign) in [(left, 1_i64), (right, -1)] {
        match side {
            Side::Linear(terms, constant) => {
                for (by, figure) in terms {
                    times[*figure] = times[*figure].clone() + big(by * sign, 0);
                    missing |= figures[*figure].printed.is_none();
                }
                let constant = big(constant * sign, 2);
                shift(&constant, (constant.clone(), false), (constant.clone(), false));
            }
            Side::Quotient(over, under) => match (interval(figures, *over), interval(figures, *under)) {
                (Some((a, a_low, a_high)), Some((b, b_low, b_high))) => {
                    if b_low.0 <= zero() && b_high.0 >= zero() {
                        undecidable = true;
                        continue;
                    }
                    let is_point = |end: &End| !end.1;
                    let mut ends: Vec<End> = Vec::new();
                    for x in [&a_low, &a_high] {
                        for y in [&b_low, &b_high] {
                            let reached = (is_point(x) && x.0 == zero()) || !(x.1 || y.1);
                            ends.push((x.0.clone() / y.0.clone() * big(sign, 0), !reached));
                        }
                    }
                    let least = ends.iter().min_by(|x, y| x.0.cmp(&y.0).then(x.1.cmp(&y.1))).unwrap().clone();
                    let most = ends.iter().max_by(|x, y| x.0.cmp(&y.0).then(y.1.cmp(&x.1))).unwrap().clone();
                    shift(&(a / b * big(sign, 0)), least, most);
                }
                _ => missing = true,
            },
        }
    }
    if undecidable {
        return Known::Undecidable;
    }
    if missing {
        return Known::Missing;
    }
    for (at, by) in times.iter().enumerate() {
        if *by == zero() {
            continue;
        }
        let (value, a, b) = interval(figures, at).unwrap();
        let (a, b) = if *by < zero() { (b, a) } else { (a, b) };
        shift(&(value * by), (a.0 * by, a.1), (b.0 * by, b.1));
    }
    let nothing = zero();
    if let Some(hundredths) = tolerance {
        let allowed = big(i64::from(hundredths), 2);
        let printed = match operator {
            Operator::Equal | Operator::NotEqual => point <= allowed && -point.clone() <= allowed,
            Operator::Less => point < allowed,
            Operator::AtMost => point <= allowed,
            Operator::Greater => -point.clone() < allowed,
            Operator::AtLeast => -point.clone() <= allowed,
        };
        return Known::Yes([printed, printed, !printed]);
    }
    let (below, above) = (low.0 < nothing, high.0 > nothing);
    let inside = (below || (low.0 == nothing && !low.1)) && (above || (high.0 == nothing && !high.1));
    let at_most = below || (low.0 == nothing && !low.1);
    let at_least = above || (high.0 == nothing && !high.1);
    Known::Yes(match operator {
        Operator::Equal => [point == nothing, inside, below || above],
        Operator::NotEqual => [point != nothing, point != nothing, point == nothing],
        Operator::Less => [point < nothing, below, at_least],
        Operator::AtMost => [point <= nothing, at_most, above],
        Operator::Greater => [point > nothing, above, at_most],
        Operator::AtLeast => [point >= nothing, at_least, below],
    })
}

/// True as printed, can be true, can be false.
fn truth(figures: &[Figure], condition: &Condition) -> Known<[bool; 3]> {
    match condition {
        Condition::Compare(left, operator, right, tolerance) => {
            judge(figures, left, *operator, right, *tolerance)
        }
        Condition::Not(inner) => match truth(figures, inner) {
            Known::Yes([printed, can_hold, can_fail]) => Known::Yes([!printed, can_fail, can_hold]),
            open => open,
        },
        Condition::And(left, right) => {
            let is_false = |known: &Known<[bool; 3]>| matches!(known, Known::Yes([false, false, _]));
            join(truth(figures, left), truth(figures, right), is_false, |a, b| {
                [a[0] && b[0], a[1] && b[1], a[2] || b[2]]
            })
        }
        Condition::Or(left, right) => {
            let is_true = |known: &Known<[bool; 3]>| matches!(known, Known::Yes([_, true, _]));
            join(truth(figures, left), truth(figures, right), is_true, |a, b| {
                [a[0] || b[0], a[1] || b[1], a[2] && b[2]]
            })
        }
    }
}

fn join(
    left: Known<[bool; 3]>,
    right: Known<[bool; 3]>,
    settles: impl Fn(&Known<[bool; 3]>) -> bool,
    both: impl Fn([bool; 3], [bool; 3]) -> [bool; 3],
) -> Known<[bool; 3]> {
    match (&left, &right) {
        (Known::Yes(a), Known::Yes(b)) => Known::Yes(both(*a, *b)),
        _ if settles(&left) => left,
        _ if settles(&right) => right,
        _ if left == Known::Undecidable || right == Known::Undecidable => Known::Undecidable,
        _ => Known::Missing,
    }
}

// ---- what is tried

fn figures() -> impl Strategy<Value = Vec<Figure>> {
    let near = prop_oneof![4 => -300_i64..300, 1 => Just(0), 1 => -5_000_000_i64..5_000_000];
    let printed = prop_oneof![9 => (near, 0_u32..4).prop_map(Some), 1 => Just(None)];
    prop::collection::vec(printed.prop_map(|printed| Figure { printed }), 4)
}

fn sides() -> impl Strategy<Value = Side> {
    let linear =
        (prop::collection::vec((-2_i64..3, 0_usize..4), 1..4), prop_oneof![3 => Just(0), 1 => -100_i64..100]);
    prop_oneof![
        4 => linear.prop_map(|(terms, constant)| Side::Linear(terms, constant)),
        1 => (0_usize..4, 0_usize..4).prop_map(|(over, under)| Side::Quotient(over, under)),
    ]
}

fn operators() -> impl Strategy<Value = Operator> {
    prop_oneof![
        4 => Just(Operator::Equal),
        1 => Just(Operator::NotEqual),
        1 => Just(Operator::Less),
        1 => Just(Operator::AtMost),
        1 => Just(Operator::Greater),
        1 => Just(Operator::AtLeast),
    ]
}

fn conditions() -> impl Strategy<Value = Condition> {
    let compare = (sides(), operators(), sides(), prop::option::weighted(0.15, 0_u32..5));
    let compare = compare.prop_map(|(left, operator, right, tolerance)| {
        // `within` fits == < <= > >= only.
        let tolerance = tolerance.filter(|_| !matches!(operator, Operator::NotEqual));
        Condition::Compare(left, operator, right, tolerance)
    });
    compare.prop_recursive(3, 6, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| Condition::Not(Box::new(inner))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Condition::And(Box::new(a), Box::new(b))),
            (inner.clone(), inner).prop_map(|(a, b)| Condition::Or(Box::new(a), Box::new(b))),
        ]
    })
}

/// One comparison whose sides nearly meet: a figure, and the sum of the others moved by a few last places.
fn near_misses() -> impl Strategy<Value = (Vec<Figure>, Condition)> {
    (prop::collection::vec((1_i64..100_000, 0_u32..4), 3), -4_i64..5).prop_map(|(parts, off)| {
        let decimals = parts.iter().map(|(_, decimals)| *decimals).max().unwrap();
        let sum: i64 = parts.iter().map(|(mantissa, own)| mantissa * 10_i64.pow(decimals - own)).sum();
        let mut figures: Vec<_> =
            parts.into_iter().map(|printed| Figure { printed: Some(printed) }).collect();
        figures.push(Figure { printed: Some((sum + off, decimals)) });
        let left = Side::Linear(vec![(1, 0), (1, 1), (1, 2)], 0);
        (figures, Condition::Compare(left, Operator::Equal, Side::Linear(vec![(1, 3)], 0), None))
    })
}

/// A figure against a constant at, or one hundredth beside, an end of what the figure may stand for.
fn ends() -> impl Strategy<Value = (Vec<Figure>, Condition)> {
    let sign = prop_oneof![Just(-1_i64), Just(1)];
    (-50_i64..50, 0_u32..2, sign, -1_i64..2, operators()).prop_map(
        |(mantissa, decimals, sign, beside, operator)| {
            let value = mantissa * 10_i64.pow(2 - decimals);
            let half = 5 * 10_i64.pow(1 - decimals);
            let constant = Side::Linear(vec![], value + sign * half + beside);
            let figures = vec![Figure { printed: Some((mantissa, decimals)) }];
            (figures, Condition::Compare(Side::Linear(vec![(1, 0)], 0), operator, constant, None))
        },
    )
}

fn checked(figures: &[Figure], condition: &Condition) -> Verdict {
    let rules = RuleSet::parse(&rule(condition)).unwrap();
    let document = Document::from_json("document.json", document(figures)).unwrap();
    let report = Checker::new(&rules).check(&document);
    report.outcomes()[0].verdict()
}

fn defined(figures: &[Figure], condition: &Condition) -> Verdict {
    match truth(figures, condition) {
        Known::Yes([true, ..]) => Verdict::Holds,
        Known::Yes([_, true, _]) => Verdict::WithinRounding,
        Known::Yes(_) => Verdict::Violated,
        Known::Missing => Verdict::NotApplicable,
        Known::Undecidable => Verdict::Undecidable,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn the_verdict_is_what_its_definition_says(figures in figures(), condition in conditions()) {
        prop_assert_eq!(checked(&figures, &condition), defined(&figures, &condition), "{}", rule(&condition));
    }

    #[test]
    fn an_end_is_left_out((figures, condition) in ends()) {
        prop_assert_eq!(checked(&figures, &condition), defined(&figures, &condition), "{}", document(&figures));
    }

    #[test]
    fn a_sum_that_nearly_meets_its_total_is_judged_to_the_last_place((figures, condition) in near_misses()) {
        prop_assert_eq!(checked(&figures, &condition), defined(&figures, &condition), "{}", document(&figures));
    }
}
