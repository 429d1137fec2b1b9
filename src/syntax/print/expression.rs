//! Expressions: the fewest brackets, and where a long one breaks.

use super::comments::is_line_end;
use super::layout::{Broken, Printer, STEP, width};
use crate::syntax::ast::{At, Comparison, Expr, ExprKind, Factor, Link, Literal, Path, Sign, Spanned};
use crate::syntax::scan::RESERVED;
use pest::unicode::{XID_CONTINUE, XID_START};

/// Where continuation lines stop to be indented deeper: there would be no room left on them, and a rule is bounded in bytes.
const DEEPEST: usize = 40;

/// How tight an expression binds, loosest first: the table of `grammar/rules.pest`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Implies,
    Or,
    And,
    Not,
    Comparison,
    Coalesce,
    Sum,
    Product,
    Sign,
    Operand,
}

impl Level {
    fn of(expr: &Expr) -> Level {
        match &expr.node {
            ExprKind::Implies(..) => Level::Implies,
            ExprKind::Or(_) => Level::Or,
            ExprKind::And(_) => Level::And,
            ExprKind::Not(_) => Level::Not,
            ExprKind::Chain { .. } | ExprKind::InRange { .. } | ExprKind::InList { .. } => Level::Comparison,
            ExprKind::Coalesce(_) => Level::Coalesce,
            ExprKind::Sum(_) => Level::Sum,
            ExprKind::Product(_) => Level::Product,
            ExprKind::Negated(_) => Level::Sign,
            ExprKind::Number(_)
            | ExprKind::Text(_)
            | ExprKind::Path(_)
            | ExprKind::PriorBasis { .. }
            | ExprKind::Call { .. } => Level::Operand,
        }
    }
}

/// Where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// What binds looser gets brackets.
    least: Level,
    first: First,
}

/// What an expression may start with. A bare assertion starts with no sign, nor with what reads as the start of an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    Anything,
    NoSign,
    /// No sign, and no word that starts an item where a name or a text comes next but one.
    NoSignNorWord,
}

impl First {
    /// The same where what follows can follow no word that starts an item.
    fn before_symbol(self) -> First {
        if self == First::Anything { First::Anything } else { First::NoSign }
    }
}

impl Place {
    /// Where any expression can stand without brackets.
    pub(super) const ANY: Place = Place { least: Level::Implies, first: First::Anything };
    /// A bare assertion.
    pub(super) const ASSERTION: Place = Place { least: Level::Implies, first: First::NoSignNorWord };

    fn at_least(least: Level) -> Place {
        Place { least, first: First::Anything }
    }

    fn brackets(self, expr: &Expr) -> bool {
        let level = Level::of(expr);
        let is_first_sign = level == Level::Sign && self.first != First::Anything;
        level < self.least || is_first_sign || self.least == Level::Coalesce && has_operator_behind(expr)
    }
}

/// Whether this is `x@prior ?? x - delta(x)`: beside a comparison few would see what its right belongs to.
fn has_operator_behind(expr: &Expr) -> bool {
    match &expr.node {
        ExprKind::Coalesce(parts) => parts.last().is_some_and(|last| Level::of(last) < Level::Operand),
        _ => false,
    }
}

/// An operand, and the operator before it.
struct Operand<'e> {
    /// Empty before the first.
    operator: &'static str,
    expr: &'e Expr,
    place: Place,
}

/// Operands of one level, side by side.
struct Operation<'e> {
    operands: Vec<Operand<'e>>,
    /// What stands behind the last: a tolerance.
    behind: String,
    breaks: Breaks,
}

/// How a long operation is broken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    /// Behind each operator.
    All,
    /// Behind those where the line is full.
    Few,
}

