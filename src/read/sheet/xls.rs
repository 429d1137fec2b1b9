//! XLS ([MS-XLS]), as Excel 97 to 2003 and WPS write it: records in a stream, as the cells of its sheets.
//!
//! Only records that say something are looked at. What does not fit into its record is not there; nothing is ever
//! looked for outside the stream.

use std::collections::HashMap;

use super::cfb::{self, Compound, u16_at, u32_at};
use super::decimal::Decimal;
use super::format::{self, Dates};
use super::{Merged, Sheet, SheetError, Taken};
use crate::limits;
use crate::source::CellName;

// The records, by their numbers in [MS-XLS] 2.3.
const FORMULA: u16 = 0x0006;
const EOF: u16 = 0x000a;
const DATE_MODE: u16 = 0x0022;
const FILE_PASS: u16 = 0x002f;
const CONTINUE: u16 = 0x003c;
const BOUND_SHEET: u16 = 0x0085;
const MUL_RK: u16 = 0x00bd;
const RICH_STRING: u16 = 0x00d6;
const XF: u16 = 0x00e0;
const MERGE_CELLS: u16 = 0x00e5;
const SHARED_STRINGS: u16 = 0x00fc;
const LABEL_SHARED: u16 = 0x00fd;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const BOOL_ERROR: u16 = 0x0205;
const STRING: u16 = 0x0207;
const RK: u16 = 0x027e;
const FORMAT: u16 = 0x041e;
const BOF: u16 = 0x0809;

/// The version of Excel 97 and all after it.
const BIFF8: u16 = 0x0600;

pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(cfb::MAGIC)
}

/// The sheets that are shown, in their order.
pub(super) fn sheets(bytes: &[u8], taken: &mut Taken) -> Result<Vec<Sheet>, SheetError> {
    let file = Compound::new(bytes)?;
    if file.stream(&["EncryptedPackage"])?.is_some() {
        return Err(SheetError::Encrypted);
    }
    let Some(stream) = file.stream(&["Workbook", "Book"])? else {
        return Err(SheetError::Broken("no workbook in it".to_owned()));
    };
    let book = Book::of(&stream)?;
    let mut sheets = Vec::new();
    for (name, start) in &book.sheets {
        sheets.push(book.sheet(name, stream.get(*start..).unwrap_or(&[]), taken)?);
    }
    Ok(sheets)
}

struct Record<'b> {
    kind: u16,
    data: &'b [u8],
}

/// The records from the start of some bytes on; a stream that breaks off inside one says so in its place.
fn records(bytes: &[u8]) -> impl Iterator<Item = Result<Record<'_>, SheetError>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let kind = u16_at(rest, 0)?;
        let length = usize::from(u16_at(rest, 2)?);
        let end = length.saturating_add(4);
        let record = match rest.get(4..end) {
            Some(data) => Ok(Record { kind, data }),
            None => Err(SheetError::Broken("it breaks off".to_owned())),
        };
        rest = rest.get(end..).unwrap_or(&[]);
        Some(record)
    })
}

/// What the sheets of a workbook share.
#[derive(Default)]
struct Book {
    /// The name of each sheet that is shown, and where its records start.
    sheets: Vec<(String, usize)>,
    shared: Vec<String>,
    /// The code of each style, by number.
    formats: Vec<String>,
    dates: Dates,
}

impl Book {
    fn of(stream: &[u8]) -> Result<Book, SheetError> {
        let mut book = Book::default();
        let (mut codes, mut styles) = (HashMap::new(), Vec::new());
        // The shared strings and the records they go on in.
        let mut strings: Vec<&[u8]> = Vec::new();
        let mut is_in_strings = false;
        for (position, record) in records(stream).enumerate() {
            let Record { kind, data } = record?;
            if position == 0 && (kind != BOF || u16_at(data, 0) != Some(BIFF8)) {
                return Err(SheetError::Broken("older than Excel 97".to_owned()));
            }
            is_in_strings = kind == SHARED_STRINGS || kind == CONTINUE && is_in_strings;
            match kind {
                EOF => break,
                FILE_PASS => return Err(SheetError::Encrypted),
                DATE_MODE if u16_at(data, 0) == Some(1) => book.dates = Dates::From1904,
                BOUND_SHEET => book.sheets.extend(bound_sheet(data)),
                FORMAT => {
                    let code = Strings::new(data.get(2..).unwrap_or(&[])).string(Count::Long);
                    codes.extend(u16_at(data, 0).zip(code));
                }
                XF => styles.extend(u16_at(data, 2)),
                SHARED_STRINGS | CONTINUE if is_in_strings => strings.push(data),
                _ => {}
            }
        }
        book.shared = shared(&strings)?;
        let code = |style: &u16| {
            codes.get(style).cloned().unwrap_or_else(|| format::built_in(u32::from(*style)).to_owned())
        };
        book.formats = styles.iter().map(code).collect();
        Ok(book)
    }

