//! Pinyin in brackets behind a character, which a careless conversion of a page leaves there: `預(yù)算`, `經(jīng)費`.

/// Letters of the longest syllable: zhuāng.
const LONGEST: usize = 6;

/// How many bytes of a text are a syllable and the bracket that closes it, where it starts behind the opening bracket.
///
/// Only what has a tone mark: `(men)` or `(GDP)` may be said by the author. So one bracket is judged by itself, and a
/// label cut from a text folds as the text does.
pub(super) fn closed_syllable(text: &str) -> Option<usize> {
    let mut length: usize = 0;
    let mut syllable = Syllable::default();
    for c in text.chars().take(LONGEST.saturating_add(1)) {
        length = length.saturating_add(c.len_utf8());
        if matches!(c, ')' | '）') {
            return syllable.is_whole().then_some(length);
        }
        syllable.add(c)?;
    }
    None
}

/// What a syllable is made of, in this order.
#[derive(Default)]
struct Syllable {
    initial: String,
    vowels: usize,
    tones: usize,
    ending: String,
}

impl Syllable {
    fn add(&mut self, c: char) -> Option<()> {
        match (vowel(c), letter(c)) {
            (Some(tone), _) if self.ending.is_empty() => {
                self.vowels = self.vowels.saturating_add(1);
                self.tones = self.tones.saturating_add(usize::from(tone == Tone::Marked));
            }
            (None, Some(letter)) if self.vowels == 0 => self.initial.push(letter),
            (None, Some(letter)) => self.ending.push(letter),
            _ => return None,
        }
        Some(())
    }

    fn is_whole(&self) -> bool {
        let starts = matches!(
            self.initial.as_str(),
            "" | "b"
                | "p"
                | "m"
                | "f"
                | "d"
                | "t"
                | "n"
                | "l"
                | "g"
                | "k"
                | "h"
                | "j"
                | "q"
                | "x"
                | "zh"
                | "ch"
                | "sh"
                | "r"
                | "z"
                | "c"
                | "s"
                | "y"
                | "w"
        );
        let ends = matches!(self.ending.as_str(), "" | "n" | "ng" | "r");
        starts && ends && (1..=3).contains(&self.vowels) && self.tones == 1
    }
}

#[derive(PartialEq, Eq)]
enum Tone {
    Marked,
    Unmarked,
}

fn vowel(c: char) -> Option<Tone> {
    match c {
        'a' | 'e' | 'i' | 'o' | 'u' | 'ü' | 'ê' | 'ɑ' => Some(Tone::Unmarked),
        'ā' | 'á' | 'ǎ' | 'à' | 'ē' | 'é' | 'ě' | 'è' | 'ī' | 'í' | 'ǐ' | 'ì' | 'ō' | 'ó' | 'ǒ' | 'ò'
        | 'ū' | 'ú' | 'ǔ' | 'ù' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => Some(Tone::Marked),
        _ => None,
    }
}

fn letter(c: char) -> Option<char> {
    match c {
        // The g of phonetic type.
        'ɡ' => Some('g'),
        'a'..='z' => Some(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syllable_with_a_tone_mark() {
        for text in ["yù)算", "jīng)費", "wù）", "jí)", "zhuāng)備", "ér)", "lǜ)", "xiǎo)", "ā)", "jīnɡ)"]
        {
            let close = text.chars().position(|c| matches!(c, ')' | '）')).unwrap();
            let whole: usize = text.chars().take(close + 1).map(char::len_utf8).sum();
            assert_eq!(closed_syllable(text), Some(whole), "{text}");
        }
    }

    #[test]
    fn other_brackets_are_the_authors() {
        for text in [
            "A)",
            "GDP)",
            "km)",
            "men)",
            "de)",
            "yu)",
            "境)",
            "1)",
            ")",
            "",
            "café)",
            "résumé)",
            "Yù)",
            "yù",
            "yù算)",
            "yùù)",
            "jīngzhuàng)",
            "jīng jì)",
            "一)",
        ] {
            assert_eq!(closed_syllable(text), None, "{text}");
        }
    }
}
