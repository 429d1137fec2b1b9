//! The slips: what a clerk types who writes the first rules of a department.

/// A small rule file with a slip in it.
pub(crate) struct Slip {
    /// What went wrong, in a few words.
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    /// How many mistakes the file really has.
    pub(crate) errors: usize,
    /// The text underlined by the first error.
    pub(crate) underlined: &'static str,
}

const fn slip(name: &'static str, errors: usize, underlined: &'static str, text: &'static str) -> Slip {
    Slip { name, text, errors, underlined }
}

#[rustfmt::skip]
pub(crate) const SLIPS: &[Slip] = &[
    slip("全角加号与等号", 2, "＋", r#"section expenditure "支出预算" {
    total   : money "支出预算"
    basic   : money "基本支出"
    project : money "项目支出"
    must split "支出等于两项之和": basic ＋ project ＝ total
}
"#),
    slip("全角括号", 2, "（", r#"section fees "三公经费" {
    total : money "三公经费"
    car   : money "公务用车费"
    guest : money "公务接待费"
    must fits: total - （car + guest） >= 0
}
"#),
    slip("全角冒号", 1, "：", r#"section fees "三公经费" {
    total ： money "三公经费"
    must positive: total >= 0
}
"#),
    slip("中文引号", 1, "“会议费”", r#"section meetings “会议费” {
    total : money "会议费"
    must positive: total >= 0
}
"#),
    slip("语句末尾的中文分号", 1, "；", "basic + project == total；
delta == current - prior
"),
    slip("标签之间的顿号", 1, "、", r#"section expenditure "支出预算" {
    total : money "支出预算"、"本年支出合计"
    must positive: total >= 0
}
"#),
    slip("标签之间的逗号", 1, ",", r#"section expenditure "支出预算" {
    total : money "支出预算", "本年支出合计"
    must positive: total >= 0
}
"#),
    slip("用“且”", 1, "且", "must a_and_b: 基本支出 > 0 且 项目支出 > 0
"),
    slip("用“或”", 1, "或", "must either: 基本支出 > 0 或 项目支出 > 0
"),
    slip("用“非”", 1, "非", "must none: 非 支出合计 < 0
"),
    slip("用“等于”", 1, "等于", "must split: 基本支出 + 项目支出 等于 支出合计
"),
    slip("用“不超过”", 1, "不超过", "must fits: 公务接待费 不超过 三公经费
"),
    slip("用“如果……那么”", 1, "如果", "must if_then: 如果 基本支出 > 0 那么 支出合计 > 0
"),
    slip("用“必须”", 1, "必须", r#"必须 split "支出等于两项之和": 基本支出 + 项目支出 == 支出合计
"#),
    slip("用“应当”", 1, "应当", r#"section training "培训费" {
    total  : money     "培训费"
    people : count(人) "人数"
    应当 per_head "人均不超过500元": total / people <= 500元
}
"#),
    slip("全角百分号", 1, "％", r#"section staff "人员" {
    growth : rate "增幅"
    should modest: growth <= 50 ％
}
"#),
    slip("万当单位", 1, "30万", r#"section fees "三公经费" {
    total : money "三公经费"
    should small: total <= 30万
}
"#),
    slip("全角数字", 1, "３０", r#"section fees "三公经费" {
    total : money "三公经费"
    should small: total <= ３０万元
}
"#),
    slip("千分位逗号", 1, "1,000万元", r#"section fees "三公经费" {
    total : money "三公经费"
    should small: total <= 1,000万元
}
"#),
    slip("少冒号", 1, "total", r#"section fees "三公经费" {
    total : money "三公经费"
    must positive "三公经费不小于零" total >= 0
}
"#),
    slip("带括号的标签当名称", 1, "因公出国（境）费", r#"section fees "三公经费" {
    total : money "三公经费"
    must fits: 因公出国（境）费 <= total
}
"#),
    slip("字段名拼错", 1, "projcet", r#"section expenditure "支出预算" {
    total   : money "支出预算"
    basic   : money "基本支出"
    project : money "项目支出"
    must split: basic + projcet == total
}
"#),
    slip("标签有歧义", 1, "合计", r#"section income "收入预算" {
    total : money "合计"
}
section expenditure "支出预算" {
    total : money "合计"
}
must positive: 合计 >= 0
"#),
    slip("字段没有类型", 1, r#""支出预算""#, r#"section expenditure "支出预算" {
    total : "支出预算"
    basic : money "基本支出"
    must fits: basic <= total
}
"#),
    slip("类型写中文", 1, "金额", r#"section expenditure "支出预算" {
    total : 金额 "支出预算"
    must positive: total >= 0
}
"#),
    slip("金额与百分比相加", 1, "growth", r#"section expenditure "支出预算" {
    total  : money "支出预算"
    growth : rate  "增幅"
    must grows: total + growth > 0
}
"#),
    slip("人数与金额比较", 1, "total", r#"section training "培训费" {
    total  : money     "培训费"
    people : count(人) "人数"
    must fits: people <= total
}
"#),
    slip("一个等号", 1, "=", r#"section expenditure "支出预算" {
    total : money "支出预算"
    basic : money "基本支出"
    must same: basic = total
}
"#),
    slip("小于等于写反", 1, "=<", r#"section expenditure "支出预算" {
    total : money "支出预算"
    basic : money "基本支出"
    must fits: basic =< total
}
"#),
    slip("大于等于号", 1, "≥", r#"section expenditure "支出预算" {
    total : money "支出预算"
    basic : money "基本支出"
    must fits: total ≥ basic
}
"#),
    slip("括号没有闭合", 1, "(", r#"section expenditure "支出预算" {
    total   : money "支出预算"
    basic   : money "基本支出"
    project : money "项目支出"
    must split: total == (basic + project
    must fits: basic <= total
}
"#),
    slip("大括号没有闭合", 1, "{", r#"section expenditure "支出预算" {
    total : money "支出预算"
    basic : money "基本支出"

section income "收入预算" {
    total : money "收入预算"
}
must balance: income.total == expenditure.total
"#),
    slip("引号没有闭合", 1, r#"""#, r#"section expenditure "支出预算" {
    total : money "支出预算
    basic : money "基本支出"
    must fits: basic <= total
}
"#),
    slip("把章节名当字段", 1, "income", r#"section expenditure "支出预算" {
    total : money "支出预算"
}
section income "收入预算" {
    total : money "收入预算"
}
must balance: income == expenditure.total
"#),
    slip("规则没有must", 1, "split", r#"section expenditure "支出预算" {
    total   : money "支出预算"
    basic   : money "基本支出"
    project : money "项目支出"
    split: basic + project == total
}
"#),
    slip("断言没有must", 1, "basic + project == total", r#"section expenditure "支出预算" {
    total   : money "支出预算"
    basic   : money "基本支出"
    project : money "项目支出"
    basic + project == total
}
"#),
    slip("两条规则同名", 1, "fits", r#"section expenditure "支出预算" {
    total   : money "支出预算"
    basic   : money "基本支出"
    project : money "项目支出"
    must fits: basic <= total
    must fits: project <= total
}
"#),
    slip("字段声明两次", 1, "total", r#"section expenditure "支出预算" {
    total : money "支出预算"
    basic : money "基本支出"
    total : rate  "支出增幅"
    must fits: basic <= total
}
"#),
    slip("引用不存在的规则集", 1, "organisation", r#"use organisation
section subsidies "补助支出" {
    total : money "补助支出"
    must positive: total >= 0
}
"#),
    slip("豁免不存在的规则", 1, "expenditure.current_splits", r#"use organization
waive expenditure.current_splits because "已书面说明"
"#),
    slip("豁免没有理由", 1, "split", "use organization
waive expenditure.split
"),
    slip("测试写了中文结果", 1, "违反", r#"use organization
test "支出不平" {
    "expenditure": { "total": "10", "basic": "4", "project": "5" }
} expect 违反 expenditure.split
"#),
    slip("对一个算式求增减", 1, "delta(total - basic)", r#"section expenditure "支出预算" {
    total : money "支出预算"
    basic : money "基本支出"
    must change: delta(total - basic) >= 0
}
"#),
    slip("各部分没有求和", 1, "parts(total)", r#"section expenditure "支出预算" {
    total : money "支出预算"
    must parts_fit: parts(total) == total
}
"#),
    slip("表的列用在表外", 1, "function_expenditure.total", r#"table function_expenditure "支出情况表" {
    code  : code  "科目编码"
    total : money "合计"
}
section expenditure "支出预算" {
    total : money "支出预算"
}
must same: function_expenditure.total == expenditure.total
"#),
    slip("在表外用下级", 1, "children", r#"table function_expenditure "支出情况表" {
    code  : code  "科目编码"
    total : money "合计"
}
must roll_up: sum(function_expenditure.children.total) > 0
"#),
    slip("上年写作last", 1, "last", r#"section expenditure "支出预算" {
    total : money "支出预算"
    must grows: total >= total@last
}
"#),
    slip("上年写作上年", 1, "上年", r#"section expenditure "支出预算" {
    total : money "支出预算"
    must grows: total >= total@上年
}
"#),
    slip("年份带年字", 1, "2018年", r#"section expenditure "支出预算" {
    total : money "支出预算"
    must grows: total >= total@2018年
}
"#),
    slip("文字比大小", 1, r#""基本支出""#, r#"table function_expenditure "支出情况表" {
    name  : text  "科目名称"
    total : money "合计"
    must order: name > "基本支出"
}
"#),
    slip("比较方向不一致", 1, ">=", r#"section expenditure "支出预算" {
    total : money "支出预算"
    basic : money "基本支出"
    must fits: 0 <= basic >= total
}
"#),
    slip("容差写成算式", 1, "*", r#"section expenditure "支出预算" {
    total : money "支出预算"
    basic : money "基本支出"
    must same: basic == total within 0.01 * 2
}
"#),
    slip("西里尔字母", 1, "tоtal", r#"section expenditure "支出预算" {
    total : money "支出预算"
    must positive: tоtal >= 0
}
"#),
    slip("百分数没有百分号", 1, "46.5", r#"section staff "人员" {
    growth : rate "增幅"
    should modest: growth <= 46.5
}
"#),
    slip("条件写在后面", 1, "when", r#"section training "培训费" {
    total  : money     "培训费"
    people : count(人) "人数"
    must spent: total > 0 when people > 0
}
"#),
    slip("用电子表格的函数名", 1, "SUM", r#"section expenditure "支出预算" {
    total   : money "支出预算"
    basic   : money "基本支出"
    project : money "项目支出"
    must split: SUM(basic, project) == total
}
"#),
    slip("标题没有引号", 1, "支出不小于零", r#"section expenditure "支出预算" {
    total : money "支出预算"
    must positive 支出不小于零: total >= 0
}
"#),
    slip("章节没有名称", 1, r#""支出预算""#, r#"section "支出预算" {
    total : money "支出预算"
    must positive: total >= 0
}
"#),
    slip("人数带了单位", 1, "30人", r#"section training "培训费" {
    people : count(人) "人数"
    must many: people >= 30人
}
"#),
    slip("货币单位", 1, "人民币", r#"unit 人民币
section expenditure "支出预算" {
    total : money "支出预算"
    must positive: total >= 0
}
"#),
    slip("半角括号的名称", 1, "因公出国(境)费", r#"section fees "三公经费" {
    total : money "三公经费"
    must fits: 因公出国(境)费 <= total
}
"#),
    slip("没有相近的规则集", 1, "healthcare", r#"use healthcare
section subsidies "补助支出" {
    total : money "补助支出"
    must fits: total <= 支出预算
}
"#),
    slip("名称与点之间有空格", 1, ".", r#"section expenditure "支出预算" {
    total : money "支出预算"
}
must positive: expenditure . total >= 0
"#),
    slip("测试数据多一个逗号", 1, ",", r#"must split: 基本支出 + 项目支出 == 支出合计
test "支出不平" {
    "基本支出": "4", "项目支出": "5", "支出合计": "10",
} expect violated split
"#),
    slip("测试数据用全角引号", 1, "“基本支出”", r#"must split: 基本支出 + 项目支出 == 支出合计
test "支出不平" {
    “基本支出”: "4", "项目支出": "5", "支出合计": "10"
} expect violated split
"#),
    slip("规则集的标题没有引号", 1, "县教育局部门预算", r#"ruleset education 县教育局部门预算
section expenditure "支出预算" {
    total : money "支出预算"
    must positive: total >= 0
}
"#),
];
