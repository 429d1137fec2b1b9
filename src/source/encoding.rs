//! Files in the encoding that Chinese offices wrote before UTF-8.

#[cfg(feature = "encoding")]
use encoding_rs::GB18030;

/// What the bytes of a file are read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8, and text that never was a file.
    #[default]
    Utf8,
    /// GB18030, with GBK and GB 2312 in it.
    Gb18030,
}

impl Encoding {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Gb18030 => "GB18030",
        }
    }
}

/// The text that bytes are in GB18030, where every one of them decodes and what comes out is text.
///
/// Nearly any two bytes above ASCII are a character of it, so bytes that look like something else are not believed: UTF-8
/// with a few bytes broken, or anything with the control characters that a binary file or UTF-16 has.
#[cfg(feature = "encoding")]
pub(super) fn gb18030(bytes: &[u8]) -> Option<String> {
    if is_broken_utf8(bytes) {
        return None;
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    let is_text = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    text.chars().all(is_text).then(|| text.into_owned())
}

#[cfg(not(feature = "encoding"))]
pub(super) fn gb18030(_: &[u8]) -> Option<String> {
    None
}

/// Whether more Chinese characters are whole in UTF-8 than there are places that are not UTF-8. In a text in GB18030 a
/// sequence of three bytes hardly ever passes for one.
#[cfg(feature = "encoding")]
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole = whole.saturating_add(chunk.valid().chars().filter(|c| c.len_utf8() > 2).count());
        broken = broken.saturating_add(usize::from(!chunk.invalid().is_empty()));
    }
    whole >= broken
}
