//! What a figure is a part of, and whose it is, where the words are few.

use super::{shown, stated};
use crate::{Reader, RuleSet};

/// The statements of a text, read with rules that add up.
fn with_rules(text: &str) -> Vec<String> {
    let rules = RuleSet::parse(
        "section three { total: money \"三公经费\"\n abroad: money \"出国费\"\n vehicles: money \"用车费\"\n \
         purchase: money \"购置费\"\n operation: money \"运行费\"\n reception: money \"接待费\"\n \
         must a: abroad + vehicles + reception == total\n must b: purchase + operation == vehicles }",
    );
    let document = Reader::new(&rules.unwrap()).text("a.txt", text.as_bytes()).unwrap();
    document.statements().iter().map(|statement| shown(&document, statement)).collect()
}

// ---- Parts ----

#[test]
fn what_the_rules_add_up_needs_no_opening_word() {
    assert_eq!(
        with_rules("三公经费5万元，出国费0万元，用车费3万元，接待费2万元。"),
        [
            "三公经费 5万元",
            "出国费 0万元 < 三公经费 5万元 #1",
            "用车费 3万元 < 三公经费 5万元 #1",
            "接待费 2万元 < 三公经费 5万元 #1"
        ]
    );
    // Another line, another unit: of nothing that is told.
    assert_eq!(with_rules("三公经费5万元。\n出国费0万元。")[1], "出国费 0万元");
    assert_eq!(with_rules("三公经费5万元，县信息中心接待费2万元")[1], "县信息中心接待费 2万元");
}

#[test]
fn a_list_goes_on_over_a_full_stop_by_the_rules() {
    assert_eq!(
        with_rules("三公经费6万元。其中：出国费1万元。购置费2万元，比上年增加1万元；运行费3万元。"),
        [
            "三公经费 6万元",
            "出国费 1万元 < 三公经费 6万元 #1",
            "购置费 2万元 < 三公经费 6万元 #1",
            "购置费 1万元 delta against prior < 三公经费 6万元 #1",
            "运行费 3万元 < 三公经费 6万元 #1"
        ]
    );
}

#[test]
fn what_a_breakdown_has_already_is_not_counted_in_it_again() {
    // 运行费 is a part of 用车费, which the breakdown has.
    assert_eq!(
        with_rules("三公经费6万元，其中：用车费6万元。接待费0万元。运行费6万元。")[3],
        "运行费 6万元 < 用车费 6万元 #2"
    );
    // 公车费 may be any of them.
    assert_eq!(with_rules("三公经费6万元，其中：公车费6万元。运行费6万元。")[2], "运行费 6万元");
}

#[test]
fn what_follows_in_numbered_lines_is_another_split_of_the_same_whole() {
    assert_eq!(
        with_rules(
            "三公经费5万元，其中：用车费3万元，接待费2万元。具体如下：\n1.用车费3万元。其中：\n运行费3万元\n2.接待费2万元"
        ),
        [
            "三公经费 5万元",
            "用车费 3万元 < 三公经费 5万元 #1",
            "接待费 2万元 < 三公经费 5万元 #1",
            "用车费 3万元 < 三公经费 5万元 #2",
            "运行费 3万元 < 用车费 3万元 #3",
            "接待费 2万元 < 三公经费 5万元 #2"
        ]
    );
}

#[test]
fn each_of_a_pair_is_made_of_its_own_parts() {
    assert_eq!(
        stated("收支总预算7万元。收入包括：甲拨款5万元、上年结转2万元；支出包括：教育费4万元、卫生费3万元。"),
        [
            "收支总预算 7万元",
            "甲拨款 5万元 < 收支总预算 7万元 #1",
            "上年结转 2万元 < 收支总预算 7万元 #1",
            "教育费 4万元 < 收支总预算 7万元 #2",
            "卫生费 3万元 < 收支总预算 7万元 #2"
        ]
    );
}

#[test]
fn a_list_may_be_of_what_a_clause_only_names() {
    assert_eq!(
        stated("“三公”经费预算中，会议费2万元，培训费3万元"),
        ["会议费 2万元 < “三公”经费 not stated #1", "培训费 3万元 < “三公”经费 not stated #1"]
    );
    assert_eq!(
        stated("支出10万元，用于：教育费4万元，占40%；卫生费6万元，占60%。")[3],
        "卫生费 6万元 < 支出 10万元 #1"
    );
    assert_eq!(stated("支出10万元，用于教育费4万元")[1], " 4万元");
}

#[test]
fn a_sum_at_the_end_is_of_what_the_line_opens_with() {
    assert_eq!(
        stated("会议费情况：甲费2万元，乙费3万元；丙费1万元。合计6万元，比上年减少1万元。"),
        ["甲费 2万元", "乙费 3万元", "丙费 1万元", "会议费 6万元", "会议费 -1万元 delta against prior"]
    );
}

#[test]
fn a_change_before_a_semicolon_is_of_the_item_it_stands_in() {
    assert_eq!(
        stated("收入9800万元，其中：甲费4100万元、乙费3200万元，比上年增加200万元；丙费2500万元。"),
        [
            "收入 9800万元",
            "甲费 4100万元 < 收入 9800万元 #1",
            "乙费 3200万元 < 收入 9800万元 #1",
            "乙费 200万元 delta against prior < 收入 9800万元 #1",
            "丙费 2500万元 < 收入 9800万元 #1"
        ]
    );
}

// ---- Of what ----

