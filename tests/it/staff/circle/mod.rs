//! Cases that are closed to a list: for everybody else they do not exist (RB-02, RB-03, RB-12).

mod counted;
mod filled;
mod glass;
mod kept;
mod left;
mod list;
mod moved;
mod orders;
mod phone;
mod raced;
mod same;
mod statements;
mod worlds;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use self::filled::Parts;
use crate::people::QUICK;
use crate::support::app::{App, Plan};
use crate::support::case::Holder;
use crate::support::person::{asks, csrf, fresh};
use crate::support::rows::spoil;

/// A house with people, whose approvers may come with a code.
const HOUSE: Plan = Plan {
    settings: |config| {
        (QUICK.settings)(config);
        config.people.codes_for_admins = true;
    },
    ..QUICK
};

/// Somebody of the staff: their key and their session.
struct Somebody {
    key: String,
    session: String,
}

async fn somebody(app: &App, login: &str, roles: &str) -> Somebody {
    let (key, session) = fresh(app, (login, roles)).await;
    Somebody { key, session }
}

/// What came back: the status, where it leads, and the body without what differs each time.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Came {
    status: u16,
    leads: String,
    text: String,
}

impl Came {
    fn whole(&self) -> String {
        format!("{} {}\n{}", self.status, self.leads, self.text)
    }
}

/// Takes out what is another each time: the request's id and the page's nonce.
fn plain(text: &str, request: &str) -> String {
    let mut text = text.replace(request, "");
    let mut rest = std::mem::take(&mut text);
    while let Some((head, tail)) = rest.split_once("nonce=\"") {
        let (_, tail) = tail.split_once('"').unwrap_or_default();
        text = format!("{text}{head}nonce=\"\"");
        rest = tail.to_owned();
    }
    text + &rest
}

impl Somebody {
    async fn ask(&self, app: &App, (method, path): (&str, &str), fields: &[(&str, &str)]) -> Came {
        let method: Method = method.parse().unwrap();
        let mut request = asks(app, (method.clone(), path), &self.session);
        if method == Method::POST && path.starts_with("/staff") {
            let csrf = csrf(app, &self.session);
            let all: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", csrf.as_str())]).collect();
            request = request.form(&all);
        } else if method == Method::POST {
            let body: serde_json::Map<String, Value> = fields.iter().map(|(name, value)| member(name, value)).collect();
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        let leads = response.headers().get("location").map_or("", |to| to.to_str().unwrap()).to_owned();
        let status = response.status().as_u16();
        assert!(status < 500, "{path}: {status}");
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        let text = plain(&response.text().await.unwrap(), &id);
        Came { status, leads, text }
    }

    async fn get(&self, app: &App, path: &str) -> Came {
        self.ask(app, ("GET", path), &[]).await
    }

    async fn post(&self, app: &App, path: &str, fields: &[(&str, &str)]) -> Came {
        self.ask(app, ("POST", path), fields).await
    }

    /// Closes a case to this list and themselves.
    async fn closes(&self, app: &App, incident: &str, members: &[&Somebody]) {
        let mut fields = vec![("what", "close"), ("reason", "A public person.")];
        fields.extend(members.iter().map(|member| ("member", member.key.as_str())));
        let page = format!("/staff/incidents/{incident}/circle");
        let came = self.post(app, &page, &fields).await;
        assert_eq!((came.status, came.leads.as_str()), (303, page.as_str()), "{}", came.text);
    }
}

/// A field of a form as a member of a body.
fn member(name: &str, value: &str) -> (String, Value) {
    let value = match value {
        "true" => json!(true),
        number => number.parse::<i64>().map_or_else(|_| json!(value), |number| json!(number)),
    };
    (name.to_owned(), value)
}

/// A case, known by its words, its reference and its incident.
#[derive(Debug, Clone)]
struct Known {
    incident: String,
    reference: String,
    account: String,
    mark: String,
    holder: Holder,
    parts: Parts,
}

impl Known {
    /// Reports something that only this case says, about an account of its own.
    async fn report(app: &App, mark: &str) -> Self {
        Self::report_about(app, (mark, &format!("account-{mark}"))).await
    }

    /// The same about an account that others may know.
    async fn report_about(app: &App, (mark, account): (&str, &str)) -> Self {
        let words = format!("someone drained my wallet, everything is gone, the site was {mark}.example");
        let body = json!({"text": words, "account": account});
        let sent = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
        assert_eq!(sent.status(), StatusCode::CREATED);
        let answer: Value = sent.json().await.unwrap();
        let holder = Holder::of(&answer);
        let reference = holder.reference.clone();
        let incident = app.house.respond.named(&reference).await.unwrap().unwrap().to_string();
        let (account, mark) = (account.to_owned(), mark.to_owned());
        Self { incident, reference, account, mark, holder, parts: Parts::none() }
    }

    /// Whether anything of it is in a text.
    fn is_in(&self, text: &str) -> bool {
        let Parts { order, attachment, request, alarm } = &self.parts;
        [&self.incident, &self.reference, &self.account, &self.mark, order, attachment, request, alarm]
            .into_iter()
            .any(|piece| text.contains(piece.as_str()))
    }
}

/// Nobody has it in hand.
async fn put_back(app: &App) {
    spoil(app, "update incident set state = 'open', holder = null, lease_until = null where state = 'held'").await;
}
