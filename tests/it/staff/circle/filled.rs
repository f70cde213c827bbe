//! A case with everything that may hang from one, so that what is kept from others is there to be kept.

use holdfast::respond::sweep;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::{HOUSE, Known, Somebody};
use crate::support::app::{App, Plan};
use crate::support::parts::{Sent, with_file};
use crate::support::person::asks;
use crate::support::settle::settle_as;

/// A house with a backend for orders, in which everything that waits rings.
pub const BUSY: Plan = Plan {
    settings: |config| {
        (crate::letters::alarms::plan().settings)(config);
        crate::orders::settings(config);
        (HOUSE.settings)(config);
    },
    ..HOUSE
};

/// The ids of what hangs from a case.
#[derive(Debug, Clone)]
pub struct Parts {
    pub order: String,
    pub attachment: String,
    pub request: String,
    pub alarm: String,
}

impl Parts {
    /// Ids that nothing has.
    pub fn none() -> Self {
        let none = || "0195570e-0000-7000-8000-000000000000".to_owned();
        Self {
            order: none(),
            attachment: "0123456789ABCDEFGHJKMNPQRSTVWXYZ".to_owned(),
            request: none(),
            alarm: none(),
        }
    }
}

async fn answer(request: RequestBuilder) -> Value {
    request.send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

impl Known {
    /// Hangs from it a file, an order that somebody else has to look at, a wish of its holder, what they say of us, and an
    /// alarm.
    pub async fn fill(&mut self, app: &App, who: &Somebody) {
        let about = format!("/api/v1/incidents/{}", self.incident);
        let ask = |method: Method, path: &str| asks(app, (method, &format!("{about}{path}")), &who.session);
        let file = with_file(ask(Method::POST, "/attachments"), &[], &Sent::misnamed(b"words"));
        self.parts.attachment = text(&answer(file).await["id"]);
        let order = json!({"action": "hold-withdrawals", "reason": "It is leaving."});
        self.parts.order = text(&answer(ask(Method::POST, "/orders").json(&order)).await["id"]);
        self.holder.does(app, "/feedback", &json!({"satisfaction": 5, "solved": "yes", "text": "kind words"})).await;
        self.holder.does(app, "/requests", &json!({"what": "stop-protection"})).await;
        self.parts.request = text(&answer(ask(Method::GET, "")).await["requests"][0]["id"]);
        sweep(&app.house.respond).await.unwrap();
        let rings = answer(asks(app, (Method::GET, "/api/v1/alarms"), &who.session)).await;
        let ours = rings["alarms"].as_array().unwrap().iter().find(|alarm| alarm["object"] == *self.incident);
        self.parts.alarm = text(&ours.expect("it rings")["id"]);
    }

    /// Works it to its end, as long as it is open to everybody: taken, answered, judged, and a word of its holder on it.
    pub async fn end(&self, app: &App, who: &Somebody) {
        let about = format!("/api/v1/incidents/{}", self.incident);
        let does = async |deed: &str, body: Value| {
            answer(asks(app, (Method::POST, &format!("{about}/{deed}")), &who.session).json(&body)).await
        };
        does("claim", json!({})).await;
        does("message", json!({"text": "We are looking at it."})).await;
        let settled = settle_as(app, &who.session, &self.incident).await;
        let found = json!({"version": settled["version"], "verdict": "confirmed", "reason": "As it looks."});
        does("verdict", found).await;
        self.holder.does(app, "/feedback", &json!({"satisfaction": 2, "solved": "partly"})).await;
    }
}
