use std::io::{Cursor, Write};
use std::path::Path;

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// A workbook of one sheet, 表1, from the inside of its `worksheet`.
fn workbook(sheet: &str) -> Vec<u8> {
    let parts = [("xl/worksheets/sheet1.xml", format!("<worksheet>{sheet}</worksheet>"))];
    package("<sheet name=\"表1\" r:id=\"r1\"/>", &parts)
}

/// A workbook that lists sheets, with styles, shared strings, and parts of one's own.
fn package(sheets: &str, parts: &[(&str, String)]) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
    };
    let of_book = [
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "worksheet", "/xl/worksheets/../worksheets/sheet2.xml"),
        relation("r3", "chartsheet", "chartsheets/sheet1.xml"),
        relation("r8", "styles", "styles.xml"),
        relation("r9", "sharedStrings", "sharedStrings.xml"),
    ];
    let common = [
        (
            "_rels/.rels",
            format!("<Relationships>{}</Relationships>", relation("r1", "officeDocument", "xl/workbook.xml")),
        ),
        ("xl/workbook.xml", format!("<workbook><workbookPr/><sheets>{sheets}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships>{}</Relationships>", of_book.concat())),
        ("xl/styles.xml", STYLES.to_owned()),
        ("xl/sharedStrings.xml", STRINGS.to_owned()),
    ];
    let is_own = |name: &str| parts.iter().any(|(own, _)| *own == name);
    let common: Vec<_> = common.into_iter().filter(|(name, _)| !is_own(name)).collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in common.iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Style 0 is General, 1 two places, 2 percent, 3 a date, 4 thousands with brackets below zero.
const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"#,##0.00;(#,##0.00)\"/></numFmts>\
    <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"2\"/><xf numFmtId=\"10\"/>\
    <xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";
const STRINGS: &str = "<sst><si><t>项目</t></si><si><r><t>三公</t></r><r><t xml:space=\"preserve\"> 经费</t></r>\
    <rPh sb=\"0\" eb=\"1\"><t>さん</t></rPh></si><si><t>a &amp;&#x4e07;_x000D_\nb</t></si></sst>";

fn read(bytes: &[u8]) -> Result<String, DocumentErrorKind> {
    listing("a.xlsx", bytes).map(|listing| listing.laid.source.text().to_owned())
}

/// The rows of each table, covered cells as `^`, the first of merged ones with what it covers, under its captions.
fn grids(bytes: &[u8]) -> Vec<String> {
    let listing = listing("a.xlsx", bytes).unwrap();
    let cell = |cell: &GridCell| match cell.merge {
        Merge::Covered => "^".to_owned(),
        Merge::Alone => cell.text.clone(),
        Merge::First { rows, columns } => format!("{}({rows}x{columns})", cell.text),
    };
    let grid = |known: &rows::Known| {
        let rows = known.grid.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|"));
        format!("{}: {}", known.grid.captions.join("/"), rows.collect::<Vec<_>>().join(" "))
    };
    listing.laid.tables.iter().map(grid).collect()
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables").join(name)).unwrap()
}

#[test]
fn both_kinds_of_workbook_say_the_same() {
    for ending in ["xlsx", "xls"] {
        assert_eq!(
            grids(&fixture(&format!("three_public.{ending}"))),
            ["三公经费/某县档案馆2019年“三公”经费预算表/单位：万元: \
              项目(2x1)|预算数(1x2)|^|比上年增减(1x2)|^ ^|2018年|2019年|增减额|增减幅度 \
              合计|8.30|7.55|-0.75|-9.04% 1.因公出国（境）费|0.00|0.00|| 2.公务接待费|2.80|2.50|-0.30|-10.71% \
              3.公务用车购置及运行费|5.50|5.05|-0.45|-8.18% 其中：公务用车购置费|0.00|0.00|—|— \
              公务用车运行维护费|5.50|5.05|-0.45|-8.18%"],
            "{ending}"
        );
        let listed = read(&fixture(&format!("function_expenditure.{ending}"))).unwrap();
        assert_eq!(
            listed.lines().nth(5),
            Some("一般公共预算支出情况表!6: 2012601 | 行政运行 | 1,000,000.00 | 1,000,000.00 | "),
            "{ending}"
        );
    }
}

