//! What may be wrong with a rule file.

use std::fmt;

use crate::source::Location;
use crate::syntax::SyntaxError;
use crate::{Lang, limits};

/// A rule set that cannot be used: every error of every file, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetError {
    errors: Vec<RuleError>,
}

impl RuleSetError {
    pub(crate) fn new(errors: Vec<RuleError>) -> RuleSetError {
        RuleSetError { errors }
    }

    /// The errors; at least one.
    pub fn errors(&self) -> &[RuleError] {
        &self.errors
    }
}

impl fmt::Display for RuleSetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, error) in self.errors.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for RuleSetError {}

/// One thing wrong with a rule file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    kind: RuleErrorKind,
    location: Option<Location>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RuleErrorKind {
    /// The text is not of the rule language.
    Syntax(SyntaxError),
    /// The file is not UTF-8 text.
    NotText,
    /// No bundled rule set has this name.
    UnknownBundled(String),
    /// More rules than [`limits::RULES`].
    TooManyRules,
    /// No field has this name or label.
    UnknownName {
        /// The name as written.
        name: String,
        /// The nearest one that exists.
        nearest: Option<String>,
    },
    /// Several fields have this label.
    AmbiguousName {
        /// The name as written.
        name: String,
        /// The qualified names of the fields.
        candidates: Vec<String>,
    },
    /// No kind has this name.
    UnknownKind(String),
    /// No function has this name.
    UnknownFunction(String),
    /// Behind `@` stands neither a year nor a known word.
    UnknownPeriod(String),
    /// A function with the wrong arguments: its name, and what it takes.
    WrongArguments {
        /// The function.
        function: String,
        /// What it takes, in Chinese and in English.
        takes: (&'static str, &'static str),
    },
    /// Two kinds that do not add or compare.
    KindMismatch {
        /// The kind of what stands before.
        left: String,
        /// The kind of the text underlined.
        right: String,
    },
    /// A product or quotient that means nothing: money times money.
    MeaninglessProduct {
        /// The kind of what stands before.
        left: String,
        /// The kind of the text underlined.
        right: String,
    },
    /// A truth was expected, and a figure stands there: `must r: a + b`.
    NotATruth,
    /// A figure was expected, and a truth stands there: `(a == b) + c`.
    NotAFigure,
    /// `parts(x)` outside `sum`, `count`, `min` and `max`.
    ListAlone,
    /// Words compared by more or less.
    WordsOrdered,
    /// A tolerance in a unit that the comparison does not have.
    ToleranceUnit,
    /// Something declared twice; where it was first.
    Duplicate {
        /// What: a field, a rule.
        name: String,
        /// The first declaration.
        first: Location,
    },
    /// A section opened again as the other kind (`stock` or not).
    SectionKind(String),
    /// A field declared in an `each`.
    FieldInEach,
    /// An `each` over a kind that has no figures.
    EachKind(String),
    /// A field of words: they stand in tables, which are not read yet.
    WordsNotYet(String),
    /// `year`, `department` or `document` outside a guard.
    OnlyInGuards(String),
    /// A section where a field was meant.
    SectionAlone {
        /// The section.
        name: String,
        /// One of its fields.
        example: String,
    },
    /// A rule with the name of a built-in check.
    ReservedRule(String),
    /// A bare number above one beside a rate: the number as written.
    PercentMeant(String),
}

impl RuleError {
    pub(crate) fn new(kind: RuleErrorKind, location: Option<Location>) -> RuleError {
        RuleError { kind, location }
    }

    /// What is wrong.
    pub fn kind(&self) -> &RuleErrorKind {
        &self.kind
    }

    /// The exact text that is wrong.
    pub fn location(&self) -> Option<&Location> {
        self.location.as_ref()
    }

    /// A second place that belongs to it: the first of two declarations.
    pub fn related(&self) -> Option<&Location> {
        match &self.kind {
            RuleErrorKind::Duplicate { first, .. } => Some(first),
            _ => None,
        }
    }

