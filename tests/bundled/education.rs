//! What is the education department's own.

use crate::Example;

pub(crate) const EXAMPLES: &[Example] = &[
    (
        "education.fits",
        r#""education": {"total": "431.28"}, "expenditure": {"total": "435.78"}"#,
        r#""education": {"total": "4312.8"}, "expenditure": {"current": "435.78"}"#,
    ),
    (
        "education.stages_fit",
        r#""education": {"general": "425", "preschool": "31", "primary": "210", "junior": "120", "senior": "64"}"#,
        r#""education": {"general": "425", "preschool": "310", "primary": "210", "junior": "120"}"#,
    ),
    (
        "education.kinds_fit",
        r#""education": {"total": "431.28", "administration": "6.28", "general": "425"}"#,
        r#""education": {"total": "431.28", "administration": "62.8", "general": "425"}"#,
    ),
    (
        "schools.staffed",
        r#""schools": {"students": "48210人", "teachers": "3120人"}"#,
        r#""schools": {"students": "48210人", "teachers": "0人"}"#,
    ),
];