    fn sheet(&self, name: &str, bytes: &[u8], taken: &mut Taken) -> Result<Sheet, SheetError> {
        let mut sheet = Sheet::new(name);
        // Charts inside a sheet are streams of records of their own.
        let mut depth = 0_usize;
        // A formula whose value is a text: the text comes in the next record.
        let mut formula: Option<CellName> = None;
        for record in records(bytes) {
            let Record { kind, data } = record?;
            // Any number of sheets may claim the same records.
            taken.walked = taken.walked.saturating_add(data.len()).saturating_add(4);
            if taken.walked > limits::SHEETS_BYTES {
                return Err(SheetError::InflatedTooLong);
            }
            match kind {
                BOF => depth = depth.saturating_add(1),
                EOF if depth <= 1 => break,
                EOF => depth = depth.saturating_sub(1),
                _ if depth > 1 => {}
                MERGE_CELLS => {
                    sheet.merged.extend(data.get(2..).unwrap_or(&[]).chunks_exact(8).filter_map(merged));
                }
                STRING => {
                    if let (Some(cell), Some(said)) = (formula.take(), Strings::new(data).string(Count::Long))
                    {
                        sheet.say(cell, &said, taken)?;
                    }
                }
                MUL_RK => {
                    let (Some(first), Some(numbers)) = (cell(data), data.get(4..)) else { continue };
                    // The last column stands behind them.
                    for (number, column) in numbers.chunks_exact(6).zip(first.column()..) {
                        if let Some(value) = rk(number.get(2..)) {
                            let said = self.printed(&value, u16_at(number, 0));
                            sheet.say(CellName::new(first.row(), column), &said, taken)?;
                        }
                    }
                }
                _ => {
                    let Some(cell) = cell(data) else { continue };
                    let style = u16_at(data, 4);
                    let said = match kind {
                        NUMBER => double(data.get(6..)).map(|number| self.number(number, style)),
                        RK => rk(data.get(6..)).map(|number| self.printed(&number, style)),
                        LABEL_SHARED => {
                            let index = u32_at(data, 6).and_then(|index| usize::try_from(index).ok());
                            let text = index.and_then(|index| self.shared.get(index));
                            Some(text.cloned().ok_or_else(SheetError::no_text)?)
                        }
                        LABEL | RICH_STRING => Strings::new(data.get(6..).unwrap_or(&[])).string(Count::Long),
                        BOOL_ERROR => data.get(6..8).and_then(bool_or_error).map(str::to_owned),
                        FORMULA => match data.get(6..14) {
                            Some([kind, _, value, .., 0xff, 0xff]) => {
                                formula = (*kind == 0).then_some(cell);
                                match kind {
                                    1 => bool_or_error(&[*value, 0]).map(str::to_owned),
                                    2 => bool_or_error(&[*value, 1]).map(str::to_owned),
                                    _ => None,
                                }
                            }
                            value => double(value).map(|number| self.number(number, style)),
                        },
                        _ => None,
                    };
                    if let Some(said) = said {
                        sheet.say(cell, &said, taken)?;
                    }
                }
            }
        }
        Ok(sheet)
    }

    fn number(&self, number: f64, style: Option<u16>) -> String {
        match Decimal::of(number) {
            Some(number) => self.printed(&number, style),
            None => "#NUM!".to_owned(),
        }
    }

    fn printed(&self, number: &Decimal, style: Option<u16>) -> String {
        let code = style.and_then(|style| self.formats.get(usize::from(style)));
        format::printed(number, code.map_or(format::GENERAL, String::as_str), self.dates)
    }
}

