//! One order, and the one form in which it is written before its digest is taken (RB-08).

use std::collections::BTreeMap;

use ring::digest;

use super::action::{Action, Danger};
use super::approval::RELEASE_WAITS;
use crate::id::{Id, of};
use crate::time::{Span, Timestamp};

/// One person alone holds for at most so long (RB-09).
pub const LONGEST_ALONE: Span = Span::from_minutes(60);
/// Two people hold for at most so long; then it is asked anew.
pub const LONGEST: Span = Span::from_days(7);
/// How long an order may wait to be approved and sent. A release waits for its own time first.
const OPEN: Span = Span::from_minutes(60);
const RELEASE_OPEN: Span = Span::from_days(1);

/// How many different people stand behind an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    One,
    Two,
}

/// An order as it is asked for. Any other value of any field is another order with another digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub id: Id<of::Order>,
    pub incident: Id<of::Incident>,
    /// Keyed digest of the account's name.
    pub account: String,
    pub action: Action,
    /// The backend it goes to.
    pub target: String,
    /// When its effect ends by itself.
    pub until: Option<Timestamp>,
    /// The order whose effect it lifts.
    pub undoes: Option<Id<of::Order>>,
    pub requester: String,
    pub requested: Timestamp,
    /// From then on it is neither approved nor sent.
    pub expires: Timestamp,
    pub people: People,
}

impl Order {
    /// From when on a second person may approve: at once, and a release after its wait.
    pub fn opens(&self) -> Timestamp {
        match self.action.danger() {
            Danger::Hold | Danger::Dangerous => self.requested,
            Danger::Release => self.requested.plus(RELEASE_WAITS),
        }
    }

    /// How long an order of a kind stays open after it was asked for.
    pub fn open_for(action: Action) -> Span {
        match action.danger() {
            Danger::Hold | Danger::Dangerous => OPEN,
            Danger::Release => RELEASE_OPEN,
        }
    }

    /// The people it takes: two for all but a short hold, and where the playbook wants two.
    pub fn people_for(action: Action, lasting: Option<Span>, playbook_wants: People) -> People {
        let short = lasting.is_none_or(|lasting| lasting <= LONGEST_ALONE);
        match (action.danger(), playbook_wants) {
            (Danger::Hold, People::One) if short => People::One,
            (Danger::Hold | Danger::Dangerous | Danger::Release, _) => People::Two,
        }
    }

    /// The canonical form: JSON with sorted names and no spaces.
    pub fn canonical(&self) -> String {
        let mut parameters = BTreeMap::from([("target", self.target.clone())]);
        parameters.extend(self.until.map(|until| ("until", until.to_string())));
        parameters.extend(self.undoes.map(|order| ("undoes", order.to_string())));
        let people = match self.people {
            People::One => "1",
            People::Two => "2",
        };
        let parameters = serde_json::to_value(parameters).expect("texts are JSON");
        let text = |text: String| serde_json::Value::String(text);
        let fields = BTreeMap::from([
            ("account", text(self.account.clone())),
            ("action", text(self.action.to_string())),
            ("case", text(self.incident.to_string())),
            ("expires", text(self.expires.to_string())),
            ("order", text(self.id.to_string())),
            ("parameters", parameters),
            ("people", text(people.to_owned())),
            ("requested", text(self.requested.to_string())),
            ("requester", text(self.requester.clone())),
        ]);
        serde_json::to_string(&fields).expect("texts are JSON")
    }

    /// SHA-256 of the canonical form, 64 hex digits: what an approval approves.
    pub fn digest(&self) -> String {
        hex::encode(digest::digest(&digest::SHA256, self.canonical().as_bytes()))
    }
}
