//! What is bounded, in one place, with the reason beside each number.
//!
//! Everything gouji reads comes from strangers. Each limit is checked before the work it bounds, and going over
//! one is an error that names it, never a crash and never a silent cut.

/// How deep an expression nests, brackets and unary operators together.
///
/// pest and every tree walk recurse: on a 2 MiB debug stack an expression of some 700 levels aborts the process.
pub const EXPRESSION_NESTING: usize = 64;

/// Terms in one expression. A chain of 50,000 aborts when it is dropped; no real rule has a thousand.
pub const EXPRESSION_TERMS: usize = 1_024;

/// Bytes in one rule, from its severity to its last term.
pub const RULE_BYTES: usize = 16 * 1_024;

/// Bytes in one rule file.
pub const RULE_FILE_BYTES: usize = 1_024 * 1_024;

/// Rules in one set, over all its files.
pub const RULES: usize = 10_000;

/// Decimals that `round(x, 2)` can be asked for: as many as a figure has.
pub const ROUND_DECIMALS: i32 = 8;

/// Files of one rule set, with all that they use. They are read one inside the other.
pub const RULE_FILES: usize = 256;

/// Errors reported for one rule file. A file with more is not a rule file.
pub const RULE_ERRORS: usize = 100;

/// Bytes in one document.
pub const DOCUMENT_BYTES: usize = 64 * 1_024 * 1_024;

/// Statements in one document.
pub const STATEMENTS: usize = 1_000_000;

/// Bytes of a label, a heading or a caption, padding included. It is said again for each figure under it: without a bound
/// one long cell takes its length in memory for every row below. Of a longer one the end is kept.
pub const LABEL_BYTES: usize = 1_024;

/// Cells of all tables of one file, the blank ones between them counted: a line of commas is a cell a byte.
pub const TABLE_CELLS: usize = 1_000_000;

/// Bytes of a workbook's file.
pub const SHEET_FILE_BYTES: usize = 16 * 1_024 * 1_024;

/// Bytes that one part of a workbook inflates to. A kilobyte of a zip file can hold a thousand times as much.
pub const SHEET_ENTRY_BYTES: usize = 64 * 1_024 * 1_024;

/// Bytes that all parts of a workbook inflate to, as far as they are read.
pub const SHEETS_BYTES: usize = 128 * 1_024 * 1_024;

/// Cells of a workbook that say something. The standard tables of a department have a few thousand.
pub const SHEET_CELLS: usize = 200_000;

/// Tables inside each other on a page. Deeper ones are text.
pub const PAGE_TABLES: usize = 16;

/// Bytes taken for the elements of a page that are open at once: each is kept until it is closed, if ever.
pub const PAGE_MEMORY: usize = 64 * 1_024 * 1_024;

/// How deep a JSON document nests. The reader walks it recursively.
pub const JSON_NESTING: usize = 64;

/// Integer digits of a figure, counted in 元. With [`FIGURE_DECIMALS`], any sum of a million figures is exact in `i128`.
pub const FIGURE_INTEGER_DIGITS: usize = 18;

/// Decimals of a figure.
pub const FIGURE_DECIMALS: usize = 8;

/// Ways to read a rule whose figures are stated more than once and differ. Past it the rule is undecidable.
pub const READINGS: usize = 256;

/// Cells that a rule of each row looks at in whole columns, over all rows: a whole column in every row of a long table
/// costs the square of its length. Past it the rule is undecidable.
pub const LIST_CELLS: usize = 2_000_000;

/// Parts of a breakdown over which a rule set is analysed: rules over parts count up to three.
pub const SOUNDNESS_PARTS: usize = 3;

/// Figures that no rule touched, listed in text. Past it they are counted: nobody reads a list of thousands.
pub const UNCHECKED_SHOWN: usize = 200;

/// Columns of one source line echoed in a finding. A line of 2 MB is not a diagnostic.
pub const ECHO_COLUMNS: usize = 200;

/// Cases tried for one question about a rule set. Each costs a search for figures.
pub const SOUNDNESS_CASES: usize = 10_000;

/// Pivots for one question about a rule set. The largest set needs one for each of its equalities; a search that is not
/// caught in a thicket needs a few more.
pub const SOUNDNESS_PIVOTS: usize = 100_000;
