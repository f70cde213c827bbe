//! Taking the next case as one person can: of their tiers, under their cap, and the one that suits them best among those
//! that stand close together.

use crate::queue::Tier;
use crate::respond::file::File;
use crate::store::incidents::IncidentRow;
use crate::store::queue::{self as claims, Claimant, Turn};
use crate::store::shift::{self, Head, Suits};
use crate::store::{Result, Tx};
use crate::time::Span;

/// The pool of cases that a program from before there were tiers put into the queue: everybody's.
const UNSORTED: &str = "all";

/// What a member of staff takes, as the desk has it.
pub(in crate::respond) struct AtWork {
    name: String,
    tiers: Vec<Tier>,
    languages: Vec<String>,
    skills: Vec<String>,
    most: Option<i64>,
}

/// Whoever the desk was not told of takes everything.
pub(in crate::respond) async fn person(tx: &mut Tx, name: &str) -> Result<AtWork> {
    let row = shift::of(tx, name).await?;
    let Some(row) = row else {
        return Ok(AtWork {
            name: name.to_owned(),
            tiers: Tier::ALL.to_vec(),
            languages: Vec::new(),
            skills: Vec::new(),
            most: None,
        });
    };
    let tiers = [(row.second_tier, Tier::Second), (row.first_tier, Tier::First)];
    Ok(AtWork {
        tiers: tiers.into_iter().filter(|(takes, _)| *takes).map(|(_, tier)| tier).collect(),
        languages: row.languages.split_whitespace().map(str::to_owned).collect(),
        skills: row.skills.split_whitespace().map(str::to_owned).collect(),
        most: row.most,
        name: row.name,
    })
}

impl AtWork {
    /// Whether they have as many claims in hand as the desk allows.
    pub(in crate::respond) async fn is_full(&self, tx: &mut Tx, usual: i64) -> Result<bool> {
        Ok(shift::count_held(tx, &self.name).await? >= self.most.unwrap_or(usual))
    }

    /// Takes a case of level 1, wherever it stands: what somebody with full hands is still given.
    pub(in crate::respond) async fn claim_level_one(
        &self,
        tx: &mut Tx,
        claimant: Claimant<'_>,
    ) -> Result<Option<IncidentRow>> {
        for pool in self.pools() {
            if let Some(head) = shift::level_one(tx, pool).await?
                && let Some(row) = claims::claim_one(tx, head.incident, claimant).await?
            {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// Takes the next case of their tiers. One in a language or of a kind of theirs goes before another of the same lane that
    /// is due at most `slack` sooner, unless that one is of level 1: so whom a case waits for is found faster, and no case
    /// waits for a suitable person much longer than the order has it wait.
    pub(in crate::respond) async fn claim(
        &self,
        tx: &mut Tx,
        (turn, slack): (Turn, Span),
        claimant: Claimant<'_>,
    ) -> Result<Option<IncidentRow>> {
        // Somebody may take the same case by its name in between; then the one after it.
        for _ in 0..3 {
            let Some(next) = self.head(tx, turn).await? else { return Ok(None) };
            let suited = self.suited(tx, (turn, slack), next).await?;
            if let Some(row) = claims::claim_one(tx, suited.unwrap_or(next).incident, claimant).await? {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// The case that suits best among those that may go before the next: both language and kind, else either.
    async fn suited(&self, tx: &mut Tx, (turn, slack): (Turn, Span), next: Head) -> Result<Option<Head>> {
        if turn == Turn::LongestWaiter || (next.lane == 0 && next.level == 1) {
            return Ok(None);
        }
        let (languages, skills) = (self.languages.as_slice(), self.skills.as_slice());
        for (languages, skills) in [(languages, skills), (languages, &[][..]), (&[][..], skills)] {
            if languages.is_empty() && skills.is_empty() {
                continue;
            }
            let suits = Suits { languages, skills, lane: next.lane, due: next.due.plus(slack) };
            let mut heads = Vec::new();
            for pool in self.pools() {
                heads.extend(shift::head_suited(tx, pool, suits).await?);
            }
            let first = heads.into_iter().min_by_key(|head| (head.due, head.incident));
            if first.is_some() {
                return Ok(first);
            }
        }
        Ok(None)
    }

    fn pools(&self) -> impl Iterator<Item = &'static str> + use<> {
        let pools: Vec<&'static str> = self.tiers.iter().map(|tier| tier.as_str()).chain([UNSORTED]).collect();
        pools.into_iter()
    }

    async fn head(&self, tx: &mut Tx, turn: Turn) -> Result<Option<Head>> {
        let mut heads = Vec::new();
        for pool in self.pools() {
            heads.extend(shift::head(tx, pool, turn).await?);
        }
        Ok(match turn {
            Turn::MostUrgent => heads.into_iter().min_by_key(|head| (head.lane, head.due, head.incident)),
            Turn::LongestWaiter => heads.into_iter().min_by_key(|head| (head.arrived, head.incident)),
        })
    }
}

/// The pool that a case stands in.
pub(in crate::respond) async fn pool_of(tx: &mut Tx, file: &File) -> Result<String> {
    let kept = shift::pool(tx, file.id).await?;
    let standing = file.standing();
    Ok(kept.unwrap_or_else(|| Tier::of(standing.class, standing.level).as_str().to_owned()))
}
