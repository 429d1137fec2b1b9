//! The language that messages are written in.

/// The language that messages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Lang {
    /// Chinese, for the clerk who publishes the document.
    #[default]
    Zh,
    /// English.
    En,
}
