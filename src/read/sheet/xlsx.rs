//! XLSX (ECMA-376): a zip file of XML, as the cells of its sheets.
//!
//! Entries are inflated up to a limit, never by what the file says of their size; a sheet is read cell by cell, and where
//! it claims to reach to is not looked at.

use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::str::FromStr;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::decimal::Decimal;
use super::format::{self, Dates};
use super::{Merged, Sheet, SheetError, Taken};
use crate::limits;
use crate::source::CellName;

/// Sheets, parts, formats: of each a workbook has fewer (it has at most 64,000 formats).
const LISTED: usize = 65_536;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// The sheets that are shown, in their order.
pub(super) fn sheets(bytes: &[u8], taken: &mut Taken) -> Result<Vec<Sheet>, SheetError> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| SheetError::broken(&error))?;
    let mut package = Package { archive, inflated: 0 };
    let of_file = relations(&package.text("_rels/.rels")?.unwrap_or_default(), "")?;
    let workbook = of_file.into_iter().find(|relation| relation.is("officeDocument"));
    let workbook = workbook.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    let Some(text) = package.text(&workbook)? else {
        return Err(SheetError::Broken("no workbook in it".to_owned()));
    };
    let listed = workbook_of(&text)?;
    let (folder, name) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let path = format!("{folder}/_rels/{name}.rels");
    let parts = relations(&package.text(path.trim_start_matches('/'))?.unwrap_or_default(), folder)?;
    let part = |kind: &str| parts.iter().find(|relation| relation.is(kind));
    let mut shared = Vec::new();
    if let Some(strings) = part("sharedStrings") {
        shared = strings_of(&package.text(&strings.target)?.unwrap_or_default())?;
    }
    let mut formats = Vec::new();
    if let Some(styles) = part("styles") {
        formats = formats_of(&package.text(&styles.target)?.unwrap_or_default())?;
    }
    let book = Book { shared, formats, dates: listed.dates };
    // A chart is a sheet too, and has no cells.
    let worksheets = parts.iter().filter(|relation| relation.is("worksheet"));
    let by_id: HashMap<_, _> = worksheets.map(|relation| (relation.id.as_str(), relation)).collect();
    let mut sheets = Vec::new();
    for shown in listed.sheets {
        let Some(part) = by_id.get(shown.relation.as_str()) else { continue };
        let Some(text) = package.text(&part.target)? else {
            return Err(SheetError::Broken(format!("no {} in it", part.target)));
        };
        sheets.push(book.sheet(&shown.name, &text, taken)?);
    }
    Ok(sheets)
}

struct Package<'b> {
    archive: Archive<'b>,
    /// Bytes of all entries read so far.
    inflated: usize,
}

impl Package<'_> {
    /// An entry as text; nothing where the file has none of that name.
    fn text(&mut self, name: &str) -> Result<Option<String>, SheetError> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let entry = self.archive.by_index(index).map_err(|error| SheetError::broken(&error))?;
        let left = limits::SHEETS_BYTES.saturating_sub(self.inflated);
        let most = left.min(limits::SHEET_ENTRY_BYTES);
        let one_more = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        entry.take(one_more).read_to_end(&mut bytes).map_err(|error| SheetError::broken(&error))?;
        if bytes.len() > most {
            return Err(SheetError::InflatedTooLong);
        }
        self.inflated = self.inflated.saturating_add(bytes.len());
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(SheetError::Broken(format!("{name} is not UTF-8"))),
        }
    }
}

/// A list that grows with what the file says is bounded: an entry of a few bytes would take up a hundred.
fn bounded(listed: usize) -> Result<(), SheetError> {
    if listed < LISTED { Ok(()) } else { Err(SheetError::Broken(format!("it lists more than {LISTED}"))) }
}

/// What one part of the package says of another.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl Relation {
    /// The namespace before the last word differs between editions of the standard.
    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

fn relations(text: &str, folder: &str) -> Result<Vec<Relation>, SheetError> {
    let mut relations = Vec::new();
    each(text, |at| {
        if let At::Open("Relationship", element) = at {
            bounded(relations.len())?;
            let target = attribute(element, "Target").unwrap_or_default();
            relations.push(Relation {
                id: attribute(element, "Id").unwrap_or_default(),
                kind: attribute(element, "Type").unwrap_or_default(),
                target: resolved(folder, &target),
            });
        }
        Ok(())
    })?;
    Ok(relations)
}

