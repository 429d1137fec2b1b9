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
    path: Option<String>,
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
    /// Neither UTF-8 nor, with the feature `encoding`, GB18030; the byte offset and the line of the first byte that is no
    /// character in UTF-8.
    NotText {
        /// Byte offset.
        offset: usize,
        /// Line, from one.
        line: usize,
    },
    /// More cells in the tables of a file than [`limits::TABLE_CELLS`], gaps between them counted.
    TooManyCells,
    /// A quotation mark of a CSV file that no other closes.
    UnclosedQuote,
    /// A workbook of more bytes than [`limits::SHEET_FILE_BYTES`].
    SheetTooLong,
    /// A workbook that inflates to more than [`limits::SHEET_ENTRY_BYTES`] or [`limits::SHEETS_BYTES`].
    InflatedTooLong,
    /// A workbook that a password protects.
    Encrypted,
    /// Not a workbook, or a damaged one; what is wrong with it.
    NotASheet(String),
    /// A page whose elements nest so deep that reading it takes more than [`limits::PAGE_MEMORY`].
    PageTooDeep,
    /// A page that cannot be read; why.
    NotAPage(String),
    /// A form of file that this build of the library does not read: the feature that reads it.
    FeatureOff(&'static str),
    /// Not JSON; what the parser expected.
    NotJson(String),
    /// A document that nests deeper than [`limits::JSON_NESTING`]; in Rust, what wraps a value is a level too.
    NestedTooDeep,
    /// A document that is not an object; in Rust, neither a struct nor a map.
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
    /// A float in a Rust value: it holds no decimal amount exactly.
    Float,
    /// A key of a map that is neither a text nor a whole number.
    KeyNotText,
    /// What a type's own `Serialize` has to say.
    NotSerializable(String),
}

impl DocumentError {
    pub(crate) fn new(
        name: &str,
        kind: DocumentErrorKind,
        place: Option<(Arc<Source>, Span)>,
    ) -> DocumentError {
        DocumentError { name: name.to_owned(), kind, place, path: None }
    }

    /// The bytes of a file as text, with a byte order mark skipped over by what reads it.
    pub(crate) fn text(name: &str, bytes: &[u8]) -> Result<Source, DocumentError> {
        if bytes.len() > limits::DOCUMENT_BYTES {
            return Err(DocumentError::new(name, DocumentErrorKind::TooLong, None));
        }
        Source::from_document_bytes(name, bytes).map_err(|error| {
            let kind = DocumentErrorKind::NotText { offset: error.offset(), line: error.line() };
            DocumentError::new(name, kind, None)
        })
    }

    /// What is wrong in a Rust value, which has a way to it and no bytes; the way to the value itself is empty.
    pub(super) fn on_path(name: &str, kind: DocumentErrorKind, path: &str) -> DocumentError {
        let path = Some(path).filter(|path| !path.is_empty()).map(str::to_owned);
        DocumentError { path, ..DocumentError::new(name, kind, None) }
    }

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

    /// The way to what is wrong, in a Rust value: `expenditure.total`, `function_expenditure[3].total`.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// What is wrong, in words, without the place in a text; the way to it in a Rust value comes first.
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
                format!("{}，请另存为 UTF-8：第 {line} 行（第 {offset} 字节）不成字符", not_text(Lang::Zh)),
                format!("{}: byte {offset} (line {line}) belongs to no character", not_text(Lang::En)),
            ),
            DocumentErrorKind::TooManyCells => (
                format!(
                    "表格最多 {} 格（含空格），工作簿最多 {} 个有内容的单元格",
                    limits::TABLE_CELLS,
                    limits::SHEET_CELLS
                ),
                format!(
                    "tables have at most {} cells, blank ones counted, and a workbook at most {} that say something",
                    limits::TABLE_CELLS,
                    limits::SHEET_CELLS
                ),
            ),
            DocumentErrorKind::UnclosedQuote => (
                "引号没有配对，其后的内容会全部算作一格".to_owned(),
                "no quotation mark closes this one, so all that follows would be one cell".to_owned(),
            ),
            DocumentErrorKind::SheetTooLong => {
                let megabytes = limits::SHEET_FILE_BYTES >> 20;
                (format!("工作簿不得超过 {megabytes} MiB"), format!("a workbook has at most {megabytes} MiB"))
            }
            DocumentErrorKind::InflatedTooLong => {
                let (one, all) = (limits::SHEET_ENTRY_BYTES >> 20, limits::SHEETS_BYTES >> 20);
                (
                    format!("工作簿解压后单个部件不得超过 {one} MiB，合计不得超过 {all} MiB"),
                    format!("a workbook inflates to at most {one} MiB for each part and {all} MiB in all"),
                )
            }
            DocumentErrorKind::Encrypted => {
                ("工作簿设有密码".to_owned(), "the workbook is protected by a password".to_owned())
            }
            DocumentErrorKind::NotASheet(why) => (
                format!("不是 Excel 工作簿，或已损坏（{why}）"),
                format!("not a workbook, or a damaged one: {why}"),
            ),
            DocumentErrorKind::PageTooDeep => {
                let megabytes = limits::PAGE_MEMORY >> 20;
                (
                    format!("网页标签嵌套过深，读取需要的内存超过 {megabytes} MiB"),
                    format!("the page nests so deep that reading it takes more than {megabytes} MiB"),
                )
            }
            DocumentErrorKind::NotAPage(why) => {
                (format!("网页读不了（{why}）"), format!("the page cannot be read: {why}"))
            }
            DocumentErrorKind::FeatureOff(feature) => (
                format!("此程序没有编入读取这种文件的功能，请以 --features {feature} 编译"),
                format!("this build does not read such files; build with --features {feature}"),
            ),
            DocumentErrorKind::NotJson(expected) => {
                (format!("JSON 语法有误（{expected}）"), format!("not JSON: {expected}"))
            }
            DocumentErrorKind::NestedTooDeep => (
                format!("嵌套不得超过 {} 层", limits::JSON_NESTING),
                format!("a document nests at most {} deep", limits::JSON_NESTING),
            ),
            DocumentErrorKind::NotAnObject => {
                ("文件应是一个对象 { … }".to_owned(), "a document is an object { … }".to_owned())
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
            DocumentErrorKind::Float => (
                "浮点数不能准确表示金额，请改用字符串或十进制数".to_owned(),
                "a float holds no amount exactly; write a string or a decimal".to_owned(),
            ),
            DocumentErrorKind::KeyNotText => {
                ("键应是字符串或整数".to_owned(), "a key is a string or an integer".to_owned())
            }
            DocumentErrorKind::NotSerializable(reason) => {
                (format!("无法序列化（{reason}）"), format!("cannot be serialized: {reason}"))
            }
        };
        match (lang, &self.path) {
            (Lang::Zh, None) => zh,
            (Lang::En, None) => en,
            (Lang::Zh, Some(path)) => format!("{path}：{zh}"),
            (Lang::En, Some(path)) => format!("{path}: {en}"),
        }
    }
}

/// What bytes that are no text are not; without the feature, what would read more.
fn not_text(lang: Lang) -> &'static str {
    match (lang, cfg!(feature = "encoding")) {
        (Lang::Zh, true) => "既不是 UTF-8 文本，也不是 GB18030 文本",
        (Lang::Zh, false) => "不是 UTF-8 文本（GB18030 文本要启用功能 encoding 才能读）",
        (Lang::En, true) => "neither UTF-8 nor GB18030 text",
        (Lang::En, false) => "not UTF-8 text (GB18030 is read with the feature `encoding`)",
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
