//! What may be wrong with a document that cannot be read.

use std::fmt;
use std::sync::Arc;

use crate::Lang;
use crate::limits;
use crate::quantity::FigureError;
use crate::source::{Source, Span};

/// A document that cannot be read: what is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError {
    name: String,
    kind: DocumentErrorKind,
    place: Option<(Arc<Source>, Span)>,
}

/// What is wrong with the document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DocumentErrorKind {
    /// More bytes than [`limits::DOCUMENT_BYTES`].
    TooLong,
    /// More statements than [`limits::STATEMENTS`].
    TooManyStatements,
    /// A place in a text that the document does not have.
    UnknownSource,
    /// Not UTF-8; the byte offset and the line of the first byte that belongs to no character.
    NotText {
        /// Byte offset.
        offset: usize,
        /// Line, from one.
        line: usize,
    },
    /// Not JSON; what the parser expected.
    NotJson(String),
    /// JSON that nests deeper than [`limits::JSON_NESTING`].
    NestedTooDeep,
    /// A JSON document that is not an object.
    NotAnObject,
    /// The same key twice in one object.
    DuplicateKey(String),
    /// A key that has a fixed meaning, with a value that it cannot have: the key, and what it takes.
    WrongValue {
        /// The key.
        key: String,
        /// What it takes.
        takes: &'static str,
    },
    /// A key that means nothing beside a figure: the key, and those that do.
    UnknownKey {
        /// The key.
        key: String,
        /// The keys that mean something.
        known: &'static str,
    },
    /// A value that is no figure.
    Figure(FigureError),
}

impl DocumentError {
    pub(crate) fn new(
        name: &str,
        kind: DocumentErrorKind,
        place: Option<(Arc<Source>, Span)>,
    ) -> DocumentError {
        DocumentError { name: name.to_owned(), kind, place }
    }

    /// The bytes of a file as text, with a byte order mark skipped over by what reads it.
    pub(crate) fn text(name: &str, bytes: &[u8]) -> Result<Source, DocumentError> {
        if bytes.len() > limits::DOCUMENT_BYTES {
            return Err(DocumentError::new(name, DocumentErrorKind::TooLong, None));
        }
        Source::from_bytes(name, bytes).map_err(|error| {
            let kind = DocumentErrorKind::NotText { offset: error.offset(), line: error.line() };
            DocumentError::new(name, kind, None)
        })
    }

    #[cfg(feature = "json")]
    pub(crate) fn at(source: &Arc<Source>, kind: DocumentErrorKind, span: Span) -> DocumentError {
        DocumentError::new(source.name(), kind, Some((Arc::clone(source), span)))
    }

    /// The document's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is wrong.
    pub fn kind(&self) -> &DocumentErrorKind {
        &self.kind
    }

    /// The text and the bytes it is wrong at, where it has a place.
    pub fn place(&self) -> Option<(&Arc<Source>, Span)> {
        self.place.as_ref().map(|(source, span)| (source, *span))
    }

    /// What is wrong, in words, without the place.
    pub fn message(&self, lang: Lang) -> String {
        let (zh, en) = match &self.kind {
            DocumentErrorKind::TooLong => {
                let megabytes = limits::DOCUMENT_BYTES >> 20;
                (format!("文件不得超过 {megabytes} MiB"), format!("a document has at most {megabytes} MiB"))
            }
            DocumentErrorKind::TooManyStatements => (
                format!("一份文件最多 {} 个数字", limits::STATEMENTS),
                format!("a document has at most {} figures", limits::STATEMENTS),
            ),
            DocumentErrorKind::UnknownSource => (
                "位置所在的文本不属于这份文件".to_owned(),
                "the place is in a text that the document does not have".to_owned(),
            ),
            DocumentErrorKind::NotText { offset, line } => (
                format!("不是 UTF-8 文本：第 {line} 行（第 {offset} 字节）不成字符"),
                format!("not UTF-8 text: byte {offset} (line {line}) belongs to no character"),
            ),
            DocumentErrorKind::NotJson(expected) => {
                (format!("JSON 语法有误（{expected}）"), format!("not JSON: {expected}"))
            }
            DocumentErrorKind::NestedTooDeep => (
                format!("JSON 嵌套不得超过 {} 层", limits::JSON_NESTING),
                format!("JSON nests at most {} deep", limits::JSON_NESTING),
            ),
            DocumentErrorKind::NotAnObject => {
                ("文件应是一个 JSON 对象 { … }".to_owned(), "a document is a JSON object { … }".to_owned())
            }
            DocumentErrorKind::DuplicateKey(key) => (
                format!("键“{key}”在同一对象中出现两次"),
                format!("the key \"{key}\" stands twice in one object"),
            ),
            DocumentErrorKind::WrongValue { key, takes } => {
                (format!("“{key}”的值应为 {takes}"), format!("\"{key}\" takes {takes}"))
            }
            DocumentErrorKind::UnknownKey { key, known } => (
                format!("数字的对象里没有“{key}”这个键，可用：{known}"),
                format!("\"{key}\" is no key of a figure; there are: {known}"),
            ),
            DocumentErrorKind::Figure(error) => (error.chinese(), error.to_string()),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some((source, span)) => {
                let at = source.line_column(span.start());
                write!(f, "{}:{}:{}: {}", self.name, at.line, at.column, self.message(Lang::En))
            }
            None => write!(f, "{}: {}", self.name, self.message(Lang::En)),
        }
    }
}

impl std::error::Error for DocumentError {}
