//! stub
use crate::Lang;
use crate::source::Span;
/// stub
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    span: Span,
}
/// stub
pub enum SyntaxErrorKind {}
impl SyntaxError {
    /// s
    pub fn span(&self) -> Span {
        self.span
    }
    /// s
    pub fn message(&self, _l: Lang) -> String {
        String::new()
    }
    /// s
    pub fn hint(&self, _l: Lang) -> Option<String> {
        None
    }
}
