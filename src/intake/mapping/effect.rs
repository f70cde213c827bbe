//! What an event does to what the sender said before, and the key by which its later words find it.

use ring::digest::{SHA256, digest};
use serde::Deserialize;
use serde_saphyr::Spanned;

use super::condition::Condition;
use super::fault::Flaw;
use super::place::{Place, Places, Scene, printed};
use super::shape::OneOrMany;
use crate::playbook::matcher::Match;

/// A sender's claim about its own alert; closing or withdrawing one never closes a security incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    Open,
    Update,
    Close,
    Retract,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    update_when: Option<Spanned<Match>>,
    close_when: Option<Spanned<Match>>,
    retract_when: Option<Spanned<Match>>,
    #[serde(default)]
    incident_key: Vec<Spanned<String>>,
}

/// Checked conditions, the strongest first.
#[derive(Debug, Clone, Default)]
pub struct Effects {
    conditions: Vec<(Condition, Effect)>,
    incident_key: Vec<Place>,
}

impl Effects {
    pub fn check(written: &Written) -> Result<Self, Flaw> {
        let mut conditions = Vec::new();
        for (when, effect) in [
            (&written.retract_when, Effect::Retract),
            (&written.close_when, Effect::Close),
            (&written.update_when, Effect::Update),
        ] {
            if let Some(when) = when {
                conditions.push((Condition::check(when)?, effect));
            }
        }
        let incident_key = written.incident_key.iter().map(Place::check).collect::<Result<_, _>>()?;
        Ok(Self { conditions, incident_key })
    }

    pub fn choose(&self, scene: Scene<'_>) -> Effect {
        self.conditions.iter().find(|(condition, _)| condition.fits(scene)).map_or(Effect::Open, |(_, effect)| *effect)
    }

    /// Ties the events of one incident at the sender together; nothing when none of its values is there.
    pub fn incident_key(&self, source: &str, scene: Scene<'_>) -> Option<String> {
        let values: Vec<_> = self.incident_key.iter().map(|place| value_of(place, scene)).collect();
        values.iter().any(Option::is_some).then(|| digest_of(source, &values))
    }
}

/// One part of the key by which a repeated event is known; of several places the first that has a value.
#[derive(Debug, Clone)]
enum Part {
    At(Places),
    Kind,
}

/// The checked parts of an event's key.
#[derive(Debug, Clone)]
pub struct Key(Vec<Part>);

impl Key {
    pub fn check(written: &Spanned<Vec<Spanned<OneOrMany<String>>>>) -> Result<Self, Flaw> {
        let part = |part: &Spanned<OneOrMany<String>>| {
            if part.value.0 == ["kind"] { Ok(Part::Kind) } else { Places::check(part).map(Part::At) }
        };
        let parts = written.value.iter().map(part).collect::<Result<Vec<_>, _>>()?;
        if parts.iter().any(|part| matches!(part, Part::At(_))) {
            Ok(Self(parts))
        } else {
            Err(Flaw::at(written, "a key needs a place in what was sent"))
        }
    }

    /// The key in hex. An element with none of the key's values is its own key, so that two such events are not taken for one.
    pub fn of(&self, source: &str, kind: &str, scene: Scene<'_>) -> String {
        let mut values = Vec::new();
        let mut found = false;
        for part in &self.0 {
            values.push(match part {
                Part::Kind => Some(kind.to_owned()),
                Part::At(places) => places.printed(scene).inspect(|_| found = true),
            });
        }
        if !found {
            values.push(Some(printed(scene.element).into_owned()));
        }
        digest_of(source, &values)
    }
}

fn value_of(place: &Place, scene: Scene<'_>) -> Option<String> {
    place.find(scene).map(|value| printed(&value).into_owned())
}

/// SHA-256 in hex over the source and the values, each with its length before it, so that no two lists run together.
fn digest_of(source: &str, values: &[Option<String>]) -> String {
    let mut bytes = Vec::new();
    for value in std::iter::once(Some(source)).chain(values.iter().map(Option::as_deref)) {
        match value {
            Some(value) => {
                bytes.push(1);
                bytes.extend((value.len() as u64).to_be_bytes());
                bytes.extend(value.as_bytes());
            }
            None => bytes.push(0),
        }
    }
    hex::encode(digest(&SHA256, &bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_read_alike_have_different_keys() {
        let some = |text: &str| Some(text.to_owned());
        let keys = [
            digest_of("okta", &[some("ab"), some("c")]),
            digest_of("okta", &[some("a"), some("bc")]),
            digest_of("okta", &[some("abc"), None]),
            digest_of("okta", &[None, some("abc")]),
            digest_of("okta", &[some("abc")]),
            digest_of("ocsf", &[some("abc")]),
        ];
        for (place, key) in keys.iter().enumerate() {
            assert!(!keys[..place].contains(key), "{place}");
        }
    }
}
