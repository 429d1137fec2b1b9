//! The plain reference evaluator: one rule, one reading of its figures, one answer.
//!
//! It walks the rule as written. Anything faster has to agree with it.

use std::collections::HashMap;

use super::bind::{Binding, Owner, Subject};
use super::logic::{self, Truth};
use super::precision::Places;
use super::value::{Answer, Atom, AtomId, Number, merge};
use super::{Reason, compare};
use crate::document::{Period, RowId, StatementId};
use crate::quantity::{Interval, Rational};
use crate::ruleset::expr::{Comparison, Expr, ExprKind, Fact, Factor, Function, Link, Sign, Tolerance};
use crate::ruleset::field::{Field, FieldId, FigureRef, Kind, ListRef, Pick, Rows, Target};
use crate::source::Span;

/// One comparison, with what its sides came to.
#[derive(Clone, Debug)]
pub(crate) struct Shown<'a> {
    pub(crate) left: &'a Expr,
    pub(crate) comparison: Comparison,
    pub(crate) right: &'a Expr,
    pub(crate) left_value: Rational,
    pub(crate) right_value: Rational,
    /// How much of the difference rounding, or the tolerance, can explain.
    pub(crate) slack: Option<Rational>,
    pub(crate) tolerance: Option<Tolerance>,
    /// How much the left side less the right grows with each figure that it is a sum of.
    pub(crate) weights: Vec<(StatementId, Rational)>,
}

/// What stands for each figure and each list of a rule, where several statements could.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading<'a> {
    pub(crate) figures: HashMap<&'a FigureRef, Standing>,
    pub(crate) lists: HashMap<&'a ListRef, List>,
}

/// What stands for a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Statement(StatementId),
    /// The words of a cell.
    Words(String),
    /// A blank cell, in a table whose blank cells are zero.
    Zero(RowId, FieldId),
    /// Several rows have the code asked for.
    SameCode,
}

/// What stands for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum List {
    Members(Vec<Member>),
    /// Rows of the table have the same code, so that its order cannot be told.
    SameCode,
}

/// What stands for a member of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    Figure(StatementId),
    /// Words can only be counted.
    Words,
    Zero(RowId, FieldId),
    /// Stated several times, and not alike.
    Restated,
    /// Not stated: what.
    Missing(String),
}

impl List {
    pub(crate) fn members(&self) -> &[Member] {
        match self {
            List::Members(members) => members,
            List::SameCode => &[],
        }
    }
}

/// Evaluates one rule under one reading.
pub(crate) struct Evaluator<'a, 'b> {
    pub(crate) binding: &'b Binding<'a>,
    pub(crate) places: &'b Places,
    pub(crate) subject: Option<&'b Subject>,
    pub(crate) reading: &'b Reading<'a>,
    atoms: Vec<Atom>,
    atom_of: HashMap<StatementId, AtomId>,
    /// The statements looked at, in the order of the rule, each once.
    pub(crate) used: Vec<StatementId>,
    /// The blank cells that were read as zero, each once.
    pub(crate) zeros: Vec<(RowId, FieldId)>,
    /// Which member a `??` took, and how many a `count` found, by where they are written.
    pub(crate) taken: HashMap<Span, usize>,
}

type Judged<'a> = Answer<Truth<Shown<'a>>>;

impl<'a, 'b> Evaluator<'a, 'b> {
    pub(crate) fn new(
        binding: &'b Binding<'a>,
        places: &'b Places,
        subject: Option<&'b Subject>,
        reading: &'b Reading<'a>,
    ) -> Evaluator<'a, 'b> {
        Evaluator {
            binding,
            places,
            subject,
            reading,
            atoms: Vec::new(),
            atom_of: HashMap::new(),
            used: Vec::new(),
            zeros: Vec::new(),
            taken: HashMap::new(),
        }
    }

