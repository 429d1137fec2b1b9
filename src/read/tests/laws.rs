//! What holds of every text.

use proptest::prelude::*;

use super::read;
use crate::document::{PrintedAs, UnitFrom};
use crate::quantity::{Quantity, Unit};

/// Pieces of real wordings, in any order: what a reader of guesses would trip over.
fn wording() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "2019年",
        "2018年度",
        "收入预算",
        "“三公”经费",
        "会议费",
        "人数",
        "其中：",
        "其中",
        "主要是",
        "均为",
        "无",
        "未有",
        "较上年",
        "比2018年",
        "同比",
        "增加",
        "减少",
        "持平",
        "占",
        "完成预算的",
        "支出",
        "预算数为",
        "的",
        "12.5万元",
        "48人",
        "46.5％",
        "38万",
        "０．２９万元",
        "-3元",
        "10. 8万元",
        "155 .\n17",
        "1 234",
        "萬元",
        "預(yù)算",
        "1,234元",
        "0",
        "，",
        "、",
        "。",
        "；",
        "：",
        "（",
        "）",
        "\n",
        "\n一、",
        "\n（二）",
        "1.",
        "①",
        "县信息中心为",
        "核定",
        "公用",
        "\r\n",
        " ",
        "贰万元整",
        "人均",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_place_holds_the_figure_it_is_the_place_of(text in wording()) {
        let document = read(&text);
        for statement in document.statements().iter().filter(|it| it.printed_as == PrintedAs::Digits) {
            let printed = Quantity::parse(document.text_of(&statement.place), &Unit::Plain).unwrap();
            let value = &statement.quantity;
            // A unit that was left out is that of the money beside it.
            let printed = match statement.unit_from {
                UnitFrom::Figure => printed,
                _ => Quantity::new(printed.amount(), value.unit().clone()).unwrap(),
            };
            prop_assert!(*value == printed || *value == printed.with_sign_of_decrease());
        }
    }

    #[test]
    fn every_label_is_printed_in_the_text(text in wording()) {
        for statement in read(&text).statements() {
            prop_assert!(text.contains(&statement.label), "{:?}", statement.label);
        }
    }

    #[test]
    fn parents_stand_before_their_parts(text in wording()) {
        let document = read(&text);
        for (index, statement) in document.statements().iter().enumerate() {
            if let Some(whole) = statement.parent.as_ref().and_then(|parent| parent.statement) {
                prop_assert!(document.statements().iter().take(index).any(|it| Some(it) == document.statement(whole)));
            }
        }
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        read(&text);
    }
}

#[test]
fn deep_and_long_texts_are_read() {
    for text in
        ["（", "）", "其中：", "，", "\n一、", "1", "会议费5万元，", "会议费5万元（", "增加", "“", "较", "无"]
    {
        read(&text.repeat(20_000));
    }
}
