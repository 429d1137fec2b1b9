//! Random small rule sets as text, and what they mean: an evaluator of its own, which shares nothing with the crate.
//!
//! A condition is true, false, or open (`None`) where something is missing or cannot be computed: Kleene's logic of
//! `docs/language.md`. Figures are integers in some scale, so that one evaluator reads integers and decimals.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use proptest::prelude::*;

pub(crate) const NAMES: [&str; 4] = ["a", "b", "c", "d"];

#[derive(Clone)]
pub(crate) struct Set {
    pub(crate) rules: Vec<Rule>,
}

impl fmt::Debug for Set {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) is_must: bool,
    pub(crate) guard: Option<Condition>,
    pub(crate) body: Condition,
}

#[derive(Clone, Debug)]
pub(crate) enum Condition {
    /// With a tolerance, perhaps.
    Compare(Value, Operator, Value, Option<i128>),
    /// `left below middle below right`, strictly or not.
    Chain(Sum, bool, Sum, bool, Sum),
    InRange(Sum, i128, i128),
    InList(Sum, i128, i128),
    /// A quotient against a constant.
    Quotient(usize, usize, Operator, i128),
    Stated(usize),
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Implies(Box<Condition>, Box<Condition>),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Sum(Sum),
    Size(Sum),
    Least(Sum, Sum),
    Greatest(Sum, Sum),
}

/// Multiples, and a constant.
#[derive(Clone, Debug)]
pub(crate) struct Sum(pub(crate) Vec<(i128, Term)>, pub(crate) i128);

#[derive(Clone, Debug)]
pub(crate) enum Term {
    Figure(usize),
    /// `a ?? 2`.
    Or(usize, i128),
    /// `a ?? b`.
    OrElse(usize, usize),
}

// ---- as text

impl Set {
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for name in self.figures().into_iter().map(|figure| NAMES[figure]) {
            let _ = writeln!(text, "{name} : number");
        }
        for (position, rule) in self.rules.iter().enumerate() {
            let severity = if rule.is_must { "must" } else { "should" };
            let guard = rule.guard.as_ref().map_or(String::new(), |guard| format!(" when {}", guard.text()));
            let _ = writeln!(text, "{severity} r{position}{guard}: {}", rule.body.text());
        }
        text
    }

    pub(crate) fn name(position: usize) -> String {
        format!("r{position}")
    }

    /// The figures that rules speak of.
    pub(crate) fn figures(&self) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        self.walk(&mut |figure, _| {
            found.insert(figure);
        });
        found
    }

    /// Those that a document may leave out.
    pub(crate) fn optional(&self) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        self.walk(&mut |figure, may_miss| {
            if may_miss {
                found.insert(figure);
            }
        });
        found
    }

    fn walk(&self, see: &mut dyn FnMut(usize, bool)) {
        for rule in &self.rules {
            rule.guard.iter().chain([&rule.body]).for_each(|condition| condition.walk(see));
        }
    }
}

impl Condition {
    pub(crate) fn text(&self) -> String {
        match self {
            Condition::Compare(left, operator, right, within) => {
                let within = within.map_or(String::new(), |within| format!(" within {within}"));
                format!("({} {} {}{within})", left.text(), operator.text(), right.text())
            }
            Condition::Chain(left, one, middle, two, right) => {
                let sign = |is_strict: &bool| if *is_strict { "<" } else { "<=" };
                format!("({} {} {} {} {})", left.text(), sign(one), middle.text(), sign(two), right.text())
            }
            Condition::InRange(value, low, high) => format!("({} in {low}..{high})", value.text()),
            Condition::InList(value, one, other) => format!("({} in [{one}, {other}])", value.text()),
            Condition::Quotient(above, below, operator, bound) => {
                format!("({} / {} {} (0 + {bound}))", NAMES[*above], NAMES[*below], operator.text())
            }
            Condition::Stated(figure) => format!("stated({})", NAMES[*figure]),
            Condition::Not(inner) => format!("(not {})", inner.text()),
            Condition::And(left, right) => format!("({} and {})", left.text(), right.text()),
            Condition::Or(left, right) => format!("({} or {})", left.text(), right.text()),
            Condition::Implies(left, right) => format!("({} implies {})", left.text(), right.text()),
        }
    }

    fn walk(&self, see: &mut dyn FnMut(usize, bool)) {
        match self {
            Condition::Compare(left, _, right, _) => {
                left.sums().into_iter().chain(right.sums()).for_each(|sum| sum.walk(see));
            }
            Condition::Chain(left, _, middle, _, right) => {
                [left, middle, right].into_iter().for_each(|sum| sum.walk(see));
            }
            Condition::InRange(sum, ..) | Condition::InList(sum, ..) => sum.walk(see),
            Condition::Quotient(above, below, ..) => {
                see(*above, false);
                see(*below, false);
            }
            Condition::Stated(figure) => see(*figure, true),
            Condition::Not(inner) => inner.walk(see),
            Condition::And(left, right) | Condition::Or(left, right) | Condition::Implies(left, right) => {
                left.walk(see);
                right.walk(see);
            }
        }
    }
}

