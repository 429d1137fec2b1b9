//! Units of figures.

use std::fmt;

use super::Rational;

/// What a figure is counted in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Unit {
    /// 元.
    Yuan,
    /// 千元, a thousand 元.
    ThousandYuan,
    /// 万元, ten thousand 元: what county documents are written in. Printed `万` too.
    #[default]
    WanYuan,
    /// 亿元, 10^8 元. Printed `亿` too.
    YiYuan,
    /// Percent: of a rate, a share, a completion.
    Percent,
    /// Things counted: `人`, `辆`, `个`.
    Counter(String),
    /// A plain number.
    Plain,
}

impl Unit {
    /// The unit that a text names, counters excepted: `万元`, `万`, `％`.
    pub fn named(text: &str) -> Option<Unit> {
        match text {
            "元" => Some(Unit::Yuan),
            "千元" => Some(Unit::ThousandYuan),
            "万元" | "万" => Some(Unit::WanYuan),
            "亿元" | "亿" => Some(Unit::YiYuan),
            "%" | "％" => Some(Unit::Percent),
            _ => None,
        }
    }

    /// Whether the unit is one of money.
    pub fn is_money(&self) -> bool {
        self.yuan_power().is_some()
    }

    /// The power of ten that turns one of these into 元.
    pub fn yuan_power(&self) -> Option<i32> {
        match self {
            Unit::Yuan => Some(0),
            Unit::ThousandYuan => Some(3),
            Unit::WanYuan => Some(4),
            Unit::YiYuan => Some(8),
            Unit::Percent | Unit::Counter(_) | Unit::Plain => None,
        }
    }

    /// What one of these is in arithmetic: 万元 for money, a plain number for the rest (46.5% is 0.465).
    pub(crate) fn factor(&self) -> Option<Rational> {
        match self {
            Unit::Percent => Rational::power_of_ten(-2),
            Unit::Counter(_) | Unit::Plain => Some(Rational::ONE),
            money => Rational::power_of_ten(money.yuan_power()?.checked_sub(4)?),
        }
    }

    /// The unit as a reader writes it; empty for a plain number.
    pub fn as_str(&self) -> &str {
        match self {
            Unit::Yuan => "元",
            Unit::ThousandYuan => "千元",
            Unit::WanYuan => "万元",
            Unit::YiYuan => "亿元",
            Unit::Percent => "%",
            Unit::Counter(counter) => counter,
            Unit::Plain => "",
        }
    }
}

/// Counters of one kind of thing: people, occasions, vehicles.
const COUNTERS: [&[&str]; 3] =
    [&["人", "人次", "名", "位"], &["批次", "批", "次", "场", "场次", "期"], &["辆", "台", "部"]];

/// Whether a figure printed with one counter may be of what is counted in another: 人 and 人次 may be the same people,
/// 批次 are none. 个 stands for any counter, but what is counted in 个 is no number of occasions: 团组2个，累计15人次.
pub(crate) fn may_count(printed: &str, asked: &str) -> bool {
    let family = |counter: &str| COUNTERS.iter().position(|family| family.contains(&counter));
    match (family(printed), family(asked)) {
        (Some(own), Some(other)) => own == other,
        _ => asked != "个" || !printed.ends_with('次'),
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
