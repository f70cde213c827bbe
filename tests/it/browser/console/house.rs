//! The house that the console's pages are shown in: five people of all roles, and a case in each condition.

use std::collections::BTreeMap;

use holdfast::app::{Console, Rounds};
use holdfast::config::Config;
use holdfast::respond::sweep;
use holdfast::time::Span;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::browser::window::Window;
use crate::support::app::{App, Plan};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use crate::support::person::{Member, PASSWORD, asks, invited, member, password};
use crate::support::rows::spoil;
use crate::support::settle::settle_as;

pub const PLAN: Plan = Plan { settings, set_up: true, rounds: Rounds::Own, console: Console::TokensToo };

fn settings(config: &mut Config) {
    (crate::chats::HOUSE.settings)(config);
    crate::orders::settings(config);
}

const DRAIN: &str = "I signed an approval on a fake airdrop site and my USDT on Ethereum is being drained right now";
const COOKIE: &str = "__Host-hf_staff";

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Nobody,
    /// Somebody whose password was right.
    Half,
    Viewer,
    Responder,
    Approver,
    Auditor,
    Admin,
}

const PEOPLE: [(Who, &str, &str); 5] = [
    (Who::Viewer, "vera", "viewer"),
    (Who::Responder, "ada", "responder"),
    (Who::Approver, "bea", "approver"),
    (Who::Auditor, "otto", "auditor"),
    (Who::Admin, "eve", "admin"),
];

pub struct House {
    members: BTreeMap<Who, Member>,
    half: String,
    join: String,
    /// Cases by what is the matter with them.
    cases: BTreeMap<&'static str, String>,
}

impl House {
    pub async fn open(app: &App) -> Self {
        let mut members = BTreeMap::new();
        for (who, login, roles) in PEOPLE {
            members.insert(who, member(app, (login, roles)).await);
        }
        let mut browser = Browser::new(app);
        password(&mut browser, ("ada", PASSWORD)).await;
        let (_, link) = invited(app, ("nora", "responder")).await;
        let half = browser.cookies[COOKIE].clone();
        Self { members, half, join: format!("/staff/join/{link}"), cases: BTreeMap::new() }
    }

    /// What must be nowhere to read: everybody has a name.
    pub fn ids(&self) -> impl Iterator<Item = String> {
        self.members.values().map(|member| member.id.to_string())
    }

    /// A path with the cases of this house.
    pub fn path(&self, path: &str) -> String {
        let path = path.replace("{join}", &self.join);
        self.cases.iter().fold(path, |path, (name, id)| path.replace(&format!("{{{name}}}"), id))
    }

    /// Somebody sits down, their second factor just shown.
    pub async fn come(&self, (app, window): (&App, &Window), who: Who) {
        fresh(app).await;
        window.client.delete_all_cookies().await.unwrap();
        let cookie = match who {
            Who::Nobody => return,
            Who::Half => &self.half,
            Who::Viewer | Who::Responder | Who::Approver | Who::Auditor | Who::Admin => {
                &self.members[&who].browser.cookies[COOKIE]
            }
        };
        let set = json!({"url": app.url("/staff"), "name": COOKIE, "value": cookie, "path": "/", "secure": true, "httpOnly": true, "sameSite": "Strict"});
        let taken = window.devtools("Network.setCookie", set).await;
        assert_eq!(taken["success"], true, "the browser keeps the cookie");
    }

    fn session(&self, who: Who) -> String {
        format!("{COOKIE}={}", self.members[&who].browser.cookies[COOKIE])
    }