impl Operator {
    fn text(self) -> &'static str {
        match self {
            Operator::Equal => "==",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::AtMost => "<=",
            Operator::Greater => ">",
            Operator::AtLeast => ">=",
        }
    }
}

impl Value {
    fn sums(&self) -> Vec<&Sum> {
        match self {
            Value::Sum(sum) | Value::Size(sum) => vec![sum],
            Value::Least(one, other) | Value::Greatest(one, other) => vec![one, other],
        }
    }

    fn text(&self) -> String {
        match self {
            Value::Sum(sum) => sum.text(),
            Value::Size(sum) => format!("abs({})", sum.text()),
            Value::Least(one, other) => format!("min({}, {})", one.text(), other.text()),
            Value::Greatest(one, other) => format!("max({}, {})", one.text(), other.text()),
        }
    }
}

impl Sum {
    fn text(&self) -> String {
        let Sum(terms, constant) = self;
        let mut text = String::from("(");
        for (position, (times, term)) in terms.iter().enumerate() {
            let sign = match (position, *times < 0) {
                (0, false) => "",
                (0, true) => "0 - ",
                (_, false) => " + ",
                (_, true) => " - ",
            };
            let times = if times.abs() == 1 { String::new() } else { format!("{} * ", times.abs()) };
            let term = match term {
                Term::Figure(figure) => NAMES[*figure].to_owned(),
                Term::Or(figure, instead) => format!("({} ?? {instead})", NAMES[*figure]),
                Term::OrElse(figure, other) => format!("({} ?? {})", NAMES[*figure], NAMES[*other]),
            };
            text.push_str(&format!("{sign}{times}{term}"));
        }
        match (terms.is_empty(), *constant) {
            (true, constant) if constant >= 0 => text.push_str(&constant.to_string()),
            (true, constant) => text.push_str(&format!("0 - {}", -constant)),
            (false, 0) => {}
            (false, constant) => {
                text.push_str(&format!(" {} {}", if constant < 0 { '-' } else { '+' }, constant.abs()));
            }
        }
        text.push(')');
        text
    }

    fn walk(&self, see: &mut dyn FnMut(usize, bool)) {
        for (_, term) in &self.0 {
            match term {
                Term::Figure(figure) => see(*figure, false),
                Term::Or(figure, _) => see(*figure, true),
                Term::OrElse(figure, other) => {
                    see(*figure, true);
                    see(*other, false);
                }
            }
        }
    }
}

// ---- what it means

/// A document: the figures that it states, each times `scale`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    pub(crate) values: [Option<i128>; 4],
    pub(crate) scale: i128,
}

/// What becomes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Became {
    Held,
    Broken,
    /// It does not apply, or cannot be decided.
    Open,
}

impl Rule {
    pub(crate) fn on(&self, figures: &Figures) -> Became {
        if self.guard.as_ref().is_some_and(|guard| guard.on(figures) != Some(true)) {
            return Became::Open;
        }
        match self.body.on(figures) {
            Some(true) => Became::Held,
            Some(false) => Became::Broken,
            None => Became::Open,
        }
    }
}

