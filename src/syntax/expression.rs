//! Expressions: a flat list of operands and operators, folded one level of binding after the other.
//!
//! Each level is one loop over the list that joins what its operators stand between, the tightest level first; sums,
//! products and chains come out as flat nodes. Only brackets, calls and prefixes recurse, and their depth is bounded
//! before anything is parsed (see [`super::bounds`]).

use super::ast::{Comparison, Expr, ExprKind, Factor, Link, Literal, Sign, Spanned};
use super::cursor::{Cursor, Node};
use super::error::{SyntaxError, SyntaxErrorKind as Kind};
use super::grammar::Rule;
use crate::source::Span;

/// An expression, and the bytes it takes with its own brackets: a node around it starts and ends there.
pub(super) struct Read {
    pub(super) expr: Expr,
    pub(super) extent: Span,
}

/// An operand with what stands before and behind it.
struct Operand {
    nots: Vec<Span>,
    expr: Expr,
    extent: Span,
    tails: Vec<Tail>,
}

/// What ends a comparison, and the bytes of it.
type Tail = Spanned<TailKind>;

enum TailKind {
    Within(Spanned<Literal>),
    InRange(Expr, Expr),
    InList(Vec<Expr>),
}

impl TailKind {
    fn word(&self) -> &'static str {
        match self {
            TailKind::Within(_) => "within",
            TailKind::InRange(..) | TailKind::InList(_) => "in",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Infix {
    Implies,
    Or,
    And,
    Compare(Comparison),
    Coalesce,
    Add(Sign),
    Multiply(Factor),
}

/// An operator as written.
#[derive(Clone, Copy)]
struct Operator<'i> {
    infix: Infix,
    text: &'i str,
    span: Span,
}

/// An operand behind an operator.
type Behind<'i> = (Operator<'i>, Operand);

/// A level of binding: its operators, and what an operand and those behind it become.
struct Level {
    holds: fn(Infix) -> bool,
    close: fn(Operand, Vec<Behind<'_>>) -> Result<Operand, SyntaxError>,
}

/// From the tightest to the loosest.
const LEVELS: [Level; 8] = [
    Level { holds: |infix| matches!(infix, Infix::Multiply(_)), close: product },
    Level { holds: |infix| matches!(infix, Infix::Add(_)), close: sum },
    Level { holds: |infix| infix == Infix::Coalesce, close: coalesce },
    Level { holds: |infix| matches!(infix, Infix::Compare(_)), close: comparison },
    Level { holds: |_| false, close: negation },
    Level { holds: |infix| infix == Infix::And, close: |first, rest| logic(first, rest, ExprKind::And) },
    Level { holds: |infix| infix == Infix::Or, close: |first, rest| logic(first, rest, ExprKind::Or) },
    Level { holds: |infix| infix == Infix::Implies, close: implication },
];

/// Reads an expression.
pub(super) fn expression(node: Node<'_>) -> Result<Read, SyntaxError> {
    let whole = node.span();
    let mut inside = node.inside();
    let mut first = operand(&mut inside)?;
    let mut rest = Vec::new();
    while inside.peek().is_some() {
        rest.push((operator(&inside.next()?)?, operand(&mut inside)?));
    }
    for level in &LEVELS {
        (first, rest) = fold(first, rest, level)?;
    }
    match rest.first() {
        None => Ok(Read { expr: first.expr, extent: first.extent }),
        Some(_) => Err(SyntaxError::new(Kind::Internal, whole)),
    }
}

/// Joins the operands that operators of one level stand between.
fn fold<'i>(
    first: Operand,
    rest: Vec<Behind<'i>>,
    level: &Level,
) -> Result<(Operand, Vec<Behind<'i>>), SyntaxError> {
    let mut head = Vec::new();
    let mut groups: Vec<(Operator<'i>, Operand, Vec<Behind<'i>>)> = Vec::new();
    for (operator, right) in rest {
        if !(level.holds)(operator.infix) {
            groups.push((operator, right, Vec::new()));
            continue;
        }
        match groups.last_mut() {
            Some((_, _, group)) => group.push((operator, right)),
            None => head.push((operator, right)),
        }
    }
    let first = (level.close)(first, head)?;
    let close = |(operator, left, group)| Ok((operator, (level.close)(left, group)?));
    Ok((first, groups.into_iter().map(close).collect::<Result<_, _>>()?))
}

