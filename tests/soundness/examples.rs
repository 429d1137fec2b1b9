//! Sets small enough to work out by hand, and what is to be said of them. Each reason stands beside its set.

use super::said::said;

fn is(text: &str, expected: &[&str]) {
    assert_eq!(said(text), expected, "\n{text}");
}

#[test]
fn signs_that_no_sum_allows_contradict_each_other() {
    is(
        "x > 0; y > 0; x + y == 0 - 1",
        &[
            "contradictory: #1 #2 #3",
            "#1: unknown: contradiction",
            "#2: unknown: contradiction",
            "#3: unknown: contradiction",
        ],
    );
}

#[test]
fn bounds_follow_through_a_sum() {
    let falsifiable = ["consistent", "#1: falsifiable", "#2: falsifiable", "#3: falsifiable"];
    is("x >= 1; x + y <= 10; y >= 6", &[&falsifiable[..], &["x in [1, 4]", "y in [6, 9]"]].concat());
    // An end that is left out stays out: y = 10 - x < 9.
    is("x > 1; x + y <= 10; y >= 6", &[&falsifiable[..], &["x in (1, 4]", "y in [6, 9)"]].concat());
}

#[test]
fn of_three_balances_each_is_the_other_two() {
    is(
        "a == b + c; b == d + e; a == c + d + e",
        &["consistent", "#1: implied by #2 #3", "#2: implied by #1 #3", "#3: implied by #1 #2"],
    );
}

#[test]
fn guards_that_exclude_each_other_are_never_true() {
    is(
        "x : number; y : number\nmust r when x > 1 and x < 0: y == 1\nmust s: y >= 2",
        // r never runs, so s alone bounds y.
        &["consistent", "r: vacuous by", "s: falsifiable", "y in [2, .."],
    );
    is(
        "x : number; y : number\nmust s: x >= 1\nmust r when x <= 0: y == 1",
        &["consistent", "s: falsifiable", "r: vacuous by s", "x in [1, .."],
    );
}

#[test]
fn a_cycle_of_guards_that_comes_back_negated_is_never_true() {
    // x > 0 makes y > 0, which makes x <= 0.
    is(
        "x : number; y : number\nmust r when x > 0: y > 0\nmust s when y > 0: x <= 0",
        &["consistent", "r: vacuous by s", "s: falsifiable", "x in .., 0]"],
    );
    is(
        "x : number; y : number; z : number\nmust r when x > 0: y > 0\nmust s when y > 0: z > 0\nmust t when z > 0: x <= 0",
        &["consistent", "r: vacuous by s t", "s: falsifiable", "t: falsifiable", "x in .., 0]"],
    );
}

#[test]
fn what_is_always_true_is_implied_by_nothing() {
    is("x >= x - 1; x == y", &["consistent", "#1: implied by", "#2: falsifiable"]);
}

#[test]
fn two_equal_rules_imply_each_other() {
    is("a == b; b == a", &["consistent", "#1: implied by #2", "#2: implied by #1"]);
    // A must does not rest on a should.
    is(
        "a : number; b : number\nmust r: a == b\nshould s: b == a",
        &["consistent", "r: falsifiable", "s: implied by r"],
    );
}

#[test]
fn a_tolerance_widens_a_comparison() {
    is("a == b within 1; a <= b + 1", &["consistent", "#1: falsifiable", "#2: implied by #1"]);
    is("a <= b within 1; a <= b + 1", &["consistent", "#1: implied by #2", "#2: implied by #1"]);
    // One tenth of 100.
    is(
        "a == b within 10%; b == 100",
        &["consistent", "#1: falsifiable", "#2: falsifiable", "a in [90, 110]", "b = 100"],
    );
}

#[test]
fn a_share_is_linear_where_its_divisor_has_a_sign() {
    let fields = "a : number; b : number\n";
    // 2a <= b, and b > 0: the same. a <= b/2 < b.
    is(
        &format!(
            "{fields}must r when b > 0: a / b <= 0.5\nmust s when b > 0: 2 * a <= b\nmust t when b > 0: a <= b"
        ),
        &["consistent", "r: implied by s", "s: implied by r", "t: implied by r"],
    );
    // b >= 2a >= 2. With b = 0 or below q says nothing or the other.
    is(
        &format!("{fields}must q: a / b <= 0.5\nmust p: a >= 1\nmust n: b >= 1"),
        &["consistent", "q: falsifiable", "p: falsifiable", "n: falsifiable", "a in [1, ..", "b in [2, .."],
    );
}

