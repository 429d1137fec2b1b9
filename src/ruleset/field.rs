//! What a rule set's figures are: fields, their kinds and their sections.

use std::fmt;

use crate::Lang;
use crate::document::{Base, Basis, Facet, Period};
pub(crate) use crate::syntax::ast::Blank;

/// A field of its rule set, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FieldId(u32);

impl FieldId {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }

    pub(crate) fn from_index(index: usize) -> FieldId {
        FieldId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A section of its rule set, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SectionId(u32);

impl SectionId {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }

    pub(crate) fn from_index(index: usize) -> SectionId {
        SectionId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// What a reader calls something: in Chinese, perhaps in English too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Title {
    pub(crate) chinese: Option<Box<str>>,
    pub(crate) english: Option<Box<str>>,
}

impl Title {
    /// The title in a language, or in the other where it has only that.
    pub(crate) fn take(&self, lang: Lang) -> Option<&str> {
        let (first, second) = match lang {
            Lang::En => (&self.english, &self.chinese),
            Lang::Zh => (&self.chinese, &self.english),
        };
        first.as_deref().or(second.as_deref())
    }
}

/// What a field's figures are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// An amount of money.
    Money,
    /// A percentage; a plain number in arithmetic (46.5% is 0.465).
    Rate,
    /// A number of things, with what is counted: `count(人)`.
    Count(String),
    /// A plain number.
    Number,
    /// A calendar year.
    Year,
    /// Words.
    Text,
    /// A classification code.
    Code,
}

impl Kind {
    /// The words of the language that name a kind.
    pub(crate) const WORDS: [&'static str; 7] = ["money", "rate", "count", "number", "year", "text", "code"];

    pub(crate) fn named(word: &str, counter: Option<&str>) -> Option<Kind> {
        Some(match word {
            "money" => Kind::Money,
            "rate" => Kind::Rate,
            "count" => Kind::Count(counter.unwrap_or("").to_owned()),
            "number" => Kind::Number,
            "year" => Kind::Year,
            "text" => Kind::Text,
            "code" => Kind::Code,
            _ => return None,
        })
    }

    /// Whether it is one of words, which are compared and counted and never reckoned with.
    pub(crate) fn is_words(&self) -> bool {
        matches!(self, Kind::Text | Kind::Code)
    }

    /// Whether figures of this kind are rounded in print.
    pub(crate) fn is_rounded(&self) -> bool {
        matches!(self, Kind::Money | Kind::Rate | Kind::Number)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Money => f.write_str("money"),
            Kind::Rate => f.write_str("rate"),
            Kind::Count(counter) if counter.is_empty() => f.write_str("count"),
            Kind::Count(counter) => write!(f, "count({counter})"),
            Kind::Number => f.write_str("number"),
            Kind::Year => f.write_str("year"),
            Kind::Text => f.write_str("text"),
            Kind::Code => f.write_str("code"),
        }
    }
}

/// Something a document states, under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub(crate) path: String,
    pub(crate) section: Option<SectionId>,
    pub(crate) kind: Option<Kind>,
    pub(crate) labels: Vec<String>,
    pub(crate) english: Option<String>,
}

impl Field {
    /// The qualified name: `expenditure.total`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The kind; `None` in a rule set that declares no field.
    pub fn kind(&self) -> Option<&Kind> {
        self.kind.as_ref()
    }

    /// The labels it goes by, the standard one first.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// What a reader calls it: its first label, or its name.
    pub fn label(&self) -> &str {
        self.labels.first().map_or(&self.path, String::as_str)
    }

    /// What a reader of English calls it.
    pub fn english(&self) -> Option<&str> {
        self.english.as_deref()
    }

    /// The name without its section.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit_once('.').map_or(&self.path, |(_, name)| name)
    }
}

/// A group of fields with a name and a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) title: Title,
    /// What else documents call a table.
    pub(crate) other_titles: Vec<String>,
    pub(crate) kind: SectionKind,
}

/// What a section's figures are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SectionKind {
    /// Of a year.
    Flow,
    /// As at a date: a plain name means the latest date stated.
    Stock,
    /// The columns of a table: one figure for each row.
    Table(Blank),
}

impl Section {
    pub(crate) fn is_table(&self) -> bool {
        matches!(self.kind, SectionKind::Table(_))
    }

