//! What a rule file looks like when it is printed.

mod laws;
mod trees;

use crate::ruleset::{FormatError, format};

/// Prints a text, twice, and so checks that the second time changes nothing.
fn printed(text: &str) -> String {
    let once = format("a.rules", text).unwrap_or_else(|error| panic!("{text}\nis refused: {error}"));
    let twice = format("a.rules", &once).unwrap_or_else(|error| panic!("{once}\nis refused: {error}"));
    assert_eq!(once, twice, "printed again, it changes");
    once
}

/// A text that is printed as it is.
fn stable(text: &str) {
    assert_eq!(printed(text), text);
}

#[test]
fn the_bundled_set_is_stable_once_printed() {
    let text = include_str!("../../../rules/organization.rules");
    let once = printed(text);
    // What stands there and what is printed differ in layout only.
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert_eq!(bare(&once), bare(text));
}

#[test]
fn what_is_in_the_layout_stays() {
    for text in [
        "",
        "// nothing but this\n",
        "basic + project == total\ndelta == current - prior\n",
        "ruleset organization \"县委组织部部门预算\"\n",
        "section s {}\n",
        "stock section s \"节\" {}  // end\n",
        "section s {  // head\n    // inside\n}\n",
        "section s \"节\" {\n    total  : money     \"会议费\"\n    people : count(人) \"人数\" under \"会议费\" | \"人次\"\n\n    \
         /// 依据\n    must fits \"题\":\n        total <= people\n    should: a == b\n}\n",
        "must r \"题\" when a > 0: b > 0\n",
        "must r:\n    a == b  // why\n",
        "must r when a > 0:\n    b > 0\n",
        "each money x when x > 0 {\n    must p: sum(parts(x)) <= x\n}\n",
        "a : money\n\n`b c` : rate \"乙\"\n\n/// of c\nc : count(`座 位`)\n",
    ] {
        stable(text);
    }
}

#[test]
fn heads_waivers_and_tests_stay_too() {
    for text in [
        "use department  // every county department's rules\nunit 元\n",
        "ruleset r \"题\" en \"Title\"\n",
        "table t \"表\" | \"一览表\" en \"Table\" blank = 0 {\n    code  : code  \"科目编码\"\n    total : money \"合计\" en \"Total\"\n}\n",
        "must r \"题\" en \"Title\": t[\"2013201\"].total == delta(x, prior budget)\n",
        "waive s.split for 公务接待费 because \"已说明\"\n",
        "test \"平\" {\n  \"a\": [1,  2]\n}\n    expect holds s.split, `r 1`\n    expect violated q  // why\n",
        "test \"平\" {}  // empty\n    // then\n    expect holds q\n",
    ] {
        stable(text);
    }
    assert_eq!(
        printed("test \"a // b\" {\"x\": \"{ // \\\" `\",\r\n \"y\":1} expect holds a expect violated b,c"),
        "test \"a // b\" {\"x\": \"{ // \\\" `\",\n \"y\":1}\n    expect holds a\n    expect violated b, c\n"
    );
}

#[test]
fn blanks_line_ends_and_semicolons_are_the_layouts() {
    for (text, expected) in [
        ("\u{FEFF}a==b", "a == b\n"),
        ("\n\n a == b ;; c == d ;\r\n\r\n\r\n\r\ne == f\n\n\n", "a == b\nc == d\n\ne == f\n"),
        ("a == b\r// c\re == f", "a == b\n// c\ne == f\n"),
        (
            "section s\n\"节\"\n{ must r: a == b; c : money \"丙\" d : rate }",
            "section s \"节\" {\n    must r: a == b\n    c : money \"丙\"\n    d : rate\n}\n",
        ),
        (
            "section s {\n\n\n a : money\n\n\n b : money\n\n}",
            "section s {\n    a : money\n\n    b : money\n}\n",
        ),
        ("must\n r\n \"题\"\n when a > 0\n :\n b > 0", "must r \"题\" when a > 0:\n    b > 0\n"),
        ("should : a==b", "should: a == b\n"),
        ("a:count(人)\"人数\"under\"甲\"|\"乙\"", "a : count(人) \"人数\" under \"甲\" | \"乙\"\n"),
        (
            "///依据\n///\n/// \n///   third  \nmust: a == b",
            "/// 依据\n///\n///\n///   third\nmust: a == b\n",
        ),
    ] {
        assert_eq!(printed(text), expected, "{text:?}");
    }
}

