//! Documents from Rust values: the same as from JSON, and what is refused with its path.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "serialize/laws.rs"]
mod laws;

use std::collections::BTreeMap;

use gouji::document::{DocumentBuilder, DocumentErrorKind, Statement};
use gouji::quantity::{Amount, FigureError, Quantity, Unit};
use gouji::report::{Diagnostic, Style, text};
use gouji::{Checker, Document, DocumentError, Lang, Place, RuleSet, Source, Span, limits};
use serde::Serialize;
use serde::ser::{Error as _, SerializeMap, Serializer};
use serde_json::{Value, json};

fn read(value: &(impl Serialize + ?Sized)) -> Document {
    Document::from_serialize("budget", value).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(value: &(impl Serialize + ?Sized)) -> DocumentError {
    match Document::from_serialize("budget", value) {
        Ok(document) => panic!("read: {document:?}"),
        Err(error) => error,
    }
}

/// The way to each figure and its text.
fn listed(document: &Document) -> Vec<String> {
    let shown = document.statements().iter().map(|statement| match &statement.place {
        Place::Path { path, .. } => format!("{path}: {}", document.text_of(&statement.place)),
        place => panic!("{place:?}"),
    });
    shown.collect()
}

/// One value under one name, so that it has a path.
fn under<T: Serialize>(name: &str, value: T) -> BTreeMap<String, T> {
    BTreeMap::from([(name.to_owned(), value)])
}

/// A type with a `Serialize` of its own.
macro_rules! by {
    ($serializer:ident => $body:expr) => {{
        struct Own;
        impl Serialize for Own {
            fn serialize<S: Serializer>(&self, $serializer: S) -> Result<S::Ok, S::Error> {
                $body
            }
        }
        Own
    }};
}

#[derive(Serialize)]
struct Budget {
    department: String,
    year: u16,
    unit: &'static str,
    document: Kind,
    expenditure: Expenditure,
    #[serde(rename = "支出预算")]
    renamed: Wrapped,
    absent: Option<Amount>,
    nothing: (),
    functions: Vec<Function>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Actual,
}

#[derive(Serialize)]
struct Expenditure {
    total: Figure,
    people: u128,
    balance: i128,
}

#[derive(Serialize)]
struct Figure {
    value: Amount,
    delta: Quantity,
    rate: char,
    parts: BTreeMap<&'static str, Quantity>,
}

#[derive(Serialize)]
struct Wrapped(Option<Amount>);

#[derive(Serialize)]
struct Function {
    code: u32,
    total: i64,
}

fn budget() -> Budget {
    let quantity = |text: &str| Quantity::parse(text, &Unit::Plain).unwrap();
    Budget {
        department: "县委组织部".to_owned(),
        year: 2019,
        unit: "万元",
        document: Kind::Actual,
        expenditure: Expenditure {
            total: Figure {
                value: "435.780".parse().unwrap(),
                delta: quantity("-616400元"),
                rate: '5',
                parts: BTreeMap::from([("办公费", quantity("0.55")), ("印刷费", quantity("2.53万元"))]),
            },
            people: 12_345_678_901_234,
            balance: -99_999_999_999_999,
        },
        renamed: Wrapped(Some("5".parse().unwrap())),
        absent: None,
        nothing: (),
        functions: vec![Function { code: 201, total: 7 }, Function { code: 205, total: -1 }],
    }
}

#[test]
fn every_figure_has_the_way_to_it_and_its_text() {
    let document = read(&budget());
    assert_eq!(
        listed(&document),
        [
            "expenditure.total.value: 435.780",
            "expenditure.total.delta: -616400元",
            "expenditure.total.rate: 5",
            "expenditure.total.parts.办公费: 0.55",
            "expenditure.total.parts.印刷费: 2.53万元",
            "expenditure.people: 12345678901234",
            "expenditure.balance: -99999999999999",
            "支出预算: 5",
            "functions[0].total: 7",
            "functions[1].total: -1",
        ]
    );
    let own = (document.department(), document.year(), document.kind().as_str(), document.name());
    assert_eq!(own, (Some("县委组织部"), Some(2019), "actual", "budget"));
    assert!(document.sources()[0].text().contains("\nexpenditure.total.value: 435.780\n"));
}

#[test]
fn a_struct_states_what_its_json_states() {
    let json = serde_json::to_string(&budget()).unwrap();
    assert_same(&read(&budget()), &Document::from_json("budget", json).unwrap());
}

#[derive(Serialize)]
struct Row {
    total: u8,
}

#[test]
fn a_row_keeps_its_words_and_its_blank_cells_each_with_its_path() {
    #[derive(Serialize)]
    struct Line {
        code: u32,
        name: &'static str,
        total: Option<u8>,
    }
    let document = read(&under("t", [Line { code: 201, name: "教育", total: None }]));
    let [row] = document.rows() else { panic!("{:?}", document.rows()) };
    assert!(matches!(&row.place, Place::Path { path, .. } if &**path == "t[0]"), "{row:?}");
    let cells = row.cells.iter().map(|cell| match &cell.place {
        Place::Path { path, .. } => (&**path, document.text_of(&cell.place)),
        place => panic!("{place:?}"),
    });
    assert_eq!(cells.collect::<Vec<_>>(), [("t[0].code", "201"), ("t[0].name", "教育"), ("t[0].total", "")]);
    assert_eq!(document.text_of(&row.place), "t[0].code: 201\nt[0].name: 教育\nt[0].total: \n");
}

#[test]
fn an_enum_is_what_serde_json_makes_of_it() {
    #[derive(Serialize)]
    enum Part {
        Unit(u8),
        Tuple(Row, Row),
        Struct { total: u8, basic: Option<u8> },
    }
    let row = |total| Row { total };
    let value = BTreeMap::from([
        ("a", Part::Unit(1)),
        ("b", Part::Tuple(row(2), row(3))),
        ("c", Part::Struct { total: 4, basic: Some(5) }),
    ]);
    let document = read(&value);
    assert_eq!(
        listed(&document),
        ["a.Unit: 1", "b.Tuple[0].total: 2", "b.Tuple[1].total: 3", "c.Struct.total: 4", "c.Struct.basic: 5"]
    );
    assert_same(&document, &Document::from_json("budget", serde_json::to_string(&value).unwrap()).unwrap());
}

#[test]
fn keys_that_are_numbers_characters_or_variants_are_names() {
    #[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
    enum Name {
        Total,
    }
    #[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
    struct New(char);
    let figure = by!(serializer => {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("value", "3")?;
        map.serialize_entry(&2018_u16, "2")?;
        map.end()
    });
    assert_eq!(listed(&read(&under("a", figure))), ["a.value: 3", "a.2018: 2"]);
    assert_eq!(listed(&read(&BTreeMap::from([(Name::Total, 1)]))), ["Total: 1"]);
    assert_eq!(listed(&read(&BTreeMap::from([(New('甲'), 1)]))), ["甲: 1"]);
}

#[test]
fn a_json_number_of_arbitrary_precision_keeps_its_text() {
    // What serde_json::Number serializes as, where something in the build turned that feature on.
    #[derive(Serialize)]
    struct Number {
        #[serde(rename = "$serde_json::private::Number")]
        text: &'static str,
    }
    assert_eq!(listed(&read(&under("a", Number { text: "218.40" }))), ["a: 218.40"]);
}

#[test]
fn a_float_is_refused_with_its_path() {
    let error = refused(&json!({"expenditure": {"total": {"value": 435.78}}}));
    assert_eq!((error.kind(), error.path()), (&DocumentErrorKind::Float, Some("expenditure.total.value")));
    assert_eq!(
        error.message(Lang::Zh),
        "expenditure.total.value：浮点数不能准确表示金额，请改用字符串或十进制数"
    );
    assert_eq!(
        error.to_string(),
        "budget: expenditure.total.value: a float holds no amount exactly; write a string or a decimal"
    );
    // A float that happens to be whole is one all the same.
    assert_eq!(*refused(&under("a", 1.0_f32)).kind(), DocumentErrorKind::Float);
}

#[test]
fn what_is_refused_is_told_with_its_path() {
    let bytes = by!(serializer => serializer.serialize_bytes(b"5"));
    let own = by!(serializer => { drop(serializer); Err(S::Error::custom("no mood")) });
    let twice = by!(serializer => {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("a", &1)?;
        map.serialize_entry("a", &1)?;
        map.end()
    });
    let keyless = by!(serializer => {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_value(&1)?;
        map.end()
    });
    for (error, told) in [
        (refused(&json!({"a": {"b": true}})), "a.b: \"b\" takes \"435.78\" | 435.78 | { … } | null"),
        (refused(&json!({"a": [{"b": "1"}, {"b": "1.2.3"}]})), "a[1].b: this is not a figure"),
        (refused(&json!({"a": ["1"]})), "a[0]: \"a\" takes [ { … }, … ]"),
        (refused(&json!({"year": "19"})), "year: \"year\" takes 2019"),
        (refused(&json!({"year": null})), "year: \"year\" takes 2019"),
        (refused(&json!({"unit": []})), "unit: \"unit\" takes \"元\" | \"万元\" | \"亿元\""),
        (refused(&json!({"department": {}})), "department: \"department\" takes \"…\""),
        (
            refused(&json!({"a": {"value": "1", "parts": "2"}})),
            "a.parts: \"parts\" takes { … } | [ { … }, … ]",
        ),
        (
            refused(&json!({"a": {"value": "1", "basis": "final"}})),
            "a.basis: \"basis\" takes \"budget\" | \"actual\"",
        ),
        (refused(&under("a", bytes)), "a: this is not a figure"),
        (refused(&under("a", twice)), "a.a: the key \"a\" stands twice in one object"),
        (refused(&under("a", own)), "a: cannot be serialized: no mood"),
        (refused(&under("a", keyless)), "a: a key is a string or an integer"),
        (refused(&under("a", BTreeMap::from([(true, 1)]))), "a: a key is a string or an integer"),
        (refused(&under("a", BTreeMap::from([(Some("b"), 1)]))), "a: a key is a string or an integer"),
        (refused(&under("a", BTreeMap::from([((1, 2), 1)]))), "a: a key is a string or an integer"),
        (refused(&[1]), "a document is an object { … }"),
        (refused("a"), "a document is an object { … }"),
        (refused(&()), "a document is an object { … }"),
    ] {
        assert_eq!(error.to_string(), format!("budget: {told}"));
        assert!(error.place().is_none(), "{error}");
    }
    let error = refused(&json!({"a": {"value": "1", "vlaue": "2"}}));
    assert_eq!(error.path(), Some("a.vlaue"));
    assert!(error.message(Lang::Zh).starts_with("a.vlaue：数字的对象里没有“vlaue”这个键"), "{error}");
}

#[test]
fn every_new_error_is_told_in_chinese() {
    let own = by!(serializer => { drop(serializer); Err(S::Error::custom("没有汇率")) });
    assert_eq!(refused(&under("a", own)).message(Lang::Zh), "a：无法序列化（没有汇率）");
    assert_eq!(refused(&under("a", BTreeMap::from([(true, 1)]))).message(Lang::Zh), "a：键应是字符串或整数");
    assert_eq!(refused(&[1]).message(Lang::Zh), "文件应是一个对象 { … }");
    // Without a text to show, the page names the document.
    let page =
        text(&Diagnostic::of_document_error(&refused(&under("a", 0.5)), Lang::Zh), Style::Plain, Lang::Zh);
    assert_eq!(page, "错误 budget：a：浮点数不能准确表示金额，请改用字符串或十进制数\n");
}

#[test]
fn nesting_at_its_limit_and_one_past() {
    let nested = |depth: usize| (1..depth).fold(json!({"x": "1"}), |inner, _| json!({ "a": inner }));
    assert_eq!(read(&nested(limits::JSON_NESTING)).statements().len(), 1);
    let error = refused(&nested(limits::JSON_NESTING + 1));
    assert_eq!(*error.kind(), DocumentErrorKind::NestedTooDeep);
    assert_eq!(error.path(), Some([["a"; limits::JSON_NESTING].as_slice()].concat().join(".").as_str()));
}

#[test]
fn what_wraps_itself_without_end_is_refused_too() {
    struct Endless;
    impl Serialize for Endless {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_newtype_struct("Endless", self)
        }
    }
    struct Variants;
    impl Serialize for Variants {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_newtype_variant("Variants", 0, "v", self)
        }
    }
    struct List;
    impl Serialize for List {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq([self])
        }
    }
    for error in [
        refused(&Endless),
        refused(&under("a", Some(Endless))),
        refused(&Variants),
        refused(&under("a", List)),
    ] {
        assert_eq!(*error.kind(), DocumentErrorKind::NestedTooDeep);
    }
}

