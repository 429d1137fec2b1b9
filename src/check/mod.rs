//! A rule set and a document to a report.
//!
//! In: a [`RuleSet`] and a [`Document`]. Out: a [`Report`] with one outcome for every rule (and for every amount, unit
//! or breakdown it runs over), whether it holds or not: silence is not a pass. It knows no file format and renders
//! nothing.

mod bind;
mod claim;
mod compare;
mod equation;
mod evaluate;
mod findings;
mod logic;
mod outcome;
mod precision;
mod report;
mod restated;
mod run;
mod value;

pub use outcome::{Compared, Evidence, Folded, Outcome};
pub use report::{Report, StatedFigure, Summary};

use crate::limits;
use crate::{Document, Lang, RuleSet};

/// What becomes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// True of the figures as printed.
    Holds,
    /// Not exactly true, but true of some unrounded figures that print as these do.
    WithinRounding,
    /// A guard is false, or a figure is not stated.
    NotApplicable,
    /// Evaluation failed: a division by zero, an overflow, a limit.
    Undecidable,
    /// True of no figures that print as these do.
    Violated,
}

impl Verdict {
    /// From best to worst, as readings and members of a conjunction are weighed.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Verdict::Holds => 0,
            Verdict::WithinRounding => 1,
            Verdict::NotApplicable => 2,
            Verdict::Undecidable => 3,
            Verdict::Violated => 4,
        }
    }

    /// The word for it in the JSON report.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::WithinRounding => "within_rounding",
            Verdict::Violated => "violated",
            Verdict::NotApplicable => "not_applicable",
            Verdict::Undecidable => "undecidable",
        }
    }
}

/// Why a rule could not be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// A divisor is zero.
    DivisionByZero,
    /// A divisor is rounded, and zero is among the values it may have.
    DivisorMayBeZero,
    /// A result leaves the range of exact arithmetic.
    Overflow,
    /// More readings than [`limits::READINGS`]: too many of its figures are stated several times and differ.
    TooManyReadings,
    /// The expression has no meaning where it stands.
    Unsupported,
}

impl Reason {
    /// The reason in words.
    pub fn message(self, lang: Lang) -> String {
        let (zh, en) = match self {
            Reason::DivisionByZero => ("除数为零".to_owned(), "division by zero".to_owned()),
            Reason::DivisorMayBeZero => {
                ("除数经四舍五入，可能为零".to_owned(), "a divisor is rounded and may be zero".to_owned())
            }
            Reason::Overflow => (
                "结果超出精确计算的范围".to_owned(),
                "a result leaves the range of exact arithmetic".to_owned(),
            ),
            Reason::TooManyReadings => (
                format!("同一数字多处不一，组合超过 {} 种", limits::READINGS),
                format!("figures are restated differently in more than {} ways", limits::READINGS),
            ),
            Reason::Unsupported => {
                ("此处的写法没有意义".to_owned(), "the expression means nothing here".to_owned())
            }
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// Checks documents against a rule set.
///
/// ```
/// # #[cfg(feature = "json")] {
/// use gouji::{Checker, Document, RuleSet, Verdict};
/// let rules = RuleSet::parse("basic + project == total")?;
/// let document = Document::from_json("a.json", r#"{"basic": "217.38", "project": "218.4", "total": "435.80"}"#)?;
/// let report = Checker::new(&rules).check(&document);
/// let finding = report.findings().next().ok_or("no finding")?;
/// assert_eq!(finding.verdict(), Verdict::Violated);
/// assert_eq!(finding.message(gouji::Lang::Zh), "217.38 + 218.40 = 435.78 ≠ 435.80，差 0.02");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Checker<'r> {
    rules: &'r RuleSet,
}

impl<'r> Checker<'r> {
    /// A checker for a rule set.
    pub fn new(rules: &'r RuleSet) -> Checker<'r> {
        Checker { rules }
    }

    /// The verdict of every rule on a document.
    pub fn check(&self, document: &Document) -> Report {
        let binding = bind::Binding::new(self.rules, document);
        let places = precision::Places::new(&binding);
        let mut outcomes = run::rules(&binding, &places);
        outcomes.extend(restated::outcomes(&binding, &places));
        findings::fold_and_order(&mut outcomes);
        Report::new(&binding, outcomes)
    }
}
