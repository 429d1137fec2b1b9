//! What may be wrong with the text of a rule file.

use std::fmt;

use super::{hint, message};
use crate::Lang;
use crate::quantity::FigureError;
use crate::source::Span;

/// One mistake in a rule file: what is wrong, and the exact text that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    span: Span,
    kind: SyntaxErrorKind,
}

impl SyntaxError {
    pub(crate) fn new(kind: SyntaxErrorKind, span: Span) -> SyntaxError {
        SyntaxError { span, kind }
    }

    /// The bytes to underline: a token, or a bracket that is never closed.
    pub fn span(&self) -> Span {
        self.span
    }

    /// What is wrong.
    pub fn kind(&self) -> &SyntaxErrorKind {
        &self.kind
    }

    /// What is wrong, in a sentence without the place.
    pub fn message(&self, lang: Lang) -> String {
        message::message(&self.kind).take(lang)
    }

    /// How to write it instead, where that is plain.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        hint::hint(&self.kind).map(|hint| hint.take(lang))
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for SyntaxError {}

/// What is wrong with the text of a rule.
///
/// Texts quoted from the file are as written there; a message shows them without control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SyntaxErrorKind {
    /// A symbol or word of an input method, or of another language: `＝`, `=`, `且`, `“收入”`.
    WrongSymbol {
        /// As written.
        found: String,
        /// As it is written here.
        instead: String,
    },
    /// A character that the language has no use for.
    StrayCharacter {
        /// The character, or several in a row.
        found: String,
    },
    /// A string without its closing quote on the same line.
    UnclosedString,
    /// A name in backticks without its closing backtick on the same line.
    UnclosedName,
    /// Two backticks with nothing between.
    EmptyName,
    /// A name with brackets in it and no backticks: `因公出国（境）费`.
    UnquotedName {
        /// The name.
        name: String,
    },
    /// A backslash before anything but `"` and `\`.
    WrongEscape {
        /// The backslash and the character after it.
        found: String,
    },
    /// `/* … */`.
    BlockComment,
    /// A number and a name without a blank or an operator between: `1e5`, `2018年固定资产`.
    NumberTouchesName {
        /// The number.
        number: String,
        /// What touches it.
        name: String,
    },
    /// Digits and points that are no number: `1.2.3`, `.5`.
    WrongNumber {
        /// As written.
        found: String,
    },
    /// A comma inside a number: `1,000`.
    CommaInNumber,
    /// `%` with no number right before it.
    LoosePercent,
    /// A year after `@` that is not four digits.
    WrongYear {
        /// As written.
        found: String,
    },
    /// A number over the limits of a figure.
    Figure(FigureError),
    /// A rule whose body is not set off by `:`.
    MissingColon,
    /// Two operands side by side.
    MissingOperator {
        /// The first.
        left: String,
        /// The second, which is underlined.
        right: String,
    },
    /// An operator, or an opening, with nothing after it.
    MissingOperand {
        /// What stands last.
        after: String,
    },
    /// Something else was expected.
    Unexpected {
        /// What stands there; `None` where the item ends.
        found: Option<String>,
        /// What could stand there.
        expected: Vec<Expected>,
    },
    /// A reserved word where a name belongs.
    ReservedWord {
        /// The word.
        word: String,
    },
    /// A blank before or after the `.` or `@` of a path.
    BlankInPath {
        /// `.` or `@`.
        symbol: String,
    },
    /// `@` or `.` after something that is no name: `sum(x)@prior`, `total@prior.basic`.
    MisplacedPathSymbol {
        /// `.` or `@`.
        symbol: String,
    },
    /// A blank between a function and its bracket.
    BlankBeforeBracket {
        /// The function.
        callee: String,
    },
    /// A bracket that is never closed; the opening one is underlined.
    UnclosedBracket {
        /// `(` or `[`.
        bracket: String,
    },
    /// A closing bracket that nothing opened.
    UnopenedBracket {
        /// `)` or `]`.
        bracket: String,
    },
    /// A block that is never closed; its `{` is underlined.
    UnclosedBlock,
    /// A `}` that closes nothing.
    UnopenedBlock,
    /// A `{` that belongs to no section or `each`.
    UnexpectedBlock,
    /// A line that starts like an item, with a word that starts none.
    UnknownItem {
        /// The word.
        word: String,
    },
    /// `name: a == b`, a rule without `must` or `should`.
    MissingSeverity {
        /// The rule's name.
        name: String,
    },
    /// `when` behind the colon of its rule.
    LateGuard,
    /// A bare assertion in a file that declares something.
    AssertionAmongItems,
    /// A bare assertion in a block.
    AssertionInBlock,
    /// Anything else in a file of bare assertions.
    ItemAmongAssertions,
    /// A field in an `each`.
    FieldInEach,
    /// Anything but a rule or a field within a block: another block, `use`, `waive`, a test.
    NotInBlock {
        /// The word it starts with.
        word: String,
    },
    /// A file that names its rule set twice.
    RepeatedRuleSet,
    /// A file that says `unit` twice.
    RepeatedUnit,
    /// `unit` with anything but a unit of money.
    WrongUnit {
        /// As written.
        found: String,
    },
    /// `use` with anything but one name: `use "department"`, `use rules/department`.
    SetNotName {
        /// As written.
        found: String,
    },
    /// A field without its colon: `basic money "基本支出"`.
    MissingFieldColon {
        /// The field.
        field: String,
        /// Its kind, which is underlined.
        kind: String,
    },
    /// A field without its kind: `total "支出预算"`, `total: "支出预算"`.
    MissingKind {
        /// The field.
        field: String,
        /// What stands where its kind belongs.
        label: String,
    },
    /// A label, a title or a reason without its quotes.
    MissingQuotes {
        /// As written.
        text: String,
    },
    /// `如果 a > 0 那么 b > 0`, `if …`: a condition in the words of another language.
    IfThen {
        /// The word.
        word: String,
    },
    /// `prior budget` anywhere but behind the first argument of a call.
    MisplacedPriorBasis {
        /// `budget` or `actual`.
        basis: String,
    },
    /// A code in brackets anywhere but behind the first name of a path: `t.total["2013201"]`.
    MisplacedCode,
    /// A code that is no text: `t[2013201].total`.
    CodeNotText {
        /// As written.
        found: String,
    },
    /// A row of a table with no column behind it: `t["2013201"]`.
    RowWithoutColumn {
        /// The row.
        row: String,
    },
    /// `blank` with anything but `= 0` at the head of a table.
    WrongBlank {
        /// As written.
        found: String,
    },
    /// `blank = 0` among the fields of a table.
    BlankNotInHead,
    /// `@` or a code in the name of a waived figure.
    MoreThanName {
        /// `@` or `[`.
        symbol: String,
    },
    /// A waiver that does not say why.
    MissingReason,
    /// `expect` without a test.
    LooseExpect,
    /// A test's document deeper than [`crate::limits::JSON_NESTING`].
    JsonTooDeep,
    /// A comment in a test's document.
    JsonComment,
    /// A comma in a test's document with nothing behind it.
    JsonTrailingComma,
    /// Digits in a test's document that are no number of JSON: `1e5`, `.5`, `50%`, `5万元`.
    JsonNumber {
        /// As written.
        found: String,
    },
    /// A backslash in a test's document that JSON does not know.
    JsonEscape {
        /// The backslash and the character after it.
        found: String,
    },
    /// A bare assertion that starts with a sign.
    SignFirst {
        /// `+` or `-`.
        sign: String,
    },
    /// A doc comment with nothing below it to explain.
    DanglingDoc,
    /// A doc comment behind something on its line.
    DocNotAlone,
    /// A doc comment within an item.
    DocInside,
    /// A chain of comparisons that change direction: `a < b > c`, `a == b <= c`.
    MixedChain {
        /// The comparison before.
        before: String,
        /// The comparison that goes another way.
        after: String,
    },
    /// `a != b != c`.
    ChainedNotEqual,
    /// `a implies b implies c`.
    ChainedImplies,
    /// `a == not b`: what stands inside a tighter operator needs brackets.
    NotInside,
    /// `x not in 1..2`.
    NotIn,
    /// A tolerance, or `in`, with more of the same comparison after it.
    EndsComparison {
        /// `within` or `in`.
        word: String,
        /// The operator that goes on.
        after: String,
    },
    /// `??` after anything but one figure or call.
    CoalesceLeft,
    /// `within` where it has no comparison that takes a tolerance.
    LooseTolerance,
    /// `within` and something other than a number.
    ToleranceNotLiteral,
    /// More bytes than [`crate::limits::RULE_FILE_BYTES`].
    FileTooLong,
    /// An item of more bytes than [`crate::limits::RULE_BYTES`].
    RuleTooLong,
    /// Brackets and unary operators deeper than [`crate::limits::EXPRESSION_NESTING`].
    NestedTooDeep,
    /// More terms than [`crate::limits::EXPRESSION_TERMS`].
    TooManyTerms,
    /// More errors than [`crate::limits::RULE_ERRORS`]; the rest is not listed.
    TooManyErrors,
    /// A fault of gouji: its grammar and its reader disagree.
    Internal,
}

/// What could have stood where something else does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Expected {
    /// A name, plain or in backticks.
    Name,
    /// The kind of a field: `money`, `count(人)`.
    Kind,
    /// A text in double quotes.
    Text,
    /// A label's context: `under "…"`.
    Under,
    /// A condition: `when …`.
    Guard,
    /// A figure, a number, a call or a bracket.
    Operand,
    /// A number.
    Number,
    /// A range or a list after `in`.
    RangeOrList,
    /// An operator.
    Operator,
    /// `:`.
    Colon,
    /// `,`.
    Comma,
    /// `|`.
    Bar,
    /// `..`.
    Dots,
    /// `)`.
    CloseBracket,
    /// `]`.
    CloseList,
    /// `{`.
    OpenBlock,
    /// The word `section`.
    Section,
    /// A title in English: `en "…"`.
    English,
    /// `blank = 0`.
    BlankZero,
    /// `for`, with the figure that is waived.
    For,
    /// `because`, with the reason.
    Because,
    /// A document in JSON.
    Document,
    /// `expect`, with a verdict and rules.
    Expect,
    /// A value of JSON.
    JsonValue,
    /// `}`.
    CloseObject,
}
