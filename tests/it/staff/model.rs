//! The life of an incident against a model of it (RB-06): any sequence of deeds by two people, on the newest or on an older
//! version, does exactly what one table of allowed changes says.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use reqwest::Method;
use serde_json::{Value, json};

use super::{ROUTINE, id};
use crate::support::app::{App, on_both};
use crate::support::settle::settle;

/// Sequences, and the deeds of each.
const SEQUENCES: usize = 16;
const DEEDS: usize = 14;

#[derive(Debug, Clone, Copy)]
enum Deed {
    Claim,
    Renew,
    Release,
    Escalate(u8),
    Verdict,
    Reopen,
}

/// Who does it, and whether they go by what is so now or by what was so before.
#[derive(Debug, Clone, Copy)]
struct Act {
    deed: Deed,
    by: usize,
    stale: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Held(usize),
    Closed,
}

/// What the model knows of an incident.
#[derive(Debug, Clone, Copy)]
struct Model {
    state: State,
    level: u8,
    security: bool,
}

impl Model {
    /// The table: the incident after an act, or nothing when the act is refused.
    fn after(self, act: Act) -> Option<Self> {
        let free = self.state == State::Open || self.state == State::Held(act.by);
        match act.deed {
            Deed::Claim => (self.state == State::Open).then_some(Self { state: State::Held(act.by), ..self }),
            Deed::Renew => (self.state == State::Held(act.by) && !act.stale).then_some(self),
            Deed::Release => {
                (self.state == State::Held(act.by) && !act.stale).then_some(Self { state: State::Open, ..self })
            }
            // It only rises, whatever is asked.
            Deed::Escalate(level) => {
                let raised = Self { level: level.min(self.level), security: true, ..self };
                (self.state != State::Closed && !act.stale).then_some(raised)
            }
            Deed::Verdict => (free && !act.stale).then_some(Self { state: State::Closed, ..self }),
            // Whoever holds it may put it back so as well.
            Deed::Reopen => {
                let theirs = self.state == State::Closed || self.state == State::Held(act.by);
                (theirs && !act.stale).then_some(Self { state: State::Open, ..self })
            }
        }
    }
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let deed = prop_oneof![
        3 => Just(Deed::Claim),
        1 => Just(Deed::Renew),
        2 => Just(Deed::Release),
        2 => (1_u8..=5).prop_map(Deed::Escalate),
        2 => Just(Deed::Verdict),
        2 => Just(Deed::Reopen),
    ];
    let act = (deed, 0_usize..2, prop::bool::weighted(0.2)).prop_map(|(deed, by, stale)| Act { deed, by, stale });
    prop::collection::vec(act, DEEDS)
}

/// What is asked, with version and fence as they are now or one behind.
fn asked(act: Act, now: &Value) -> (&'static str, Value) {
    let behind = i64::from(act.stale);
    let (version, fence) =
        (now["version"].as_i64().unwrap() - behind, now["fence"].as_i64().unwrap_or_default() - behind);
    match act.deed {
        Deed::Claim => ("claim", json!({})),
        Deed::Renew => ("renew", json!({"fence": fence})),
        Deed::Release => ("release", json!({"fence": fence})),
        Deed::Escalate(level) => ("escalate", json!({"version": version, "level": level, "reason": "worse"})),
        Deed::Verdict => ("verdict", json!({"version": version, "verdict": "false-alarm", "reason": "nothing"})),
        Deed::Reopen => ("reopen", json!({"version": version, "reason": "not over"})),
    }
}

async fn look(app: &App, incident: &str) -> Value {
    app.staff_get(&format!("/api/v1/incidents/{incident}")).await
}

fn is_as(model: Model, now: &Value) -> bool {
    let state = match model.state {
        State::Open => "open",
        State::Held(_) => "held",
        State::Closed => "closed",
    };
    let class = if model.security { "security" } else { "routine" };
    now["state"] == state && now["level"].as_u64() == Some(u64::from(model.level)) && now["class"] == class
}

/// RB-06: what is allowed happens, what is not is answered with 409 and changes nothing, and so is whatever goes by an older
/// version or an older claim.
#[test]
fn every_sequence_of_deeds_does_what_the_table_says() {
    on_both(async |app| {
        let people = [
            app.token_of("ada", holdfast::access::Scopes::all()).await,
            app.token_of("bob", holdfast::access::Scopes::all()).await,
        ];
        let mut runner = TestRunner::deterministic();
        for _ in 0..SEQUENCES {
            app.report(ROUTINE).await;
            let rows = app.queue().await;
            let first = rows.iter().max_by_key(|row| id(row).to_owned()).unwrap();
            let incident = id(first).to_owned();
            let mut now = settle(&app, &look(&app, &incident).await).await;
            let level = u8::try_from(now["level"].as_u64().unwrap()).unwrap();
            let mut model = Model { state: State::Open, level, security: now["class"] == "security" };
            let sequence = acts().new_tree(&mut runner).unwrap().current();
            for (place, act) in sequence.iter().enumerate() {
                let (what, body) = asked(*act, &now);
                let request =
                    app.visitor().request(Method::POST, app.url(&format!("/api/v1/incidents/{incident}/{what}")));
                let answer = request.bearer_auth(&people[act.by]).json(&body).send().await.unwrap();
                let told = format!("{place} of {sequence:?}: {} where {model:?}", answer.status());
                let before = now;
                now = look(&app, &incident).await;
                if let Some(after) = model.after(*act) {
                    assert_eq!(answer.status().as_u16(), 200, "{told}");
                    model = after;
                } else {
                    assert_eq!(answer.status().as_u16(), 409, "{told}");
                    assert_eq!(before["version"], now["version"], "{told}");
                }
                assert!(is_as(model, &now), "{told}: {} {} {}", now["state"], now["level"], now["class"]);
            }
        }
    });
}
