//! What parses, and as what.

use super::{only, read, shape};
use crate::source::Source;
use crate::syntax::ast::{ExprKind, Item, Member, SectionKind, SeverityWord};
use crate::syntax::parse;

/// The design's full example.
pub(super) const FULL: &str = r#"ruleset organization "县委组织部部门预算"
use department                                   // every county department's rules
unit 万元

section expenditure "支出预算" {
    total   : money "支出预算" | "本年支出合计"     // a field: name, kind, the labels it goes by
    basic   : money "基本支出" en "Basic"
    project : money "项目支出"

    /// 《预算法》第三十二条
    ///
    /// 第二段
    must split "支出等于基本支出与项目支出之和":
        basic + project == total
}

stock section fixed_assets "固定资产" {
    total     : money "固定资产"
    vehicles  : money "公务用车" | "公务车"
    must classes_add_up "固定资产等于各类资产之和": vehicles + buildings + other == total
}

section meetings "会议费" {
    total  : money    "会议费"
    people : count(人) "人数" under "会议费" | "人次"
}

must balance "收入总计等于支出总计": income.grand_total == expenditure.grand_total     // both
must reception_fits : running_cost.reception <= three_public.reception
should per_head when training.people > 0: training.total / training.people <= 0.05 万元

each money x when x > 0 {                        // for every amount the document states
    must change      : delta(x) == x - x@prior
    must change_rate when delta(x) != 0: rate(x) == delta(x) / (x@prior ?? x - delta(x))
    should parts_add_up "其中各项之和应等于总额" when count(parts(x)) >= 2 and sum(parts(x)) >= 0.9 * x:
        sum(parts(x)) == x
}

table function_expenditure "一般公共预算支出情况表" | "一般公共预算支出表" en "By function" blank = 0 {
    code    : code  "科目编码"
    total   : money "合计"
    must row     : basic + project == total               // a table's rule holds for each row
    must roll_up : total == sum(children.total)           // children by code: 201 > 20132 > 2013201
}
must table_total : sum(function_expenditure.top.total) == expenditure.total
must party "党委办公厅" en "Party": function_expenditure["20131"].total@prior == delta(x, prior budget)

/// 已与财政局核对
waive change_rate for 公务接待费 because "上年数为决算"

test "少一分" {
    "expenditure": { "total": {"value": "435.78", "parts": ["\u4e00\n", -1.5, null]} }
} expect violated split, expenditure.split
  expect holds balance
"#;

#[test]
fn the_two_one_liners() {
    assert_eq!(shape(&only("basic + project == total")), "((+basic +project) == total)");
    assert_eq!(shape(&only("delta == current - prior")), "(delta == (+current -prior))");
    assert_eq!(read("basic + project == total\ndelta == current - prior").items.len(), 2);
}

#[test]
fn the_designs_example() {
    let file = read(FULL);
    let items: Vec<&Item> = file.items.iter().map(|item| &item.node).collect();
    let [
        Item::RuleSet(ruleset),
        Item::Use(_),
        Item::Unit(_),
        Item::Section(section),
        Item::Section(stock),
        Item::Section(meetings),
        rest @ ..,
    ] = items.as_slice()
    else {
        panic!("{:#?}", file.items)
    };
    assert_eq!(ruleset.name.node, "organization");
    assert_eq!(ruleset.title.as_ref().unwrap().text.node, "县委组织部部门预算");
    assert_eq!((section.kind, stock.kind), (SectionKind::Flow, SectionKind::Stock));

    let Some(Member::Rule(split)) = section.members.last().map(|member| &member.node) else {
        panic!("{section:#?}")
    };
    assert_eq!(split.docs, ["《预算法》第三十二条", "", "第二段"]);
    assert_eq!((split.severity, split.name.as_ref().unwrap().node.as_str()), (SeverityWord::Must, "split"));
    assert_eq!(split.title.as_ref().unwrap().text.node, "支出等于基本支出与项目支出之和");

    let Some(Member::Field(people)) = meetings.members.last().map(|member| &member.node) else {
        panic!("{meetings:#?}")
    };
    assert_eq!(people.kind.counter.as_ref().unwrap().node, "人");
    let labels: Vec<_> =
        people.labels.iter().map(|label| (label.text.node.as_str(), label.under.is_some())).collect();
    assert_eq!(labels, [("人数", true), ("人次", false)]);

    let [Item::Rule(_), Item::Rule(_), Item::Rule(per_head), Item::Each(each), ..] = rest else {
        panic!("{rest:#?}")
    };
    assert_eq!(shape(per_head.guard.as_ref().unwrap()), "(training.people > 0)");
    assert_eq!(shape(&per_head.body), "((*training.total /training.people) <= 0.05万元)");
    assert_eq!((each.subject.node.as_str(), each.members.len()), ("x", 3));
    assert_eq!(shape(each.guard.as_ref().unwrap()), "(x > 0)");
}

