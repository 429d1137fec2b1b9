//! Texts that are printed in other characters than the rules are written in.

use super::{read, stated};

/// Each statement's value, and its label and figure as printed.
fn printed(text: &str) -> Vec<String> {
    let document = read(text);
    let line = |statement: &crate::document::Statement| {
        format!("{} = {} {}", statement.quantity, statement.label, document.text_of(&statement.place))
    };
    document.statements().iter().map(line).collect()
}

#[test]
fn traditional_characters_are_recognised_and_echoed_as_printed() {
    assert_eq!(
        printed("2019年會議費預算3136萬元，比上年減少５００萬元。培訓費支出1.5億元"),
        ["3136万元 = 會議費 3136萬元", "-500万元 = 會議費 ５００萬元", "1.5亿元 = 培訓費 1.5億元"]
    );
    let simplified = stated("2019年会议费预算3136万元，比2018年决算减少500万元。购置公务用车7辆。");
    let traditional = stated("2019年會議費預算3136萬元，比2018年決算減少500萬元。購置公務用車7輛。");
    let echoed = |line: &String| line.replace("会议费", "會議費").replace("购置公务用车", "購置公務用車");
    assert_eq!(traditional, simplified.iter().map(echoed).collect::<Vec<_>>());
}

#[test]
fn pinyin_left_behind_a_character_changes_no_reading() {
    assert_eq!(
        printed("公務(wù)用車購置費0.93億元，公務(wù)接待費9.19萬(wàn)元"),
        ["0.93亿元 = 公務(wù)用車購置費 0.93億元", "9.19万元 = 公務(wù)接待費 9.19萬(wàn)元"]
    );
}

#[test]
fn a_figure_parted_by_blanks_or_a_line_end_has_all_of_it_as_its_place() {
    assert_eq!(
        printed("2019年会议费10. 8万元，增长5 .5 %。培训费为155.\n17万元，公务接待费0.29\n万元，人数3人。"),
        [
            "10.8万元 = 会议费 10. 8万元",
            "5.5% = 会议费 5 .5 %",
            "155.17万元 = 培训费 155.\n17万元",
            "0.29万元 = 公务接待费 0.29\n万元",
            "3人 = 人数 3人",
        ]
    );
    let document = read("2019年会议费1 234.5万元，培训费3万元。");
    assert_eq!(document.unread().len(), 1);
    assert_eq!(document.statements().len(), 1);
}
