//! How to mend what is wrong with a rule file.

use super::RuleErrorKind;
use super::meant;
use crate::Lang;
use crate::ruleset::look_alike;

/// How to write it instead, in Chinese and in English.
pub(super) fn hint(kind: &RuleErrorKind, text: &str) -> Option<(String, String)> {
    let both = |zh: &str, en: &str| Some((zh.to_owned(), en.to_owned()));
    let did_you_mean = |word: &str| Some((format!("是否指 {word}？"), format!("did you mean {word}?")));
    match kind {
        RuleErrorKind::Syntax(error) => Some((error.hint(Lang::Zh)?, error.hint(Lang::En)?)),
        RuleErrorKind::NotText => both("在编辑器中另存为 UTF-8 编码", "save it as UTF-8 in your editor"),
        RuleErrorKind::CannotRead { .. }
        | RuleErrorKind::TooManyRules
        | RuleErrorKind::TooManyFiles
        | RuleErrorKind::NumberTooLarge => None,
        RuleErrorKind::UnknownSet { name, .. } => match meant::set(name) {
            Some(set) => did_you_mean(set),
            // Asked for by a program, and not by a file that could have a neighbour.
            None if text.is_empty() => None,
            None => Some((
                format!("请核对名称，或把 {name}.rules 放在本文件的文件夹中"),
                format!("check the name, or put {name}.rules in the folder of this file"),
            )),
        },
        RuleErrorKind::UseCycle { .. } => both("删去其中一个 use", "drop one of the two"),
        RuleErrorKind::UnknownName { name, nearest } => match (look_alike::letter(name), nearest) {
            (Some(letter), nearest) => {
                let code = u32::from(letter);
                let again = nearest.as_ref().map_or(String::new(), |nearest| format!("：{nearest}"));
                Some((
                    format!("其中的“{letter}”（U+{code:04X}）形似别的字母，请重新输入{again}"),
                    format!(
                        "its `{letter}` (U+{code:04X}) looks like another letter: type it again{}",
                        again.replace('：', ": ")
                    ),
                ))
            }
            (None, Some(nearest)) => did_you_mean(nearest),
            (None, None) => both(
                "请先在 section 中声明，例如 total : money \"支出预算\"；声明在别的规则集中的，用 use 引入",
                "declare it in a section first, as in `total : money \"支出预算\"`; or `use` the set that declares it",
            ),
        },
        RuleErrorKind::AmbiguousName { candidates, .. } | RuleErrorKind::AmbiguousRule { candidates, .. } => {
            Some((
                format!("请写全名：{}", candidates.join(" 或 ")),
                format!("write its full name: {}", candidates.join(" or ")),
            ))
        }
        RuleErrorKind::UnknownKind(word) => match meant::kind(word) {
            Some(kind) => did_you_mean(kind),
            None => both(
                "金额写 money，百分比写 rate，人数写 count(人)",
                "an amount is `money`, a percentage `rate`, a number of people `count(人)`",
            ),
        },
        RuleErrorKind::UnknownFunction(word) => match meant::function(word) {
            Some(function) => did_you_mean(function),
            None => both(
                "若这是带括号的名称，用反引号括起，例如 `因公出国(境)费`",
                "if it is a name with brackets, put it in backticks, as in `` `因公出国(境)费` ``",
            ),
        },
        RuleErrorKind::UnknownPeriod(word) => match meant::period(word) {
            Some(period) => Some((format!("写作 @{period}"), format!("write `@{period}`"))),
            None => both("上年写作 total@prior", "the prior year is written `total@prior`"),
        },
        RuleErrorKind::RepeatedPeriod(_) => both(
            "写作 total@prior@budget，或删去其中一个",
            "write `total@prior@budget`, or drop one of the two",
        ),
        RuleErrorKind::WrongArguments { function, .. } => Some(arguments(function)),
        RuleErrorKind::KindMismatch { left, right } => mismatch(left, right),
        RuleErrorKind::MeaninglessProduct { .. } => both(
            "金额可以除以金额（占比）、除以数量（人均），或乘以百分比",
            "money is divided by money (a share) or by a count (per head), and multiplied by a rate",
        ),
        RuleErrorKind::NotATruth => both(
            "写成一个比较，例如 basic + project == total",
            "write a comparison, as in `basic + project == total`",
        ),
        RuleErrorKind::NotAFigure => {
            both("两个判断用 and 连接：a == b and c == d", "join two comparisons: `a == b and c == d`")
        }
        RuleErrorKind::ListAlone => {
            // `delta(parts(total))` is shown as it is written; what is long or broken over lines is not.
            let is_short = !text.is_empty() && text.len() <= 60 && !text.chars().any(char::is_control);
            let list = if is_short { text } else { "parts(total)" };
            Some((format!("求和写作 sum({list})"), format!("for its sum write `sum({list})`")))
        }
        RuleErrorKind::WordsOrdered => both(
            "若它是数字，请把字段的类型改为 money、number 或 year",
            "if it is a number, make the field's kind `money`, `number` or `year`",
        ),
        RuleErrorKind::WordsInArithmetic => {
            both("要数有多少项，写 count(…)", "to tell how many there are, write `count(…)`")
        }
        RuleErrorKind::ToleranceUnit => both(
            "不是金额的比较，容差不带金额单位：within 1 或 within 0.1%",
            "beside what is no money, a tolerance has no unit of money: `within 1` or `within 0.1%`",
        ),
        RuleErrorKind::Duplicate { .. } => {
            both("删去其中一处，或换一个名称", "drop one of the two, or give it another name")
        }
        RuleErrorKind::SectionKind { .. } => {
            both("与先前写成同一种，或换一个名称", "open it as the same kind, or give it another name")
        }
        RuleErrorKind::SectionAlone { example, .. } => Some((
            format!("写字段的全名，例如 {example}"),
            format!("write the field's full name, as in {example}"),
        )),
        RuleErrorKind::FieldInEach => both("把它移到 section 中", "move it to a section"),
        RuleErrorKind::EachKind(_) => both("写作 each money x { … }", "write it as in `each money x { … }`"),
        RuleErrorKind::WordsOutsideTable(_) => both(
            "把它移到 table 中，或改为 money 等类型",
            "move it to a table, or make it `money` or another kind",
        ),
        RuleErrorKind::BaseAlone(_) | RuleErrorKind::UnknownBase => both(
            "与上年相比写作 delta(x)；与预算相比写作 delta(x, budget)、delta(x, prior budget) 或 delta(x, prior actual)",
            "against the prior year it is delta(x); else delta(x, budget), delta(x, prior budget) or delta(x, prior actual)",
        ),
        RuleErrorKind::NotATable(name) => Some((
            format!("section 中的字段写作 {name}.字段名"),
            format!("a field of a section is written `{name}.field`"),
        )),
        RuleErrorKind::NoCodeColumn(_) => both(
            "在表中声明编码列，例如 code : code \"科目编码\"",
            "declare one in the table, as in `code : code \"科目编码\"`",
        ),
        RuleErrorKind::ChildrenOutside => both(
            "在表内的规则中写 sum(children.列名)；表外可用 表名.top.列名",
            "write sum(children.column) in a rule of the table; outside it there is table.top.column",
        ),
        RuleErrorKind::UnknownRule { nearest: Some(nearest), .. } => did_you_mean(nearest),
        RuleErrorKind::UnknownRule { nearest: None, .. } => both(
            "写规则的全名，例如 expenditure.split；规则在别的规则集中的，用 use 引入",
            "write the rule's full name, as in `expenditure.split`; or `use` the set that has it",
        ),
        RuleErrorKind::UnknownVerdict(word) => did_you_mean(meant::verdict(word)?),
        RuleErrorKind::NoReason => both("在 because 后写明理由", "say why, behind `because`"),
        RuleErrorKind::LookAlike { .. } => {
            both("请用英文（半角）或中文重新输入这个名称", "type the name again, in one alphabet")
        }
        RuleErrorKind::OnlyInGuards(name) => Some((
            format!("写作 must 规则名 when {name} == …: a == b"),
            format!("write it as in `must rule when {name} == …: a == b`"),
        )),
        RuleErrorKind::ReservedRule(_) => both("换一个名称", "give the rule another name"),
        RuleErrorKind::PercentMeant(number) => Some((
            format!("若指百分数，写作 {number}%"),
            format!("if a percentage is meant, write `{number}%`"),
        )),
    }
}

