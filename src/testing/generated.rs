//! Documents that keep a rule set, and documents that break one rule of it.

use std::fmt;
use std::sync::Arc;

use proptest::prelude::{Strategy, any};

use crate::RuleSet;
use crate::soundness::Witness;
use crate::soundness::pool::{Pool, Pools};

/// Why there are no documents of a kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotGenerated {
    /// No document was found that keeps all rules: they contradict each other, or their figures have no decimals.
    #[error("no document was found that keeps all rules of the set")]
    NoneKeeps,
    /// No document was found that breaks the rule and keeps the other `must` rules: others imply it, say, or it rounds.
    #[error("no document was found that breaks {0} and keeps the other rules")]
    NoneBreaks(String),
    /// No document was found to which the rule applies and that keeps all rules.
    #[error("no document was found to which {0} applies and that keeps the rules")]
    NoneApplies(String),
}

/// What random documents of a rule set are made of: prepared once, for tests of many rules.
pub struct Documents<'r> {
    pools: Pools<'r>,
}

impl<'r> Documents<'r> {
    /// Of a rule set.
    pub fn new(rules: &'r RuleSet) -> Documents<'r> {
        Documents { pools: Pools::new(rules) }
    }

    /// As [`satisfying`].
    ///
    /// # Errors
    /// [`NotGenerated::NoneKeeps`].
    pub fn satisfying(&mut self) -> Result<impl Strategy<Value = Witness> + use<'r>, NotGenerated> {
        strategy(self.pools.keeping()).ok_or(NotGenerated::NoneKeeps)
    }

    /// As [`breaking`].
    ///
    /// # Errors
    /// [`NotGenerated::NoneBreaks`].
    pub fn breaking(&mut self, rule: &str) -> Result<impl Strategy<Value = Witness> + use<'r>, NotGenerated> {
        strategy(self.pools.breaking(rule)).ok_or_else(|| NotGenerated::NoneBreaks(rule.to_owned()))
    }

    /// Documents that keep every rule, and to which a rule applies; in some of them it only just holds.
    ///
    /// # Errors
    /// [`NotGenerated::NoneApplies`].
    pub fn applying(&mut self, rule: &str) -> Result<impl Strategy<Value = Witness> + use<'r>, NotGenerated> {
        strategy(self.pools.applying(rule)).ok_or_else(|| NotGenerated::NoneApplies(rule.to_owned()))
    }
}

impl fmt::Debug for Documents<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Documents").finish_non_exhaustive()
    }
}

/// Documents that keep every rule of a set, `should` rules too, by construction: figures as budgets have them (万元 with two
/// decimals, zeros, changes of either sign), and optional figures stated or left out.
///
/// What is not linear (rates, shares) is kept for one amount that stands for all; it is not stated for others.
///
/// ```
/// use gouji::testing::satisfying;
/// use gouji::{Checker, RuleSet};
/// use proptest::prelude::*;
///
/// let rules = RuleSet::parse("basic + project == total\nproject <= total")?;
/// let documents = satisfying(&rules)?;
/// proptest!(|(written in documents)| {
///     prop_assert_eq!(Checker::new(&rules).check(written.document()).findings().count(), 0);
/// });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`NotGenerated::NoneKeeps`].
pub fn satisfying(rules: &RuleSet) -> Result<impl Strategy<Value = Witness> + use<'_>, NotGenerated> {
    Documents::new(rules).satisfying()
}

/// Documents that break a rule, by more than rounding explains, and keep every other. Where others cannot all be kept (a `must`
/// of less beside a `should` of equal), the `must` rules are.
///
/// ```
/// use gouji::testing::breaking;
/// use gouji::{Checker, RuleSet};
/// use proptest::prelude::*;
///
/// let rules = RuleSet::parse("basic + project == total\nproject <= total")?;
/// let documents = breaking(&rules, "#1")?;
/// proptest!(|(written in documents)| {
///     let report = Checker::new(&rules).check(written.document());
///     let found: Vec<_> = report.findings().map(|finding| finding.rule()).collect();
///     prop_assert_eq!(found, ["#1"]);
/// });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`NotGenerated::NoneBreaks`], for a rule that is implied by others, and for one that the set does not have.
pub fn breaking<'r>(
    rules: &'r RuleSet,
    rule: &str,
) -> Result<impl Strategy<Value = Witness> + use<'r>, NotGenerated> {
    Documents::new(rules).breaking(rule)
}

/// Draws from pools: which one, a seed, and how many figures are moved. Fewer moved is simpler.
fn strategy<'r>(pools: Vec<Pool<'r>>) -> Option<impl Strategy<Value = Witness> + use<'r>> {
    let moves = pools.iter().map(Pool::moves).max()?;
    let pools: Arc<[Pool<'r>]> = pools.into();
    let drawn = (0..pools.len(), any::<u64>().no_shrink(), 0..=moves);
    Some(drawn.prop_filter_map("its figures have no decimals", move |(pool, seed, moves)| {
        pools.get(pool)?.draw(seed, moves)
    }))
}