#[test]
fn an_expression_has_the_brackets_it_needs() {
    for (text, expected) in [
        ("((a)) + (b * c) == (d)", "a + b * c == d"),
        ("(a + b) * c == d", "(a + b) * c == d"),
        ("a + (b + c) == (a * b) / c", "a + (b + c) == (a * b) / c"),
        ("x == a - (b - c)", "x == a - (b - c)"),
        ("x == -(-a)", "x == - -a"),
        ("x == -(a * b)", "x == -(a * b)"),
        ("x == a - (-b)", "x == a - -b"),
        ("(-a) * b == c", "(-a) * b == c"),
        ("(-a * b == c)", "(-a) * b == c"),
        ("(- -a == c)", "(- -a) == c"),
        ("(-(a + b) == c)", "(-(a + b)) == c"),
        ("f(-a) == -b", "f(-a) == -b"),
        ("(x in -1..b.c)", "x in -1..b.c"),
        ("(-x) in [-1, (\"乙\"), (a == b)]", "(-x) in [-1, \"乙\", a == b]"),
        ("a ?? (b ?? 0) == c", "(a ?? (b ?? 0)) == c"),
        ("(a ?? 0) == 1", "a ?? 0 == 1"),
        ("x@prior ?? x - d != 0", "(x@prior ?? x - d) != 0"),
        ("(a ?? b) + c == 0", "(a ?? b) + c == 0"),
        ("(a == b) == c", "(a == b) == c"),
        ("a == b == c within 0.01 万元", "a == b == c within 0.01 万元"),
        ("(a == b within 0) == c", "(a == b within 0) == c"),
        ("(not a) == b", "(not a) == b"),
        ("not (a == b)", "not a == b"),
        ("not (not (a))", "not not a"),
        ("not (a and b)", "not (a and b)"),
        ("(not a) and (b or c) or (d and e)", "not a and (b or c) or d and e"),
        ("(a and b) and c", "(a and b) and c"),
        ("(a or b) implies (c and d)", "a or b implies c and d"),
        ("a implies (b implies c)", "a implies (b implies c)"),
        ("(a implies b) implies c", "(a implies b) implies c"),
        ("(a implies b) or c", "(a implies b) or c"),
    ] {
        assert_eq!(printed(text), format!("{expected}\n"), "{text}");
    }
}

#[test]
fn leaves_are_printed_in_one_form() {
    for (text, expected) in [
        ("a<=0.05万元", "a <= 0.05 万元"),
        ("a == 5\u{3000}亿元+007-218.40", "a == 5 亿元 + 7 - 218.40"),
        ("a == 50％", "a == 50%"),
        ("a in 1 ..5%", "a in 1..5%"),
        ("`a` == `in`.`a//b`@prior@2018", "a == `in`.`a//b`@prior@2018"),
        ("`1a` == `党·政` + `a b`", "`1a` == 党·政 + `a b`"),
        (r#"a == "甲\"乙\\//""#, r#"a == "甲\"乙\\//""#),
        ("max( a,-b , sum( ) ) == 0", "max(a, -b, sum()) == 0"),
        // A word that would start an item below is no item in backticks.
        ("`section`\n`x`\n\"甲\" == y", "`section`\nx\n\"甲\" == y"),
        ("`section` implies \"甲\" == y", "`section` implies \"甲\" == y"),
        ("`use` == 1", "use == 1"),
    ] {
        assert_eq!(printed(text), format!("{expected}\n"), "{text}");
    }
}

#[test]
fn fields_without_a_blank_line_between_are_aligned() {
    assert_eq!(
        printed(
            "section s {\n a : money \"甲\" // one\n 基本支出 : count(人) \"人\" // two\n // between\n bb : rate\n\n c : money \"丙\" // three\n must r: a == b\n dd : money\n}"
        ),
        r#"section s {
    a        : money     "甲"  // one
    基本支出 : count(人) "人"  // two
    // between
    bb       : rate

    c : money "丙"  // three
    must r: a == b
    dd : money
}
"#
    );
}

#[test]
fn long_lines_break_behind_operators() {
    let long = |word: &str| word.repeat(30);
    let [a, b, c, d] = ["a", "b", "c", "d"].map(long);
    assert_eq!(
        printed(&format!("must r: {a} + {b} - {c} * {d} == 0")),
        format!("must r:\n    {a} + {b} -\n        {c} * {d} == 0\n")
    );
    assert_eq!(
        printed(&format!("must r when {a} > 0 and ({b} > 0 or {c} > 0) and not {d} > 0: a == b")),
        format!(
            "must r\n    when {a} > 0 and\n        ({b} > 0 or {c} > 0) and\n        not {d} > 0:\n    a == b\n"
        )
    );
    assert_eq!(
        printed(&format!("max({a}, {b}, {c}, {d}) == 0")),
        format!("max({a}, {b}, {c},\n    {d}) == 0\n")
    );
    assert_eq!(printed(&format!("x in [{a}, {b}, {c}, {d}]")), format!("x in [{a}, {b}, {c},\n    {d}]\n"));
    assert_eq!(
        printed(&format!("{a} > 0 or {b} > 0 implies {c} > 0 or {d} > 0")),
        format!("{a} > 0 or {b} > 0 implies\n    {c} > 0 or {d} > 0\n")
    );
    assert_eq!(
        printed(&format!("t : money \"{a}\" | \"{b}\" under \"{c}\" | \"{d}\"")),
        format!("t : money \"{a}\" |\n          \"{b}\" under \"{c}\" |\n          \"{d}\"\n")
    );
    assert_eq!(
        printed(&format!("each money x when {a} > 0 and {b} > 0 and {c} > 0 and {d} > 0 {{ must: x > 0 }}")),
        format!(
            "each money x when {a} > 0 and\n    {b} > 0 and\n    {c} > 0 and\n    {d} > 0 {{\n    must: x > 0\n}}\n"
        )
    );
}

