//! Characters that a page spells out: `&nbsp;`, `&#19975;`, `&#x4e07;`.

/// Those that stand in published pages. A name that is not here is shown as it is written.
const NAMED: &[(&str, char)] = &[
    ("nbsp", '\u{a0}'),
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("minus", '−'),
    ("hellip", '…'),
    ("middot", '·'),
    ("times", '×'),
    ("divide", '÷'),
    ("plusmn", '±'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("permil", '‰'),
    ("yen", '¥'),
    ("bull", '•'),
    ("deg", '°'),
    ("sup2", '²'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("copy", '©'),
    ("reg", '®'),
];

/// Characters 128 to 159 mean those of Windows-1252 (HTML, 13.2.5.80): quotation marks, dashes and an ellipsis.
const WINDOWS: &[(u32, char)] =
    &[(0x85, '…'), (0x91, '‘'), (0x92, '’'), (0x93, '“'), (0x94, '”'), (0x95, '•'), (0x96, '–'), (0x97, '—')];

/// Bytes of the longest of them, its marks included.
const LONGEST: usize = 12;

/// The character that a text starts by spelling out, and how many bytes that takes.
pub(super) fn decoded(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('&')?;
    let is_digit = |c: char| c.is_ascii_alphanumeric() || c == '#';
    let length = rest.bytes().take(LONGEST).take_while(|byte| is_digit(char::from(*byte))).count();
    let name = rest.get(..length)?;
    let semicolon = usize::from(rest.get(length..)?.starts_with(';'));
    let said = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None if semicolon == 1 => NAMED.iter().find(|(known, _)| *known == name).map(|(_, said)| *said)?,
        // The oldest may stand without a semicolon: `&nbsp12` is an old editor's blank.
        None => {
            let (known, said) = NAMED.iter().take(5).find(|(known, _)| name.starts_with(known))?;
            return Some((*said, known.len().saturating_add(1)));
        }
    };
    Some((said, length.saturating_add(semicolon).saturating_add(1)))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    let windows = WINDOWS.iter().find(|(known, _)| *known == code).map(|(_, said)| *said);
    windows.or_else(|| char::from_u32(code).filter(|c| *c != '\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_read_by_name_and_number() {
        assert_eq!(decoded("&nbsp;x"), Some(('\u{a0}', 6)));
        assert_eq!(decoded("&nbsp12"), Some(('\u{a0}', 5)));
        assert_eq!(decoded("&#19975;元"), Some(('万', 8)));
        assert_eq!(decoded("&#x4E07;"), Some(('万', 8)));
        assert_eq!(decoded("&#147"), Some(('“', 5)));
        for text in
            ["", "&", "&;", "&#;", "&#0;", "&#xD800;", "&#99999999999999;", "&unknown;", "&mdash", "a&lt;"]
        {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
