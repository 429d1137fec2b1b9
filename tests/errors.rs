//! `docs/errors.md` and the program are one: each code has its section, and the examples show just that error.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use gouji::report::{error_page, error_title};
use gouji::ruleset::RuleError;
use gouji::{Lang, RuleSet};

const PAGE: &str = include_str!("../docs/errors.md");

/// Codes whose error no text of a few lines has.
const WITHOUT_EXAMPLE: [&str; 5] = ["E901", "E902", "E903", "E904", "E999"];

/// The sections of the page: the code, and what stands below the heading.
fn sections() -> Vec<(&'static str, &'static str)> {
    let sections = PAGE.split("\n## ").skip(1);
    sections
        .map(|section| (section.split_once(' ').unwrap().0, section.split_once('\n').unwrap().1))
        .collect()
}

fn blocks<'a>(body: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    body.split(fence.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// The codes of the errors of a text, or of its warnings where it has no error.
fn codes(text: &str) -> Vec<&'static str> {
    match RuleSet::builder().file("example.rules", text).build() {
        Ok(rules) => rules.warnings().iter().map(RuleError::code).collect(),
        Err(error) => error.errors().iter().map(RuleError::code).collect(),
    }
}

#[test]
fn each_code_has_one_section_in_the_order_of_the_table() {
    let documented: Vec<_> = sections().into_iter().map(|(code, _)| code).collect();
    assert_eq!(documented, RuleError::CODES);
    assert!(RuleError::CODES.is_sorted(), "a code twice, or out of order");
}

#[test]
fn each_wrong_example_yields_its_code_first_and_each_mended_one_nothing() {
    let mut wrong = Vec::new();
    for (code, body) in sections() {
        let (bad, good) = (blocks(body, "wrong"), blocks(body, "rules"));
        let wanted = usize::from(!WITHOUT_EXAMPLE.contains(&code));
        if (bad.len(), good.len()) != (wanted, wanted) {
            wrong.push(format!("{code}: {} wrong examples, {} mended", bad.len(), good.len()));
        }
        for text in bad {
            if codes(text).first() != Some(&code) {
                wrong.push(format!("{code}: yields {:?}\n{text}", codes(text)));
            }
        }
        for text in good {
            if !codes(text).is_empty() {
                let error = RuleSet::parse(text).err().map(|error| error.to_string());
                wrong.push(format!("{code}: mended yields {:?} {error:?}\n{text}", codes(text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_no_example_shows_has_its_code_too() {
    let of = |built: Result<RuleSet, gouji::RuleSetError>| built.unwrap_err().errors()[0].code();
    assert_eq!(of(RuleSet::builder().bytes("a.rules", b"\xff\xfe").build()), "E901");
    assert_eq!(of(RuleSet::builder().path("no/such.rules").build()), "E902");
    assert_eq!(codes(&format!("must r: {}a == b", "(".repeat(100)))[0], "E903");
    assert_eq!(codes(&"must r: a = b\n".repeat(200)).last(), Some(&"E904"));
}

#[test]
fn a_page_is_in_one_language() {
    for code in RuleError::CODES {
        let (zh, en) = (error_page(code, Lang::Zh).unwrap(), error_page(code, Lang::En).unwrap());
        assert!(zh.starts_with(&format!("{code} {}\n", error_title(code, Lang::Zh).unwrap())), "{zh}");
        let said = |page: &str| page.split("\n\n").nth(1).unwrap().to_owned();
        assert!(said(&zh).chars().any(|c| ('\u{4e00}'..'\u{a000}').contains(&c)), "{zh}");
        assert!(said(&en).starts_with(|c: char| c.is_ascii() || c == '`'), "{en}");
    }
    let page = error_page("e012", Lang::Zh).unwrap();
    let shown = "E012 百分号要紧跟数字\n\n% 只能紧挨在数字后面，中间没有空格。算百分比不用 % 运算。\n\n错误写法：\n    \
                 must half: 基本支出 >= 50 % * 支出合计\n\n应写作：\n    must half: 基本支出 >= 50% * 支出合计\n";
    assert_eq!(page, shown);
}
