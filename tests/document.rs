//! Documents in JSON: what is read, and what is refused with its place.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use gouji::document::{Base, Basis, Context, DocumentErrorKind, Facet, Period, UnitFrom};
use gouji::quantity::{FigureError, Precision};
use gouji::{Document, DocumentError, Lang, limits};

fn read(text: &str) -> Document {
    Document::from_json("a.json", text).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(text: &str) -> DocumentError {
    match Document::from_json("a.json", text) {
        Ok(document) => panic!("read: {document:?}"),
        Err(error) => error,
    }
}

/// `path or label: value unit`, in the order of the text.
fn figures(document: &Document) -> Vec<String> {
    let shown = document.statements().iter().map(|statement| {
        let name = statement.path.as_deref().unwrap_or(&statement.label);
        format!("{name}: {}", statement.quantity)
    });
    shown.collect()
}

#[test]
fn keys_are_names_and_objects_are_sections() {
    let document =
        read(r#"{"unit": "万元", "expenditure": {"total": "435.78", "basic": 217.380}, "支出": "5元"}"#);
    assert_eq!(
        figures(&document),
        ["expenditure.total: 435.78万元", "expenditure.basic: 217.380万元", "支出: 5元"]
    );
}

#[test]
fn the_unit_of_the_document_is_of_its_money_only() {
    let document = read(
        r#"{"unit": "元", "a": "5", "b": "5万元", "c": {"value": "1", "rate": "-0.5", "unit": "亿元"}}"#,
    );
    assert_eq!(figures(&document), ["a: 5元", "b: 5万元", "c: 1亿元", "c: -0.5"]);
    let from: Vec<_> = document.statements().iter().map(|statement| statement.unit_from).collect();
    assert_eq!(from, [UnitFrom::Head, UnitFrom::Figure, UnitFrom::Figure, UnitFrom::Figure]);
}

#[test]
fn a_figure_has_facets_years_and_bases() {
    let document = read(
        r#"{"year": 2019, "a": {"delta": "-13.4", "value": "15.4", "rate": "-46.5%", "share": "5%", "completion": "96.1%",
            "prior": "28.8", "2017": "30", "actual": "15", "2019": "15.4"}}"#,
    );
    let read: Vec<_> = document
        .statements()
        .iter()
        .map(|statement| (statement.facet, statement.period, statement.basis))
        .collect();
    let own = (Facet::Amount, Period::Current, None);
    assert_eq!(
        read,
        [
            own,
            (Facet::Delta(Base::PRIOR), Period::Current, None),
            (Facet::Rate(Base::PRIOR), Period::Current, None),
            (Facet::Share, Period::Current, None),
            (Facet::Completion, Period::Current, None),
            (Facet::Amount, Period::Prior, None),
            (Facet::Amount, Period::Year(2017), None),
            (Facet::Amount, Period::Current, Some(Basis::Actual)),
            // The document's own year by its number.
            own,
        ]
    );
}

