//! What the language accepts, what it refuses and where it underlines, its limits, and the laws of its reader.

mod accepted;
mod items;
mod laws;
mod limits;
mod lost;
mod print;
mod refused;

use super::ast::{At, Comparison, Expr, ExprKind, Factor, File, Item, Link, Literal, Path, Sign};
use super::parse;
use crate::Lang;
use crate::source::Source;

/// Reads a file that is right.
fn read(text: &str) -> File {
    let source = Source::new("a.rules", text);
    parse(&source).into_result().unwrap_or_else(|errors| {
        let shown: Vec<_> =
            errors.iter().map(|error| (source.slice(error.span()), error.message(Lang::En))).collect();
        panic!("{text}\nis refused: {shown:#?}")
    })
}

/// Reads a file that is wrong: what each error underlines, and the name of its kind.
fn mistakes(text: &str) -> Vec<(String, String)> {
    let source = Source::new("a.rules", text);
    let Err(errors) = parse(&source).into_result() else { panic!("{text}\nis accepted") };
    let name = |error: &super::SyntaxError| {
        let shown = format!("{:?}", error.kind());
        shown.chars().take_while(char::is_ascii_alphanumeric).collect::<String>()
    };
    errors.iter().map(|error| (source.slice(error.span()).to_owned(), name(error))).collect()
}

/// The expression of a file of one assertion.
fn only(text: &str) -> Expr {
    match read(text).items.pop().map(|item| item.node) {
        Some(Item::Assertion(assertion)) => assertion.body,
        other => panic!("{text} is no assertion: {other:?}"),
    }
}

/// An expression with its structure shown by brackets: `(== (+ a b) c)`.
fn shape(expr: &Expr) -> String {
    let all = |head: &str, parts: &[Expr]| {
        let parts: Vec<String> = parts.iter().map(shape).collect();
        format!("({head} {})", parts.join(" "))
    };
    match &expr.node {
        ExprKind::Number(literal) => number(literal),
        ExprKind::Text(text) => format!("{text:?}"),
        ExprKind::Path(path) => path_text(path),
        ExprKind::PriorBasis { prior, basis } => format!("({} {})", prior.node, basis.node),
        ExprKind::Call { callee, arguments } => all(&callee.node, arguments),
        ExprKind::Negated(inner) => format!("(neg {})", shape(inner)),
        ExprKind::Sum(terms) => operands(terms.iter().map(|(sign, term)| match sign {
            Sign::Plus => ("+", term),
            Sign::Minus => ("-", term),
        })),
        ExprKind::Product(factors) => operands(factors.iter().map(|(factor, term)| match factor {
            Factor::Times => ("*", term),
            Factor::Over => ("/", term),
        })),
        ExprKind::Coalesce(parts) => all("??", parts),
        ExprKind::Chain { first, links } => {
            let links: Vec<String> = links.iter().map(link).collect();
            format!("({} {})", shape(first), links.join(" "))
        }
        ExprKind::InRange { value, low, high } => {
            format!("({} in {}..{})", shape(value), shape(low), shape(high))
        }
        ExprKind::InList { value, members } => format!("({} in {})", shape(value), all("list", members)),
        ExprKind::Not(inner) => format!("(not {})", shape(inner)),
        ExprKind::And(parts) => all("and", parts),
        ExprKind::Or(parts) => all("or", parts),
        ExprKind::Implies(left, right) => format!("({} implies {})", shape(left), shape(right)),
    }
}

fn operands<'e>(parts: impl Iterator<Item = (&'static str, &'e Expr)>) -> String {
    let parts: Vec<String> = parts.map(|(sign, part)| format!("{sign}{}", shape(part))).collect();
    format!("({})", parts.join(" "))
}

fn link(link: &Link) -> String {
    let operator = match link.operator.node {
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
    };
    let tolerance = link.tolerance.as_ref().map(|literal| format!(" within {}", number(&literal.node)));
    format!("{operator} {}{}", shape(&link.right), tolerance.unwrap_or_default())
}

fn number(literal: &Literal) -> String {
    format!("{}{}", literal.amount, literal.unit.as_ref().map_or("", |unit| unit.as_str()))
}

fn path_text(path: &Path) -> String {
    let names: Vec<&str> = path.names.iter().map(|name| name.node.as_str()).collect();
    let at = path.at.iter().map(|at| match &at.node {
        At::Year(year) => format!("@{year}"),
        At::Word(word) => format!("@{word}"),
    });
    let (first, rest) = names.split_first().unwrap();
    let code = path.code.iter().map(|code| format!("[\"{}\"]", code.node)).collect::<String>();
    let rest = rest.iter().map(|name| format!(".{name}")).collect::<String>();
    format!("{first}{code}{rest}{}", at.collect::<String>())
}