    /// How to mend it, where that is plain.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        let both = |zh: String, en: String| match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        match &self.kind {
            RuleErrorKind::Syntax(error) => error.hint(lang),
            RuleErrorKind::UnknownName { nearest: Some(nearest), .. } => {
                Some(both(format!("是否指 {nearest}？"), format!("did you mean {nearest}?")))
            }
            RuleErrorKind::AmbiguousName { candidates, .. } => {
                let names = candidates.join(", ");
                Some(both(format!("请写全名：{names}"), format!("write one of: {names}")))
            }
            RuleErrorKind::SectionAlone { example, .. } => Some(both(
                format!("写字段的全名，例如 {example}"),
                format!("write the field's full name, as in {example}"),
            )),
            RuleErrorKind::NotATruth => Some(both(
                "规则应是一个比较，例如 a + b == c".into(),
                "a rule is a comparison, as in a + b == c".into(),
            )),
            RuleErrorKind::ListAlone => Some(both("例如 sum(parts(x))".into(), "as in sum(parts(x))".into())),
            _ => None,
        }
    }

    /// What is wrong, in words, without its place.
    pub fn message(&self, lang: Lang) -> String {
        if let RuleErrorKind::Syntax(error) = &self.kind {
            return error.message(lang);
        }
        let (zh, en) = self.words();
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    fn words(&self) -> (String, String) {
        let fixed = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        match &self.kind {
            RuleErrorKind::Syntax(error) => (error.message(Lang::Zh), error.message(Lang::En)),
            RuleErrorKind::NotText => fixed("规则文件不是 UTF-8 文本", "a rule file is UTF-8 text"),
            RuleErrorKind::UnknownBundled(name) => {
                let known = super::bundled::names().collect::<Vec<_>>().join(", ");
                (
                    format!("没有名为 {name} 的内置规则集，现有：{known}"),
                    format!("no bundled rule set is named {name}; there are: {known}"),
                )
            }
            RuleErrorKind::TooManyRules => (
                format!("一个规则集最多 {} 条规则", limits::RULES),
                format!("a rule set has at most {} rules", limits::RULES),
            ),
            RuleErrorKind::UnknownName { name, .. } => (
                format!("没有名称或标签为“{name}”的字段"),
                format!("no field has the name or label \"{name}\""),
            ),
            RuleErrorKind::AmbiguousName { name, .. } => {
                (format!("“{name}”是几个字段的标签"), format!("several fields have the label \"{name}\""))
            }
            RuleErrorKind::UnknownKind(name) => {
                let known = super::field::Kind::WORDS.join(", ");
                (
                    format!("没有“{name}”这种类型，应为：{known}"),
                    format!("no kind is named \"{name}\"; there are: {known}"),
                )
            }
            RuleErrorKind::UnknownFunction(name) => {
                let known = "sum, count, min, max, abs, delta, rate, parts, stated";
                (
                    format!("没有函数“{name}”，现有：{known}"),
                    format!("no function is named \"{name}\"; there are: {known}"),
                )
            }
            RuleErrorKind::UnknownPeriod(word) => (
                format!("@ 后应为 prior、年份（如 2018）、budget 或 actual，而不是“{word}”"),
                format!("behind @ stands prior, a year such as 2018, budget or actual, not \"{word}\""),
            ),
            RuleErrorKind::WrongArguments { function, takes: (zh, en) } => {
                (format!("{function} 的参数应为{zh}"), format!("{function} takes {en}"))
            }
            RuleErrorKind::KindMismatch { left, right } => (
                format!("{left} 与 {right} 不能相加或比较"),
                format!("{left} and {right} neither add nor compare"),
            ),
            RuleErrorKind::MeaninglessProduct { left, right } => (
                format!("{left} 与 {right} 相乘或相除没有意义"),
                format!("{left} times or over {right} means nothing"),
            ),
            RuleErrorKind::NotATruth => {
                fixed("这里应是一个判断，而不是一个数", "a comparison was expected here, not a figure")
            }
            RuleErrorKind::NotAFigure => {
                fixed("这里应是一个数，而不是一个判断", "a figure was expected here, not a comparison")
            }
            RuleErrorKind::ListAlone => fixed(
                "parts(…) 是一组数，只能放在 sum、count、min 或 max 里",
                "parts(…) is a list: it stands inside sum, count, min or max",
            ),
            RuleErrorKind::WordsOrdered => {
                fixed("文字只能用 == 或 != 比较", "words are compared by == and != only")
            }
            RuleErrorKind::ToleranceUnit => fixed(
                "容差的单位与比较的对象不符",
                "the tolerance is in a unit that the comparison does not have",
            ),
            RuleErrorKind::Duplicate { name, .. } => {
                (format!("“{name}”声明了两次"), format!("\"{name}\" is declared twice"))
            }
            RuleErrorKind::SectionKind(name) => (
                format!("{name} 声明了两次，一处是 stock section，一处不是"),
                format!("{name} was declared before, once as a stock section and once not"),
            ),
            RuleErrorKind::FieldInEach => fixed(
                "each 里只写规则，字段请写在 section 里",
                "an each holds rules; fields stand in a section",
            ),
            RuleErrorKind::WordsNotYet(kind) => (
                format!("{kind} 字段属于表格，目前还不能用"),
                format!("a field of kind {kind} stands in a table, and tables are not read yet"),
            ),
            RuleErrorKind::OnlyInGuards(name) => {
                (format!("{name} 只能用在 when 之后的条件里"), format!("{name} is known behind `when` only"))
            }
            RuleErrorKind::SectionAlone { name, .. } => {
                (format!("{name} 是一个 section，不是字段"), format!("{name} is a section, not a field"))
            }
            RuleErrorKind::ReservedRule(name) => {
                (format!("{name} 是内置检查的名称"), format!("{name} is the name of a built-in check"))
            }
            RuleErrorKind::PercentMeant(number) => (
                format!("比率与 {number} 比较，是否指 {number}%？"),
                format!("a rate beside {number}: was {number}% meant?"),
            ),
            RuleErrorKind::EachKind(kind) => (
                format!("each 只能用于 money、rate、count 或 number，而不是 {kind}"),
                format!("each runs over money, rate, count or number, not {kind}"),
            ),
        }
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = &self.location {
            write!(f, "{location}: ")?;
        }
        f.write_str(&self.message(Lang::En))?;
        if let Some(hint) = self.hint(Lang::En) {
            write!(f, " ({hint})")?;
        }
        Ok(())
    }
}

impl std::error::Error for RuleError {}