fn operator<'i>(node: &Node<'i>) -> Result<Operator<'i>, SyntaxError> {
    let infix = match (node.rule(), node.text()) {
        (Rule::implies, _) => Infix::Implies,
        (Rule::or, _) => Infix::Or,
        (Rule::and, _) => Infix::And,
        (Rule::coalesce, _) => Infix::Coalesce,
        (Rule::plus, _) => Infix::Add(Sign::Plus),
        (Rule::minus, _) => Infix::Add(Sign::Minus),
        (Rule::times, _) => Infix::Multiply(Factor::Times),
        (Rule::over, _) => Infix::Multiply(Factor::Over),
        (Rule::comparison, "==") => Infix::Compare(Comparison::Equal),
        (Rule::comparison, "!=") => Infix::Compare(Comparison::NotEqual),
        (Rule::comparison, "<") => Infix::Compare(Comparison::Less),
        (Rule::comparison, "<=") => Infix::Compare(Comparison::AtMost),
        (Rule::comparison, ">") => Infix::Compare(Comparison::Greater),
        (Rule::comparison, ">=") => Infix::Compare(Comparison::AtLeast),
        _ => return Err(node.surprise()),
    };
    Ok(Operator { infix, text: node.text(), span: node.span() })
}

/// `not - x within 0.01`: an operand, its prefixes and what follows it.
fn operand(inside: &mut Cursor<'_>) -> Result<Operand, SyntaxError> {
    let spans = |inside: &mut Cursor<'_>, prefix| {
        std::iter::from_fn(|| inside.take(prefix).map(|node| node.span())).collect::<Vec<Span>>()
    };
    let nots = spans(inside, Rule::not);
    let signs = spans(inside, Rule::negative);
    let primary = primary(inside.next()?)?;
    let Read { expr, extent } = signs.into_iter().rev().fold(primary, negated);
    let mut tails = Vec::new();
    while let Some(Rule::tolerance | Rule::membership) = inside.peek() {
        tails.push(tail(inside.next()?)?);
    }
    Ok(Operand { nots, expr, extent, tails })
}

fn negated(read: Read, sign: Span) -> Read {
    let span = sign.to(read.extent);
    Read { expr: Spanned { node: ExprKind::Negated(Box::new(read.expr)), span }, extent: span }
}

fn primary(node: Node<'_>) -> Result<Read, SyntaxError> {
    let extent = node.span();
    let kind = match node.rule() {
        Rule::literal => ExprKind::Number(node.literal()?.node),
        Rule::string => ExprKind::Text(node.string()?.node),
        Rule::path => ExprKind::Path(node.path()?.node),
        Rule::call => return call(node),
        Rule::bracketed => {
            let expr = expression(node.inside().expect(Rule::expr)?)?.expr;
            return Ok(Read { expr, extent });
        }
        _ => return Err(node.surprise()),
    };
    Ok(Read { expr: Spanned { node: kind, span: extent }, extent })
}

fn call(node: Node<'_>) -> Result<Read, SyntaxError> {
    let span = node.span();
    let mut inside = node.inside();
    let callee = inside.name()?;
    let arguments = arguments(&mut inside)?;
    inside.expect(Rule::close)?;
    inside.finish()?;
    Ok(Read {
        expr: Spanned { node: ExprKind::Call { callee, arguments: arguments.into() }, span },
        extent: span,
    })
}

/// Expressions and bases with commas between.
fn arguments(inside: &mut Cursor<'_>) -> Result<Vec<Expr>, SyntaxError> {
    let mut arguments = Vec::new();
    loop {
        arguments.extend(expressions(inside)?);
        let Some(node) = inside.take(Rule::prior_basis) else { return Ok(arguments) };
        arguments.push(prior_basis(node)?);
        inside.take(Rule::comma);
    }
}

/// `prior budget`
fn prior_basis(node: Node<'_>) -> Result<Expr, SyntaxError> {
    let mut inside = node.inside();
    let word = inside.expect(Rule::prior_word)?;
    let prior = Spanned { node: word.text().to_owned(), span: word.span() };
    let basis = inside.name()?;
    inside.finish()?;
    let span = prior.span.to(basis.span);
    Ok(Spanned { node: ExprKind::PriorBasis { prior: Box::new(prior), basis: Box::new(basis) }, span })
}

/// Expressions with commas between.
fn expressions(inside: &mut Cursor<'_>) -> Result<Vec<Expr>, SyntaxError> {
    let mut expressions = Vec::new();
    while let Some(node) = inside.take(Rule::expr) {
        expressions.push(expression(node)?.expr);
        inside.take(Rule::comma);
    }
    Ok(expressions)
}

fn tail(node: Node<'_>) -> Result<Tail, SyntaxError> {
    let is_tolerance = node.rule() == Rule::tolerance;
    let mut inside = node.inside();
    if is_tolerance {
        let word = inside.expect(Rule::within_word)?.span();
        let literal = inside.expect(Rule::literal)?.literal()?;
        inside.finish()?;
        return Ok(Spanned { span: word.to(literal.span), node: TailKind::Within(literal) });
    }
    let word = inside.expect(Rule::in_word)?.span();
    let members = inside.next()?;
    inside.finish()?;
    let (node, end) = match members.rule() {
        Rule::range => range(members)?,
        Rule::list => {
            let mut inside = members.inside();
            let members = expressions(&mut inside)?;
            (TailKind::InList(members), inside.expect(Rule::close_list)?.span())
        }
        _ => return Err(members.surprise()),
    };
    Ok(Spanned { node, span: word.to(end) })
}

