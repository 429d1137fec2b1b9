//! One wording each, in the forms that published documents have.

use super::{Reader, read, stated};
use crate::document::{DocumentErrorKind, DocumentKind};
use crate::limits;
use crate::ruleset::vocabulary::Vocabulary;
use crate::source::Source;

// ---- Labels ----

#[test]
fn the_longest_label_wins() {
    assert_eq!(stated("其他固定资产5万元"), ["其他固定资产 5万元"]);
}

#[test]
fn a_label_that_text_touches_is_not_that_label() {
    assert_eq!(stated("项目基本支出5万元"), ["项目基本支出 5万元"]);
    assert_eq!(stated("公务用车保有量为2辆"), ["公务用车保有量 2辆"]);
    assert_eq!(stated("会议费、培训费5万元"), ["会议费、培训费 5万元"]);
    assert_eq!(stated("会议费（含税）、培训费5万元"), ["、培训费 5万元"]);
    assert_eq!(stated("人均公务接待费5元"), ["人均公务接待费 5元 average"]);
    assert_eq!(stated("增加会议费5万元"), ["增加会议费 5万元"]);
}

#[test]
fn words_of_spending_add_nothing_to_the_name_of_a_cost() {
    assert_eq!(stated("公务接待费支出为5万元"), ["公务接待费 5万元"]);
    assert_eq!(stated("公务接待费支出预算为5万元"), ["公务接待费 5万元 budget"]);
    assert_eq!(stated("“三公”经费财政拨款支出5万元"), ["“三公”经费 5万元"]);
    assert_eq!(stated("政府性基金支出5万元"), ["政府性基金支出 5万元"]);
}

#[test]
fn a_figure_without_any_name_has_an_empty_label() {
    assert_eq!(stated("累计0人次"), [" 0人次"]);
    assert_eq!(stated("会议费5万元，2辆"), ["会议费 5万元", " 2辆"]);
}

#[test]
fn a_bare_second_amount_is_not_of_the_subject() {
    assert_eq!(stated("会议费5万元，3万元"), ["会议费 5万元", " 3万元"]);
}

#[test]
fn a_noun_points_back_to_a_label_that_has_it() {
    assert_eq!(stated("支出预算，支出5万元"), ["支出预算 5万元"]);
    assert_eq!(stated("收入预算，支出5万元"), ["支出 5万元"]);
}

#[test]
fn a_part_of_the_sentence_starts_afresh() {
    assert_eq!(stated("支出预算；年初预算数5万元"), ["年初预算数 5万元 budget"]);
    // A line that ends in a comma goes on in the next.
    assert_eq!(stated("支出预算，\n年初预算数5万元"), ["支出预算 5万元 budget"]);
}

#[test]
fn a_heading_that_is_a_label_is_the_subject_of_its_lines() {
    assert_eq!(stated("（一）会议费\n年初预算数5万元"), ["会议费 5万元 budget"]);
}

#[test]
fn after_sentences_of_several_subjects_no_change_is_sure() {
    assert_eq!(
        stated("会议费5万元，培训费3万元。较上年减少1万元"),
        ["会议费 5万元", "培训费 3万元", " -1万元 delta against prior"]
    );
}

// ---- Changes, shares, completion ----

#[test]
fn changes_are_signed() {
    assert_eq!(
        stated("会议费较上年减少13.4万元，下降46.5%"),
        ["会议费 -13.4万元 delta against prior", "会议费 -46.5% rate against prior"]
    );
    assert_eq!(stated("会议费同比增长5%"), ["会议费 5% rate against prior"]);
    assert_eq!(stated("会议费比上年增加0万元"), ["会议费 0万元 delta against prior"]);
}