#[test]
fn a_rule_of_110_columns_stays_on_its_line() {
    let fits = format!("must r \"{}\": {} == b\n", "预".repeat(40), "a".repeat(14));
    stable(&fits);
    assert_eq!(printed(&fits.replace("aa", "aaa")).lines().count(), 2);
}

#[test]
fn comments_stay_where_they_are() {
    for text in [
        "// top\n\n// above\na == b  // behind\n// below\n",
        "must x \"标题\":  // why\n    a == b\n",
        "must x \"标题\":\n    // why\n    a == b\n",
        "must r:\n    a +  // 一\n        b +  // 二\n        // own\n        c == d  // 三\n",
        "must q\n    when max(a,  // arg\n        b) > 0:  // g\n    a == b\n",
        "section s {  // head\n    // first\n\n    a : money \"甲\" |  // y1\n              \"乙\"  // y2\n\n    // last\n}  // closed\n",
        "// a\n/// doc\n// b\n/// doc\n// c\nmust: a == b\n",
        "//// four\n//\n//three\na == b  // ///\n",
        "must a:\n    max(  // 3\n        b) == c\n",
        "a == b  // x\n\n// y\n\nc == d\n",
    ] {
        stable(text);
    }
}

#[test]
fn comments_without_a_place_in_the_layout_go_above_their_item() {
    for (text, expected) in [
        ("must // a\n r // b\n : // c\n a == b // d", "// a\nmust r:  // b\n    // c\n    a == b  // d\n"),
        ("section s // a\n \"节\" // b\n{ // c\n}", "// a\n// b\nsection s \"节\" {  // c\n}\n"),
        ("a == (b // in\n) // end", "// in\na == b  // end\n"),
        ("a == b within // in\n 0.01", "// in\na == b within 0.01\n"),
        ("x // in\n == 5 + f(y // last\n)", "// in\n// last\nx == 5 + f(y)\n"),
        (
            "a : // in\n money \"甲\" | // two\n \"乙\"",
            "a : money \"甲\" |  // in\n          // two\n          \"乙\"\n",
        ),
        // Nothing in the brackets can be broken for it, so it goes to the next place behind them.
        (
            "a and (b < 0 and c < d within // in\n 0) and e",
            "a and\n    (b < 0 and c < d within 0) and  // in\n    e\n",
        ),
        ("a == b // one\n + c; // two", "a == b +  // one\n    c  // two\n"),
        (
            "test \"t\" {} // one\n expect // two\n holds a",
            "test \"t\" {}  // one\n    // two\n    expect holds a\n",
        ),
        ("ruleset r // in\n \"题\"", "// in\nruleset r \"题\"\n"),
    ] {
        assert_eq!(printed(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_rule_file_is_refused_with_all_its_errors() {
    let Err(FormatError::Syntax(errors)) = format("a.rules", "must r: a = b\nmust q: c = d") else {
        panic!("accepted")
    };
    assert_eq!(errors.errors().len(), 2);
    assert!(errors.to_string().starts_with("a.rules:1:11: "), "{errors}");
}

#[test]
fn what_the_layout_would_bring_over_a_limit_is_refused() {
    let terms = vec!["aaaaaaaaaaaaaaa"; 1_020].join("+");
    let text = format!("c == d\n{terms}==b");
    let Err(error @ FormatError::OverLimit(_)) = format("a.rules", &text) else { panic!("accepted") };
    assert!(error.to_string().starts_with("a.rules:2:1: "), "{error}");
}

#[test]
fn what_nests_to_the_limit_is_printed() {
    let test = || {
        let most = crate::limits::EXPRESSION_NESTING;
        let nested =
            |open: &str, close: &str| printed(&format!("a == {}b{}", open.repeat(most), close.repeat(most)));
        assert_eq!(nested("(", ")"), "a == b\n");
        nested("f(", ")");
        nested("-", "");
        let half = |open: &str, close: &str| format!("{}b{}", open.repeat(most / 2), close.repeat(most / 2));
        printed(&half("not (a and ", " or c)"));
        printed(&half("not (aaaaaaaaaaaaaaaaaaaaaaaaaaaaa and ", " // c\n or c)"));
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(test).unwrap().join().unwrap();
}