#[test]
fn what_is_listed_is_bounded() {
    // A listing line is the name, a colon, a space, the text and a line feed; the map itself takes three bytes.
    let long = |length: usize| under("department", "部".repeat(length / 3));
    let room = limits::DOCUMENT_BYTES - "department: \n".len() - 3;
    assert_eq!(read(&long(room)).statements().len(), 0);
    assert_eq!(*refused(&long(room + 3)).kind(), DocumentErrorKind::TooLong);
    // Nor do values without a text take memory without end.
    let endless = by!(serializer => serializer.collect_seq(std::iter::repeat(())));
    let error = refused(&under("a", endless));
    assert_eq!(*error.kind(), DocumentErrorKind::TooLong);
}

#[test]
fn statements_past_the_limit_are_refused_as_elsewhere() {
    let rows: Vec<_> = (0..=limits::STATEMENTS).map(|_| Row { total: 1 }).collect();
    assert_eq!(*refused(&under("t", rows)).kind(), DocumentErrorKind::TooManyStatements);
}

#[test]
fn a_figure_past_its_limits_names_them() {
    let error = refused(&under("a", u128::MAX));
    assert_eq!(*error.kind(), DocumentErrorKind::Figure(FigureError::TooLarge));
    assert_eq!(error.message(Lang::Zh), "a：数字的整数位不得超过 18 位（按元计）");
    assert_eq!(listed(&read(&under("a", i64::from(i32::MIN)))), ["a: -2147483648"]);
}

