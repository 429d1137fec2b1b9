//! **gouji** (勾稽, *gōujī*: the accountant's word for figures that must tie to each other) reads the budget document that a
//! Chinese county department publishes, checks it against rules in a small language, and points at the figure that does
//! not tie: in the document, and in the rule.
//!
//! # A tour by task
//!
//! **Check a published text** against the rules that come with the crate:
//!
//! ```
//! use gouji::{Checker, Lang, Reader, RuleSet};
//!
//! let rules = RuleSet::builder().bundled("organization").build()?;
//! let text = "2018年固定资产155.17万元，其中公务车54.08万，办公用房42.8万元，其他固定资产58.34万元。";
//! let document = Reader::new(&rules).text("县委组织部2019.txt", text.as_bytes())?;
//! let report = Checker::new(&rules).check(&document);
//! for finding in report.findings() {
//!     assert_eq!(finding.rule(), "fixed_assets.classes_add_up");
//!     assert_eq!(finding.message(Lang::Zh), "54.08 + 42.80 + 58.34 = 155.22 ≠ 155.17，差 0.05 万元");
//!     assert_eq!(finding.places().next().map(|place| place.text()), Some("54.08万"));
//! }
//! # assert_eq!(report.findings().count(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Check figures you have** against a rule of your own, one line of it:
//!
//! ```
//! # #[cfg(feature = "json")] {
//! use gouji::{Checker, Document, RuleSet, Verdict};
//!
//! let rules = RuleSet::parse("basic + project == total")?;
//! let document = Document::from_json("a.json", r#"{"basic": "217.38", "project": "218.4", "total": "435.79"}"#)?;
//! let report = Checker::new(&rules).check(&document);
//! // 217.38 + 218.40 is 435.78; figures behind the print may well add up to 435.79.
//! assert_eq!(report.outcomes()[0].verdict(), Verdict::WithinRounding);
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Read a file of any form** with [`Reader::read`]: text and CSV always, workbooks and pages with their features.
//!
//! **Check beside last year's document**: [`Checker::prior`]. **Check a Rust value**: [`Document::from_serialize`]. **Lay out a rule
//! file**: [`ruleset::format`](ruleset::format()). **Run the tests a rule file carries**: [`Checker::test`](check::Checker::test).
//!
//! **Look at the rules themselves**: `soundness::analyse` says whether they can hold together and which of them others imply, with
//! proofs; `testing` makes documents for property tests of a rule set. `docs/soundness.md` is about both.
//!
//! **Show it**: [`report::text`](report) underlines the figures and the rule, [`report::json`](report) is for other tools; both take
//! what [`Checker::check`] returns. **Check the structs of your program** with
//! [`Document::from_serialize`], or build a document from figures of another source with
//! [`DocumentBuilder`](document::DocumentBuilder).
//!
//! # What to know
//!
//! - Every rule gets a [`Verdict`], and a report counts all five: silence is not a pass.
//! - Arithmetic is exact: [`quantity::Rational`], never a float, never an operation that rounds silently.
//! - A printed figure is rounded. What rounding can explain is told apart both from equality and from a mistake.
//! - No input panics. What is bounded, and why, is in [`limits`].
//! - The rule language is described in `docs/language.md`, with a tutorial beside it; `grammar/rules.pest` is its grammar, and
//!   `docs/errors.md` has a page for each mistake.
//!
//! # Features
//!
//! On by default: `json` (documents and reports as JSON), `render` (reports as text), `encoding` (documents in GB18030) and `soundness`
//! (analysis of a rule set; it needs `json`, in which witnesses are written). `sheet` reads workbooks (XLSX and XLS), `html` pages; CSV
//! needs neither. `testing` makes documents for property tests, on proptest.

pub mod check;
pub mod document;
mod fold;
mod lang;
pub mod limits;
pub mod quantity;
mod read;
pub mod report;
pub mod ruleset;
#[cfg(feature = "soundness")]
pub mod soundness;
mod source;
mod syntax;
#[cfg(feature = "testing")]
pub mod testing;
mod verdict;

pub use check::{Checker, Outcome, Report, Verdict};
pub use document::{Document, DocumentError};
pub use lang::Lang;
pub use read::Reader;
pub use ruleset::{RuleSet, RuleSetError, Severity};
pub use source::{
    CellName, Encoding, LineColumn, Location, NotACellName, NotText, Place, Source, SourceId, Span,
};

/// The README's examples, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The examples of the page on soundness, compiled.
#[cfg(all(doctest, feature = "testing"))]
#[doc = include_str!("../docs/soundness.md")]
struct Soundness;
