//! Documents for property tests of a rule set, on proptest.

mod generated;
mod perturbed;
mod slip;

pub use generated::{Documents, NotGenerated, breaking, satisfying};
pub use perturbed::{Perturbed, perturbed};
pub use slip::Slip;
