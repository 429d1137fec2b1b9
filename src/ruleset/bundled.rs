//! The rule sets that come with the crate.

/// Name and text of each bundled set.
const SETS: [(&str, &str, &str); 1] =
    [("organization", "rules/organization.rules", include_str!("../../rules/organization.rules"))];

/// The names of the bundled sets.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    SETS.iter().map(|(name, ..)| *name)
}

/// The file name and the text of a bundled set.
pub(crate) fn find(name: &str) -> Option<(&'static str, &'static str)> {
    SETS.iter().find(|(known, ..)| *known == name).map(|(_, file, text)| (*file, *text))
}
