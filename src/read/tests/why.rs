//! What decided a figure, for who asks.

use super::LABELS;
use crate::document::Decision;
use crate::read::Reader;
use crate::ruleset::vocabulary::Vocabulary;
use crate::source::Source;
use crate::{Document, Lang};

/// `about is: by words`, for each thing decided about the figures that are printed so.
fn told(text: &str, printed: &str) -> Vec<String> {
    let reader = Reader::of(&Vocabulary::of(LABELS.split_whitespace())).asked();
    let document: Document = reader.prose(Source::new("a.txt", text)).unwrap();
    let figures = document.statements().iter().filter(|it| document.text_of(&it.place) == printed);
    let tell = |decision: &Decision| {
        let words = decision.words.as_ref().map_or("-", |words| document.text_of(words));
        format!("{} {}: {:?} {words}", decision.about.name(Lang::En), decision.is, decision.by)
    };
    figures.flat_map(|statement| statement.decisions.iter().map(tell)).collect()
}

#[test]
fn the_words_beside_and_before_a_figure_are_told() {
    assert_eq!(
        told("2019年会议费预算5万元，其中甲费较上年决算减少1万元", "1万元"),
        [
            "label 甲费: Beside 甲费",
            "facet delta: Beside 减少",
            "against prior actual: Beside 较上年决算",
            "period 2019: Carried 2019年",
            "basis budget: Carried -",
            "unit 万元: Beside -",
            "part of 会议费: List 其中"
        ]
    );
}

#[test]
fn a_year_holds_over_the_sentences_of_its_line_and_a_heading_over_its_lines() {
    assert_eq!(told("2019年会议费8万元。固定资产6万元。", "6万元")[2], "period 2019: Carried 2019年");
    assert_eq!(
        told("一、2019年会议费预算\n2019年会议费5万元。\n二、2018年会议费决算\n会议费4万元。", "4万元")[2..4],
        ["period 2018: Heading 2018年", "basis actual: Heading 决算"]
    );
    assert_eq!(told("会议费5万元", "5万元")[2..4], ["period : Document -", "basis budget: Document -"]);
}

#[test]
fn what_words_state_is_told_too() {
    assert_eq!(
        told("会议费5万元，与上年持平", "持平")[..2],
        ["label 会议费: Carried 会议费", "facet delta: Beside 持平"]
    );
    assert_eq!(told("2019年会议费没有安排。", "没有安排")[0], "label 会议费: Beside 会议费");
    assert_eq!(told("未安排会议费预算。", "未安排会议费预算")[0], "label 会议费: Beside 会议费");
}

#[test]
fn who_does_not_ask_is_not_told() {
    let document = super::read("2019年会议费5万元，与上年持平");
    assert!(document.statements().iter().all(|statement| statement.decisions.is_empty()));
}