    async fn does(&self, app: &App, who: Who, (path, body): (&str, Value)) -> Value {
        let path = format!("/api/v1/{path}");
        let response = asks(app, (Method::POST, &path), &self.session(who)).json(&body).send().await.unwrap();
        let status = response.status();
        let text = response.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    pub async fn approver_takes(&self, app: &App, name: &str) {
        let id = &self.cases[name];
        self.does(app, Who::Approver, (&format!("incidents/{id}/claim"), json!({}))).await;
    }

    /// Cases of every sort, and all that lies around them.
    pub async fn fill(&mut self, app: &App) {
        fresh(app).await;
        for text in ["How do I change the display currency?", "K线图显示不对", "my withdrawal is pending since monday"]
        {
            app.report(text).await;
        }
        for name in ["waiting", "mine", "theirs", "closed", "raced", "second"] {
            let id = reported(app, name).await;
            self.cases.insert(name, id);
        }
        let id = |name: &str| self.cases[name].clone();
        for (name, who) in [("mine", Who::Responder), ("theirs", Who::Approver), ("closed", Who::Responder)] {
            self.does(app, who, (&format!("incidents/{}/claim", id(name)), json!({}))).await;
            let said = json!({"text": "Revoke the approval first; I stay with you."});
            self.does(app, who, (&format!("incidents/{}/message", id(name)), said)).await;
        }
        let note = json!({"text": "The address is known from two other cases."});
        self.does(app, Who::Approver, (&format!("incidents/{}/note", id("mine")), note)).await;
        let closed = settle_as(app, &self.session(Who::Responder), &id("closed")).await;
        let verdict = json!({"version": closed["version"], "verdict": "confirmed", "reason": "Seen on chain."});
        self.does(app, Who::Responder, (&format!("incidents/{}/verdict", id("closed")), verdict)).await;
        self.orders(app).await;
        unmapped(app).await;
        let handed = json!({"text": "One drain is still open; the person answers by phone."});
        self.does(app, Who::Approver, ("shift/hand-over", handed)).await;
        // Handing over gave it back.
        self.approver_takes(app, "theirs").await;
        for sql in [TARGET, LETTER] {
            spoil(app, sql).await;
        }
        app.clock.pass(Span::from_minutes(12));
        sweep(&app.house.respond).await.unwrap();
    }

    /// An order that waits for a second person, and one that holds.
    async fn orders(&mut self, app: &App) {
        for (name, action) in [("ordered", "lock-account"), ("held", "hold-withdrawals")] {
            let id = alerted(app, name).await;
            let order = json!({"action": action, "reason": "sign of a takeover"});
            self.does(app, Who::Responder, (&format!("incidents/{id}/orders"), order)).await;
            self.cases.insert(name, id);
        }
        let holds = async {
            loop {
                let orders = app.staff_get(&format!("/api/v1/incidents/{}/orders", self.cases["held"])).await;
                if orders["placed"][0]["state"] == "confirmed" {
                    return;
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(25), holds).await.expect("the backend holds");
    }
}

const TARGET: &str = "insert into outbox_target (name, fence) values ('post', 1)";
const LETTER: &str = "insert into outbox (id, target, fence, lane, kind, object, key, created, due, give_up, attempts, turn, state, word, settled)
    values ('0195570e-0000-7000-8000-000000000001', 'post', 1, 'post:1', 'notice', '0195570e-0000-7000-8000-000000000002', 'notice_1',
            1772442000000, 1772442000000, 1772701200000, 40, 40, 'dead', 'no-connection', 1772442000000)";

/// Everybody has just shown their second factor.
async fn fresh(app: &App) {
    let now = app.clock_now().millis();
    spoil(app, &format!("update staff_session set factor_at = {now}, used = {now}, created = {now}")).await;
}

/// Nobody has.
pub async fn late(app: &App) {
    spoil(app, &format!("update staff_session set factor_at = {}", app.clock_now().millis() - 360_000)).await;
}

/// A case that a person reported, who also says what they think of us.
async fn reported(app: &App, name: &str) -> String {
    app.clock.pass(Span::from_seconds(20));
    let before = ids(app).await;
    let body = json!({"text": DRAIN, "account": format!("User-{name}")});
    let sent = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
    assert_eq!(sent.status(), StatusCode::CREATED);
    let holder = Holder::of(&sent.json().await.unwrap());
    if name == "waiting" {
        holder.does(app, "/feedback", &json!({"satisfaction": 1, "text": "nobody answered"})).await;
    }
    newcomer(app, &before).await
}

async fn alerted(app: &App, name: &str) -> String {
    let before = ids(app).await;
    let account = format!("acct-console-{}-{name}", std::process::id());
    let body = json!({"type": "auth.threat", "data": {"account": account, "severity": "high"}});
    assert!(app.event(&format!("event-{account}"), &body).await.status().is_success());
    newcomer(app, &before).await
}

async fn unmapped(app: &App) {
    let body = json!([1, 2]);
    assert!(app.event("event-unmapped", &body).await.status().is_success());
}

async fn ids(app: &App) -> Vec<String> {
    app.queue().await.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

async fn newcomer(app: &App, before: &[String]) -> String {
    ids(app).await.into_iter().find(|id| !before.contains(id)).expect("a new case")
}
