//! What is wrong with a rule file, in words.

use std::io;

use super::{RuleErrorKind, meant};
use crate::ruleset::bundled;
use crate::ruleset::field::Kind;
use crate::verdict::Verdict;
use crate::{Lang, limits};

/// What is wrong, in Chinese and in English. One long table, so that the compiler misses a kind that has no words.
pub(super) fn words(kind: &RuleErrorKind) -> (String, String) {
    let fixed = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    match kind {
        RuleErrorKind::Syntax(error) => (error.message(Lang::Zh), error.message(Lang::En)),
        RuleErrorKind::NotText => fixed("规则文件不是 UTF-8 文本", "a rule file is UTF-8 text"),
        RuleErrorKind::CannotRead { name, why } => match why {
            io::ErrorKind::NotFound => {
                (format!("没有这个规则文件：{name}"), format!("no such rule file: {name}"))
            }
            io::ErrorKind::PermissionDenied => (
                format!("没有权限读取规则文件：{name}"),
                format!("no permission to read the rule file {name}"),
            ),
            why => {
                (format!("读不了规则文件 {name}：{why}"), format!("cannot read the rule file {name}: {why}"))
            }
        },
        RuleErrorKind::UnknownSet { name, folder } => {
            let known = bundled::names().collect::<Vec<_>>().join(", ");
            let (zh, en) = match folder {
                Some(folder) if folder.is_empty() => (
                    format!("，本文件夹中也没有 {name}.rules"),
                    format!(", and this folder has no {name}.rules"),
                ),
                Some(folder) => (
                    format!("，{folder} 中也没有 {name}.rules"),
                    format!(", and {folder} has no {name}.rules"),
                ),
                None => (String::new(), String::new()),
            };
            (
                format!("没有名为 {name} 的内置规则集{zh}；内置的有：{known}"),
                format!("no bundled rule set is named {name}{en}; there are: {known}"),
            )
        }
        RuleErrorKind::UseCycle { name, first: None } => {
            (format!("{name} 引用了自己"), format!("{name} uses itself"))
        }
        RuleErrorKind::UseCycle { name, .. } => (
            format!("循环引用：{name} 正是经由另一个 use 引用本文件的"),
            format!("these sets use each other: {name} is what led here"),
        ),
        RuleErrorKind::TooManyFiles => (
            format!("一个规则集最多 {} 个文件", limits::RULE_FILES),
            format!("a rule set has at most {} files", limits::RULE_FILES),
        ),
        RuleErrorKind::TooManyRules => (
            format!("一个规则集最多 {} 条规则", limits::RULES),
            format!("a rule set has at most {} rules", limits::RULES),
        ),
        RuleErrorKind::UnknownName { name, .. } => (
            format!("没有哪个字段的名称或标签是“{name}”"),
            format!("no field has the name or label \"{name}\""),
        ),
        RuleErrorKind::AmbiguousName { name, .. } => {
            (format!("“{name}”是几个字段的标签"), format!("several fields have the label \"{name}\""))
        }
        RuleErrorKind::UnknownKind(name) => {
            let known = Kind::WORDS.join(", ");
            (
                format!("没有“{name}”这种类型，应为：{known}"),
                format!("no kind is named \"{name}\"; there are: {known}"),
            )
        }
        RuleErrorKind::UnknownFunction(name) => {
            let known = meant::FUNCTIONS.join(", ");
            (
                format!("没有函数“{name}”，现有：{known}"),
                format!("no function is named \"{name}\"; there are: {known}"),
            )
        }
        RuleErrorKind::UnknownPeriod(word) => (
            format!("@ 后应为 prior、年份（如 2018）、budget 或 actual，而不是“{word}”"),
            format!("behind @ stands prior, a year such as 2018, budget or actual, not \"{word}\""),
        ),
        RuleErrorKind::RepeatedPeriod(word) => (
            format!("@{word} 与前面的 @ 重复：一个数只有一个年份、一个口径"),
            format!("`@{word}` comes second: a figure is of one year and in one basis"),
        ),
        RuleErrorKind::WrongArguments { function, takes: (zh, en) } => {
            (format!("{function} 的参数应为{zh}"), format!("{function} takes {en}"))
        }
        RuleErrorKind::KindMismatch { left, right } => (
            format!("{}与{}不能相加减，也不能比较", in_chinese(left), in_chinese(right)),
            format!("{left} and {right} neither add nor compare"),
        ),
        RuleErrorKind::MeaninglessProduct { left, right } => (
            format!("{}与{}这样相乘除没有意义", in_chinese(left), in_chinese(right)),
            format!("{left} times or over {right} means nothing"),
        ),
        RuleErrorKind::NotATruth => {
            fixed("这里应是一个判断，而不是一个数", "a comparison was expected here, not a figure")
        }
        RuleErrorKind::NotAFigure => {
            fixed("这里应是一个数，而不是一个判断", "a figure was expected here, not a comparison")
        }
        RuleErrorKind::ListAlone => fixed(
            "这是一组数，只能放在 sum、count、min 或 max 里",
            "this is a list: it stands inside sum, count, min or max",
        ),
        RuleErrorKind::WordsOrdered => {
            fixed("文字只能用 == 或 != 比较", "words are compared by == and != only")
        }
        RuleErrorKind::ToleranceUnit => fixed(
            "容差的单位与比较的对象不符",
            "the tolerance is in a unit that the comparison does not have",
        ),
        RuleErrorKind::Duplicate { name, .. } => {
            (format!("“{name}”写了两次"), format!("\"{name}\" is declared twice"))
        }
        RuleErrorKind::SectionKind { name, .. } => (
            format!("{name} 先前声明的不是这一种（section、stock section 或 table）"),
            format!("{name} was declared as another kind before: section, stock section or table"),
        ),
        RuleErrorKind::FieldInEach => {
            fixed("each 里只写规则，字段请写在 section 里", "an each holds rules; fields stand in a section")
        }
        RuleErrorKind::WordsOutsideTable(kind) => (
            format!("{kind} 字段只能写在 table 里"),
            format!("a field of kind {kind} stands in a table only"),
        ),
        RuleErrorKind::WordsInArithmetic => fixed(
            "文字和编码不能参与计算，只能比较或计数",
            "words and codes are compared or counted, not reckoned with",
        ),
        RuleErrorKind::BaseAlone(words) => (
            format!("{words} 只能作 delta 和 rate 的第二个参数"),
            format!("{words} is known as the second argument of delta and rate only"),
        ),
        RuleErrorKind::UnknownBase => {
            fixed("这里应写明与什么相比", "this says no base that a change can be against")
        }
        RuleErrorKind::NotATable(name) => {
            (format!("{name} 不是一个 table，没有行"), format!("{name} is no table and has no rows"))
        }
        RuleErrorKind::NoCodeColumn(table) => (
            format!("{table} 没有 code 类型的列，分不出上下级"),
            format!("{table} has no column of kind code, by which its rows are ordered"),
        ),
        RuleErrorKind::ChildrenOutside => fixed(
            "children 是本行的下级各行，只能用在表内的规则里",
            "children are the rows below the row at hand: they are known in the rules of a table only",
        ),
        RuleErrorKind::NumberTooLarge => {
            fixed("这里有数字按本文件的单位换算后过大", "a number here does not fit in the unit of its file")
        }
        RuleErrorKind::UnknownRule { name, .. } => {
            (format!("没有名为“{name}”的规则"), format!("no rule is named \"{name}\""))
        }
        RuleErrorKind::AmbiguousRule { name, .. } => {
            (format!("有几条规则名为“{name}”"), format!("several rules are named \"{name}\""))
        }
        RuleErrorKind::UnknownVerdict(word) => {
            let known = Verdict::ALL.map(Verdict::as_str).join(", ");
            (
                format!("“{word}”不是判断结果，应为：{known}"),
                format!("\"{word}\" is no verdict; there are: {known}"),
            )
        }
        RuleErrorKind::NoReason => fixed("豁免没有写明理由", "a waiver gives its reason"),
        RuleErrorKind::LookAlike { name, letter } => (
            format!("名称“{name}”中的“{letter}”（U+{:04X}）形似别的字母", u32::from(*letter)),
            format!(
                "the `{letter}` (U+{:04X}) in the name \"{name}\" looks like another letter",
                u32::from(*letter)
            ),
        ),
        RuleErrorKind::OnlyInGuards(name) => {
            (format!("{name} 只能用在 when 之后的条件里"), format!("{name} is known behind `when` only"))
        }
        RuleErrorKind::SectionAlone { name, .. } => {
            (format!("{name} 是一节（section）的名称，不是字段"), format!("{name} is a section, not a field"))
        }
        RuleErrorKind::ReservedRule(name) => {
            (format!("{name} 是内置检查的名称"), format!("{name} is the name of a built-in check"))
        }
        RuleErrorKind::PercentMeant(number) => (
            format!("这里与百分比（rate）比较，而 {number} 没有百分号，即 {number} 倍"),
            format!("{number} beside a rate is {number} times, not {number}%"),
        ),
        RuleErrorKind::EachKind(kind) => (
            format!("each 只能用于 money、rate、count 或 number，而不是 {kind}"),
            format!("each runs over money, rate, count or number, not {kind}"),
        ),
    }
}

/// A kind with what it is called: a clerk knows 金额, the file says `money`.
fn in_chinese(kind: &str) -> String {
    let name = match kind.split('(').next().unwrap_or(kind) {
        "money" => "金额",
        "rate" => "百分比",
        "count" => "数量",
        "number" => "数",
        "year" => "年份",
        "text" => "文字",
        "code" => "编码",
        _ => return kind.to_owned(),
    };
    format!("{name}（{kind}）")
}