/// The row and the column that a record of a cell starts with.
fn cell(data: &[u8]) -> Option<CellName> {
    let number = |at: usize| u16_at(data, at).map(|number| u32::from(number).saturating_add(1));
    Some(CellName::new(number(0)?, number(2)?))
}

fn merged(range: &[u8]) -> Option<Merged> {
    let number = |at: usize| u16_at(range, at).map(|number| u32::from(number).saturating_add(1));
    Some(Merged { first: CellName::new(number(0)?, number(4)?), last: CellName::new(number(2)?, number(6)?) })
}

/// A sheet of cells that is shown: its name, and where it starts.
fn bound_sheet(data: &[u8]) -> Option<(String, usize)> {
    let start = usize::try_from(u32_at(data, 0)?).ok()?;
    let (Some(0), Some(0)) = (data.get(4).map(|state| state & 3), data.get(5)) else { return None };
    Some((Strings::new(data.get(6..)?).string(Count::Short)?, start))
}

fn double(bytes: Option<&[u8]>) -> Option<f64> {
    bytes?.first_chunk().copied().map(f64::from_le_bytes)
}

/// A number in four bytes: a whole number or the upper half of a binary one, and perhaps a hundredth of it.
fn rk(bytes: Option<&[u8]>) -> Option<Decimal> {
    let bits = u32_at(bytes?, 0)?;
    let number = if bits & 2 != 0 {
        Decimal::parse(&(bits.cast_signed() >> 2).to_string())
    } else {
        Decimal::of(f64::from_bits(u64::from(bits & !3) << 32))
    }?;
    Some(if bits & 1 != 0 { number.shifted(-2) } else { number })
}

fn bool_or_error(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0, 0] => Some("FALSE"),
        [_, 0] => Some("TRUE"),
        [0x00, _] => Some("#NULL!"),
        [0x07, _] => Some("#DIV/0!"),
        [0x0f, _] => Some("#VALUE!"),
        [0x17, _] => Some("#REF!"),
        [0x1d, _] => Some("#NAME?"),
        [0x24, _] => Some("#NUM!"),
        [0x2a, _] => Some("#N/A"),
        _ => None,
    }
}

/// The texts that cells share, by number.
fn shared(parts: &[&[u8]]) -> Result<Vec<String>, SheetError> {
    let Some((first, more)) = parts.split_first() else { return Ok(Vec::new()) };
    let mut strings = Strings { rest: first.get(8..).unwrap_or(&[]), more };
    let mut shared = Vec::new();
    while !strings.is_done() {
        if shared.len() >= limits::TABLE_CELLS {
            return Err(SheetError::TooManyCells);
        }
        shared.push(
            strings
                .string(Count::Long)
                .ok_or_else(|| SheetError::Broken("its texts are damaged".to_owned()))?,
        );
    }
    Ok(shared)
}

/// In how many bytes a string says its length.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Count {
    Short,
    Long,
}

/// Strings in the data of a record and those it goes on in.
struct Strings<'b> {
    rest: &'b [u8],
    more: &'b [&'b [u8]],
}

impl<'b> Strings<'b> {
    fn new(data: &'b [u8]) -> Strings<'b> {
        Strings { rest: data, more: &[] }
    }

    fn is_done(&self) -> bool {
        self.rest.is_empty() && self.more.is_empty()
    }

    /// Goes on in the next record.
    fn go_on(&mut self) -> Option<()> {
        let (next, more) = self.more.split_first()?;
        (self.rest, self.more) = (next, more);
        Some(())
    }

    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn number(&mut self) -> Option<usize> {
        u16_at(self.take(2)?, 0).map(usize::from)
    }

    /// A string, with its fonts and its phonetics left out ([MS-XLS] 2.5.293 and 2.5.294).
    fn string(&mut self, count: Count) -> Option<String> {
        while self.rest.is_empty() {
            self.go_on()?;
        }
        let length = if count == Count::Short { usize::from(self.byte()?) } else { self.number()? };
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.number()? } else { 0 };
        let phonetic = if flags & 4 != 0 { u32_at(self.take(4)?, 0)? } else { 0 };
        let said = self.characters(length, flags & 1 != 0)?;
        self.skip(runs.saturating_mul(4).saturating_add(usize::try_from(phonetic).ok()?))?;
        Some(said)
    }

