//! What may be wrong with a rule file.

mod code;
mod hint;
mod meant;
mod words;

use std::fmt;
use std::io;

use crate::Lang;
use crate::source::Location;
use crate::syntax::SyntaxError;

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
    /// A rule file that cannot be read from the disk.
    CannotRead {
        /// Its path.
        name: String,
        /// Why.
        why: io::ErrorKind,
    },
    /// No set has the name that is used: none bundled, none given, none in the folder.
    UnknownSet {
        /// The name.
        name: String,
        /// The folder of the file that uses it, where it has one.
        folder: Option<String>,
    },
    /// Sets that use each other.
    UseCycle {
        /// The set that is used and is not complete yet.
        name: String,
        /// The `use` in it that led here; `None` where a file uses itself.
        first: Option<Location>,
    },
    /// More rules than [`crate::limits::RULES`].
    TooManyRules,
    /// More files than [`crate::limits::RULE_FILES`].
    TooManyFiles,
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
    /// Two years or two bases behind one name: `total@budget@actual`.
    RepeatedPeriod(String),
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
    /// A section opened again as another kind: `section`, `stock section` or `table`.
    SectionKind {
        /// The section.
        name: String,
        /// Where it was opened first.
        first: Option<Location>,
    },
    /// A field declared in an `each`.
    FieldInEach,
    /// An `each` over a kind that has no figures.
    EachKind(String),
    /// A field of words outside a table: prose states none.
    WordsOutsideTable(String),
    /// Words where a number belongs: `sum(t.name)`.
    WordsInArithmetic,
    /// `prior budget` where it is no base of a change.
    BaseAlone(String),
    /// What is no base of a change: `delta(x, last)`.
    UnknownBase,
    /// `x["201"]` where `x` is no table.
    NotATable(String),
    /// `children` outside the rules of a table.
    ChildrenOutside,
    /// The rows of a table by their codes, and the table has no column of codes: its name.
    NoCodeColumn(String),
    /// A number that does not fit when it is counted in the unit of its file.
    NumberTooLarge,
    /// A waiver or a test that names a rule there is not.
    UnknownRule {
        /// The name as written.
        name: String,
        /// The nearest one that exists.
        nearest: Option<String>,
    },
    /// A waiver or a test that names a rule by what several rules are called.
    AmbiguousRule {
        /// The name as written.
        name: String,
        /// The qualified names of the rules.
        candidates: Vec<String>,
    },
    /// A test that expects something other than a verdict.
    UnknownVerdict(String),
    /// A waiver without a reason.
    NoReason,
    /// A name with a letter that looks like another: the name, and the letter.
    LookAlike {
        /// The name.
        name: String,
        /// The letter.
        letter: char,
    },
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
            RuleErrorKind::UseCycle { first, .. } | RuleErrorKind::SectionKind { first, .. } => {
                first.as_ref()
            }
            _ => None,
        }
    }

    /// What is wrong, in words, without its place.
    pub fn message(&self, lang: Lang) -> String {
        let (zh, en) = words::words(&self.kind);
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// How to mend it, where that is plain.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        let (zh, en) = hint::hint(&self.kind, self.location().map_or("", Location::text))?;
        Some(match lang {
            Lang::Zh => zh,
            Lang::En => en,
        })
    }

    /// All codes, in their order. `docs/errors.md` has a section for each.
    pub const CODES: &'static [&'static str] = code::CODES;

    /// The code by which it is looked up, such as `E301`: the same in every language and every version.
    ///
    /// ```
    /// let error = gouji::RuleSet::parse("must split: basic + project = total").unwrap_err();
    /// assert_eq!(error.errors()[0].code(), "E001");
    /// ```
    pub fn code(&self) -> &'static str {
        code::of(&self.kind)
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