fn range(node: Node<'_>) -> Result<(TailKind, Span), SyntaxError> {
    let mut inside = node.inside();
    let low = bound(inside.expect(Rule::bound)?)?;
    inside.expect(Rule::dots)?;
    let high = bound(inside.expect(Rule::bound)?)?;
    inside.finish()?;
    let end = high.span;
    Ok((TailKind::InRange(low, high), end))
}

fn bound(node: Node<'_>) -> Result<Expr, SyntaxError> {
    let mut inside = node.inside();
    let sign = inside.take(Rule::negative).map(|node| node.span());
    let end = primary(inside.next()?)?;
    inside.finish()?;
    Ok(sign.into_iter().fold(end, negated).expr)
}

/// An operand with those behind it as one node, where there are any.
///
/// Prefixes and tails bind looser than the operators here, so only the first may have a `not` before it, and only the
/// last a tail behind it.
fn join(
    first: Operand,
    rest: Vec<Behind<'_>>,
    node: impl FnOnce(Expr, Vec<(Infix, Expr)>) -> ExprKind,
) -> Result<Operand, SyntaxError> {
    if rest.is_empty() {
        return Ok(first);
    }
    let Operand { nots, expr, mut extent, mut tails } = first;
    let mut exprs = Vec::with_capacity(rest.len());
    for (operator, right) in rest {
        ends_here(&tails, &operator)?;
        not_inside(&right)?;
        extent = extent.to(right.extent);
        tails = right.tails;
        exprs.push((operator.infix, right.expr));
    }
    Ok(Operand { nots, expr: Spanned { node: node(expr, exprs), span: extent }, extent, tails })
}

/// A comparison that has ended does not go on with an operator of its own level or a tighter one.
fn ends_here(tails: &[Tail], operator: &Operator<'_>) -> Result<(), SyntaxError> {
    tails.first().map_or(Ok(()), |tail| {
        let (word, after) = (tail.node.word().to_owned(), operator.text.to_owned());
        Err(SyntaxError::new(Kind::EndsComparison { word, after }, operator.span))
    })
}

fn not_inside(operand: &Operand) -> Result<(), SyntaxError> {
    operand.nots.first().map_or(Ok(()), |span| Err(SyntaxError::new(Kind::NotInside, *span)))
}

fn product(first: Operand, rest: Vec<Behind<'_>>) -> Result<Operand, SyntaxError> {
    join(first, rest, |first, rest| {
        let factors = rest.into_iter().map(|(infix, expr)| match infix {
            Infix::Multiply(factor) => (factor, expr),
            _ => (Factor::Times, expr),
        });
        ExprKind::Product(std::iter::once((Factor::Times, first)).chain(factors).collect())
    })
}

fn sum(first: Operand, rest: Vec<Behind<'_>>) -> Result<Operand, SyntaxError> {
    join(first, rest, |first, rest| {
        let terms = rest.into_iter().map(|(infix, expr)| match infix {
            Infix::Add(sign) => (sign, expr),
            _ => (Sign::Plus, expr),
        });
        ExprKind::Sum(std::iter::once((Sign::Plus, first)).chain(terms).collect())
    })
}

fn coalesce(first: Operand, rest: Vec<Behind<'_>>) -> Result<Operand, SyntaxError> {
    let operands = std::iter::once(&first).chain(rest.iter().map(|(_, operand)| operand));
    for left in operands.take(rest.len()) {
        if !matches!(left.expr.node, ExprKind::Path(_) | ExprKind::Call { .. }) {
            return Err(SyntaxError::new(Kind::CoalesceLeft, left.extent));
        }
    }
    join(first, rest, |first, rest| ExprKind::Coalesce(flat(first, rest)))
}

fn logic(
    first: Operand,
    rest: Vec<Behind<'_>>,
    node: fn(Vec<Expr>) -> ExprKind,
) -> Result<Operand, SyntaxError> {
    join(first, rest, |first, rest| node(flat(first, rest)))
}

fn flat(first: Expr, rest: Vec<(Infix, Expr)>) -> Vec<Expr> {
    std::iter::once(first).chain(rest.into_iter().map(|(_, expr)| expr)).collect()
}

