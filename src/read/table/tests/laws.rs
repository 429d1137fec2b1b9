//! What holds of every text with tables.

use proptest::prelude::*;

use super::expected::TABLES;
use super::read;
use crate::Reader;
use crate::document::{Context, PrintedAs};
use crate::quantity::{Quantity, Unit};

/// A text of the tables, cut somewhere or with one byte changed.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let text = prop::sample::select(TABLES.map(|(_, text, _)| text).to_vec());
    (text, any::<prop::sample::Index>(), any::<Option<u8>>()).prop_map(|(text, at, byte)| {
        let mut bytes = text.as_bytes().to_vec();
        let at = at.index(bytes.len());
        match byte {
            Some(byte) => bytes[at] = byte,
            None => bytes.truncate(at),
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_damaged_table_is_read_or_refused_by_name(bytes in damaged()) {
        let rules = super::rules("tables");
        if let Ok(document) = Reader::new(rules).text("a.txt", &bytes) {
            for statement in document.statements().iter().filter(|it| it.context != Context::Prose) {
                prop_assert_eq!(statement.printed_as, PrintedAs::Digits);
                let printed = Quantity::parse(document.text_of(&statement.place), &Unit::Plain).unwrap();
                prop_assert_eq!(printed.amount(), statement.quantity.amount());
            }
        }
    }

    #[test]
    fn a_table_does_not_depend_on_what_stands_before_it(at in 0..TABLES.len()) {
        let (_, text, _) = TABLES[at];
        let alone = super::shown(&read(text));
        let after = super::shown(&read(&format!("本表无其他说明。\n\n{text}")));
        prop_assert_eq!(alone, after);
    }
}

#[test]
fn wholes_stand_before_their_parts() {
    for (_, text, _) in TABLES {
        let document = read(text);
        for (index, statement) in document.statements().iter().enumerate() {
            if let Some(whole) = statement.parent.as_ref().and_then(|parent| parent.statement) {
                assert!(whole.index() < index, "{statement:?}");
            }
        }
    }
}

#[test]
fn long_and_strange_tables_are_read() {
    for piece in [
        "|",
        "| ",
        "1|",
        "项目|",
        "项目\n",
        "1\n",
        "|\n",
        "项目|金额|\n",
        "一 二  三\t",
        "合计|1|\n",
        "　",
        "\t1",
    ] {
        let _ = read(&piece.repeat(20_000));
        let _ = read(&format!("项目|金额|\n{}", piece.repeat(20_000)));
    }
}
