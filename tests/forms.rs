//! The forms a table is published in: the same statements, whatever the file; a result or a named error, whatever the bytes.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use gouji::document::{DocumentErrorKind, Statement};
use gouji::{Checker, Document, Lang, Place, Reader, RuleSet};
use proptest::prelude::*;

const FORMS: [&str; 4] = ["csv", "xlsx", "xls", "html"];

fn reader() -> &'static Reader {
    static READER: LazyLock<Reader> =
        LazyLock::new(|| Reader::new(&RuleSet::builder().bundled("tables").build().unwrap()));
    &READER
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables")
}

/// The fixtures by name, without their endings.
fn tables() -> Vec<String> {
    let names =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> =
        names.filter_map(|name| Some(name.strip_suffix(".xlsx")?.to_owned())).collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

fn bytes(name: &str, form: &str) -> Vec<u8> {
    fs::read(folder().join(format!("{name}.{form}"))).unwrap()
}

fn read(name: &str, form: &str) -> Document {
    reader().read(format!("{name}.{form}"), &bytes(name, form)).unwrap_or_else(|error| panic!("{error}"))
}

/// Everything a statement says, but where it stands; a sheet stands under its own name besides.
fn said(statement: &Statement) -> String {
    let Statement { label, quantity, facet, period, basis, parent, scope, printed_as, context, .. } =
        statement;
    let parent = parent.as_ref().map(|parent| (&parent.label, parent.statement));
    format!(
        "{label} {quantity:?} {facet:?} {period:?} {basis:?} {parent:?} {scope:?} {printed_as:?} {context:?}"
    )
}

/// In the order of the document.
fn stated(document: &Document) -> Vec<String> {
    document.statements().iter().map(said).collect()
}

fn rows(document: &Document) -> Vec<String> {
    let row = |row: &gouji::document::Row| {
        let cells: Vec<_> = row.cells.iter().map(|cell| (&cell.label, &cell.text)).collect();
        format!("{:?} {cells:?}", row.scope)
    };
    document.rows().iter().map(row).collect()
}

#[test]
fn each_form_states_what_its_text_states() {
    for name in tables() {
        let text = read(&name, "txt");
        for form in FORMS {
            let other = read(&name, form);
            assert_eq!((text.year(), text.kind()), (other.year(), other.kind()), "{name}.{form}");
            assert_eq!(stated(&text), stated(&other), "{name}.{form}");
            assert_eq!(rows(&text), rows(&other), "{name}.{form}");
        }
    }
}

#[test]
fn a_figure_is_found_where_it_is_printed() {
    let place = |form: &str| {
        let document = read("three_public", form);
        let of_prose = |statement: &&Statement| document.text_of(&statement.place).starts_with("7.55万");
        let statement = document.statements().iter().find(of_prose).unwrap();
        match &statement.place {
            Place::Cell { sheet, cell, .. } => format!("{sheet}!{cell}"),
            Place::Text { span, .. } => {
                String::from_utf8(bytes("three_public", form)[span.start()..span.end()].to_vec()).unwrap()
            }
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(FORMS.map(place), ["7.55万元", "三公经费!A11", "三公经费!A11", "7.55万元"]);
}

#[test]
fn what_decided_a_figure_is_shown_where_it_stands_in_the_file() {
    let rules = RuleSet::builder().bundled("department").build().unwrap();
    let reader = Reader::new(&rules).asked();
    let page = |form: &str, figure: &str| {
        let document = reader.read(format!("a.{form}"), &bytes("three_public", form)).unwrap();
        let figures = document.figures_printed(figure);
        gouji::report::figure_pages(&rules, &document, &figures, Lang::Zh).remove(0)
    };
    for (form, label, change) in [
        ("csv", "“2.公务接待费”（7:1）", "“增减额”（4:14）"),
        ("xlsx", "“2.公务接待费”（三公经费!A7）", "“增减额”（三公经费!D4）"),
        ("xls", "“2.公务接待费”（三公经费!A7）", "“增减额”（三公经费!D4）"),
        ("html", "“2.公务接待费”（12:", "“增减额”（9:"),
    ] {
        let page = page(form, "-0.30");
        assert!(page.contains(label) && page.contains(change), "{form}\n{page}");
        assert!(page.contains("字段  three_public.reception\n"), "{form}\n{page}");
    }
    for (form, words) in [("csv", "“减少”（11:24）"), ("xlsx", "（三公经费!A11）"), ("html", "“减少”（17:")]
    {
        let page = page(form, "0.75万元");
        assert!(page.contains(words), "{form}\n{page}");
    }
}

#[test]
fn a_row_that_does_not_add_up_is_found_in_every_form() {
    let rules = RuleSet::builder().bundled("tables").build().unwrap();
    let found = |form: &str| {
        let report = Checker::new(&rules).check(&read("wrong_row", form));
        let findings = report.findings().map(|finding| {
            let places: Vec<_> = finding.places().map(ToString::to_string).collect();
            format!("{} {} {}", finding.rule(), finding.message(Lang::Zh), places.join(" "))
        });
        findings.collect::<Vec<_>>()
    };
    let finding = "general_expenditure.row 217.38 + 0.00 = 217.38 ≠ 227.38，差 10.00 万元";
    let at = |places: [&str; 3]| vec![format!("{finding} {}", places.join(" "))];
    assert_eq!(found("csv"), at(["wrong_row.csv:4:21", "wrong_row.csv:4:28", "wrong_row.csv:4:14"]));
    for form in ["xlsx", "xls"] {
        let cells = ["D4", "E4", "C4"].map(|cell| format!("wrong_row.{form}:支出情况!{cell}"));
        assert_eq!(found(form), at(cells.each_ref().map(String::as_str)));
    }
    assert_eq!(found("html"), at(["wrong_row.html:9:77", "wrong_row.html:9:99", "wrong_row.html:9:55"]));
}

#[test]
fn what_a_file_is_shows_in_its_bytes() {
    let reader = reader();
    let as_name = |form: &str, name: &str| {
        reader.read(name, &bytes("two_sided", form)).map(|document| stated(&document))
    };
    // A workbook under the name of the other kind, of a text; a page under the name of a workbook.
    for (form, name) in
        [("xlsx", "a.xls"), ("xls", "a.xlsx"), ("xls", "a.et"), ("html", "a.xls"), ("html", "a.txt")]
    {
        assert_eq!(as_name(form, name), Ok(stated(&read("two_sided", form))), "{form} as {name}");
    }
    // A page without its first line is one by its name.
    let page = String::from_utf8(bytes("two_sided", "html")).unwrap();
    let (_, body) = page.split_once("<body>").unwrap();
    assert_eq!(
        reader.read("a.HTM", body.as_bytes()).map(|document| stated(&document)),
        as_name("html", "a.html")
    );
    let error = reader.read("a.xlsx", "单位：万元".as_bytes()).unwrap_err();
    assert!(matches!(error.kind(), DocumentErrorKind::NotASheet(_)), "{error}");
}

#[test]
fn a_page_is_read_in_the_encodings_of_texts() {
    let error = reader().page("a.html", b"<html>\xff").unwrap_err();
    assert!(matches!(error.kind(), DocumentErrorKind::NotText { .. }), "{error}");
    // <p>2019年支出5万元。</p>, as an office's editor saves it.
    let page = b"<html><p>2019\xc4\xea\xd6\xa7\xb3\xf65\xcd\xf2\xd4\xaa\xa1\xa3</p>";
    for form in ["html", "csv"] {
        let document = reader().read(format!("a.{form}"), page).unwrap();
        let statement = &document.statements()[0];
        assert_eq!(document.text_of(&statement.place), "5万元", "{form}");
    }
}

/// A document whose figures all stand somewhere, or an error with something to say.
fn is_told(form: &str, bytes: &[u8]) -> bool {
    match reader().read(format!("a.{form}"), bytes) {
        Ok(document) => {
            document.statements().iter().all(|statement| !document.text_of(&statement.place).is_empty())
        }
        Err(error) => !error.to_string().is_empty(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_prefix_of_a_file_is_a_document_or_an_error(table in any::<prop::sample::Index>(), form in 0_usize..4, end in any::<prop::sample::Index>()) {
        let (names, form): (Vec<String>, _) = (tables(), FORMS[form]);
        let whole = bytes(table.get::<String>(&names), form);
        prop_assert!(is_told(form, &whole[..end.index(whole.len() + 1)]));
    }

    #[test]
    fn any_byte_may_be_another(table in any::<prop::sample::Index>(), form in 0_usize..4, at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let (names, form): (Vec<String>, _) = (tables(), FORMS[form]);
        let mut whole = bytes(table.get::<String>(&names), form);
        let at = at.index(whole.len());
        whole[at] = byte;
        prop_assert!(is_told(form, &whole));
    }
}