#[test]
fn a_type_that_goes_on_after_an_error_is_read_on_from_where_it_was() {
    let value = by!(serializer => {
        let mut map = serializer.serialize_map(None)?;
        let _ = map.serialize_entry("bad", &json!({"deep": [{"x": 0.5}]}));
        map.serialize_entry("good", "1")?;
        map.end()
    });
    assert_eq!(listed(&read(&value)), ["good: 1"]);
}

const RULES: &str = "basic + project == total";

#[test]
fn a_finding_shows_the_way_to_each_figure() {
    let value = json!({"basic": "217.38", "project": "218.4", "total": {"value": "435.87"}});
    let rules = RuleSet::builder().file("a.rules", RULES).build().unwrap();
    let report = Checker::new(&rules).check(&read(&value));
    let finding = report.findings().next().unwrap();
    assert_eq!(
        text(&Diagnostic::of_outcome(finding, Lang::Zh), Style::Plain, Lang::Zh),
        "错误[#1] basic + project == total
  ┌─ budget:total.value
  │ basic: 217.38
  │        ------
  │ project: 218.4
  │          -----
  │ total.value: 435.87
  │              ^^^^^^ 写的是 435.87
  ├─ a.rules:1:1
1 │ basic + project == total
  │ ------------------------
  = 217.38 + 218.40 = 435.78 ≠ 435.87，差 0.09（四舍五入最多可解释 0.015）
"
    );
    let places: Vec<_> = finding.places().map(|place| (place.to_string(), place.text())).collect();
    assert_eq!(
        places,
        [
            ("budget:basic".to_owned(), "217.38"),
            ("budget:project".to_owned(), "218.4"),
            ("budget:total.value".to_owned(), "435.87")
        ]
    );
}