    /// Whether an expression is true.
    pub(crate) fn truth(&mut self, expr: &'a Expr) -> Judged<'a> {
        match &expr.kind {
            ExprKind::Chain { first, links } => self.chain(first, links),
            ExprKind::InRange { value, low, high } => {
                let ends = [(low.as_ref(), Comparison::AtLeast), (high.as_ref(), Comparison::AtMost)];
                let links = ends.map(|(end, comparison)| self.link(value, comparison, end, None));
                logic::and(links.into())
            }
            ExprKind::InList { value, members } => {
                let links =
                    members.iter().map(|member| self.link(value, Comparison::Equal, member, None)).collect();
                logic::or(links)
            }
            ExprKind::Stated(figure) => {
                let standing = self.reading.figures.get(figure);
                let is_stated = matches!(standing, Some(Standing::Statement(_) | Standing::Words(_)));
                Answer::Known(Truth::exact(is_stated, None))
            }
            ExprKind::Not(inner) => logic::not(self.truth(inner)),
            ExprKind::And(inner) => logic::and(inner.iter().map(|expr| self.truth(expr)).collect()),
            ExprKind::Or(inner) => logic::or(inner.iter().map(|expr| self.truth(expr)).collect()),
            ExprKind::Implies(left, right) => {
                let (left, right) = (self.truth(left), self.truth(right));
                logic::or(vec![logic::not(left), right])
            }
            // Kinds were checked: nothing else is a truth. Should a caller ever pass one, it is not a pass.
            _ => Answer::Undecidable(Reason::Unsupported),
        }
    }

    fn chain(&mut self, first: &'a Expr, links: &'a [Link]) -> Judged<'a> {
        let lefts = std::iter::once(first).chain(links.iter().map(|link| &link.right));
        let judged = lefts
            .zip(links)
            .map(|(left, link)| {
                self.link(left, link.comparison, &link.right, link.tolerance.as_deref().copied())
            })
            .collect();
        logic::and(judged)
    }