#[test]
fn operators_bind_as_the_table_says() {
    for (text, expected) in [
        ("a + b * c - d / e == f", "((+a +(*b *c) -(*d /e)) == f)"),
        ("x == -a * b", "(x == (*(neg a) *b))"),
        ("x == a - -b", "(x == (+a -(neg b)))"),
        ("x == - - a", "(x == (neg (neg a)))"),
        ("x == a - (b - c)", "(x == (+a -(+b -c)))"),
        ("x ?? 0 == 1", "((?? x 0) == 1)"),
        ("a ?? b ?? 0 == c", "((?? a b 0) == c)"),
        ("r == (x@prior ?? x - d)", "(r == (?? x@prior (+x -d)))"),
        ("0 <= basic <= total", "(0 <= basic <= total)"),
        ("0 < a <= b < c", "(0 < a <= b < c)"),
        ("a == b == c within 0.01", "(a == b within 0.01 == c within 0.01)"),
        ("a == b within 1%", "(a == b within 1%)"),
        ("a <= b within 0.01 万元", "(a <= b within 0.01万元)"),
        ("not a == b within 0", "(not (a == b within 0))"),
        ("a == b within 0.01 and c == d", "(and (a == b within 0.01) (c == d))"),
        ("not a > 0 and b > 0", "(and (not (a > 0)) (b > 0))"),
        ("not not a == b", "(not (not (a == b)))"),
        ("a and b or c and not d", "(or (and a b) (and c (not d)))"),
        ("a > 0 or b > 0 implies c > 0 and d > 0", "((or (a > 0) (b > 0)) implies (and (c > 0) (d > 0)))"),
        ("a implies (b implies c)", "(a implies (b implies c))"),
        ("a + b in 1..2", "((+a +b) in 1..2)"),
        ("not x in -5%..10%", "(not (x in (neg 5%)..10%))"),
        ("x in a.b..c.d", "(x in a.b..c.d)"),
        ("year in 2015 .. 2030 and a == b", "(and (year in 2015..2030) (a == b))"),
        (r#"document in ["budget", "actual"]"#, r#"(document in (list "budget" "actual"))"#),
        ("round(x, 2) == max(parts(x), -1)", "((round x 2) == (max (parts x) (neg 1)))"),
        ("sum() == 0", "((sum ) == 0)"),
        ("a == (b == c)", "(a == (b == c))"),
    ] {
        assert_eq!(shape(&only(text)), expected, "{text}");
    }
}

#[test]
fn names_paths_and_literals() {
    for (text, expected) in [
        ("基本支出 + 项目支出 == 支出合计", "((+基本支出 +项目支出) == 支出合计)"),
        ("`因公出国(境)费` <= 5 万元", "(因公出国(境)费 <= 5万元)"),
        ("`in`.`a//b` == `when`", "(in.a//b == when)"),
        ("total@prior == total@2018", "(total@prior == total@2018)"),
        ("total@prior@budget == s.t.total@actual", "(total@prior@budget == s.t.total@actual)"),
        ("a@prior-1 == b@2018-1", "((+a@prior -1) == (+b@2018 -1))"),
        ("a <= 0.05万元 and b == 1元", "(and (a <= 0.05万元) (b == 1元))"),
        ("a == 5\u{3000}亿元 * 2", "(a == (*5亿元 *2))"),
        ("a == 50％ + 218.40 + 1千元", "(a == (+50% +218.40 +1千元))"),
        (r#"a == "甲\"乙\\" "#, r#"(a == "甲\"乙\\")"#),
        ("党·政 == _a1", "(党·政 == _a1)"),
    ] {
        assert_eq!(shape(&only(text)), expected, "{text}");
    }
}

#[test]
fn only_nine_words_are_reserved() {
    let words = "delta test money table each use unit section stock ruleset waive expect en for because blank prior budget under true 元";
    for word in words.split(' ') {
        assert_eq!(shape(&only(&format!("{word} == 1"))), format!("({word} == 1)"));
        assert_eq!(shape(&only(&format!("a == {word}"))), format!("(a == {word})"));
        let Some(Item::Field(field)) = read(&format!("{word} : {word}")).items.pop().map(|item| item.node)
        else {
            panic!("{word}")
        };
        assert_eq!((field.name.node, field.kind.name.node), (word.to_owned(), word.to_owned()));
        let Some(Item::Rule(rule)) =
            read(&format!("must {word} \"t\": a == b")).items.pop().map(|item| item.node)
        else {
            panic!("{word}")
        };
        assert_eq!(rule.name.unwrap().node, word);
    }
}

#[test]
fn where_an_assertion_ends() {
    for (text, count) in [
        ("", 0),
        ("\u{FEFF}a == b", 1),
        ("a == b\r\nc == d\re == f", 3),
        ("a == b;; c == d;", 2),
        ("; a == b", 1),
        ("a == b\n(c + d) == e", 2),
        ("delta == sum\n(b + c) == d", 2),
        ("a == b\n- c == d", 1),
        ("a ==\n b", 1),
        ("a == b and\nc == d", 1),
        ("a == b\nand c == d", 1),
        ("a == max(b,\n c)\nd == e", 2),
        ("a == (b\n+ c)", 1),
        ("a <= 0.05\n万元 == b", 2),
        ("a == b within 1%\nx == y", 2),
        ("a == use\ndepartment == 5", 2),
        ("a == section\nb == c", 2),
        ("a == b // c\n+ d", 1),
        ("a == b / // c\n d", 1),
        ("a == b\n/// note\nc > 0", 2),
        ("not a == b\nnot c == d", 2),
    ] {
        assert_eq!(read(text).items.len(), count, "{text}");
    }
}

#[test]
fn items_need_no_line_of_their_own() {
    let Some(Item::Section(section)) =
        read("section s { must r: a == b; c : money \"丙\" d : rate }").items.pop().map(|item| item.node)
    else {
        panic!("no section")
    };
    assert_eq!(section.members.len(), 3);
    for (text, members) in [
        ("section s {\n must r: a == b\n c : money\n}", 2),
        ("section s {\n must r: a <= 5\n 元 : money\n}", 2),
        ("section s {\n must r: a == b\n `丙(1)` : money\n}", 2),
        ("section s {\n n : count\n must: a == b }", 2),
        ("section s { a : money \"甲\"\n | \"乙\" under \"丙\"\n under : money }", 2),
        ("stock\nsection s\n\"标题\"\n{\n}", 0),
    ] {
        let Some(Item::Section(section)) = read(text).items.pop().map(|item| item.node) else {
            panic!("{text}")
        };
        assert_eq!(section.members.len(), members, "{text}");
    }
}

#[test]
fn a_rule_may_leave_out_its_name_and_its_title() {
    for (text, name, title, guard) in [
        ("must: a == b", false, false, false),
        ("must \"甲\": a == b", false, true, false),
        ("must when a > 0: b > 0", false, false, true),
        ("must r \"甲\"\n  when a > 0\n  : b > 0", true, true, true),
        ("must `收支 平衡`: -a == b", true, false, false),
        ("must // a\n r // b\n : // c\n a // d\n == // e\n b // f", true, false, false),
    ] {
        let Some(Item::Rule(rule)) = read(text).items.pop().map(|item| item.node) else { panic!("{text}") };
        assert_eq!(
            (rule.name.is_some(), rule.title.is_some(), rule.guard.is_some()),
            (name, title, guard),
            "{text}"
        );
    }
}

#[test]
fn spans_end_at_the_last_leaf() {
    let source = Source::new("a.rules", "must r : ( a + b ) * c // why\n   == d within 0.01 万元   // end\n");
    let Some(Item::Rule(rule)) = parse(&source).into_result().unwrap().items.pop().map(|item| item.node)
    else {
        panic!("no rule")
    };
    let text = source.text();
    assert_eq!(source.slice(rule.span), text.strip_suffix("   // end\n").unwrap());
    assert_eq!(source.slice(rule.body.span), "( a + b ) * c // why\n   == d within 0.01 万元");
    let ExprKind::Chain { first, links } = rule.body.node else { panic!("no chain") };
    assert_eq!(source.slice(first.span), "( a + b ) * c");
    assert_eq!(source.slice(links[0].operator.span), "==");
    assert_eq!(source.slice(links[0].right.span), "d");
    assert_eq!(source.slice(links[0].tolerance.as_ref().unwrap().span), "0.01 万元");
    let ExprKind::Product(factors) = first.node else { panic!("no product") };
    // What stands in brackets has the span of what is inside.
    assert_eq!(source.slice(factors[0].1.span), "a + b");
}

#[test]
fn a_bracket_around_a_whole_body_belongs_to_the_rule() {
    let source = Source::new("a.rules", "must: (a == b) ; must: sum(x) == (y) // z");
    let spans: Vec<_> = parse(&source)
        .into_result()
        .unwrap()
        .items
        .into_iter()
        .map(|item| match item.node {
            Item::Rule(rule) => (source.slice(rule.span).to_owned(), source.slice(rule.body.span).to_owned()),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [("must: (a == b)", "a == b"), ("must: sum(x) == (y)", "sum(x) == (y)")];
    assert_eq!(spans, expected.map(|(rule, body)| (rule.to_owned(), body.to_owned())));
}