fn implication(first: Operand, rest: Vec<Behind<'_>>) -> Result<Operand, SyntaxError> {
    if let Some((second, _)) = rest.get(1) {
        return Err(SyntaxError::new(Kind::ChainedImplies, second.span));
    }
    let Some((_, last)) = rest.into_iter().next() else { return Ok(first) };
    let span = first.extent.to(last.extent);
    let node = ExprKind::Implies(Box::new(first.expr), Box::new(last.expr));
    Ok(Operand { nots: Vec::new(), expr: Spanned { node, span }, extent: span, tails: Vec::new() })
}

fn negation(operand: Operand, _: Vec<Behind<'_>>) -> Result<Operand, SyntaxError> {
    let Operand { nots, mut expr, mut extent, tails } = operand;
    for not in nots.into_iter().rev() {
        extent = not.to(extent);
        expr = Spanned { node: ExprKind::Not(Box::new(expr)), span: extent };
    }
    Ok(Operand { nots: Vec::new(), expr, extent, tails })
}

fn comparison(mut first: Operand, rest: Vec<Behind<'_>>) -> Result<Operand, SyntaxError> {
    let mut links: Vec<Link> = Vec::with_capacity(rest.len());
    let mut before: Option<Operator<'_>> = None;
    for (operator, right) in rest {
        ends_here(&first.tails, &operator)?;
        not_inside(&right)?;
        if let Some(before) = before {
            chains(&before, &operator)?;
        }
        if let Infix::Compare(comparison) = operator.infix {
            let operator = Spanned { node: comparison, span: operator.span };
            links.push(Link { operator, right: right.expr, tolerance: None });
        }
        first.extent = first.extent.to(right.extent);
        first.tails = right.tails;
        before = Some(operator);
    }
    let mut tails = std::mem::take(&mut first.tails).into_iter();
    let (tail, another) = (tails.next(), tails.next());
    if let (Some(tail), Some(another)) = (&tail, another) {
        let (word, after) = (tail.node.word().to_owned(), another.node.word().to_owned());
        return Err(SyntaxError::new(Kind::EndsComparison { word, after }, another.span));
    }
    let extent = tail.as_ref().map_or(first.extent, |tail| first.extent.to(tail.span));
    let node = match tail {
        None if links.is_empty() => return Ok(first),
        None => ExprKind::Chain { first: Box::new(first.expr), links },
        Some(Spanned { node: TailKind::Within(literal), span }) => {
            tolerate(&mut links, &literal).ok_or(SyntaxError::new(Kind::LooseTolerance, span))?;
            ExprKind::Chain { first: Box::new(first.expr), links }
        }
        Some(Spanned { node: TailKind::InRange(low, high), span }) => {
            alone(before.as_ref(), span)?;
            ExprKind::InRange { value: Box::new(first.expr), low: Box::new(low), high: Box::new(high) }
        }
        Some(Spanned { node: TailKind::InList(members), span }) => {
            alone(before.as_ref(), span)?;
            ExprKind::InList { value: Box::new(first.expr), members }
        }
    };
    Ok(Operand { nots: first.nots, expr: Spanned { node, span: extent }, extent, tails: Vec::new() })
}

/// Gives each link the tolerance; nothing where there is no link, or one that takes none.
fn tolerate(links: &mut [Link], literal: &Spanned<Literal>) -> Option<()> {
    let takes = |link: &Link| link.operator.node != Comparison::NotEqual;
    if links.is_empty() || !links.iter().all(takes) {
        return None;
    }
    for link in links {
        link.tolerance = Some(Box::new(literal.clone()));
    }
    Some(())
}

/// `in` is a comparison of its own and joins no chain.
fn alone(before: Option<&Operator<'_>>, span: Span) -> Result<(), SyntaxError> {
    before.map_or(Ok(()), |before| {
        let (before, after) = (before.text.to_owned(), "in".to_owned());
        Err(SyntaxError::new(Kind::MixedChain { before, after }, span))
    })
}

/// Whether a comparison may follow another: both equalities, both rising or both falling.
fn chains(before: &Operator<'_>, after: &Operator<'_>) -> Result<(), SyntaxError> {
    let direction = |operator: &Operator<'_>| match operator.infix {
        Infix::Compare(Comparison::Less | Comparison::AtMost) => 1,
        Infix::Compare(Comparison::Greater | Comparison::AtLeast) => 2,
        Infix::Compare(Comparison::NotEqual) => 3,
        _ => 0,
    };
    match (direction(before), direction(after)) {
        (3, 3) => Err(SyntaxError::new(Kind::ChainedNotEqual, after.span)),
        (one, other) if one == other => Ok(()),
        _ => {
            let (before, after_text) = (before.text.to_owned(), after.text.to_owned());
            Err(SyntaxError::new(Kind::MixedChain { before, after: after_text }, after.span))
        }
    }
}
