//! Reports for people and for tools.
//!
//! In: a [`Report`](crate::Report), an analysis of a rule set, or an error of a rule file or a document. Out: text, or JSON. Text is rendered from
//! one neutral [`Diagnostic`]; an output format is one file here, and no other module names a renderer's type.

mod closing;
mod diagnostic;
mod explain;
mod figure;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "soundness")]
mod lint;
#[cfg(feature = "soundness")]
mod lint_json;
#[cfg(feature = "render")]
mod text;
#[cfg(feature = "render")]
mod unchecked;
#[cfg(any(feature = "json", feature = "render"))]
mod visible;

pub use closing::{Strictness, closing, idle_waivers};
pub use diagnostic::{Diagnostic, Frame, Level, Mark};
pub use explain::{error_page, error_title, rule_page, section_page};
pub use figure::figure_pages;
#[cfg(feature = "json")]
pub use json::json;
#[cfg(feature = "soundness")]
pub use lint::{lint, lint_closing};
#[cfg(feature = "soundness")]
pub use lint_json::lint_json;
#[cfg(feature = "render")]
pub use text::{Style, text};
#[cfg(feature = "render")]
pub use unchecked::unchecked;