#[test]
fn a_change_is_against_what_its_words_say() {
    let against = |words: &str| stated(&format!("2019年会议费5万元，{words}减少1万元")).remove(1);
    assert_eq!(against("较上年决算数"), "会议费 -1万元 delta against prior actual");
    assert_eq!(against("比2018年度预算"), "会议费 -1万元 delta against prior budget");
    assert_eq!(against("与2018年相比"), "会议费 -1万元 delta against prior");
    assert_eq!(against("较年初预算数"), "会议费 -1万元 delta against Current budget");
    assert_eq!(against("比2016年"), "会议费 -1万元 delta against Year(2016)");
}

#[test]
fn a_bare_percentage_after_a_change_is_its_rate() {
    assert_eq!(
        stated("会议费较上年减少7.51万元（65.37%）"),
        ["会议费 -7.51万元 delta against prior", "会议费 -65.37% rate against prior"]
    );
    assert_eq!(stated("会议费5万元（65.37%）"), ["会议费 5万元", " 65.37%"]);
}

#[test]
fn the_amount_a_change_starts_from_is_last_years() {
    assert_eq!(
        stated("2019年会议费5万元，比上年4万元增加1万元"),
        ["会议费 5万元", "会议费 4万元 of last year", "会议费 1万元 delta against prior"]
    );
}

#[test]
fn no_change_in_words() {
    assert_eq!(
        stated("会议费5万元，与上年持平"),
        ["会议费 5万元", "会议费 0万元 delta against prior Unchanged 持平"]
    );
    assert_eq!(stated("会议费5万元，收支持平"), ["会议费 5万元"]);
}

#[test]
fn completion_names_the_budget_it_is_of() {
    assert_eq!(
        stated("会议费支出决算为8万元，完成年初预算的80%"),
        ["会议费 8万元 actual", "会议费 80% completion"]
    );
    assert_eq!(
        stated("会议费8万元，完成年初预算10万元的80%"),
        ["会议费 8万元", "会议费 10万元 budget", "会议费 80% completion"]
    );
}

#[test]
fn a_share_is_of_the_whole() {
    assert_eq!(
        stated("支出10万元，其中会议费4万元，占40%"),
        ["支出 10万元", "会议费 4万元 < 支出 10万元 #1", "会议费 40% share < 支出 10万元 #1"]
    );
    assert_eq!(
        stated("会议费4万元，占“三公”经费的40%"),
        ["会议费 4万元", "会议费 40% share < “三公”经费 not stated #1"]
    );
}

// ---- Lists ----

#[test]
fn brackets_are_a_list_of_what_stands_before_them() {
    assert_eq!(
        stated(
            "公务用车购置及运行维护费5.5万元（公务用车购置费0万元、公务用车运行费5.5万元），比上年增加1.5万元"
        ),
        [
            "公务用车购置及运行维护费 5.5万元",
            "公务用车购置费 0万元 < 公务用车购置及运行维护费 5.5万元 #1",
            "公务用车运行费 5.5万元 < 公务用车购置及运行维护费 5.5万元 #1",
            "公务用车购置及运行维护费 1.5万元 delta against prior"
        ]
    );
}

#[test]
fn a_change_after_a_plain_list_is_the_wholes() {
    assert_eq!(
        stated("机关运行经费5万元，其中办公费2万元、水费1万元，较上年减少1万元").last().unwrap(),
        "机关运行经费 -1万元 delta against prior"
    );
}

#[test]
fn a_list_may_be_parted_by_semicolons() {
    assert_eq!(
        stated("“三公”经费8万元，其中：会议费5万元，比上年减少1万元；培训费3万元。"),
        [
            "“三公”经费 8万元",
            "会议费 5万元 < “三公”经费 8万元 #1",
            "会议费 -1万元 delta against prior < “三公”经费 8万元 #1",
            "培训费 3万元 < “三公”经费 8万元 #1"
        ]
    );
    assert_eq!(stated("支出预算8万元，其中会议费5万元；培训费3万元").last().unwrap(), "培训费 3万元");
}

