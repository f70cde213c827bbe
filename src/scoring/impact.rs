//! What waiting costs: the loss that a delay allows, what a staff minute can save, and the head start that buys.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::exact;
use crate::playbook::Policy;
use crate::time::Span;

/// Something of value that may still be there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// A word of the vocabulary's buckets (chain, `custodial`), or any other chain name.
    pub place: String,
    /// `nft`, `staked`, or empty for coins and tokens.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub asset_class: String,
    /// On another chain but under the recovery phrase of the wallet concerned.
    #[serde(default)]
    pub same_seed: bool,
    /// United States cents.
    pub cents: i64,
}

const EVM: [&str; 7] = ["ethereum", "bsc", "polygon", "arbitrum", "optimism", "base", "avalanche"];

impl Bucket {
    /// The share of the bucket that a playbook can reach: its asset class, the same seed, its chain, `other-evm`, `any`.
    pub fn reached(&self, reach: &BTreeMap<String, f64>) -> f64 {
        let evm = EVM.contains(&self.place.as_str()).then_some("other-evm");
        let seed = self.same_seed.then_some("other-chains-same-seed");
        let names = [Some(self.asset_class.as_str()), seed, Some(self.place.as_str()), evm, Some("any")];
        if self.place == "any" {
            return reach.values().copied().fold(0.0, f64::max);
        }
        names.into_iter().flatten().find_map(|name| reach.get(name)).copied().unwrap_or(0.0)
    }
}

/// What one playbook threatens: its chance, its half-life, its reach.
pub struct Threat<'a> {
    pub share: f64,
    pub half_life: Span,
    pub reach: &'a BTreeMap<String, f64>,
}

impl Threat<'_> {
    /// The chance that the thief acts within a delay.
    fn acts_within(&self, delay: Span) -> f64 {
        let half_lives = span(delay) / span(self.half_life).max(1.0);
        1.0 - exact::exp2(-half_lives)
    }
}

fn span(span: Span) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "spans of under 285,000 years are exact")]
    let millis = span.millis() as f64;
    millis
}

/// The loss, in cents, that a delay allows, all playbooks together; never more than there is.
pub fn loss(buckets: &[Bucket], threats: &[Threat<'_>], delay: Span) -> i64 {
    // Buckets of one sort are summed first: cents are rounded once, however their owner splits them.
    let mut sorts: BTreeMap<(&str, &str, bool), (&Bucket, i64)> = BTreeMap::new();
    for bucket in buckets {
        let sort = sorts.entry((&bucket.place, &bucket.asset_class, bucket.same_seed)).or_insert((bucket, 0));
        sort.1 = sort.1.saturating_add(bucket.cents.max(0));
    }
    sorts.into_values().map(|(bucket, cents)| portion(cents, lost(bucket, threats, delay))).fold(0, i64::saturating_add)
}

/// The share of a bucket that a delay loses, all playbooks together.
fn lost(bucket: &Bucket, threats: &[Threat<'_>], delay: Span) -> f64 {
    let spared =
        threats.iter().map(|threat| 1.0 - threat.share * bucket.reached(threat.reach) * threat.acts_within(delay));
    1.0 - spared.product::<f64>()
}

/// A share of a sum of cents, rounded to the nearest and never above the sum.
fn portion(cents: i64, share: f64) -> i64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "sums past 2^53 cents are beyond any cap and only need to stay large"
    )]
    let part = (cents as f64 * share.clamp(0.0, 1.0) + 0.5).floor();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "float to integer saturates, and the result is held below the sum"
    )]
    let part = part as i64;
    part.clamp(0, cents)
}

/// Expected loss averted per staff minute, in cents.
pub fn rate(loss_cents: i64, help_works: f64, handling: Span) -> i64 {
    portion(loss_cents, help_works) / handling.minutes().max(1)
}

/// How much earlier an arrival a rate is worth, never above the cap.
///
/// To the millisecond: whole seconds would make equals of rates that differ, and their order that of their ids.
pub fn head_start(rate_cents: i64, policy: &Policy) -> Span {
    let order = &policy.order;
    #[expect(clippy::cast_precision_loss, reason = "a rate past 2^53 cents a minute is at the cap anyway")]
    let doublings = exact::log2(1.0 + rate_cents.max(0) as f64 / order.unit_cents as f64);
    #[expect(clippy::cast_possible_truncation, reason = "float to integer saturates, and the cap follows")]
    let millis = (doublings * span(order.doubling)).floor() as i64;
    Span::from_millis(millis).min(order.cap)
}
