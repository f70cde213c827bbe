//! A long list of what people, programs and staff change, one after the other, each with what it takes to succeed: for stories
//! that say of every change that it does not happen when something stands against it.

use holdfast::config::{Backend, Config};
use holdfast::id::{Id, of};
use holdfast::time::Span;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::app::{App, EVENTS_SECRET, Plan};
use super::case::Holder;
use super::db::read;
use super::person::{asks, csrf, fresh};
use super::settle::settle;

/// A house whose wallet backend does not answer.
pub fn plan() -> Plan {
    Plan { settings, ..Plan::default() }
}

fn settings(config: &mut Config) {
    let file = config.data.join("wallet.secret");
    std::fs::write(&file, EVENTS_SECRET).unwrap();
    config.backend = vec![Backend {
        name: "wallet".to_owned(),
        url: "http://127.0.0.1:1/orders".to_owned(),
        secret_file: Some(file),
        networks: vec!["127.0.0.0/8".to_owned()],
        ..Backend::default()
    }];
}

/// What takes no body reads none.
const NOTHING_READ: &[&str] = &["*"];

/// One change.
pub struct Deed {
    pub what: &'static str,
    pub method: Method,
    pub path: String,
    pub body: Body,
    pub who: Who,
    /// What its body may hold beside what it holds here.
    pub may: &'static [&'static str],
}

