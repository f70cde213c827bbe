//! Sign-in through issuers: who comes in by it, as whom, with which rights, and everything that keeps somebody out (ID-17 to
//! ID-19).

mod apart;
mod doctor;
mod headers;
mod keys;
mod less;
mod linked;
mod refused;
mod rights;
mod road;
pub mod stub;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use url::Url;

use crate::support::app::{App, Plan};
use crate::support::browser::{Browser, Page};
use crate::support::person::Member;
use holdfast::app::{Console, Rounds};
use holdfast::config::{Config, Issuer};
use holdfast::respond::people::Listed;

/// A house with two issuers.
pub const ISSUERS: Plan = Plan { settings, set_up: true, rounds: Rounds::Own, console: Console::People };

const FLOW: &str = "__Host-hf_oidc";
const STAFF: &str = "__Host-hf_staff";

pub fn issuer(config: &Config, name: &str) -> Issuer {
    let secret = config.data.join("client.secret");
    std::fs::write(&secret, stub::SECRET).unwrap();
    Issuer {
        name: name.to_owned(),
        title: Some(format!("{name} ID")),
        issuer: stub::address(name),
        client_id: stub::CLIENT.to_owned(),
        secret_file: Some(secret),
        networks: vec!["127.0.0.0/8".to_owned()],
        two_factor_values: vec!["mfa".to_owned()],
        passkey_values: vec!["hwk".to_owned()],
        ..Issuer::default()
    }
}

pub fn settings(config: &mut Config) {
    config.people.sign_in_burst = 1_000_000;
    config.issuer = vec![issuer(config, "corp"), issuer(config, "other")];
}

/// Where the page leads on that somebody was shown.
fn onward(page: &Page) -> String {
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let (_, rest) = page.text.split_once(r#"<a class="button" href=""#).expect("a link onward");
    rest.split('"').next().unwrap().replace("&amp;", "&")
}

/// Presses a button of an issuer on a page; the answer.
async fn press(browser: &mut Browser, page: &str, (issuer, errand): (&str, &str)) -> Page {
    let csrf = browser.get(page).await.csrf();
    browser.post(&format!("/staff/federated/{issuer}"), &[("csrf", &csrf), ("for", errand)]).await
}

/// Leaves the sign-in page for an issuer: the address there.
async fn leave(browser: &mut Browser, issuer: &str) -> Url {
    Url::parse(&onward(&press(browser, "/staff/sign-in", (issuer, "sign-in")).await)).unwrap()
}

/// Comes back from the issuer's site with what it gave: cookies of the strict kind do not ride along.
async fn come_back(browser: &mut Browser, query: &[(&str, &str)]) -> Page {
    let strict: Vec<_> = browser.cookies.extract_if(.., |name, _| name != FLOW).collect();
    let request = browser.request(Method::GET, "/staff/federated/callback").query(query);
    let page = browser.send(request.header("sec-fetch-site", "cross-site")).await;
    // What the answer has set is the answer's.
    for (name, value) in strict {
        browser.cookies.entry(name).or_insert(value);
    }
    page
}

/// The issuer says who somebody is, with these claims changed, and they come back.
async fn vouched(app: &App, browser: &mut Browser, (way, subject, changed): (&Url, &str, Value)) -> Page {
    let mut claims = stub::claims(way, (subject, app.clock_now()));
    for (name, value) in changed.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let code = stub::code(way, stub::signed(way, &claims, None));
    come_back(browser, &[("code", &code), ("state", &stub::asked_for(way, "state"))]).await
}

/// The whole way with two factors proved there: where it leads in the end.
async fn through(app: &App, browser: &mut Browser, (issuer, subject): (&str, &str)) -> String {
    let way = leave(browser, issuer).await;
    onward(&vouched(app, browser, (&way, subject, json!({"amr": ["pwd", "mfa"]}))).await)
}

/// Everybody, as admins see them.
async fn everybody(app: &App) -> Vec<Listed> {
    app.house.respond.people().await.unwrap()
}

/// Somebody by the beginning of their login.
async fn somebody(app: &App, login: &str) -> Option<Listed> {
    everybody(app).await.into_iter().find(|listed| listed.person.login == login)
}

/// An admin gives a role by the page of people.
async fn give_role(admin: &mut Member, (login, role): (&str, &str), app: &App) {
    let id = somebody(app, login).await.expect("they came").person.id;
    let csrf = admin.browser.get("/staff/people").await.csrf();
    let page = admin.browser.post(&format!("/staff/people/{id}/roles"), &[("csrf", &csrf), ("role", role)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
}

/// What the trail says of refused sign-ins, the latest last.
async fn refusals(app: &App) -> Vec<String> {
    let trail = crate::support::rows::audit(app).await;
    trail.into_iter().filter(|entry| entry.contains("staff.federated ") && entry.contains("refused")).collect()
}