#[test]
fn a_comparison_after_a_semicolon_goes_on_with_the_subject() {
    assert_eq!(
        stated("会议费5万元，较上年决算减少1万元；较年初预算减少2万元，下降30%。"),
        [
            "会议费 5万元",
            "会议费 -1万元 delta against prior actual",
            "会议费 -2万元 delta against Current budget",
            "会议费 -30% rate against Current budget"
        ]
    );
}

#[test]
fn a_budget_beside_an_outturn_is_not_what_follows_is_said_of() {
    assert_eq!(
        stated("会议费支出2万元，年初预算为3万元，差值为1万元，其中：甲费2万元")[3],
        "甲费 2万元 < 会议费 2万元 #1"
    );
    assert_eq!(
        stated("会议费预算3万元，实际支出2万元，节约1万元"),
        ["会议费 3万元 budget", "会议费 2万元 actual", "会议费 -1万元 delta against Current budget actual"]
    );
}

#[test]
fn a_difference_that_a_template_left_open_has_no_sign() {
    let unsigned = |text: &str| {
        let document = super::read(text);
        document.statements().iter().map(|statement| statement.is_unsigned).collect::<Vec<_>>()
    };
    assert_eq!(unsigned("会议费2万元，年初预算3万元，差值1万元"), [false, false, true]);
    assert_eq!(unsigned("会议费比上年增加（减少）1万元，增长/下降5%"), [true, true]);
    assert_eq!(unsigned("会议费比上年增加（减少）-1万元"), [false]);
}

#[test]
fn what_receptions_cost_is_told_from_how_many_there_were() {
    assert_eq!(
        stated("公务接待费4万元，接待74批次、813人次，比上年1万元增加3万元"),
        [
            "公务接待费 4万元",
            "接待 74批次",
            "接待 813人次",
            "公务接待费 1万元 of last year",
            "公务接待费 3万元 delta against prior"
        ]
    );
    assert_eq!(stated("国内接待24批次，支出2万元"), ["国内接待 24批次", "国内接待 2万元"]);
}

#[test]
fn a_name_may_stand_behind_its_figure() {
    assert_eq!(stated("追加5万元会议费。"), ["会议费 5万元"]);
    assert_eq!(stated("会议费2万元，其中3辆公务车"), ["会议费 2万元", " 3辆"]);
}

#[test]
fn words_that_do_something_with_a_label_are_none_of_it() {
    assert_eq!(stated("组织会议费5万元"), ["会议费 5万元"]);
    assert_eq!(stated("年底本局公务用车为5万元"), ["公务用车 5万元"]);
    assert_eq!(stated("“三公”经费财政拨款决算支出5万元"), ["“三公”经费 5万元 actual"]);
    assert_eq!(stated("收入预算数5万元"), ["收入预算 5万元"]);
    assert_eq!(stated("国有土地使用权出让收入5万元"), ["国有土地使用权出让收入 5万元"]);
}

// ---- Whose, and when ----

#[test]
fn another_area_is_the_scope_of_its_line() {
    assert_eq!(
        stated("全县会议费5万元，培训费2万元。\n县本级会议费3万元，培训费1万元。\n会议费5万元"),
        ["会议费 5万元", "培训费 2万元", "会议费 3万元 @县本级", "培训费 1万元 @县本级", "会议费 5万元"]
    );
}

#[test]
fn whose_a_whole_is_its_parts_and_changes_are() {
    assert_eq!(
        stated("各乡镇安排会议费5万元，比上年减少1万元，其中：甲费2万元"),
        [
            "会议费 5万元 @各乡镇",
            "会议费 -1万元 delta against prior @各乡镇",
            "甲费 2万元 < 会议费 5万元 #1 @各乡镇"
        ]
    );
    assert_eq!(stated("经县财政局汇总，会议费5万元"), ["会议费 5万元"]);
}

#[test]
fn a_heading_may_say_planned_or_happened() {
    assert_eq!(
        stated(
            "一、2019年会议费预算\n2019年会议费5万元。\n二、2018年会议费决算\n2018年会议费4万元，其中：甲费4万元。"
        ),
        [
            "会议费 5万元",
            "会议费 4万元 of last year actual",
            "甲费 4万元 of last year actual < 会议费 4万元 #1"
        ]
    );
}

#[test]
fn a_bound_is_no_change() {
    assert_eq!(stated("会议费至少5万元"), [" 5万元"]);
    assert_eq!(stated("会议费不少于5万元"), [" 5万元"]);
    assert_eq!(stated("会议费少5万元"), ["会议费 -5万元 delta against prior"]);
}

#[test]
fn ordinary_words_may_start_as_words_that_are_known() {
    for (text, label) in [
        ("该部分支出5万元", "该部分支出"),
        ("无形资产5万元", "无形资产"),
        ("预算内投资5万元", "预算内投资"),
        ("场地使用费5万元", "场地使用费"),
        ("工业增加值5亿元", "工业增加值"),
        ("利润总额5万元", "利润总额"),
    ] {
        assert_eq!(super::read(text).statements()[0].label, label, "{text}");
    }
}

#[test]
fn two_words_may_open_one_list() {
    assert_eq!(stated("会议费8万元，其中：包括甲费3万元、乙费5万元")[2], "乙费 5万元 < 会议费 8万元 #1");
}

#[test]
fn a_limit_is_no_figure() {
    assert_eq!(stated("单价50万元以上设备3台"), ["单价50万元以上设备 3台"]);
}