    /// Characters of one byte or of two; each record they go on in says anew which.
    fn characters(&mut self, length: usize, mut is_wide: bool) -> Option<String> {
        let (mut units, mut left) = (Vec::new(), length);
        while left > 0 {
            if self.rest.is_empty() {
                self.go_on()?;
                is_wide = self.byte()? & 1 != 0;
            }
            let width = if is_wide { 2 } else { 1 };
            let here = left.min(self.rest.len().checked_div(width)?);
            if here == 0 {
                return None;
            }
            let bytes = self.take(here.saturating_mul(width))?;
            match is_wide {
                true => units.extend(bytes.chunks_exact(2).filter_map(|pair| u16_at(pair, 0))),
                false => units.extend(bytes.iter().map(|byte| u16::from(*byte))),
            }
            left = left.saturating_sub(here);
        }
        Some(char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect())
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if self.rest.is_empty() {
                self.go_on()?;
            }
            let here = count.min(self.rest.len());
            self.take(here)?;
            count = count.saturating_sub(here);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocumentErrorKind;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn number(cell: (u16, u16), style: u16, number: f64) -> Vec<u8> {
        record(NUMBER, &[&at(cell, style)[..], &number.to_le_bytes()].concat())
    }

    /// Row, column and style.
    fn at((row, column): (u16, u16), style: u16) -> Vec<u8> {
        [row, column, style].map(u16::to_le_bytes).concat()
    }

    fn wide(text: &str) -> Vec<u8> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let length = u16::try_from(units.len()).unwrap();
        [
            &length.to_le_bytes()[..],
            &[1],
            &units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<_>>(),
        ]
        .concat()
    }

    /// A workbook of the records of its globals and of one sheet.
    fn stream(globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
        let bof = record(BOF, &[0, 6, 5, 0]);
        let bound =
            |start: u32| record(BOUND_SHEET, &[&start.to_le_bytes()[..], &[0, 0, 1, 0, b'a']].concat());
        let book = |start: u32| [bof.clone(), bound(start), globals.concat(), record(EOF, &[])].concat();
        let start = u32::try_from(book(0).len()).unwrap();
        [book(start), bof, sheet.concat(), record(EOF, &[])].concat()
    }

    fn said(stream: &[u8]) -> Vec<String> {
        let book = Book::of(stream).unwrap();
        let (name, start) = &book.sheets[0];
        let sheet = book.sheet(name, &stream[*start..], &mut Taken::default()).unwrap();
        sheet.cells.iter().map(|(cell, said)| format!("{cell} {said}")).collect()
    }

    #[test]
    fn numbers_are_kept_in_several_ways() {
        let rk = |cell, bits: u32| record(RK, &[&at(cell, 0)[..], &bits.to_le_bytes()].concat());
        let upper = |number: f64| u32::try_from(number.to_bits() >> 32).unwrap();
        let many = record(
            MUL_RK,
            &[
                &[1, 0, 0, 0][..],
                &[0, 0],
                &(7_u32 << 2 | 2).to_le_bytes(),
                &[0, 0],
                &(-8_i32 << 2 | 2).to_le_bytes(),
                &[1, 0],
            ]
            .concat(),
        );
        let cells = [
            number((0, 0), 0, 1_234_567.890_000_000_1),
            rk((0, 1), 43_578 << 2 | 3),
            rk((0, 2), upper(0.5)),
            rk((0, 3), upper(1.5) | 1),
            number((0, 4), 0, f64::INFINITY),
            number((0, 5), 0, f64::NAN),
            many,
        ];
        assert_eq!(
            said(&stream(&[], &cells)),
            ["A1 1234567.89", "B1 435.78", "C1 0.5", "D1 0.015", "E1 #NUM!", "F1 #NUM!", "A2 7", "B2 -8"]
        );
    }

