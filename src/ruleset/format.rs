//! A rule file in the layout of the bundled sets.
//!
//! In: the text of a rule file. Out: the same rules and comments in one layout, or an error. What would not read back as
//! the same rules is never handed out.

use std::fmt;
use std::sync::Arc;

use super::error::{RuleError, RuleErrorKind, RuleSetError};
use crate::source::{Location, Source, Span};
use crate::syntax::ast::File;
use crate::syntax::{self, SyntaxError, SyntaxErrorKind, print};

/// Why a rule file was not formatted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormatError {
    /// The text is not of the rule language: every error of it.
    Syntax(RuleSetError),
    /// With the blanks and brackets of the layout, the file or one of its rules would be over the limits of [`crate::limits`]. The
    /// place is that of the longest item, or of the file's first character.
    OverLimit(Location),
    /// A fault of gouji: what it would print does not mean the same, or lacks a comment. The place is that of the first
    /// item that differs, or of the file's first character.
    Differs(Location),
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormatError::Syntax(errors) => errors.fmt(f),
            FormatError::OverLimit(place) => {
                write!(
                    f,
                    "{place}: with the blanks and brackets of the layout, this would be over the limits of a rule file"
                )
            }
            FormatError::Differs(place) => {
                write!(f, "{place}: this was left as it is: formatted, it would not mean the same")
            }
        }
    }
}

impl std::error::Error for FormatError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            FormatError::Syntax(errors) => Some(errors),
            _ => None,
        }
    }
}

/// The text of a rule file in the layout of the bundled sets, with all its comments; `name` is for errors.
///
/// Formatting twice changes nothing more. Names are not looked up: a file that uses fields of another is formatted too.
///
/// ```
/// let text = "section s \"支出预算\"{total:money \"支出预算\"\nbasic:money   // 基本支出\n\
///             must split: ((basic)+project==total)}";
/// let expected = r#"section s "支出预算" {
///     total : money "支出预算"
///     basic : money  // 基本支出
///     must split: basic + project == total
/// }
/// "#;
/// assert_eq!(gouji::ruleset::format("a.rules", text)?, expected);
/// # Ok::<(), gouji::ruleset::FormatError>(())
/// ```
///
/// # Errors
/// [`FormatError::Syntax`] for a text that is no rule file; [`FormatError::OverLimit`] near the limits; and
/// [`FormatError::Differs`] rather than a wrong text.
pub fn format(name: &str, text: &str) -> Result<String, FormatError> {
    let source = Arc::new(Source::new(name, text));
    let file = syntax::parse(&source).into_result().map_err(|errors| refused(&source, errors))?;
    let comments = print::Comments::of(source.text(), &file);
    let words = comments.words();
    let printed = Source::new(name, print::print(&file, comments));
    let at = |span: Span| Location::new(Arc::clone(&source), span);
    let again =
        syntax::parse(&printed).into_result().map_err(|errors| unreadable(&source, &file, &errors))?;
    if print::Comments::of(printed.text(), &again).words() != words {
        return Err(FormatError::Differs(at(Span::new(0, 0))));
    }
    let (before, after) = (print::without_spans(file.clone()), print::without_spans(again));
    if before != after {
        let same =
            before.items.iter().zip(&after.items).take_while(|(before, after)| before == after).count();
        let span = file.items.get(same).map_or(Span::new(0, 0), |item| item.span);
        return Err(FormatError::Differs(at(span)));
    }
    Ok(printed.text().to_owned())
}

fn refused(source: &Arc<Source>, errors: Vec<SyntaxError>) -> FormatError {
    let located = |error: SyntaxError| {
        let location = Location::new(Arc::clone(source), error.span());
        RuleError::new(RuleErrorKind::Syntax(error), Some(location))
    };
    FormatError::Syntax(RuleSetError::new(errors.into_iter().map(located).collect()))
}

/// What a print that is no rule file says of the file.
fn unreadable(source: &Arc<Source>, file: &File, errors: &[SyntaxError]) -> FormatError {
    let start = Location::new(Arc::clone(source), Span::new(0, 0));
    match errors.first().map(SyntaxError::kind) {
        Some(SyntaxErrorKind::FileTooLong) => FormatError::OverLimit(start),
        Some(SyntaxErrorKind::RuleTooLong | SyntaxErrorKind::NestedTooDeep) => {
            let length = |span: &Span| span.end().saturating_sub(span.start());
            let longest = file.items.iter().map(|item| item.span).max_by_key(length);
            FormatError::OverLimit(Location::new(Arc::clone(source), longest.unwrap_or(Span::new(0, 0))))
        }
        _ => FormatError::Differs(start),
    }
}