#[test]
fn parts_belong_to_their_whole_and_to_one_breakdown() {
    let document =
        read(r#"{"a": {"value": "3", "period": 2018, "parts": [{"乙": "1", "丙": "2"}, {"丁": "3"}]}}"#);
    let parts: Vec<_> = document
        .statements()
        .iter()
        .filter_map(|statement| {
            Some((statement.label.as_str(), statement.period, statement.parent.as_ref()?))
        })
        .map(|(label, period, parent)| (label, period, parent.label.as_str(), parent.breakdown.0))
        .collect();
    let year = Period::Year(2018);
    assert_eq!(parts, [("乙", year, "a", 0), ("丙", year, "a", 0), ("丁", year, "a", 1)]);
}

#[test]
fn a_list_is_a_table_with_a_scope_for_each_row() {
    let document = read(
        r#"{"t": [{"code": "201", "name": "一般公共服务", "total": "5"}, {"name": "教育", "total": 7}, {"total": "1"}]}"#,
    );
    let rows: Vec<_> = document
        .statements()
        .iter()
        .map(|statement| (statement.scope.join("/"), statement.context))
        .collect();
    let table = Context::Table(1);
    assert_eq!(rows, [("201".to_owned(), table), ("教育".to_owned(), table), ("#3".to_owned(), table)]);
}

#[test]
fn precision_is_said_beside_the_figure() {
    let document =
        read(r#"{"a": {"value": "218.4", "decimals": 2}, "b": {"value": "1", "decimals": "exact"}}"#);
    let precision: Vec<_> = document.statements().iter().map(|statement| statement.precision).collect();
    assert_eq!(precision, [Precision::Decimals(2), Precision::Exact]);
}

#[test]
fn what_is_not_stated_is_no_figure() {
    let document = read(r#"{"a": null, "b": {"value": null, "delta": "23.24"}}"#);
    assert_eq!(figures(&document), ["b: 23.24"]);
}

#[test]
fn a_byte_order_mark_moves_no_place() {
    let document = read("\u{feff}{\"a\": \"5.5\"}");
    assert_eq!(document.text_of(&document.statements()[0].place), "5.5");
}

#[test]
fn what_is_refused_is_underlined() {
    for (text, wrong) in [
        (r#"{"a": "abc"}"#, "abc"),
        (r#"{"a": 1e5}"#, "1e5"),
        (r#"{"a": "1", "b": "2", "a": "3"}"#, "\"a\""),
        (r#"{"a": true}"#, "true"),
        (r#"{"year": "19"}"#, "\"19\""),
        (r#"{"unit": "美元"}"#, "\"美元\""),
        (r#"{"department": 5.0e1}"#, "5.0e1"),
        (r#"{"document": "draft"}"#, "\"draft\""),
        (r#"{"a": {"value": "1", "vlaue": "2"}}"#, "\"vlaue\""),
        (r#"{"a": {"value": "1", "basis": "final"}}"#, "\"final\""),
        (r#"{"a": {"value": "1", "decimals": 99}}"#, "99"),
        (r#"{"a": {"value": "1", "parts": "2"}}"#, "\"2\""),
        (r#"{"a": ["1"]}"#, "\"1\""),
        (r#"["a"]"#, "[\"a\"]"),
    ] {
        let error = refused(text);
        let (source, span) = error.place().unwrap_or_else(|| panic!("{error}"));
        assert_eq!(source.slice(span), wrong, "{text}: {error}");
    }
}

#[test]
fn json_that_is_more_than_json_is_refused() {
    for text in [
        "",
        "{",
        "{a: 1}",
        "{'a': '1'}",
        "{\"a\": 1,}",
        "{\"a\": 1 /* one */}",
        "{\"a\": 0x10}",
        "{\"a\": .5}",
        "{\"a\": NaN}",
    ] {
        let error = refused(text);
        let is_syntax =
            matches!(error.kind(), DocumentErrorKind::NotJson(_) | DocumentErrorKind::NotAnObject);
        assert!(is_syntax, "{text}: {error:?}");
    }
}

#[test]
fn nesting_at_its_limit_and_one_past() {
    let nested =
        |depth: usize| format!("{}\"x\": \"1\"{}", "{\"a\": ".repeat(depth - 1) + "{", "}".repeat(depth));
    assert_eq!(read(&nested(limits::JSON_NESTING)).statements().len(), 1);
    assert_eq!(*refused(&nested(limits::JSON_NESTING + 1)).kind(), DocumentErrorKind::NestedTooDeep);
    assert_eq!(*refused(&nested(100_000)).kind(), DocumentErrorKind::NestedTooDeep);
    // Brackets in a string nest nothing.
    assert_eq!(read(&format!(r#"{{"department": "\"{}"}}"#, "[".repeat(100))).statements().len(), 0);
}

#[test]
fn a_figure_past_its_limits_names_them() {
    let error = refused(&format!(r#"{{"a": "{}元"}}"#, "9".repeat(19)));
    assert_eq!(*error.kind(), DocumentErrorKind::Figure(FigureError::TooLarge));
    assert_eq!(error.message(Lang::Zh), "数字的整数位不得超过 18 位（按元计）");
}

#[test]
fn a_document_past_its_limit_is_not_looked_at() {
    let mut text = " ".repeat(limits::DOCUMENT_BYTES - 2) + "{}";
    assert_eq!(Document::from_json("a.json", text.clone()).unwrap().statements().len(), 0);
    text.insert(0, ' ');
    assert_eq!(*refused(&text).kind(), DocumentErrorKind::TooLong);
    assert_eq!(
        *Document::from_json_bytes("a.json", text.as_bytes()).unwrap_err().kind(),
        DocumentErrorKind::TooLong
    );
}

#[test]
fn bytes_that_are_no_text_are_named() {
    let error = Document::from_json_bytes("a.json", b"{\"a\":\n\"\xff\"}").unwrap_err();
    assert_eq!(*error.kind(), DocumentErrorKind::NotText { offset: 7, line: 2 });
    let message = error.message(Lang::En);
    assert_eq!(message.contains("neither UTF-8 nor GB18030"), cfg!(feature = "encoding"), "{message}");
    assert_eq!(message.contains("the feature `encoding`"), !cfg!(feature = "encoding"), "{message}");
}

#[test]
fn nothing_is_stored_without_its_place() {
    use gouji::document::{DocumentBuilder, Statement};
    use gouji::quantity::{Quantity, Unit};
    use gouji::{Place, Source, Span};
    let mut elsewhere = DocumentBuilder::new();
    elsewhere.source(Source::new("a.txt", "5"));
    let place = Place::Text { source: elsewhere.source(Source::new("b.txt", "5")), span: Span::new(0, 1) };
    let statement = Statement::new("甲", Quantity::parse("5", &Unit::Plain).unwrap(), place);
    let mut builder = DocumentBuilder::new();
    builder.source(Source::new("a.txt", "5"));
    assert_eq!(*builder.statement(statement).unwrap_err().kind(), DocumentErrorKind::UnknownSource);
}
