//! A rule file as written: every node with the text it came from.
//!
//! Names are not looked up and kinds not checked here; see [`crate::ruleset`]. Sums, products, `and`, `or` and chains
//! are flat lists, so that a long rule is a wide node and never a deep one.

use crate::quantity::{Amount, Unit};
use crate::source::Span;

/// A node and the bytes it was written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spanned<T> {
    pub(crate) node: T,
    pub(crate) span: Span,
}

/// A name as written, without its backticks.
pub(crate) type Name = Spanned<String>;

/// A rule file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct File {
    /// Each with the bytes from its first token to its last; doc comments stand before them.
    pub(crate) items: Vec<Spanned<Item>>,
}

/// What stands at the top of a file. Boxed, since there may be thousands and the largest would set the size of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// `ruleset organization "县委组织部部门预算"`
    RuleSet(Box<Head>),
    Use(Use),
    /// `unit 元`: what a bare number beside money is in, in this file.
    Unit(Spanned<Unit>),
    Section(Box<Section>),
    Table(Box<Table>),
    Each(Box<Each>),
    Rule(Box<Rule>),
    Field(Box<Field>),
    Waive(Box<Waive>),
    Test(Box<Test>),
    /// A bare assertion: an anonymous `must`.
    Assertion(Box<Assertion>),
}

/// A title in Chinese, perhaps in English too: `"支出预算" en "Expenditure budget"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Title {
    pub(crate) text: Spanned<String>,
    pub(crate) english: Option<Box<Spanned<String>>>,
}

/// `use department`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    pub(crate) set: Name,
    pub(crate) docs: Vec<String>,
}

/// A name with a title and the doc comment above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) name: Name,
    pub(crate) title: Option<Title>,
    /// Lines of `///`, without the slashes and the blank after them.
    pub(crate) docs: Vec<String>,
}

/// Whether a section's figures are of a year, or as at a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SectionKind {
    Flow,
    /// `stock section`: a plain name means the latest date stated.
    Stock,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) kind: SectionKind,
    pub(crate) head: Head,
    pub(crate) members: Vec<Spanned<Member>>,
}

/// `table function_expenditure "一般公共预算支出情况表" | "一般公共预算支出表" blank = 0 { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) head: Head,
    /// What else documents call it, behind the title.
    pub(crate) other_titles: Vec<Spanned<String>>,
    pub(crate) blank: Blank,
    pub(crate) members: Vec<Spanned<Member>>,
}

/// What an empty cell of a table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blank {
    /// Nothing: the figure is not stated.
    NotStated,
    /// `blank = 0`
    Zero,
}

/// `each money x when … { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Each {
    pub(crate) kind: Kind,
    pub(crate) subject: Name,
    pub(crate) guard: Option<Expr>,
    pub(crate) members: Vec<Spanned<Member>>,
    pub(crate) docs: Vec<String>,
}

/// What stands between the braces of a section or an `each`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    Rule(Box<Rule>),
    Field(Box<Field>),
}

/// How much a violation weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SeverityWord {
    Must,
    Should,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) severity: SeverityWord,
    pub(crate) name: Option<Name>,
    pub(crate) title: Option<Title>,
    pub(crate) guard: Option<Box<Expr>>,
    pub(crate) body: Expr,
    pub(crate) docs: Vec<String>,
    /// From the severity to the end of the body.
    pub(crate) span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assertion {
    pub(crate) body: Expr,
    pub(crate) docs: Vec<String>,
}

/// `people : count(人) "人数" | "人次" under "会议费"`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: Name,
    pub(crate) kind: Kind,
    pub(crate) labels: Vec<Label>,
    /// Behind the labels: `en "People"`.
    pub(crate) english: Option<Box<Spanned<String>>>,
    pub(crate) docs: Vec<String>,
}

/// A rule's name as another item refers to it: `expenditure.split`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RuleRef {
    /// At least one.
    pub(crate) names: Vec<Name>,
    pub(crate) span: Span,
}

/// `waive change_rate for 公务接待费 because "…"`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Waive {
    pub(crate) rule: RuleRef,
    /// The one figure it is waived for; without one, for all.
    pub(crate) figure: Option<Spanned<Path>>,
    pub(crate) because: Spanned<String>,
    pub(crate) docs: Vec<String>,
}

/// `test "…" { … } expect violated split, balance`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Test {
    pub(crate) title: Spanned<String>,
    /// A document in JSON, as written, from its `{` to its `}`.
    pub(crate) document: Spanned<String>,
    /// At least one.
    pub(crate) expects: Vec<Expect>,
    pub(crate) docs: Vec<String>,
}

/// `expect violated split, balance`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expect {
    /// `holds`, `violated` …, as written.
    pub(crate) verdict: Name,
    /// At least one.
    pub(crate) rules: Vec<RuleRef>,
}

/// A label, and the label or heading it counts under only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) text: Spanned<String>,
    pub(crate) under: Option<Spanned<String>>,
}

/// A kind as written: `money`, `count(人)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    pub(crate) name: Name,
    pub(crate) counter: Option<Name>,
}

/// An expression with its span; a bracketed one has the span of what is inside.
pub(crate) type Expr = Spanned<ExprKind>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ExprKind {
    /// `0.01`, `0.01 万元`, `50%`
    Number(Literal),
    Text(String),
    Path(Path),
    /// `prior budget`, what a change is against: only ever the second argument of a call.
    PriorBasis {
        prior: Box<Name>,
        basis: Box<Name>,
    },
    /// `sum(parts(x))`
    Call {
        callee: Name,
        arguments: Box<[Expr]>,
    },
    /// `-a`
    Negated(Box<Expr>),
    /// `a + b - c`: at least two terms.
    Sum(Vec<(Sign, Expr)>),
    /// `a * b / c`: at least two factors.
    Product(Vec<(Factor, Expr)>),
    /// `a ?? b ?? 0`: at least two, all but the last a path or a call.
    Coalesce(Vec<Expr>),
    /// `0 <= a <= b within 0.01`
    Chain {
        first: Box<Expr>,
        links: Vec<Link>,
    },
    /// `year in 2015..2030`; both ends belong to it.
    InRange {
        value: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
    },
    /// `document in ["budget", "actual"]`
    InList {
        value: Box<Expr>,
        members: Vec<Expr>,
    },
    Not(Box<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Implies(Box<Expr>, Box<Expr>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Plus,
    Minus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Factor {
    Times,
    Over,
}

/// One comparison of a chain, with what stands on its right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) operator: Spanned<Comparison>,
    pub(crate) right: Expr,
    /// The chain's tolerance, repeated at each of its links.
    pub(crate) tolerance: Option<Box<Spanned<Literal>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// A number with its unit: none, `%`, or one of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    pub(crate) amount: Amount,
    pub(crate) unit: Option<Unit>,
}

/// `expenditure.total@prior`, `function_expenditure["2013201"].total`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    /// At least one; at least two where there is a code.
    pub(crate) names: Box<[Name]>,
    /// The code in brackets behind the first name: one row of a table.
    pub(crate) code: Option<Box<Spanned<String>>>,
    pub(crate) at: Box<[Spanned<At>]>,
}

/// What stands behind `@`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum At {
    Year(i32),
    Word(String),
}