impl<'e> Operation<'e> {
    fn of(expr: &'e Expr, place: Place) -> Option<Operation<'e>> {
        let logical = |parts: Vec<&'e Expr>, word, least| {
            Operation::new(parts.into_iter().map(|part| (word, part, least)), Breaks::All)
        };
        let mut operation = match &expr.node {
            ExprKind::Implies(left, right) => logical(vec![left, right], "implies", Level::Or),
            ExprKind::Or(parts) => logical(parts.iter().collect(), "or", Level::And),
            ExprKind::And(parts) => logical(parts.iter().collect(), "and", Level::Not),
            ExprKind::Chain { first, links } => {
                let first = std::iter::once(("", &**first, Level::Coalesce));
                let rest = links.iter().map(|link| (comparison(link), &link.right, Level::Coalesce));
                let mut chain = Operation::new(first.chain(rest), Breaks::Few);
                // The tree repeats it at each link; it is written once.
                let tolerance = links.last().and_then(|link| link.tolerance.as_ref());
                chain.behind =
                    tolerance.map(|literal| format!(" within {}", number(&literal.node))).unwrap_or_default();
                chain
            }
            ExprKind::Coalesce(parts) => {
                let last = parts.len().saturating_sub(1);
                let level = |at| if at == last { Level::Sum } else { Level::Operand };
                let parts = parts.iter().enumerate().map(|(at, part)| ("??", part, level(at)));
                Operation::new(parts, Breaks::Few)
            }
            ExprKind::Sum(terms) => {
                let sign = |sign| if sign == Sign::Plus { "+" } else { "-" };
                let terms = terms.iter().map(|(of, term)| (sign(*of), term, Level::Product));
                Operation::new(terms, Breaks::Few)
            }
            ExprKind::Product(factors) => {
                let sign = |factor| if factor == Factor::Times { "*" } else { "/" };
                let factors = factors.iter().map(|(of, factor)| (sign(*of), factor, Level::Sign));
                Operation::new(factors, Breaks::Few)
            }
            _ => return None,
        };
        if let Some(first) = operation.operands.first_mut() {
            first.operator = "";
            first.place.first = match operation.breaks {
                Breaks::All => place.first,
                Breaks::Few => place.first.before_symbol(),
            };
        }
        Some(operation)
    }

    fn new(operands: impl Iterator<Item = (&'static str, &'e Expr, Level)>, breaks: Breaks) -> Operation<'e> {
        let operand = |(operator, expr, least)| Operand { operator, expr, place: Place::at_least(least) };
        Operation { operands: operands.map(operand).collect(), behind: String::new(), breaks }
    }
}

fn comparison(link: &Link) -> &'static str {
    match link.operator.node {
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
    }
}

/// An expression on one line.
pub(super) fn flat(expr: &Expr, place: Place) -> String {
    if place.brackets(expr) {
        return format!("({})", flat(expr, Place::ANY));
    }
    if let Some(operation) = Operation::of(expr, place) {
        let mut out = String::new();
        for operand in &operation.operands {
            if !operand.operator.is_empty() {
                out.extend([" ", operand.operator, " "]);
            }
            out.push_str(&flat(operand.expr, operand.place));
        }
        return out + &operation.behind;
    }
    match &expr.node {
        ExprKind::Number(literal) => number(literal),
        ExprKind::Text(text) => string(text),
        ExprKind::Path(node) => match node.names.as_ref() {
            [only]
                if place.first == First::NoSignNorWord && node.at.is_empty() && starts_item(&only.node) =>
            {
                quoted(&only.node)
            }
            _ => path(node),
        },
        ExprKind::PriorBasis { prior, basis } => format!("{} {}", prior.node, basis.node),
        ExprKind::Call { callee, arguments } => format!("{}({})", callee.node, flat_list(arguments)),
        ExprKind::Negated(inner) => sign(inner).to_owned() + &flat(inner, Place::at_least(Level::Sign)),
        ExprKind::Not(inner) => format!("not {}", flat(inner, Place::at_least(Level::Not))),
        ExprKind::InRange { value, low, high } => {
            let (low, high) = (flat(low, Place::ANY), flat(high, Place::ANY));
            format!("{} in {low}..{high}", flat(value, value_place(place)))
        }
        ExprKind::InList { value, members } => {
            format!("{} in [{}]", flat(value, value_place(place)), flat_list(members))
        }
        // The operations are above.
        _ => String::new(),
    }
}