/// How a function is called.
fn arguments(function: &str) -> (String, String) {
    let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    match function {
        "abs" => both("例如 abs(income - expenditure)", "as in `abs(income - expenditure)`"),
        "round" => both("例如 round(total / people, 2)", "as in `round(total / people, 2)`"),
        "sum" | "min" | "max" | "count" => {
            let example = format!("{function}(basic, project)");
            (
                format!("例如 {example} 或 {function}(parts(total))"),
                format!("as in `{example}` or `{function}(parts(total))`"),
            )
        }
        "parts" | "stated" => (format!("例如 {function}(total)"), format!("as in `{function}(total)`")),
        _ => (
            format!(
                "括号里只写一个名称，例如 {function}(total)；要加减的写在外面：{function}(a) - {function}(b)"
            ),
            format!(
                "name one field in the brackets, as in `{function}(total)`; add and subtract outside them: `{function}(a) - {function}(b)`"
            ),
        ),
    }
}

/// How two kinds are brought together.
fn mismatch(left: &str, right: &str) -> Option<(String, String)> {
    let both = |zh: &str, en: &str| Some((zh.to_owned(), en.to_owned()));
    let is = |one: &str, other: &str| {
        let kind = |kind: &str, wanted: &str| kind == wanted || kind.starts_with(&format!("{wanted}("));
        kind(left, one) && kind(right, other) || kind(left, other) && kind(right, one)
    };
    if is("money", "rate") {
        both(
            "按百分比计算的金额写作 total * 50%；占比写作 basic / total <= 50%",
            "a percentage of an amount is `total * 50%`; a share is `basic / total <= 50%`",
        )
    } else if is("money", "count") {
        both("人均等写作 total / people <= 0.05", "an amount per head is `total / people <= 0.05`")
    } else if is("money", "number") {
        both(
            "占比写作 basic / total <= 0.5；金额直接写作 total <= 0.5",
            "a share is `basic / total <= 0.5`; an amount is `total <= 0.5`",
        )
    } else if is("count", "count") {
        both("单位不同的数量分别比较", "compare what is counted in different units apart")
    } else if left == "text" || right == "text" || left == "code" || right == "code" {
        both("文字写在双引号中，数字不加引号", "words stand in double quotes, numbers without")
    } else {
        None
    }
}
