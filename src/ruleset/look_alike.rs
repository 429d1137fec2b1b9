//! Letters that look like others, and so make two names out of what reads as one.

use pest::unicode::{CYRILLIC, GREEK, LATIN};

/// The first letter of a name that looks like another: of another alphabet among Latin letters (a Cyrillic `о` in
/// `total`), a full-width one, or an ideograph in a form made for compatibility (a Kangxi radical for 一).
///
/// Unicode Technical Standard #39 lists confusable characters; these are the kinds that come out of Chinese documents
/// and input methods.
pub(crate) fn letter(name: &str) -> Option<char> {
    let has_latin = name.chars().any(LATIN);
    name.chars().find(|c| {
        let is_foreign = has_latin && (CYRILLIC(*c) || GREEK(*c));
        let is_full_width =
            matches!(c, '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' | '\u{FF10}'..='\u{FF19}');
        let is_compatible = matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}');
        is_foreign || is_full_width || is_compatible
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_another_alphabet_are_found() {
        for (name, expected) in [
            ("total", None),
            ("t\u{43E}tal", Some('\u{43E}')),
            ("支出合计", None),
            ("Ａ类", Some('Ａ')),
            ("\u{2F00}般公共预算", Some('\u{2F00}')),
            ("\u{433}од", None),
        ] {
            assert_eq!(letter(name), expected, "{name}");
        }
    }
}
