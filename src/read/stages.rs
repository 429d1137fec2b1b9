//! The first stages of reading by themselves, for `benches/read.rs` to measure. Nothing else calls them.

use super::{Reader, lexicon, token};
use crate::fold::Folded;

impl Reader {
    /// How many characters a text has in its folded spelling.
    #[doc(hidden)]
    pub fn count_characters(text: &str) -> usize {
        Folded::new(text).chars().len()
    }

    /// How many tokens a text has.
    #[doc(hidden)]
    pub fn count_tokens(&self, text: &str) -> usize {
        token::cut(Folded::new(text).chars(), self.labels.words(), lexicon::lexicon()).0.len()
    }
}
