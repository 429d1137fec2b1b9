//! The five things that may become of a rule.

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
    /// All five.
    pub const ALL: [Verdict; 5] = [
        Verdict::Holds,
        Verdict::WithinRounding,
        Verdict::Violated,
        Verdict::NotApplicable,
        Verdict::Undecidable,
    ];

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

    /// The verdict of a word: `within_rounding`.
    pub fn named(word: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.as_str() == word)
    }

    /// The word for it, in the JSON report and in the tests of rule files.
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
