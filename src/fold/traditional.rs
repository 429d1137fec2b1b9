//! Traditional characters as the simplified ones they are recognised by, from `grammar/traditional.txt`.

use std::sync::OnceLock;

const TEXT: &str = include_str!("../../grammar/traditional.txt");

/// The block that the table's characters are in, and those of nearly every Chinese text.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

/// The simplified character that a character is read as: itself, unless it is a traditional one.
///
/// One for one, without looking at its neighbours, so that a label cut from a text folds as the text does. 著 stays what
/// it is; 乾 becomes 干 in every word.
pub(super) fn simplified(c: char) -> char {
    let code = u32::from(c);
    if !(FIRST..=LAST).contains(&code) {
        return c;
    }
    static TABLE: OnceLock<Vec<u16>> = OnceLock::new();
    let folded = position(code).and_then(|at| TABLE.get_or_init(|| table(TEXT)).get(at)).copied();
    folded.filter(|to| *to != 0).and_then(|to| char::from_u32(u32::from(to))).unwrap_or(c)
}

fn position(code: u32) -> Option<usize> {
    usize::try_from(code.checked_sub(FIRST)?).ok()
}

/// For every character of the block what it is read as, or zero where that is itself.
fn table(text: &str) -> Vec<u16> {
    let mut table = vec![0; position(LAST).map_or(0, |last| last.saturating_add(1))];
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut chars = line.chars().map(u32::from);
        let Some(to) = chars.next().and_then(|to| u16::try_from(to).ok()) else { continue };
        for from in chars {
            if let Some(slot) = position(from).and_then(|at| table.get_mut(at)) {
                *slot = to;
            }
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> impl Iterator<Item = Vec<char>> {
        TEXT.lines().filter(|line| !line.starts_with('#')).map(|line| line.chars().collect())
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        let mut entries = 0;
        for line in lines() {
            let (to, from) = line.split_first().unwrap();
            assert!(!from.is_empty(), "{to} is read as nothing");
            for c in from {
                assert_eq!(simplified(*c), *to);
                entries += 1;
            }
        }
        assert_eq!(
            table(TEXT).iter().filter(|to| **to != 0).count(),
            entries,
            "a character stands in two lines"
        );
        assert!(entries > 2_900);
    }

    #[test]
    fn what_is_folded_is_folded_no_further() {
        for line in lines() {
            assert_eq!(line.first().copied().map(simplified), line.first().copied());
        }
    }

    #[test]
    fn the_words_of_budgets_are_read_in_either_spelling() {
        for (printed, read) in [
            ("經費預算決算單位財政撥款", "经费预算决算单位财政拨款"),
            ("公務用車購置及運行維護費", "公务用车购置及运行维护费"),
            ("會議費培訓費機關國有資產", "会议费培训费机关国有资产"),
            ("億元萬元佔較減少增長總計", "亿元万元占较减少增长总计"),
            ("年末結餘收支結余之後這裡", "年末结余收支结余之后这里"),
            ("臺灣辦與為於幹發徵收乾", "台湾办与为于干发征收干"),
            ("著作著干征于后里台", "著作著干征于后里台"),
        ] {
            assert_eq!(printed.chars().map(simplified).collect::<String>(), read);
        }
    }
}
