//! stub
use crate::{Document, DocumentError, RuleSet};
/// stub
#[derive(Debug)]
pub struct Reader<'r> {
    _rules: &'r RuleSet,
}
impl<'r> Reader<'r> {
    /// s
    pub fn new(rules: &'r RuleSet) -> Self {
        Reader { _rules: rules }
    }
    /// s
    pub fn text(&self, name: impl Into<String>, bytes: &[u8]) -> Result<Document, DocumentError> {
        let s = DocumentError::text(name.into(), bytes)?;
        let mut b = crate::document::DocumentBuilder::new();
        b.source(s);
        Ok(b.build())
    }
}
