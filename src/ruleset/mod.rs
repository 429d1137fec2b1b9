//! Names, kinds and units resolved, before any document is read.

pub(crate) mod vocabulary;
