//! What an analysis says: of the set, of each rule, of the figures.

use super::problem::Outside;
use super::proof::Certificate;
use super::witness::Witness;
use crate::quantity::Rational;
use crate::ruleset::Severity;
use crate::source::Location;
use crate::{Lang, ruleset};

/// What is known of a rule set, its rules read as exact.
#[derive(Clone, Debug)]
pub struct Analysis {
    pub(super) consistency: Consistency,
    pub(super) rules: Vec<RuleAnswer>,
    pub(super) bounds: Vec<FigureBounds>,
}

impl Analysis {
    /// Whether all `must` rules can hold of one document.
    pub fn consistency(&self) -> &Consistency {
        &self.consistency
    }

    /// What is known of each rule, in the order of the set.
    pub fn rules(&self) -> &[RuleAnswer] {
        &self.rules
    }

    /// What is known of a rule, by its qualified name.
    pub fn rule(&self, name: &str) -> Option<&RuleAnswer> {
        self.rules.iter().find(|answer| answer.rule == name)
    }

    /// The figures that the `must` rules force to a value or keep within bounds, in the order in which rules ask for them.
    pub fn bounds(&self) -> &[FigureBounds] {
        &self.bounds
    }
}

/// Whether all `must` rules can hold of one document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Consistency {
    /// This document keeps them all.
    Consistent(Box<Witness>),
    /// These cannot hold together, and any one of them left out, the rest can. One certificate for each such set that has no
    /// figure in common with another.
    Contradictory(Vec<Certificate>),
    /// Not known.
    Unknown(Unknown),
}

/// What is known of one rule.
#[derive(Clone, Debug)]
pub struct RuleAnswer {
    pub(super) rule: String,
    pub(super) severity: Severity,
    pub(super) location: Location,
    pub(super) title: ruleset::field::Title,
    pub(super) answer: Answer,
}

impl RuleAnswer {
    /// The rule's qualified name.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// `must` or `should`.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The rule's title, for a reader.
    pub fn title(&self, lang: Lang) -> Option<&str> {
        self.title.take(lang)
    }

    /// Where its condition stands.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// What is known of it.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }
}

/// What is known of a rule among the others. For a `must` the others are the other `must` rules, for a `should` all.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Answer {
    /// This document breaks it and keeps the other `must` rules; the other `should` rules too, as far as they can be.
    Falsifiable(Box<Witness>),
    /// The others say it already: a certificate for each place where it runs.
    Implied(Vec<Certificate>),
    /// No document that keeps the `must` rules makes it apply and hold: its condition can never be true, or never beside others.
    Vacuous(Vec<Certificate>),
    /// Not known.
    Unknown(Unknown),
}

impl Answer {
    /// `falsifiable`, `implied`, `vacuous` or `unknown`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Answer::Falsifiable(_) => "falsifiable",
            Answer::Implied(_) => "implied",
            Answer::Vacuous(_) => "vacuous",
            Answer::Unknown(_) => "unknown",
        }
    }
}

/// Why an answer is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Unknown {
    /// The rule is outside the linear fragment, and no witness was found by trying.
    Outside(Outside),
    /// The rules that it has figures in common with contradict each other: of a contradiction follows anything.
    Contradiction,
    /// Too many cases, or numbers too large.
    Limit,
    /// It would be so for breakdowns and tables of the size that is looked at; longer ones may be otherwise.
    Size,
    /// There are figures, but no document was found that prints them and of which a check says the same.
    NoWitness,
}

impl Unknown {
    /// The reason in words.
    pub fn message(self, lang: Lang) -> String {
        let (zh, en) = match self {
            Unknown::Outside(Outside::Product) => {
                ("数字相乘或相除，不是线性的", "figures are multiplied or divided by figures: not linear")
            }
            Unknown::Outside(Outside::Rounding) => ("用到 round，不是线性的", "it rounds: not linear"),
            Unknown::Outside(Outside::Words) => ("比较的是文字", "it compares words"),
            Unknown::Outside(Outside::Overflow) => {
                ("数字超出精确计算的范围", "numbers leave the range of exact arithmetic")
            }
            Unknown::Outside(Outside::Placeless) => {
                ("在此处没有所指的数字", "it asks for a figure where there is none to ask")
            }
            Unknown::Contradiction => {
                ("与它有关的规则互相矛盾", "the rules that it has to do with contradict each other")
            }
            Unknown::Limit => ("情形太多，或数字太大", "too many cases, or numbers too large"),
            Unknown::Size => (
                "只对分析所及的大小（三项以内的其中、几行的表）成立，更长的不一定",
                "it is so for breakdowns and tables as small as are looked at; longer ones may be otherwise",
            ),
            Unknown::NoWitness => (
                "有满足的数字，但没有找到能写成文件、检查结果一致的",
                "there are figures, but no document was found that prints them and of which a check says the same",
            ),
        };
        match lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        }
    }
}

/// What the `must` rules say of one figure, where they say anything: of every document that states it and keeps them.
#[derive(Clone, Debug)]
pub struct FigureBounds {
    pub(super) figure: String,
    pub(super) low: Option<End>,
    pub(super) high: Option<End>,
}

impl FigureBounds {
    /// The figure as rules write it: `expenditure.total`, `delta(income.total)`.
    pub fn figure(&self) -> &str {
        &self.figure
    }

    /// It is no less; none where it can be as small as one likes.
    pub fn low(&self) -> Option<&End> {
        self.low.as_ref()
    }

    /// It is no greater.
    pub fn high(&self) -> Option<&End> {
        self.high.as_ref()
    }

    /// The one value that it can have.
    pub fn fixed(&self) -> Option<Rational> {
        let (low, high) = (self.low.as_ref()?, self.high.as_ref()?);
        (low.value == high.value).then_some(low.value)
    }
}

/// One end of what a figure can be.
#[derive(Clone, Debug)]
pub struct End {
    pub(super) value: Rational,
    pub(super) is_attained: bool,
    pub(super) certificate: Certificate,
}

impl End {
    /// The end.
    pub fn value(&self) -> Rational {
        self.value
    }

    /// Whether the figure can be the end itself, and not only come near.
    pub fn is_attained(&self) -> bool {
        self.is_attained
    }

    /// That it is an end.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }
}