#[test]
fn a_list_and_a_range() {
    is("x in [0, 10]; x >= 5", &["consistent", "#1: falsifiable", "#2: falsifiable", "x = 10"]);
    is("x in 0..10; x >= 5", &["consistent", "#1: falsifiable", "#2: falsifiable", "x in [5, 10]"]);
}

#[test]
fn a_chain_says_all_its_links_and_what_follows() {
    is(
        "0 <= a <= b <= 10; a <= b; b >= 0",
        &[
            "consistent",
            "#1: falsifiable",
            "#2: implied by #1",
            "#3: implied by #1",
            "a in [0, 10]",
            "b in [0, 10]",
        ],
    );
}

#[test]
fn what_a_true_left_side_implies_is_bound() {
    is(
        "x >= 1; x > 0 implies y >= 2",
        &["consistent", "#1: falsifiable", "#2: falsifiable", "x in [1, ..", "y in [2, .."],
    );
}

#[test]
fn an_or_leaves_what_the_others_allow() {
    is("x == 1 or x == 5; x >= 2", &["consistent", "#1: falsifiable", "#2: falsifiable", "x = 5"]);
    is("x == 1 or x == 5; x != 3", &["consistent", "#1: falsifiable", "#2: implied by #1", "x in [1, 5]"]);
}

#[test]
fn a_size_is_two_bounds() {
    is(
        "abs(x) <= 3; x >= 0 - 3; x <= 3",
        &["consistent", "#1: implied by #2 #3", "#2: implied by #1", "#3: implied by #1", "x in [-3, 3]"],
    );
    is(
        "abs(a - b) <= 1; a == 5",
        &["consistent", "#1: falsifiable", "#2: falsifiable", "a = 5", "b in [4, 6]"],
    );
}

#[test]
fn the_least_and_the_greatest_bound_each() {
    is(
        "min(a, b) >= 1; max(a, b) <= 4; a >= 1",
        &[
            "consistent",
            "#1: falsifiable",
            "#2: falsifiable",
            "#3: implied by #1",
            "a in [1, 4]",
            "b in [1, 4]",
        ],
    );
}

#[test]
fn what_may_be_left_out_counts_as_what_stands_in() {
    // b stated: t >= 2; b left out: t = a >= 1. The third says nothing of a b that is left out.
    is(
        "a + (b ?? 0) == t; a >= 1; b >= 1; t >= 1",
        &[
            "consistent",
            "#1: falsifiable",
            "#2: falsifiable",
            "#3: falsifiable",
            "#4: implied by #1 #2 #3",
            "a in [1, ..",
            "b in [1, ..",
            "t in [1, ..",
        ],
    );
}

#[test]
fn what_is_stated_is_decided() {
    let fields = "a : number; b : number\n";
    is(
        &format!("{fields}must r: stated(a) and not stated(a)"),
        &["contradictory: r", "r: unknown: contradiction"],
    );
    is(
        &format!("{fields}must r: stated(a) implies stated(b)\nmust s: stated(b) implies stated(a)"),
        &["consistent", "r: falsifiable", "s: falsifiable"],
    );
    is(&format!("{fields}must s when stated(a) and not stated(a): b == 1"), &["consistent", "s: vacuous by"]);
    // No document that keeps `never` states a: nothing is said of how large it is.
    is(
        &format!("{fields}must never: not stated(a)\nmust r: a == 1"),
        &["consistent", "never: falsifiable", "r: vacuous by never"],
    );
}

#[test]
fn a_section_of_a_budget() {
    // basic = total - project <= total where project >= 0, and the other way round.
    is(
        "section e \"支出\" {\n total : money; basic : money; project : money\n must split : basic + project == total\n \
         must fits : basic <= total\n must sign : project >= 0\n}",
        &[
            "consistent",
            "e.split: falsifiable",
            "e.fits: implied by e.split e.sign",
            "e.sign: implied by e.split e.fits",
            "e.project in [0, ..",
        ],
    );
}

#[test]
fn a_change_says_which_way_it_went() {
    is(
        "each money x {\n must change : delta(x) == x - x@prior\n must grows when delta(x) > 0 : x > x@prior\n}",
        &["consistent", "change: falsifiable", "grows: implied by change"],
    );
}

const TABLE: &str = "table t \"表\" {\n code : code \"科目编码\"; name : text \"科目名称\"; total : money; basic : money; project : money\n \
    must row : basic + project == total\n must roll_up : total == sum(children.total)\n";