#[test]
fn a_cell_says_what_its_format_prints() {
    let cells = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" t=\"s\"><v>2</v></c>\
        <c r=\"C1\" t=\"inlineStr\"><is><t>直写</t></is></c><c r=\"D1\" t=\"s\"/></row>\
        <row r=\"2\"><c r=\"A2\" s=\"1\"><v>217.37999999999997</v></c><c r=\"B2\" s=\"2\"><v>1.32E-2</v></c>\
        <c r=\"C2\" s=\"3\"><v>43496</v></c><c r=\"D2\" s=\"4\"><f>A1</f><v>-1234.5</v></c></row>\
        <row r=\"3\"><c r=\"A3\"><v>1234567.8900000001</v></c><c r=\"B3\"><v>INF</v></c><c r=\"C3\" t=\"e\"><v>#DIV/0!</v></c>\
        <c r=\"D3\" t=\"b\"><v>1</v></c></row><row><c t=\"str\"><f>X</f><v>算得</v></c><c/><c s=\"77\"><v>5</v></c></row></sheetData>";
    assert_eq!(
        read(&workbook(cells)).unwrap(),
        "表1!1: 三公 经费 | a &万 b | 直写 | \n\
         表1!2: 217.38 | 1.32% | 2019-01-31 | (1,234.50)\n\
         表1!3: 1234567.89 | INF | #DIV/0! | TRUE\n\
         表1!4: 算得 |  | 5 | \n"
    );
}

#[test]
fn hidden_sheets_and_charts_are_not_read() {
    let sheets = "<sheet name=\"甲\" state=\"hidden\" r:id=\"r1\"/><sheet name=\"图\" r:id=\"r3\"/><sheet name=\"乙\" r:id=\"r2\"/>";
    let parts = ["1", "2"].map(|at| {
        let row = format!("<row r=\"{at}\" hidden=\"1\"><c r=\"B{at}\"><v>{at}</v></c></row>");
        (
            format!("xl/worksheets/sheet{at}.xml"),
            format!("<worksheet><sheetData>{row}</sheetData></worksheet>"),
        )
    });
    let parts = parts.each_ref().map(|(name, text)| (name.as_str(), text.clone()));
    assert_eq!(read(&package(sheets, &parts)).unwrap(), "乙!2: 2\n");
}

#[test]
fn merging_is_counted_in_what_is_said() {
    let cell = |name: &str, said: &str| format!("<c r=\"{name}\" t=\"str\"><v>{said}</v></c>");
    let rows = [
        ["B2", "D2"].map(|name| cell(name, "头")).concat(),
        ["D3", "F3"].map(|name| cell(name, "中")).concat(),
        ["B9", "D9", "F9"].map(|name| cell(name, "体")).concat(),
    ];
    let rows = rows.map(|row| format!("<row>{row}</row>")).concat();
    let ranges = ["B2:B8", "D2:XFD2", "A1:A2", "F9:D3", "B2", "Z1:ZZ"]
        .map(|range| format!("<mergeCell ref=\"{range}\"/>"));
    let sheet = format!("<sheetData>{rows}</sheetData><mergeCells>{}</mergeCells>", ranges.concat());
    assert_eq!(grids(&workbook(&sheet)), ["表1: 头(2x1)|头(1x2)|^ ^|中|中 体|体|体"]);
}