fn and(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn not(truth: Option<bool>) -> Option<bool> {
    truth.map(|truth| !truth)
}

fn or(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    not(and(not(left), not(right)))
}

impl Condition {
    pub(crate) fn on(&self, figures: &Figures) -> Option<bool> {
        match self {
            Condition::Compare(left, operator, right, within) => {
                let difference = left.on(figures)? - right.on(figures)?;
                Some(operator.compares(difference, within.unwrap_or(0) * figures.scale))
            }
            Condition::Chain(left, one, middle, two, right) => {
                let link = |left: &Sum, is_strict: bool, right: &Sum| {
                    let difference = left.on(figures)? - right.on(figures)?;
                    Some(if is_strict { difference < 0 } else { difference <= 0 })
                };
                and(link(left, *one, middle), link(middle, *two, right))
            }
            Condition::InRange(value, low, high) => {
                let value = value.on(figures)?;
                Some(low * figures.scale <= value && value <= high * figures.scale)
            }
            Condition::InList(value, one, other) => {
                let value = value.on(figures)?;
                Some(one * figures.scale == value || value == other * figures.scale)
            }
            Condition::Quotient(above, below, operator, bound) => {
                let (above, below) = (figures.values[*above]?, figures.values[*below]?);
                let difference = above - bound * below;
                (below != 0).then(|| operator.compares(difference * below.signum(), 0))
            }
            Condition::Stated(figure) => Some(figures.values[*figure].is_some()),
            Condition::Not(inner) => not(inner.on(figures)),
            Condition::And(left, right) => and(left.on(figures), right.on(figures)),
            Condition::Or(left, right) => or(left.on(figures), right.on(figures)),
            Condition::Implies(left, right) => or(not(left.on(figures)), right.on(figures)),
        }
    }
}

impl Operator {
    fn compares(self, difference: i128, allowed: i128) -> bool {
        match self {
            Operator::Equal => difference.abs() <= allowed,
            Operator::NotEqual => difference != 0,
            Operator::Less => difference < allowed,
            Operator::AtMost => difference <= allowed,
            Operator::Greater => -difference < allowed,
            Operator::AtLeast => -difference <= allowed,
        }
    }
}

impl Value {
    fn on(&self, figures: &Figures) -> Option<i128> {
        match self {
            Value::Sum(sum) => sum.on(figures),
            Value::Size(sum) => sum.on(figures).map(i128::abs),
            Value::Least(one, other) => Some(one.on(figures)?.min(other.on(figures)?)),
            Value::Greatest(one, other) => Some(one.on(figures)?.max(other.on(figures)?)),
        }
    }
}

impl Sum {
    fn on(&self, figures: &Figures) -> Option<i128> {
        let Sum(terms, constant) = self;
        terms.iter().try_fold(constant * figures.scale, |sum, (times, term)| {
            let value = match term {
                Term::Figure(figure) => figures.values[*figure]?,
                Term::Or(figure, instead) => figures.values[*figure].unwrap_or(instead * figures.scale),
                Term::OrElse(figure, other) => figures.values[*figure].or(figures.values[*other])?,
            };
            Some(sum + times * value)
        })
    }
}

// ---- what is tried

pub(crate) fn sets() -> impl Strategy<Value = Set> {
    (2_usize..=4)
        .prop_flat_map(|figures| prop::collection::vec(rules(figures), 2..=5).prop_map(|rules| Set { rules }))
}

fn rules(figures: usize) -> impl Strategy<Value = Rule> {
    let guard = prop::option::weighted(0.3, conditions(figures, 1));
    (prop::bool::weighted(0.75), guard, conditions(figures, 2)).prop_map(|(is_must, guard, body)| Rule {
        is_must,
        guard,
        body,
    })
}

fn conditions(figures: usize, depth: u32) -> impl Strategy<Value = Condition> {
    let compare = (values(figures), operators(), sums(figures), prop::option::weighted(0.1, 0_i128..=2));
    let compare = compare.prop_map(|(left, operator, right, within)| {
        let within = within.filter(|_| !matches!(operator, Operator::NotEqual));
        Condition::Compare(left, operator, Value::Sum(right), within)
    });
    let chain = (sums(figures), any::<bool>(), sums(figures), any::<bool>(), sums(figures))
        .prop_map(|(left, one, middle, two, right)| Condition::Chain(left, one, middle, two, right));
    let quotient = (0..figures, 0..figures, operators(), 0_i128..=2)
        .prop_map(|(above, below, operator, bound)| Condition::Quotient(above, below, operator, bound));
    let leaf = prop_oneof![
        12 => compare,
        1 => chain,
        1 => (sums(figures), 0_i128..=3, 0_i128..=3)
            .prop_map(|(sum, one, other)| Condition::InRange(sum, one.min(other), one.max(other))),
        1 => (sums(figures), 0_i128..=3, 0_i128..=3)
            .prop_map(|(sum, one, other)| Condition::InList(sum, one, other)),
        1 => quotient,
        1 => (0..figures).prop_map(Condition::Stated),
    ];
    leaf.prop_recursive(depth, 4, 2, |inner| {
        let pair = (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
        prop_oneof![
            inner.prop_map(|inner| Condition::Not(Box::new(inner))),
            pair.clone().prop_map(|(left, right)| Condition::And(left, right)),
            pair.clone().prop_map(|(left, right)| Condition::Or(left, right)),
            pair.prop_map(|(left, right)| Condition::Implies(left, right)),
        ]
    })
}

fn operators() -> impl Strategy<Value = Operator> {
    prop_oneof![
        3 => Just(Operator::Equal),
        1 => Just(Operator::NotEqual),
        1 => Just(Operator::Less),
        2 => Just(Operator::AtMost),
        1 => Just(Operator::Greater),
        2 => Just(Operator::AtLeast),
    ]
}

fn values(figures: usize) -> impl Strategy<Value = Value> {
    prop_oneof![
        12 => sums(figures).prop_map(Value::Sum),
        1 => sums(figures).prop_map(Value::Size),
        1 => (sums(figures), sums(figures)).prop_map(|(one, other)| Value::Least(one, other)),
        1 => (sums(figures), sums(figures)).prop_map(|(one, other)| Value::Greatest(one, other)),
    ]
}

fn sums(figures: usize) -> impl Strategy<Value = Sum> {
    let term = prop_oneof![
        12 => (0..figures).prop_map(Term::Figure),
        1 => (0..figures, 0_i128..=2).prop_map(|(figure, instead)| Term::Or(figure, instead)),
        1 => (0..figures, 0..figures).prop_map(|(figure, other)| Term::OrElse(figure, other)),
    ];
    (prop::collection::vec((-2_i128..=2, term), 0..=2), -3_i128..=3)
        .prop_map(|(terms, constant)| Sum(terms, constant))
}