#[test]
fn a_table_whose_rows_and_columns_add_up() {
    is(
        &format!("{TABLE}}}\nmust all : t.total_row.total == sum(t.top.total)"),
        &["consistent", "t.row: falsifiable", "t.roll_up: falsifiable", "all: falsifiable"],
    );
}

#[test]
fn what_rests_on_the_length_of_a_list_is_not_said_of_all() {
    // It follows from the two other columns and the rows, but is shown for as many children as are looked at only.
    is(
        &format!(
            "{TABLE} must basic_up : basic == sum(children.basic)\n must project_up : project == sum(children.project)\n}}"
        ),
        &[
            "consistent",
            "t.row: falsifiable",
            "t.roll_up: unknown: Size",
            "t.basic_up: unknown: Size",
            "t.project_up: unknown: Size",
        ],
    );
    // Four parts keep it, fewer break it.
    is("each money y {\n must four: count(parts(y)) >= 4\n}", &["unknown: Size", "four: falsifiable"]);
    // Two rows of ten break the second.
    let table = "table t \"表\" {\n name : text \"名称\"; total : money\n must row: total <= 10\n}\n";
    is(
        &format!("{table}must all: sum(t.total) <= 10"),
        &[
            "consistent",
            "t.row: falsifiable",
            "all: falsifiable",
            "t.total[#1] in .., 10]",
            "t.total[#2] in .., 10]",
        ],
    );
}

#[test]
fn kinds_of_document_exclude_each_other() {
    let field = "x : number\n";
    // A report of execution is neither: x is free.
    is(
        &format!(
            "{field}must b when document == \"budget\": x >= 1\nmust a when document == \"actual\": x <= 0"
        ),
        &["consistent", "b: falsifiable", "a: falsifiable"],
    );
    is(
        &format!("{field}must c when document == \"budget\" and document == \"actual\": x == 3"),
        &["consistent", "c: vacuous by"],
    );
}

#[test]
fn a_plain_figure_is_of_the_basis_of_its_document() {
    // In a budget total is total@budget; in final accounts 1 <= total = total@actual <= total@budget.
    is(
        "total : money\nmust w : total@actual <= total@budget\nmust cap : total@budget <= 100\nmust pos : total >= 1",
        &[
            "consistent",
            "w: falsifiable",
            "cap: falsifiable",
            "pos: falsifiable",
            "total@actual in .., 100]",
            "total@budget in [1, 100]",
            "total in [1, 100]",
        ],
    );
}

#[test]
fn what_is_not_linear_is_not_known() {
    // It never fails, which no trying shows.
    is("a * a >= 0", &["consistent", "#1: unknown: product"]);
    is("round(a, 2) == a", &["consistent", "#1: unknown: rounding"]);
    is(
        "table t \"表\" {\n name : text \"名称\"; kind : text \"性质\"; n : number\n must known : kind in [\"行政\", \"事业\"]\n must named : name != kind\n}",
        &["consistent", "t.known: unknown: words", "t.named: unknown: words"],
    );
    let large = "100000000000000000 * 100000000000000000 * 100000000000000000";
    is(&format!("a * {large} >= b * 3"), &["consistent", "#1: unknown: overflow"]);
}

#[test]
fn a_product_is_broken_by_trying() {
    is("a * b == c", &["consistent", "#1: falsifiable"]);
}

#[test]
fn figures_that_cancel_are_stated_all_the_same() {
    is("a - a == b", &["consistent", "#1: falsifiable", "b = 0"]);
}

#[test]
fn a_third_has_no_decimals_to_show() {
    // a = 5 breaks it; nothing that is printed keeps it exactly.
    is("3 * a == 1", &["unknown: no witness", "#1: falsifiable", "a = 1/3"]);
}

#[test]
fn where_a_search_gives_up_nothing_is_claimed() {
    // Eight pigeons in seven holes contradict each other; whoever does not find that must not say the opposite.
    let mut rules: Vec<String> = (0..8).map(|p| format!("p{p} in [1, 2, 3, 4, 5, 6, 7]")).collect();
    rules.extend((0..8).flat_map(|p| (0..p).map(move |q| format!("p{q} != p{p}"))));
    rules.push("b == 1".to_owned());
    let said = said(&rules.join("\n"));
    assert!(said[0].starts_with("contradictory") || said[0] == "unknown: limit", "{}", said[0]);
}