#[test]
fn places_are_cells() {
    let listing = listing("a.xlsx", &fixture("three_public.xlsx")).unwrap();
    let text = listing.laid.source.text();
    let place = |said: &str| {
        let at = text.find(said).unwrap();
        match listing.place(Span::new(at, at + said.len())) {
            Place::Cell { sheet, cell, .. } => format!("{sheet}!{cell}"),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(place("8.30"), "三公经费!B5");
    assert_eq!(place("-10.71%"), "三公经费!E7");
    assert_eq!(place("7.55万元"), "三公经费!A11");
    // Every cell of a table knows its own, blank ones too.
    let row = &listing.laid.tables[0].grid.rows[3];
    let cells = row.iter().map(|cell| match listing.place(cell.place.in_text().1) {
        Place::Cell { cell, .. } => cell.to_string(),
        other => panic!("{other:?}"),
    });
    assert_eq!(cells.collect::<Vec<_>>(), ["A6", "B6", "C6", "D6", "E6"]);
}

#[test]
fn the_farthest_cell_is_one_cell() {
    let far = "<dimension ref=\"A1:XFD1048576\"/><sheetData><row><c r=\"A1\"><v>1</v></c></row>\
               <row><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>";
    assert_eq!(read(&workbook(far)).unwrap(), "表1!1: 1\n表1!1048576: 2\n");
}

#[test]
fn a_workbook_has_so_many_cells() {
    let column = |cells: usize| {
        let rows: String = (1..=cells).map(|row| format!("<c r=\"A{row}\"><v>1</v></c>")).collect();
        read(&workbook(&format!("<sheetData>{rows}</sheetData>"))).map(|text| text.lines().count())
    };
    assert_eq!(column(limits::SHEET_CELLS), Ok(limits::SHEET_CELLS));
    assert_eq!(column(limits::SHEET_CELLS + 1), Err(DocumentErrorKind::TooManyCells));
    // A few thousand cells that span a plane of millions, blank ones counted.
    let diagonal = |cells: u32| {
        let rows: String =
            (1..=cells).map(|at| format!("<c r=\"{}\"><v>1</v></c>", CellName::new(at, at))).collect();
        read(&workbook(&format!("<sheetData>{rows}</sheetData>"))).map(|_| ())
    };
    assert_eq!(diagonal(1_000), Ok(()));
    assert_eq!(diagonal(1_001), Err(DocumentErrorKind::TooManyCells));
}

#[test]
fn a_workbook_inflates_to_so_much() {
    let padded = |bytes: usize| format!("<sst>{}</sst>", " ".repeat(bytes - "<sst></sst>".len()));
    let with = |parts: &[(&str, String)]| read(&package("", parts)).map(|_| ());
    let strings = |bytes: usize| ("xl/sharedStrings.xml", padded(bytes));
    assert_eq!(with(&[strings(limits::SHEET_ENTRY_BYTES)]), Ok(()));
    assert_eq!(with(&[strings(limits::SHEET_ENTRY_BYTES + 1)]), Err(DocumentErrorKind::InflatedTooLong));
    let styles = ("xl/styles.xml", padded(limits::SHEET_ENTRY_BYTES));
    assert_eq!(with(&[strings(limits::SHEET_ENTRY_BYTES), styles]), Err(DocumentErrorKind::InflatedTooLong));
    let mut bytes = vec![0; limits::SHEET_FILE_BYTES];
    assert!(matches!(read(&bytes), Err(DocumentErrorKind::NotASheet(_))));
    bytes.push(0);
    assert_eq!(read(&bytes), Err(DocumentErrorKind::SheetTooLong));
}

#[test]
fn a_text_that_all_cells_share_counts_for_each() {
    let long = format!("<sst><si><t>{}</t></si></sst>", "长".repeat(1_000_000));
    let cells: String = (1..=30).map(|row| format!("<c r=\"A{row}\" t=\"s\"><v>0</v></c>")).collect();
    let sheet =
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{cells}</sheetData></worksheet>"));
    let file = package("<sheet name=\"表1\" r:id=\"r1\"/>", &[("xl/sharedStrings.xml", long), sheet]);
    assert_eq!(read(&file), Err(DocumentErrorKind::TooLong));
}

#[test]
fn what_is_no_workbook_is_told() {
    let broken = |bytes: &[u8]| match read(bytes) {
        Err(DocumentErrorKind::NotASheet(why)) => why,
        other => panic!("{other:?}"),
    };
    broken(b"");
    broken(b"PK\x03\x04");
    broken(&fixture("three_public.xlsx")[..3_000]);
    broken(&workbook("<sheetData><row></sheetData>"));
    broken(&workbook("<sheetData><row><c t=\"str\"><v>&boom;</v></c></row></sheetData>"));
    broken(&workbook("<sheetData><row><c t=\"s\"><v>99</v></c></row></sheetData>"));
    broken(&workbook("<sheetData><row><c r=\"1A\"><v>9</v></c></row></sheetData>"));
    broken(&package("<sheet name=\"甲\" r:id=\"r1\"/>", &[]));
    broken(&fixture("three_public.xls")[..2_000]);
    broken(cfb::MAGIC);
}

proptest! {
    /// In a zip file nearly every changed byte breaks a checksum; here it is changed before.
    #[test]
    fn any_byte_of_a_part_may_be_another(part in 0_usize..5, at in any::<prop::sample::Index>(), byte in any::<char>()) {
        let mut zip = zip::ZipArchive::new(Cursor::new(fixture("three_public.xlsx"))).unwrap();
        let names = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"];
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..zip.len() {
            let mut entry = zip.by_index(index).unwrap();
            let (name, mut text) = (entry.name().to_owned(), String::new());
            std::io::Read::read_to_string(&mut entry, &mut text).unwrap();
            if name == names[part] {
                let mut chars: Vec<char> = text.chars().collect();
                let at = at.index(chars.len());
                chars[at] = byte;
                text = chars.into_iter().collect();
            }
            out.start_file(name, SimpleFileOptions::default()).unwrap();
            out.write_all(text.as_bytes()).unwrap();
        }
        if let Ok(listing) = listing("a.xlsx", &out.finish().unwrap().into_inner()) {
            let end = listing.laid.source.text().len();
            listing.place(Span::new(0, end));
        }
    }
}
