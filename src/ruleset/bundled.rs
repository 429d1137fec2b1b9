//! The rule sets that come with the crate.

/// Name and text of each bundled set.
const SETS: [(&str, &str, &str); 6] = [
    ("classification", "rules/classification.rules", include_str!("../../rules/classification.rules")),
    ("department", "rules/department.rules", include_str!("../../rules/department.rules")),
    ("organization", "rules/organization.rules", include_str!("../../rules/organization.rules")),
    ("education", "rules/education.rules", include_str!("../../rules/education.rules")),
    ("government", "rules/government.rules", include_str!("../../rules/government.rules")),
    ("tables", "rules/tables.rules", include_str!("../../rules/tables.rules")),
];

/// The names of the bundled sets.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    SETS.iter().map(|(name, ..)| *name)
}

/// The file name and the text of a bundled set.
pub(crate) fn find(name: &str) -> Option<(&'static str, &'static str)> {
    SETS.iter().find(|(known, ..)| *known == name).map(|(_, file, text)| (*file, *text))
}