    /// Everything documents call it, the standard title first.
    pub(crate) fn titles(&self) -> impl Iterator<Item = &str> {
        self.title.chinese.as_deref().into_iter().chain(self.other_titles.iter().map(String::as_str))
    }
}

/// What an expression asks the document for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FigureRef {
    pub(crate) target: Target,
    pub(crate) facet: FacetRef,
    /// `None`: the document's own, or in a stock section the latest stated.
    pub(crate) period: Option<Period>,
    /// `None`: the document's own.
    pub(crate) basis: Option<Basis>,
}

/// Whose figure it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    /// A field's; of a column, the cell of the row that the rule is about.
    Field(FieldId),
    /// One cell of a column.
    Cell(FieldId, Box<Pick>),
    /// The `x` of `each money x`.
    Subject,
}

impl Target {
    pub(crate) fn field(&self) -> Option<FieldId> {
        match self {
            Target::Field(field) | Target::Cell(field, _) => Some(*field),
            Target::Subject => None,
        }
    }
}

/// Which row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pick {
    /// `t["2013201"]`
    Code(String),
    /// `t.total_row`: the 合计 row, which has no code.
    TotalRow,
}

/// Several figures, which only a function takes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ListRef {
    /// A facet of the parts of a figure, in one breakdown: `parts(x)`, `delta(parts(x))`.
    Parts { whole: FigureRef, facet: FacetRef },
    /// The cells of a column: `t.total`, `t.top.total`, `children.total`.
    Column { cell: FigureRef, rows: Rows },
}

/// The rows of a table that a list takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Rows {
    All,
    /// Those with a code that has no ancestor in the table.
    Top,
    /// Those whose nearest ancestor by code is the row that the rule is about.
    Children,
}

/// Which facet of the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FacetRef {
    Amount,
    Delta(Against),
    Rate(Against),
    Share,
    Completion,
}

/// What a change is asked for against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Against {
    /// The prior year, in whichever basis the document says.
    Prior,
    PriorBudget,
    PriorActual,
    Budget,
    Actual,
}

impl Against {
    const ALL: [Against; 5] =
        [Against::Prior, Against::PriorBudget, Against::PriorActual, Against::Budget, Against::Actual];

    /// By the words of a rule: `prior budget`.
    pub(crate) fn named(words: &str) -> Option<Against> {
        Against::ALL.into_iter().find(|against| against.base().words() == words)
    }

    /// As rules and the JSON form write it: `prior budget`.
    #[cfg(feature = "soundness")]
    pub(crate) fn words(self) -> &'static str {
        self.base().words()
    }

    fn base(self) -> Base {
        let (period, basis) = match self {
            Against::Prior => (Period::Prior, None),
            Against::PriorBudget => (Period::Prior, Some(Basis::Budget)),
            Against::PriorActual => (Period::Prior, Some(Basis::Actual)),
            Against::Budget => (Period::Current, Some(Basis::Budget)),
            Against::Actual => (Period::Current, Some(Basis::Actual)),
        };
        Base { period, basis }
    }
}

impl FacetRef {
    /// Whether a statement's facet is the one asked for.
    pub(crate) fn matches(self, facet: Facet) -> bool {
        match (self, facet) {
            (FacetRef::Amount, Facet::Amount)
            | (FacetRef::Share, Facet::Share)
            | (FacetRef::Completion, Facet::Completion) => true,
            (FacetRef::Delta(asked), Facet::Delta(base)) | (FacetRef::Rate(asked), Facet::Rate(base)) => {
                match asked {
                    Against::Prior => base.period == Period::Prior,
                    asked => asked.base() == base.named(),
                }
            }
            _ => false,
        }
    }

    /// A figure of this facet as the language writes it: `delta(x, prior budget)`.
    pub(crate) fn describe(self, figure: &str) -> String {
        let call = |word: &str, against: Against| match against {
            Against::Prior => format!("{word}({figure})"),
            against => format!("{word}({figure}, {})", against.base().words()),
        };
        match self {
            FacetRef::Amount => figure.to_owned(),
            FacetRef::Delta(against) => call("delta", against),
            FacetRef::Rate(against) => call("rate", against),
            FacetRef::Share => format!("share({figure})"),
            FacetRef::Completion => format!("completion({figure})"),
        }
    }

    /// Whether its figures are percentages, whatever the field's kind.
    pub(crate) fn is_percentage(self) -> bool {
        matches!(self, FacetRef::Rate(_) | FacetRef::Share | FacetRef::Completion)
    }
}