    #[test]
    fn formats_are_those_of_the_style() {
        let code = record(FORMAT, &[&[164, 0][..], &wide("0.0\"辆\"")].concat());
        let xf = |format: u16| record(XF, &[[0, 0], format.to_le_bytes()].concat());
        let globals = [code, xf(0), xf(10), xf(164)];
        let cells = [number((0, 0), 1, 0.0132), number((1, 0), 2, 3.0), number((2, 0), 99, 3.5)];
        assert_eq!(said(&stream(&globals, &cells)), ["A1 1.32%", "A2 3.0辆", "A3 3.5"]);
    }

    #[test]
    fn a_formula_says_what_it_came_to() {
        let formula = |cell, value: &[u8]| record(FORMULA, &[&at(cell, 0)[..], value, &[0; 8]].concat());
        let cells = [
            formula((0, 0), &2.5_f64.to_le_bytes()),
            formula((0, 1), &[0, 0, 0, 0, 0, 0, 0xff, 0xff]),
            record(STRING, &wide("合计")),
            formula((0, 2), &[1, 0, 1, 0, 0, 0, 0xff, 0xff]),
            formula((0, 3), &[2, 0, 7, 0, 0, 0, 0xff, 0xff]),
            formula((0, 4), &[3, 0, 0, 0, 0, 0, 0xff, 0xff]),
            record(STRING, &wide("不是哪一格的")),
            record(BOOL_ERROR, &[&at((0, 5), 0)[..], &[0x2a, 1]].concat()),
        ];
        assert_eq!(said(&stream(&[], &cells)), ["A1 2.5", "B1 合计", "C1 TRUE", "D1 #DIV/0!", "F1 #N/A"]);
    }

    #[test]
    fn shared_strings_go_on_in_other_records() {
        let label = |row: u16, index: u32| {
            record(LABEL_SHARED, &[&at((row, 0), 0)[..], &index.to_le_bytes()].concat())
        };
        // A string with a font and phonetics; one that goes on in bytes where it began in two; one after that.
        let fonts =
            [&[2, 0, 0x0d, 1, 0, 3, 0, 0, 0][..], &[0x09, 0x4e, 0x6c, 0x51], &[0; 4], &[9; 3]].concat();
        let first = [&[0; 8][..], &fonts, &[4, 0, 1, 0x3a, 0x4e]].concat();
        let globals =
            [record(SHARED_STRINGS, &first), record(CONTINUE, b"\0abc"), record(CONTINUE, &wide("尾"))];
        let cells = [label(0, 0), label(1, 1), label(2, 2)];
        assert_eq!(said(&stream(&globals, &cells)), ["A1 三公", "A2 为abc", "A3 尾"]);
        let book = Book::of(&stream(&globals, &[])).unwrap();
        assert!(matches!(book.sheet("a", &label(3, 3), &mut Taken::default()), Err(SheetError::Broken(_))));
        let cut = stream(&[globals.first().cloned().unwrap()], &[]);
        assert!(matches!(Book::of(&cut), Err(SheetError::Broken(_))));
    }

    #[test]
    fn charts_inside_a_sheet_are_not_read() {
        let chart = [record(BOF, &[0, 6]), number((0, 0), 0, 9.0), record(EOF, &[])].concat();
        assert_eq!(said(&stream(&[], &[chart, number((0, 1), 0, 2.0)])), ["B1 2"]);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let error = |stream: &[u8]| match Book::of(stream) {
            Err(error) => DocumentErrorKind::from(error),
            Ok(_) => panic!("it was read"),
        };
        assert_eq!(error(&stream(&[record(FILE_PASS, &[1, 0])], &[])), DocumentErrorKind::Encrypted);
        assert!(matches!(error(&record(BOF, &[0, 5, 5, 0])), DocumentErrorKind::NotASheet(_)));
        assert!(matches!(error(&stream(&[], &[])[..12]), DocumentErrorKind::NotASheet(_)));
    }

    #[test]
    fn sheets_that_claim_the_same_records_are_bounded() {
        let whole = stream(&[], &[record(0x1234, &[0; 8_000]).repeat(1_000)]);
        let book = Book::of(&whole).unwrap();
        let (name, start) = book.sheets[0].clone();
        let mut taken = Taken::default();
        let outcomes: Vec<_> =
            (0..20).map(|_| book.sheet(&name, &whole[start..], &mut taken).is_ok()).collect();
        assert!(outcomes[0] && !outcomes[19], "{outcomes:?}");
    }
}