/// The name of the entry that a target means, seen from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut path: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

/// What a workbook lists.
#[derive(Default)]
struct Listed {
    sheets: Vec<Shown>,
    dates: Dates,
}

struct Shown {
    name: String,
    relation: String,
}

fn workbook_of(text: &str) -> Result<Listed, SheetError> {
    let mut listed = Listed::default();
    each(text, |at| {
        match at {
            At::Open("sheet", element) => {
                let is_shown = attribute(element, "state").is_none_or(|state| state == "visible");
                bounded(listed.sheets.len())?;
                if is_shown {
                    listed.sheets.push(Shown {
                        name: attribute(element, "name").unwrap_or_default(),
                        relation: attribute(element, "id").unwrap_or_default(),
                    });
                }
            }
            At::Open("workbookPr", element) => {
                let is_1904 = attribute(element, "date1904");
                if matches!(is_1904.as_deref(), Some("1" | "true")) {
                    listed.dates = Dates::From1904;
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(listed)
}

/// The texts that cells share, by number.
fn strings_of(text: &str) -> Result<Vec<String>, SheetError> {
    let mut strings = Vec::new();
    let mut words = Words::default();
    each(text, |at| {
        match at {
            At::Open("si", _) => words = Words::default(),
            At::Close("si") if strings.len() >= limits::TABLE_CELLS => return Err(SheetError::TooManyCells),
            At::Close("si") => strings.push(words.said()),
            at => words.see(&at),
        }
        Ok(())
    })?;
    Ok(strings)
}

/// The format code of each style, by number.
fn formats_of(text: &str) -> Result<Vec<String>, SheetError> {
    let mut own = HashMap::new();
    let (mut formats, mut is_in_cells) = (Vec::new(), false);
    each(text, |at| {
        match at {
            At::Open("numFmt", element) => {
                bounded(own.len())?;
                own.insert(attribute(element, "numFmtId"), attribute(element, "formatCode"));
            }
            At::Open("cellXfs", _) => is_in_cells = true,
            At::Close("cellXfs") => is_in_cells = false,
            At::Open("xf", element) if is_in_cells => {
                bounded(formats.len())?;
                let id = attribute(element, "numFmtId");
                let built_in =
                    || id.as_ref().and_then(|id| id.parse().ok()).map_or(format::GENERAL, format::built_in);
                let code = own.get(&id).cloned().flatten().unwrap_or_else(|| built_in().to_owned());
                formats.push(code);
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(formats)
}

/// What the sheets of a workbook share.
struct Book {
    shared: Vec<String>,
    formats: Vec<String>,
    dates: Dates,
}

/// A cell while it is read.
#[derive(Default)]
struct Open {
    kind: String,
    style: Option<usize>,
    value: String,
    is_value: bool,
    words: Words,
}

impl Book {
    fn sheet(&self, name: &str, text: &str, taken: &mut Taken) -> Result<Sheet, SheetError> {
        let mut sheet = Sheet::new(name);
        // Rows and cells without a name follow the one before.
        let (mut row, mut column) = (0_u32, 0_u32);
        let mut cell: Option<Open> = None;
        each(text, |at| {
            match (&mut cell, at) {
                (None, At::Open("row", element)) => {
                    row = named(attribute(element, "r"))?.unwrap_or_else(|| row.saturating_add(1));
                    column = 0;
                }
                (None, At::Open("c", element)) => {
                    let own: Option<CellName> = named(attribute(element, "r"))?;
                    column = own.map_or_else(|| column.saturating_add(1), CellName::column);
                    row = own.map_or(row, CellName::row);
                    cell = Some(Open {
                        kind: attribute(element, "t").unwrap_or_default(),
                        style: attribute(element, "s").and_then(|style| style.parse().ok()),
                        ..Open::default()
                    });
                }
                (Some(open), At::Close("c")) => {
                    let said = self.said(open)?;
                    cell = None;
                    sheet.say(CellName::new(row, column), &said, taken)?;
                }
                (Some(open), At::Open("v", _)) => open.is_value = true,
                (Some(open), At::Close("v")) => open.is_value = false,
                (Some(open), At::Text(text)) if open.is_value => open.value.push_str(text),
                (Some(open), at) => open.words.see(&at),
                (None, At::Open("mergeCell", element)) => {
                    let range = attribute(element, "ref").unwrap_or_default();
                    sheet.merged.extend(merged(&range));
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(sheet)
    }

    fn said(&self, cell: &Open) -> Result<String, SheetError> {
        Ok(match cell.kind.as_str() {
            "s" if cell.value.is_empty() => String::new(),
            "s" => {
                let index = cell.value.trim().parse::<usize>().ok();
                index.and_then(|index| self.shared.get(index)).cloned().ok_or_else(SheetError::no_text)?
            }
            "inlineStr" => cell.words.said(),
            "str" | "e" | "d" => unescaped(&cell.value),
            "b" => if cell.value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            _ => match Decimal::parse(&cell.value) {
                Some(number) => {
                    let code = cell.style.and_then(|style| self.formats.get(style));
                    format::printed(&number, code.map_or(format::GENERAL, String::as_str), self.dates)
                }
                None => cell.value.clone(),
            },
        })
    }
}

/// The name of a row or a cell, if it has one. One that is none would put the cell where it is not.
fn named<T: FromStr>(name: Option<String>) -> Result<Option<T>, SheetError> {
    let parsed =
        name.map(|name| name.parse().map_err(|_| SheetError::Broken(format!("no cell has the name {name}"))));
    parsed.transpose()
}

/// `B2:D4`.
fn merged(range: &str) -> Option<Merged> {
    let (first, last) = range.split_once(':')?;
    Some(Merged { first: first.parse().ok()?, last: last.parse().ok()? })
}

/// The text of a string, which may be in pieces of several fonts; how it is pronounced is left out.
#[derive(Default)]
struct Words {
    text: String,
    is_text: bool,
    is_pronounced: bool,
}

impl Words {
    fn see(&mut self, at: &At<'_, '_>) {
        match at {
            At::Open("t", _) => self.is_text = true,
            At::Close("t") => self.is_text = false,
            At::Open("rPh", _) => self.is_pronounced = true,
            At::Close("rPh") => self.is_pronounced = false,
            At::Text(text) if self.is_text && !self.is_pronounced => self.text.push_str(text),
            _ => {}
        }
    }

    fn said(&self) -> String {
        unescaped(&self.text)
    }
}

/// Line ends are written `_x000D_` where XML would lose them.
fn unescaped(text: &str) -> String {
    if text.contains("_x") { text.replace("_x000D_", "\r").replace("_x000A_", "\n") } else { text.to_owned() }
}

/// Where the walk through an XML text is; names without their prefix.
enum At<'a, 'e> {
    Open(&'a str, &'a BytesStart<'e>),
    Close(&'a str),
    Text(&'a str),
}

/// Walks through an XML text.
fn each(text: &str, mut see: impl FnMut(At<'_, '_>) -> Result<(), SheetError>) -> Result<(), SheetError> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().map_err(|error| SheetError::broken(&error))? {
            Event::Start(element) => see(At::Open(name(element.local_name().as_ref()), &element))?,
            Event::End(element) => see(At::Close(name(element.local_name().as_ref())))?,
            Event::Empty(element) => {
                see(At::Open(name(element.local_name().as_ref()), &element))?;
                see(At::Close(name(element.local_name().as_ref())))?;
            }
            Event::Text(text) => see(At::Text(&text.decode().map_err(|error| SheetError::broken(&error))?))?,
            Event::CData(text) => see(At::Text(&text.decode().map_err(|error| SheetError::broken(&error))?))?,
            Event::GeneralRef(entity) => {
                let by_number = entity.resolve_char_ref().map_err(|error| SheetError::broken(&error))?;
                let entity = entity.decode().map_err(|error| SheetError::broken(&error))?;
                let mut bytes = [0; 4];
                match (by_number, resolve_predefined_entity(&entity)) {
                    (Some(c), _) => see(At::Text(c.encode_utf8(&mut bytes)))?,
                    (None, Some(said)) => see(At::Text(said))?,
                    (None, None) => return Err(SheetError::Broken(format!("an unknown entity, {entity}"))),
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn name(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or("")
}

/// An attribute by its name without a prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let is_it = |attribute: &Attribute<'_>| attribute.key.local_name().as_ref() == name.as_bytes();
    let found = attributes.with_checks(false).flatten().find(is_it)?;
    let value = std::str::from_utf8(&found.value).ok()?;
    quick_xml::escape::unescape(value).ok().map(std::borrow::Cow::into_owned)
}
