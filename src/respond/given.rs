//! Which versions of the playbooks gave an incident its steps: a new version only adds to what somebody was told to do.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::Room;
use super::file::File;
use crate::guidance::{self, Guidance, Step, StepState};
use crate::playbook::{Audience, Class, Kind, Set};
use crate::scoring::Assessment;
use crate::store::{Error, Result, Tx, versions};
use crate::text::Language;

type Chosen = BTreeMap<String, String>;
type States = BTreeMap<String, StepState>;

/// A version and the kind that led under it; together they say which steps were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Giver {
    pub playbooks: String,
    pub kind: String,
}

/// Those that gave steps before the version that judged last, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earlier(pub Vec<Giver>);

impl fmt::Display for Earlier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, giver) in self.0.iter().enumerate() {
            let gap = if place == 0 { "" } else { " " };
            write!(f, "{gap}{}/{}", giver.playbooks, giver.kind)?;
        }
        Ok(())
    }
}

/// The text is no list of versions and kinds.
#[derive(Debug)]
pub struct NotEarlier;

impl FromStr for Earlier {
    type Err = NotEarlier;

    fn from_str(text: &str) -> std::result::Result<Self, NotEarlier> {
        let giver = |word: &str| {
            let (playbooks, kind) = word.split_once('/').ok_or(NotEarlier)?;
            Ok(Giver { playbooks: playbooks.to_owned(), kind: kind.to_owned() })
        };
        text.split_whitespace().map(giver).collect::<std::result::Result<_, _>>().map(Self)
    }
}

/// What an incident was given before it is judged again.
pub(super) struct Given {
    pub earlier: Earlier,
    pub last: Giver,
}

impl Given {
    /// What stays given after a judgement. When evidence changed the lead, the steps follow it and nothing stays; when
    /// the version changed, what it gave before stays. `before` is the lead that the running version finds in what was
    /// known before the new evidence.
    pub fn after(&self, room: &Room, assessment: &Assessment, before: impl FnOnce() -> String) -> Earlier {
        let same_version = self.last.playbooks == assessment.playbooks;
        let lead_before = if same_version { self.last.kind.clone() } else { before() };
        if lead_before != assessment.lead {
            return Earlier::default();
        }
        if same_version || self.earlier.0.contains(&self.last) || self.says_the_same(room, assessment) {
            return self.earlier.clone();
        }
        let mut givers = self.earlier.0.clone();
        givers.push(self.last.clone());
        Earlier(givers)
    }

    /// Most new versions leave most playbooks as they are; those need no entry.
    fn says_the_same(&self, room: &Room, assessment: &Assessment) -> bool {
        let old = room.at_hand(&self.last.playbooks);
        let old = old.as_ref().and_then(|set| set.kind(&self.last.kind));
        match (old, room.playbooks.kind(&assessment.lead)) {
            (Some(old), Some(new)) => {
                old.never == new.never
                    && old.steps.len() == new.steps.len()
                    && old.steps.iter().zip(&new.steps).all(|(old, new)| old.step == new.step)
            }
            (None, _) | (_, None) => false,
        }
    }
}

/// The playbooks whose steps an incident has, oldest first; the last one leads.
pub(super) struct Led {
    givers: Vec<(Arc<Set>, String)>,
    /// Those whose advice was taken back.
    withdrawn: Vec<(Arc<Set>, String)>,
}

impl Led {
    /// Finds the sets behind what a file was given. Versions that are no longer known give nothing, and those whose advice
    /// was taken back neither: when one of them judged last, the running set gives the steps.
    pub async fn of(tx: &mut Tx, room: &Room, file: &File) -> Result<Self> {
        let assessment = file.assessment.as_ref().ok_or(Error::Corrupt { table: "incident", column: "assessment" })?;
        let running = &room.playbooks.digest;
        let elsewhere = file.earlier.0.iter().any(|giver| giver.playbooks != *running);
        let gone =
            if elsewhere || assessment.playbooks != *running { versions::withdrawn(tx).await? } else { Vec::new() };
        let is_gone = |playbooks: &String| playbooks != running && gone.contains(playbooks);
        let (mut givers, mut withdrawn) = (Vec::new(), Vec::new());
        for giver in &file.earlier.0 {
            if let Some(set) = room.set(tx, &giver.playbooks).await?.filter(|set| set.kind(&giver.kind).is_some()) {
                let list = if is_gone(&giver.playbooks) { &mut withdrawn } else { &mut givers };
                list.push((set, giver.kind.clone()));
            }
        }
        let mut last = room.set(tx, &assessment.playbooks).await?.unwrap_or_else(|| Arc::clone(&room.playbooks));
        if is_gone(&last.digest) {
            let lead = leading(&last, assessment).id.clone();
            withdrawn.push((std::mem::replace(&mut last, Arc::clone(&room.playbooks)), lead));
        }
        let ruled = file.ruled_kind(assessment).filter(|kind| last.kind(kind).is_some());
        let lead = ruled.map_or_else(|| leading(&last, assessment).id.clone(), str::to_owned);
        givers.push((last, lead));
        Ok(Self { givers, withdrawn })
    }

    pub fn kinds(&self) -> Vec<&Kind> {
        self.givers.iter().filter_map(|(set, kind)| set.kind(kind)).collect()
    }

    /// Everything that the person is told to do now.
    pub fn to_person(&self, language: Language, answers: &Chosen, states: &States) -> Guidance {
        let mut given = guidance::given_to_person(&self.kinds(), language, answers, states);
        self.mark(&mut given.steps, language);
        given
    }

    /// The same for staff.
    pub fn to_staff(&self, language: Language, answers: &Chosen, states: &States) -> Vec<Step> {
        let mut steps = guidance::given_to_staff(&self.kinds(), language, answers, states);
        self.mark(&mut steps, language);
        steps
    }

    fn mark(&self, steps: &mut [Step], language: Language) {
        let withdrawn: Vec<&Kind> = self.withdrawn.iter().filter_map(|(set, kind)| set.kind(kind)).collect();
        guidance::mark_corrected(steps, &withdrawn, language, self.givers.len() == 1);
    }

    /// The leading playbook.
    pub fn lead(&self) -> &Kind {
        let (set, kind) = self.givers.last().expect("the version that judged last is always there");
        set.kind(kind).unwrap_or(&set.kinds[0])
    }

    /// The playbook among them that has this step for this audience, the latest first.
    pub fn with_step(&self, step: &str, audience: Audience) -> Option<&Kind> {
        let has =
            |kind: &&Kind| kind.steps.iter().any(|known| known.step.id == step && known.step.audience == audience);
        self.kinds().into_iter().rev().find(has)
    }
}

/// The leading playbook of a set; one that the set does not have is answered by the needed one.
fn leading<'a>(set: &'a Set, assessment: &Assessment) -> &'a Kind {
    let fallback = if assessment.class == Class::Security { "unauthorized-transfer-unknown" } else { "routine-other" };
    set.kind(&assessment.lead).or_else(|| set.kind(fallback)).unwrap_or(&set.kinds[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_is_written_and_read_back() {
        let giver = |playbooks: &str, kind: &str| Giver { playbooks: playbooks.to_owned(), kind: kind.to_owned() };
        for earlier in [
            Earlier::default(),
            Earlier(vec![giver("a1", "sim-swap")]),
            Earlier(vec![giver("a1", "sim-swap"), giver("b2", "fake-support")]),
        ] {
            assert_eq!(earlier.to_string().parse::<Earlier>().unwrap(), earlier);
        }
        assert!("a1".parse::<Earlier>().is_err());
    }
}