#[test]
fn figures_of_last_years_value_keep_their_paths() {
    let rules = RuleSet::parse("delta(total) == total - total@prior").unwrap();
    let prior = Document::from_serialize("去年", &json!({"year": 2018, "total": "14.00"})).unwrap();
    let document = read(&json!({"year": 2019, "total": {"value": "12.5", "delta": "-1.65"}}));
    let report = Checker::new(&rules).prior(&prior).check(&document);
    let places: Vec<_> = report.findings().next().unwrap().places().map(ToString::to_string).collect();
    assert_eq!(places, ["budget:total.delta", "budget:total.value", "去年:total"]);
}

#[test]
fn in_json_a_span_is_the_path() {
    let value = json!({"basic": "217.38", "project": "218.4", "total": "435.87"});
    let report = Checker::new(&RuleSet::parse(RULES).unwrap()).check(&read(&value));
    let report: Value = serde_json::from_str(&gouji::report::json([&report], Lang::Zh)).unwrap();
    let document = &report["documents"][0];
    assert_eq!(document["statements"][0]["span"], json!({"source": "budget", "path": "basic"}));
    assert_eq!(document["statements"][0]["text"], "217.38");
    let evidence = &document["verdicts"][0]["evidence"][1]["span"];
    assert_eq!(*evidence, json!({"source": "budget", "path": "project"}));
    assert_eq!(document["verdicts"][0]["rule_span"]["start"], 0);
}

/// Everything that is stated, in its order; of its places only the text there.
fn assert_same(one: &Document, other: &Document) {
    let own =
        |document: &Document| (document.department().map(str::to_owned), document.year(), document.kind());
    assert_eq!(own(one), own(other));
    assert_eq!(stated(one), stated(other));
    assert_eq!(rows(one), rows(other));
}

/// The rows of the tables, each cell with its heading and what it says.
fn rows(document: &Document) -> Vec<String> {
    let rows = document.rows().iter().map(|row| {
        let cells: Vec<_> = row.cells.iter().map(|cell| (&cell.label, &cell.text)).collect();
        format!("{:?} {:?} {:?} {cells:?}", row.path, row.under, row.scope)
    });
    rows.collect()
}

fn stated(document: &Document) -> Vec<(String, Statement)> {
    let source = DocumentBuilder::new().source(Source::new("", ""));
    let nowhere = Place::Text { source, span: Span::new(0, 0) };
    let statements = document.statements().iter().map(|statement| {
        let mut rest = statement.clone();
        rest.place = nowhere.clone();
        let text = document.text_of(&statement.place);
        // The place of a JSON text is what stands there, with its escapes: 5\" says 5".
        let said = match statement.place {
            Place::Text { .. } => serde_json::from_str(&format!("\"{text}\"")).unwrap(),
            _ => text.to_owned(),
        };
        (said, rest)
    });
    statements.collect()
}

#[test]
fn what_json_has_to_escape_is_the_same_figure() {
    let value = json!({"甲": {"department": "0\""}, "乙": "5\""});
    assert_same(&read(&value), &Document::from_json("budget", value.to_string()).unwrap());
}
