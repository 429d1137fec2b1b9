//! What is the Organization Department's own.

use crate::Example;

pub(crate) const EXAMPLES: &[Example] = &[
    (
        "organization_affairs.fits",
        r#""organization_affairs": {"total": "435.78"}, "expenditure": {"public_services": "435.78"}"#,
        r#""organization_affairs": {"total": "453.78"}, "expenditure": {"public_services": "435.78"}"#,
    ),
    (
        "staffing.unit_posts_positive",
        r#""staffing": {"unit_posts": {"value": "9个", "scope": "党员教育中心"}}"#,
        r#""staffing": {"unit_posts": {"value": "0个", "scope": "党员教育中心"}}"#,
    ),
];