fn flat_list(list: &[Expr]) -> String {
    list.iter().map(|expr| flat(expr, Place::ANY)).collect::<Vec<_>>().join(", ")
}

/// Where the left of `in` stands.
fn value_place(place: Place) -> Place {
    Place { least: Level::Coalesce, first: place.first.before_symbol() }
}

/// The sign before an operand; two signs in a row are kept apart.
fn sign(inner: &Expr) -> &'static str {
    if matches!(inner.node, ExprKind::Negated(_)) { "- " } else { "-" }
}

/// Prints an expression where the printer is, over as many lines as it needs.
///
/// What continues it is indented by `indent`; `behind` columns are wanted on its last line.
pub(super) fn expression(printer: &mut Printer<'_>, expr: &Expr, place: Place, indent: usize, behind: usize) {
    let text = flat(expr, place);
    if !breaks_for_comments(printer, expr, place) && printer.fits(&text, behind) {
        return printer.push(&text);
    }
    if place.brackets(expr) {
        printer.push("(");
        printer.break_for_comments(expr.span.start(), indent);
        expression(printer, expr, Place::ANY, indent, behind.saturating_add(1));
        return printer.push(")");
    }
    if let Some(operation) = Operation::of(expr, place) {
        return operands(printer, &operation, indent, behind);
    }
    match &expr.node {
        ExprKind::Call { callee, arguments } => {
            printer.push(&callee.node);
            printer.push("(");
            list(printer, arguments, indent, behind.saturating_add(1));
            printer.push(")");
        }
        ExprKind::Negated(inner) => {
            printer.push(sign(inner));
            expression(printer, inner, Place::at_least(Level::Sign), indent, behind);
        }
        ExprKind::Not(inner) => {
            printer.push("not ");
            expression(printer, inner, Place::at_least(Level::Not), indent, behind);
        }
        ExprKind::InRange { value, low, high } => {
            let range = format!(" in {}..{}", flat(low, Place::ANY), flat(high, Place::ANY));
            let behind = behind.saturating_add(width(&range));
            expression(printer, value, value_place(place), indent, behind);
            printer.push(&range);
        }
        ExprKind::InList { value, members } => {
            expression(printer, value, value_place(place), indent, width(" in ["));
            printer.push(" in [");
            list(printer, members, indent, behind.saturating_add(1));
            printer.push("]");
        }
        _ => printer.push(&flat(expr, place)),
    }
}

/// Whether an expression has comments that it can be broken for.
///
/// A comment behind the last place for one is not this expression's: it goes to a place behind it.
pub(super) fn breaks_for_comments(printer: &Printer<'_>, expr: &Expr, place: Place) -> bool {
    printer.comments.any_before(expr.span.end())
        && last_break(expr, place).is_some_and(|last| printer.comments.any_before(last))
}

/// Where in the source the last part starts before which a line can be broken.
fn last_break(expr: &Expr, place: Place) -> Option<usize> {
    let in_list =
        |list: &[Expr]| list.last().map(|last| last_break(last, Place::ANY).unwrap_or(last.span.start()));
    if place.brackets(expr) {
        return last_break(expr, Place::ANY).or(Some(expr.span.start()));
    }
    if let Some(operation) = Operation::of(expr, place) {
        let last = operation.operands.last()?;
        return last_break(last.expr, last.place).or(Some(last.expr.span.start()));
    }
    match &expr.node {
        ExprKind::Call { arguments, .. } => in_list(arguments),
        ExprKind::Negated(inner) => last_break(inner, Place::at_least(Level::Sign)),
        ExprKind::Not(inner) => last_break(inner, Place::at_least(Level::Not)),
        ExprKind::InRange { value, .. } => last_break(value, value_place(place)),
        ExprKind::InList { members, .. } => in_list(members),
        _ => None,
    }
}

