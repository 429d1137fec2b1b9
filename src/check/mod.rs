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
mod lists;
mod logic;
mod outcome;
mod precision;
mod prior;
mod report;
mod restated;
mod run;
mod table;
#[cfg(feature = "json")]
mod test_case;
mod value;
mod waive;

pub use claim::{Considered, Refusal};
pub(crate) use outcome::locate;
pub use outcome::{Compared, Evidence, Folded, Outcome};
pub use report::{Report, StatedFigure, Summary};
#[cfg(feature = "json")]
pub use test_case::Mismatch;

pub use crate::verdict::Verdict;

use crate::document::StatementId;
use crate::limits;
use crate::{Document, Lang, RuleSet};

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
    /// Two rows of a table have the same code, so that it cannot be said which row is below which.
    SameCode,
    /// A cell of a list is stated several times, and differently.
    RestatedCell,
    /// A rule of each row that asks for whole columns, over more cells than [`limits::LIST_CELLS`] in all.
    TooManyCells,
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
            Reason::SameCode => (
                "表中有编码相同的行，分不清上下级".to_owned(),
                "rows of the table have the same code, so which is below which cannot be said".to_owned(),
            ),
            Reason::TooManyCells => (
                format!("逐行规则涉及的单元格合计超过 {} 个", limits::LIST_CELLS),
                format!("a rule of each row asks for more than {} cells in all", limits::LIST_CELLS),
            ),
            Reason::RestatedCell => (
                "表中同一单元格写了几个不同的数".to_owned(),
                "a cell of the list is stated several times, and differently".to_owned(),
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
    prior: Option<&'r Document>,
}

impl<'r> Checker<'r> {
    /// A checker for a rule set.
    pub fn new(rules: &'r RuleSet) -> Checker<'r> {
        Checker { rules, prior: None }
    }

    /// Checks beside last year's document: `x@prior` is also what that one states of its own year, and a figure that
    /// the two state differently is a finding with both places.
    ///
    /// Where a document does not say its year, the other is taken to be the one before or after it.
    #[must_use]
    pub fn prior(self, document: &'r Document) -> Checker<'r> {
        Checker { prior: Some(document), ..self }
    }

    /// The verdict of every rule on a document.
    pub fn check(&self, document: &Document) -> Report {
        match self.prior.map(|prior| prior::join(document, prior)) {
            Some((joint, own)) => self.report(&bind::Binding::new(self.rules, &joint, own)),
            None => self.report(&bind::Binding::new(self.rules, document, prior::Own::all(document))),
        }
    }

    /// For each of some figures the fields that go by its label, and why it is not their own. None at all, and no field
    /// goes by what the figure is called.
    ///
    /// ```
    /// use gouji::check::Refusal;
    /// use gouji::{Checker, Reader, RuleSet};
    /// let rules = RuleSet::builder().bundled("department").build()?;
    /// let document = Reader::new(&rules).text("a.txt", "公务接待3批次，费用2万元，人均50元".as_bytes())?;
    /// let figures = document.figures_printed("3批次");
    /// let claims = &Checker::new(&rules).considered(&document, &figures)[0];
    /// let own = claims.iter().find(|field| field.refusal.is_none()).expect("one claims it");
    /// assert_eq!(own.field, "three_public.reception_batches");
    /// assert!(claims.iter().any(|field| matches!(field.refusal, Some(Refusal::Kind(_)))));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn considered(&self, document: &Document, figures: &[StatementId]) -> Vec<Vec<Considered>> {
        let claims = claim::Claims::new(self.rules);
        let binding = bind::Binding::new(self.rules, document, prior::Own::all(document));
        let explain = |figure: &StatementId| {
            let Some(statement) = document.statement(*figure) else { return Vec::new() };
            let whole = statement.parent.as_ref().and_then(|parent| parent.statement);
            claims.explain(statement, whole.and_then(|whole| binding.field_of(whole)))
        };
        figures.iter().map(explain).collect()
    }

    fn report(&self, binding: &bind::Binding<'_>) -> Report {
        let places = precision::Places::new(binding);
        let mut outcomes = run::rules(binding, &places);
        outcomes.extend(restated::outcomes(binding, &places));
        let idle = waive::apply(self.rules.waivers(), &mut outcomes);
        findings::fold_and_order(&mut outcomes);
        Report::new(binding, outcomes, idle)
    }
}