    fn link(
        &mut self,
        left: &'a Expr,
        comparison: Comparison,
        right: &'a Expr,
        tolerance: Option<Tolerance>,
    ) -> Judged<'a> {
        if let (Some(left), Some(right)) = (self.words(left), self.words(right)) {
            return left.both(right).then(|(left, right)| {
                let is_true = (left == right) == (comparison == Comparison::Equal);
                Answer::Known(Truth::exact(is_true, None))
            });
        }
        let sides = self.number(left).both(self.number(right));
        sides.then(|(left_value, right_value)| {
            Answer::fits(left_value.sub(&right_value)).then(|difference| {
                let interval = difference.interval(&self.atoms);
                let judged = compare::judge(&difference, interval, comparison, tolerance, right_value.point);
                Answer::fits(judged).then(|judged| {
                    let compare::Judgement { printed, can_hold, can_fail, slack } = judged;
                    let (left_value, right_value) = (left_value.point, right_value.point);
                    let weights = self.weights(&difference);
                    let shown =
                        Shown { left, comparison, right, left_value, right_value, slack, tolerance, weights };
                    Answer::Known(Truth { printed, can_hold, can_fail, shown: Some(shown) })
                })
            })
        })
    }

    /// The multiples of figures that a number is a sum of; those of results that are no sums are left out.
    fn weights(&self, number: &Number) -> Vec<(StatementId, Rational)> {
        let figures = self.used.iter().filter_map(|id| Some((*id, number.weight(*self.atom_of.get(id)?)?)));
        figures.collect()
    }

    /// The words of an expression that is words, exact after trimming.
    fn words(&self, expr: &Expr) -> Option<Answer<String>> {
        let document = self.binding.document;
        match &expr.kind {
            ExprKind::Text(text) => Some(Answer::Known(text.trim().to_owned())),
            ExprKind::Figure(figure) if self.is_words(figure) => {
                Some(match self.reading.figures.get(figure) {
                    Some(Standing::Words(words)) => Answer::Known(words.clone()),
                    Some(Standing::SameCode) => Answer::Undecidable(Reason::SameCode),
                    _ => Answer::Missing(vec![self.name(figure)]),
                })
            }
            ExprKind::Fact(Fact::Document) => Some(Answer::Known(document.kind().as_str().to_owned())),
            ExprKind::Fact(Fact::Department) => Some(match document.department() {
                Some(department) => Answer::Known(department.trim().to_owned()),
                None => Answer::Missing(vec!["department".to_owned()]),
            }),
            _ => None,
        }
    }

    fn is_words(&self, figure: &FigureRef) -> bool {
        let field = figure.target.field().and_then(|field| self.binding.rules.field(field));
        field.and_then(Field::kind).is_some_and(Kind::is_words)
    }

    fn number(&mut self, expr: &'a Expr) -> Answer<Number> {
        match &expr.kind {
            ExprKind::Number(number) => Answer::Known(Number::constant(number.value)),
            ExprKind::Fact(Fact::Year) => match self.binding.document.year() {
                Some(year) => Answer::Known(Number::constant(Rational::whole(year.into()))),
                None => Answer::Missing(vec!["year".to_owned()]),
            },
            ExprKind::Figure(figure) => match self.reading.figures.get(figure) {
                Some(Standing::Statement(id)) => self.figure(*id),
                Some(Standing::Zero(row, column)) => self.zero(*row, *column),
                Some(Standing::SameCode) => Answer::Undecidable(Reason::SameCode),
                // Kinds were checked: words are no figure.
                Some(Standing::Words(_)) => Answer::Undecidable(Reason::Unsupported),
                None => Answer::Missing(vec![self.name(figure)]),
            },
            ExprKind::Negated(inner) => {
                self.number(inner).then(|number| Answer::fits(number.scale(Rational::whole(-1))))
            }
            ExprKind::Sum(terms) => {
                let numbers = terms.iter().map(|(sign, term)| match (sign, self.number(term)) {
                    (Sign::Minus, answer) => {
                        answer.then(|number| Answer::fits(number.scale(Rational::whole(-1))))
                    }
                    (Sign::Plus, answer) => answer,
                });
                Answer::all(numbers).then(|numbers| total(&numbers))
            }
            ExprKind::Product(factors) => {
                let numbers = Answer::all(factors.iter().map(|(_, factor)| self.number(factor)));
                numbers.then(|numbers| self.product(factors, &numbers))
            }
            ExprKind::Coalesce(members) => self.first_stated(expr, members),
            ExprKind::Call(function, arguments) => self.call(expr, *function, arguments),
            // Kinds were checked: nothing else is a figure.
            _ => Answer::Undecidable(Reason::Unsupported),
        }
    }

    fn first_stated(&mut self, expr: &Expr, members: &'a [Expr]) -> Answer<Number> {
        let mut missing = Vec::new();
        for (position, member) in members.iter().enumerate() {
            match self.number(member) {
                Answer::Missing(what) => merge(&mut missing, what),
                answer => {
                    self.taken.insert(expr.span, position);
                    return answer;
                }
            }
        }
        Answer::Missing(missing)
    }

    fn product(&mut self, factors: &[(Factor, Expr)], numbers: &[Number]) -> Answer<Number> {
        let mut product = Number::constant(Rational::ONE);
        for ((factor, _), number) in factors.iter().zip(numbers) {
            let next = match factor {
                Factor::Times => self.times(&product, number),
                Factor::Over => self.over(&product, number),
            };
            match next {
                Answer::Known(next) => product = next,
                open => return open,
            }
        }
        Answer::Known(product)
    }

    fn times(&mut self, left: &Number, right: &Number) -> Answer<Number> {
        match (left.as_constant(), right.as_constant()) {
            (Some(factor), _) => Answer::fits(right.scale(factor)),
            (_, Some(factor)) => Answer::fits(left.scale(factor)),
            _ => {
                let interval = self.interval(left).zip(self.interval(right));
                self.derived(left.point.mul(right.point), interval.and_then(|(left, right)| left.mul(right)))
            }
        }
    }

    fn over(&mut self, left: &Number, right: &Number) -> Answer<Number> {
        if right.point.is_zero() {
            return Answer::Undecidable(Reason::DivisionByZero);
        }
        if let Some(divisor) = right.as_constant() {
            return Answer::fits(Rational::ONE.div(divisor).and_then(|factor| left.scale(factor)));
        }
        match self.interval(right) {
            Some(divisor) if divisor.low.at.signum() <= 0 && divisor.high.at.signum() >= 0 => {
                Answer::Undecidable(Reason::DivisorMayBeZero)
            }
            divisor => {
                let interval = self.interval(left).zip(divisor);
                self.derived(left.point.div(right.point), interval.and_then(|(left, right)| left.div(right)))
            }
        }
    }

    fn call(&mut self, expr: &Expr, function: Function, arguments: &'a [Expr]) -> Answer<Number> {
        let mut members: Vec<Answer<Number>> = Vec::new();
        let mut wholes = Vec::new();
        for argument in arguments {
            match &argument.kind {
                ExprKind::List(list) => {
                    wholes.push(self.list_name(list));
                    let reading = self.reading;
                    match reading.lists.get(list.as_ref()) {
                        Some(List::Members(list)) => {
                            members.extend(list.iter().map(|member| self.member(member)));
                        }
                        Some(List::SameCode) => return Answer::Undecidable(Reason::SameCode),
                        None => {}
                    }
                }
                _ => members.push(self.number(argument)),
            }
        }
        if function == Function::Count {
            return self.count(expr, &members);
        }
        if members.is_empty() {
            return Answer::Missing(wholes);
        }
        Answer::all(members).then(|numbers| match (&function, numbers.as_slice()) {
            (Function::Abs, [number]) => {
                self.derived(number.point.abs(), self.interval(number).and_then(Interval::abs))
            }
            (Function::Round(decimals), [number]) => {
                let decimals = *decimals;
                let interval = self.interval(number).and_then(|interval| interval.round(decimals));
                self.derived(number.point.round(decimals), interval)
            }
            (Function::Min, _) => self.extreme(&numbers, Rational::min, Interval::min),
            (Function::Max, _) => self.extreme(&numbers, Rational::max, Interval::max),
            _ => total(&numbers),
        })
    }

    fn member(&mut self, member: &Member) -> Answer<Number> {
        match member {
            Member::Figure(id) => self.figure(*id),
            Member::Zero(row, column) => self.zero(*row, *column),
            // Only `count` takes words, and only asks whether they are there.
            Member::Words => Answer::Known(Number::constant(Rational::ZERO)),
            Member::Restated => Answer::Undecidable(Reason::RestatedCell),
            Member::Missing(what) => Answer::Missing(vec![what.clone()]),
        }
    }

    fn zero(&mut self, row: RowId, column: FieldId) -> Answer<Number> {
        if !self.zeros.contains(&(row, column)) {
            self.zeros.push((row, column));
        }
        Answer::Known(Number::constant(Rational::ZERO))
    }

    fn list_name(&self, list: &ListRef) -> String {
        match list {
            ListRef::Parts { whole, facet } => facet.describe(&format!("parts({})", self.name(whole))),
            ListRef::Column { cell, rows } => {
                let name = self.name(cell);
                match rows {
                    Rows::All => name,
                    Rows::Top => format!("top {name}"),
                    Rows::Children => format!("children {name}"),
                }
            }
        }
    }

    /// How many members are stated.
    fn count(&mut self, expr: &Expr, members: &[Answer<Number>]) -> Answer<Number> {
        if let Some(reason) = members.iter().find_map(Answer::undecidable) {
            return Answer::Undecidable(reason);
        }
        let stated = members.iter().filter(|member| matches!(member, Answer::Known(_))).count();
        self.taken.insert(expr.span, stated);
        Answer::fits(i128::try_from(stated).ok().map(|count| Number::constant(Rational::whole(count))))
    }

    fn extreme(
        &mut self,
        numbers: &[Number],
        point: fn(Rational, Rational) -> Rational,
        interval: fn(Interval, Interval) -> Interval,
    ) -> Answer<Number> {
        let value = numbers.iter().map(|number| number.point).reduce(point);
        let sides: Option<Vec<Interval>> = numbers.iter().map(|number| self.interval(number)).collect();
        self.derived(value, sides.and_then(|sides| sides.into_iter().reduce(interval)))
    }

    fn interval(&self, number: &Number) -> Option<Interval> {
        number.interval(&self.atoms)
    }

    /// A new atom for a result that is no sum of multiples of figures.
    fn derived(&mut self, point: Option<Rational>, interval: Option<Interval>) -> Answer<Number> {
        match point.zip(interval) {
            Some((point, interval)) => Answer::Known(self.atom(Atom { point, interval })),
            None => Answer::Undecidable(Reason::Overflow),
        }
    }

    fn atom(&mut self, atom: Atom) -> Number {
        let id = AtomId(self.atoms.len());
        self.atoms.push(atom);
        Number::atom(id, atom)
    }

    fn figure(&mut self, id: StatementId) -> Answer<Number> {
        if let Some(known) = self.atom_of.get(&id) {
            return Answer::fits(self.atoms.get(known.0).map(|atom| Number::atom(*known, *atom)));
        }
        self.used.push(id);
        let quantity = self.binding.quantity(id);
        let atom = quantity.and_then(|quantity| {
            Some(Atom { point: quantity.value(), interval: self.places.interval(id, quantity)? })
        });
        Answer::fits(atom).then(|atom| {
            self.atom_of.insert(id, AtomId(self.atoms.len()));
            Answer::Known(self.atom(atom))
        })
    }

    /// What a reader calls a figure that is not stated.
    fn name(&self, figure: &FigureRef) -> String {
        let owner = match &figure.target {
            Target::Field(field) | Target::Cell(field, _) => Some(Owner::Field(*field)),
            Target::Subject => self.subject.map(|subject| subject.owner.clone()),
        };
        let label = match &owner {
            Some(Owner::Field(field)) => {
                self.binding.rules.field(*field).map(|field| field.path().to_owned())
            }
            Some(Owner::Words { label, .. }) => Some(label.clone()),
            None => None,
        };
        let row = match &figure.target {
            Target::Cell(_, pick) => match pick.as_ref() {
                Pick::Code(code) => format!("[{code}]"),
                Pick::TotalRow => "[total_row]".to_owned(),
            },
            Target::Field(_) | Target::Subject => String::new(),
        };
        figure.describe(&(label.unwrap_or_default() + &row))
    }
}

impl FigureRef {
    /// The figure as the language writes it: `delta(total)`, `total@prior`.
    pub(crate) fn describe(&self, name: &str) -> String {
        let period = match self.period {
            Some(Period::Prior) => "@prior".to_owned(),
            Some(Period::Year(year)) => format!("@{year}"),
            _ => String::new(),
        };
        let basis = self.basis.map_or(String::new(), |basis| format!("@{}", basis.as_str()));
        self.facet.describe(&format!("{name}{period}{basis}"))
    }
}

fn total(numbers: &[Number]) -> Answer<Number> {
    let sum = numbers.iter().try_fold(Number::constant(Rational::ZERO), Number::add);
    Answer::fits(sum)
}