fn operands(printer: &mut Printer<'_>, operation: &Operation<'_>, indent: usize, behind: usize) {
    // Arithmetic runs on in one column, so that a long sum beside a comparison is no staircase.
    let inside = match operation.breaks {
        Breaks::All => deeper(indent),
        Breaks::Few => indent,
    };
    let mut rest = operation.operands.iter().peekable();
    while let Some(operand) = rest.next() {
        let behind = rest.peek().map_or_else(
            || behind.saturating_add(width(&operation.behind)),
            |next| width(next.operator).saturating_add(1),
        );
        if !operand.operator.is_empty() {
            printer.push(" ");
            printer.push(operand.operator);
            let wanted = behind.saturating_add(1);
            if printer.break_for_comments(operand.expr.span.start(), indent) == Broken::No {
                let text = flat(operand.expr, operand.place);
                if operation.breaks == Breaks::Few && printer.fits(&text, wanted) {
                    printer.push(" ");
                } else {
                    printer.break_line(indent);
                }
            }
        }
        expression(printer, operand.expr, operand.place, inside, behind);
    }
    printer.push(&operation.behind);
}

/// Expressions with commas between, within brackets.
fn list(printer: &mut Printer<'_>, list: &[Expr], indent: usize, behind: usize) {
    for (at, expr) in list.iter().enumerate() {
        if at > 0 {
            printer.push(",");
        }
        let broken = printer.break_for_comments(expr.span.start(), indent);
        if at > 0 && broken == Broken::No {
            if printer.fits(&flat(expr, Place::ANY), behind.saturating_add(1)) {
                printer.push(" ");
            } else {
                printer.break_line(indent);
            }
        }
        expression(printer, expr, Place::ANY, deeper(indent), behind);
    }
}

fn deeper(indent: usize) -> usize {
    indent.saturating_add(STEP).min(DEEPEST)
}

/// `0.01 万元`, `50%`
pub(super) fn number(literal: &Literal) -> String {
    let amount = literal.amount;
    match &literal.unit {
        None => amount.to_string(),
        Some(unit) if unit.is_money() => format!("{amount} {unit}"),
        Some(unit) => format!("{amount}{unit}"),
    }
}

/// `function_expenditure["2013201"].total@prior`
pub(super) fn path(path: &Path) -> String {
    let mut out = String::new();
    for (position, part) in path.names.iter().enumerate() {
        if position > 0 {
            out.push('.');
        }
        out.push_str(&name(&part.node));
        if let (0, Some(code)) = (position, &path.code) {
            out.extend(["[", &string(&code.node), "]"]);
        }
    }
    for at in &path.at {
        out.push('@');
        match &at.node {
            At::Year(year) => out.push_str(&format!("{year:04}")),
            At::Word(word) => out.push_str(word),
        }
    }
    out
}

/// A text in quotes.
pub(super) fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        // No text of a file has a line end in it.
        out.push(if is_line_end(c) { ' ' } else { c });
    }
    out.push('"');
    out
}

/// A name, in backticks where it is no identifier or is a word of the language.
pub(super) fn name(name: &str) -> String {
    let mut characters = name.chars();
    let starts = characters.next().is_some_and(|first| XID_START(first) || first == '_');
    if starts && characters.all(XID_CONTINUE) && !RESERVED.contains(&name) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// A word that, with a name or a text behind it, is the start of an item.
fn starts_item(word: &str) -> bool {
    let words = ["ruleset", "use", "unit", "stock", "section", "table", "each", "waive", "test", "expect"];
    words.contains(&word)
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}

/// Names with points between: a rule as another item refers to it.
pub(super) fn dotted(names: &[Spanned<String>]) -> String {
    names.iter().map(|part| name(&part.node)).collect::<Vec<_>>().join(".")
}
