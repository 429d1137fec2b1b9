//! What an unknown word was meant for: the nearest word there is, or the one for what it says in Chinese, in a spreadsheet
//! or in another language.

use crate::ruleset::bundled;
use crate::ruleset::field::Kind;
use crate::ruleset::names::nearest_of;
use crate::verdict::Verdict;

/// The functions, in the order in which a message lists them.
pub(super) const FUNCTIONS: [&str; 12] =
    ["sum", "count", "min", "max", "abs", "round", "delta", "rate", "share", "completion", "parts", "stated"];

pub(super) fn set(word: &str) -> Option<&'static str> {
    nearest(word, bundled::names())
}

pub(super) fn kind(word: &str) -> Option<&'static str> {
    Some(match word {
        "金额" | "钱" | "金钱" | "元" | "万元" | "amount" | "currency" | "decimal" => "money",
        "比率" | "比例" | "百分比" | "百分数" | "增幅" | "percent" | "percentage" | "ratio" => {
            "rate"
        }
        "数量" | "人数" | "人" | "integer" | "int" => "count(人)",
        "车辆" | "辆" => "count(辆)",
        "数" | "数字" | "数值" | "小数" | "float" => "number",
        "年" | "年份" | "年度" | "date" => "year",
        "文字" | "文本" | "名称" | "string" => "text",
        "编码" | "代码" | "科目编码" => "code",
        word => nearest(word, Kind::WORDS.into_iter())?,
    })
}

pub(super) fn function(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "求和" | "合计" | "总和" | "之和" | "total" | "add" => "sum",
        "计数" | "个数" | "数量" | "counta" => "count",
        "最小" | "最小值" => "min",
        "最大" | "最大值" => "max",
        "绝对值" => "abs",
        "四舍五入" | "取整" => "round",
        "增减" | "增减额" | "增长额" | "变动" | "change" | "diff" => "delta",
        "增减率" | "增长率" | "增幅" | "变动率" | "growth" | "percent" => "rate",
        "占比" | "比重" => "share",
        "完成率" | "完成预算" => "completion",
        "其中" | "明细" | "各项" | "part" | "children" => "parts",
        "有" | "已列" | "exists" | "isblank" => "stated",
        word => nearest(word, FUNCTIONS.into_iter())?,
    })
}

pub(super) fn period(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "上年" | "去年" | "上年数" | "上一年" | "上年度" | "last" | "previous" | "lastyear" | "last_year" => {
            "prior"
        }
        "上年预算" | "去年预算" | "上年预算数" => "prior@budget",
        "上年决算" | "去年决算" | "上年决算数" => "prior@actual",
        "预算" | "预算数" | "年初预算" | "plan" => "budget",
        "决算" | "决算数" | "执行" | "执行数" | "实际" | "final" => "actual",
        word => nearest(word, ["prior", "budget", "actual"].into_iter())?,
    })
}

pub(super) fn verdict(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "成立" | "通过" | "正确" | "pass" | "passes" | "ok" | "true" | "valid" => "holds",
        "违反" | "不成立" | "错误" | "不通过" | "fail" | "fails" | "error" | "false" | "invalid" => {
            "violated"
        }
        "不适用" | "missing" => "not_applicable",
        "四舍五入" | "舍入" | "rounding" => "within_rounding",
        "无法判断" | "unknown" => "undecidable",
        word => nearest(word, Verdict::ALL.into_iter().map(Verdict::as_str))?,
    })
}

fn nearest(word: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let known: Vec<&'static str> = known.collect();
    let nearest = nearest_of(word, known.iter().copied())?;
    known.into_iter().find(|known| *known == nearest)
}
