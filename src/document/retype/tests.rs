use super::*;
use crate::document::{Cell, Decision, DocumentBuilder, Parent, Row};
use crate::source::{LineColumn, Source};

const TEXT: &str = "收入435.78万元，减少\n13.4万元，人数48人。";

fn place(text: &str, piece: &str) -> Place {
    let start = text.find(piece).unwrap();
    Place::Text { source: SourceId::from_index(0), span: Span::new(start, start + piece.len()) }
}

fn statement(text: &str, piece: &str) -> Statement {
    Statement::new("", Quantity::parse(piece, &Unit::WanYuan).unwrap(), place(text, piece))
}

fn document() -> Document {
    let mut builder = DocumentBuilder::new();
    builder.source(Source::new("a.txt", TEXT));
    let mut fall = statement(TEXT, "13.4万元");
    fall.quantity = fall.quantity.with_sign_of_decrease();
    for statement in [statement(TEXT, "435.78万元"), fall, statement(TEXT, "48人")] {
        builder.statement(statement).unwrap();
    }
    builder.unread(place(TEXT, "减少"));
    builder.build()
}

fn id(index: usize) -> StatementId {
    StatementId::from_index(index)
}

fn texts(document: &Document) -> Vec<&str> {
    document.statements().iter().map(|statement| document.text_of(&statement.place)).collect()
}

#[test]
fn the_text_the_statement_and_all_behind_change_together() {
    let before = document();
    let after = before.retyped(id(0), "4357.8亿元").unwrap();
    assert_eq!(after.sources()[0].text(), TEXT.replace("435.78万元", "4357.8亿元"));
    assert_eq!(texts(&after), ["4357.8亿元", "13.4万元", "48人"]);
    assert_eq!(after.text_of(&after.unread()[0]), "减少");
    assert_eq!(after.statements()[0].quantity.to_string(), "4357.8亿元");
    assert_eq!(&after.statements()[1].quantity, &before.statements()[1].quantity);
    let longer = before.retyped(id(1), "113.4万元").unwrap();
    let (_, span) = longer.statements()[2].place.in_text();
    assert_eq!(longer.sources()[0].line_column(span.start()), LineColumn { line: 2, column: 11 });
    assert_eq!(texts(&before), ["435.78万元", "13.4万元", "48人"]);
}

#[test]
fn what_fell_still_fell() {
    let after = document().retyped(id(1), "3.4万元").unwrap();
    assert_eq!(after.statements()[1].quantity.to_string(), "-3.4万元");
    assert_eq!(document().read_as(id(1), "-13.4万元"), Ok(document().statements()[1].quantity.clone()));
}

#[test]
fn places_that_touch_the_figure_or_lie_in_it_are_not_drawn_into_it() {
    let mut builder = DocumentBuilder::from(document());
    let (start, end) = (TEXT.find("13.4").unwrap(), TEXT.find("，人").unwrap());
    let at = |start, end| Place::Text { source: SourceId::from_index(0), span: Span::new(start, end) };
    for place in [
        at(0, start),
        at(end, end + 3),
        at(end - 6, end),
        at(start, end),
        at(start, start),
        at(0, TEXT.len()),
    ] {
        builder.unread(place);
    }
    let before = builder.build();
    for print in ["-13.4万元", "13.4亿元", "113.4万元", "1.34万元", "3.4万元"] {
        let after = before.retyped(id(1), print).unwrap();
        let shown: Vec<&str> = after.unread().iter().skip(1).map(|place| after.text_of(place)).collect();
        let (unit, text) = (if print.contains('亿') { "亿元" } else { "万元" }, after.sources()[0].text());
        assert_eq!(shown, ["收入435.78万元，减少\n", "，", unit, print, "", text], "{print}");
    }
}