#[test]
fn a_list_of_changes_has_parts_too() {
    assert_eq!(
        stated("“三公”经费支出同2017年度相比，减幅2.64%，其中公务用车运行费减幅2.43%，公务接待费减幅2.79%。"),
        [
            "“三公”经费 -2.64% rate against prior",
            "公务用车运行费 -2.43% rate against prior < “三公”经费 not stated #1",
            "公务接待费 -2.79% rate against prior < “三公”经费 not stated #1"
        ]
    );
}

#[test]
fn a_list_may_run_over_lines() {
    assert_eq!(
        stated("1.公务接待费5万元。其中：\n国内接待费4万元，接待3批次\n外事接待费1万元\n2.会议费3万元"),
        [
            "公务接待费 5万元",
            "国内接待费 4万元 < 公务接待费 5万元 #1",
            "接待 3批次",
            "外事接待费 1万元 < 公务接待费 5万元 #1",
            "会议费 3万元"
        ]
    );
}

#[test]
fn what_is_excluded_is_no_part() {
    assert_eq!(stated("支出预算5万元（不含会议费2万元）"), ["支出预算 5万元", "不含会议费 2万元"]);
}

#[test]
fn counts_are_no_parts_of_money() {
    assert_eq!(stated("会议费5万元（人数20人）"), ["会议费 5万元", "人数 20人"]);
}

#[test]
fn what_a_change_comes_from_is_part_of_the_change() {
    assert_eq!(
        stated("支出预算较去年增加5万元，主要是基本支出增加3万元，办公费0.4万元"),
        [
            "支出预算 5万元 delta against prior",
            "基本支出 3万元 delta against prior < 支出预算 not stated #1",
            "办公费 0.4万元"
        ]
    );
}

// ---- None, all ----

#[test]
fn none_of_a_label_that_is_known() {
    assert_eq!(stated("本部门没有政府性基金"), ["政府性基金 0万元 Nothing 没有政府性基金"]);
    assert_eq!(stated("未安排会议费预算。"), ["会议费 0万元 NotArranged 未安排会议费预算"]);
    assert_eq!(stated("无公务用车购置；无重点项目"), [""; 0]);
}

#[test]
fn all_of_nothing_is_nothing() {
    assert_eq!(stated("收入均为财政预算拨款收入"), [""; 0]);
}

#[test]
fn items_that_say_how_they_changed_are_parted_by_semicolons() {
    assert_eq!(
        stated(
            "三公经费8.2万元，其中，公务接待费3.5万元，比上年减少0.8万元；因公出国（境）费5万元。会议费1万元"
        ),
        [
            "三公经费 8.2万元",
            "公务接待费 3.5万元 < 三公经费 8.2万元 #1",
            "公务接待费 -0.8万元 delta against prior < 三公经费 8.2万元 #1",
            "因公出国（境）费 5万元 < 三公经费 8.2万元 #1",
            "会议费 1万元"
        ]
    );
    // One item and no change: what follows the semicolon may be anything.
    assert_eq!(stated("三公经费0.29万元，其中，公务接待费0.29万元；会议费5万元")[2], "会议费 5万元");
}

// ---- What stays unbound ----

#[test]
fn a_figure_that_is_only_near_is_of_nothing() {
    assert_eq!(stated("收入预算约400万元，支出预算402万元"), [" 400万元", "支出预算 402万元"]);
}

#[test]
fn figures_belong_to_several_names_in_turn() {
    let text = "公务接待费1万元、会议费2万元，分别比上年减少0.5万元、0.3万元，下降5%和3%。";
    assert_eq!(
        stated(text),
        [
            "公务接待费 1万元",
            "会议费 2万元",
            "公务接待费 -0.5万元 delta against prior",
            "会议费 -0.3万元 delta against prior",
            "公务接待费 -5% rate against prior",
            "会议费 -3% rate against prior"
        ]
    );
    assert_eq!(
        stated("公务接待费、会议费分别为1万元、2万元；甲费和乙费分别为3万元和4万元"),
        ["公务接待费 1万元", "会议费 2万元", "甲费 3万元", "乙费 4万元"]
    );
    assert_eq!(
        stated("2019年会议费5万元。会议费2018年和2019年分别为4万元和5万元"),
        ["会议费 5万元", "会议费 4万元 of last year", "会议费 5万元"]
    );
}