#[derive(Clone)]
pub enum Body {
    Json(Value),
    Form(Vec<(&'static str, String)>),
}

#[derive(Clone)]
pub enum Who {
    Nobody,
    Token,
    Session(String),
    Holder(Holder),
}

impl Deed {
    /// The request, with other fields beside its own.
    pub fn request(&self, app: &App, beside: &[(&str, &str)]) -> RequestBuilder {
        let request = match &self.who {
            Who::Nobody => app.visitor().request(self.method.clone(), app.url(&self.path)),
            Who::Token => app.staff(self.method.clone(), &self.path),
            Who::Session(session) => asks(app, (self.method.clone(), &self.path), session),
            Who::Holder(holder) => holder.request(app, self.method.clone(), &self.path),
        };
        match &self.body {
            Body::Json(_) if self.method == Method::GET => request,
            Body::Json(body) => {
                let mut body = body.clone();
                for (name, value) in beside {
                    body[*name] = json!(value);
                }
                request.json(&body)
            }
            Body::Form(fields) => {
                let mut fields: Vec<(&str, String)> = fields.clone();
                fields.extend(beside.iter().map(|(name, value)| (*name, (*value).to_owned())));
                request.form(&fields)
            }
        }
    }

    /// Whether a field is one of its own.
    pub fn takes(&self, field: &str) -> bool {
        let own = match &self.body {
            Body::Json(body) => body.get(field).is_some(),
            Body::Form(fields) => fields.iter().any(|(name, _)| *name == field),
        };
        own || self.may.contains(&field) || self.may == NOTHING_READ
    }
}

/// What the deeds are about.
pub struct Scene {
    holder: Holder,
    incident: String,
    routine: String,
}

impl Scene {
    /// Two reports: one grave, one routine.
    pub async fn set(app: &App) -> Self {
        let body = json!({"text": "someone drained my wallet, everything is gone", "account": "acct-of-the-list"});
        let report = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
        let holder = Holder::of(&report.json().await.unwrap());
        let incident = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        app.report("my withdrawal is pending since monday").await;
        let routine = app.queue().await.last().unwrap()["id"].as_str().unwrap().to_owned();
        fresh(app, ("root", "admin")).await;
        fresh(app, ("first", "responder approver")).await;
        fresh(app, ("second", "approver")).await;
        Self { holder, incident, routine }
    }

    async fn row(&self, app: &App, incident: &str) -> holdfast::store::incidents::IncidentRow {
        let id: Id<of::Incident> = incident.parse().unwrap();
        read(&app.house.respond.db, async |tx| holdfast::store::incidents::get(tx, id).await.unwrap().unwrap()).await
    }

    /// The deed of a number; nothing after the last.
    #[expect(clippy::too_many_lines, reason = "a list, a deed each")]
    pub async fn deed(&mut self, app: &App, number: usize) -> Option<Deed> {
        let session = async |login: &str| Who::Session(fresh(app, (login, "")).await.1);
        let holder = || Who::Holder(self.holder.clone());
        let (row, routine) = (self.row(app, &self.incident).await, self.row(app, &self.routine).await);
        let of = |rest: &str| format!("/api/v1/incidents/{}/{rest}", self.incident);
        let post = |what, path: String, body: Value, who, may| {
            Some(Deed { what, method: Method::POST, path, body: Body::Json(body), who, may })
        };
        let reason = "as the list says";
        match number {
            0 => {
                const MAY: &[&str] = &[
                    "language",
                    "happened",
                    "happening_now",
                    "account",
                    "wallets",
                    "assets",
                    "contact",
                    "tried",
                    "answers",
                    "person",
                ];
                post("report", "/api/v1/reports".to_owned(), json!({"text": "my coins were stolen"}), Who::Nobody, MAY)
            }
            1 => {
                post("message of the holder", "/messages".to_owned(), json!({"text": "one more thing"}), holder(), &[])
            }
            2 => {
                let case = self.holder.case(app).await;
                let step = case["guidance"]["steps"][0]["id"].as_str().unwrap().to_owned();
                post("step of the holder", format!("/steps/{step}"), json!({"state": "done"}), holder(), &[])
            }
            3 => post("wish for a person", "/person".to_owned(), json!({}), holder(), &[]),
            4 => post("consent", "/consent".to_owned(), json!({"given": true}), holder(), &[]),
            5 => {
                const MAY: &[&str] = &["solved", "speed", "text"];
                post("feedback", "/feedback".to_owned(), json!({"satisfaction": 4}), holder(), MAY)
            }
            6 => post("request", "/requests".to_owned(), json!({"what": "withdraw"}), holder(), &["detail"]),
            7 => Some(Deed {
                what: "view of a case",
                method: Method::GET,
                path: format!("/api/v1/incidents/{}", self.incident),
                body: Body::Json(json!({})),
                who: Who::Token,
                may: &[],
            }),
            8 => post("note", of("note"), json!({"text": "looked into it"}), Who::Token, &[]),
            9 => post("message", of("message"), json!({"text": "we are with you"}), Who::Token, &[]),
            10 => {
                let body = json!({"version": routine.version, "level": 2, "reason": reason});
                post("escalation", format!("/api/v1/incidents/{}/escalate", self.routine), body, Who::Token, &[])
            }
            11 => {
                let body = json!({"incident": self.routine, "tier": "first", "reason": reason});
                post("hand over to a tier", "/api/v1/shift/tier".to_owned(), body, Who::Token, &[])
            }
            12 => post("claim", of("claim"), json!({}), Who::Token, NOTHING_READ),
            13 => post("hand back", of("release"), json!({"fence": row.fence}), Who::Token, &[]),
            14 => {
                let seen = settle(app, &app.staff_get(&format!("/api/v1/incidents/{}", self.routine)).await).await;
                let body = json!({"version": seen["version"], "verdict": "false-alarm", "reason": reason});
                post("verdict", format!("/api/v1/incidents/{}/verdict", self.routine), body, Who::Token, &["kind"])
            }
            15 => {
                let body = json!({"version": routine.version, "reason": reason});
                post("reopening", format!("/api/v1/incidents/{}/reopen", self.routine), body, Who::Token, &[])
            }
            16 => {
                const MAY: &[&str] = &["languages", "skills", "most", "hours", "zone"];
                let body = json!({"name": "responder", "first": true, "second": true});
                post("setting of the shift", "/api/v1/shift".to_owned(), body, Who::Token, MAY)
            }
            17 => {
                post("hand-over", "/api/v1/shift/hand-over".to_owned(), json!({"text": "quiet night"}), Who::Token, &[])
            }
            18 => post("practice", "/api/v1/shift/practice".to_owned(), json!({}), Who::Token, NOTHING_READ),
            19 => {
                let ends = app.clock_now().plus(Span::from_minutes(30)).to_string();
                let body = json!({"endpoint": "events", "ends": ends, "reason": reason});
                post("maintenance window", "/api/v1/sources/quiet".to_owned(), body, Who::Token, &["kind", "begins"])
            }
            20 => {
                let body = json!({"category": "scam", "add": ["evil.example"]});
                post(
                    "list of what is bad",
                    "/api/v1/known-bad/mine".to_owned(),
                    body,
                    Who::Token,
                    &["replace", "remove"],
                )
            }
            21 => {
                let body = json!({"accounts": [{"account": "a-1", "names": {"emails": ["a@example.org"]}}]});
                post("directory", "/api/v1/directory".to_owned(), body, Who::Token, &[])
            }
            22 => {
                let who = session("root").await;
                let Who::Session(text) = &who else { return None };
                let fields = vec![
                    ("csrf", csrf(app, text)),
                    ("login", "newcomer".to_owned()),
                    ("name", "New Comer".to_owned()),
                    ("role", "viewer".to_owned()),
                ];
                let (method, path) = (Method::POST, "/staff/people".to_owned());
                Some(Deed { what: "invitation", method, path, body: Body::Form(fields), who, may: &[] })
            }
            23 => {
                let body = json!({"action": "lock-account", "reason": reason});
                post("order", of("orders"), body, session("first").await, &["account", "minutes"])
            }
            24 => {
                let orders = app.staff_get(&of("orders")).await;
                let path = format!("orders/{}/withdraw", orders["placed"][0]["id"].as_str().unwrap());
                post("order taken back", of(&path), json!({"reason": reason}), session("first").await, &[])
            }
            25 => {
                let body = json!({"action": "hold-withdrawals", "reason": reason});
                post("hold", of("orders"), body, session("first").await, &["account", "minutes"])
            }
            26 => {
                let orders = app.staff_get(&of("orders")).await;
                let hold = orders["placed"].as_array().unwrap().iter().find(|order| order["people"] == 1).unwrap();
                let path = format!("orders/{}/review", hold["id"].as_str().unwrap());
                post("review of an order", of(&path), json!({"looked": true}), session("second").await, &[])
            }
            _ => None,
        }
    }
}