#[test]
fn the_cell_that_holds_the_figure_changes_too() {
    let text = "甲, \"1.5\" ,, 1.5";
    let mut builder = DocumentBuilder::new();
    builder.source(Source::new("a.csv", text));
    builder.statement(Statement { context: Context::Table(1), ..statement(text, "1.5") }).unwrap();
    let mut row = Row::new(Vec::new(), place(text, text));
    let last = Place::Text { source: SourceId::from_index(0), span: Span::new(text.len() - 3, text.len()) };
    row.cells = vec![
        Cell::new("名称", "甲", place(text, "甲")),
        Cell::new("合计", "1.5", place(text, "\"1.5\"")),
        Cell::new("基本", "", place(text, text)),
        Cell::new("项目", "1.5", last),
    ];
    builder.row(row).unwrap();
    let after = builder.build().retyped(id(0), "10.55").unwrap();
    let row = &after.rows()[0];
    let said: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
    let shown: Vec<&str> = row.cells.iter().map(|cell| after.text_of(&cell.place)).collect();
    let text = "甲, \"10.55\" ,, 1.5";
    assert_eq!(said, ["甲", "10.55", "", "1.5"]);
    assert_eq!(shown, ["甲", "\"10.55\"", text, "1.5"]);
    assert_eq!(after.text_of(&row.place), text);
}

#[test]
fn a_unit_that_comes_along_is_the_figures_own() {
    let text = "2.5";
    let mut builder = DocumentBuilder::new();
    builder.source(Source::new("a.csv", text));
    let words = Some(place(text, text));
    let unit = Decision { about: Aspect::Unit, is: "万元".to_owned(), by: Ground::Heading, words };
    let (context, decisions) = (Context::Table(1), vec![unit]);
    let head = Statement { unit_from: UnitFrom::Head, context, decisions, ..statement(text, text) };
    builder.statement(head).unwrap();
    let after = builder.build().retyped(id(0), "2.5元").unwrap();
    let statement = &after.statements()[0];
    assert_eq!((statement.quantity.to_string().as_str(), statement.unit_from), ("2.5元", UnitFrom::Figure));
    let decided = &statement.decisions[0];
    assert_eq!((decided.is.as_str(), decided.by, &decided.words), ("元", Ground::Beside, &None));
}

#[test]
fn what_would_not_be_read_as_the_same_figure_is_refused() {
    let document = document();
    let refused = |index, text: &str| document.retyped(id(index), text).err();
    for text in
        ["435.78", "435.78人", "435.\n78万元", "435 .78万元", "435.78万元\"", "“435.78”万元", "435.78%"]
    {
        assert_eq!(refused(0, text), Some(NotRetyped::NotItsForm), "{text}");
    }
    for text in ["", "无", "435.万元", "4 35.78万元", "4.3.5万元"] {
        assert_eq!(refused(0, text), Some(NotRetyped::NotAFigure(FigureError::NotAFigure)), "{text}");
    }
    let nines = format!("{}万元", "9".repeat(15));
    assert_eq!(refused(0, &nines), Some(NotRetyped::NotAFigure(FigureError::TooLarge)));
    assert_eq!(refused(3, "1万元"), Some(NotRetyped::NoFigure));
}

#[test]
fn a_figure_that_others_share_is_refused() {
    let mut builder = DocumentBuilder::from(document());
    let parent =
        Parent { label: String::new(), statement: Some(id(0)), breakdown: crate::document::Breakdown(0) };
    let all = Statement { printed_as: PrintedAs::All, parent: Some(parent), ..statement(TEXT, "48人") };
    builder.statement(Statement { place: place(TEXT, "减少"), ..all }).unwrap();
    builder.statement(statement(TEXT, "8人")).unwrap();
    let document = builder.build();
    assert_eq!(document.retypable(), [id(1)]);
    for (index, text) in [(0, "43.78万元"), (2, "88人"), (4, "88人")] {
        assert_eq!(document.retyped(id(index), text).err(), Some(NotRetyped::Shared), "{index}");
    }
    assert_eq!(document.retyped(id(3), "1人").err(), Some(NotRetyped::NoFigure));
}

#[cfg(feature = "json")]
#[test]
fn a_number_of_json_stays_one() {
    let text = r#"{"unit": "万元", "a": 12.5, "b": "12.5"}"#;
    let document = Document::from_json("a.json", text).unwrap();
    for print in ["12.5元", "012.5", "1,212.5", "１２.5", "+12.5", "▲12.5"] {
        assert_eq!(document.retyped(id(0), print).err(), Some(NotRetyped::NotItsForm), "{print}");
        assert!(document.retyped(id(1), print).is_ok(), "{print}");
    }
    for print in ["-12.5", "0.125", "125"] {
        let after = document.retyped(id(0), print).unwrap();
        let again = Document::from_json("a.json", after.sources()[0].text()).unwrap();
        assert_eq!(after.statements(), again.statements());
    }
}
