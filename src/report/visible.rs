//! Characters that may not reach a reader as they are.

/// Text from outside, with nothing that a terminal would obey or that reorders what is read.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(|c| if is_hidden(c) { '·' } else { c }).collect()
}

/// Control characters, and those that change the order in which text is shown.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