#[test]
fn another_number_of_figures_than_of_names_is_of_none() {
    assert_eq!(
        stated("公务接待费1万元、会议费2万元，分别比上年减少0.5万元、0.3万元、0.1万元。"),
        [
            "公务接待费 1万元",
            "会议费 2万元",
            " -0.5万元 delta against prior",
            " -0.3万元 delta against prior",
            " -0.1万元 delta against prior"
        ]
    );
    assert_eq!(stated("公务接待费、会议费、培训费分别为1万元、2万元。"), [" 1万元", " 2万元"]);
}

#[test]
fn an_amount_in_another_form_is_told() {
    let document = read("收入预算三百二十万元，支出预算3百万元，项目支出10-15万元，基本支出5万元");
    let unread: Vec<&str> = document.unread().iter().map(|place| document.text_of(place)).collect();
    assert_eq!(unread, ["三百二十万元", "3百万元", "10-15万元"]);
}

// ---- Periods, scope, identity ----

#[test]
fn a_year_holds_for_its_sentence() {
    assert_eq!(
        stated("2019年会议费5万元，2018年会议费4万元，培训费3万元。水费1万元。2019年办公费1万元"),
        [
            "会议费 5万元",
            "会议费 4万元 of last year",
            "培训费 3万元 of last year",
            "水费 1万元",
            "办公费 1万元"
        ]
    );
}

#[test]
fn another_years_amount_of_the_same_subject_does_not_hold_on() {
    assert_eq!(
        stated("2019年会议费5万元，2018年为6万元，减少1万元。2019年水费1万元"),
        ["会议费 5万元", "会议费 6万元 of last year", "会议费 -1万元 delta against prior", "水费 1万元"]
    );
}

#[test]
fn the_department_itself_is_no_subordinate_unit() {
    assert_eq!(stated("县信息中心是县政府工作部门，行政编制9个"), ["行政编制 9个"]);
}

#[test]
fn a_units_figures_are_its_own_until_the_next_part() {
    assert_eq!(
        stated("县信息中心核定行政编制9个；内设机构2个"),
        ["行政编制 9个 @县信息中心", "内设机构 2个"]
    );
}

#[test]
fn a_unit_that_was_named_before_keeps_its_scope() {
    let text = "部门预算说明\n下设县信息中心和某县档案馆。\n县信息中心为下属单位，核定行政编制9个；某县档案馆为下属单位，核定行政编制5个。";
    assert_eq!(stated(text), ["行政编制 9个 @县信息中心", "行政编制 5个 @某县档案馆"]);
}

#[test]
fn words_before_a_verb_are_kept_as_scope() {
    assert_eq!(stated("乡镇学校安排基本支出5万元"), ["基本支出 5万元 @乡镇学校"]);
    assert_eq!(stated("本部门财政拨款安排会议费5万元"), ["会议费 5万元"]);
}

#[test]
fn final_accounts_are_known_by_their_headings() {
    assert_eq!(read("一、“三公”经费支出决算情况\n会议费5万元").kind(), DocumentKind::Actual);
}

// ---- Limits ----

#[test]
fn a_text_over_its_limit_is_refused() {
    // A mark of no width is three bytes, and is dropped at once.
    let at = |bytes: usize| {
        let text = "\u{200b}".repeat(bytes / 3) + &" ".repeat(bytes % 3);
        Reader::of(&Vocabulary::default()).prose(Source::new("a", text)).map(|_| ())
    };
    assert_eq!(at(limits::DOCUMENT_BYTES), Ok(()));
    let error = at(limits::DOCUMENT_BYTES + 1).unwrap_err();
    assert_eq!(*error.kind(), DocumentErrorKind::TooLong);
}
