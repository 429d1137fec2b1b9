//! Whether a rule set is itself right: that it can be kept, that each rule says something, and that none says what others
//! say already.
//!
//! In: a [`RuleSet`](crate::RuleSet). Out: an [`Analysis`]: an answer for the set and for each rule, each with a witness document
//! or with a certificate that another piece of code has verified; or *unknown*, with the reason. It never looks at a user's
//! document, and never guesses.

mod analysis;
mod answer;
mod certificate;
mod exact;
mod figure;
mod linear;
mod number;
#[cfg(feature = "testing")]
pub(crate) mod pool;
mod problem;
mod proof;
mod search;
mod shape;
mod simplex;
mod space;
mod state;
mod sums;
mod system;
mod table;
mod trial;
mod truth;
mod witness;
mod world;

pub use analysis::{analyse, contradictions};
pub use answer::{Analysis, Answer, Consistency, End, FigureBounds, RuleAnswer, Unknown};
pub use problem::Outside;
pub use proof::{Certificate, Given, Sum};
pub use witness::Witness;
